"""Packages between desks that know each other's keys: encrypted on the way, told who can read them, plain on wish."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.encryption import is_age
from shnor_desktop.exchange.keys import certificate_pem
from shnor_desktop.services import encryption_keys, packages, recipients
from shnor_desktop.services.arrivals import VerdictCode, import_package
from shnor_desktop.services.package_files import open_package_file
from shnor_desktop.services.workspace import Profile
from tests.services.exchange_desks import Desks, add_teacher, desks, make_desks, without_check

__all__ = ["desks", "without_check"]

NAME = "Примерова Ольга Петровна"


def answered(desks: Desks) -> Path:
    """Both know each other from now on; the receipt of the centre."""
    desks.meet()
    receipt = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    digits = desks.centre.identity.certificate.fingerprint
    assert import_package(desks.school, receipt, digits).code is VerdictCode.ACCEPTED
    return receipt


def test_that_the_first_package_is_plain_and_everything_after_it_is_encrypted(desks: Desks) -> None:
    first = desks.meet()
    assert first.name.endswith("_001.shnor")
    receipt = packages.export_receipt(desks.centre, desks.school.school, desks.flash)
    assert receipt.path.name.endswith("_001.shnor.age")
    assert is_age(receipt.path)
    assert receipt.is_encrypted
    import_package(desks.school, receipt.path, desks.centre.identity.certificate.fingerprint)
    add_teacher(desks.school, NAME)
    second = packages.export_package(desks.school, desks.flash)
    assert is_age(second.path)
    assert desks.receive(second.path).code is VerdictCode.ACCEPTED
    assert desks.same()


def test_that_the_sender_and_the_receiver_read_it_and_no_other_desk(desks: Desks, tmp_path: Path) -> None:
    answered(desks)
    exported = packages.export_package(desks.school, desks.flash)
    for reader in (desks.school, desks.centre):
        opened = open_package_file(exported.path, reader)
        assert opened.is_encrypted
        assert opened.sha256 == exported.id
    other = make_desks(tmp_path / "other", desks.clock)
    before = other.centre.store.path.read_bytes()
    verdict = import_package(other.centre, exported.path)
    assert (verdict.code, verdict.cause) == (VerdictCode.WRONG_SCHOOL, "package.encrypted_for_others")
    assert other.centre.store.path.read_bytes() == before
    with pytest.raises(KnownError, match=r"package\.encrypted"):
        open_package_file(exported.path)


def test_that_an_encrypted_package_and_its_plain_twin_are_one_in_the_journal(desks: Desks) -> None:
    answered(desks)
    add_teacher(desks.school, NAME)
    file = desks.send()
    assert desks.receive(file).code is VerdictCode.ACCEPTED
    copy = Path(shutil.copy(file, file.with_name("copy.shnor.age")))
    assert desks.receive(copy).code is VerdictCode.ALREADY_HERE


def test_that_a_name_that_is_taken_keeps_both_endings(desks: Desks) -> None:
    answered(desks)
    first = packages.export_package(desks.school, desks.flash).path
    first.rename(first.with_name("kept"))
    taken = first.with_name(first.name.replace("_002", "_003"))
    taken.write_bytes(b"")
    assert packages.export_package(desks.school, desks.flash).path.name == taken.name.replace(
        ".shnor.age", " (2).shnor.age"
    )


def test_that_encryption_is_left_out_on_wish(desks: Desks) -> None:
    answered(desks)
    plain = packages.export_package(desks.school, desks.flash, plain=True)
    assert (plain.path.suffix, plain.is_encrypted) == (".shnor", False)
    assert open_package_file(plain.path).sha256 == plain.id


def test_that_an_older_package_does_not_bring_an_older_key_back(desks: Desks) -> None:
    desks.meet()
    add_teacher(desks.school, NAME)
    old_key, older = encryption_keys.recipient(desks.school), desks.send()
    new_key = encryption_keys.rotate(desks.school)
    assert new_key == encryption_keys.recipient(desks.school) != old_key
    add_teacher(desks.school, "Показова Вера Петровна")
    assert desks.receive(desks.send()).code is VerdictCode.ACCEPTED
    assert desks.receive(older).code is VerdictCode.OLDER
    with desks.centre.reading() as reader:
        assert recipients.of(reader.records, desks.school.identity.certificate.fingerprint) == new_key


def test_that_what_was_encrypted_to_an_old_key_is_still_opened(desks: Desks) -> None:
    receipt = answered(desks)
    encryption_keys.rotate(desks.school)
    assert open_package_file(receipt, desks.school).is_encrypted
    assert len(encryption_keys.decryption_keys(desks.school)) == 2


def test_that_keys_are_files_of_the_owner_alone_and_never_in_the_store(desks: Desks) -> None:
    answered(desks)
    secrets = Profile(desks.school.profile.folder).secrets
    names = [name for name in secrets.names() if ".age." in name]
    assert names == [f"{desks.school.store_id}.age.1"]
    assert all((secrets.folder / name).stat().st_mode & 0o077 == 0 for name in names)
    assert b"AGE-SECRET-KEY" not in desks.school.store.path.read_bytes()


def test_that_a_damaged_encrypted_file_changes_nothing(desks: Desks) -> None:
    answered(desks)
    add_teacher(desks.school, NAME)
    data = desks.send().read_bytes()
    before = desks.centre.store.path.read_bytes()
    for number, bad in enumerate((data[:-1], data + b"x", data[:200], data[:-40] + bytes(40))):
        file = desks.flash / f"bad-{number}.shnor.age"
        file.write_bytes(bad)
        verdict = desks.receive(file)
        assert (verdict.code, verdict.cause) == (VerdictCode.DAMAGED, "package.encryption_damaged")
    assert desks.centre.store.path.read_bytes() == before


def test_that_debian_age_opens_a_package_that_openssl_then_verifies(desks: Desks, tmp_path: Path) -> None:
    answered(desks)
    file = desks.send()
    (tmp_path / "key").write_text(encryption_keys.own_key(desks.centre) + "\n")
    opened = tmp_path / "opened.shnor"
    subprocess.run(["age", "-d", "-i", str(tmp_path / "key"), "-o", str(opened), str(file)], check=True)
    with zipfile.ZipFile(opened) as archive:
        archive.extractall(tmp_path / "opened")
    (tmp_path / "school.pem").write_bytes(certificate_pem(desks.school.identity.certificate))
    inside = tmp_path / "opened" / "META-INF"
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in"]
    command += [str(inside / "signature001.p7s"), "-content", str(inside / "ASiCManifest001.xml")]
    command += ["-CAfile", str(tmp_path / "school.pem"), "-purpose", "any", "-no_check_time", "-out", "/dev/null"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_that_a_package_that_was_encrypted_by_age_itself_is_taken_in(desks: Desks) -> None:
    desks.meet()
    add_teacher(desks.school, NAME)
    plain = packages.export_package(desks.school, desks.flash, plain=True).path
    closed = plain.with_name("by-age.shnor.age")
    key = encryption_keys.recipient(desks.centre)
    subprocess.run(["age", "-r", key, "-o", str(closed), str(plain)], check=True)
    assert desks.receive(closed).code is VerdictCode.ACCEPTED
    assert desks.same()


def test_that_a_failed_export_leaves_no_file_and_nothing_readable(desks: Desks) -> None:
    answered(desks)
    encryption_keys.own_key(desks.school)
    target = desks.flash / "nowhere"
    target.write_bytes(b"a file, no folder")
    with pytest.raises(KnownError, match=r"package\.folder_readonly"):
        packages.export_package(desks.school, target)
    assert not [path for path in desks.flash.iterdir() if path.name.endswith(".part")]


def test_that_a_damaged_key_stops_neither_reading_with_the_others_nor_sending(desks: Desks) -> None:
    receipt = answered(desks)
    secrets = desks.school.profile.secrets
    secrets.write(f"{desks.school.store_id}.age.2", b"AGE-SECRET-KEY-1 damaged \xff")
    assert open_package_file(receipt, desks.school).is_encrypted
    assert packages.export_package(desks.school, desks.flash).is_encrypted
    secrets.remove(f"{desks.school.store_id}.age.1")
    assert packages.export_package(desks.school, desks.flash).is_encrypted
    assert len(encryption_keys.decryption_keys(desks.school)) == 1
    assert f"{desks.school.store_id}.age.3" in secrets.names()
