"""Deadlines: a grammar of the Russian of plans, from a phrase to windows of dates in the plan."""

from __future__ import annotations

from collections.abc import Mapping

from shnor_desktop.domain.deadlines.describe import describe
from shnor_desktop.domain.deadlines.grammar import MAX_TOKENS, parse
from shnor_desktop.domain.deadlines.interpret import meaning_of
from shnor_desktop.domain.deadlines.line import Line
from shnor_desktop.domain.deadlines.normalise import clean
from shnor_desktop.domain.deadlines.reading import (
    DeadlineKind,
    PlanPeriod,
    Reading,
    Times,
    Window,
    reading_from_plain,
    reading_to_plain,
)
from shnor_desktop.domain.deadlines.references import said_once, without_references
from shnor_desktop.domain.deadlines.tokens import Kind, Token, tokens_of

__all__ = [
    "DeadlineKind",
    "PlanPeriod",
    "Reading",
    "Times",
    "Window",
    "describe",
    "read_deadline",
    "reading_from_plain",
    "reading_to_plain",
]


def read_deadline(phrase: str, plan: PlanPeriod, stages: Mapping[str, PlanPeriod] | None = None) -> Reading:
    """What the phrase says in this plan; `stages` gives the days of stages by their roman numbers. Never raises."""
    text, too_long = clean(phrase)
    tokens = without_references(said_once(tokens_of(text)), text)
    if len(tokens) > MAX_TOKENS:
        cut = tokens[MAX_TOKENS].start
        text, too_long = text[:cut], f"{text[cut:]} {too_long}".strip()
        tokens = [*tokens[:MAX_TOKENS], Token(Kind.END, "", cut, cut)]
    parsed = parse(Line(tokens, text, plan))
    unparsed = (*parsed.unparsed, too_long) if too_long else parsed.unparsed
    meaning = meaning_of(parsed.chunks, plan, stages or {})
    if meaning.kind is DeadlineKind.UNKNOWN:
        return Reading(phrase, meaning.kind, confident=False, unparsed=unparsed)
    return Reading(
        phrase,
        meaning.kind,
        meaning.windows,
        meaning.times,
        meaning.event,
        parsed.is_sure and not unparsed,
        unparsed,
        meaning.stage,
        meaning.is_optional,
    )
