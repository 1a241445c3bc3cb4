"""The staff list out of an export: names in one column or three, posts and subjects in words, courses as they come."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.importers.school_tables import staff_words as words
from shnor_desktop.importers.school_tables.cells import is_blank, is_error, number_of, plain
from shnor_desktop.importers.school_tables.found import Asked, Doubt, FoundRecord, FoundValue, OwnSchool, Reading
from shnor_desktop.importers.school_tables.layouts import ListLayout

MAX_PEOPLE = 1_000
_NO_PERSON = re.compile(
    r"ваканс|^итого|^всего|^средн|^фио\b|^ф\W?и\W?о|^фамилия|педагогическ|^администрац|^учителя|^ответств"
)
_NAME = re.compile(r"[^\W\d_]")
_INITIALS = re.compile(r"\b[^\W\d_]\.|\s[^\W\d_]\b")
_APOSTROPHES = str.maketrans("’ʼ‘`´ʹ", "''''''")


def read_staff(table: SourceTable, layout: ListLayout, own: OwnSchool, asked: Asked, file: str) -> Reading:
    """One record a person; a person named twice is joined with the first row where they agree."""
    records: list[FoundRecord] = []
    doubts: list[Doubt] = []
    known: dict[str, int] = {}
    skipped = 0
    for row in _rows(table, layout):
        name = _name(table, layout, row)
        if not name or _NO_PERSON.search(plain(name)) or not _NAME.search(name):
            skipped += 1
            continue
        record = _person(table, layout, row, name, own.year)
        key = same_name(name)
        twin = known.get(key)
        if twin is not None and _is_same(records[twin], record):
            doubt = Doubt("person_twice", {"name": name[:80], "row": table.numbers[row]})
            records[twin] = _joined(records[twin], record, doubt)
            continue
        known[key] = len(records)
        records.append(record)
        if len(records) > MAX_PEOPLE:
            raise KnownError("table.too_many_people", file=file, limit=MAX_PEOPLE)
    if skipped:
        doubts.append(Doubt("rows_skipped", {"count": skipped}))
    return Reading(tuple(records), (), tuple(doubts))


def same_name(name: str) -> str:
    """A name in the form in which people are compared: ё as е, one hyphen, one apostrophe, single spaces."""
    text = plain(name.translate(_APOSTROPHES)).replace("'", "")
    return " ".join(re.sub(r"\s*-\s*", "-", text).replace(".", ". ").split())


def with_initials(name: str) -> str:
    """«Иванова А. П.» of a full name or of itself, folded; empty for one word."""
    surname, *others = same_name(name).split()
    letters = [part[0] for part in others[:2]]
    return f"{surname} {' '.join(letters)}" if letters else ""


def has_initials(name: str) -> bool:
    """Whether a name is written with initials."""
    others = same_name(name).split()[1:]
    return bool(others) and all(len(part.strip(".")) == 1 for part in others)


def _rows(table: SourceTable, layout: ListLayout) -> Iterator[int]:
    """Rows with words; a repeated heading and a row of numbers under it are passed over."""
    heading = [plain(table.cell(layout.header, at)) for at in range(table.width)] if layout.header >= 0 else []
    for row in range(layout.first, len(table.rows)):
        cells = [cell for cell in table.rows[row] if cell]
        if not cells or [plain(cell) for cell in table.rows[row]] == heading[: len(table.rows[row])]:
            continue
        if len(cells) > 2 and all(number_of(cell) is not None for cell in cells):
            continue
        yield row


def _name(table: SourceTable, layout: ListLayout, row: int) -> str:
    def cell(meaning: str) -> str:
        at = layout.column(meaning)
        return " ".join(table.cell(row, at).split()) if at >= 0 else ""

    whole = cell("full_name")
    parts = [cell("surname"), cell("name"), cell("patronymic")]
    name = whole or " ".join(part for part in parts if part and not is_blank(part))
    name = re.sub(r"^\d{1,4}[.)]?\s+", "", name)
    return "" if is_error(name) else name.title() if name.isupper() and len(name) > 4 else name


def _person(table: SourceTable, layout: ListLayout, row: int, name: str, today: int) -> FoundRecord:
    def cell(meaning: str) -> str:
        at = layout.column(meaning)
        text = table.cell(row, at) if at >= 0 else ""
        return "" if is_error(text) else text

    values: dict[str, FoundValue | None] = {"full_name": FoundValue(name)}
    position = cell("position")
    if not is_blank(position):
        values["position"] = words.position_of(position)
    values["subjects"] = words.subjects_of(cell("subjects"))
    if values["subjects"] is None and (taught := words.subjects_in_position(position)):
        values["subjects"] = FoundValue(sorted(set(taught)))
    values["category"] = words.category_of(cell("category"))
    values["birth_year"] = words.birth_year_of(cell("birth"))
    values["education"] = words.education_of(cell("education"))
    values["experience"] = words.experience_of(cell("experience") or cell("any_experience"))
    values["last_training"] = words.training_day_of(cell("last_training"), today)
    hours = words.hours_of(cell("training_hours")) if cell("training_hours") else _hours_beside(cell("last_training"))
    values["training_hours"] = FoundValue(hours) if hours is not None else None
    at = layout.column("workload")
    is_rate = at >= 0 and "став" in plain(layout.headings[at])
    values["workload"] = words.workload_of(cell("workload"), is_rate=is_rate)
    for field, yes in (("is_external", "внешн"), ("retired", "пенси")):
        flag = words.yes_or_no(cell(field), yes)
        values[field] = FoundValue(flag) if flag is not None else None
    errors = [text for text in table.rows[row] if is_error(text)]
    doubts = [Doubt("formula_error", {"cell": errors[0][:20], "count": len(errors)})] if errors else []
    if _INITIALS.search(name) and has_initials(name):
        doubts.append(Doubt("initials"))
    elif len(name.split()) == 1:
        doubts.append(Doubt("one_word"))
    filled = {field: value for field, value in values.items() if value is not None}
    place = f"{table.place}, строка {table.numbers[row]}"
    return FoundRecord("staff_member", name, place, filled, tuple(doubts))


def _hours_beside(text: str) -> int | None:
    return words.hours_of(text) if "ч" in plain(text) else None


def _is_same(one: FoundRecord, other: FoundRecord) -> bool:
    years = {one.value("birth_year"), other.value("birth_year")} - {None}
    return len(years) < 2


def _joined(first: FoundRecord, second: FoundRecord, doubt: Doubt) -> FoundRecord:
    """The first row, with what only the second one says; subjects of both."""
    values = {**second.values, **{name: value for name, value in first.values.items() if value.value is not None}}
    one, other = first.value("subjects"), second.value("subjects")
    if isinstance(one, list) and isinstance(other, list):
        values["subjects"] = FoundValue(sorted({*one, *other}))
    return FoundRecord(first.entity, first.title, first.place, values, (*first.doubts, doubt), first.stops)
