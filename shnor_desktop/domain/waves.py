"""The waves of a form: which there are, which one counts now, and what changed from one to another.

The map of a methodology that names no waves of it is filled at the beginning and at the end of the project, and once a
year between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from shnor_desktop.domain.facts import AnswerFact, ExpertFact, SchoolFacts
from shnor_desktop.domain.methodology import Form, Level, Pack, Polarity, Question, QuestionKind
from shnor_desktop.domain.russian import number
from shnor_desktop.domain.scoring import (
    NOT_APPLICABLE,
    POINTS,
    Answer,
    Figure,
    assess_answer,
    numeric_value,
    shown_answer,
)

MAP_FORM = "diagnostic_map"
FINAL = ".final"
OWN_NOTES = ("Подтверждено ", "Без изменений: ")
"""What the program itself writes into the comment of an answer; it goes when the answer is changed."""
_TENTH = Decimal("0.1")
_MOST_DIGITS = 15
"""A figure of a school is never so large: what a foreign program wrote is no answer then."""
_PERCENTS = (QuestionKind.SHARE, QuestionKind.PERCENT)


@dataclass(frozen=True, slots=True)
class Wave:
    """One collection of a form; `short` fits a button, `unconfirmed` marks one that the source does not name."""

    id: str
    form: str
    number: int
    title: str
    short: str
    start: date
    due: date
    unconfirmed: bool = False


def waves_of(pack: Pack, form: str) -> tuple[Wave, ...]:
    """The waves of a form in their order; one at least."""
    named = sorted((wave for wave in pack.monitoring_waves if wave.form == form), key=lambda wave: wave.number)
    if named:
        return tuple(
            Wave(w.id, form, w.number, w.title, f"Волна {w.number}", w.start, w.due, w.unconfirmed) for w in named
        )
    found = pack.form(form)
    return _map_waves(pack, found) if form == MAP_FORM and found is not None else (_only(pack, form),)


def wave_named(pack: Pack, form: str, wave: str) -> Wave | None:
    """The wave of that id."""
    return next((item for item in waves_of(pack, form) if item.id == wave), None)


def current_wave(pack: Pack, facts: SchoolFacts, form: str = MAP_FORM) -> str:
    """The newest wave in which everything that only people know is answered; before that the first one."""
    waves = waves_of(pack, form)
    found = pack.form(form)
    if len(waves) == 1 or found is None:
        return waves[0].id
    asked = {item.code for item in found.questions() if item.required and not item.metric}
    for wave in reversed(waves[1:]):
        done = {item.question for item in answers_of(facts, form, wave.id).values() if is_typed(item)}
        if asked and asked <= done:
            return wave.id
    return waves[0].id


def answers_of(facts: SchoolFacts, form: str, wave: str) -> dict[str, AnswerFact]:
    """The stored rows of one wave, by question."""
    return {item.question: item for item in facts.answers if item.form == form and item.wave == wave and item.question}


def is_typed(answer: AnswerFact) -> bool:
    """Whether the row holds an answer, not only a comment or a document."""
    return bool((answer.value or "").strip() or answer.numerator is not None or answer.not_applicable)


def typed_answer(question: Question, typed: AnswerFact | ExpertFact | None) -> Answer:
    """The answer that a person typed; None while there is none."""
    if typed is None:
        return None
    if isinstance(typed, AnswerFact) and typed.not_applicable:
        return NOT_APPLICABLE
    if question.kind in _PERCENTS and typed.numerator is not None and typed.denominator:
        return Figure(Decimal(typed.numerator) * 100 / typed.denominator, typed.numerator, typed.denominator)
    text = (typed.value or "").strip()
    if not text:
        return None
    if question.kind is QuestionKind.YES_NO:
        return text == "yes"
    if question.kind in (QuestionKind.CHOICE, QuestionKind.TEXT):
        return text
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return Figure(value) if value.is_finite() and value.adjusted() < _MOST_DIGITS else None


class Change(StrEnum):
    """What became of an answer or a level; the sign and the word always stand together."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    OTHER = "other"
    """Changed, and the methodology does not say which way is better."""
    UNKNOWN = "unknown"

    @property
    def words(self) -> str:
        """«↗ лучше»."""
        return _WORDS[self]

    @property
    def is_change(self) -> bool:
        """Whether «только изменения» keeps it."""
        return self in (Change.BETTER, Change.WORSE, Change.OTHER)


_WORDS = {
    Change.BETTER: "↗ лучше",
    Change.WORSE: "↘ хуже",
    Change.SAME: "= без изменений",
    Change.OTHER: "± изменилось",
    Change.UNKNOWN: "сравнить нельзя",
}


