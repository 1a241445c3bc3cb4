"""The tables of a methodology as the editor shows them: fields, choices and values derived from the dataclasses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Any

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology_difference.naming import name_field_of, title_field_of
from shnor_desktop.domain.metrics import METRICS
from shnor_desktop.domain.russian import number
from shnor_desktop.methodologies.findings import Finding, KeyPath
from shnor_desktop.methodologies.rules import REFERENCES
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.services import pack_words
from shnor_desktop.services.pack_structure import (
    FieldForm,
    Plain,
    Shape,
    TableForm,
    forms_of,
    place_text,
    row_at,
    rows_of,
    split_place,
    table_of,
    tables,
)
from shnor_desktop.services.values import parse_value, show_value

QUESTIONS = "forms.blocks.questions"
_MORE_REFERENCES = (
    ("factors.indicators", "question", (QUESTIONS,)),
    ("programme_states", "by", ("lanes", "roles")),
)
_KINDS = {
    Shape.INTEGER: FieldKind.INTEGER,
    Shape.NUMBER: FieldKind.DECIMAL,
    Shape.DATE: FieldKind.DATE,
    Shape.FLAG: FieldKind.BOOLEAN,
    Shape.WORD: FieldKind.CHOICE,
    Shape.TEXTS: FieldKind.LONG_TEXT,
    Shape.NUMBERS: FieldKind.TEXT,
}
_SMALLEST = Decimal(-(10**9) + 1)
_COLUMNS = 3
_LONGEST_BOX, _LONGEST_LINE = 46, 120
Options = Mapping[str, tuple[tuple[str, str], ...]]


@cache
def references() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Which field of which table names rows of which other tables."""
    found = {(part, name): (target,) for part, name, target in REFERENCES}
    return {**found, **{(part, name): targets for part, name, targets in _MORE_REFERENCES}}


@dataclass(frozen=True, slots=True)
class PackRow:
    """A row of a table: its place as an id, what it stands in, its values as a form takes them, its faults."""

    id: str
    place: KeyPath
    around: str
    title: str
    values: Mapping[str, object]
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PackTable:
    """A table with everything that is shown of it."""

    form: TableForm
    fields: Mapping[str, FieldInfo]
    rows: tuple[PackRow, ...]
    options: Options
    columns: tuple[str, ...]

    @property
    def title(self) -> str:
        """Its name."""
        return pack_words.table_caption(self.form.id)

    def row(self, row_id: str) -> PackRow | None:
        """The row of an id."""
        return next((one for one in self.rows if one.id == row_id), None)

    def cell(self, row: PackRow, name: str) -> str:
        """The words of a cell; what refers to another row is shown by the name of that row."""
        info, value = self.fields[name], row.values.get(name)
        if info.kind is FieldKind.REFERENCE and isinstance(value, str):
            return dict(self.options.get(name, ())).get(value, value)
        return show_value(replace(info, choices=self.options.get(name, info.choices)), value)


def read_table(plain: Plain, table_id: str, findings: Sequence[Finding] = ()) -> PackTable:
    """A table of plain data, with the faults of each row under its fields."""
    form = tables()[table_id]
    fields = fields_of(form)
    faults = faults_by_row(plain, findings)
    options = _options(plain, form)
    titles = _words_of_names(form, options)
    rows = tuple(
        PackRow(
            place_text(place),
            place,
            _around(plain, place),
            titles.get(title_of(form, row)) or title_of(form, row),
            values_of(form, row),
            faults.get(place_text(place), {}),
        )
        for place, row in rows_of(plain, form)
    )
    return PackTable(form, fields, rows, options, _columns(form))


def _words_of_names(form: TableForm, options: Options) -> dict[str, str]:
    """The words for rows that are named by the code of another row, or by a word of a list."""
    name = name_field_of(form.cls)
    return dict(options.get(name) or fields_of(form)[name].choices) if name in fields_of(form) else {}


@cache
def fields_of(table: TableForm) -> Mapping[str, FieldInfo]:
    """The fields of a table, without choices that stand in other tables."""
    own = table.own_fields()
    last = name_field_of(table.cls) if table.path and (table.id, name_field_of(table.cls)) not in references() else ""
    ordered = [*(one for one in own if one.name != last), *(one for one in own if one.name == last)]
    return {one.name: _field(table, one) for one in ordered}


def _field(table: TableForm, form: FieldForm) -> FieldInfo:
    is_reference = (table.id, form.name) in references() or form.name == "metric"
    caption = pack_words.field_caption(table.cls, form.name)
    info = FieldInfo(
        form.name,
        _KINDS.get(form.shape, FieldKind.TEXT),
        caption,
        pack_words.field_help(table.cls, form.name),
        required=form.is_obligatory,
        minimum=_SMALLEST if form.shape in (Shape.NUMBER, Shape.INTEGER) else None,
        max_length=20_000 if form.shape is Shape.TEXTS else 1000,
    )
    if is_reference:
        return replace(info, kind=FieldKind.CHOICES if form.shape is Shape.TEXTS else FieldKind.REFERENCE)
    if form.shape is Shape.WORD:
        return replace(info, choices=pack_words.words_of_enum(form.inner))
    words = pack_words.choices_of(table.cls, form.name)
    if words:
        return replace(info, kind=FieldKind.CHOICE, choices=words)
    if form.shape is Shape.TEXT and pack_words.is_long(form.name):
        return replace(info, kind=FieldKind.LONG_TEXT, max_length=20_000)
    return info


