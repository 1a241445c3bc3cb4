"""Rights follow the writer's certificate, whoever carries the change; what has no effect is told in words."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from shnor_desktop.domain.log import Set
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import Subject, issue_self_signed
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.models.review import Remark
from shnor_desktop.models.school import School
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import packages, records, revocation_effects
from shnor_desktop.services.arrivals import VerdictCode, import_package
from shnor_desktop.services.revocation_effects import Revoked
from shnor_desktop.services.store_check import is_sound_seal
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.log_store import LogStore
from shnor_desktop.storage.writer_rights import REVOKED_KEY, revoked_body
from tests.clock import FixedClock
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check
from tests.services.hostile_school import Liar
from tests.services.test_hostile_log import digest, meet, neighbour

__all__ = ["desks", "without_check"]


def is_sound(desks: Desks) -> bool:
    stores = (desks.school.store, desks.centre.store)
    return all(check_store(store, verify_seal=is_sound_seal).is_clean for store in stores)


def again(liar: Liar, subject: Subject, clock: FixedClock) -> Identity:
    """The key of a school with another certificate that it signed itself."""
    key = liar.identity.key
    return Identity(key, issue_self_signed(key, subject, clock.now(), os.urandom))


def test_that_a_school_that_writes_a_remark_is_told_so_and_the_rest_goes_on(desks: Desks) -> None:
    desks.meet()
    liar = Liar.of(desks.school, desks.flash)
    liar.says(("remark", "r", "body", "Всё отлично"), ("school", liar.school, "founder", "Учредитель"))
    verdict = import_package(desks.centre, liar.package())
    assert verdict.code is VerdictCode.ACCEPTED_WITH_REMARKS
    (words,) = verdict.details
    assert words.startswith("Школа «")
    assert "изменено «Замечание» (Текст), записей: 1" in words
    assert "не имеют силы: их может вносить только методист и муниципальный центр. Остальное принято." in words
    assert words in verdict.note_words
    card = records.row(desks.centre, School, liar.school, liar.school)
    assert card is not None
    assert card.founder == "Учредитель"
    assert records.rows(desks.centre, Remark, liar.school) == []
    with desks.centre.reading() as reader:
        kept = reader.records.package(verdict.package)
    assert kept is not None
    assert json.loads(kept.details)["refused"] == [words]
    assert is_sound(desks)


def test_that_a_centre_that_writes_a_teacher_is_told_so(desks: Desks, monkeypatch: pytest.MonkeyPatch) -> None:
    desks.meet()
    school = desks.school.school
    (teacher,) = records.rows(desks.centre, StaffMember, school)
    with monkeypatch.context() as patch:
        patch.setattr(LogStore, "_require_rights", lambda *_: None)
        desks.centre.write([Set("staff_member", teacher.id, "full_name", "Подмена Подмена")], "подмена", school)
    answer = packages.export_receipt(desks.centre, school, desks.flash).path
    verdict = import_package(desks.school, answer, desks.centre.identity.certificate.fingerprint)
    assert verdict.code is VerdictCode.ACCEPTED_WITH_REMARKS
    assert "Муниципальный центр" in verdict.details[0]
    assert "только школа" in verdict.details[0]
    assert [row.full_name for row in records.rows(desks.school, StaffMember)] == ["Образцова Анна Ивановна"]
    assert desks.same()
    assert is_sound(desks)


def test_that_a_trusted_key_of_another_school_changes_nothing_here(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    other = neighbour(desks, tmp_path)
    meet(desks, other, packages.export_package(other.desk, desks.flash).path)
    school = desks.school.school
    liar = Liar.of(desks.school, desks.flash)
    before = digest(desks, school)
    foreign = Liar.of(other.desk, desks.flash)
    foreign.school = school
    sent = foreign.says(("school", school, "short_name", "Захвачена"), sequence=1, previous="", keep=False)
    verdict = import_package(desks.centre, liar.package([sent], [foreign.seal(sent.batch.head)]))
    assert verdict.code is VerdictCode.ACCEPTED_WITH_REMARKS
    assert "писавший не из этой школы" in verdict.details[0]
    assert digest(desks, school) == before
    assert is_sound(desks)


def test_that_a_key_that_signs_itself_another_role_gains_nothing(desks: Desks) -> None:
    desks.meet()
    liar = Liar.of(desks.school, desks.flash)
    own = liar.identity.certificate
    raised = again(liar, Subject(own.code, WriterRole.MUNICIPAL, own.name, own.name), desks.clock)
    assert raised.certificate.point == own.point
    liar.says(("remark", "r", "body", "Всё отлично"))
    verdict = import_package(desks.centre, liar.package(None, [liar.seal(identity=raised)]))
    assert verdict.details
    assert "Замечание" in verdict.details[0]
    assert records.rows(desks.centre, Remark, liar.school) == []
    with desks.centre.reading() as reader:
        roles = {one.replica: one.role for one in reader.records.replicas()}
    assert roles[liar.replica] == "school"


def test_that_a_certificate_renewed_for_the_same_key_goes_on_sealing(desks: Desks) -> None:
    desks.meet()
    liar = Liar.of(desks.school, desks.flash)
    desks.clock.advance(days=400)
    own = liar.identity.certificate
    renewed = again(liar, own.subject, desks.clock)
    assert renewed.certificate.fingerprint != own.fingerprint
    liar.says(("school", liar.school, "founder", "После продления"))
    assert import_package(desks.centre, liar.package(None, [liar.seal(identity=renewed)])).code.is_fine
    card = records.row(desks.centre, School, liar.school, liar.school)
    assert card is not None
    assert card.founder == "После продления"


def test_that_a_revocation_reaches_what_stands_on_it_and_takes_nothing_of_ours(desks: Desks) -> None:
    desks.meet()
    school, replica = desks.school.school, desks.school.writer.replica
    with desks.centre.writing() as transaction:
        last = transaction.log.head(replica, school).sequence
    add_teacher(desks.school, "Краденова Ольга Петровна")
    assert desks.receive(desks.send()).code.is_fine
    remark = records.begin(desks.centre, Remark, {"body": "Уточните", "kind": "remark", "state": "new"}, school).row
    names = {row.full_name for row in records.rows(desks.centre, StaffMember, school)}
    assert "Краденова Ольга Петровна" in names
    word = Revoked(desks.school.identity.certificate.key_mark, {(replica, school): last})
    for _ in range(2):
        with desks.centre.writing() as transaction:
            revocation_effects.apply(desks.centre, transaction, [word])
        assert [row.full_name for row in records.rows(desks.centre, StaffMember, school)] == ["Образцова Анна Ивановна"]
        assert records.row(desks.centre, Remark, remark, school) is not None
        assert is_sound(desks)
    liar = Liar.of(desks.school, desks.flash)
    liar.says(("school", school, "founder", "После отзыва"))
    import_package(desks.centre, liar.package())
    card = records.row(desks.centre, School, school, school)
    assert card is not None
    assert card.founder is None
    assert is_sound(desks)


def test_that_the_check_sees_a_chain_that_counts_beyond_its_revocation(desks: Desks) -> None:
    desks.meet()
    mark = desks.school.identity.certificate.key_mark
    with desks.centre.writing() as transaction:  # kept, and not carried out
        transaction.records.keep(REVOKED_KEY, mark, revoked_body({}))
    (finding,) = check_store(desks.centre.store, verify_seal=is_sound_seal).findings
    assert finding.reason == "a chain counts beyond its revocation"
    with desks.centre.writing() as transaction:
        revocation_effects.settle(desks.centre, transaction)
    assert is_sound(desks)
