"""Skills of a paper: gathered by wording, judged by majority, beside earlier years and groups only where that holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.facts import GroupFact, ResultFact, SchoolFacts, ScoreFact, TaskFact
from shnor_desktop.domain.methodology import Level
from shnor_desktop.domain.result_reading import ResultCard, StatementKind, paper_detail, read_results
from shnor_desktop.domain.results import PupilResult, ResultWorkbook, Task
from tests.domain.test_result_reading import RULES, said, sheet, task


def worded(code: str, percent: str, skill: str, of: str = "vpr62024") -> TaskFact:
    return replace(task(code, percent, of=of), skill=skill, max_score=1, attempts=40)


def card_of(
    *tasks: TaskFact,
    results: tuple[ResultFact, ...] = (),
    scores: tuple[ScoreFact, ...] = (),
    groups: tuple[GroupFact, ...] = (),
) -> ResultCard:
    facts = SchoolFacts(
        as_of=date(2024, 9, 1),
        results=results or (sheet(2024, 40, 5),),
        result_tasks=tasks,
        result_scores=scores,
        result_groups=groups,
    )
    return read_results(RULES, facts)[0]


def test_that_tasks_of_one_wording_are_one_skill_that_is_red_where_most_of_them_are() -> None:
    card = card_of(
        worded("1", "40", "Доли и дроби"), worded("2", "50", "доли и  дроби."), worded("3", "90", "Доли и дроби"),
        worded("4", "80", "Чтение таблиц"),
    )  # fmt: skip
    first, second = card.skills
    assert (first.codes, first.level, first.shown) == ("1, 2, 3", Level.HIGH, "60\u00a0%")
    assert (second.name, second.level) == ("Чтение таблиц", Level.LOW)
    assert [skill.codes for skill in card.red_skills] == ["1, 2, 3"]


def test_that_a_task_without_a_wording_stands_for_itself() -> None:
    card = card_of(task("1", "40"), task("2", "80"))
    assert [(skill.name, skill.is_worded) for skill in card.skills] == [("Задание 1", False), ("Задание 2", False)]


def test_that_most_skills_red_is_a_systemic_deficit_even_where_most_tasks_are_not() -> None:
    card = card_of(
        worded("1", "40", "А"), worded("2", "40", "Б"), *(worded(str(at), "90", "В") for at in range(3, 8))
    )  # fmt: skip
    found = said(card, StatementKind.TASKS)
    assert found.level is Level.HIGH
    assert "2 из 3" in found.text.replace("\u00a0", " ")


def test_that_an_earlier_year_stands_beside_a_skill_only_where_the_same_was_checked() -> None:
    results = (sheet(2023, 40, 5), sheet(2024, 40, 5))
    card = card_of(
        worded("1", "40", "Доли"), worded("2", "80", "Таблицы"),
        worded("7", "70", "Доли", of="vpr62023"), worded("8", "70", "Графики", of="vpr62023"),
        results=results,
    )  # fmt: skip
    cells = [dict(skill.cells or {}) for skill in card.skills]
    assert cells[0]["2023"].shown == "70"
    assert "2023" not in cells[1]


def test_that_a_small_group_has_no_figure_and_a_large_one_has() -> None:
    groups = tuple(
        GroupFact(id=name, sheet="vpr62024", cohort=name, code="1", pupils=pupils, percent=Decimal(30))
        for name, pupils in (("получили «2»", 5), ("получили «3»", 20))
    )
    cells = card_of(task("1", "40"), groups=groups).skills[0].cells or {}
    assert (cells["получили «2»"].shown, cells["получили «2»"].level) == ("—", Level.UNKNOWN)
    assert (cells["получили «3»"].shown, cells["получили «3»"].level) == ("30", Level.HIGH)


def test_that_a_distribution_of_a_report_is_read_with_typed_borders_in_order_only() -> None:
    scores = tuple(ScoreFact(id=str(at), sheet="vpr62024", score=at, pupils=4) for at in range(10))
    typed = replace(sheet(2024, 40, 5), max_score=12, mark_3_from=3, mark_4_from=6)
    paper = card_of(results=(typed,), scores=scores).paper
    assert paper is not None
    assert (sum(paper.scores.values()), len(paper.scores), dict(paper.borders)) == (40, 13, {3: 3, 4: 6})
    crooked = card_of(results=(replace(typed, mark_4_from=2),), scores=scores).paper
    assert crooked is not None
    assert crooked.borders == {}


def test_that_those_who_failed_are_counted_from_the_rows_of_a_workbook() -> None:
    rows = tuple(
        PupilResult(f"60{at:02}", "6А" if at % 2 else "6Б", "1", (at % 3, at % 2), at % 3 + at % 2, 3, 3)
        for at in range(12)
    )
    book = ResultWorkbook(
        "Математика", "math", 6, 2024, None, 3, "", "", None, (Task("1", 2, "Б"), Task("2", 1, "Б")), rows
    )  # fmt: skip
    paper = paper_detail(book)
    assert paper.failed(["1"]) == 4
    assert paper.failed(["1", "9"]) is None
    assert [one.name for one in paper.classes] == ["6А", "6Б"]
