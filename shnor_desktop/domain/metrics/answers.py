"""The answers of a form: what a person typed, else what the program computes from data already typed.

A computed answer is never stored. A typed one replaces it and both stay visible; one that was cleared gives
way to the computed one again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from shnor_desktop.domain.facts import AnswerFact, SchoolFacts
from shnor_desktop.domain.methodology import Form, Question, QuestionKind
from shnor_desktop.domain.metrics.registry import compute, compute_previous
from shnor_desktop.domain.metrics.values import MetricValue, share
from shnor_desktop.domain.scoring import Answer, Figure

YES = "yes"
NO = "no"


class Origin(StrEnum):
    """Where an answer came from."""

    TYPED = "typed"
    COMPUTED = "computed"
    NOT_APPLICABLE = "not_applicable"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    """Something is typed that is no answer to this question."""


@dataclass(frozen=True, slots=True)
class FilledAnswer:
    """One question with its answer: what counts, where it came from, and what else is known."""

    question: Question
    answer: Answer
    origin: Origin
    stored: AnswerFact | None = None
    computed: MetricValue | None = None
    previous: MetricValue | None = None
    """Last year's figure, where there is one."""

    @property
    def is_answered(self) -> bool:
        """Nothing more is asked of the school here."""
        return self.origin in (Origin.TYPED, Origin.COMPUTED, Origin.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class FormAnswers:
    """All answers of one form in one wave, in the order of the form."""

    form: Form
    wave: str
    items: Mapping[str, FilledAnswer]

    def known(self) -> dict[str, Answer]:
        """What `domain.scoring` judges: only questions that have an answer."""
        return {code: item.answer for code, item in self.items.items() if item.answer is not None}

    @property
    def answered(self) -> int:
        """How many questions are answered."""
        return sum(item.is_answered for item in self.items.values())


def fill_form(form: Form, wave: str, facts: SchoolFacts) -> FormAnswers:
    """Every question of the form with its answer."""
    stored = {row.question: row for row in facts.answers if row.form == form.id and row.wave == wave}
    items = {question.code: _filled(question, stored.get(question.code), facts) for question in form.questions()}
    return FormAnswers(form, wave, items)


def _filled(question: Question, stored: AnswerFact | None, facts: SchoolFacts) -> FilledAnswer:
    computed = compute(question.metric, facts) if question.metric else None
    previous = None
    if question.metric and question.compare_previous_year:
        previous = compute_previous(question.metric, facts)
    answer, origin = _answer(question, stored, computed)
    return FilledAnswer(question, answer, origin, stored, computed, previous)


def _answer(question: Question, stored: AnswerFact | None, computed: MetricValue | None) -> tuple[Answer, Origin]:
    if stored is not None:
        if stored.not_applicable:
            return None, Origin.NOT_APPLICABLE
        if _is_typed(stored):
            answer = typed_answer(question, stored)
            return answer, Origin.UNREADABLE if answer is None else Origin.TYPED
    figure = computed.figure() if computed is not None else None
    return figure, Origin.ABSENT if figure is None else Origin.COMPUTED


def typed_answer(question: Question, stored: AnswerFact) -> Answer:
    """What was typed, as a value of the question's kind; None where it cannot be read as one."""
    text = (stored.value or "").strip()
    if question.kind in (QuestionKind.SHARE, QuestionKind.PERCENT) and stored.numerator is not None:
        if not stored.denominator:
            return None
        found = share(stored.numerator, stored.denominator)
        return Figure(found.value, stored.numerator, stored.denominator)
    if question.kind is QuestionKind.TEXT:
        return text or None
    if question.kind is QuestionKind.YES_NO:
        return {YES: True, NO: False}.get(text)
    if question.kind is QuestionKind.CHOICE:
        return text if any(item.code == text for item in question.choices) else None
    return _number(text)


def _is_typed(stored: AnswerFact) -> bool:
    return bool((stored.value or "").strip()) or stored.numerator is not None or stored.denominator is not None


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
