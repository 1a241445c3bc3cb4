"""The XLSX writer: every row of every table, figures as figures, nothing of a user's text as a formula."""

from __future__ import annotations

import time
import zipfile
from datetime import date, datetime
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.domain.russian import number, percent
from shnor_desktop.reports.content import (
    Block,
    Column,
    Document,
    GroupRow,
    Heading,
    KeyValueTable,
    LevelCell,
    Paragraph,
    Row,
    Run,
    Table,
    cell_text,
)
from shnor_desktop.reports.xlsx_writer import xlsx_of
from tests.reports.test_docx_writer import DOCUMENTS

COLUMNS = (Column("№", 1), Column("Мероприятия", 5))


def book_of(*blocks: Block, title: str = "Проба") -> Any:
    return openpyxl.load_workbook(BytesIO(xlsx_of(Document(title, blocks))))


def cell_of(text: str) -> Any:
    return book_of(Table(COLUMNS, (Row(("1", text)),))).active["B2"]


def shown(cell: Any) -> str:
    """The value as Excel shows it by the formats that the writer uses."""
    value, form = cell.value, cell.number_format
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, str):
        return value
    places = len(form.partition(".")[2].split("%")[0].rstrip('" '))
    scaled = value * 100 if "%" in form else value
    text = f"{scaled:,.{places}f}" if "," in form else f"{scaled:.{places}f}"
    ending = "\xa0%" if "%" in form else ""
    return text.replace(",", "\xa0").replace(".", ",").replace("-", "\u2212") + ending


def kept_apart(text: str) -> str:
    """Without the difference between a space and one that keeps words together."""
    return text.replace("\xa0", " ")


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_that_every_row_of_every_table_stands_in_the_workbook(kind: str) -> None:
    document, _template = DOCUMENTS[kind]
    book = openpyxl.load_workbook(BytesIO(xlsx_of(document)))
    rows = {tuple(kept_apart(shown(cell)) for cell in row) for sheet in book for row in sheet.iter_rows()}
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                if isinstance(row, Row):
                    assert tuple(kept_apart(cell_text(cell)) for cell in row.cells) in rows
                else:
                    assert any(cells[0] == kept_apart(row.text) for cells in rows)
        elif isinstance(block, KeyValueTable):
            for key, value in block.rows:
                assert (kept_apart(key), kept_apart(cell_text(value))) in rows


def test_that_equal_documents_give_equal_bytes_on_any_day(monkeypatch: pytest.MonkeyPatch) -> None:
    document, _template = DOCUMENTS["programme"]
    first = xlsx_of(document)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert xlsx_of(document) == first


def test_that_the_properties_name_nobody_and_no_program() -> None:
    with zipfile.ZipFile(BytesIO(xlsx_of(Document("Проба & <b>", ())))) as archive:
        properties = archive.read("docProps/core.xml").decode() + archive.read("docProps/app.xml").decode()
    assert "Проба &amp; &lt;b&gt;" in properties
    assert "openpyxl" not in properties
    assert "creator" not in properties


@pytest.mark.parametrize(
    ("text", "value", "form"),
    [
        ("5", 5, "0"),
        ("0", 0, "0"),
        ("18,2", 18.2, "0.0"),
        ("0,05", 0.05, "0.00"),
        (number(1234567), 1234567, "#,##0"),
        (number(-4), -4, "0"),
        (percent(50), 0.5, '0" "%'),
        ("18,2\xa0%", 0.182, '0.0" "%'),
        ("15%", 0.15, "0%"),
    ],
)
def test_that_a_figure_is_a_number_in_the_same_look(text: str, value: float, form: str) -> None:
    cell = cell_of(text)
    assert (cell.data_type, cell.number_format.replace("\xa0", " ")) == ("n", form)
    assert cell.value == pytest.approx(value)


def test_that_a_day_is_a_date() -> None:
    cell = cell_of("01.03.2024")
    assert (cell.value.date(), cell.number_format) == (date(2024, 3, 1), "DD.MM.YYYY")


