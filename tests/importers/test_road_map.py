"""Plans of the five sources as Excel and Word write them, and files that are no plans at all."""

from __future__ import annotations

import contextlib
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import openpyxl
import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import DoubtCode, PlanTable, read_plan, settled
from shnor_desktop.importers.road_map import read_tables
from shnor_desktop.system.wording import explain, has_words
from tests.importers import road_maps
from tests.importers.road_maps import Drawn, as_document, as_workbook

Make = Callable[..., Path]
BOTH = pytest.mark.parametrize("make", [as_workbook, as_document], ids=["xlsx", "docx"])


def read(path: Path) -> PlanTable:
    return read_plan(read_tables(path))


def refusal(path: Path) -> KnownError:
    start = time.perf_counter()
    with pytest.raises(KnownError) as caught:
        read(path)
    assert time.perf_counter() - start < 10
    message = explain(caught.value)
    assert has_words(caught.value.code)
    assert all((message.what, message.means, message.do))
    assert "…" not in message.what
    return caught.value


@BOTH
def test_that_tver_gives_14_measures_with_what_their_sections_say(tmp_path: Path, make: Make) -> None:
    plan = read(make(tmp_path / "plan", road_maps.tver()))
    numbers = "1.1 1.2 1.3 2.1.1 2.1.2 2.1.3 2.1.4 2.1.5 2.1.6 2.2.1 2.2.2 2.2.3 2.2.4 2.3.1"
    assert [row.number for row in plan.rows] == numbers.split()
    assert [section.number for section in plan.sections] == ["1", "2", "2.2", "2.3"]
    assert all(row.deadline_inherited and row.executors_inherited for row in plan.rows)
    assert {row.deadline for row in plan.rows} == {"По результатам проведения оценочных процедур"}
    assert all(len(row.executors) == 5 for row in plan.rows)
    assert "финансирование школ, управление школой" in settled(plan.rows[4]).title
    broken = [doubt for doubt in plan.rows[11].doubts if doubt.code is DoubtCode.BROKEN_WORD]
    assert [(doubt.before, doubt.after) for doubt in broken] == [("демонстри рующих", "демонстрирующих")]


@BOTH
def test_that_tambov_gives_25_measures_and_its_noise_is_said(tmp_path: Path, make: Make) -> None:
    plan = read(make(tmp_path / "plan", *road_maps.tambov()))
    assert [sum(1 for row in plan.rows if row.number.startswith(f"{at}.")) for at in (1, 2, 3)] == [10, 9, 6]
    assert all(row.deadline and row.executors and row.result for row in plan.rows)
    assert plan.rows[9].number == "1.10"
    said = {(row.number, doubt.code) for row in plan.rows for doubt in row.doubts}
    assert {
        ("1.8", DoubtCode.GLUED_WORDS),
        ("2.1", DoubtCode.GLUED_WORDS),
        ("2.5", DoubtCode.GLUED_WORDS),
        ("2.6", DoubtCode.BOX),
        ("2.6", DoubtCode.STRAY_CAPITAL),
        ("2.7", DoubtCode.WORD_ORDER),
        ("2.8", DoubtCode.STRAY_NUMBER),
        ("2.8", DoubtCode.SHORT_I),
    } <= said
    assert len(said) == 8


@BOTH
def test_that_lebedyan_gives_31_measures_in_four_sections(tmp_path: Path, make: Make) -> None:
    plan = read(make(tmp_path / "plan", road_maps.lebedyan()))
    counts = [sum(1 for row in plan.rows if row.section == section.label) for section in plan.sections]
    assert counts == [14, 4, 11, 2]
    row = next(row for row in plan.rows if row.number == "3.1")
    assert settled(row).deadline == "март, апрель, август, сентябрь, октябрь, ноябрь, декабрь"
    assert len(row.executors) == 5
    assert row.executors[2:] == (
        "отдел образования администрации Лебедянского муниципального района",
        "МБУ КИРО и РО",
        "ОУ района",
    )
    assert {name.casefold() for row in plan.rows for name in row.executors} == {
        "отдел образования администрации лебедянского муниципального района",
        "мбу киро и ро", "оу района", "гаудпо ло «иро»", "уоин", "руководители рмо",
    }  # fmt: skip


@BOTH
def test_that_smolensk_gives_six_measures_and_eleven_sections_of_a_school(tmp_path: Path, make: Make) -> None:
    order = read(make(tmp_path / "order", road_maps.smolensk_order(), road_maps.interview_slots()))
    assert [(row.number, row.deadline.casefold()) for row in order.rows] == [(str(at), "октябрь") for at in range(1, 7)]
    assert {row.section for row in order.rows} == {"Организационно-управленческие меры"}
    school = read(make(tmp_path / "school", road_maps.smolensk_school()))
    assert [row.number for row in school.rows] == [str(at) for at in range(1, 12)]
    assert all(row.deadline == "" and row.executors == ("МОЦ", "ОО") for row in school.rows)
    tails = [row.number for row in school.rows if any(one.code is DoubtCode.CAPITALS_TAIL for one in row.doubts)]
    assert tails == ["7", "9", "10"]


