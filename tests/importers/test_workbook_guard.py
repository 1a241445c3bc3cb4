"""What a foreign file may do to the importer: nothing but be refused in words."""

from __future__ import annotations

import contextlib
import random
import re
import time
import zipfile
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.importers.f1_writer import f1_bytes
from shnor_desktop.importers.fis_oko_f1 import read_f1
from tests.importers.sample_workbooks import SHARED_PART as SHARED
from tests.importers.sample_workbooks import SHEET_PART as SHEET
from tests.importers.sample_workbooks import parts, save, with_parts, workbook


def refusal(path: Path) -> KnownError:
    start = time.perf_counter()
    with pytest.raises(KnownError) as caught:
        read_f1(path)
    assert time.perf_counter() - start < 10
    return caught.value


def in_sheet(path: Path, old: bytes, new: bytes) -> Path:
    return with_parts(path, lambda name, content: content.replace(old, new, 1) if name == SHEET else content)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "results.empty_file"),
        (b"%PDF-1.7 a report", "results.not_workbook"),
        ("ОО;Код участника".encode("cp1251"), "results.not_workbook"),
        (b"PK\x03\x04 and nothing more", "results.damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le"), "results.password"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "Workbook".encode("utf-16-le"), "results.other_format"),
    ],
)
def test_that_a_file_that_is_no_open_workbook_is_named_for_what_it_is(
    tmp_path: Path, content: bytes, code: str
) -> None:
    assert refusal(save(tmp_path / "x.xlsx", content)).code == code


@pytest.mark.parametrize(
    ("part", "code"),
    [
        ("content.xml", "results.other_format"),
        ("xl/workbook.bin", "results.other_format"),
        ("word/document.xml", "results.not_workbook"),
    ],
)
def test_that_another_kind_of_zip_is_named(tmp_path: Path, part: str, code: str) -> None:
    with zipfile.ZipFile(tmp_path / "x.xlsx", "w") as archive:
        archive.writestr(part, b"<a/>")
    assert refusal(tmp_path / "x.xlsx").code == code


def test_that_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.xlsx").code == "results.cannot_open"
    assert refusal(tmp_path).code == "results.cannot_open"


