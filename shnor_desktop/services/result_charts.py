"""The overview of results as a heat map: subjects by grades, the same on the screen and in the note."""

from __future__ import annotations

from collections.abc import Sequence

from shnor_desktop.domain.drawing.charts import HeatCell, HeatRow
from shnor_desktop.domain.methodology import Level
from shnor_desktop.domain.result_reading import ResultCard
from shnor_desktop.domain.russian import number

OVERVIEW = "Где нужны меры"
OVERVIEW_CAPTION = (
    "Доля участников ниже минимального уровня в последнем году, %. "
    "Треугольник — нужны меры, ромб — обратить внимание, круг — без замечаний."
)
_LEAST_CARDS = 2


def overview_rows(cards: Sequence[ResultCard]) -> tuple[tuple[str, ...], tuple[HeatRow, ...]]:
    """The grades as columns and a row a subject and exam; both empty of a single card."""
    known = {(card.title.split(",")[0], _exam(card), card.grade): card for card in cards}
    grades = sorted({grade for _subject, _kind, grade in known if grade})
    if len(known) < _LEAST_CARDS or not grades:
        return (), ()
    rows = tuple(
        HeatRow(f"{subject}{kind}", tuple(_cell(known.get((subject, kind, grade))) for grade in grades))
        for subject, kind in sorted({(subject, kind) for subject, kind, _grade in known})
    )
    return tuple(f"{grade} класс" for grade in grades), rows


def _cell(card: ResultCard | None) -> HeatCell:
    if card is None:
        return HeatCell("", Level.UNKNOWN)
    return HeatCell(number(round(card.years[0].share)) if card.years else "—", card.level)


def _exam(card: ResultCard) -> str:
    return "" if card.procedure == "vpr" else f", {card.title.rsplit(', ', maxsplit=1)[-1]}"
