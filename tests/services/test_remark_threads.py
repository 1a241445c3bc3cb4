"""Threads of remarks: who moves what, what survives packages and versions, two people at once, the place."""

from __future__ import annotations

from itertools import product

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Restore, Set
from shnor_desktop.models.programme import ProgrammeParagraph
from shnor_desktop.models.review import REMARK_STATES, Remark, RemarkMessage
from shnor_desktop.models.school import School
from shnor_desktop.services import centre, packages, records, remark_threads
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.centre import RemarkDraft
from shnor_desktop.services.remark_feed import MOVES, Filter, feed, thread, threads
from shnor_desktop.services.today import today_view
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from tests.services.exchange_desks import Desks, desks, without_check

__all__ = ["desks", "without_check"]

STATES = tuple(dict(REMARK_STATES))


@pytest.fixture
def met(desks: Desks) -> Desks:
    """The centre has the school's first package."""
    desks.meet()
    return desks


def left(desks: Desks, field: str = "founder", row: str = "", entity: str = "school", due: str = "") -> str:
    """A remark of the centre to a field of the passport."""
    school = desks.school.school
    draft = RemarkDraft(entity, row or school, field, "Паспорт — Учредитель", "Укажите учредителя", due=due)
    return centre.leave_remark(desks.centre, school, draft).row


def to_school(desks: Desks) -> None:
    """The centre answers, the school takes the answer in."""
    answer = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    assert import_package(desks.school, answer, desks.centre.identity.certificate.fingerprint).code.is_fine


def to_centre(desks: Desks) -> None:
    """The school sends its next package."""
    assert desks.receive(desks.send()).code.is_fine


@pytest.mark.parametrize("side", ["school", "reviewer"])
def test_that_each_side_moves_a_remark_only_where_it_may(met: Desks, side: str) -> None:
    remark = left(met)
    to_school(met)
    workspace = met.school if side == "school" else met.centre
    for now, wanted in product(STATES, STATES):
        _move_or_be_refused(workspace, met.school.school, remark, now, wanted, MOVES[side].get(now, ()))


def _move_or_be_refused(
    workspace: Workspace, school: str, remark: str, now: str, wanted: str, allowed: tuple[str, ...]
) -> None:
    workspace.write([Set(Remark.log_name, remark, "state", now)], "так было", school)
    before = thread(workspace, remark, school)
    if wanted in allowed:
        remark_threads.move(workspace, remark, wanted, "потому что", school)
        after = thread(workspace, remark, school)
        assert (after.line.state, len(after.messages)) == (wanted, len(before.messages) + 1)
        assert after.messages[-1].moved_to == wanted
        return
    with pytest.raises(KnownError) as refusal:
        remark_threads.move(workspace, remark, wanted, "потому что", school)
    words = explain(refusal.value)
    assert all((words.what, words.means, words.do)), words
    assert thread(workspace, remark, school) == before


def test_that_a_remark_goes_back_to_new_only_with_a_reason(met: Desks) -> None:
    remark = left(met)
    school = met.school.school
    remark_threads.move(met.centre, remark, "accepted", school=school)
    with pytest.raises(KnownError, match=r"remarks\.reason_needed"):
        remark_threads.move(met.centre, remark, "new", "  ", school)
    remark_threads.move(met.centre, remark, "new", "Учредитель назван не полностью", school)
    found = thread(met.centre, remark, school)
    assert found.line.state == "new"
    assert found.messages[-1].body == "Учредитель назван не полностью"


def test_that_both_are_heard_who_write_at_once(met: Desks) -> None:
    remark = left(met)
    to_school(met)
    remark_threads.say(met.school, remark, "Указали, проверьте")
    remark_threads.say(met.centre, remark, "Ждём до пятницы", met.school.school)
    to_centre(met)
    to_school(met)
    ours, theirs = thread(met.school, remark), thread(met.centre, remark, met.school.school)
    assert {one.body for one in ours.messages} == {"Указали, проверьте", "Ждём до пятницы"}
    assert ours.messages == theirs.messages
    assert {one.side for one in ours.messages} == {"school", "municipal"}
    assert met.same()


def test_that_moves_made_at_once_are_settled_by_the_next_one(met: Desks) -> None:
    remark = left(met)
    to_school(met)
    remark_threads.move(met.school, remark, "fixed", "Готово")
    remark_threads.move(met.centre, remark, "withdrawn", "Уже не нужно", met.school.school)
    to_centre(met)
    found = thread(met.centre, remark, met.school.school)
    assert {one.moved_to for one in found.messages} == {"fixed", "withdrawn"}
    remark_threads.move(met.centre, remark, next(iter(found.moves)), "Решили по телефону", met.school.school)
    to_school(met)
    assert records.conflicts(met.school) == []
    assert met.same()


