"""Methodologies are read when they are asked for: a desk opens with its own alone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import methodology
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.methodology import DEFAULT_PACK, load_methodologies
from shnor_desktop.services.today import today_view
from shnor_desktop.system.paths import resource
from tests.clock import FixedClock
from tests.services.school import make_school_workspace


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The methodology of the program in a folder that is named otherwise."""
    target = tmp_path / "methodologies"
    for name in ("common", DEFAULT_PACK):
        shutil.copytree(resource("methodologies") / name, target / name)
    (target / DEFAULT_PACK).rename(target / "renamed")
    return target


def test_that_a_desk_opens_and_shows_its_day_without_the_methodologies_of_others(
    tmp_path: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_school_workspace(tmp_path, fixed_clock).close()
    monkeypatch.setattr(methodology, "load_packs", lambda *_: pytest.fail("all methodologies are read"))
    workspace = open_desk(tmp_path / "school.shnor-db", fixed_clock)
    assert workspace.pack.id == DEFAULT_PACK
    assert today_view(workspace).stage
    workspace.close()


def test_that_a_methodology_read_alone_is_the_one_that_is_read_with_all() -> None:
    for pack in load_methodologies().packs:
        alone = load_methodologies().get(pack.id)
        assert alone == pack
        assert (resource("methodologies") / pack.id / "pack.toml").is_file(), "the folder has the name of its pack"


def test_that_a_pack_in_a_folder_of_another_name_is_found_by_its_id(folder: Path) -> None:
    packs = load_methodologies(folder)
    assert packs.get(DEFAULT_PACK).id == DEFAULT_PACK
    assert packs.find("renamed") is None


@pytest.mark.parametrize("name", ["", "..", ".", "common", "no/such", "нет такой"])
def test_that_a_name_that_is_no_pack_finds_none(name: str) -> None:
    packs = load_methodologies()
    assert packs.find(name) is None
    with pytest.raises(KnownError, match=r"methodology\.unknown"):
        packs.get(name)


def test_that_a_faulty_pack_is_not_found_and_its_faults_are_told(folder: Path) -> None:
    (folder / "renamed").rename(folder / DEFAULT_PACK)
    (folder / DEFAULT_PACK / "stages.toml").write_text("stages = [", encoding="utf-8")
    packs = load_methodologies(folder)
    assert packs.find(DEFAULT_PACK) is None
    assert packs.problems
