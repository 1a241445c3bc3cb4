"""Due dates, words for the interface, and what a reading says beside its windows."""

from __future__ import annotations

from datetime import date

import pytest

from shnor_desktop.domain.deadlines import PlanPeriod, Times, describe, read_deadline
from tests.domain.deadlines.tables import PLANS, STAGES

SCHOOL_YEAR = PLANS["2023/24"]


def test_that_the_next_due_date_is_the_nearest_that_has_not_passed() -> None:
    reading = read_deadline("ежеквартально", PLANS["2024"])
    assert reading.due_dates() == (date(2024, 3, 31), date(2024, 6, 30), date(2024, 9, 30), date(2024, 12, 31))
    assert reading.next_due(date(2024, 6, 30)) == date(2024, 6, 30)
    assert reading.next_due(date(2024, 7, 1)) == date(2024, 9, 30)
    assert reading.next_due(date(2025, 1, 1)) is None


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("не реже 1 раза в квартал", "4\u00a0срока, ближайший 31.03.2024"),
        ("до 23.11.2024", "до 23.11.2024"),
        ("23.11.2024", "23.11.2024"),
        ("март–май", "01.03.2024 – 31.05.2024"),
        ("после проведения ВПР", "ждёт события: проведения ВПР"),
        ("по отдельному плану", "по графику"),
        ("при необходимости", "по необходимости"),
        ("II этап", "этап II; 01.03.2024 – 30.04.2024"),
        ("директор школы", "не понято: «директор школы»"),
        ("", "срок не указан"),
        ("регулярных семинаров", "регулярно, как часто — не сказано (проверьте)"),
        ("май, директор", "01.05.2024 – 31.05.2024; не понято: «директор»"),
        ("май 2020", "вне срока плана"),
    ],
)
def test_that_a_reading_is_told_in_a_few_words(phrase: str, words: str) -> None:
    assert describe(read_deadline(phrase, PLANS["2024"], STAGES), date(2024, 1, 1)) == words


@pytest.mark.parametrize(
    ("phrase", "event"),
    [
        ("после проведения ВПР", "проведения ВПР"),
        ("по итогам учебного года", "учебного года"),
        ("в течение 10 дней после получения результатов", "получения результатов"),
        ("за 2 недели до начала ГИА", "начала ГИА"),
        ("по итогам ВПР, до 1 июня", "ВПР"),
        ("после сдачи отчёта", "сдачи отчёта"),
        ("при необходимости", "необходимость"),
        ("по запросу школ", "запрос"),
        ("ко Дню учителя", "Дню учителя"),
    ],
)
def test_that_the_event_is_told_in_the_words_of_the_phrase(phrase: str, event: str) -> None:
    assert read_deadline(phrase, SCHOOL_YEAR).event == event


@pytest.mark.parametrize(
    ("phrase", "unparsed"),
    [
        ("Иванова М.П.", ("Иванова М.П",)),
        ("до 31.02.2024", ("до 31.02.2024",)),
        ("сентябрь, классные руководители", ("классные руководители",)),
        ("Провести совещание до 1 октября", ("Провести совещание",)),
    ],
)
def test_that_the_part_that_was_not_understood_is_named(phrase: str, unparsed: tuple[str, ...]) -> None:
    assert read_deadline(phrase, SCHOOL_YEAR).unparsed == unparsed


def test_that_what_is_done_when_possible_is_optional() -> None:
    assert read_deadline("по возможности и при необходимости", SCHOOL_YEAR).is_optional
    assert not read_deadline("при необходимости", SCHOOL_YEAR).is_optional


def test_that_the_stage_is_named_by_its_roman_number() -> None:
    assert read_deadline("2-3 этапы", PLANS["2024"], STAGES).stage == "II, III"
    assert read_deadline("II этап", PLANS["2024"]).windows == ()


def test_that_weekdays_are_counted_in_the_week() -> None:
    reading = read_deadline("по средам и пятницам", PlanPeriod(date(2024, 4, 1), date(2024, 4, 14)))
    assert [window.end for window in reading.windows] == [date(2024, 4, day) for day in (3, 5, 10, 12)]
    assert reading.times == Times(2, 2, "week")


def test_that_every_second_tuesday_is_every_other_week_and_not_sure() -> None:
    reading = read_deadline("каждый второй вторник", PlanPeriod(date(2024, 4, 1), date(2024, 4, 30)))
    assert [window.end.day for window in reading.windows] == [2, 16, 30]
    assert not reading.confident


def test_that_weeks_are_those_of_the_calendar() -> None:
    reading = read_deadline("еженедельно", PlanPeriod(date(2024, 4, 3), date(2024, 4, 16)))
    days = [(window.start.day, window.end.day) for window in reading.windows]
    assert days == [(3, 7), (8, 14), (15, 16)]


def test_that_a_date_without_a_year_comes_in_every_year_of_the_plan() -> None:
    reading = read_deadline("до 1 октября", PLANS["2021-2023"])
    assert reading.due_dates() == (date(2021, 10, 1), date(2022, 10, 1), date(2023, 10, 1))


@pytest.mark.parametrize(
    ("start", "end", "is_school_year"),
    [
        (date(2023, 9, 1), date(2024, 8, 31), True),
        (date(2023, 8, 15), date(2024, 5, 31), True),
        (date(2023, 9, 1), date(2023, 12, 31), True),
        (date(2020, 11, 10), date(2021, 6, 30), True),
        (date(2021, 9, 1), date(2024, 8, 31), True),
        (date(2024, 1, 1), date(2024, 12, 31), False),
        (date(2021, 1, 1), date(2023, 12, 31), False),
        (date(2023, 9, 1), date(2025, 12, 31), False),
    ],
)
def test_that_a_plan_knows_whether_it_counts_in_school_years(start: date, end: date, is_school_year: bool) -> None:
    assert PlanPeriod(start, end).is_school_year is is_school_year


def test_that_a_plan_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        PlanPeriod(date(2024, 1, 2), date(2024, 1, 1))