def test_that_the_order_of_words_does_not_follow_a_clock(met: Desks) -> None:
    remark = left(met)
    remark_threads.say(met.centre, remark, "первое", met.school.school)
    met.clock.advance(days=-4000)
    remark_threads.say(met.centre, remark, "второе", met.school.school)
    met.clock.advance(days=4000)
    to_school(met)
    assert [one.body for one in thread(met.school, remark).messages] == ["первое", "второе"]


def test_that_a_side_is_told_by_the_key_and_not_by_its_word(met: Desks) -> None:
    remark = left(met)
    to_school(met)
    said = remark_threads.say(met.school, remark, "Мы это сняли")
    with met.school.reading() as reader:
        (row,) = [one.id for one in reader.rows(RemarkMessage, met.school.school)]
    met.school.write([Set(RemarkMessage.log_name, row, "side", "municipal")], "чужое имя")
    to_centre(met)
    assert said.changed
    assert [one.side for one in thread(met.centre, remark, met.school.school).messages] == ["school"]


def test_that_a_remark_keeps_what_stood_there_and_shows_what_stands_now(met: Desks) -> None:
    remark = left(met)
    to_school(met)
    assert thread(met.school, remark).quoted == "не заполнено"
    records.edit(met.school, School.log_name, met.school.school, "founder", "Администрация Лесного района")
    remark_threads.move(met.school, remark, "fixed")
    to_centre(met)
    found = thread(met.centre, remark, met.school.school)
    assert (found.place_words, found.now.text) == ("текст с тех пор изменён", "Администрация Лесного района")
    assert found.is_changed


def _paragraph(desks: Desks, body: str, section: str = "introduction") -> str:
    return records.begin(desks.school, ProgrammeParagraph, {"section": section, "body": body, "position": "m"}).row


def test_that_a_remark_outlives_its_paragraph_and_goes_over_to_the_one_in_its_place(desks: Desks) -> None:
    section = desks.school.pack.code_list("programme_sections")[0][0]
    old = _paragraph(desks, "Школа работает в двух зданиях и учит триста детей из пяти посёлков района", section)
    desks.meet()
    remark = left(desks, "", old, ProgrammeParagraph.log_name)
    to_school(desks)
    records.remove(desks.school, ProgrammeParagraph.log_name, old)
    new = _paragraph(desks, "Школа работает в двух зданиях и учит двести девяносто детей из пяти посёлков", section)
    to_centre(desks)
    found = thread(desks.centre, remark, desks.school.school)
    assert found.place_words == "абзац удалён"
    assert found.successor is not None
    assert found.successor.row == new
    remark_threads.attach_again(desks.centre, remark, desks.school.school)
    after = thread(desks.centre, remark, desks.school.school)
    assert (after.line.target_row, after.place_words) == (new, "текст с тех пор изменён")
    assert after.quoted == found.quoted
    to_school(desks)
    assert desks.same()


def test_that_a_remark_to_a_deleted_row_without_a_successor_stays_where_it_is(desks: Desks) -> None:
    section = desks.school.pack.code_list("programme_sections")[0][0]
    old = _paragraph(desks, "Школа работает в двух зданиях", section)
    desks.meet()
    remark = left(desks, "", old, ProgrammeParagraph.log_name)
    to_school(desks)
    records.remove(desks.school, ProgrammeParagraph.log_name, old)
    to_centre(desks)
    with pytest.raises(KnownError, match=r"remarks\.no_successor"):
        remark_threads.attach_again(desks.centre, remark, desks.school.school)
    assert thread(desks.centre, remark, desks.school.school).quoted == "Школа работает в двух зданиях"


def test_that_a_paragraph_that_comes_back_has_its_remark_again(desks: Desks) -> None:
    old = _paragraph(desks, "Школа работает в двух зданиях")
    desks.meet()
    remark = left(desks, "", old, ProgrammeParagraph.log_name)
    to_school(desks)
    records.remove(desks.school, ProgrammeParagraph.log_name, old)
    assert thread(desks.school, remark).now.is_gone
    desks.school.write([Restore(ProgrammeParagraph.log_name, old)], "возвращено")
    assert thread(desks.school, remark).place_words == "текст не изменён"


