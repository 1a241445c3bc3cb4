"""A forgotten phrase of the authority: the recovery sheet sets a new one, and nobody is enrolled anew."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.recovery import Sheet
from shnor_desktop.services import authority_desk, authority_recovery, recovery, recovery_sheets
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.workspace import Profile
from tests.services.exchange_desks import desks as desks
from tests.services.exchange_desks import without_check as without_check
from tests.services.trust_desks import PASSPHRASE, TrustDesks
from tests.services.trust_desks import light_passphrases as light_passphrases
from tests.services.trust_desks import trust as trust

NEW = "совсем другая фраза из слов"


@pytest.fixture
def sheets(monkeypatch: pytest.MonkeyPatch) -> list[Sheet]:
    """The sheets that were printed, newest last: nobody else has their code."""
    printed: list[Sheet] = []
    write = recovery_sheets.write_sheet

    def noted(workspace: object, sheet: Sheet, path: Path) -> Path:
        printed.append(sheet)
        return write(workspace, sheet, path)  # type: ignore[arg-type]

    monkeypatch.setattr(recovery_sheets, "write_sheet", noted)
    return printed


def test_that_the_sheet_sets_a_new_phrase_and_the_key_stays(trust: TrustDesks, sheets: list[Sheet]) -> None:
    trust.enrol(trust.school)
    recovery_sheets.write_new_sheet(trust.centre, trust.folder / "sheet.pdf", PASSPHRASE)
    assert authority_desk.state(trust.centre).is_on_sheet
    authority_recovery.reset_passphrase(trust.centre, " ".join(sheets[-1].groups), NEW)
    with pytest.raises(KnownError) as refused:
        authority_desk.open_authority(trust.centre, PASSPHRASE)
    assert refused.value.code == "authority.passphrase_wrong"
    own = trust.school.identity.certificate
    authority_desk.revoke(trust.centre, own.fingerprint, "lost", NEW)  # the key that issued it revokes it


def test_that_a_successor_finds_its_place_on_the_sheet_by_itself(trust: TrustDesks, sheets: list[Sheet]) -> None:
    recovery_sheets.write_new_sheet(trust.centre, trust.folder / "sheet.pdf", PASSPHRASE)
    authority_desk.succeed(trust.centre, PASSPHRASE, "фраза нового ключа центра")
    assert authority_desk.state(trust.centre).is_on_sheet
    authority_recovery.reset_passphrase(trust.centre, " ".join(sheets[-1].groups), NEW)
    assert len(authority_desk.open_authority(trust.centre, NEW).chain) == 2


def test_that_a_backup_and_the_sheet_are_enough_on_a_new_computer(trust: TrustDesks, sheets: list[Sheet]) -> None:
    recovery_sheets.write_new_sheet(trust.centre, trust.folder / "sheet.pdf", PASSPHRASE)
    path, clock = trust.centre.store.path, trust.clock
    trust.centre.close()
    copy, profile = trust.folder / "copy.db", Profile(trust.folder / "new-computer")
    shutil.copy(path, copy)
    code = " ".join(sheets[-1].groups)
    recovery.restore(copy, code, profile, clock)
    centre = open_desk(copy, clock, profile=profile)
    try:
        authority_recovery.reset_passphrase(centre, code, NEW)
        assert authority_desk.open_authority(centre, NEW).chain
    finally:
        centre.close()


def test_that_another_sheet_or_a_weak_phrase_changes_nothing(trust: TrustDesks, sheets: list[Sheet]) -> None:
    recovery_sheets.write_new_sheet(trust.centre, trust.folder / "old.pdf", PASSPHRASE)
    recovery_sheets.write_new_sheet(trust.centre, trust.folder / "new.pdf", PASSPHRASE)
    for sheet, phrase, code in (
        (sheets[0], NEW, "recovery.other_sheet"),
        (sheets[1], "коротко", "authority.passphrase_weak"),
    ):
        with pytest.raises(KnownError) as refused:
            authority_recovery.reset_passphrase(trust.centre, " ".join(sheet.groups), phrase)
        assert refused.value.code == code
    assert authority_desk.open_authority(trust.centre, PASSPHRASE).chain


def test_that_a_wrong_phrase_prints_no_sheet(trust: TrustDesks, sheets: list[Sheet]) -> None:
    before = recovery.state(trust.centre)
    with pytest.raises(KnownError) as refused:
        recovery_sheets.write_new_sheet(trust.centre, trust.folder / "sheet.pdf", "не та фраза совсем")
    assert refused.value.code == "authority.passphrase_wrong"
    assert sheets == []
    assert recovery.state(trust.centre) == before
    assert not (trust.folder / "sheet.pdf").exists()


def test_that_a_sheet_without_the_phrase_is_told_to_bring_no_key_back(trust: TrustDesks, sheets: list[Sheet]) -> None:
    recovery_sheets.write_new_sheet(trust.centre, trust.folder / "sheet.pdf")
    assert not authority_desk.state(trust.centre).is_on_sheet
    with pytest.raises(KnownError) as refused:
        authority_recovery.reset_passphrase(trust.centre, " ".join(sheets[-1].groups), NEW)
    assert refused.value.code == "authority.not_on_sheet"
