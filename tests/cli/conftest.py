"""A demo world, made once for all workers and copied for each test with the keys of its user."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import dev
from shnor_desktop.cli import main
from tests.cli.shell import Shell, World


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Calls `shnor`."""
    return Shell(capsys)


@pytest.fixture(scope="session")
def made_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world as the commands make it; the first worker that needs it makes it for all."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo-world"
    with alone(folder.with_suffix(".guard")):
        if not (folder / "made").exists():
            shutil.rmtree(folder, ignore_errors=True)
            make_world(World(folder))
            (folder / "made").touch()
    return folder


@contextmanager
def alone(guard: Path) -> Iterator[None]:
    """One worker at a time."""
    with guard.open("a+b") as file:
        while not dev.try_to_hold(file.fileno()):
            time.sleep(0.2)
        yield


def make_world(world: World) -> None:
    """A school, a centre, a package: by the commands."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHNOR_DATA_DIR", str(world.folder / "data"))
        for words in (
            ("demo", world.school),
            ("demo", world.centre, "--role", "municipal"),
            ("package", "export", world.school, "--out", world.folder / "packages"),
        ):
            assert main([str(word) for word in words]) == 0


@pytest.fixture
def world(made_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A copy of the demo world, for the same user."""
    copy = tmp_path / "world"
    shutil.copytree(made_world, copy)
    register = copy / "data" / "profile" / "replicas.json"  # a world of its own, not a second one beside the first
    register.write_text(register.read_text("utf-8").replace(str(made_world.resolve()), str(copy.resolve())), "utf-8")
    monkeypatch.setenv("SHNOR_DATA_DIR", str(copy / "data"))
    return World(copy)
