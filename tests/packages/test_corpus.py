"""Every package of the corpus gets its verdict, by command and by import, and what is refused changes nothing."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.services import authorities
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.desks import create_centre_desk
from shnor_desktop.services.workspace import Profile, Workspace
from tests.cli.shell import Shell
from tests.clock import FixedClock
from tests.packages.judged_packages import authority, revoked_list
from tests.packages.make_corpus import EXPECTED, FIRST, FOLDER, corpus, differing
from tests.services.hostile_school import everything

ALL: list[dict[str, Any]] = json.loads((FOLDER / EXPECTED).read_text(encoding="utf-8"))
FAMILIES = sorted({one["family"] for one in ALL})
FINE = {"accepted", "accepted_with_remarks", "already_here", "older"}


def of(family: str, *, is_fine: bool) -> list[dict[str, Any]]:
    """The packages of a family that are taken, or that are refused."""
    return [one for one in ALL if one["family"] == family and (one["import"]["code"] in FINE) == is_fine]


def meet(folder: Path) -> Workspace:
    """A centre that has an authority, has revoked a computer, and has met the school of the corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    desk = create_centre_desk(
        folder / "centre.db", "moc-1", "МОЦ Лесного района", FixedClock(), profile=Profile(folder / "profile")
    )
    with desk.writing() as transaction:
        authorities.keep_chain(transaction.records, authority().chain)
        authorities.keep_revocations(transaction.records, revoked_list())
    first = import_package(desk, FOLDER / FIRST)
    assert import_package(desk, FOLDER / FIRST, first.fingerprint).code.is_fine
    return desk


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A centre that nothing of what follows changes."""
    desk = meet(tmp_path_factory.mktemp("centre"))
    yield desk
    desk.close()


def judged(desk: Workspace, file: Path) -> dict[str, Any]:
    """The verdict, as the corpus writes it down."""
    verdict = import_package(desk, file)
    said = verdict.message
    assert said.what, f"no words for {file.name}"
    assert verdict.code.is_fine or (said.means and said.do), f"half a message for {file.name}"
    return {"code": verdict.code.value, "cause": verdict.cause, "notes": list(verdict.notes)}


@pytest.mark.parametrize("family", FAMILIES)
def test_that_the_command_says_what_is_expected_of_every_package(
    family: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shell, wrong = Shell(capsys), {}
    for one in ALL:
        if one["family"] != family:
            continue
        status, content = shell.json("package", "verify", FOLDER / one["file"])
        found = {"code": content["code"], "cause": content.get("cause", "")}
        if found != one["verify"] or status != (0 if found["code"] == "intact" else 1):
            wrong[one["file"]] = (status, found)
    assert wrong == {}


@pytest.mark.parametrize("family", [family for family in FAMILIES if of(family, is_fine=False)])
def test_that_what_is_refused_is_refused_as_expected_and_changes_nothing(family: str, centre: Workspace) -> None:
    wrong = {}
    before = everything(centre.store)
    for one in of(family, is_fine=False):
        found = judged(centre, FOLDER / one["file"])
        if found != one["import"] or everything(centre.store) != before:
            wrong[one["file"]] = found
    assert wrong == {}


@pytest.mark.parametrize(
    "one", [one for family in FAMILIES for one in of(family, is_fine=True)], ids=lambda one: one["file"]
)
def test_that_what_is_sound_is_taken_as_expected(one: dict[str, Any], tmp_path: Path) -> None:
    desk = meet(tmp_path)
    try:
        assert judged(desk, FOLDER / one["file"]) == one["import"]
    finally:
        desk.close()


def test_that_a_package_cut_at_any_percent_is_refused_and_changes_nothing(centre: Workspace, tmp_path: Path) -> None:
    whole, file = (FOLDER / "valid" / "valid-next.shnor").read_bytes(), tmp_path / "cut.shnor"
    before = everything(centre.store)
    causes = set()
    for percent in range(100):
        file.write_bytes(whole[: len(whole) * percent // 100])
        found = judged(centre, file)
        causes.add((found["code"], found["cause"]))
    assert causes == {("damaged", "package.truncated")}
    assert everything(centre.store) == before


def test_that_a_share_of_the_flipped_bits_is_refused_and_changes_nothing(centre: Workspace, tmp_path: Path) -> None:
    whole, file = (FOLDER / "valid" / "valid-next.shnor").read_bytes(), tmp_path / "flipped.shnor"
    before = everything(centre.store)
    chance = random.Random(5)
    for _ in range(300):
        bit = chance.randrange(8 * len(whole))
        damaged = bytearray(whole)
        damaged[bit // 8] ^= 1 << bit % 8
        file.write_bytes(damaged)
        assert judged(centre, file)["code"] == "damaged", f"bit {bit}"
    assert everything(centre.store) == before


def test_that_no_bomb_takes_memory_or_time() -> None:
    bombs = [str(FOLDER / one["file"]) for one in ALL if one["family"] in {"packed", "json", "xml"}]
    command = [sys.executable, "-m", "tests.packages.judge_bombs", *bombs]
    done = subprocess.run(command, cwd=FOLDER.parents[1], capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert found["grown_mb"] < 160
    assert found["peak_mb"] < 256
    assert found["slowest_s"] < 2


def test_that_the_corpus_is_made_anew_to_the_byte() -> None:
    files = corpus()
    assert differing(files) == []
    assert sum(map(len, files.values())) < 3 << 20


def test_that_every_family_has_its_share() -> None:
    shares = Counter(one["family"] for one in ALL)
    assert len(ALL) >= 300
    assert {family: share for family, share in shares.items() if share < 10 and family != "trust"} == {}
    assert shares["trust"] >= 7
