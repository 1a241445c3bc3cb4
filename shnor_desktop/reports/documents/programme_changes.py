"""What two versions of the programme have otherwise: by section, then by goals, indicators, measures.

Words that came are underlined, words that went are struck through; the columns say what was and what is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.programme_difference import (
    KIND_WORDS,
    ChangeKind,
    FieldChange,
    ParagraphChange,
    PartChange,
    Piece,
    PieceKind,
    ProgrammeDifference,
    RowChange,
    SectionChange,
    counts_in_words,
)
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Run,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import stated

_LEGEND = (
    Run("Как читать: "),
    Run("добавленные слова", is_added=True),
    Run(" подчёркнуты, "),
    Run("исключённые слова", is_removed=True),
    Run(" зачёркнуты."),
)
_COLUMNS = (Column("Что", 28), Column("Было", 36), Column("Стало", 36))

_TOLD = frozenset({"Срок словами", "Ответственный", "Исполнители", "Исходное значение", "Целевое значение", "Вид"})
"""What is told of an added row: the whole of it stands in the programme itself."""


@dataclass(frozen=True, slots=True)
class ProgrammeChangesFacts:
    """Two versions in words, and what they have otherwise; without a difference there is nothing to compare yet."""

    school: str
    title: str
    old: str = ""
    new: str = ""
    difference: ProgrammeDifference | None = None


def programme_changes_document(facts: ProgrammeChangesFacts) -> Document:
    """The comparison as a paper for the council or the coordinator."""
    blocks: list[Block] = [
        Heading("Изменения в программе", 0),
        Paragraph("\n".join(line for line in (facts.school, facts.title) if line), Align.CENTER, False),
    ]
    found = facts.difference
    if found is None:
        blocks.append(Paragraph("Редакций программы ещё нет: сравнивать не с чем.", Align.LEFT, False))
        return Document("Изменения в программе", tuple(blocks), Typeface.SERIF)
    blocks.append(Paragraph(f"Было: {facts.old}.\nСтало: {facts.new}.", Align.LEFT, False))
    if found.is_empty:
        blocks.append(Paragraph("Различий нет: тексты и таблицы совпадают.", Align.LEFT, False))
    else:
        blocks += [Paragraph(f"Всего: {counts_in_words(found)}.", Align.LEFT, False), Note(_LEGEND)]
    for section in found.sections:
        blocks += _section(section)
    for part in found.parts:
        blocks += _part(part)
    return Document("Изменения в программе", tuple(blocks), Typeface.SERIF)


def runs_of(pieces: Sequence[Piece], *, only: PieceKind | None = None) -> tuple[Run, ...]:
    """The pieces as marked stretches; with `only` one side of the comparison, the other's words left out."""
    skipped = {PieceKind.ADDED: PieceKind.REMOVED, PieceKind.REMOVED: PieceKind.ADDED}.get(only) if only else None
    found: list[Run] = []
    for piece in pieces:
        if piece.kind is skipped:
            continue
        if found and found[-1].is_removed and piece.kind is PieceKind.ADDED:
            found.append(Run(" "))
        found.append(
            Run(piece.text, is_added=piece.kind is PieceKind.ADDED, is_removed=piece.kind is PieceKind.REMOVED)
        )
    return tuple(found)


def _section(section: SectionChange) -> list[Block]:
    blocks: list[Block] = [Heading(f"{section.number} {section.title}".strip(), 1)]
    for change in section.paragraphs:
        blocks.append(Paragraph((Run(f"{KIND_WORDS[change.kind]}. ", bold=True), *_words(change))))
    return blocks


def _words(change: ParagraphChange) -> tuple[Run, ...]:
    return runs_of(change.pieces)


def _part(part: PartChange) -> list[Block]:
    return [Heading(part.title, 1), Table(_COLUMNS, tuple(_row(row) for row in part.rows))]


def _row(row: RowChange) -> Row:
    """One row of the table for a row of the programme: a table of hundreds of small rows is laid out for minutes."""
    what = (Run(f"{KIND_WORDS[row.kind]}. ", bold=True), Run(row.title))
    if row.kind is ChangeKind.REMOVED:
        return Row((what, (Run(row.title, is_removed=True),), stated("")))
    if row.kind is ChangeKind.ADDED:
        told = "; ".join(f"{field.caption}: {field.new}" for field in row.fields if field.caption in _TOLD)
        return Row((what, stated(""), told or row.title))
    old, new = [], []
    for field in row.fields:
        old += _line(field, PieceKind.REMOVED, field.old)
        new += _line(field, PieceKind.ADDED, field.new)
    return Row((what, tuple(old[1:]), tuple(new[1:])))


def _line(field: FieldChange, side: PieceKind, text: str) -> list[Run]:
    """A line of a cell: the caption of a field and one side of its change."""
    words = runs_of(field.pieces, only=side) if text else (Run(stated("")),)
    return [Run("\n"), Run(f"{field.caption}: "), *words]
