"""The linter finds the defects of a plan, each by its own rule, and says nothing of a sound one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shnor_desktop.domain.methodology import (
    Baseline,
    ExpectedResult,
    Indicator,
    IndicatorScope,
    InterviewSession,
    InterviewSlot,
    Measure,
    Pack,
    PlanSection,
    Polarity,
    ProgrammeTask,
    SchoolDocument,
    SourceDefect,
    Stage,
)
from shnor_desktop.domain.methodology_lint import LintCode, lint_pack
from shnor_desktop.system.wording import explain, has_words
from tests.methodologies.packs import shipped, tyumen

SOUND = Measure(
    "p.1",
    "Составить перечень школ",
    deadline="до 15 сентября 2024 г.",
    executors=("coordinator",),
    expected_result="Перечень школ",
    number="1",
    section="s1",
    tasks=("t1",),
)
INDICATOR = Indicator(
    "i1",
    "Доля школ в перечне",
    "%",
    Polarity.HIGHER_BETTER,
    metric="municipal.share_registered",
    number="1",
    scope=IndicatorScope.MUNICIPALITY,
    target=Decimal(40),
    tasks=("t1",),
    baseline=Decimal(20),
)
GOAL = replace(INDICATOR, id="i0", number="0", tasks=(), for_goal=True, target=Decimal(50))


def plan(**parts: Any) -> Pack:
    """A small plan without a defect, with some parts replaced."""
    sound: dict[str, Any] = {
        "period_start": date(2024, 9, 1),
        "period_end": date(2025, 8, 31),
        "stages": (Stage("I", "I", "Подготовка", "сентябрь", date(2024, 9, 1), date(2025, 8, 31)),),
        "tasks": (),
        "curators": (),
        "documents": (),
        "programme_tasks": (ProgrammeTask("t1", 1, "Знать свои школы"),),
        "plan_sections": (PlanSection("s1", "Подготовка", "1"),),
        "measures": (SOUND,),
        "indicators": (INDICATOR, GOAL),
        "source_defects": (),
    }
    return replace(tyumen(), **{**sound, **parts})


def measure(number: str, **fields: Any) -> Measure:
    return replace(SOUND, id=f"p.{number}", number=number, **fields)


def codes(pack: Pack) -> list[str]:
    return [finding.code.value for finding in lint_pack(pack)]


def test_that_a_plan_without_defects_gives_no_finding() -> None:
    assert codes(plan()) == []


BAD: dict[LintCode, dict[str, Any]] = {
    LintCode.NO_DEADLINE: {"measures": (SOUND, measure("2", title="Провести семинар", deadline=""))},
    LintCode.DEADLINE_INHERITED: {
        "plan_sections": (PlanSection("s1", "Подготовка", "1", deadline="сентябрь"),),
        "measures": (replace(SOUND, deadline=""),),
    },
    LintCode.DEADLINE_UNREAD: {"measures": (SOUND, measure("2", title="Провести семинар", deadline="абракадабра"))},
    LintCode.NO_DATES: {"measures": (replace(SOUND, deadline="по результатам оценочных процедур"),)},
    LintCode.PERIOD_UNCONFIRMED: {"period_unconfirmed": True},
    LintCode.NO_EXECUTOR: {"measures": (replace(SOUND, executors=()),)},
    LintCode.NO_RESULT: {"measures": (replace(SOUND, expected_result=""),)},
    LintCode.RESULT_UNVERIFIABLE: {"measures": (replace(SOUND, expected_result="Повышение качества образования"),)},
    LintCode.NUMBER_WITHOUT_HEADING: {"measures": (SOUND, measure("2.1.1", title="Провести семинар"))},
    LintCode.GOAL_WITHOUT_INDICATOR: {"indicators": (INDICATOR,)},
    LintCode.TASK_WITHOUT_MEASURE: {"measures": (replace(SOUND, tasks=()),)},
    LintCode.NO_INDICATORS: {"indicators": ()},
    LintCode.INDICATOR_WITHOUT_BASE: {"indicators": (replace(INDICATOR, baseline=None), GOAL)},
    LintCode.INDICATOR_WITHOUT_TARGET: {"indicators": (replace(INDICATOR, target=None), GOAL)},
    LintCode.INDICATOR_NOT_COMPUTED: {"indicators": (replace(INDICATOR, metric=""), GOAL)},
    LintCode.RESULT_WITHOUT_INDICATOR: {"expected_results": (ExpectedResult("r1", 1, "Больше сильных школ"),)},
    LintCode.GOAL_BELOW_TASK: {"indicators": (INDICATOR, replace(GOAL, target=Decimal(30)))},
    LintCode.TARGET_NOT_WHOLE: {
        "indicators": (replace(INDICATOR, target=Decimal(30)), replace(GOAL, target=Decimal(44))),
        "baselines": (Baseline("b", 2023, "Итоги года", 4, 9),),
    },
    LintCode.BEFORE_ITS_BASIS: {
        "measures": (SOUND, measure("2", title="Издать приказ", deadline="1 сентября 2024 г.", after=("p.1",)))
    },
    LintCode.STAGE_OUTSIDE_PERIOD: {"period_start": date(2024, 9, 10)},
    LintCode.DEADLINE_OUTSIDE_PERIOD: {"measures": (replace(SOUND, deadline="до 1 марта 2019 г."),)},
    LintCode.DUE_DIFFERS: {"measures": (replace(SOUND, due=date(2024, 9, 20)),)},
    LintCode.SLOT_OUTSIDE_SESSION: {
        "interviews": (
            InterviewSession(
                "talks",
                "Собеседование",
                "16-17.11.2024",
                "ВКС",
                (InterviewSlot(date(2024, 11, 18), "10:00", "10:30", "Угра"),),
            ),
        )
    },
    LintCode.DOCUMENT_AFTER_MEASURE: {
        "documents": (SchoolDocument("plan", "План школы", due=date(2024, 11, 23), made_by=("p.1",)),)
    },
    LintCode.FREQUENCY_IN_TITLE: {
        "measures": (replace(SOUND, title="Проводить регулярные семинары", deadline="по отдельному графику"),)
    },
    LintCode.OPTIONAL_NOT_MARKED: {"measures": (replace(SOUND, title="Назначить наставника при необходимости"),)},
    LintCode.NEAR_DUPLICATE: {
        "measures": (
            measure("1", title="Направить педагогов на курсы повышения квалификации"),
            measure("2", title="Направить на курсы повышения квалификации педагогов района"),
        )
    },
    LintCode.PERSONAL_DATA: {"measures": (replace(SOUND, title="Сообщить по телефону 8 (800) 555-35-35"),)},
    LintCode.RECORDED: {"source_defects": (SourceDefect("x", "Опечатка в заголовке", "заголовок"),)},
}


@pytest.mark.parametrize("code", BAD, ids=lambda code: code.value)
def test_that_a_defect_is_found_by_its_rule(code: LintCode) -> None:
    assert code.value in codes(plan(**BAD[code]))


def test_that_a_result_in_three_measures_is_said_once_with_their_numbers() -> None:
    vague = "Повышение качества образования"
    titles = ("Составить перечень школ", "Провести семинар", "Издать сборник")
    measures = tuple(measure(str(n), title=title, expected_result=vague) for n, title in enumerate(titles, start=1))
    found = [item for item in lint_pack(plan(measures=measures)) if item.code is LintCode.RESULT_REPEATED]
    assert [(item.params["count"], item.params["numbers"]) for item in found] == [(3, "1, 2, 3")]


def test_that_stages_with_common_days_and_unassigned_tasks_of_tyumen_are_found() -> None:
    found = codes(tyumen())
    assert found.count("stages_overlap") == 1
    assert found.count("stage_outside_period") == 1
    assert found.count("task_unassigned") == 4
    assert found.count("territory_uncovered") == 10


def test_that_a_result_with_a_number_or_a_document_is_verifiable() -> None:
    for result in ("Повышение доли до 40 %", "Аналитическая справка", "Программа и план работы"):
        assert codes(plan(measures=(replace(SOUND, expected_result=result),))) == []


@pytest.mark.parametrize("pack", shipped().packs, ids=lambda pack: pack.id)
def test_that_every_finding_of_the_shipped_packs_is_worded_in_full(pack: Pack) -> None:
    for finding in lint_pack(pack):
        message = explain(finding.as_error())
        assert message.means
        assert message.do
        assert "{" not in message.text


def test_that_every_code_has_its_words() -> None:
    assert [code for code in LintCode if not has_words(f"lint.{code.value}")] == []