@dataclass(frozen=True, slots=True)
class Moved:
    """How an answer changed; `by` is «+9,1 п. п.», empty where nothing is counted."""

    change: Change
    by: str = ""


def compare(question: Question, before: Answer, after: Answer, small_group: int) -> Moved:
    """What became of an answer: by the direction of the question, else by the levels of the two answers."""
    if _is_absent(before) or _is_absent(after):
        return Moved(Change.UNKNOWN)
    first, second = numeric_value(question, before), numeric_value(question, after)
    if first is not None and second is not None:
        return _compare_numbers(question, first, second)
    if before == after:
        return Moved(Change.SAME)
    if isinstance(before, bool) and isinstance(after, bool) and question.polarity is not Polarity.NONE:
        grew = after is (question.polarity is Polarity.HIGHER_BETTER)
        return Moved(Change.BETTER if grew else Change.WORSE)
    levels = [assess_answer(question, item, small_group).level for item in (before, after)]
    return Moved(compare_levels(levels[0], levels[1], same=Change.OTHER, unknown=Change.OTHER))


def compare_levels(
    before: Level, after: Level, *, same: Change = Change.SAME, unknown: Change = Change.UNKNOWN
) -> Change:
    """A lower significance is better."""
    if Level.UNKNOWN in (before, after):
        return unknown
    if before is after:
        return same
    return Change.BETTER if POINTS[after] < POINTS[before] else Change.WORSE


def has_counts(question: Question) -> bool:
    """Whether the answer is a share of two counts; a ratio («обучающихся на компьютер») is kept as its value."""
    return question.kind in _PERCENTS


def differs(question: Question, own: Answer, other: Answer) -> bool:
    """Whether two people answered a question differently, as far as a reader can see."""
    if own is None or other is None:
        return False
    first, second = numeric_value(question, own), numeric_value(question, other)
    if first is not None and second is not None:
        return _rounded(first) != _rounded(second)
    return shown_answer(question, own) != shown_answer(question, other)


def counted(changes: Iterable[Change]) -> Mapping[Change, int]:
    """How many of each kind."""
    found = dict.fromkeys(Change, 0)
    for change in changes:
        found[change] += 1
    return found


def _compare_numbers(question: Question, before: Decimal, after: Decimal) -> Moved:
    by = _rounded(after) - _rounded(before)
    if not by:
        return Moved(Change.SAME)
    is_percent = question.kind in _PERCENTS or question.unit == "%"
    unit = " п. п." if is_percent else f" {question.unit}" if question.unit else ""
    words = f"{'+' if by > 0 else '−'}{number(abs(by))}{unit}"
    if question.polarity is Polarity.NONE:
        return Moved(Change.OTHER, words)
    is_better = (by > 0) is (question.polarity is Polarity.HIGHER_BETTER)
    return Moved(Change.BETTER if is_better else Change.WORSE, words)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_TENTH, rounding=ROUND_HALF_UP)


def _is_absent(answer: Answer) -> bool:
    return answer is None or answer is NOT_APPLICABLE or (isinstance(answer, str) and not answer.strip())


def _only(pack: Pack, form: str) -> Wave:
    year = pack.period_start.year
    return Wave(
        str(year - pack.moved_years),
        form,
        1,
        f"{year} г.",
        str(year),
        pack.period_start,
        pack.period_end,
        unconfirmed=True,
    )


def _map_waves(pack: Pack, form: Form) -> tuple[Wave, ...]:
    first, last = pack.period_start.year, pack.period_end.year
    stage = next((item for item in pack.stages if item.id == form.stage), pack.stages[0] if pack.stages else None)
    filled_by = stage.end if stage else date(first, 12, 31)
    closing = pack.stages[-1].start if pack.stages else pack.period_end
    named = pack.moved_years  # the ids keep the years of the source, so that a moved project keeps its answers
    waves = [
        Wave(str(first - named), form.id, 1, _title("Входная", first), f"Входная {first}", pack.period_start, filled_by)
    ]
    for year in range(first + 1, last):
        title, short = _title("Промежуточная", year), f"Промежуточная {year}"
        waves.append(
            Wave(str(year - named), form.id, len(waves) + 1, title, short, date(year, 1, 1), date(year, 12, 31), True)
        )
    final = str(last - named) if last > first else f"{last - named}{FINAL}"
    title, short = _title("Итоговая", last), f"Итоговая {last}"
    waves.append(Wave(final, form.id, len(waves) + 1, title, short, closing, pack.period_end, True))
    return tuple(waves)


def _title(word: str, year: int) -> str:
    return f"{word} карта, {year} г."
