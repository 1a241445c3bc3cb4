"""How the parts, fields and values of a methodology are named in Russian: one table of captions for all of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology_difference import name_field_of
from shnor_desktop.domain.methodology_difference.naming import title_field_of
from shnor_desktop.domain.metrics import METRICS
from shnor_desktop.domain.russian import number, short_date
from shnor_desktop.methodologies.findings import Finding, KeyPath
from shnor_desktop.services.pack_structure import Plain, row_at, split_place, table_of
from shnor_desktop.system.paths import resource
from shnor_desktop.system.wording import has_words, phrase

_LONGEST = 90


@cache
def captions() -> Mapping[str, Any]:
    """The table of captions."""
    found: dict[str, Any] = tomllib.loads(resource("i18n", "pack_captions.toml").read_text("utf-8"))
    return found


def groups() -> dict[str, list[str]]:
    """The parts of a pack as the editor groups them."""
    found: dict[str, list[str]] = captions()["groups"]
    return found


def table_caption(table: str) -> str:
    """The name of a table of the pack, by its id."""
    found: str = captions()["tables"].get(table, table)
    return found


def field_caption(cls: Any, field: str) -> str:
    """The name of a field of a dataclass; the name of the table for a list of items."""
    return _of_field("fields", cls, field) or table_caption(field)


def field_help(cls: Any, field: str) -> str:
    """A sentence of help to a field; empty where there is none."""
    return _of_field("help", cls, field)


def is_long(field: str) -> bool:
    """Whether the text of a field takes more than a line."""
    return field in captions()["long"]["names"]


def words_of_enum(cls: Any) -> tuple[tuple[str, str], ...]:
    """The words of a vocabulary: code and caption; the empty word is left out."""
    known: dict[str, str] = captions()["words"].get(cls.__name__, {})
    return tuple((str(word), known.get(str(word), str(word))) for word in cls if word)


def choices_of(cls: Any, field: str) -> tuple[tuple[str, str], ...]:
    """The words that a text may be, where there are such."""
    known: dict[str, str] = captions()["choices"].get(f"{cls.__name__}.{field}", {})
    return tuple(known.items())


def columns_of(table: str) -> list[str]:
    """The fields that a table shows in its columns, where that is said."""
    found: list[str] = captions()["columns"].get(table, [])
    return found


def _of_field(kind: str, cls: Any, field: str) -> str:
    known: dict[str, str] = captions()[kind]
    return known.get(f"{cls.__name__}.{field}") or known.get(field, "")


def cut(text: str, longest: int = _LONGEST) -> str:
    """A text short enough to name something by."""
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def value_words(pack: Pack, cls: Any, field: str, value: Any) -> str:
    """A value of a pack as a person reads it; codes of other items by their titles."""
    if value is None or value in ("", ()):
        return "пусто"
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, StrEnum):
        return dict(words_of_enum(type(value))).get(str(value), str(value))
    if isinstance(value, Decimal | int):
        return number(value)
    if isinstance(value, date):
        return short_date(value)
    if isinstance(value, tuple):
        return "; ".join(value_words(pack, cls, field, item) for item in value)
    if field == "metric" and value in METRICS:
        return METRICS[value].caption
    return cut(_title_in(pack, cls, field, str(value)) or dict(choices_of(cls, field)).get(value, str(value)), 240)


_LISTS = {
    "factor": "factors",
    "stage": "stages",
    "executors": "executors",
    "direction": "directions",
    "evidence": "evidence_kinds",
    "after": "measures",
    "section": "plan_sections",
    "lane": "lanes",
    "tasks": "programme_tasks",
    "next": "programme_states",
    "form": "forms",
}
"""Fields whose list of codes bears another name than the field."""


def _title_in(pack: Pack, cls: Any, field: str, code: str) -> str:
    if field == name_field_of(cls) and field != "question":
        return ""
    if field == "question":
        question = pack.question(code)
        return question.caption if question else ""
    return dict(pack.code_list(_LISTS.get(field, field))).get(code, "")


_PLAINLY = {
    "текст в кавычках": "текст",
    "true или false": "да или нет",
    "дата вида 2024-03-01": "дата",
    "список в квадратных скобках": "список",
    "таблица с полями": "запись с полями",
}
"""What a fault expects, without the signs of the files that packs are written in."""


def place_words(plain: Plain, path: KeyPath) -> str:
    """Where a fault stands: «Вопросы форм: «Доля педагогов…» — Пороги»."""
    row, field = split_place(path)
    table = table_of(row)
    item = row_at(plain, row) or {}
    title = str(item.get(title_field_of(table.cls)) or item.get(name_field_of(table.cls)) or "")
    words = table_caption(table.id)
    if row and isinstance(row[-1], int):
        words += f": «{cut(title)}»" if title else f", строка {row[-1] + 1}"
    return f"{words} — {field_caption(table.cls, field)}" if field else words


def fault_words(plain: Plain, finding: Finding) -> tuple[str, str]:
    """Where a fault stands and what is wrong, each in words."""
    code = f"pack_editing.fault.{finding.code.partition('.')[2]}"
    said = {name: _PLAINLY.get(str(value), value) for name, value in finding.params.items()}
    reason = phrase(code, **said) if has_words(code) else finding.code
    return place_words(plain, finding.path), reason