def test_that_a_file_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = f1_bytes(workbook())
    for length in range(1, len(whole), len(whole) // 40):
        error = refusal(save(tmp_path / "x.xlsx", whole[:length]))
        assert error.code in {"results.damaged", "results.not_workbook"}


def test_that_a_damaged_byte_is_refused_or_harmless(tmp_path: Path) -> None:
    whole = f1_bytes(workbook())
    chance = random.Random(7)
    for _ in range(300):
        spoilt = bytearray(whole)
        spoilt[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        with contextlib.suppress(KnownError):  # anything else fails the test
            (found,) = read_f1(save(tmp_path / "x.xlsx", bytes(spoilt)))
            assert found.rows == workbook().rows


def test_that_macros_are_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    extra = {"xl/vbaProject.bin": b"\xcc" * 4_000, "xl/externalLinks/externalLink1.xml": b"<a/>"}
    (found,) = read_f1(with_parts(tmp_path / "x.xlsm", lambda _name, content: content, extra))
    assert found.rows == workbook().rows


def test_that_shared_texts_are_read_like_texts_in_place(tmp_path: Path) -> None:
    (found,) = read_f1(with_parts(tmp_path / "x.xlsx", lambda _name, content: content))
    assert found.rows == workbook().rows


def test_that_a_cell_far_outside_is_refused(tmp_path: Path) -> None:
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    error = refusal(in_sheet(tmp_path / "x.xlsx", b"</sheetData>", cell))
    assert error.code == "results.too_large"


def test_that_an_empty_styled_cell_far_outside_does_no_harm(tmp_path: Path) -> None:
    cell = b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    (found,) = read_f1(in_sheet(tmp_path / "x.xlsx", b"</sheetData>", cell))
    assert found.rows == workbook().rows


def test_that_a_dimension_that_lies_does_no_harm(tmp_path: Path) -> None:
    def lie(name: str, content: bytes) -> bytes:
        return (
            re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', content) if name == SHEET else content
        )

    (found,) = read_f1(with_parts(tmp_path / "x.xlsx", lie))
    assert found.rows == workbook().rows


def test_that_too_many_rows_and_columns_are_refused(tmp_path: Path) -> None:
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(20, 50_200))
    error = refusal(in_sheet(tmp_path / "rows.xlsx", b"</sheetData>", rows + b"</sheetData>"))
    assert (error.code, error.params["limit"]) == ("results.too_large", "на листе больше 50000 строк")
    columns = b'<row r="30">' + b"<c><v>1</v></c>" * 2_001 + b"</row></sheetData>"
    error = refusal(in_sheet(tmp_path / "columns.xlsx", b"</sheetData>", columns))
    assert (error.code, error.params["limit"]) == ("results.too_large", "на листе больше 2000 столбцов")


def test_that_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = bytes(300 * 1024 * 1024)
    path = with_parts(tmp_path / "x.xlsx", lambda _name, content: content, {"xl/media/image1.png": bomb})
    assert path.stat().st_size < 1024 * 1024
    assert refusal(path).code == "results.too_large"


def test_that_a_part_packed_too_well_is_refused(tmp_path: Path) -> None:
    part = b"<a>" + b" " * (20 * 1024 * 1024) + b"</a>"
    path = with_parts(tmp_path / "x.xlsx", lambda _name, content: content, {"xl/more.xml": part})
    assert refusal(path).code == "results.too_large"


def test_that_a_directory_that_lies_about_sizes_is_refused(tmp_path: Path) -> None:
    path = with_parts(
        tmp_path / "x.xlsx", lambda _name, content: content, {"xl/more.xml": b"<a>" + b"b" * 9_000 + b"</a>"}
    )
    content = path.read_bytes()
    size = (9_007).to_bytes(4, "little")
    assert content.count(size) == 2
    assert refusal(save(path, content.replace(size, (7).to_bytes(4, "little")))).code == "results.damaged"


def test_that_entities_are_refused(tmp_path: Path) -> None:
    entities = b'<!DOCTYPE x [<!ENTITY a "%s"><!ENTITY b "&a;&a;&a;">]>' % (b"a" * 100)

    def declare(name: str, content: bytes) -> bytes:
        return re.sub(rb"(<worksheet)", lambda m: entities + m[1], content, count=1) if name == SHEET else content

    assert refusal(with_parts(tmp_path / "x.xlsx", declare)).code == "results.damaged"


def test_that_an_external_entity_reads_no_file(tmp_path: Path) -> None:
    declaration = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><sst'
    path = with_parts(
        tmp_path / "x.xlsx",
        lambda name, content: content.replace(b"<sst", declaration, 1) if name == SHARED else content,
    )
    assert refusal(path).code == "results.damaged"


def test_that_a_long_text_and_a_text_copied_too_often_are_refused(tmp_path: Path) -> None:
    noise = "".join(random.Random(1).choices("абвгдежз", k=2_000_000)).encode()

    def lengthen(size: int) -> bytes:
        return b"<si><t>" + noise[:size] + b"</t></si></sst>"

    long = with_parts(
        tmp_path / "long.xlsx",
        lambda name, content: content.replace(b"</sst>", lengthen(3_000_000)) if name == SHARED else content,
    )
    assert refusal(long).params["limit"] == "в ячейке слишком длинный текст"

    def copy(name: str, content: bytes) -> bytes:
        if name == SHARED:
            return content.replace(b"</sst>", lengthen(400_000))
        if name == SHEET:
            last = parts()[SHARED].count(b"<si>")
            cells = b"".join(b'<c t="s"><v>%d</v></c>' % last for _ in range(600))
            return content.replace(b"</sheetData>", b'<row r="30">%b</row></sheetData>' % cells)
        return content

    copied = with_parts(tmp_path / "copied.xlsx", copy)
    assert refusal(copied).params["limit"] == "тексты ячеек повторяются слишком много раз"


def test_that_a_tag_without_end_is_refused(tmp_path: Path) -> None:
    noise = random.Random(2).randbytes(1_500_000).hex().encode()
    path = with_parts(tmp_path / "x.xlsx", lambda _name, part: part, {"xl/more.xml": b'<a b="%b"/>' % noise})
    assert refusal(path).params["limit"] == "внутри слишком длинная метка"


def test_that_a_part_named_twice_is_refused(tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        path = with_parts(tmp_path / "x.xlsx", lambda _name, content: content, {SHEET: b"<a/>"})
    assert refusal(path).code == "results.damaged"


def test_that_a_missing_sheet_part_is_refused(tmp_path: Path) -> None:
    path = with_parts(tmp_path / "x.xlsx", lambda name, content: None if name == SHEET else content)
    assert refusal(path).code == "results.damaged"