def test_that_threads_survive_a_full_package_and_a_second_one(met: Desks) -> None:
    remark = left(met)
    to_school(met)
    remark_threads.move(met.school, remark, "fixed", "Указан")
    for full in (True, False, True):
        file = packages.export_package(met.school, met.flash, full=full).path
        assert met.receive(file).code.is_fine
        found = thread(met.centre, remark, met.school.school)
        assert [one.body for one in found.messages] == ["Указан"]
        assert met.same()


def test_that_an_answer_of_the_form_before_is_the_first_word(met: Desks) -> None:
    remark = left(met)
    to_school(met)
    records.edit(met.school, Remark.log_name, remark, "answer", "Сделано ещё весной")
    remark_threads.say(met.school, remark, "И ещё раз проверено")
    words = [(one.side, one.body) for one in thread(met.school, remark).messages]
    assert words == [("school", "Сделано ещё весной"), ("school", "И ещё раз проверено")]


def test_that_a_remark_with_a_day_stands_among_the_days_and_not_twice(met: Desks) -> None:
    left(met, due="2024-09-05")
    to_school(met)
    view = today_view(met.school)
    lines = [item for item in (*view.overdue, *view.this_week, *view.waiting) if item.entity == "remark"]
    assert [item.due.isoformat() if item.due else "" for item in lines] == ["2024-09-05"]
    met.clock.advance(days=10)
    assert [item.entity for item in today_view(met.school).overdue if item.entity == "remark"] == ["remark"]
    assert feed(met.school, Filter(only_overdue=True))[0].is_overdue


def test_that_no_day_of_the_past_is_given(met: Desks) -> None:
    with pytest.raises(KnownError, match=r"remarks\.due_is_past"):
        left(met, due="2024-09-01")
    assert centre.remarks(met.centre, met.school.school) == []


def test_that_a_package_is_not_accepted_over_open_remarks_unless_somebody_says_so(met: Desks) -> None:
    remark, school = left(met), met.school.school
    with pytest.raises(KnownError, match=r"remarks\.still_open"):
        centre.decide_package(met.centre, school, "accepted")
    centre.decide_package(met.centre, school, "accepted", despite_open=True)
    remark_threads.move(met.centre, remark, "accepted", school=school)
    assert centre.decide_package(met.centre, school, "accepted", "спасибо").changed


def test_that_a_return_gives_its_day_to_the_remarks_that_must_be_closed(met: Desks) -> None:
    first, second, school = left(met), left(met, "locality"), met.school.school
    with pytest.raises(KnownError, match=r"remarks\.due_needed"):
        centre.decide_package(met.centre, school, "returned", must_close=[first])
    centre.decide_package(met.centre, school, "returned", "Доработайте", "2024-09-20", must_close=[first])
    to_school(met)
    days = {one.line.id: one.line.due_words for one in threads(met.school)}
    assert days == {first: "исправить до 20.09.2024", second: ""}


def test_that_all_fixed_remarks_are_accepted_in_one_step(met: Desks) -> None:
    kept, *fixed = (left(met, field) for field in ("founder", "locality", "full_name"))
    to_school(met)
    for remark in fixed:
        remark_threads.move(met.school, remark, "fixed")
    to_centre(met)
    remark_threads.accept_fixed(met.centre, met.school.school)
    states = {one.line.id: one.line.state for one in threads(met.centre, met.school.school)}
    assert states == {kept: "new", **dict.fromkeys(fixed, "accepted")}
    records.undo(met.centre)
    assert {one.line.state for one in threads(met.centre, met.school.school)} == {"new", "fixed"}
    with pytest.raises(KnownError, match=r"remarks\.none_fixed"):
        remark_threads.accept_fixed(met.centre, met.school.school, [kept])


def test_that_a_mark_of_this_computer_travels_nowhere(met: Desks) -> None:
    remark = left(met)
    remark_threads.flag(met.centre, remark, on=True)
    assert [line.id for line in feed(met.centre, Filter(only_flagged=True))] == [remark]
    to_school(met)
    assert feed(met.school, Filter(only_flagged=True)) == []
    remark_threads.flag(met.centre, remark, on=False)
    assert feed(met.centre, Filter(only_flagged=True)) == []


def test_that_the_school_accepts_and_withdraws_nothing_in_bulk(met: Desks) -> None:
    left(met)
    to_school(met)
    with pytest.raises(KnownError, match=r"store\.other_desk"):
        remark_threads.accept_fixed(met.school, met.school.school)
