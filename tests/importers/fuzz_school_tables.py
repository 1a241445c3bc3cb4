"""Spoils tables of a school in every way a person or a disk may, and asks that each is read or refused in words.

python -m tests.importers.fuzz_school_tables --count 2000 --seed 1
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.importers.school_tables import (
    Asked,
    OwnSchool,
    TableKind,
    find_layout,
    layout_as,
    read_records,
    read_tables,
)
from shnor_desktop.importers.school_tables.own_rows import words_of
from tests.importers import school_tables as tables

MAKERS: dict[str, Callable[[], list[list[Any]]]] = {
    **tables.REPORTS, "exams": tables.exams, "staff": tables.staff, "classes": tables.classes,
}  # fmt: skip
OWN = OwnSchool("", words_of("МАОУ «Лесная СОШ» село Лесное"), 2024)
ODD: tuple[Any, ...] = (
    None, "", " ", "\u00a0", -5, 10**18, 1e308, -0.0, "1 234,5", "1\u00a0234,5", "12,5 %", "х", "-", "#ДЕЛ/0!", "#N/A",
    "=1/0", "=A1", "да", "Ё" * 200, "я" * 5_000, "2", "«2»", date(2024, 2, 1), date(1900, 1, 1), "01.02.24",
    "32.13.2024", "март 2023", "00.0000", "13.2099", "ВПР 9999 Физика 99 класс", "ВПР 2031 Физика 7 класс",
    "МБОУ СОШ № 7 (edu777)", "О’Генри - Лесная", "'\"«»", "\u202eабв", "99999999999999999999", "٣", "²", "Ⅳ", "1e5",
    "+7", "1.2.3.4", "5я", "0а", "12 лет 3 мес.", "Итого",
)  # fmt: skip
Rows = list[list[Any]]


def spoil_cells(rows: Rows, chance: random.Random) -> Rows:
    """Several changes of cells, rows and columns."""
    rows = [list(row) for row in rows]
    for _ in range(chance.randint(1, 8)):
        row = chance.choice(rows)
        at = chance.randrange(len(row)) if row else 0
        match chance.randrange(8):
            case 0 | 1 | 2 if row:
                row[at] = chance.choice(ODD)
            case 3:
                rows.insert(chance.randrange(len(rows) + 1), [chance.choice(ODD) for _ in range(chance.randint(0, 9))])
            case 4:
                rows.insert(chance.randrange(len(rows) + 1), list(chance.choice(rows)))
            case 5 if len(rows) > 1:
                rows.pop(chance.randrange(len(rows)))
            case 6:
                place = chance.randrange(6)
                for one in rows:
                    one.insert(min(place, len(one)), chance.choice(ODD))
            case _:
                chance.shuffle(row)
    return rows


def spoil_bytes(path: Path, chance: random.Random) -> None:
    """A few bytes of the file changed, or its end cut off."""
    data = bytearray(path.read_bytes())
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    for _ in range(chance.randint(1, 6)):
        if data:
            data[chance.randrange(len(data))] = chance.randrange(256)
    path.write_bytes(bytes(data))


def read_all(path: Path, chance: random.Random) -> str:
    """Read every table as it is recognised and as something that it is not; says what became of it."""
    try:
        found = read_tables(path)
        said = "unknown"
        for table in found:
            layout = find_layout(table)
            other = layout_as(table, chance.choice(list(TableKind)), chance.randrange(max(1, len(table.rows))))
            read_records(table, other, OWN, Asked("x", "oge", "math", 5, 2024), path.name)
            if layout is not None:
                said = layout.kind.value
                reading = read_records(table, layout, OWN, Asked(), path.name)
                assert reading.records or reading.questions or reading.doubts or len(table.rows) < 12, table
    except KnownError as error:
        return error.code
    return said


def one_round(folder: Path, chance: random.Random) -> str:
    """Make a table, spoil it, read it."""
    path = folder / "spoilt.xlsx"
    rows = MAKERS[chance.choice(list(MAKERS))]()
    way = chance.randrange(5)
    merged = ("A1:F1", "B3:D4") if chance.random() < 0.3 else ()
    if way == 0:
        path = folder / "spoilt.csv"
        lines = [";".join("" if cell is None else str(cell) for cell in row) for row in spoil_cells(rows, chance)]
        path.write_bytes("\r\n".join(lines).encode(chance.choice(("utf-8", "cp1251", "utf-16")), "replace"))
    else:
        tables.save(path, spoil_cells(rows, chance) if way < 4 else rows, merged=merged)
    if way in (0, 4) and chance.random() < 0.7:
        spoil_bytes(path, chance)
    return read_all(path, chance)


def run(count: int, seed: int) -> Counter[str]:
    """So many rounds; what became of the files, counted."""
    said: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for at in range(count):
            chance = random.Random(f"{seed}/{at}")
            try:
                said[one_round(Path(folder), chance)] += 1
            except Exception as error:
                raise AssertionError(f"round {at} of seed {seed}") from error
    return said


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    for code, times in run(args.count, args.seed).most_common():
        print(f"{times:6} {code}")


if __name__ == "__main__":
    main()
