"""`shnor trust`: from the authority of a centre to a school that it knows, and back from a sheet."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.services.desks import create_centre_desk, create_school_desk
from shnor_desktop.system.clock import SystemClock
from tests.cli.shell import Shell
from tests.services.exchange_desks import CARD
from tests.services.trust_desks import PASSPHRASE, PERSON
from tests.services.trust_desks import light_passphrases as light_passphrases


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """The store of a school."""
    create_school_desk(tmp_path / "school.db", CARD, SystemClock()).close()
    return tmp_path / "school.db"


@pytest.fixture
def centre(tmp_path: Path, light_passphrases: None, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The store of a centre; the passphrase stands in the environment."""
    monkeypatch.setenv("SHNOR_PASSPHRASE", PASSPHRASE)
    create_centre_desk(tmp_path / "centre.db", "moc-1", "МОЦ Лесного района", SystemClock()).close()
    return tmp_path / "centre.db"


def test_that_a_school_is_enrolled_and_revoked_by_commands(
    shell: Shell, school: Path, centre: Path, tmp_path: Path
) -> None:
    status, made = shell.json("trust", "authority", "create", centre)
    assert status == 0
    status, asked = shell.json("trust", "request", school, "--person", PERSON, "--out", tmp_path / "flash")
    assert status == 0
    assert len(asked["fingerprint_words"].split()) == 10
    status, verdicts = shell.json("package", "import", centre, asked["file"])
    assert status == 0, verdicts
    status, listed = shell.json("trust", "requests", centre)
    (request,) = listed["requests"]
    assert (request["fingerprint_digits"], request["proven"]) == (asked["fingerprint_digits"], False)
    status, invited = shell.json("trust", "invite", centre, request["id"], "--out", tmp_path / "flash")
    assert status == 0
    assert shell.json("package", "import", school, invited["file"])[0] == 1
    digits = made["fingerprint_digits"]
    assert shell.json("package", "import", school, invited["file"], "--trust", digits)[0] == 0
    status, standing = shell.json("trust", "list", school)
    assert (standing["enrolled"], standing["centre"]) == (True, "МОЦ Лесного района")
    _, people = shell.json("trust", "list", centre)
    enrolled = next(one for one in people["people"] if one["role"] == "school")
    assert shell.json("trust", "revoke", centre, enrolled["fingerprint"], "--reason", "lost")[0] == 0
    assert shell.json("trust", "revoke", centre, enrolled["fingerprint"])[1]["code"] == "enrolment.already_revoked"
    assert "отозван" in shell.words("trust", "list", centre)[1]


def test_that_a_passphrase_is_asked_for_and_never_a_word_of_the_call(
    shell: Shell, centre: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SHNOR_PASSPHRASE")
    assert shell.words("trust", "authority", "create", centre)[0] == 2
    monkeypatch.setenv("SHNOR_PASSPHRASE", "слабая")
    assert shell.json("trust", "authority", "create", centre)[1]["code"] == "authority.passphrase_weak"


def test_that_a_second_computer_begins_and_a_sheet_is_printed(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = tmp_path / "deputy.db"
    words = ("--role", "school", "--code", "72-014", "--person", PERSON)
    assert shell.json("trust", "join", "--store", store, *words)[0] == 0
    assert shell.json("trust", "request", store, "--person", PERSON, "--out", tmp_path / "flash")[0] == 0
    assert shell.json("package", "export", store, "--out", tmp_path / "flash")[1]["code"] == "enrolment.waiting"
    status, printed = shell.json("trust", "sheet", store, "--out", tmp_path / "sheet.pdf")
    assert status == 0
    assert Path(printed["file"]).read_bytes().startswith(b"%PDF")
    monkeypatch.setenv("SHNOR_RECOVERY_CODE", "AAAA")
    assert shell.json("trust", "restore", store)[1]["code"] == "recovery.sheet_incomplete"