@BOTH
def test_that_tyumen_gives_35_tasks_by_participant_and_stage(tmp_path: Path, make: Make) -> None:
    plan = read(make(tmp_path / "plan", road_maps.tyumen()))
    by_lane = [sum(1 for row in plan.rows if row.executors == lane)
               for lane in (("ДОН",), ("ТОГИРРО",), ("МОУО",), ("ШНОР",), ())]  # fmt: skip
    assert by_lane == [2, 12, 10, 7, 4]
    by_stage = {
        section.deadline: sum(1 for row in plan.rows if row.section == section.label) for section in plan.sections
    }
    assert by_stage == {"ЯНВАРЬ-ФЕВРАЛЬ": 6, "МАРТ-АПРЕЛЬ": 9, "АПРЕЛЬ-НОЯБРЬ": 16, "ДЕКАБРЬ": 4}
    assert all(row.deadline_inherited for row in plan.rows)


def test_that_section_cells_merged_downwards_are_inherited_too(tmp_path: Path) -> None:
    drawn = road_maps.tver()
    tall = Drawn(drawn.rows, [(2, 0, 1), (6, 0, 1)], [(2, 2, 5), (3, 2, 5), (2, 6, 12), (3, 6, 12)])
    for make in (as_workbook, as_document):
        rows = read(make(tmp_path / "plan", tall)).rows
        assert [len(row.executors) for row in rows] == [5] * 14
        assert all(row.deadline_inherited for row in rows)


def test_that_the_paragraph_over_a_table_of_word_is_its_section(tmp_path: Path) -> None:
    rows = [("№", "Мероприятия", "Сроки"), ("1", "Опрос", "май")]
    drawn = [Drawn(rows, above=("План школы", "1. Кадры")), Drawn(rows, above=("2. Родители",))]
    plan = read(as_document(tmp_path / "plan.docx", *drawn))
    assert [row.section for row in plan.rows] == ["1. Кадры", "2. Родители"]


def test_that_numbers_that_word_counts_are_read(tmp_path: Path) -> None:
    document = docx.Document()
    drawn = document.add_table(rows=3, cols=4)
    for column, words in enumerate(("№", "Мероприятия", "Сроки", "Ответственные")):
        drawn.rows[0].cells[column].text = words
    for row in (1, 2):
        drawn.rows[row].cells[0].paragraphs[0].style = document.styles["List Number"]
        drawn.rows[row].cells[1].text = f"Дело {row}"
        drawn.rows[row].cells[2].text = "май"
    document.save(str(tmp_path / "plan.docx"))
    assert [row.number for row in read(tmp_path / "plan.docx").rows] == ["1", "2"]


def test_that_cells_of_excel_are_read_as_they_are_shown(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["№", "Мероприятие", "Срок", "Ответственный"])
    from datetime import datetime

    sheet.append([1.1, "=СУММА и прочее", datetime(2024, 9, 25), "Завуч"])  # noqa: DTZ001 — as a spreadsheet keeps it
    sheet["B2"].data_type = "s"
    sheet.append([2, "Отчёт", 2022, True])
    hidden = book.create_sheet("Черновик")
    hidden.append(["№", "Мероприятие", "Срок", "Ответственный"])
    hidden.append([1, "Скрытое дело", "май", "Завуч"])
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "plan.xlsx")
    rows = read(tmp_path / "plan.xlsx").rows
    assert [(row.number, row.title, row.deadline) for row in rows] == [
        ("1.1", "=СУММА и прочее", "25.09.2024"),
        ("2", "Отчёт", "2022"),
    ]


def test_that_a_formula_is_never_computed(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["№", "Мероприятие", "Срок", "Ответственный"])
    book.active.append([1, '="Опрос"&" родителей"', "май", "Завуч"])
    book.save(tmp_path / "plan.xlsx")
    error = refusal(tmp_path / "plan.xlsx")
    assert (error.code, error.params["cell"]) == ("road_map.formula_without_value", "B2")
    counted = _replaced(tmp_path / "plan.xlsx", b"<v></v>", "<v>Опрос родителей</v>".encode(), b"<v />", b"<v/>")
    assert [row.title for row in read(counted).rows] == ["Опрос родителей"]


def _replaced(path: Path, *pairs: bytes) -> Path:
    """A copy of a workbook with the cached value of its formula written in."""
    value = pairs[1]
    target = path.with_name("counted.xlsx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = content.replace(b'<c r="B2">', b'<c r="B2" t="str">')
                for empty in (pairs[0], *pairs[2:]):
                    content = content.replace(empty, value)
            copy.writestr(part.filename, content)
    return target


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "road_map.empty_file"),
        (b"%PDF-1.7", "road_map.other_format"),
        (b"{\\rtf1 plan}", "road_map.other_format"),
        (b"1;2;3", "road_map.not_office"),
        (b"PK\x03\x04 and nothing more", "road_map.damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "road_map.password"),
        (OLE + "WordDocument".encode("utf-16-le"), "road_map.other_format"),
        (OLE + "Workbook".encode("utf-16-le"), "road_map.other_format"),
    ],
)
def test_that_a_file_of_another_kind_is_named_for_what_it_is(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "plan.docx").write_bytes(content)
    assert refusal(tmp_path / "plan.docx").code == code


