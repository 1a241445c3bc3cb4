"""The rows of an entity read for a table and a form: cells, sort keys, choices of references, findings of the check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.findings import CheckCode
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckLine
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.widgets.table import Column, Row, RowState

_WIDTHS = {
    FieldKind.INTEGER: 9,
    FieldKind.DECIMAL: 9,
    FieldKind.DATE: 12,
    FieldKind.BOOLEAN: 8,
    FieldKind.CHOICE: 19,
    FieldKind.TEXT: 26,
    FieldKind.LONG_TEXT: 30,
    FieldKind.REFERENCE: 24,
    FieldKind.CHOICES: 24,
}


@dataclass(frozen=True, slots=True)
class RecordSpec:
    """How a page shows an entity; everything else comes from the metadata of its fields.

    `columns` are fields of the table (caption and width may be replaced in `titles` and `widths`), `first` the fields
    that are asked for when a row is begun (its natural key, or what names it), `fixed` values that every row of this
    page has (a parent), not asked for and not shown.
    """

    cls: type[Entity]
    columns: tuple[str, ...]
    add: str
    empty_title: str
    empty_text: str
    first: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    fixed: Mapping[str, WireValue] = field(default_factory=dict)
    begun_with: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)
    stretching: tuple[str, ...] = ()
    least: Mapping[str, float] = field(default_factory=dict)
    newest_first: str = ""
    row_lines: int = 1
    filled: Callable[[Workspace, Mapping[str, object]], Mapping[str, object]] | None = None
    """Adds to the first values of a row what the program knows already; runs on the writer's lane."""
    takes_files: bool = False
    """Whether files can be put beside a row: the strip of them stands under its form."""

    @property
    def log_name(self) -> str:
        """The entity's name in the log."""
        return self.cls.log_name

    def begin(self, workspace: Workspace, values: Mapping[str, object], school: str) -> Done:
        """Begin a row with what was typed and what the program knows already."""
        filled = self.filled(workspace, values) if self.filled is not None else values
        return records.begin(workspace, self.cls, filled, school)

    @property
    def asked_first(self) -> tuple[str, ...]:
        """What has to be known before a row is begun."""
        info = info_of(self.cls)
        return self.first or info.natural_key or (info.title_field,)

    def form_fields(self, fields: Mapping[str, FieldInfo]) -> list[FieldInfo]:
        """The fields of the form in the order of declaration."""
        names = self.fields or tuple(fields)
        return [fields[name] for name in names if name not in self.fixed]


@dataclass(frozen=True, slots=True)
class Problems:
    """Words of the check by row and field. `missing` are required fields that are empty: they are said when asked
    for, so that a form that is only begun is not a wall of errors."""

    errors: dict[str, dict[str, str]]
    warnings: dict[str, dict[str, str]]
    missing: dict[str, dict[str, str]]

    def shown_errors(self, row: str, marks_missing: bool) -> dict[str, str]:
        """What stands under the fields of a row in red."""
        missing = self.missing.get(row, {}) if marks_missing else {}
        return {**missing, **self.errors.get(row, {})}

    def first(self, part: str) -> tuple[str, str] | None:
        """The row and field of the first that is «missing», or has «errors» or «warnings»."""
        places = {"missing": self.missing, "warnings": self.warnings}.get(part, self.errors)
        for row, fields in places.items():
            for name in fields:
                return row, name
        return None


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One row: its wire values and its cells as shown."""

    id: str
    values: Mapping[str, WireValue]
    cells: tuple[str, ...]
    sort_keys: tuple[Any, ...]
    full: tuple[str, ...] = ()
    """The cells in full where a page shows them shortened."""


@dataclass(frozen=True, slots=True)
class RecordRows:
    """What a table with its form shows: the words of the check by row and field."""

    fields: Mapping[str, FieldInfo]
    rows: tuple[RecordRow, ...]
    options: Mapping[str, Options]
    problems: Problems
    origins: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Words under a field by row: where a value that nobody typed comes from."""

    def row(self, row_id: str) -> RecordRow | None:
        """A row by its id."""
        return next((row for row in self.rows if row.id == row_id), None)

    @property
    def errors(self) -> Mapping[str, Mapping[str, str]]:
        """All errors by row and field, the missing among them."""
        rows = {*self.problems.errors, *self.problems.missing}
        return {row: self.problems.shown_errors(row, marks_missing=True) for row in rows}

    @property
    def warnings(self) -> Mapping[str, Mapping[str, str]]:
        """Warnings by row and field."""
        return self.problems.warnings

    def table_rows(self) -> list[Row]:
        """The rows as the table takes them, with a sign before those that the check names."""
        return [Row(row.id, row.cells, row.sort_keys, self._state(row.id), full=row.full) for row in self.rows]

    def _state(self, row_id: str) -> RowState:
        if self.problems.errors.get(row_id):
            return RowState.ERROR
        is_open = self.problems.missing.get(row_id) or self.problems.warnings.get(row_id)
        return RowState.WARNING if is_open else RowState.NONE


