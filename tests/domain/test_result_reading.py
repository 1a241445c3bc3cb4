"""Reading of results: bands of tasks, comparable dynamics, the journal, borders; each with its n and caution."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shnor_desktop.domain.facts import ResultFact, SchoolFacts, TaskFact
from shnor_desktop.domain.methodology import Identification, Level, ResultReading, TaskBand
from shnor_desktop.domain.result_reading import (
    PaperDetail,
    ResultCard,
    Statement,
    StatementKind,
    paper_detail,
    read_results,
)
from shnor_desktop.domain.results import PupilResult, ResultWorkbook, Task

RULES = ResultReading(
    "",
    (
        TaskBand("basic", Decimal(60), Decimal(57)),
        TaskBand("advanced", Decimal(30), Decimal("28.5")),
        TaskBand("high", Decimal(30), Decimal("28.5")),
    ),
)


def sheet(year: int, n: int, low: int, grade: int = 6, procedure: str = "vpr") -> ResultFact:
    return ResultFact(
        id=f"{procedure}{grade}{year}", procedure=procedure, subject="math", grade=grade, year=year, participants=n,
        mark_2=low, mark_3=n - low, mark_4=0, mark_5=0,
    )  # fmt: skip


def task(code: str, percent: str, difficulty: str = "basic", of: str = "vpr62024") -> TaskFact:
    return TaskFact(id=f"{of}{code}", sheet=of, code=code, difficulty=difficulty, percent=Decimal(percent))


def read(*results: ResultFact, tasks: tuple[TaskFact, ...] = (), paper: PaperDetail | None = None) -> ResultCard:
    facts = SchoolFacts(as_of=date(2024, 9, 1), results=results, result_tasks=tasks)
    papers = {results[-1].id: paper} if paper else None
    return read_results(RULES, facts, papers)[0]


def said(card: ResultCard, kind: StatementKind) -> Statement:
    found = card.says(kind)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("difficulty", "percent", "level"),
    [
        ("basic", "60", Level.LOW),
        ("basic", "59.9", Level.MEDIUM),
        ("basic", "57", Level.MEDIUM),
        ("basic", "56.9", Level.HIGH),
        ("advanced", "30", Level.LOW),
        ("advanced", "28.5", Level.MEDIUM),
        ("high", "28.4", Level.HIGH),
        ("", "10", Level.UNKNOWN),
        ("basic", "130", Level.UNKNOWN),
    ],
)
def test_that_a_task_is_judged_by_the_band_of_its_difficulty(difficulty: str, percent: str, level: Level) -> None:
    card = read(sheet(2024, 40, 5), tasks=(task("1", percent, difficulty),))
    assert card.tasks[0].level is level


def test_that_the_tasks_stand_in_the_order_of_the_paper() -> None:
    codes = ("10", "9.2", "1К1", "9.1", "2")
    card = read(sheet(2024, 40, 5), tasks=tuple(task(code, "70") for code in codes))
    assert [item.code for item in card.tasks] == ["1К1", "2", "9.1", "9.2", "10"]


def test_that_a_majority_of_red_tasks_is_a_systemic_deficit_that_asks_for_action() -> None:
    tasks = tuple(task(str(at), "40" if at <= 2 else "80") for at in range(1, 5))
    card = read(sheet(2024, 60, 5), tasks=tasks)
    found = said(card, StatementKind.TASKS)
    assert found.level is Level.HIGH
    assert found.text.replace("\u00a0", " ") == (
        "Системный дефицит: недостаточно выполнены задания 1, 2 — 2 из 4 (50 %) заданий."
    )
    assert (found.n, found.caution) == (60, "")
    assert card.needs_action


def test_that_a_few_red_tasks_are_named_without_a_systemic_claim() -> None:
    tasks = tuple(task(str(at), "40" if at == 1 else "80") for at in range(1, 5))
    found = said(read(sheet(2024, 30, 5), tasks=tasks), StatementKind.TASKS)
    assert found.level is Level.MEDIUM
    assert "приблизительный" in found.caution


def test_that_of_fewer_than_ten_participants_nothing_is_concluded_from_tasks() -> None:
    tasks = tuple(task(str(at), "10") for at in range(1, 5))
    card = read(sheet(2024, 8, 5), tasks=tasks)
    assert said(card, StatementKind.TASKS).level is Level.UNKNOWN
    assert "одна работа меняет долю на\u00a012,5\u00a0%" in card.caution


def test_that_ten_points_over_three_years_are_a_negative_dynamic() -> None:
    card = read(sheet(2022, 50, 5), sheet(2023, 50, 7), sheet(2024, 50, 10))
    found = said(card, StatementKind.DYNAMICS)
    assert found.level is Level.HIGH
    assert "+10\u00a0п.\u00a0п." in found.text
    under = said(read(sheet(2022, 100, 10), sheet(2023, 100, 7), sheet(2024, 100, 19)), StatementKind.DYNAMICS)
    assert under.level is Level.LOW


def test_that_two_years_are_no_dynamic_and_one_says_nothing() -> None:
    assert said(read(sheet(2023, 50, 5), sheet(2024, 50, 30)), StatementKind.DYNAMICS).level is Level.UNKNOWN
    assert read(sheet(2024, 50, 30)).says(StatementKind.DYNAMICS) is None


def test_that_years_of_other_grades_or_procedures_are_not_compared() -> None:
    facts = SchoolFacts(
        as_of=date(2024, 9, 1), results=(sheet(2023, 50, 5), sheet(2024, 50, 30, 7), sheet(2022, 50, 5, 6, "oge"))
    )
    assert all(card.says(StatementKind.DYNAMICS) is None for card in read_results(RULES, facts))


def test_that_years_before_the_window_are_left_out() -> None:
    card = read(sheet(2017, 50, 0), sheet(2022, 50, 10), sheet(2023, 50, 10), sheet(2024, 50, 10))
    assert [item.year for item in card.years] == [2024, 2023, 2022]


def test_that_papers_of_another_length_are_said_to_differ() -> None:
    years = [replace(sheet(year, 60, 6), max_score=20 + year % 2) for year in (2022, 2023, 2024)]
    assert "отличался (20 и 21)" in said(read(*years), StatementKind.DYNAMICS).caution


def test_that_the_caution_speaks_of_the_smallest_year() -> None:
    card = read(sheet(2022, 12, 5), sheet(2023, 50, 7), sheet(2024, 50, 10))
    assert "n\u00a0=\u00a012" in said(card, StatementKind.DYNAMICS).caution


def test_that_a_gap_of_two_marks_is_counted_where_the_workbook_shows_it() -> None:
    paper = PaperDetail({}, {}, {-2: 3, -1: 7, 0: 29, 1: 1})
    found = said(read(sheet(2024, 40, 5), paper=paper), StatementKind.JOURNAL)
    assert found.level is Level.MEDIUM
    assert "на 2\u00a0отметки и больше: 3\u00a0из\u00a040" in found.text


def test_that_without_the_workbook_lowered_and_raised_marks_are_told() -> None:
    typed = replace(sheet(2024, 40, 5), lowered=10, confirmed=28, raised=2)
    found = said(read(typed), StatementKind.JOURNAL)
    assert found.level is Level.UNKNOWN
    assert "10\u00a0из\u00a040" in found.text
    wrong = replace(typed, lowered=90)
    assert "не сходится" in said(read(wrong), StatementKind.JOURNAL).text
    assert read(sheet(2024, 40, 5)).says(StatementKind.JOURNAL) is None


def test_that_a_heap_at_a_border_is_a_possible_sign_only_and_needs_enough_works() -> None:
    scores = {at: 2 for at in range(21)} | {7: 1, 8: 12}
    paper = PaperDetail(scores, {3: 8}, {})
    found = said(read(sheet(2024, 52, 5), paper=paper), StatementKind.BORDERS)
    assert found.level is Level.MEDIUM
    assert found.text.startswith("Возможный признак")
    assert "нужен дополнительный анализ" in found.text
    few = PaperDetail({7: 1, 8: 12}, {3: 8}, {})
    assert read(sheet(2024, 13, 5), paper=few).says(StatementKind.BORDERS) is None
    flat = PaperDetail({at: 3 for at in range(21)}, {3: 8}, {})
    assert read(sheet(2024, 63, 5), paper=flat).says(StatementKind.BORDERS) is None


def test_that_borders_come_from_the_rows_only_where_they_agree_with_one_scale() -> None:
    def workbook(*rows: tuple[int, int]) -> ResultWorkbook:
        made = tuple(
            PupilResult(f"6000{at}", "6А", "1", (total,), total, mark, 4) for at, (total, mark) in enumerate(rows)
        )
        return ResultWorkbook("", "math", 6, 2024, None, 10, "", "", None, (Task("1", 10),), made)

    found = paper_detail(workbook((3, 2), (5, 3), (7, 4), (6, 3)))
    assert (found.borders, found.gaps) == ({3: 5, 4: 7}, {-2: 1, -1: 2, 0: 1})
    assert paper_detail(workbook((6, 2), (5, 3))).borders == {}


def test_that_sheets_that_cannot_be_right_are_named_on_their_card() -> None:
    future = replace(sheet(2024, 40, 5), id="f", year=2031)
    facts = SchoolFacts(as_of=date(2024, 9, 1), results=(sheet(2024, 0, 0), sheet(2023, 5, 9), future))
    (card,) = read_results(RULES, facts)
    assert card.years == ()
    assert len(card.problems) == 3
    assert card.level is Level.UNKNOWN


def test_that_what_asks_for_action_comes_first() -> None:
    bad = [replace(sheet(year, 60, low, 9), subject="physics") for year, low in ((2022, 6), (2023, 9), (2024, 30))]
    facts = SchoolFacts(as_of=date(2024, 9, 1), results=(sheet(2024, 40, 5), *bad))
    assert [card.subject for card in read_results(RULES, facts)] == ["physics", "math"]


def test_that_a_result_that_is_low_by_the_methodology_asks_for_action_with_its_border() -> None:
    low = Identification("", (), Decimal(30), procedures=2, years=2, small_group=10, subjects=("math",))
    facts = SchoolFacts(as_of=date(2024, 9, 1), results=(sheet(2024, 10, 3), sheet(2024, 10, 2, 7)))
    first, second = read_results(RULES, facts, None, low)
    assert said(first, StatementKind.BELOW).text.endswith(
        "3\u00a0из\u00a010 (30\u00a0%), граница методики — 30\u00a0%."
    )
    assert first.needs_action
    assert second.says(StatementKind.BELOW) is None


def test_that_a_red_task_asks_for_action_even_where_nothing_can_be_concluded() -> None:
    assert read(sheet(2024, 8, 1), tasks=(task("1", "10"),)).needs_action
    assert not read(sheet(2024, 8, 1), tasks=(task("1", "90"),)).needs_action


def test_that_most_marks_under_the_journal_are_looked_into_without_a_gap_of_two() -> None:
    paper = PaperDetail({}, {}, {-1: 20, 0: 20})
    assert said(read(sheet(2024, 40, 5), paper=paper), StatementKind.JOURNAL).level is Level.MEDIUM
