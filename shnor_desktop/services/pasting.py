"""A block of cells pasted from a spreadsheet into a list of records: planned first, then written as one step.

The columns are named by a first line with captions, else they follow those of the table. A line belongs to the row
with the same natural key, or with the same title where only one has it; every other line begins a row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import EntityInfo, info_of
from shnor_desktop.services import records
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value, show_value
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.wording import explain, phrase

Block = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class PastedCell:
    """A value that a line brings, with what stands there now, both as shown."""

    field: str
    caption: str
    value: WireValue
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A line of the block that changes something."""

    row: str
    title: str
    is_new: bool
    cells: tuple[PastedCell, ...]


@dataclass(frozen=True, slots=True)
class PasteProblem:
    """A cell or line that is left out, and why; `line` counts from one."""

    line: int
    caption: str
    text: str


@dataclass(frozen=True, slots=True)
class PastePlan:
    """What a paste would do; nothing is written yet."""

    log_name: str
    rows: tuple[PastedRow, ...]
    problems: tuple[PasteProblem, ...]

    @property
    def cells(self) -> int:
        """How many cells change."""
        return sum(len(row.cells) for row in self.rows)

    @property
    def begun(self) -> int:
        """How many rows are begun."""
        return sum(1 for row in self.rows if row.is_new)


def plan_paste(
    workspace: Workspace,
    cls: type[Entity],
    block: Block,
    columns: Sequence[str],
    fixed: Mapping[str, WireValue] | None = None,
    school: str | None = None,
) -> PastePlan:
    """Read a block; `columns` are the fields of the table from the column where it was pasted, `fixed` its parent."""
    return _Planner(workspace, cls, fixed or {}, school).plan(block, columns)


def apply_paste(workspace: Workspace, plan: PastePlan, school: str | None = None) -> Done:
    """Write a plan as one step."""
    requests: list[ChangeRequest] = []
    for row in plan.rows:
        if row.is_new:
            requests.append(Restore(plan.log_name, row.row))
        requests += [Set(plan.log_name, row.row, cell.field, cell.value) for cell in row.cells]
    operation = f"вставлено из таблицы: {plural(len(plan.rows), 'строка', 'строки', 'строк')}"
    batch = workspace.write(requests, operation, school)
    first = plan.rows[0].row if plan.rows else ""
    return Done(operation, first, batch.name if batch else "")


class _Planner:
    """Knows the rows that are there and the words of references."""

    def __init__(
        self, workspace: Workspace, cls: type[Entity], fixed: Mapping[str, WireValue], school: str | None
    ) -> None:
        self._workspace = workspace
        self._fixed = fixed
        self._school = school
        self._info: EntityInfo = info_of(cls)
        self._fields = records.fields_of(workspace, cls)
        self._rows = {item.id: records.wire_values(item) for item in records.rows(workspace, cls, school)}
        self._titles: dict[str, list[str]] = {}
        for row, values in self._rows.items():
            if any(values.get(name) != value for name, value in fixed.items()):
                continue  # a row of another parent, or of another year, is another row though it has the same title
            self._titles.setdefault(_fold(values.get(self._info.title_field)), []).append(row)
        self._problems: list[PasteProblem] = []

    def plan(self, block: Block, columns: Sequence[str]) -> PastePlan:
        named = self._columns_of_heading(block[0]) if block else []
        names = named or list(columns)
        rows: dict[str, PastedRow] = {}
        for number, line in enumerate(block[1:] if named else block, 2 if named else 1):
            if any(cell.strip() for cell in line):
                row = self._row(number, line, names)
                if row is not None and row.cells:
                    rows[row.row] = row
        return PastePlan(self._info.log_name, tuple(rows.values()), tuple(self._problems))

    def _columns_of_heading(self, line: Sequence[str]) -> list[str]:
        """The fields that the first line names; empty unless it names most of its cells."""
        captions = {_fold(field.caption): name for name, field in self._fields.items()}
        found = [captions.get(_fold(cell), "") for cell in line]
        return found if sum(1 for name in found if name) * 2 > len([cell for cell in line if cell.strip()]) else []

    def _row(self, number: int, line: Sequence[str], names: Sequence[str]) -> PastedRow | None:
        values: dict[str, WireValue] = dict(self._fixed)
        for name, cell in zip(names, line, strict=False):
            if name and cell.strip():
                self._read(number, self._fields[name], cell, values)
        title = values.get(self._info.title_field)
        keys = self._info.natural_key or (self._info.title_field,)
        row = self._known_row(values, title)
        if row is None:
            lacking = [self._fields[key].caption for key in keys if self._fields[key].required and key not in values]
            if lacking:
                self._problems.append(PasteProblem(number, lacking[0], phrase("paste.key_absent")))
                return None
            row = records.row_id_for(self._workspace, self._info, values, self._school)
        stored = self._rows.get(row, {})
        cells = tuple(self._cell(name, value, stored) for name, value in values.items() if stored.get(name) != value)
        shown = show_value(self._fields[self._info.title_field], title or stored.get(self._info.title_field))
        return PastedRow(row, shown or self._info.caption, row not in self._rows, cells)

    def _known_row(self, values: Mapping[str, WireValue], title: WireValue) -> str | None:
        if self._info.natural_key and all(values.get(key) is not None for key in self._info.natural_key):
            row = records.row_id_for(self._workspace, self._info, values, self._school)
            if row in self._rows:
                return row
        same = self._titles.get(_fold(title), []) if title and self._info.title_field != "grade" else []
        return same[0] if len(same) == 1 else None

    def _read(self, number: int, field: FieldInfo, cell: str, values: dict[str, WireValue]) -> None:
        try:
            is_reference = field.kind is FieldKind.REFERENCE
            values[field.name] = self._reference(field, cell) if is_reference else parse_value(field, cell)
        except KnownError as error:
            self._problems.append(PasteProblem(number, field.caption, explain(error).what))

    def _reference(self, field: FieldInfo, cell: str) -> WireValue:
        choices = records.reference_choices(self._workspace, field.target, self._school)
        found = [row for row, title in choices if _fold(title) == _fold(cell)]
        if len(found) != 1:
            raise KnownError("paste.not_in_list", text=cell[:60], field=field.caption)
        return found[0]

    def _cell(self, name: str, value: WireValue, stored: Mapping[str, WireValue]) -> PastedCell:
        field = self._fields[name]
        return PastedCell(name, field.caption, value, show_value(field, stored.get(name)), show_value(field, value))


def _fold(value: object) -> str:
    return " ".join(str(value or "").casefold().replace("ё", "е").split())