def read_rows(workspace: Workspace, spec: RecordSpec, school: str, findings: Sequence[CheckLine] = ()) -> RecordRows:
    """Read an entity of a school; called off the interface thread."""
    fields = records.fields_of(workspace, spec.cls)
    references = {one.name: one.target for one in fields.values() if one.kind is FieldKind.REFERENCE}
    choices = {target: records.reference_choices(workspace, target, school) for target in set(references.values())}
    options = {name: choices[target] for name, target in references.items()}
    titles = {row: title for target in choices.values() for row, title in target}
    rows = [_row(spec, fields, item, titles) for item in records.rows(workspace, spec.cls, school)]
    rows = [row for row in rows if all(row.values.get(name) == value for name, value in spec.fixed.items())]
    if spec.newest_first:
        rows.sort(key=lambda row: str(row.values.get(spec.newest_first) or "9999"), reverse=True)
    else:
        rows.sort(key=lambda row: [(key is None, key) for key in row.sort_keys])
    return RecordRows(fields, tuple(rows), options, problems_of(findings, spec.log_name))


def problems_of(findings: Sequence[CheckLine], log_name: str) -> Problems:
    """The words of the check for an entity."""
    found = Problems({}, {}, {})
    for line in findings:
        if line.entity != log_name:
            continue
        words = f"{line.text} {line.do}".strip()
        if line.code == CheckCode.REQUIRED_EMPTY:
            place, words = found.missing, "Заполните это поле."
        else:
            place = found.errors if line.is_error else found.warnings
        place.setdefault(line.row, {}).setdefault(line.field, words)
    return found


def counted(lines: Sequence[CheckLine]) -> tuple[int, int]:
    """How many errors and warnings a page has; what is only missing is counted as not filled."""
    errors = sum(1 for line in lines if line.is_error and line.code != CheckCode.REQUIRED_EMPTY)
    return errors, sum(1 for line in lines if not line.is_error)


def columns_of(spec: RecordSpec, fields: Mapping[str, FieldInfo]) -> list[Column]:
    """The columns of the table; the stretching ones, else the first, take the room that is left."""
    made = []
    stretching = spec.stretching or spec.columns[:1]
    for name in spec.columns:
        one = fields[name]
        title = spec.titles.get(name, one.caption)
        width = spec.widths.get(name, _WIDTHS[one.kind])
        is_number = one.kind in (FieldKind.INTEGER, FieldKind.DECIMAL)
        least = spec.least.get(name, 0)
        made.append(Column(name, title, width, is_number, name in stretching, hint=one.caption, least=least))
    return made


def _row(spec: RecordSpec, fields: Mapping[str, FieldInfo], item: Entity, titles: Mapping[str, str]) -> RecordRow:
    values = records.wire_values(item)
    cells = tuple(records.shown(fields[name], values[name], titles) for name in spec.columns)
    keys = tuple(_sort_key(fields[name], values[name], cell) for name, cell in zip(spec.columns, cells, strict=True))
    return RecordRow(item.id, values, cells, keys)


def _sort_key(one: FieldInfo, value: WireValue, cell: str) -> Any:
    """A key of one type a column; None sorts last."""
    if value is None:
        return None
    if one.kind in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return Decimal(str(value))
    if one.kind is FieldKind.DATE:
        return str(value)
    return cell.casefold()
