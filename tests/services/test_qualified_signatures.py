"""The head signs a package: the list of its files goes out, a qualified signature comes back, the centre sees it."""

from __future__ import annotations

import hashlib
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.container import prepare_attached, read_container, write_prepared
from shnor_desktop.exchange.qualified import verify_qualified
from shnor_desktop.services import qualified_signatures
from shnor_desktop.services.journal import journal
from shnor_desktop.services.opening_files import open_file
from shnor_desktop.services.packages import export_receipt
from shnor_desktop.services.qualified_signatures import Attached, attach, manifest_to_sign, verify
from shnor_desktop.services.verdicts import VerdictCode
from tests.exchange.gost_tools import Signer, make_authority, make_signer
from tests.services.exchange_desks import Desks, desks, without_check

__all__ = ["desks", "without_check"]


@pytest.fixture(scope="module")
def director(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    """A director with a certificate of an authority."""
    folder = tmp_path_factory.mktemp("gost")
    return make_signer(folder / "director", under=make_authority(folder / "authority"))


def signed(desks: Desks, package: Path, director: Signer, *options: str) -> Attached:
    """The package with the director's signature, as a person would make it."""
    listed = manifest_to_sign(package, desks.flash / "list.xml", desks.school)
    signature = desks.flash / "list.xml.sig"
    signature.write_bytes(director.sign(listed.read_bytes(), *options))
    return attach(desks.school, package, signature)


def code_of(package: Path, signature: Path, desks: Desks) -> str:
    """The code with which attaching is refused; nothing is written then."""
    before = sorted(package.parent.iterdir())
    with pytest.raises(KnownError) as caught:
        attach(desks.school, package, signature)
    assert sorted(package.parent.iterdir()) == before
    return caught.value.code


def test_that_a_package_with_the_signature_is_the_same_package(desks: Desks, director: Signer) -> None:
    package = desks.send()
    before = hashlib.sha256(package.read_bytes()).hexdigest()
    done = signed(desks, package, director, "-cades")
    assert done.found.is_sound
    assert done.path.name.endswith("_укэп.shnor")
    assert hashlib.sha256(package.read_bytes()).hexdigest() == before
    assert read_container(done.path).sha256 == read_container(package).sha256 == done.package


def test_that_the_words_say_who_until_when_and_what_was_not_checked(desks: Desks, director: Signer) -> None:
    said = " ".join(signed(desks, desks.send(), director, "-cades").found.words)
    for words in (
        "УКЭП: есть",
        "Образцова Вера Примеровна, директор, МОУ «Образец», ИНН 7200000000, ОГРН 1207200000000",
        "по часам подписавшего",
        "Учебный удостоверяющий центр",
        "корневой сертификат программе не известен",
        "Отзыв сертификата не проверялся",
    ):
        assert words in said


def test_that_the_centre_takes_it_in_and_keeps_what_was_found(desks: Desks, director: Signer) -> None:
    file = signed(desks, desks.send(), director).path
    first = desks.receive(file)
    assert desks.receive(file, first.fingerprint).code.is_fine
    assert desks.same()
    with desks.centre.reading() as reader:
        assert list(qualified_signatures.short_words(reader.records).values()) == ["УКЭП: есть"]
        kept = qualified_signatures.kept_words(reader.records, read_container(file).sha256)
    assert "Образцова Вера Примеровна" in " ".join(kept)
    assert desks.receive(file).code is VerdictCode.ALREADY_HERE
    for workspace in (desks.school, desks.centre):
        assert [line.kind for line in journal(workspace)] == ["данные школы · УКЭП: есть"]


def test_that_a_signature_that_comes_after_the_package_is_kept_too(desks: Desks, director: Signer) -> None:
    package = desks.meet()
    verdict = desks.receive(signed(desks, package, director).path)
    assert (verdict.code, verdict.cause) == (VerdictCode.ALREADY_HERE, "package.qualified_came")
    with desks.centre.reading() as reader:
        assert list(qualified_signatures.short_words(reader.records)) == [read_container(package).sha256]
    assert desks.receive(package).cause == "package.already_here"


def test_that_the_journal_of_the_school_names_the_new_file(desks: Desks, director: Signer) -> None:
    done = signed(desks, desks.send(), director)
    with desks.school.reading() as reader:
        (record,) = reader.records.packages()
        assert (record.id, record.file_name, record.direction) == (done.package, done.path.name, "out")
        assert list(qualified_signatures.short_words(reader.records)) == [done.package]


def test_that_an_encrypted_package_stays_encrypted(desks: Desks, director: Signer) -> None:
    desks.meet()
    with desks.centre.reading() as reader:
        (school,) = reader.schools()
    receipt = export_receipt(desks.centre, school, desks.flash).path
    assert receipt.suffix == ".age"
    listed = manifest_to_sign(receipt, desks.flash / "list.xml", desks.centre)
    signature = desks.flash / "list.xml.sig"
    signature.write_bytes(director.sign(listed.read_bytes()))
    done = attach(desks.centre, receipt, signature)
    assert done.is_encrypted
    assert done.path.name.endswith("_укэп.shnor.age")
    assert open_file(done.path, desks.school).container.qualified is not None


def test_that_the_wrong_file_is_refused_in_words(desks: Desks, director: Signer) -> None:
    package = desks.send()
    listed = manifest_to_sign(package, desks.flash / "list.xml", desks.school)
    wrong = desks.flash / "wrong.sig"
    assert code_of(package, wrong, desks) == "qualified.file_unreadable"
    for content, code in (
        (b"", "qualified.malformed"),
        (listed.read_bytes(), "qualified.malformed"),
        (package.read_bytes() + bytes(600_000), "qualified.too_large"),
        (director.sign(b"another list"), "qualified.other_content"),
        (director.sign(listed.read_bytes())[:-9], "qualified.malformed"),
    ):
        wrong.write_bytes(content)
        assert code_of(package, wrong, desks) == code


def test_that_the_list_of_another_package_is_refused(desks: Desks, director: Signer) -> None:
    first, second = desks.send(), desks.send()
    listed = manifest_to_sign(first, desks.flash / "list.xml", desks.school)
    signature = desks.flash / "list.xml.sig"
    signature.write_bytes(director.sign(listed.read_bytes(), "-cades"))
    assert code_of(second, signature, desks) == "qualified.other_content"


def test_that_a_package_gets_one_signature_and_from_its_maker_alone(desks: Desks, director: Signer) -> None:
    package = desks.send()
    done = signed(desks, package, director)
    with pytest.raises(KnownError) as caught:
        manifest_to_sign(done.path, desks.flash / "again.xml", desks.school)
    assert caught.value.code == "qualified.already"
    with pytest.raises(KnownError) as caught:
        attach(desks.centre, package, desks.flash / "list.xml.sig")
    assert caught.value.code == "qualified.not_own"


def test_that_a_signature_that_does_not_hold_is_said_and_the_package_stands(desks: Desks) -> None:
    """A program that lies may attach anything: the package is sound, the signature is none."""
    container = read_container(desks.send())
    lie = prepare_attached(container, b"no signature", desks.school.identity, desks.clock.now())
    target = desks.flash / "lie.shnor"
    write_prepared(target, lie)
    found = verify(read_container(target), desks.clock.now())
    assert found is not None
    assert (found.code, found.short) == ("qualified.malformed", "УКЭП: не сошлась")
    first = desks.receive(target)
    assert desks.receive(target, first.fingerprint).code.is_fine
    with desks.centre.reading() as reader:
        assert list(qualified_signatures.short_words(reader.records).values()) == ["УКЭП: не сошлась"]


def test_that_a_term_that_is_over_is_said(desks: Desks, director: Signer) -> None:
    """Without a time in the signature that of attaching counts: long before the certificate was issued here."""
    desks.clock.moment += timedelta(days=1)
    done = signed(desks, desks.send(), director, "-noattr")
    assert "вне этого срока" in " ".join(done.found.words)
    assert "время подписи не указано" in " ".join(done.found.words)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Yekaterinburg", "America/Anchorage"])
def test_that_a_certificate_for_all_time_can_be_told(
    zone: str, desks: Desks, director: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    found = verify_qualified(b"list", director.sign(b"list"))
    for_ever = replace(
        found, not_before=datetime(1, 1, 1, tzinfo=UTC), not_after=datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    )
    said = " ".join(qualified_signatures._words(for_ever, desks.clock.now(), desks.clock.now()))
    assert "9999" in said
    monkeypatch.undo()
    time.tzset()
