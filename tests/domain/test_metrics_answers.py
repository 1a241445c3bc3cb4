"""Answers of a form: typed before computed, and never a guess."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from shnor_desktop.domain.facts import AnswerFact, SchoolContext, SchoolFacts
from shnor_desktop.domain.methodology import Block, Choice, Form, Question, QuestionKind
from shnor_desktop.domain.metrics import FilledAnswer, Origin, fill_form
from shnor_desktop.domain.scoring import Figure

SCHOOL = SchoolContext(id="school", pupils=160, pupils_sen=16)


def filled(kind: QuestionKind, metric: str = "", **stored: Any) -> FilledAnswer:
    question = Question("q", "Показатель", "", kind, metric=metric, choices=(Choice("a", "А"),))
    form = Form("diagnostic_map", "", "", "", "II", (Block("b", "", "", (question,)),))
    rows = (AnswerFact(form="diagnostic_map", wave="1", question="q", **stored),) if stored else ()
    other = AnswerFact(form="diagnostic_map", wave="2", question="q", value="77")
    facts = SchoolFacts(as_of=date(2024, 4, 15), schools=(SCHOOL,), answers=(*rows, other))
    return fill_form(form, "1", facts).items["q"]


def test_that_an_answer_is_computed_while_nothing_is_typed() -> None:
    item = filled(QuestionKind.SHARE, "pupils.share_sen")
    assert (item.answer, item.origin) == (Figure(Decimal("10.0"), 16, 160), Origin.COMPUTED)


def test_that_a_typed_answer_replaces_the_computed_one_and_both_stay() -> None:
    item = filled(QuestionKind.SHARE, "pupils.share_sen", numerator=20, denominator=160)
    assert (item.answer, item.origin) == (Figure(Decimal("12.5"), 20, 160), Origin.TYPED)
    assert item.computed is not None
    assert item.computed.value == 10


def test_that_a_comment_alone_leaves_the_computed_answer() -> None:
    assert filled(QuestionKind.SHARE, "pupils.share_sen", comment="по списку").origin is Origin.COMPUTED


def test_that_a_question_that_does_not_apply_asks_nothing_and_judges_nothing() -> None:
    item = filled(QuestionKind.SHARE, "pupils.share_sen", not_applicable=True)
    assert (item.answer, item.origin, item.is_answered) == (None, Origin.NOT_APPLICABLE, True)


@pytest.mark.parametrize(
    ("kind", "value", "answer"),
    [
        (QuestionKind.NUMBER, "18,5", Decimal("18.5")),
        (QuestionKind.PERCENT, "40", Decimal(40)),
        (QuestionKind.YES_NO, "yes", True),
        (QuestionKind.YES_NO, "no", False),
        (QuestionKind.CHOICE, "a", "a"),
        (QuestionKind.TEXT, " Дружный коллектив ", "Дружный коллектив"),
    ],
)
def test_that_a_typed_value_is_read_as_its_kind(kind: QuestionKind, value: str, answer: object) -> None:
    item = filled(kind, value=value)
    assert (item.answer, item.origin) == (answer, Origin.TYPED)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (QuestionKind.NUMBER, "много"),
        (QuestionKind.NUMBER, "NaN"),
        (QuestionKind.YES_NO, "может быть"),
        (QuestionKind.CHOICE, "чужой код"),
    ],
)
def test_that_what_cannot_be_read_is_no_answer_and_says_so(kind: QuestionKind, value: str) -> None:
    item = filled(kind, value=value)
    assert (item.answer, item.origin, item.is_answered) == (None, Origin.UNREADABLE, False)


def test_that_a_share_of_nothing_is_no_answer() -> None:
    assert filled(QuestionKind.SHARE, numerator=0, denominator=0).origin is Origin.UNREADABLE


def test_that_an_unanswered_question_is_absent_and_not_counted() -> None:
    item = filled(QuestionKind.NUMBER)
    assert (item.answer, item.origin, item.is_answered) == (None, Origin.ABSENT, False)
