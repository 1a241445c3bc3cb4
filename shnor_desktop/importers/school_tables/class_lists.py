"""The classes of a school with their pupils: a row a class, or a row a pupil, whose name is not kept."""

from __future__ import annotations

import re
from collections import Counter

from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.domain.results_dataset import GRADES
from shnor_desktop.importers.school_tables.cells import is_blank, is_error, plain, whole_of
from shnor_desktop.importers.school_tables.found import Asked, Doubt, FoundRecord, FoundValue, OwnSchool, Reading
from shnor_desktop.importers.school_tables.layouts import ListLayout

_NAME = re.compile(
    r"(?P<grade>\d{1,2})(?:-?[йя]\b)?\W{0,4}(?:класс)?\W{0,4}(?P<letter>[^\W\d_]{0,3}?\d?)\W{0,3}(?:класс\w*)?\W*"
)
_TOTALS = ("итог", "всего", "средн", "по школе", "начальн", "основн", "параллел")
_LATIN = str.maketrans("ABCEHKMOPTXY", "АВСЕНКМОРТХУ")
_MOST_PUPILS = 60


def read_classes(table: SourceTable, layout: ListLayout, own: OwnSchool, asked: Asked, file: str) -> Reading:
    """One record a class; names of pupils are counted and forgotten."""
    if layout.column("pupils") < 0 and layout.column("pupil") >= 0:
        return _by_pupils(table, layout)
    records: dict[tuple[int, str], FoundRecord] = {}
    skipped = 0
    doubts: list[Doubt] = []
    for row in range(layout.first, len(table.rows)):
        filled = [cell for cell in table.rows[row] if cell]
        if not filled or plain(filled[0]).startswith(_TOTALS):
            continue
        found = _class_of(table, layout, row)
        if found is None:
            skipped += 1
            continue
        if found in records:
            doubts.append(Doubt("class_twice", {"name": class_name(found), "row": table.numbers[row]}))
            continue
        records[found] = _record(table, layout, row, found)
    if skipped:
        doubts.append(Doubt("rows_skipped", {"count": skipped}))
    return Reading(tuple(records.values()), (), tuple(doubts))


def class_name(key: tuple[int, str]) -> str:
    """«5А»."""
    return f"{key[0]}{key[1]}"


def _class_of(table: SourceTable, layout: ListLayout, row: int) -> tuple[int, str] | None:
    """Grade and letter; None where they are not named."""
    named, grade, letter = (layout.column(name) for name in ("class_name", "grade", "letter"))
    typed = table.cell(row, letter).strip(" «»\"'.") if letter >= 0 else ""
    text = table.cell(row, named if named >= 0 else grade).strip()
    match = _NAME.fullmatch(text.replace("класса", "класс"))
    if match is None or int(match["grade"]) not in GRADES:
        return None
    own_letter = (typed or match["letter"]).upper().translate(_LATIN)
    return int(match["grade"]), "" if is_blank(own_letter) and own_letter != "Х" else own_letter[:4]


def _record(table: SourceTable, layout: ListLayout, row: int, key: tuple[int, str]) -> FoundRecord:
    at = layout.column("pupils")
    text = table.cell(row, at) if at >= 0 else ""
    place = f"{table.place}, строка {table.numbers[row]}"
    house = layout.column("building")
    return _class(key, place, _pupils(text), table.cell(row, house) if house >= 0 else "")


def _pupils(text: str) -> FoundValue | None:
    if is_error(text):
        return FoundValue(None, True, Doubt("formula_error", {"cell": text[:20], "count": 1}))
    if is_blank(text):
        return None
    count = whole_of(text)
    if count is None or not 0 <= count <= _MOST_PUPILS:
        return FoundValue(None, True, Doubt("pupils_unread", {"text": text[:40]}))
    return FoundValue(count)


def _class(key: tuple[int, str], place: str, pupils: FoundValue | None, building: str = "") -> FoundRecord:
    values = {"grade": FoundValue(key[0])}
    if key[1]:
        values["letter"] = FoundValue(key[1])
    if pupils is not None:
        values["pupils"] = pupils
    if building and not is_blank(building):
        values["building"] = FoundValue(building)
    return FoundRecord("school_class", f"{class_name(key)} класс", place, values)


def _by_pupils(table: SourceTable, layout: ListLayout) -> Reading:
    counts: Counter[tuple[int, str]] = Counter()
    at, skipped = layout.column("pupil"), 0
    for row in range(layout.first, len(table.rows)):
        found = _class_of(table, layout, row)
        if found is not None and table.cell(row, at):
            counts[found] += 1
        elif any(table.rows[row]):
            skipped += 1
    doubts = [Doubt("pupils_counted", {"count": counts.total()})] if counts else []
    doubts += [Doubt("rows_skipped", {"count": skipped})] if skipped else []
    records = [_class(key, table.place, _pupils(str(counts[key]))) for key in sorted(counts)]
    return Reading(tuple(records), (), tuple(doubts))
