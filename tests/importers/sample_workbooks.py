"""Result workbooks for the tests, made by the product's own writer and then spoilt."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl

from shnor_desktop.domain.results import PupilResult, ResultWorkbook, Task
from shnor_desktop.importers.f1_writer import f1_bytes

TASKS = (Task("1К1", 4, "Б"), Task("1К2", 3, "Б"), Task("9.1", 1, "П"), Task("9.2", 2, "П"))
HEADER_ROW = 8
FIRST_PUPIL_ROW = 9
CODE_COLUMN = 4


def workbook(count: int = 6) -> ResultWorkbook:
    """Russian language, grade 5; every mark and a pupil without one when there are six and more."""
    pattern = [
        ((4, 3, 1, 2), 5, 5),
        ((4, 2, 1, 1), 4, 5),
        ((2, 2, 0, 1), 3, 3),
        ((1, 0, 0, 0), 2, 4),
        ((None, None, None, None), None, 3),
        ((3, 3, 1, 1), 4, 3),
    ]
    rows = []
    for number in range(count):
        scores, mark, journal = pattern[number % len(pattern)]
        points = [score for score in scores if score is not None]
        total = sum(points) if points else None
        rows.append(PupilResult(str(50_001 + number), "5А" if number % 2 else "5Б", "1", scores, total, mark, journal))
    return ResultWorkbook(
        subject="Русский язык",
        subject_code="russian",
        grade=5,
        year=2024,
        date=date(2024, 3, 21),
        max_score=10,
        school_name="Учебная школа № 1",
        school_login="edu720001",
        declared_participants=count,
        tasks=TASKS,
        rows=tuple(rows),
    )


def save(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def edited(path: Path, edit: Callable[[Any], None], count: int = 6) -> Path:
    """The sample with its sheet changed through openpyxl."""
    book = openpyxl.load_workbook(BytesIO(f1_bytes(workbook(count))))
    edit(book.active)
    book.save(path)
    return path


SHEET_PART = "xl/worksheets/sheet1.xml"
SHARED_PART = "xl/sharedStrings.xml"
_INLINE = re.compile(rb't="inlineStr"><is><t(?: [^>]*)?>(.*?)</t></is>')


def parts() -> dict[str, bytes]:
    """The sample as the parts of its zip, with shared texts as Excel writes them (openpyxl writes them in place)."""
    with zipfile.ZipFile(BytesIO(f1_bytes(workbook()))) as source:
        found = {name: source.read(name) for name in source.namelist()}
    texts: list[bytes] = []

    def share(match: re.Match[bytes]) -> bytes:
        texts.append(match[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    found[SHEET_PART] = _INLINE.sub(share, found[SHEET_PART])
    items = b"".join(b"<si><t>%b</t></si>" % text for text in texts)
    found[SHARED_PART] = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + items + b"</sst>"
    return found


def with_parts(path: Path, change: Callable[[str, bytes], bytes | None], extra: dict[str, bytes] | None = None) -> Path:
    """The sample with the parts of its zip changed; None leaves a part out."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts().items():
            content = change(name, part)
            if content is not None:
                target.writestr(name, content)
        for name, content in (extra or {}).items():
            target.writestr(name, content)
    return path


def column(sheet: Any, heading: str) -> int:
    """The number of the column with this heading."""
    return next(cell.column for cell in sheet[HEADER_ROW] if cell.value == heading)
