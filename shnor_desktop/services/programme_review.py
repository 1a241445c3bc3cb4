"""What a centre reads of the programme's way: what changed since the last version that it had seen before."""

from __future__ import annotations

from collections.abc import Collection

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.programme_difference import (
    KIND_WORDS,
    ChangeKind,
    Piece,
    PieceKind,
    counts_in_words,
)
from shnor_desktop.models.programme import (
    AntiriskProgramme,
    Goal,
    Programme,
    ProgrammeParagraph,
    ProgrammeVersion,
    TargetIndicator,
)
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services.programme_content import ANTIRISK, GOALS, INDICATORS, MEASURES, PASSPORT
from shnor_desktop.services.programme_versions import NOW, Comparison, VersionLine, difference, versions
from shnor_desktop.services.workspace import Workspace

ChangedPlace = tuple[str, str, str, str]
"""(entity, row, caption, words)"""
_MOST = 200
_ENTITIES = {
    PASSPORT: Programme.log_name,
    GOALS: Goal.log_name,
    INDICATORS: TargetIndicator.log_name,
    ANTIRISK: AntiriskProgramme.log_name,
    MEASURES: Measure.log_name,
}
"""Where a remark on a row of a part is left; stamps have no rows of their own in most schools."""


def seen_before(lines: Collection[VersionLine], touched: Collection[tuple[str, str]]) -> VersionLine | None:
    """The newest version that an earlier package had brought; None with the first package."""
    if not touched:
        return None
    return next((one for one in lines if (ProgrammeVersion.log_name, one.id) not in touched and one.is_at_hand), None)


def changed_places(workspace: Workspace, school: str, touched: Collection[tuple[str, str]]) -> tuple[ChangedPlace, ...]:
    """One line for each paragraph and row that differs, the first telling which versions are compared."""
    before = seen_before(versions(workspace, school), touched)
    if before is None:
        return ()
    try:
        found = difference(workspace, before.id, NOW, school)
    except KnownError:
        return ()
    if found.difference.is_empty:
        return ()
    head = (ProgrammeVersion.log_name, before.id, f"С прошлого пакета: {found.old}", counts_in_words(found.difference))
    return (head, *_lines(found, before.id))[:_MOST]


def _lines(found: Comparison, version: str) -> list[ChangedPlace]:
    name = ProgrammeParagraph.log_name
    lines = [
        (name, one.id, f"{section.title}: {KIND_WORDS[one.kind].lower()}", marked(one.pieces))
        for section in found.difference.sections
        for one in section.paragraphs
    ]
    for part in found.difference.parts:
        for row in part.rows:
            fields = row.fields if row.kind is not ChangeKind.REMOVED else ()
            words = "\n".join(f"{one.caption}: {marked(one.pieces)}" for one in fields)
            place = (_ENTITIES[part.code], row.id) if part.code in _ENTITIES else (ProgrammeVersion.log_name, version)
            lines.append((*place, f"{KIND_WORDS[row.kind]}: {row.title}", words))
    return lines


def marked(pieces: Collection[Piece]) -> str:
    """Plain text in which what came and what went is told by words: a list of cards has no colours."""
    signs = {PieceKind.ADDED: ("[+", "+]"), PieceKind.REMOVED: ("[−", "−]")}
    parts = []
    for piece in pieces:
        opening, closing = signs.get(piece.kind, ("", ""))
        parts.append(f"{opening}{piece.text}{closing}")
    return "".join(parts)
