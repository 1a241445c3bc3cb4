"""Requisites of official papers: stamps, and blanks that are filled by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import NBSP, long_date
from shnor_desktop.reports.content import Align, Paragraph, Row, SignatureLine, Stamp, StampRow

BLANK_DAY = f"«____»{NBSP}____________{NBSP}20___{NBSP}г."
BLANK_NUMBER = "______"
BLANK_LINE = "_" * 60
NOT_STATED = "—"


@dataclass(frozen=True, slots=True)
class StampFacts:
    """A stamp of the title page: «УТВЕРЖДЕНА», then whatever of the rest is known.

    `document` is what approves («Приказ», «Протокол педагогического совета»): with it a line with date and number is
    printed, blank where they are not known yet. A place to sign is printed with `position` or `person`.
    """

    title: str
    lines: tuple[str, ...] = ()
    position: str = ""
    person: str = ""
    document: str = ""
    number: str = ""
    day: date | None = None


def stamp_row(stamps: Sequence[StampFacts]) -> StampRow:
    """None to four stamps as one block; a fifth has no place on the page and is left out."""
    return StampRow(tuple(_stamp(stamp) for stamp in stamps[:4]))


def dated(day: date | None) -> str:
    """The date in words, or a blank to be filled by hand."""
    return long_date(day) if day is not None else BLANK_DAY


def by_hand(lines: int = 2) -> list[Paragraph]:
    """Empty lines to be written on."""
    return [Paragraph(BLANK_LINE, Align.LEFT, first_line_indent=False)] * lines


def empty_rows(columns: int, count: int, *, is_numbered: bool = False) -> tuple[Row, ...]:
    """Rows of two lines to be written in by hand."""
    room = (f"{NBSP}\n{NBSP}", *[""] * (columns - 2))
    return tuple(Row((str(at), *room) if is_numbered else (*room, "")) for at in range(1, count + 1))


def filled(text: str) -> str:
    """The text, or a line to write it on."""
    return text.strip() or "_" * 24


def stated(text: str) -> str:
    """The text, or a dash where nothing is stated."""
    return text.strip() or NOT_STATED


def _stamp(facts: StampFacts) -> Stamp:
    signature = SignatureLine(facts.position, facts.person) if facts.position or facts.person else None
    if facts.document:
        date_line = f"{facts.document} №{NBSP}{facts.number or BLANK_NUMBER}\nот{NBSP}{dated(facts.day)}"
    else:
        date_line = dated(facts.day) if signature is not None or facts.day is not None else ""
    return Stamp(facts.title, facts.lines, signature, date_line)
