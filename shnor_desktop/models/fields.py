"""What is known about a field beside its column: caption, help, unit, choices, who may write it.

The form, the validation, the spreadsheet column, the package member and the history line of a field all come
from its `FieldInfo`; adding a field to an entity is one line in its class and a migration.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Integer, String, Text
from sqlalchemy.orm import MappedColumn, mapped_column
from sqlalchemy.types import JSON, TypeDecorator

from shnor_desktop.domain.canonical import decimal_text, parse_decimal
from shnor_desktop.domain.roles import WriterRole

SCHOOL = frozenset({WriterRole.SCHOOL})
REVIEWERS = frozenset({WriterRole.METHODIST, WriterRole.MUNICIPAL})
CENTRE = frozenset({WriterRole.MUNICIPAL})
EVERYONE = frozenset({WriterRole.SCHOOL, WriterRole.METHODIST, WriterRole.MUNICIPAL})


class FieldKind(StrEnum):
    """How a value is typed, shown and checked."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    CHOICE = "choice"
    CHOICES = "choices"
    REFERENCE = "reference"


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field of an entity as every layer sees it; `is_code` takes Latin letters, digits, dots and hyphens only."""

    name: str
    kind: FieldKind
    caption: str
    help: str = ""
    unit: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    code_list: str = ""
    personal: bool = False
    writers: frozenset[WriterRole] = SCHOOL
    required: bool = False
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    max_length: int = 1000
    is_code: bool = False
    target: str = ""
    group: str = ""

    def choice_caption(self, code: str) -> str:
        """The words of a choice; an unknown code is shown verbatim."""
        return dict(self.choices).get(code, code)


class DecimalText(TypeDecorator[Decimal]):
    """A decimal kept as its canonical text, so that no store rounds it."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Any) -> str | None:
        return None if value is None else decimal_text(value)

    def process_result_value(self, value: str | None, dialect: Any) -> Decimal | None:
        return None if value is None else parse_decimal(value)


_COLUMN_TYPES: dict[FieldKind, Any] = {
    FieldKind.TEXT: Text(),
    FieldKind.LONG_TEXT: Text(),
    FieldKind.INTEGER: Integer(),
    FieldKind.DECIMAL: DecimalText(),
    FieldKind.BOOLEAN: Boolean(create_constraint=False),
    FieldKind.DATE: String(10),
    FieldKind.CHOICE: Text(),
    FieldKind.CHOICES: JSON(none_as_null=True),
    FieldKind.REFERENCE: Text(),
}


def _field(kind: FieldKind, caption: str, help_: str, **details: Any) -> MappedColumn[Any]:
    for bound in ("minimum", "maximum"):
        if details.get(bound) is not None:
            details[bound] = Decimal(str(details[bound]))
    info = FieldInfo(name="", kind=kind, caption=caption, help=help_, **details)
    return mapped_column(_COLUMN_TYPES[kind], nullable=True, info={"field": info})


def text(caption: str, help: str = "", **details: Any) -> MappedColumn[Any]:
    """A line of text."""
    return _field(FieldKind.TEXT, caption, help, **details)


def long_text(caption: str, help: str = "", *, max_length: int = 20_000, **details: Any) -> MappedColumn[Any]:
    """A paragraph or more."""
    return _field(FieldKind.LONG_TEXT, caption, help, max_length=max_length, **details)


def integer(caption: str, help: str = "", *, minimum: int | None = 0, **details: Any) -> MappedColumn[Any]:
    """A whole number, not negative unless said."""
    return _field(FieldKind.INTEGER, caption, help, minimum=minimum, **details)


def decimal(caption: str, help: str = "", *, minimum: int | None = 0, **details: Any) -> MappedColumn[Any]:
    """A decimal number, not negative unless said."""
    return _field(FieldKind.DECIMAL, caption, help, minimum=minimum, **details)


def boolean(caption: str, help: str = "", **details: Any) -> MappedColumn[Any]:
    """Yes or no (or not answered yet)."""
    return _field(FieldKind.BOOLEAN, caption, help, **details)


def date(caption: str, help: str = "", **details: Any) -> MappedColumn[Any]:
    """A calendar day, ISO text in the store («2024-03-01»)."""
    return _field(FieldKind.DATE, caption, help, **details)


def choice(
    caption: str, choices: tuple[tuple[str, str], ...] = (), help: str = "", **details: Any
) -> MappedColumn[Any]:
    """One of a list; an unknown code is kept verbatim and shown."""
    return _field(FieldKind.CHOICE, caption, help, choices=choices, **details)


def choices(
    caption: str, choices: tuple[tuple[str, str], ...] = (), help: str = "", **details: Any
) -> MappedColumn[Any]:
    """Several of a list."""
    return _field(FieldKind.CHOICES, caption, help, choices=choices, **details)


def reference(caption: str, target: str, help: str = "", **details: Any) -> MappedColumn[Any]:
    """The id of a row of another entity (its log name is `target`)."""
    return _field(FieldKind.REFERENCE, caption, help, target=target, **details)
