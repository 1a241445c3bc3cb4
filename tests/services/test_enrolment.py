"""Enrolment by files: a school, a second computer, a methodist, a new key, a lost computer, a new director."""

from __future__ import annotations

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import authority_desk, enrolment, packages, records
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.today import today_view
from shnor_desktop.services.verdicts import VerdictCode
from tests.services.exchange_desks import add_teacher
from tests.services.exchange_desks import desks as desks
from tests.services.exchange_desks import without_check as without_check
from tests.services.trust_desks import TrustDesks, same
from tests.services.trust_desks import light_passphrases as light_passphrases
from tests.services.trust_desks import trust as trust


def test_that_an_enrolled_school_is_known_without_a_call(trust: TrustDesks) -> None:
    replica = trust.school.writer.replica
    trust.enrol(trust.school)
    assert enrolment.standing(trust.school).is_enrolled
    assert trust.school.writer.replica == replica
    verdict = import_package(trust.centre, trust.send(trust.school))
    assert verdict.code is VerdictCode.ACCEPTED, verdict
    assert same(trust.school, trust.centre, trust.school.school)
    answer = packages.export_receipt(trust.centre, trust.school.school, trust.flash).path
    assert import_package(trust.school, answer).code is VerdictCode.ACCEPTED


def test_that_a_school_that_was_confirmed_by_phone_goes_on_as_enrolled(trust: TrustDesks) -> None:
    trust.desks.meet()
    add_teacher(trust.school, "Показова Вера Петровна")
    trust.enrol(trust.school)
    assert import_package(trust.centre, trust.send(trust.school)).code is VerdictCode.ACCEPTED
    assert same(trust.school, trust.centre, trust.school.school)


