"""The diagnostic map: every required question has an answer that is possible and can be shown to be true."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.errors import Param
from shnor_desktop.domain.facts import AnswerFact
from shnor_desktop.domain.findings import MAP, MONITORING, CheckCode, Finding, about, short_label
from shnor_desktop.domain.methodology import Level, Question, QuestionKind
from shnor_desktop.domain.russian import number
from shnor_desktop.domain.scoring import numeric_value, shown_answer
from shnor_desktop.domain.waves import (
    MAP_FORM,
    OWN_NOTES,
    answers_of,
    current_wave,
    differs,
    is_typed,
    typed_answer,
    waves_of,
)

_PERCENTAGES = (QuestionKind.SHARE, QuestionKind.PERCENT)


def map_findings(case: Case) -> Iterator[Finding]:
    """Question by question, then factor by factor."""
    form = case.map_form
    if form is None:
        return
    stored = case.stored_answers(form.id)
    for question in form.questions():
        yield from _question(case, question, stored.get(question.code))
    yield from _factors(case)
    yield from _experts(case)


def wave_findings(case: Case) -> Iterator[Finding]:
    """A wave whose computed figures were not kept when the next one came: they cannot be compared any more."""
    for form in case.pack.forms:
        waves = waves_of(case.pack, form.id)
        computed = [question.code for question in form.questions() if question.metric]
        for wave, following in pairwise(waves):
            stored = answers_of(case.facts, form.id, wave.id)
            kept = {code for code, row in stored.items() if is_typed(row)}
            lost = [code for code in computed if code not in kept]
            if kept and lost and following.start <= case.as_of:
                params: dict[str, Param] = {"wave": wave.title, "count": len(lost), "form": form.short_title}
                page = MAP if form.id == MAP_FORM else MONITORING
                yield Finding(CheckCode.WAVE_NOT_KEPT, page, "diagnostic_answer", "", wave.id, params)


def _experts(case: Case) -> Iterator[Finding]:
    """Where the expert's figure is another one, in the wave that counts now."""
    wave = current_wave(case.pack, case.facts)
    for row in case.facts.expert_answers:
        question = case.pack.question(row.question or "")
        if question is None or row.form != MAP_FORM or row.wave != wave:
            continue
        other = typed_answer(question, row)
        if differs(question, case.answers.get(question.code), other):
            stored = case.stored_answers(MAP_FORM).get(question.code)
            if stored is None or is_blank(stored.comment) or (stored.comment or "").startswith(OWN_NOTES):
                yield _at(CheckCode.MAP_EXPERT_DIFFERS, question, stored, expert=shown_answer(question, other))


def _question(case: Case, question: Question, stored: AnswerFact | None) -> Iterator[Finding]:
    if stored is not None and stored.not_applicable:
        if is_blank(stored.comment):
            yield _at(CheckCode.MAP_NOT_APPLICABLE_UNEXPLAINED, question, stored)
        return
    answer = case.answers.get(question.code)
    if is_blank(answer):
        if stored is not None and _is_typed(stored):
            yield _at(CheckCode.MAP_UNREADABLE, question, stored)
        elif question.required:
            yield _at(CheckCode.MAP_UNANSWERED, question, stored)
        return
    value = numeric_value(question, answer)
    if stored is not None and _exceeds(stored):
        part, whole = stored.numerator or 0, stored.denominator or 0
        yield _at(CheckCode.MAP_PART_EXCEEDS_WHOLE, question, stored, part=part, whole=whole)
    elif value is not None:
        yield from _range(question, value, stored)
    if question.evidence_required and (stored is None or is_blank(stored.evidence)):
        yield _at(CheckCode.MAP_EVIDENCE_ABSENT, question, stored)


def _range(question: Question, value: Decimal, stored: AnswerFact | None) -> Iterator[Finding]:
    """A percentage lies within 0–100 whatever the pack says."""
    low, high = question.minimum, question.maximum
    if question.kind in _PERCENTAGES:
        low = Decimal(0) if low is None else low
        high = Decimal(100) if high is None else high
    if (low is not None and value < low) or (high is not None and value > high):
        allowed = " ".join(
            words
            for words in (
                f"от {number(low)}" if low is not None else "",
                f"до {number(high)}" if high is not None else "",
            )
            if words
        )
        yield _at(CheckCode.MAP_OUT_OF_RANGE, question, stored, value=number(value), allowed=allowed)


def _factors(case: Case) -> Iterator[Finding]:
    for row in case.facts.factor_levels:
        if row.level and is_blank(row.reason):
            factor = case.pack.factor(row.factor or "")
            title = factor.title if factor else row.factor or ""
            yield about(row, CheckCode.MAP_LEVEL_WITHOUT_REASON, MAP, "reason", factor=title)
    answered = {code for problem in case.facts.problems if problem.is_active for code in problem.factors}
    for item in case.assessments():
        factor = case.pack.factor(item.factor)
        if item.level is Level.HIGH and item.factor not in answered and factor is not None:
            yield Finding(
                CheckCode.MAP_HIGH_WITHOUT_PROBLEM,
                MAP,
                "problem_field",
                field=item.factor,
                params={"factor": factor.title},
            )


def _at(code: CheckCode, question: Question, stored: AnswerFact | None, **params: Param) -> Finding:
    """A finding at a question; `field` is its code, since there may be no row yet."""
    named: dict[str, Param] = {"question": short_label(question.caption), **params}
    return Finding(code, MAP, "diagnostic_answer", stored.id if stored else "", question.code, named)


def _is_typed(stored: AnswerFact) -> bool:
    return not is_blank(stored.value) or stored.numerator is not None or stored.denominator is not None


def _exceeds(stored: AnswerFact) -> bool:
    if stored.numerator is None or stored.denominator is None:
        return False
    return stored.numerator > stored.denominator
