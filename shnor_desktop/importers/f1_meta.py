"""What stands above the table of an F1 workbook: title, subject, maximum, date, school, declared participants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.results_dataset import GRADES, MAX_POINTS, MAX_TEXT, YEARS
from shnor_desktop.domain.school_subjects import recognise_subject
from shnor_desktop.importers.f1_layout import (
    DATE_LABEL,
    LOGIN,
    MAX_SCORE_LABEL,
    PARTICIPANTS,
    SUBJECT_LABEL,
    TITLE,
    folded,
)
from shnor_desktop.importers.workbook_rows import Cell, text_of

_DATE_FORMS = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y", "%d.%m.%y")
_EXCEL_EPOCH = date(1899, 12, 30)
_EXCEL_DAYS = range(36_526, 73_050)
"""Serial numbers of 2000–2099, for a date whose cell lost its format."""


@dataclass(frozen=True, slots=True)
class F1Meta:
    """The head of the report. `subject_code` is empty for a subject that is not known."""

    subject: str
    subject_code: str
    grade: int
    year: int
    date: date | None
    max_score: int | None
    school_name: str
    school_login: str
    declared_participants: int | None


def read_meta(rows: tuple[tuple[Cell, ...], ...], file: str) -> F1Meta:
    """Read the rows above the header; KnownError results.no_title without subject, grade and year."""
    title = next((match for text in _texts(rows) if (match := TITLE.search(text))), None)
    if title is None or int(title["grade"]) not in GRADES or int(title["year"]) not in YEARS:
        raise KnownError("results.no_title", file=file)
    subject = (text_of(_labelled(rows, SUBJECT_LABEL)) or title["subject"].strip(" .,;:-«»"))[:MAX_TEXT]
    if not subject:
        raise KnownError("results.no_title", file=file)
    known = recognise_subject(subject)
    is_bare = known is not None and (len(subject) <= 3 or folded(subject) == folded(known.name))
    declared = next((match for text in _texts(rows) if (match := PARTICIPANTS.search(text))), None)
    login = next((match for text in _texts(rows) if (match := LOGIN.search(text))), None)
    return F1Meta(
        subject=known.name if known is not None and is_bare else subject,
        subject_code=known.code if known is not None else "",
        grade=int(title["grade"]),
        year=int(title["year"]),
        date=_date(_labelled(rows, DATE_LABEL)),
        max_score=_max_score(_labelled(rows, MAX_SCORE_LABEL), file),
        school_name=_school_name(rows),
        school_login=login[1].lower() if login else "",
        declared_participants=int(declared[1]) if declared else None,
    )


def _texts(rows: tuple[tuple[Cell, ...], ...]) -> list[str]:
    """Each cell as one line, cut to what a title can be."""
    return [text_of(cell)[:1_000] for row in rows for cell in row if cell is not None]


def _labelled(rows: tuple[tuple[Cell, ...], ...], label: str) -> Cell:
    """The value beside a label, or after its colon in the same cell."""
    wanted = folded(label)
    for row in rows:
        filled = [cell for cell in row if cell is not None]
        for place, cell in enumerate(filled):
            name, colon, rest = text_of(cell).partition(":")
            if folded(name) == wanted:
                if colon and rest.strip():
                    return rest.strip()
                return filled[place + 1] if place + 1 < len(filled) else None
    return None


def _max_score(cell: Cell, file: str) -> int | None:
    text = text_of(cell)
    if not text:
        return None
    if not text.isdecimal() or len(text) > 6 or not 0 < int(text) <= MAX_POINTS:
        raise KnownError("results.bad_max_score", file=file, value=text[:40])
    return int(text)


def _date(cell: Cell) -> date | None:
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int) and cell in _EXCEL_DAYS:
        return _EXCEL_EPOCH + timedelta(days=cell)
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text_of(cell), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None


def _school_name(rows: tuple[tuple[Cell, ...], ...]) -> str:
    """The line of the school without its login and count."""
    for text in _texts(rows):
        if LOGIN.search(text) or PARTICIPANTS.search(text):
            bare = PARTICIPANTS.sub(" ", LOGIN.sub(" ", text))
            name = " ".join(bare.replace("|", " ").split()).strip(" .,;:-")
            if name and folded(name) != folded("ОО"):
                return name[:MAX_TEXT]
    return ""