@pytest.mark.parametrize(
    "text",
    [
        "007",
        "1.10",
        "5–7",
        "+7 900 000-00-00",
        "4 из 22 (18,2 %)",
        "31.02.2024",
        "01.01.0001",
        "1" * 16,
        "1e5",
        "—",
        "1,",
    ],
)
def test_that_what_only_looks_like_a_figure_stays_a_text(text: str) -> None:
    cell = cell_of(text)
    assert (cell.data_type, cell.value) == ("s", text)


@pytest.mark.parametrize("text", ["=1+1", "+7", "-1 балл", "@SUM(A1)", "=cmd|' /C calc'!A0", "'текст", "=HYPERLINK(1)"])
def test_that_a_text_which_begins_like_a_formula_stays_a_text(text: str) -> None:
    blocks = (Heading(text), Table((Column(text, 1),), (GroupRow(text), Row((text,)))), KeyValueTable(((text, text),)))
    book = book_of(*blocks, title=text)
    found = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert "f" not in {cell.data_type for cell in found}
    assert sum(cell.value == text and cell.quotePrefix for cell in found) == 5


def test_that_controls_long_texts_and_marks_are_written() -> None:
    cell = cell_of("знаки \x00\x1b\u202e\ud800\ufffe <b> & " + "я" * 40_000)
    assert cell.value.startswith("знаки  <b> & яя")
    assert len(cell.value) < 32_767
    assert cell.value.endswith("…")


def test_that_levels_and_styled_texts_are_words() -> None:
    page = book_of(Table(COLUMNS, (Row((LevelCell(Level.HIGH), (Run("при", bold=True), Run("нят")))),))).active
    assert [cell.value for cell in page[2]] == ["▲ высокая", "принят"]


def test_that_sheets_have_legal_and_different_names() -> None:
    heading = "Показатели: [план/факт] на конец первого и второго полугодия"
    tables = [Table((Column(str(number), 1),), ()) for number in range(12)]
    blocks = [block for table in tables for block in (Heading(heading), table)]
    names = book_of(
        *blocks, Heading("'"), KeyValueTable((("а", "б"),)), Heading("History"), KeyValueTable((("в", "г"),))
    )
    assert len({name.casefold() for name in names.sheetnames}) == 14
    assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names.sheetnames)


def test_that_tables_of_the_same_columns_are_one_sheet_under_their_headings() -> None:
    book = book_of(
        Heading("Кадры"), Table(COLUMNS, (Row(("1", "а")),)), Heading("Ресурсы"), Table(COLUMNS, (Row(("2", "б")),))
    )
    (sheet,) = book
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["Кадры", None],
        [1, "а"],
        ["Ресурсы", None],
        [2, "б"],
    ]


def test_that_a_sheet_is_ready_for_the_screen_and_for_paper() -> None:
    page = book_of(Table(COLUMNS, (Row(("1", "а")),))).active
    assert page.freeze_panes == "A2"
    assert page.print_title_rows == "$1:$1"
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)
    assert page["B2"].alignment.wrap_text
    assert page.merged_cells.ranges == set()


def test_that_a_document_without_tables_or_rows_is_a_workbook() -> None:
    assert book_of(Paragraph("Текст")).active["A1"].value == "Проба"
    assert book_of().active["A1"].value == "Проба"
    assert book_of(Table(COLUMNS, ())).active["A2"].value == "Нет записей."


def test_that_six_hundred_measures_are_written_in_two_seconds() -> None:
    columns = tuple(Column(f"Графа {number}", 1) for number in range(7))
    rows = tuple(Row(("Проведение единого методического дня",) * 7) for _ in range(600))
    xlsx_of(Document("Прогрев", ()))
    begun = time.perf_counter()
    xlsx_of(Document("Дорожная карта", (Table(columns, rows),)))
    assert time.perf_counter() - begun < 2
