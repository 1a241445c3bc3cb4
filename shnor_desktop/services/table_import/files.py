"""A file with its tables, how each is read, and what a person answered about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.importers.f1_layout import REQUIRED, column_of, is_individual_results
from shnor_desktop.importers.school_tables import (
    Asked,
    ListLayout,
    TableKind,
    find_layout,
    layout_as,
    meanings_of,
    read_tables,
)
from shnor_desktop.system.plan_layouts import KeptLayout, keep_layouts, load_layouts

_SEARCHED = 60


@dataclass(frozen=True, slots=True)
class TableFile:
    """The tables of a file with their layouts; a table of no known kind has none. `is_f1`: the reader of «Ф1» reads it.

    Only tables of one subject matter are taken at once: results, or people, or classes.
    """

    path: Path
    tables: tuple[SourceTable, ...]
    layouts: tuple[ListLayout | None, ...]
    asked: Mapping[int, Asked] = field(default_factory=dict)
    is_f1: bool = False
    is_remembered: bool = False

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.name

    @property
    def is_recognised(self) -> bool:
        """Whether any table is of a known kind."""
        return self.is_f1 or any(layout is not None for layout in self.layouts)


def read_table_file(path: Path, expected: Sequence[TableKind] = ()) -> TableFile:
    """Read a file with the layouts that were mended before; `expected` kinds are preferred where several fit.

    KnownError results.* or table.* says why it cannot be read.
    """
    tables = read_tables(path)
    if any(_is_f1(table) for table in tables):
        return TableFile(path, tables, (None,) * len(tables), is_f1=True)
    found = tuple(find_layout(table, expected) for table in tables)
    kept = load_layouts()
    layouts = tuple(_as_kept(table, layout, kept) for table, layout in zip(tables, found, strict=True))
    return TableFile(path, tables, layouts, is_remembered=layouts != found)


def read_again(file: TableFile, layouts: Sequence[ListLayout | None]) -> TableFile:
    """The same tables under other layouts."""
    return replace(file, layouts=tuple(layouts))


def with_layout(file: TableFile, at: int, kind: TableKind | None, header: int | None = None) -> TableFile:
    """One table read as another kind, or from another row; None leaves it out."""
    layouts = list(file.layouts)
    layouts[at] = None if kind is None else layout_as(file.tables[at], kind, header)
    return read_again(file, layouts)


def with_answers(file: TableFile, answers: Mapping[int, Asked]) -> TableFile:
    """The same file with what a person answered, by the place of the table."""
    return replace(file, asked={**file.asked, **answers})


def remember_layouts(file: TableFile) -> None:
    """Keep what a person changed in the columns, for the next file with these headings."""
    changed = {}
    for table, layout in zip(file.tables, file.layouts, strict=True):
        if layout is not None and layout.signature and _differs(table, layout):
            changed[layout.signature] = KeptLayout((layout.kind.value, *layout.meanings), min(layout.height, 99))
    if changed:
        keep_layouts(changed)


def require_recognised(file: TableFile) -> TableFile:
    """Refuse a file of which nothing is known."""
    if not file.is_recognised:
        raise KnownError("table.not_recognised", file=file.name)
    return file


def _differs(table: SourceTable, layout: ListLayout) -> bool:
    found = find_layout(table)
    return found is None or (found.kind, found.meanings) != (layout.kind, layout.meanings)


def _as_kept(table: SourceTable, layout: ListLayout | None, kept: Mapping[str, KeptLayout]) -> ListLayout | None:
    """The layout that a person gave to a table with these headings."""
    for known in [layout] if layout is not None else _bare(table):
        mended = kept.get(known.signature) if known.signature else None
        if mended is None or len(mended.kinds) != len(known.meanings) + 1:
            continue
        name, *meanings = mended.kinds
        if name not in {kind.value for kind in TableKind}:
            continue
        kind = TableKind(name)
        if set(meanings) <= set(meanings_of(kind)):
            return replace(known, kind=kind, meanings=tuple(meanings), score=max(known.score, 1.0))
    return layout


def _bare(table: SourceTable) -> list[ListLayout]:
    """A table that nothing is known of, under each of its first rows as its heading."""
    rows = [at for at, row in enumerate(table.rows[:15]) if sum(1 for cell in row if cell) > 1]
    return [layout_as(table, TableKind.STAFF, at) for at in rows]


def _is_f1(table: SourceTable) -> bool:
    if is_individual_results(table.place):
        return True
    headings = ({column_of(cell) for cell in row} for row in table.rows[:_SEARCHED])
    return any(len(found.intersection(REQUIRED)) >= 3 for found in headings)
