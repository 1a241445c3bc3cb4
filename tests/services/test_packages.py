"""Packages between a school and its centre: what is accepted, what is refused, what each side sees afterwards."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Seal, Set
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import subject_of
from shnor_desktop.exchange.container import Member, read_container, write_container
from shnor_desktop.exchange.keys import Identity, certificate_pem
from shnor_desktop.exchange.package import package_members, read_package
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import centre, packages, records, remark_threads
from shnor_desktop.services.arrivals import VerdictCode, import_package, undo_import
from shnor_desktop.services.centre import RemarkDraft
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.remark_feed import thread
from shnor_desktop.services.workspace import Profile, Workspace
from tests.services.exchange_desks import Desks, add_teacher, changed_bytes, desks, without_check

__all__ = ["desks", "without_check"]


def test_that_a_sender_is_unknown_until_a_person_confirms_the_digits(desks: Desks) -> None:
    file = desks.send()
    verdict = desks.receive(file)
    assert (verdict.code, verdict.cause) == (VerdictCode.SENDER_UNKNOWN, "package.sender_unknown")
    assert verdict.fingerprint in verdict.message.do
    assert centre.schools(desks.centre) == []
    assert desks.receive(file, verdict.fingerprint).code is VerdictCode.ACCEPTED
    assert desks.same()


def test_that_digits_of_another_key_confirm_nobody(desks: Desks) -> None:
    file = desks.send()
    assert desks.receive(file, desks.centre.identity.certificate.fingerprint).code is VerdictCode.SENDER_UNKNOWN
    assert centre.schools(desks.centre) == []


def test_that_a_package_taken_twice_changes_nothing(desks: Desks) -> None:
    file = desks.meet()
    copy = shutil.copy(file, file.with_name("copy.shnor"))
    assert desks.receive(Path(copy)).code is VerdictCode.ALREADY_HERE
    assert len(packages.packages(desks.centre)) == 1


def test_that_an_older_package_after_a_newer_one_changes_nothing(desks: Desks) -> None:
    desks.meet()
    add_teacher(desks.school, "Примерова Ольга Петровна")
    older = desks.send()
    add_teacher(desks.school, "Показова Вера Петровна")
    newer = desks.send()
    assert desks.receive(newer).code is VerdictCode.ACCEPTED
    assert desks.same()
    assert desks.receive(older).code is VerdictCode.OLDER
    assert desks.same()


def test_that_a_lost_package_is_healed_by_the_next_one(desks: Desks) -> None:
    desks.meet()
    add_teacher(desks.school, "Примерова Ольга Петровна")
    desks.send().unlink()
    add_teacher(desks.school, "Показова Вера Петровна")
    assert desks.receive(desks.send()).code is VerdictCode.ACCEPTED
    assert desks.same()


def test_that_the_school_sees_state_and_remarks_of_the_receipt(desks: Desks) -> None:
    sent = desks.meet()
    school = desks.school.school
    centre.leave_remark(
        desks.centre, school, RemarkDraft("school", school, "founder", "Учредитель", "Укажите учредителя")
    )
    centre.decide_package(desks.centre, school, "returned", "Доработайте паспорт", "2024-10-01")
    answer = packages.export_receipt(desks.centre, school, desks.flash).path
    first = import_package(desks.school, answer)
    assert first.code is VerdictCode.SENDER_UNKNOWN
    assert import_package(desks.school, answer, first.fingerprint).code is VerdictCode.ACCEPTED
    states = {record.file_name: record.state for record in packages.packages(desks.school)}
    assert states[sent.name] == "returned"
    assert [(remark.body, remark.state) for remark in centre.remarks(desks.school)] == [("Укажите учредителя", "new")]


def test_that_after_a_receipt_only_what_the_centre_lacks_is_sent(desks: Desks) -> None:
    desks.meet()
    answer = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    first = import_package(desks.school, answer)
    import_package(desks.school, answer, first.fingerprint)
    add_teacher(desks.school, "Примерова Ольга Петровна")
    exported = packages.export_package(desks.school, desks.flash)
    assert exported.batches == 1
    assert desks.receive(exported.path).code is VerdictCode.ACCEPTED
    assert desks.same()


def test_that_an_answer_of_the_school_to_a_remark_comes_back(desks: Desks) -> None:
    desks.meet()
    school = desks.school.school
    remark = centre.leave_remark(desks.centre, school, RemarkDraft("school", school, "", "Паспорт", "Уточните")).row
    answer = packages.export_receipt(desks.centre, school, desks.flash).path
    import_package(desks.school, answer, desks.centre.identity.certificate.fingerprint)
    remark_threads.move(desks.school, remark, "fixed", "Исправлено")
    assert desks.receive(desks.send()).code is VerdictCode.ACCEPTED
    found = thread(desks.centre, remark, school)
    assert (found.line.state, [one.body for one in found.messages]) == ("fixed", ["Исправлено"])


def test_that_an_import_is_taken_back_whole_and_can_be_made_again(desks: Desks) -> None:
    desks.meet()
    add_teacher(desks.school, "Примерова Ольга Петровна")
    file = desks.send()
    verdict = desks.receive(file)
    undo_import(desks.centre, verdict.package)
    assert len(records.rows(desks.centre, StaffMember, desks.school.school)) == 1
    assert desks.receive(file).code is VerdictCode.ACCEPTED
    assert desks.same()


def test_that_an_import_with_a_decision_upon_it_stays_unless_nothing_depends_on_it(desks: Desks) -> None:
    file = desks.send()
    verdict = desks.receive(file, desks.school.identity.certificate.fingerprint)
    school = desks.school.school
    remark = centre.leave_remark(desks.centre, school, RemarkDraft("school", school, "", "Паспорт", "Уточните")).row
    answer = packages.export_receipt(desks.centre, school, desks.flash).path
    import_package(desks.school, answer, desks.centre.identity.certificate.fingerprint)
    remark_threads.move(desks.school, remark, "fixed")
    second = desks.receive(desks.send())
    remark_threads.move(desks.centre, remark, "accepted", school=school)
    with pytest.raises(KnownError, match=r"log\.import_has_dependents"):
        undo_import(desks.centre, second.package)
    assert verdict.code is VerdictCode.ACCEPTED


def test_that_another_desk_refuses_the_file(desks: Desks) -> None:
    file = desks.meet()
    assert import_package(desks.school, file).code is VerdictCode.WRONG_SCHOOL


def test_that_a_damaged_file_is_named_so_and_the_others_go_in(desks: Desks) -> None:
    desks.meet()
    add_teacher(desks.school, "Примерова Ольга Петровна")
    good = desks.send()
    bad = changed_bytes(good, lambda data: data.__setitem__(len(data) // 2, data[len(data) // 2] ^ 1))
    verdicts = [desks.receive(file) for file in (bad, good)]
    assert [verdict.code for verdict in verdicts] == [VerdictCode.DAMAGED, VerdictCode.ACCEPTED]


def test_that_a_package_of_another_key_in_the_name_of_a_school_is_refused(desks: Desks) -> None:
    """The contents are the school's own, but somebody else has signed the container."""
    desks.meet()
    add_teacher(desks.school, "Примерова Ольга Петровна")
    container = read_container(desks.send())
    thief = Identity.create(subject_of("72-014", WriterRole.SCHOOL, "МАОУ «Лесная СОШ»", "—"), desks.clock.now())
    members = [Member(name, container.read(name)) for name in container.names]
    stolen = desks.flash / "stolen.shnor"
    write_container(stolen, members, thief, desks.clock.now())
    verdict = desks.receive(stolen)
    assert (verdict.code, verdict.cause) == (VerdictCode.SENDER_UNKNOWN, "package.sender_differs")


