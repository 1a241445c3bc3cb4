"""The results of a school read by the rules of its methodology, each red card with the measures that answer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Factor, Measure, Pack, ResultReading
from shnor_desktop.domain.result_reading import PaperDetail, ResultCard, paper_detail, read_results
from shnor_desktop.domain.results_dataset import dataset_from_bytes
from shnor_desktop.models.results import ResultSheet
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace

_BELOW = "results.share_below_minimum"


@dataclass(frozen=True, slots=True)
class CardView:
    """A card with the factors that it belongs to and the measures that the road map does not hold yet."""

    card: ResultCard
    factors: tuple[str, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Everything of the tab «Анализ»; without `rules` the methodology does not say how results are read."""

    cards: tuple[CardView, ...]
    rules: ResultReading | None
    low_share: Decimal = Decimal(0)
    """Percent below the minimum from which the methodology calls a result low."""


def reading(workspace: Workspace, school: str | None = None) -> ReadingView:
    """Read the results of a school."""
    pack = workspace.pack_of(school)
    rules = pack.result_reading
    if rules is None:
        return ReadingView((), None)
    facts = read_facts(workspace, school)
    cards = read_results(rules, facts, _papers(workspace, school), pack.identification)
    return ReadingView(
        tuple(_view(pack, facts, card) for card in cards),
        rules,
        pack.identification.share_below_minimum,
    )


def factors_of(pack: Pack, subject: str) -> tuple[str, ...]:
    """The factors that a low result in a subject counts for: by the metric of that subject, else of all."""
    named = (f"{_BELOW}_{subject}", f"{_BELOW}_all", _BELOW)
    for metric in named:
        found = tuple(factor.code for factor in pack.factors if _asks(pack, factor, metric))
        if found:
            return found
    return tuple(factor.code for factor in pack.factors if _asks(pack, factor, _BELOW, starts=True))


def _asks(pack: Pack, factor: Factor, metric: str, *, starts: bool = False) -> bool:
    for indicator in factor.indicators:
        question = pack.question(indicator.question)
        if question is not None and (question.metric.startswith(metric) if starts else question.metric == metric):
            return True
    return False


def _view(pack: Pack, facts: SchoolFacts, card: ResultCard) -> CardView:
    factors = factors_of(pack, card.subject)
    there = {measure.library_code for measure in facts.current(facts.measures)}
    offered = dict.fromkeys(measure for factor in factors for measure in pack.measures_for(factor))
    return CardView(card, factors, tuple(measure for measure in offered if measure.id not in there))


def _papers(workspace: Workspace, school: str | None) -> Mapping[str, PaperDetail]:
    """What the imported workbooks show beyond the tables, by the id of the sheet."""
    found = {}
    with workspace.reading() as reader:
        for sheet in reader.rows(ResultSheet, school or workspace.school):
            data = reader.records.blob(sheet.school_id, sheet.dataset) if sheet.dataset else None
            paper = _paper(data) if data is not None else None
            if paper is not None:
                found[sheet.id] = paper
    return found


@lru_cache(maxsize=256)
def _paper(data: bytes) -> PaperDetail | None:
    """None of a dataset that cannot be read: the check of the store speaks of that."""
    try:
        return paper_detail(dataset_from_bytes(data))
    except KnownError:
        return None