def test_that_the_certificate_lasts_over_a_start(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    issued = trust.school.identity.certificate
    again = trust.reopened(trust.school)
    assert again.identity.certificate == issued
    assert again.identity.chain
    assert import_package(trust.centre, trust.send(again)).code is VerdictCode.ACCEPTED


def test_that_a_second_computer_of_the_school_shares_its_work(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    deputy = trust.second()
    assert deputy.is_waiting
    plain = packages.export_package(trust.school, trust.flash, plain=True).path
    assert import_package(deputy, plain).cause == "enrolment.waiting"
    import_package(trust.centre, trust.send(trust.school, full=True))
    request = trust.ask(deputy, "second")
    trust.answer(deputy, request, school=trust.school.school)
    trust.meet_all()
    assert (deputy.school, deputy.is_waiting) == (trust.school.school, False)
    assert today_view(deputy).next_step.text == "Примите пакет школы"
    verdict = import_package(deputy, trust.send(trust.school, full=True))
    assert verdict.code.is_fine, verdict
    assert today_view(deputy).next_step.text != "Примите пакет школы"
    for desk in (deputy, trust.school):
        add_teacher(desk, "Общая Нина Павловна")
    add_teacher(deputy, "Показова Вера Петровна")
    back = import_package(trust.school, trust.send(deputy, full=True))
    assert back.code.is_fine, back
    names = sorted(row.full_name or "" for row in records.rows(trust.school, StaffMember))
    assert names == ["Образцова Анна Ивановна", "Общая Нина Павловна", "Показова Вера Петровна"]
    import_package(deputy, trust.send(trust.school, full=True))
    assert import_package(trust.centre, trust.send(deputy, full=True)).code.is_fine
    assert same(deputy, trust.centre, trust.school.school)
    assert same(deputy, trust.school, trust.school.school)


def test_that_a_desk_that_waits_is_found_again_and_takes_its_invitation_then(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    import_package(trust.centre, trust.send(trust.school))
    deputy = trust.second()
    request = trust.ask(deputy, "second")
    again = trust.reopened(deputy)
    assert again.is_waiting
    trust.answer(again, request, school=trust.school.school)
    last = trust.reopened(again)
    assert (last.is_waiting, last.school) == (False, trust.school.school)
    assert enrolment.standing(last).is_enrolled


def test_that_a_methodist_is_enrolled_and_takes_the_packages_of_schools(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    methodist = trust.second("methodist", "methodist", "m-1")
    trust.enrol(methodist)
    assert enrolment.standing(methodist).is_enrolled
    assert not methodist.is_waiting
    import_package(trust.centre, trust.send(trust.school))
    trust.meet_all()
    assert import_package(methodist, trust.send(trust.school, full=True)).code.is_fine
    assert same(methodist, trust.school, trust.school.school)


def test_that_a_new_key_needs_no_call_and_starts_a_new_copy(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    before, replica = trust.school.identity.certificate, trust.school.writer.replica
    import_package(trust.centre, trust.send(trust.school))
    request = trust.ask(trust.school, "rollover")
    assert authority_desk.requests(trust.centre)[0].is_proven
    add_teacher(trust.school, "Между Анна Ивановна")
    late = trust.send(trust.school)
    verdict = trust.answer(trust.school, request)
    assert verdict.code.is_fine, verdict
    assert trust.school.identity.certificate.point != before.point
    assert trust.school.writer.replica != replica
    add_teacher(trust.school, "После Вера Петровна")
    assert import_package(trust.centre, trust.send(trust.school)).code.is_fine
    assert same(trust.school, trust.centre, trust.school.school)
    names = {row.full_name for row in records.rows(trust.centre, StaffMember, trust.school.school)}
    assert {"Между Анна Ивановна", "После Вера Петровна"} <= names
    assert import_package(trust.centre, late).code.is_fine
    assert same(trust.school, trust.centre, trust.school.school)
    again = trust.reopened(trust.school)
    assert again.identity.certificate.point != before.point
    add_teacher(again, "Потом Вера Петровна")
    assert import_package(trust.centre, trust.send(again)).code.is_fine


def test_that_a_lost_computer_comes_back_by_the_centre(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    lost = trust.school.identity.certificate
    import_package(trust.centre, trust.send(trust.school))
    with trust.school.reading() as reader:
        digest = reader.projection_digest(trust.school.school)
    anew = trust.second("anew")
    request = trust.ask(anew, "lost")
    trust.answer(anew, request, school=trust.school.school, lost=(lost.fingerprint,))
    answer = packages.export_receipt(trust.centre, trust.school.school, trust.flash).path
    verdict = import_package(anew, answer)
    assert verdict.code.is_fine, verdict
    with anew.reading() as reader:
        assert reader.projection_digest(trust.school.school) == digest
    add_teacher(anew, "Новая Вера Петровна")
    assert import_package(trust.centre, trust.send(anew)).code.is_fine
    assert same(anew, trust.centre, trust.school.school)
    add_teacher(trust.school, "Чужая Вера Петровна")
    refused = import_package(trust.centre, trust.send(trust.school))
    assert (refused.code, refused.cause) == (VerdictCode.SENDER_UNKNOWN, "package.sender_revoked")
    assert not refused.fingerprint


def test_that_a_new_director_has_a_new_key_and_the_old_one_ends(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    before = trust.school.identity
    import_package(trust.centre, trust.send(trust.school))
    trust.enrol(trust.school, "director")
    add_teacher(trust.school, "Новая Вера Петровна")
    assert import_package(trust.centre, trust.send(trust.school)).code is VerdictCode.ACCEPTED
    assert same(trust.school, trust.centre, trust.school.school)
    trust.clock.advance(days=1)
    trust.school.write_as(before, trust.school.writer)
    assert import_package(trust.centre, trust.send(trust.school)).cause == "package.sender_revoked"


def test_that_the_first_package_of_an_invited_computer_says_that_its_invitation_arrived(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    states = [one.state for one in packages.packages(trust.centre) if one.kind == "invitation"]
    assert states == ["prepared"]
    import_package(trust.centre, trust.send(trust.school))
    states = [one.state for one in packages.packages(trust.centre) if one.kind == "invitation"]
    assert states == ["accepted"]
