"""The programme on one page: for the pedagogical council, for the founder, and for the site without anybody's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shnor_desktop.domain.russian import long_date
from shnor_desktop.reports.content import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    KeyValueTable,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.programme import IndicatorFacts
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated


class Audience(StrEnum):
    """Who reads the page."""

    COUNCIL = "council"
    FOUNDER = "founder"
    SITE = "site"


@dataclass(frozen=True, slots=True)
class SummaryFacts:
    """What one page says; `factors` are those of high significance, `late` and `coming` measures with their days."""

    school: str
    period: str
    as_of: date
    goals: tuple[str, ...]
    indicators: tuple[IndicatorFacts, ...]
    progress: tuple[tuple[str, str], ...]
    factors: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    coming: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    signatory: str = ""


_TITLES = {
    Audience.COUNCIL: "Сводка для педагогического совета",
    Audience.FOUNDER: "Сводка для учредителя",
    Audience.SITE: "О реализации программы развития школы",
}
_COLUMNS = (
    Column("Показатель", 106),
    Column("Было", 14, Align.CENTER),
    Column("Цель", 14, Align.CENTER),
    Column("Достигнуто", 20, Align.CENTER),
)
_MOST_LINES = 3


def summary_document(facts: SummaryFacts, audience: Audience) -> Document:
    """One page in most cases. The site learns neither names nor what the school judges about itself."""
    is_public = audience is Audience.SITE
    title = _TITLES[audience]
    blocks: list[Block] = [Heading(title, 0), Paragraph(facts.school, Align.CENTER, first_line_indent=False)]
    if is_public:
        words = f"Школа — участник проекта адресной методической помощи. Срок программы: {facts.period}."
    else:
        words = f"О ходе программы перехода, {facts.period}; по состоянию на {long_date(facts.as_of)}"
    blocks.append(Paragraph(words, Align.CENTER, first_line_indent=False, small=True))
    own = (
        () if is_public else (("Факторы риска высокой значимости", facts.factors), ("Проблемные поля", facts.problems))
    )
    blocks.append(KeyValueTable(_rows((*own, ("Цели программы", facts.goals))), key_width=26, is_dense=True))
    blocks.append(_indicators(facts.indicators))
    late = () if is_public else (("Просрочено", facts.late),)
    progress = tuple((key, stated(value)) for key, value in facts.progress)
    rest = _rows((*late, ("Ближайшие мероприятия", facts.coming), ("Партнёры", facts.partners)))
    blocks.append(KeyValueTable((*progress, *rest), key_width=26, is_dense=True))
    if not is_public:
        blocks.append(SignatureLine("Директор", facts.signatory, BLANK_DAY))
    return Document(f"{title}. {facts.period}", tuple(blocks), Typeface.SANS)


def _indicators(indicators: Sequence[IndicatorFacts]) -> Table:
    """A line for each indicator: what it was, what it shall be, what it has become."""
    rows = []
    for item in indicators:
        reached = item.reached_second or item.reached_first
        title = f"{item.title}, {item.unit}" if item.unit else item.title
        rows.append(Row((title, stated(item.base), stated(item.target), stated(reached))))
    return Table(_COLUMNS, tuple(rows), empty="Показатели не внесены.", is_dense=True)


def _rows(lists: Sequence[tuple[str, tuple[str, ...]]]) -> tuple[tuple[str, Cell], ...]:
    """The first lines of every list that has some; how many more there are is said."""
    found: list[tuple[str, Cell]] = []
    for caption, lines in lists:
        shown = list(lines[:_MOST_LINES])
        if len(lines) > len(shown):
            shown.append(f"и ещё {len(lines) - len(shown)}")
        if shown:
            found.append((caption, "\n".join(f"– {line}" for line in shown)))
    return tuple(found)