def test_that_old_formats_are_told_apart(tmp_path: Path) -> None:
    formats = {"WordDocument": ".doc", "Workbook": ".xls"}
    for stream, extension in formats.items():
        (tmp_path / "plan").write_bytes(OLE + stream.encode("utf-16-le"))
        assert refusal(tmp_path / "plan").params["format"] == extension


def test_that_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.docx").code == "road_map.cannot_open"
    assert refusal(tmp_path).code == "road_map.cannot_open"


@BOTH
def test_that_a_file_cut_anywhere_is_refused(tmp_path: Path, make: Make) -> None:
    whole = make(tmp_path / "plan", road_maps.tver()).read_bytes()
    for length in range(30, len(whole), len(whole) // 25):
        (tmp_path / "cut").write_bytes(whole[:length])
        assert refusal(tmp_path / "cut").code in {"road_map.damaged", "road_map.not_office"}


@BOTH
def test_that_a_damaged_byte_is_refused_or_harmless(tmp_path: Path, make: Make) -> None:
    whole = make(tmp_path / "plan", road_maps.smolensk_order()).read_bytes()
    for at in range(7, len(whole), max(1, len(whole) // 150)):
        changed = bytearray(whole)
        changed[at] ^= 0x55
        (tmp_path / "bad").write_bytes(bytes(changed))
        with contextlib.suppress(KnownError):
            read(tmp_path / "bad")


def test_that_a_document_without_a_table_is_told_from_a_scan(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("План мероприятий: 1. Опрос, май.")
    document.save(str(tmp_path / "text.docx"))
    assert refusal(tmp_path / "text.docx").code == "road_map.no_tables"
    scan = docx.Document()
    scan.add_picture(BytesIO(_picture()))
    scan.save(str(tmp_path / "scan.docx"))
    assert refusal(tmp_path / "scan.docx").code == "road_map.only_pictures"


def _picture() -> bytes:
    from PySide6.QtCore import QBuffer, QByteArray
    from PySide6.QtGui import QImage

    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFF)
    image.save(buffer, "PNG")
    return bytes(data.data())


def test_that_an_empty_book_is_refused(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "empty.xlsx")
    assert refusal(tmp_path / "empty.xlsx").code == "road_map.no_cells"


@BOTH
def test_that_five_thousand_rows_are_refused_in_words(tmp_path: Path, make: Make) -> None:
    if make is as_document:
        path = _long_document(tmp_path / "long", 5000)
    else:
        rows = [("№", "Мероприятия", "Сроки"), *((str(at), f"Дело {at}", "май") for at in range(1, 5001))]
        path = make(tmp_path / "long", Drawn(rows))
    error = refusal(path)
    assert (error.code, error.params["limit"]) == ("road_map.too_many_rows", 2000)


def _long_document(path: Path, count: int) -> Path:
    """Thousands of rows by copying the bytes of one: the writer of documents would take minutes."""
    base = as_document(path.with_name("base.docx"), Drawn([("№", "Мероприятия", "Сроки"), ("1", "Дело", "май")]))
    with zipfile.ZipFile(base) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "word/document.xml":
                begin, end = content.rindex(b"<w:tr"), content.rindex(b"</w:tr>") + len(b"</w:tr>")
                content = content[:begin] + content[begin:end] * count + content[end:]
            target.writestr(part.filename, content)
    return path


def test_that_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    for part in ("word/document.xml", "xl/workbook.xml"):
        with zipfile.ZipFile(tmp_path / "bomb", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(part, b"<a>" + b" " * 30_000_000 + b"</a>")
        assert refusal(tmp_path / "bomb").code == "road_map.too_large"


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "road_map.damaged"),
        (b"<a>" * 500 + b"</a>" * 500, "road_map.too_large"),
        (b"<a>not closed", "road_map.damaged"),
        (b"<other/>", "road_map.damaged"),
    ],
)
def test_that_a_hostile_document_is_refused(tmp_path: Path, document: bytes, code: str) -> None:
    with zipfile.ZipFile(tmp_path / "plan.docx", "w") as archive:
        archive.writestr("word/document.xml", document)
    assert refusal(tmp_path / "plan.docx").code == code


def test_that_a_cell_of_a_hundred_thousand_letters_is_kept_whole(tmp_path: Path) -> None:
    words = "слово " * 17_000
    drawn = Drawn([("№", "Мероприятия", "Сроки"), ("1", words.strip(), "май"), ("2", "Отчёт", "июнь")])
    rows = read(as_document(tmp_path / "plan", drawn)).rows
    assert len(rows[0].title) > 100_000
    assert rows[1].title == "Отчёт"
