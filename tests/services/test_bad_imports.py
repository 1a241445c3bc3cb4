"""Every kind of import with every kind of bad file: refused in words or taken rightly, and undone without a trace."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.importers.f1_writer import f1_bytes
from shnor_desktop.models.results import ResultGroup, ResultScore, ResultSheet, ResultTask
from shnor_desktop.models.school import SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.services.table_import import apply_plan, default_choice, plan_import, read_table_file
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.wording import explain, has_words
from tests.clock import FixedClock
from tests.importers import sample_workbooks
from tests.importers import school_tables as tables
from tests.services.school import make_school_workspace

Rows = list[list[Any]]
MAKERS: dict[str, Callable[[], Rows]] = {
    **tables.REPORTS, "exams": tables.exams, "staff": tables.staff, "classes": tables.classes,
}  # fmt: skip
KINDS = [*MAKERS, "f1"]
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENTITIES = (ResultSheet, ResultTask, ResultScore, ResultGroup, StaffMember, SchoolClass)


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with one typed person and one typed result: nothing of a bad file may touch them."""
    workspace = make_school_workspace(tmp_path, fixed_clock)
    person = {"full_name": "Ёлкина-Лесная Анна О’Нил", "birth_year": 1980, "position": "teacher"}
    records.begin(workspace, StaffMember, person)
    key = {"procedure": "oge", "subject": "russian", "grade": 9, "year": 2022}
    records.begin(workspace, ResultSheet, {**key, "participants": 7, "mark_2": 1})
    return workspace


def content(school: Workspace) -> dict[str, list[dict[str, Any]]]:
    return {
        cls.log_name: sorted((records.wire_values(row) for row in records.rows(school, cls)), key=str)
        for cls in _ENTITIES
    }


def book(path: Path, kind: str, spoil: Callable[[Rows], Rows] = lambda rows: rows) -> Path:
    if kind == "f1":
        path.write_bytes(f1_bytes(sample_workbooks.workbook(12)))
        return path
    rows = [list(row) for row in MAKERS[kind]()]
    return tables.save(path, spoil(rows))


def attempt(school: Workspace, path: Path) -> str | None:
    """The code of the refusal, empty when rows were written, None when there was nothing to write."""
    try:
        plan = plan_import(school, read_table_file(path))
        choice = default_choice(plan, overwrite=True, confirmed=True)
        if choice:
            apply_plan(school, plan, choice)
    except KnownError as error:
        return error.code if "{" not in explain(error).text else f"words of {error.code} lack a parameter"
    return "" if choice else None


