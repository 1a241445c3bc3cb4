"""What a question was answered with before: in the wave before this one, in an older map, in an earlier year."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.canonical import WireValue, decimal_text
from shnor_desktop.domain.facts import AnswerFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack, Question
from shnor_desktop.domain.metrics import METRICS, MetricValue, compute
from shnor_desktop.domain.russian import share, short_date
from shnor_desktop.domain.scoring import shown_answer
from shnor_desktop.domain.waves import has_counts, is_typed, typed_answer, waves_of

_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Previous:
    """An earlier answer, as it can be taken over. `source` says where it stands: «Волна 1, до 31.05.2024»."""

    short: str
    source: str
    shown: str
    value: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    not_applicable: bool | None = None

    @property
    def words(self) -> str:
        """«2023: 13,6 %», as it stands beside the answer."""
        cut = self.shown if len(self.shown) <= _SHOWN else f"{self.shown[: _SHOWN - 1].rstrip()}…"
        return f"{self.short}: {cut}"

    def values(self) -> dict[str, WireValue]:
        """The fields of the answer that takes it over."""
        return {
            "value": self.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "not_applicable": self.not_applicable,
        }


@dataclass(frozen=True, slots=True)
class _Row:
    short: str
    source: str
    answer: AnswerFact


def previous_of(
    pack: Pack, facts: SchoolFacts, form: str, wave: str, question: Question, computed: MetricValue | None
) -> Previous | None:
    """The newest earlier answer; None where there is none, or the question is not compared with an earlier year."""
    before = _waves_before(pack, facts, form, wave, question)
    if before is not None:
        return _of_row(question, before)
    return _of_year(facts, question, computed) if question.compare_previous_year else None


def _waves_before(pack: Pack, facts: SchoolFacts, form: str, wave: str, question: Question) -> _Row | None:
    """The wave before this one that has an answer, then waves that the methodology does not name: an older map."""
    known = waves_of(pack, form)
    rows = {
        item.wave: item for item in facts.answers if item.form == form and item.question == question.code and item.wave
    }
    at = next((place for place, item in enumerate(known) if item.id == wave), 0)
    for item in reversed(known[:at]):
        found = rows.get(item.id)
        if found is not None and is_typed(found):
            return _Row(item.short, f"{item.short}, до {short_date(item.due)}", found)
    names = {item.id for item in known}
    older = sorted(name for name in rows if name and name not in names and name < wave)
    for name in reversed(older):
        if is_typed(rows[name]):
            return _Row(name, f"прежняя форма, {name}", rows[name])
    return None


def _of_row(question: Question, row: _Row) -> Previous | None:
    answer = row.answer
    shown = shown_answer(question, typed_answer(question, answer))
    if not shown:
        return None
    flag = True if answer.not_applicable else None
    return Previous(row.short, row.source, shown, answer.value, answer.numerator, answer.denominator, flag)


def _of_year(facts: SchoolFacts, question: Question, computed: MetricValue | None) -> Previous | None:
    if computed is None or computed.year is None or not METRICS[question.metric].by_year:
        return None
    year = computed.year - 1
    figure = compute(question.metric, facts, year).figure()
    if figure is None or figure.value is None:
        return None
    is_share = has_counts(question) and figure.numerator is not None and bool(figure.denominator)
    shown = share(figure.numerator or 0, figure.denominator or 1) if is_share else shown_answer(question, figure)
    counts = (figure.numerator, figure.denominator) if is_share else (None, None)
    return Previous(str(year), f"результаты {year} г.", shown, decimal_text(Decimal(figure.value)), *counts)