def _options(plain: Plain, table: TableForm) -> Options:
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for name in fields_of(table):
        if name == "metric":
            found[name] = tuple(sorted(((one.name, one.caption) for one in METRICS.values()), key=lambda one: one[1]))
        targets = references().get((table.id, name), ())
        if targets:
            longest = _LONGEST_BOX if fields_of(table)[name].kind is FieldKind.CHOICES else _LONGEST_LINE
            found[name] = tuple(
                (code, pack_words.cut(title, longest))
                for target in targets
                for code, title in _named_rows(plain, target)
            )
    return found


def _named_rows(plain: Plain, table_id: str) -> list[tuple[str, str]]:
    table = tables()[table_id]
    name = name_field_of(table.cls)
    return [(str(row.get(name, "")), title_of(table, row)) for _, row in rows_of(plain, table) if row.get(name)]


def title_of(table: TableForm, row: Plain) -> str:
    """What a person calls a row: its number and title, else its code."""
    name = str(row.get(title_field_of(table.cls)) or row.get(name_field_of(table.cls)) or "")
    if name_field_of(table.cls) == "question":
        return name
    before = row.get("number")
    return pack_words.cut(f"{before} {name}".strip() if isinstance(before, str) and before else name, 140)


def _around(plain: Plain, place: KeyPath) -> str:
    if len(place) <= 2:
        return ""
    outer = place[:-2] if isinstance(place[-1], int) else place[:-1]
    row = row_at(plain, outer)
    return title_of(table_of(outer), row) if row is not None else ""


def values_of(table: TableForm, row: Plain) -> dict[str, object]:
    """The values of a row as a form takes them; what is left out is shown as its default."""
    found: dict[str, object] = {}
    for form in table.own_fields():
        value = row.get(form.name, _plain_default(form))
        if form.shape is Shape.NUMBERS and isinstance(value, list):
            value = "; ".join(_shown_number(one) for one in value)
        elif form.shape is Shape.TEXTS and isinstance(value, list) and (table.id, form.name) not in references():
            value = "\n".join(str(one) for one in value)
        found[form.name] = value if value not in ("", []) else None
    return found


def _plain_default(form: FieldForm) -> Any:
    default = form.default
    if isinstance(default, tuple):
        return [str(one) for one in default]
    if isinstance(default, Decimal):
        return format(default, "f")
    return str(default) if form.shape is Shape.WORD and default is not None else default


def _shown_number(text: object) -> str:
    try:
        return number(Decimal(str(text)))
    except ArithmeticError:
        return str(text)


def typed_value(table: TableForm, name: str, typed: object, row: Plain) -> Any:
    """The plain value of what was typed or chosen; None leaves the field out.

    KnownError value.*, pack_editing.not_numbers, .not_a_code: what was there stays.
    """
    form = forms_of(table.cls)[name]
    value = parse_value(fields_of(table)[name], typed)
    if form.shape is Shape.NUMBERS:
        return _numbers(str(value)) if value is not None else []
    if form.shape is Shape.TEXTS:
        return _texts(value, row.get(name, []))
    if value is None:
        return "" if form.shape is Shape.TEXT and form.is_obligatory else None
    if name == name_field_of(table.cls) and (table.id, name) not in references():
        _require_code(str(value))
    return value


def _texts(value: object, old: list[str]) -> list[str]:
    if isinstance(value, list):  # chosen from a list: what was there keeps its order, the first may mean something
        return [one for one in old if one in value] + [str(one) for one in value if one not in old]
    return [line.strip() for line in str(value or "").split("\n") if line.strip()]


def _numbers(text: str) -> list[str]:
    found = []
    for part in text.replace("|", ";").split(";"):
        if part.strip():
            try:
                found.append(parse_value(FieldInfo("number", FieldKind.DECIMAL, "", minimum=_SMALLEST), part.strip()))
            except KnownError:
                raise KnownError("pack_editing.not_numbers", text=text[:60]) from None
    return [str(one) for one in found]


def _require_code(text: str) -> None:
    allowed = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    if not text[:1].isalnum() or not set(text) <= allowed or len(text) > 80:
        raise KnownError("pack_editing.not_a_code", text=text[:60])


def faults_by_row(plain: Plain, findings: Sequence[Finding]) -> dict[str, dict[str, str]]:
    """The words of every fault, by the id of its row and its field; an empty field means the row."""
    found: dict[str, dict[str, str]] = {}
    for finding in findings:
        place, name = split_place(finding.path)
        _, reason = pack_words.fault_words(plain, finding)
        words = reason[:1].upper() + reason[1:]
        found.setdefault(place_text(place), {}).setdefault(name, words)
    return found


def _columns(table: TableForm) -> tuple[str, ...]:
    """The fields that the table shows: what names a row first, then what differs most at a glance."""
    own = {one.name: one for one in table.own_fields()}
    chosen = [name for name in pack_words.columns_of(table.id) if name in own]
    if chosen:
        return tuple(chosen)
    named = title_field_of(table.cls) or name_field_of(table.cls)
    first = [name for name in ("number", named) if name in own]
    glance = (Shape.WORD, Shape.NUMBERS, Shape.DATE, Shape.NUMBER, Shape.INTEGER)
    others = [one.name for one in own.values() if one.shape in glance or (table.id, one.name) in references()]
    return tuple(dict.fromkeys([*first, *others]))[:_COLUMNS]
