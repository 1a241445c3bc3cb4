"""A demo world, made once and copied for each test with the keys of its user."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shnor_desktop.cli import main
from tests.cli.shell import Shell, World


@pytest.fixture
def shell(capsys: pytest.CaptureFixture[str]) -> Shell:
    """Calls `shnor`."""
    return Shell(capsys)


@pytest.fixture(scope="session")
def made_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo world as it is made by the commands."""
    world = World(tmp_path_factory.mktemp("world"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHNOR_DATA_DIR", str(world.folder / "data"))
        for words in (
            ("demo", world.school),
            ("demo", world.centre, "--role", "municipal"),
            ("package", "export", world.school, "--out", world.folder / "packages"),
        ):
            assert main([str(word) for word in words]) == 0
    return world.folder


@pytest.fixture
def world(made_world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """A copy of the demo world, for the same user."""
    copy = tmp_path / "world"
    shutil.copytree(made_world, copy)
    monkeypatch.setenv("SHNOR_DATA_DIR", str(copy / "data"))
    return World(copy)
