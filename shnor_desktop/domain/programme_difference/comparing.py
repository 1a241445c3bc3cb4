"""Two versions of the programme laid beside each other: by section, then by goals, indicators, measures.

Paragraphs and rows are known again by their ids; a paragraph that was typed anew with the same words is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shnor_desktop.domain.programme_difference.content import (
    Part,
    PartRow,
    ProgrammeContent,
    TextParagraph,
    TextSection,
)
from shnor_desktop.domain.programme_difference.words import Piece, PieceKind, same_spaces, word_difference


class ChangeKind(StrEnum):
    """What became of a paragraph or a row."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class ParagraphChange:
    """A paragraph that is not as it was; `old` and `new` are whole texts, empty where there is none."""

    kind: ChangeKind
    id: str
    old: str
    new: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a row before and after."""

    caption: str
    old: str
    new: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that is not as it was; the fields of an added or a removed one are all it has."""

    kind: ChangeKind
    id: str
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class SectionChange:
    """A section whose text is not as it was."""

    code: str
    number: str
    title: str
    paragraphs: tuple[ParagraphChange, ...]


@dataclass(frozen=True, slots=True)
class PartChange:
    """Rows of one kind that are not as they were."""

    code: str
    title: str
    rows: tuple[RowChange, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeDifference:
    """Everything that two versions have otherwise."""

    sections: tuple[SectionChange, ...]
    parts: tuple[PartChange, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing differs."""
        return not self.sections and not self.parts

    @property
    def counts(self) -> dict[ChangeKind, int]:
        """How many paragraphs and rows were added, removed, changed, moved."""
        kinds = [one.kind for section in self.sections for one in section.paragraphs]
        kinds += [one.kind for part in self.parts for one in part.rows]
        return {kind: kinds.count(kind) for kind in ChangeKind}


def compare(old: ProgrammeContent, new: ProgrammeContent) -> ProgrammeDifference:
    """What the newer has otherwise than the older; sections and parts in the order of the newer."""
    before = {section.code: section for section in old.sections}
    after = {section.code: section for section in new.sections}
    sections = []
    for code in _codes(new.sections, old.sections):
        shown = after.get(code) or before[code]
        one, other = before.get(code), after.get(code)
        changes = _paragraphs(one.paragraphs if one else (), other.paragraphs if other else ())
        if changes:
            sections.append(SectionChange(code, shown.number, shown.title, changes))
    return ProgrammeDifference(tuple(sections), _parts(old, new))


def _codes(new: Iterable[TextSection | Part], old: Iterable[TextSection | Part]) -> list[str]:
    return list(dict.fromkeys([*(one.code for one in new), *(one.code for one in old)]))


def _paragraphs(old: Sequence[TextParagraph], new: Sequence[TextParagraph]) -> tuple[ParagraphChange, ...]:
    pairs = _known_again(old, new)
    stayed = _unmoved(pairs)
    old_place = {place: at for at, place in pairs.items()}
    found: list[ParagraphChange] = []
    gone = [at for at in range(len(old)) if at not in pairs]
    for at, paragraph in enumerate(new):
        was = old_place.get(at)
        if was is None:
            found.append(_added(paragraph))
            continue
        while gone and gone[0] < was:
            found.append(_removed(old[gone.pop(0)]))
        before = old[was]
        if same_spaces(before.text) != same_spaces(paragraph.text):
            pieces = word_difference(before.text, paragraph.text)
            found.append(ParagraphChange(ChangeKind.CHANGED, paragraph.id, before.text, paragraph.text, pieces))
        elif was not in stayed:
            same = (Piece(PieceKind.SAME, paragraph.text),)
            found.append(ParagraphChange(ChangeKind.MOVED, paragraph.id, before.text, paragraph.text, same))
    return (*found, *(_removed(old[at]) for at in gone))


def _known_again(old: Sequence[TextParagraph], new: Sequence[TextParagraph]) -> dict[int, int]:
    """Places of the old paragraphs that are there again, with their new places."""
    by_id = {one.id: at for at, one in enumerate(new)}
    pairs = {at: by_id[one.id] for at, one in enumerate(old) if one.id in by_id}
    taken = set(pairs.values())
    for at, one in enumerate(old):
        if at in pairs:
            continue
        same = next((place for place, other in enumerate(new) if place not in taken and other.text == one.text), None)
        if same is not None:
            pairs[at] = same
            taken.add(same)
    return pairs


def _unmoved(pairs: Mapping[int, int]) -> frozenset[int]:
    """The longest run of old places that stand in the same order in the new text: the rest were moved."""
    runs: list[tuple[int, ...]] = []
    for place in sorted(pairs):
        earlier = [run for run in runs if pairs[run[-1]] < pairs[place]]
        runs.append((*_longest(earlier), place))
    return frozenset(_longest(runs))


def _longest(runs: Sequence[tuple[int, ...]]) -> tuple[int, ...]:
    return max(runs, key=lambda run: len(run)) if runs else ()


def _added(paragraph: TextParagraph) -> ParagraphChange:
    pieces = (Piece(PieceKind.ADDED, paragraph.text),)
    return ParagraphChange(ChangeKind.ADDED, paragraph.id, "", paragraph.text, pieces)


def _removed(paragraph: TextParagraph) -> ParagraphChange:
    pieces = (Piece(PieceKind.REMOVED, paragraph.text),)
    return ParagraphChange(ChangeKind.REMOVED, paragraph.id, paragraph.text, "", pieces)


def _parts(old: ProgrammeContent, new: ProgrammeContent) -> tuple[PartChange, ...]:
    """A row that names another one is not changed by that one's new title."""
    renamed = _renamed(old, new)
    before = {part.code: part for part in old.parts}
    after = {part.code: part for part in new.parts}
    found = []
    for code in _codes(new.parts, old.parts):
        one, other = before.get(code), after.get(code)
        rows = _rows(one.rows if one else (), other.rows if other else (), renamed)
        if rows:
            found.append(PartChange(code, (after.get(code) or before[code]).title, rows))
    return tuple(found)


def _renamed(old: ProgrammeContent, new: ProgrammeContent) -> frozenset[tuple[str, str]]:
    titles = {row.id: row.title for part in old.parts for row in part.rows}
    after = [row for part in new.parts for row in part.rows]
    return frozenset((titles[row.id], row.title) for row in after if titles.get(row.id, row.title) != row.title)


def _rows(old: Sequence[PartRow], new: Sequence[PartRow], renamed: frozenset[tuple[str, str]]) -> tuple[RowChange, ...]:
    before = {row.id: row for row in old}
    found = []
    for row in new:
        was = before.pop(row.id, None)
        if was is None:
            found.append(RowChange(ChangeKind.ADDED, row.id, row.title, _fields((), row.fields)))
        elif fields := _fields(was.fields, row.fields, renamed - {(was.title, row.title)}):
            found.append(RowChange(ChangeKind.CHANGED, row.id, row.title, fields))
    removed = [RowChange(ChangeKind.REMOVED, row.id, row.title, _fields(row.fields, ())) for row in before.values()]
    return (*found, *removed)


def _fields(
    old: Sequence[tuple[str, str]],
    new: Sequence[tuple[str, str]],
    renamed: frozenset[tuple[str, str]] = frozenset(),
) -> tuple[FieldChange, ...]:
    before, after = dict(old), dict(new)
    found = []
    for caption in dict.fromkeys((*after, *before)):
        one, other = before.get(caption, ""), after.get(caption, "")
        if same_spaces(one) != same_spaces(other) and (one, other) not in renamed:
            found.append(FieldChange(caption, one, other, word_difference(one, other)))
    return tuple(found)
