"""A phrase is read in the plan of the programme, corrected for the methodology, and the dates follow the reading."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shnor_desktop.domain.deadlines import PlanPeriod, Window
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import MeasureFact, ReadingFact
from shnor_desktop.domain.occurrences import Deadlines, occurrences_of
from shnor_desktop.services import deadlines, problems, programme, records, roadmap
from shnor_desktop.services.deadlines import Correction
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school

YEAR = Deadlines(PlanPeriod(date(2024, 1, 1), date(2024, 12, 31)), date(2024, 9, 2))
QUARTERS = (date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31))


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with its programme begun, in September 2024."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    problems.accept(workspace, problems.suggest(workspace)[0])
    programme.ensure_programme(workspace)
    return workspace


def measure(phrase: str, **values: object) -> MeasureFact:
    """A measure with this deadline."""
    return MeasureFact(id="m", deadline=phrase, **{"state": "planned", **values})  # type: ignore[arg-type]


def open_days(item: MeasureFact, on: date) -> list[date]:
    """The days that are still open."""
    found = occurrences_of(item, replace(YEAR, on=on))
    return [one.due for one in found.items if not one.is_closed]


def only(workspace: Workspace) -> MeasureFact:
    """The one measure."""
    (found,) = read_facts(workspace).measures
    return found


def test_that_a_reading_is_said_in_words() -> None:
    assert YEAR.words("Не реже 1 раза в квартал").replace("\u00a0", " ") == (
        "читается так: 4 срока, ближайший 30.09.2024"
    )
    assert YEAR.words("абракадабра") == "не понято: «абракадабра» — укажите срок сами"
    assert not YEAR.read("абракадабра").is_sure
    assert YEAR.words("") == ""


def test_that_a_quarterly_measure_is_not_late_before_its_next_day() -> None:
    quarterly = measure("Не реже 1 раза в квартал")
    assert tuple(one.due for one in occurrences_of(quarterly, YEAR).items) == QUARTERS
    reported = measure("Не реже 1 раза в квартал", state="in_progress", done_on=date(2024, 3, 31))
    april = occurrences_of(reported, replace(YEAR, on=date(2024, 4, 15)))
    assert april.late(date(2024, 4, 15)) is None
    nearest = april.nearest(date(2024, 4, 15))
    assert nearest is not None
    assert nearest.due == date(2024, 6, 30)


def test_that_of_the_days_that_passed_only_the_last_is_owed() -> None:
    quarterly = measure("Не реже 1 раза в квартал", state="in_progress")
    assert open_days(quarterly, date(2024, 9, 2)) == [date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31)]
    assert open_days(quarterly, date(2024, 2, 1)) == list(QUARTERS)
    assert open_days(replace(quarterly, state="done"), date(2024, 9, 2)) == []


def test_that_dates_of_a_person_limit_the_days_of_a_phrase() -> None:
    limited = measure("ежемесячно", starts_on=date(2024, 4, 10), due_on=date(2024, 6, 15))
    days = [one.due for one in occurrences_of(limited, YEAR).items]
    assert days == [date(2024, 4, 30), date(2024, 5, 31), date(2024, 6, 15)]
    own = measure("до 15 мая 2024 г.", due_on=date(2024, 5, 20))
    assert [one.due for one in occurrences_of(own, YEAR).items] == [date(2024, 5, 20)]


def test_that_what_waits_has_no_day_and_says_why() -> None:
    waiting = {
        "при необходимости": "при необходимости",
        "по отдельному графику": "по отдельному графику",
        "по результатам оценочных процедур": "ждёт события: оценочных процедур",
        "абракадабра": "срок не понят: укажите день",
        "": "срок не указан",
    }
    for phrase, why in waiting.items():
        found = occurrences_of(measure(phrase), YEAR)
        assert (found.items, found.waits) == ((), why)
    dated = measure("по отдельному графику", due_on=date(2024, 10, 1))
    assert [one.due for one in occurrences_of(dated, YEAR).items] == [date(2024, 10, 1)]


def test_that_an_own_measure_takes_its_dates_from_the_phrase(school: Workspace) -> None:
    roadmap.add_own(school, {"title": "Своё", "stage": "III", "deadline": "апрель–ноябрь 2024 г."})
    assert (only(school).starts_on, only(school).due_on) == (date(2024, 4, 1), date(2024, 11, 30))


def test_that_dates_follow_a_new_phrase_unless_a_person_set_them(school: Workspace) -> None:
    row = roadmap.add_own(school, {"title": "Своё", "stage": "III", "deadline": "октябрь 2024 г."}).row
    deadlines.edit_phrase(school, row, "ноябрь 2024 г.")
    assert (only(school).starts_on, only(school).due_on) == (date(2024, 11, 1), date(2024, 11, 30))
    records.edit(school, "measure", row, "due_on", "2024-11-15")
    deadlines.edit_phrase(school, row, "октябрь 2024 г.")
    assert (only(school).starts_on, only(school).due_on) == (date(2024, 10, 1), date(2024, 11, 15))


def test_that_a_correction_serves_every_measure_with_the_phrase_and_is_one_step(school: Workspace) -> None:
    phrase = "к началу отопительного сезона"
    for title in ("Первое", "Второе"):
        roadmap.add_own(
            school, {"title": title, "stage": "III", "deadline": phrase.upper() if title[0] == "В" else phrase}
        )
    assert {item.due_on for item in read_facts(school).measures} == {date(2024, 12, 31)}
    window = Window(date(2024, 10, 1), date(2024, 10, 15))
    deadlines.correct(school, f"  {phrase} ", Correction("window", (window,), note="по приказу"))
    assert {(item.starts_on, item.due_on) for item in read_facts(school).measures} == {(window.start, window.end)}
    assert deadlines.read_deadlines(school).words(phrase).endswith("(исправлено вами)")
    records.undo(school)
    assert {item.due_on for item in read_facts(school).measures} == {date(2024, 12, 31)}
    records.redo(school)
    deadlines.take_back(school, phrase)
    assert {item.due_on for item in read_facts(school).measures} == {date(2024, 12, 31)}
    assert not deadlines.read_deadlines(school).read(phrase).is_corrected


def test_that_a_correction_leaves_the_day_of_a_person_alone(school: Workspace) -> None:
    row = roadmap.add_own(school, {"title": "Своё", "stage": "III", "deadline": "осень", "due_on": "2024-10-10"}).row
    deadlines.correct(school, "осень", Correction("window", (Window(date(2024, 9, 1), date(2024, 9, 30)),)))
    assert only(school).due_on == date(2024, 10, 10)
    assert only(school).id == row


def test_that_a_correction_of_another_plan_does_not_count() -> None:
    fact = ReadingFact(pack="p", phrase="осень", kind="window", windows='[["2022-09-01","2022-11-30"]]')
    assert not replace(YEAR, corrections={"осень": fact}).read("Осень").is_corrected


SPOILT = ("[[1,2]]", "[" * 100_000, "5", '{"a":1}', '["ab"]', '[["2024-10-05","2024-10-01"]]', "не JSON", '[["x","y"]]')


@pytest.mark.parametrize("windows", SPOILT, ids=range(len(SPOILT)))
def test_that_a_correction_that_another_program_spoilt_leaves_the_reading_of_the_program(windows: str) -> None:
    broken = ReadingFact(pack="p", phrase="октябрь", kind="window", windows=windows)
    found = replace(YEAR, corrections={"октябрь": broken}).read("октябрь")
    assert not found.is_corrected
    assert found.reading.due_dates() == (date(2024, 10, 31),)
    for kind in ("unknown", "такого нет", None):
        strange = replace(broken, windows='[["2024-10-01","2024-10-05"]]', kind=kind)
        assert not replace(YEAR, corrections={"октябрь": strange}).read("октябрь").is_corrected


@pytest.mark.parametrize(
    ("phrase", "correction", "code"),
    [
        (" ", Correction("schedule"), "deadline.no_phrase"),
        ("осень", Correction("window"), "deadline.no_windows"),
        ("осень", Correction("window", (Window(date(2024, 9, 2), date(2024, 9, 1)),)), "deadline.reversed"),
        ("осень", Correction("date", (Window(date(1, 1, 1), date(1, 1, 1)),) * 121), "deadline.too_many"),
        ("осень", Correction("window", (Window(date(2034, 9, 1), date(2034, 9, 2)),)), "deadline.outside_plan"),
    ],
)
def test_that_a_correction_without_sense_is_refused(
    school: Workspace, phrase: str, correction: Correction, code: str
) -> None:
    with pytest.raises(KnownError) as caught:
        deadlines.correct(school, phrase, correction)
    assert caught.value.code == code
    message = explain(caught.value)
    assert message.what
    assert message.means
    assert message.do


def test_that_one_day_of_a_series_is_marked_and_all_of_them_close_it(school: Workspace) -> None:
    row = roadmap.add_own(school, {"title": "Своё", "stage": "III", "deadline": "сентябрь, октябрь, ноябрь"}).row
    roadmap.mark_occurrence(school, row, date(2024, 9, 30), "Протокол № 1")
    assert only(school).state == "in_progress"
    assert only(school).evidence_given == "30.09.2024: Протокол № 1"
    (shown,) = roadmap.road_map(school).rows
    assert shown.nearest is not None
    assert (shown.nearest.due, shown.occurrences, shown.kept_words) == (date(2024, 10, 31), 3, "1 из 3")
    roadmap.mark_occurrence(school, row, date(2024, 11, 30), "Протокол № 3")
    assert only(school).state == "in_progress"
    roadmap.mark_occurrence(school, row, date(2024, 10, 31), "Протокол № 2")
    assert only(school).state == "done"
    assert only(school).evidence_given == (
        "30.09.2024: Протокол № 1; 31.10.2024: Протокол № 2; 30.11.2024: Протокол № 3"
    )
    with pytest.raises(KnownError, match=r"roadmap\.evidence_needed"):
        roadmap.mark_occurrence(school, row, date(2024, 11, 30), " ")
