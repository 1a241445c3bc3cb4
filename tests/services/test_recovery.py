"""A backup and the printed sheet bring a desk back on a new computer."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import authority_desk, encryption_keys, recovery, recovery_sheets
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.verdicts import VerdictCode
from shnor_desktop.services.workspace import Profile
from tests.services.exchange_desks import add_teacher
from tests.services.exchange_desks import desks as desks
from tests.services.exchange_desks import without_check as without_check
from tests.services.trust_desks import PASSPHRASE, TrustDesks, same
from tests.services.trust_desks import light_passphrases as light_passphrases
from tests.services.trust_desks import trust as trust


def test_that_a_copy_and_the_sheet_bring_a_school_back(trust: TrustDesks, tmp_path: Path) -> None:
    trust.enrol(trust.school)
    sheet = recovery.begin_sheet(trust.school)
    import_package(trust.centre, trust.send(trust.school))
    issued, key = trust.school.identity.certificate, encryption_keys.own_key(trust.school)
    path = tmp_path / "copy.db"
    trust.school.close()
    shutil.copy(trust.school.store.path, path)
    profile = Profile(tmp_path / "new-profile")
    restored = recovery.restore(path, " ".join(sheet.groups).lower(), profile, trust.clock)
    assert restored.store_id == trust.school.store_id
    again = open_desk(path, trust.clock, profile=profile)
    trust.opened.append(again)
    assert again.identity.certificate == issued
    assert encryption_keys.own_key(again) == key
    assert again.writer.replica != trust.school.writer.replica
    add_teacher(again, "Новая Вера Петровна")
    assert import_package(trust.centre, trust.send(again)).code is VerdictCode.ACCEPTED
    assert same(again, trust.centre, again.school)


def test_that_a_key_made_before_the_sheet_was_typed_steps_aside(trust: TrustDesks, tmp_path: Path) -> None:
    trust.enrol(trust.school)
    sheet = recovery.begin_sheet(trust.school)
    issued = trust.school.identity.certificate
    path, profile = tmp_path / "copy.db", Profile(tmp_path / "new-profile")
    trust.school.close()
    shutil.copy(trust.school.store.path, path)
    open_desk(path, trust.clock, profile=profile).close()
    recovery.restore(path, sheet.secret, profile, trust.clock)
    again = open_desk(path, trust.clock, profile=profile)
    trust.opened.append(again)
    assert again.identity.certificate == issued
    assert import_package(trust.centre, trust.send(again)).code is VerdictCode.ACCEPTED


def test_that_the_centre_comes_back_with_its_authority(trust: TrustDesks, tmp_path: Path) -> None:
    trust.enrol(trust.school)
    sheet = recovery.begin_sheet(trust.centre)
    path, profile = tmp_path / "copy.db", Profile(tmp_path / "new-profile")
    trust.centre.close()
    shutil.copy(trust.centre.store.path, path)
    recovery.restore(path, sheet.secret, profile, trust.clock)
    again = open_desk(path, trust.clock, profile=profile)
    trust.opened.append(again)
    assert import_package(again, trust.send(trust.school)).code is VerdictCode.ACCEPTED
    fingerprint = trust.school.identity.certificate.fingerprint
    assert authority_desk.revoke(again, fingerprint, "lost", PASSPHRASE) == 1


def test_that_a_new_sheet_ends_the_old_one_and_a_new_key_is_added(trust: TrustDesks, tmp_path: Path) -> None:
    old = recovery.begin_sheet(trust.school)
    new = recovery.begin_sheet(trust.school)
    assert recovery.state(trust.school).is_complete
    encryption_keys.recipient(trust.school)
    encryption_keys.rotate(trust.school)
    assert not recovery.state(trust.school).is_complete
    again = trust.reopened(trust.school)
    assert recovery.state(again).is_complete
    again.close()
    with pytest.raises(KnownError) as caught:
        recovery.restore(again.store.path, old.secret, Profile(tmp_path / "p"), trust.clock)
    assert caught.value.code == "recovery.other_sheet"
    names = recovery.restore(again.store.path, new.secret, Profile(tmp_path / "p"), trust.clock).names
    assert any(name.endswith(".age.2") for name in names)


def test_that_the_secret_of_the_sheet_is_nowhere_in_the_store(trust: TrustDesks, tmp_path: Path) -> None:
    sheet = recovery.begin_sheet(trust.school)
    pdf = recovery_sheets.write_sheet(trust.school, sheet, tmp_path / "sheet.pdf")
    assert pdf.read_bytes().startswith(b"%PDF")
    trust.school.close()
    for file in trust.folder.rglob("*"):
        if file.is_file() and file != pdf:
            data = file.read_bytes()
            assert sheet.secret.encode() not in data
            assert "".join(sheet.groups[:3]).encode() not in data


def test_that_a_copy_without_a_sheet_says_so(trust: TrustDesks, tmp_path: Path) -> None:
    sheet = recovery.begin_sheet(trust.centre)
    trust.school.close()
    with pytest.raises(KnownError) as caught:
        recovery.restore(trust.school.store.path, sheet.secret, Profile(tmp_path / "p"), trust.clock)
    assert caught.value.code == "recovery.no_sheet"


def test_that_a_new_computer_does_not_take_the_keys_from_an_older_sheet(trust: TrustDesks, tmp_path: Path) -> None:
    old = recovery.begin_sheet(trust.school)
    path, profile = tmp_path / "copy.db", Profile(tmp_path / "new-profile")
    trust.school.close()
    shutil.copy(trust.school.store.path, path)
    other = open_desk(path, trust.clock, profile=profile)
    new = recovery.begin_sheet(other)
    other.close()
    for sheet in (old, new):
        assert recovery.restore(path, sheet.secret, Profile(tmp_path / sheet.recipient), trust.clock).names