def test_that_a_carrier_can_say_nothing_in_anothers_name(desks: Desks) -> None:
    """Batches of the school's replica with a seal of another key wait for ever; the rest of the package counts."""
    desks.meet()
    school, replica = desks.school.school, desks.school.writer.replica
    with desks.centre.writing() as transaction:
        head = transaction.log.head(replica, school)
    add_teacher(desks.school, "Примерова Ольга Петровна")
    package = read_package(read_container(desks.send()))
    forged = desks.centre.identity
    seals = []
    for seal in package.seals:
        bare = Seal(seal.replica, seal.school, seal.head, seal.sealed_at, forged.certificate.der, b"")
        seals.append(replace(bare, signature=forged.sign(bare.signed_bytes())))
    members = package_members(package.manifest, package.batches, seals, package.datasets, b"%PDF-")
    file = desks.flash / "forged.shnor"
    write_container(file, members, desks.school.identity, desks.clock.now())
    verdict = desks.receive(file)
    assert "package.note_gap" in verdict.notes
    with desks.centre.writing() as transaction:
        assert transaction.log.head(replica, school) == head


def test_that_a_change_beyond_the_rights_of_its_writer_has_no_effect_anywhere(desks: Desks) -> None:
    """A centre that writes a school's field does so without effect on both sides."""
    desks.meet()
    school = desks.school.school
    teacher = records.rows(desks.centre, StaffMember, school)[0].id
    with desks.centre.writing() as transaction:
        own = next(record for record in transaction.records.replicas() if record.is_local)
        transaction.records.put_replica(replace(own, role="school"))
    desks.centre.write([Set("staff_member", teacher, "category", "none")], "подделка", school)
    answer = packages.export_receipt(desks.centre, school, desks.flash).path
    import_package(desks.school, answer, desks.centre.identity.certificate.fingerprint)
    assert [row.category for row in records.rows(desks.school, StaffMember)] == ["first"]