def take(school: Workspace, path: Path) -> str:
    """The code of the refusal, or «taken»: then one undo brings back what was there."""
    before = content(school)
    refused = attempt(school, path)
    if refused is None:
        return "nothing"
    if refused:
        assert has_words(refused), refused
        assert content(school) == before
        return refused
    taken = content(school)
    for entity, rows in before.items():
        kept = [row for row in rows if row.get("full_name") or row.get("procedure") == "oge"]
        assert all(row in taken[entity] for row in kept), "a typed row was lost"
    records.undo(school)
    assert content(school) == before
    return "taken"


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_file_that_cannot_be_read_is_refused_in_words_and_changes_nothing(
    school: Workspace, tmp_path: Path, kind: str
) -> None:
    path = book(tmp_path / "book.xlsx", kind)
    whole = path.read_bytes()
    for data, code in (
        (b"", "table.empty_file"),
        (b"PK\x03\x04", "table.damaged"),
        (whole[: len(whole) // 2], "table.damaged"),
        ("Уважаемые коллеги".encode("cp1251"), "table.not_workbook"),
        (_OLE + "EncryptedPackage".encode("utf-16-le") * 3, "table.password"),
        (_OLE + b"\0" * 2048, "table.other_format"),
        (whole.replace(b"xl/workbook.xml", b"xl/workbook.bin"), "table.other_format"),
    ):
        path.write_bytes(data)
        assert take(school, path) == code


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_book_with_macros_gives_its_cells_and_not_its_macros(
    school: Workspace, tmp_path: Path, kind: str
) -> None:
    path = book(tmp_path / "book.xlsm", kind)
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr("xl/vbaProject.bin", _OLE + b"Sub AutoOpen")
        opened.writestr("xl/externalLinks/externalLink1.xml", "<a/>")
    assert take(school, path) == "taken"


def formulas(rows: Rows) -> Rows:
    return [
        [f"={cell}*1" if isinstance(cell, int | float) and at > 2 else cell for cell in row]
        for at, row in enumerate(rows)
    ]


def errors(rows: Rows) -> Rows:
    rows[-1] = ["#DIV/0!" if isinstance(cell, int | float) else cell for cell in rows[-1]]
    return rows


def days_as_text(rows: Rows) -> Rows:
    return [
        ["01.02.2024" if cell == "1" else str(cell) if isinstance(cell, int | float) else cell for cell in row]
        for row in rows
    ]


def wide(rows: Rows) -> Rows:
    return [[*row, *["лишнее"] * 700] for row in rows]


def titles(rows: Rows) -> Rows:
    return [["Министерство образования"], ["Ё" * 200], *rows, [None], ["Исполнитель: " + "ё-’" * 60]]


def odd_names(rows: Rows) -> Rows:
    return [
        [
            f"{cell[:20]} {'Ёж-О’Нил ' * 20}"[:200] if isinstance(cell, str) and cell.count(" ") == 2 else cell
            for cell in row
        ]
        for row in rows
    ]


@pytest.mark.parametrize("spoil", [formulas, errors, days_as_text, wide, titles, odd_names])
@pytest.mark.parametrize("kind", MAKERS)
def test_that_odd_cells_are_taken_or_said_and_nothing_typed_is_lost(
    school: Workspace, tmp_path: Path, kind: str, spoil: Callable[[Rows], Rows]
) -> None:
    said = take(school, book(tmp_path / "book.xlsx", kind, spoil))
    assert said == "taken" or said.startswith("table.") or said == "nothing"


@pytest.mark.parametrize("kind", MAKERS)
def test_that_a_title_over_merged_cells_is_read_as_without_them(school: Workspace, tmp_path: Path, kind: str) -> None:
    path = tables.save(tmp_path / "book.xlsx", [["Отчёт"], *MAKERS[kind]()], merged=("A1:F1",))
    assert take(school, path) == "taken"


def long_book(path: Path, rows: Rows, count: int) -> Path:
    """A workbook whose last row stands in it very many times, written as XML at once."""

    def cell(value: Any, place: str) -> str:
        if value is None:
            return f'<c r="{place}"/>'
        if isinstance(value, int | float):
            return f'<c r="{place}"><v>{value}</v></c>'
        text = str(value).replace("&", "&amp;").replace("<", "&lt;")
        return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'

    whole = [*rows, *([[f"{rows[-1][0]} {at}", *rows[-1][1:]] for at in range(count)])]
    lines = (
        f"<row>{''.join(cell(value, f'{chr(65 + at)}{number}') for at, value in enumerate(row))}</row>"
        for number, row in enumerate(whole, 1)
    )
    sheet = "".join(lines)
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006"
    relation = f'<Relationship Id="rId1" Type="{office}'
    parts = {
        "_rels/.rels": f'{relation}/officeDocument" Target="xl/workbook.xml"/>',
        "xl/_rels/workbook.xml.rels": f'{relation}/worksheet" Target="worksheets/sheet1.xml"/>',
    }
    parts = {
        name: f'<Relationships xmlns="{kinds}/relationships">{text}</Relationships>' for name, text in parts.items()
    }
    parts["[Content_Types].xml"] = (
        f'<Types xmlns="{kinds}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
    )
    parts["xl/workbook.xml"] = (
        f'<workbook {main} xmlns:r="{office}"><sheets><sheet name="Лист1" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    parts["xl/worksheets/sheet1.xml"] = f"<worksheet {main}><sheetData>{sheet}</sheetData></worksheet>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in parts.items():
            target.writestr(name, text)
    return path


@pytest.mark.parametrize("kind", MAKERS)
def test_that_two_thousand_rows_of_any_kind_end_in_words_or_in_the_rows_of_the_school(
    school: Workspace, tmp_path: Path, kind: str
) -> None:
    said = take(school, long_book(tmp_path / "book.xlsx", MAKERS[kind](), 2_000))
    assert said == "taken" or said.startswith("table.") or said == "nothing"


def test_that_fifty_thousand_people_end_in_words_or_in_the_rows_of_the_school(
    school: Workspace, tmp_path: Path
) -> None:
    said = take(school, long_book(tmp_path / "book.xlsx", tables.staff(), 49_900))
    assert said == "taken" or said.startswith("table.") or said == "nothing"


def test_that_more_rows_than_any_table_of_a_school_has_are_refused_before_they_are_read(
    school: Workspace, tmp_path: Path
) -> None:
    assert take(school, long_book(tmp_path / "more.xlsx", tables.marks(), 52_000)) == "table.too_large"
