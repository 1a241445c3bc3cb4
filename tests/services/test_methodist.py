"""The methodist's desk: packages of schools in, remarks and visits out to the school and its centre in one file."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.models.school import School
from shnor_desktop.models.teaching import LessonVisit
from shnor_desktop.services import centre, expert, packages, records, remark_threads
from shnor_desktop.services.arrivals import VerdictCode
from shnor_desktop.services.centre import RemarkDraft
from shnor_desktop.services.desks import create_school_desk
from shnor_desktop.services.methodist import curated_schools, export_visit, leaving_visit
from shnor_desktop.services.remark_feed import Filter, feed, thread, threads
from shnor_desktop.services.workspace import Profile
from tests.services.exchange_desks import CARD, without_check
from tests.services.methodist_desks import METHODIST, Three, three

__all__ = ["three", "without_check"]


def left(three: Three, field: str = "founder") -> str:
    """A remark of the methodist to a field of the passport."""
    draft = RemarkDraft("school", three.school, field, "Паспорт — Учредитель", "Назовите полностью")
    return centre.leave_remark(three.methodist, three.school, draft).row


def test_that_remarks_and_visits_reach_the_school_and_its_centre_in_one_file(three: Three) -> None:
    three.meet()
    visit, remark = three.visit(), left(three)
    assert [verdict.code for verdict in three.hand_over()] == [VerdictCode.ACCEPTED, VerdictCode.ACCEPTED]
    assert three.same()
    for desk in (three.desks.school, three.desks.centre):
        assert three.topics(desk) == ["Дроби"]
        row = records.row(desk, LessonVisit, visit, three.school)
        assert row is not None
        assert (row.kind, row.visitor_text) == ("methodist", METHODIST)
        assert thread(desk, remark, three.school).line.author == METHODIST


def test_that_the_answer_of_the_school_comes_back_with_its_next_package(three: Three) -> None:
    three.meet()
    remark = left(three)
    three.hand_over()
    records.edit(three.desks.school, School.log_name, three.school, "founder", "Администрация Лесного района")
    remark_threads.move(three.desks.school, remark, "fixed", "Назвали")
    three.refresh()
    found = thread(three.methodist, remark, three.school)
    assert (found.line.state, found.place_words) == ("fixed", "текст с тех пор изменён")
    assert [(one.side, one.body) for one in found.messages] == [("school", "Назвали")]
    remark_threads.move(three.methodist, remark, "accepted", "Спасибо", three.school)
    three.hand_over()
    assert thread(three.desks.school, remark).line.state == "accepted"
    assert [one.side for one in thread(three.desks.school, remark).messages] == ["school", "methodist"]


def test_that_the_same_file_twice_and_an_older_one_change_nothing(three: Three) -> None:
    three.meet()
    left(three)
    first = export_visit(three.methodist, three.school, three.desks.flash).path
    left(three, "locality")
    second = export_visit(three.methodist, three.school, three.desks.flash).path
    assert three.take(three.desks.school, second, three.methodist).code is VerdictCode.ACCEPTED
    assert three.take(three.desks.school, second, three.methodist).code is VerdictCode.ALREADY_HERE
    assert three.take(three.desks.school, first, three.methodist).code is VerdictCode.OLDER
    assert len(threads(three.desks.school)) == 2


def test_that_a_package_of_a_school_comes_twice_to_the_methodist(three: Three) -> None:
    three.meet()
    left(three)
    file = packages.export_package(three.desks.school, three.desks.flash, full=True, plain=True).path
    assert three.take(three.methodist, file, three.desks.school).code.is_fine
    assert three.take(three.methodist, file, three.desks.school).code is VerdictCode.ALREADY_HERE
    assert len(curated_schools(three.methodist)) == 1


def test_that_a_methodist_has_several_schools_and_each_gets_its_own(three: Three) -> None:
    three.meet()
    folder = three.desks.flash.parent
    card = replace(CARD, code="72-015", short_name="МАОУ «Полевая СОШ»")
    other = create_school_desk(folder / "other.db", card, three.desks.clock, profile=Profile(folder / "other"))
    sent = packages.export_package(other, three.desks.flash, plain=True).path
    assert three.take(three.methodist, sent, other).code.is_fine
    assert three.take(three.desks.centre, sent, other).code.is_fine
    left(three)
    draft = RemarkDraft("school", other.school, "founder", "Паспорт", "Заполните")
    centre.leave_remark(three.methodist, other.school, draft)
    assert [one.line.name for one in curated_schools(three.methodist)] == ["МАОУ «Лесная СОШ»", "МАОУ «Полевая СОШ»"]
    ours = export_visit(three.methodist, three.school, three.desks.flash).path
    theirs = export_visit(three.methodist, other.school, three.desks.flash).path
    assert three.take(other, ours, three.methodist).code is VerdictCode.WRONG_SCHOOL
    assert three.take(other, theirs, three.methodist).code.is_fine
    for file in (ours, theirs):
        assert three.take(three.desks.centre, file, three.methodist).code.is_fine
    assert {line.school for line in feed(three.desks.centre, Filter())} == {three.school, other.school}
    assert three.desks.receive(three.desks.send()).code.is_fine


def test_that_a_visit_to_a_school_that_the_centre_has_not_met_waits_for_its_package(three: Three) -> None:
    three.refresh()
    left(three)
    file = export_visit(three.methodist, three.school, three.desks.flash).path
    verdict = three.take(three.desks.centre, file, three.methodist)
    assert (verdict.code, verdict.cause) == (VerdictCode.WRONG_SCHOOL, "package.visit_before_school")
    assert centre.schools(three.desks.centre) == []
    three.desks.meet()
    assert three.take(three.desks.centre, file, three.methodist).code.is_fine


def test_that_nothing_is_written_where_nothing_was_left(three: Three) -> None:
    three.meet()
    with pytest.raises(KnownError, match=r"methodist\.nothing_to_hand"):
        export_visit(three.methodist, three.school, three.desks.flash)
    with pytest.raises(KnownError, match=r"methodist\.nothing_to_hand"):
        leaving_visit(three.methodist, three.school)


def test_that_the_centre_decides_on_the_package_of_the_school_whatever_a_methodist_brings(three: Three) -> None:
    three.meet()
    for field in ("founder", "locality", "full_name"):
        left(three, field)
        three.hand_over()
    (line,) = centre.schools(three.desks.centre)
    assert line.package is not None
    assert (line.package.kind, line.package.number, line.state) == ("school", 1, "received")
    centre.decide_package(three.desks.centre, three.school, "returned", "", "2024-09-20")
    assert centre.schools(three.desks.centre)[0].state == "returned"
    packages.export_receipt(three.desks.centre, three.school, three.desks.flash)


def test_that_a_methodist_decides_on_no_package(three: Three) -> None:
    three.meet()
    with pytest.raises(KnownError, match=r"store\.other_desk"):
        centre.decide_package(three.methodist, three.school, "accepted")
    with pytest.raises(KnownError, match=r"store\.other_desk"):
        packages.export_receipt(three.methodist, three.school, three.desks.flash)


def test_that_a_methodist_writes_nothing_of_the_schools_own(three: Three) -> None:
    three.meet()
    with pytest.raises(BugError, match="may not write"):
        records.edit(three.methodist, School.log_name, three.school, "founder", "Чужая рука", three.school)
    assert three.same()


def test_that_an_expert_answer_of_a_methodist_stands_beside_the_schools(three: Three) -> None:
    three.meet()
    question = "teaching.deficits"
    place = expert.judged(three.methodist, three.school, question).place
    expert.leave_answer(three.methodist, three.school, place, {"value": "12"}, "По итогам посещения")
    three.hand_over()
    found = expert.judged(three.desks.school, three.school, question)
    assert found.row is not None
    assert found.row.expert == METHODIST


def test_that_what_waits_to_be_handed_over_is_counted(three: Three) -> None:
    three.meet()
    assert curated_schools(three.methodist)[0].to_hand == 0
    left(three)
    assert curated_schools(three.methodist)[0].to_hand > 0
    three.hand_over()
    (found,) = curated_schools(three.methodist)
    assert (found.to_hand, found.open_remarks, found.visits) == (0, 1, 0)
    three.visit()
    (found,) = curated_schools(three.methodist)
    assert (found.to_hand > 0, found.visits) == (True, 1)


def test_that_a_confirmed_methodist_opens_the_file_that_goes_to_the_centre(three: Three) -> None:
    three.meet()
    left(three)
    three.hand_over()
    answer = packages.export_receipt(three.desks.centre, three.school, three.desks.flash, plain=True).path
    three.take(three.desks.school, answer, three.desks.centre)
    sent = packages.export_package(three.desks.school, three.desks.flash, full=True)
    assert sent.is_encrypted
    assert three.take(three.methodist, sent.path, three.desks.school).code.is_fine
    assert three.desks.receive(sent.path).code.is_fine


def test_that_the_file_is_closed_when_the_keys_of_both_are_known(three: Three) -> None:
    three.meet()
    left(three)
    assert not export_visit(three.methodist, three.school, three.desks.flash).is_encrypted
    answer = packages.export_receipt(three.desks.centre, three.school, three.desks.flash, plain=True).path
    three.take(three.methodist, answer, three.desks.centre)
    done = export_visit(three.methodist, three.school, three.desks.flash)
    assert done.is_encrypted
    for desk in (three.desks.school, three.desks.centre):
        assert three.take(desk, done.path, three.methodist).code.is_fine
    assert three.same() or len(threads(three.desks.school)) == 1