def test_that_a_restored_backup_starts_a_new_replica_and_is_healed(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    path = desks.school.store.path
    desks.school.close()
    backup = tmp_path / "backup.db"
    shutil.copy(path, backup)
    again = _open(path, desks, tmp_path)
    add_teacher(again, "Примерова Ольга Петровна")
    packages.export_package(again, desks.flash)
    before = again.writer.replica
    again.close()
    shutil.copy(backup, path)
    restored = _open(path, desks, tmp_path)
    assert restored.writer.replica != before
    add_teacher(restored, "Показова Вера Петровна")
    verdict = desks.receive(packages.export_package(restored, desks.flash).path)
    assert verdict.code.is_fine
    names = {row.full_name for row in records.rows(desks.centre, StaffMember, restored.school)}
    assert "Показова Вера Петровна" in names


def _open(path: Path, desks: Desks, tmp_path: Path) -> Workspace:
    return open_desk(path, desks.clock, profile=Profile(tmp_path / "school-profile"))


def test_that_openssl_verifies_the_signature_of_a_package(desks: Desks, tmp_path: Path) -> None:
    file = desks.send()
    with zipfile.ZipFile(file) as archive:
        archive.extractall(tmp_path / "opened")
    (tmp_path / "school.pem").write_bytes(certificate_pem(desks.school.identity.certificate))
    opened = tmp_path / "opened" / "META-INF"
    command = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in"]
    command += [str(opened / "signature001.p7s"), "-content", str(opened / "ASiCManifest001.xml")]
    command += ["-CAfile", str(tmp_path / "school.pem"), "-purpose", "any", "-no_check_time", "-out", "/dev/null"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_that_a_clock_decades_off_orders_nothing(desks: Desks) -> None:
    desks.meet()
    desks.clock.advance(days=-365 * 20)
    row = records.rows(desks.school, StaffMember)[0].id
    records.edit(desks.school, "staff_member", row, "category", "highest")
    verdict = desks.receive(desks.send())
    assert verdict.code.is_fine
    assert [one.category for one in records.rows(desks.centre, StaffMember, desks.school.school)] == ["highest"]


def test_that_a_full_package_is_written_again_for_a_centre_that_lost_its_store(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    answer = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    import_package(desks.school, answer, desks.centre.identity.certificate.fingerprint)
    full = packages.export_package(desks.school, desks.flash, full=True)
    assert full.batches > 1
