"""Golden cases: what the Tyumen pack makes of given answers."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.methodology import Question, QuestionKind
from shnor_desktop.domain.russian import NBSP
from shnor_desktop.domain.scoring import NOT_APPLICABLE, Answer, Figure, assess_answer, assess_factor, assess_pack
from tests.methodologies.packs import tyumen

GOLDEN = Path(__file__).parent / "golden"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((GOLDEN / name).read_text(encoding="utf-8"))["cases"]
    return found


def question(code: str) -> Question:
    found = tyumen().question(code)
    assert found is not None, code
    return found


def answer_of(case: dict[str, Any]) -> Answer:
    if "numerator" in case:
        return Figure(None, case["numerator"], case["denominator"])
    if "value" in case:
        return Decimal(case["value"])
    chosen: bool | str | None = case.get("yes", case.get("choice"))
    return chosen


def typed(code: str, text: str) -> Answer:
    if text == "not_applicable":
        return NOT_APPLICABLE
    return text if question(code).kind is QuestionKind.CHOICE else Decimal(text)


@pytest.mark.parametrize("case", cases("levels.toml"), ids=lambda case: case["sentence"][:40])
def test_that_an_answer_gets_the_level_and_the_sentence_of_the_golden_case(case: dict[str, Any]) -> None:
    step = assess_answer(question(case["question"]), answer_of(case))
    assert (step.level.value, step.sentence.replace(NBSP, " ")) == (case["level"], case["sentence"])
    assert step.caution == case.get("caution", "")


@pytest.mark.parametrize("case", cases("factors.toml"), ids=lambda case: case["name"])
def test_that_a_factor_gets_the_level_of_the_golden_case(case: dict[str, Any]) -> None:
    factor = tyumen().factor(case["factor"])
    assert factor is not None
    questions = {item.question: question(item.question) for item in factor.indicators}
    answers = {code: typed(code, text) for code, text in case["answers"].items()}
    result = assess_factor(factor, questions, answers)
    assert result.level.value == case["level"]
    assert result.score == (Decimal(case["score"]) if "score" in case else None)
    assert list(result.missing) == case["missing"]
    assert result.summary.replace(NBSP, " ") == case["summary"]


def test_that_an_empty_map_leaves_all_twelve_factors_unknown() -> None:
    profile = assess_pack(tyumen(), {})
    assert [assessment.level.value for assessment in profile] == ["unknown"] * 12
