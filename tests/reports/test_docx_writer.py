"""The DOCX writer: the same words and figures as in the PDF, on pages that every editor lays out alike."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx
from docx.oxml.ns import qn

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.reports.content import (
    Block,
    Code,
    Column,
    Contents,
    Document,
    GroupRow,
    Heading,
    KeyValueTable,
    LevelCell,
    ListBlock,
    Note,
    PageBreak,
    Paragraph,
    QrCode,
    RiskBar,
    RiskChart,
    Row,
    SignatureLine,
    Stamp,
    StampRow,
    Table,
    cell_text,
    texts,
)
from shnor_desktop.reports.documents.cover import cover_sheet
from shnor_desktop.reports.documents.diagnostic_map import diagnostic_map_document
from shnor_desktop.reports.documents.programme import programme_document
from shnor_desktop.reports.documents.receipt import receipt_document
from shnor_desktop.reports.documents.requisites import StampFacts
from shnor_desktop.reports.documents.road_map import road_map_document
from shnor_desktop.reports.docx.built_in import built_in_templates
from shnor_desktop.reports.docx_writer import docx_of
from tests.reports import samples

RESOURCES = Path(__file__).parents[2] / "resources"
FONTS, TEMPLATES = RESOURCES / "fonts", RESOURCES / "templates"
LONG_WORD = "превысокомногорассмотрительствующий" * 3
TWO_COLUMNS = (Column("№", 1), Column("Мероприятия", 5))
DOCUMENTS = {
    "programme": (programme_document(samples.PROGRAMME_FACTS), "programme.docx"),
    "roadmap": (road_map_document(samples.ROAD_MAP_FACTS), "document.docx"),
    "map": (diagnostic_map_document(samples.DIAGNOSTIC_MAP_FACTS), "sheet.docx"),
    "cover": (cover_sheet(samples.COVER_FACTS), "sheet.docx"),
    "receipt": (receipt_document(samples.RECEIPT_FACTS), "sheet.docx"),
}


def written(document: Document, template: str = "document.docx") -> bytes:
    return docx_of(document, (TEMPLATES / template).read_bytes(), FONTS, template)


def written_blocks(*blocks: Block, landscape: bool = False) -> Any:
    return open_docx(BytesIO(written(Document("Проба", blocks, landscape=landscape))))


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def one_line(text: str) -> str:
    """Without the places where lines are parted: NBSP, line feeds and soft hyphens differ between writers."""
    return " ".join(text.replace("\u00ad", "").replace("\xa0", " ").split())


def said(data: bytes) -> str:
    """All texts of the body, headers and footers, one paragraph after another."""
    found = []
    for name, part in parts(data).items():
        if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name):
            xml = re.sub(r"<w:(br|tab)/>|</w:p>", " ", part.decode())
            found.append(re.sub(r"<[^>]+>", "", xml))
    words = " ".join(found).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return one_line(words)


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_that_every_text_of_the_content_stands_in_the_file(kind: str) -> None:
    document, template = DOCUMENTS[kind]
    words = said(written(document, template))
    for text in texts(document)[1:]:  # the first is the title among the properties
        for line in text.split("\n"):
            assert one_line(line) in words, line


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_that_every_row_of_every_table_stands_in_the_file(kind: str) -> None:
    document, template = DOCUMENTS[kind]
    opened = open_docx(BytesIO(written(document, template)))
    rows = {
        tuple(one_line("\n".join(p.text for p in cell.paragraphs)) for cell in row.cells)
        for table in opened.tables
        for row in table.rows
    }
    for block in document.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                if isinstance(row, Row):
                    assert tuple(one_line(cell_text(cell)) for cell in row.cells) in rows
        elif isinstance(block, KeyValueTable):
            for key, value in block.rows:
                assert (one_line(key), one_line(cell_text(value))) in rows


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_that_equal_documents_give_equal_bytes_on_any_day(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    document, template = DOCUMENTS[kind]
    first = written(document, template)
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    assert written(document, template) == first


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_that_the_properties_name_no_person_program_or_day(kind: str) -> None:
    document, template = DOCUMENTS[kind]
    data = written(document, template)
    properties = open_docx(BytesIO(data)).core_properties
    assert properties.title == document.title
    assert not any((properties.author, properties.last_modified_by, properties.comments, properties.keywords))
    assert properties.created is not None
    assert properties.created.year == properties.modified.year == 2000
    assert not [name for name in parts(data) if "app.xml" in name or "custom" in name or "thumbnail" in name]


def test_that_the_committed_templates_are_those_that_the_code_makes() -> None:
    made = built_in_templates()
    assert {name: (TEMPLATES / name).read_bytes() for name in made} == made


def test_that_pages_are_a4_with_the_margins_of_official_papers() -> None:
    section = written_blocks(Paragraph("Текст")).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    sides = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
    assert [round(side.mm) for side in sides] == [30, 15, 20, 20]


def test_that_the_body_is_set_in_times_of_fourteen_points_in_russian() -> None:
    styles = parts(written(Document("Проба", (Paragraph("Текст"),))))["word/styles.xml"].decode()
    assert set(re.findall(r'w:ascii="([^"]+)"', styles)) == {"Times New Roman"}
    defaults = styles[styles.index("<w:docDefaults") : styles.index("</w:docDefaults>")]
    assert '<w:sz w:val="28"/>' in defaults
    assert '<w:lang w:val="ru-RU"' in defaults


def test_that_headings_are_headings_of_word() -> None:
    opened = written_blocks(Heading("Программа", 0), Heading("Раздел"), Heading("Часть", 2))
    assert [p.style.name for p in opened.paragraphs] == ["Title", "Heading 1", "Heading 2"]


def test_that_a_page_can_be_turned_and_turned_back() -> None:
    opened = written_blocks(
        Paragraph("а"), PageBreak(landscape=True), Paragraph("б"), PageBreak(landscape=False), Paragraph("в")
    )
    sizes = [(round(one.page_width.mm), round(one.page_height.mm)) for one in opened.sections]
    assert sizes == [(210, 297), (297, 210), (210, 297)]
    turned = opened.sections[1]
    assert [round(side.mm) for side in (turned.top_margin, turned.left_margin)] == [30, 20]


def test_that_only_the_title_page_bears_no_number() -> None:
    opened = open_docx(BytesIO(written(*DOCUMENTS["programme"])))
    first, *others = opened.sections
    assert first.different_first_page_header_footer
    assert not any(section.different_first_page_header_footer for section in others)
    assert "PAGE" in first.footer._element.xml
    assert "PAGE" not in first.first_page_footer._element.xml


def test_that_every_cell_states_its_width_and_headers_repeat() -> None:
    rows = tuple(Row((str(number), "Единый методический день")) for number in range(40))
    opened = written_blocks(Table(TWO_COLUMNS, (GroupRow("Этап"), *rows)))
    (table,) = opened.tables
    grid = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.iterchildren()]
    room = 11906 - round((30 + 15) * 1440 / 25.4)
    assert abs(sum(grid) - room) <= 2
    assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"
    for row in table._tbl.tr_lst:
        widths = [int(cell.tcPr.find(qn("w:tcW")).get(qn("w:w"))) for cell in row.tc_lst]
        assert widths in (grid, [sum(grid)])
        assert row.trPr.find(qn("w:cantSplit")) is not None
    headers = [row.trPr.find(qn("w:tblHeader")) is not None for row in table._tbl.tr_lst]
    assert headers == [True] + [False] * 41


def test_that_a_row_taller_than_a_page_may_be_parted() -> None:
    (table,) = written_blocks(Table(TWO_COLUMNS, (Row(("1", "Долгий текст. " * 400)),))).tables
    assert table._tbl.tr_lst[1].trPr.find(qn("w:cantSplit")) is None


def test_that_a_list_begins_its_numbers_anew() -> None:
    opened = written_blocks(ListBlock(("а", "б"), numbered=True), ListBlock(("в",), numbered=True), ListBlock(("г",)))
    numbers = [p._p.pPr.numPr.numId.val for p in opened.paragraphs]
    assert numbers[0] == numbers[1]
    assert len(set(numbers)) == 3


def test_that_a_chart_is_a_picture_told_in_words() -> None:
    bars = (RiskBar("Кадры", Level.HIGH, 80), RiskBar("Ресурсы", Level.UNKNOWN, None))
    data = written(Document("Проба", (RiskChart(bars, "Подпись"), QrCode("abc", "Код"))))
    xml = parts(data)["word/document.xml"].decode()
    assert "Кадры — высокая, 80; Ресурсы — не определена, нет данных." in xml
    assert len([name for name in parts(data) if name.endswith(".png")]) == 2
    assert len(set(re.findall(r'<wp:docPr id="(\d+)"', xml))) == 2


def test_that_spaces_which_keep_words_together_are_kept() -> None:
    text = written_blocks(Paragraph("№\xa05 в\xa0школе"), Table(TWO_COLUMNS, (Row(("1", "4\xa0из\xa022")),)))
    assert text.paragraphs[0].text == "№\xa05 в\xa0школе"
    assert text.tables[0].cell(1, 1).text == "4\xa0из\xa022"


@pytest.mark.parametrize("count", range(5))
def test_that_the_title_page_takes_up_to_four_stamps(count: int) -> None:
    stamps = tuple(StampFacts(f"ГРИФ {number}", (), "Директор", "", "Приказ") for number in range(count))
    document = programme_document(replace(samples.PROGRAMME_FACTS, stamps=stamps))
    words = said(written(document, "programme.docx"))
    assert [number for number in range(5) if f"ГРИФ {number}" in words] == list(range(count))


@pytest.mark.parametrize(
    "text",
    [
        "<w:p/>",
        "5 < 6 & 7 > 2 &amp; &#1040; {{ x }} {% for x in y %} {# z #}",
        "знаки \x00\x1b\u202e\ud800\ufffe и конец",
        "]]> --> <?xml?>",
        "\"кавычки\" и 'апострофы'",
        "",
    ],
)
def test_that_mark_up_in_data_is_written_and_not_followed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *where: opened.append(where))
    facts = replace(samples.PROGRAMME_FACTS, title=text, school=text, stamps=(StampFacts(text, (text,), text, text),))
    written(programme_document(facts), "programme.docx")
    file = written_blocks(
        Contents(),
        Heading(text, 0),
        Heading(text),
        Paragraph(text),
        Note(text),
        Code(text),
        ListBlock((text,)),
        Table((Column(text, 1),), (GroupRow(text), Row((text,)))),
        KeyValueTable(((text, text),)),
        StampRow((Stamp(text, (text,), SignatureLine(text, text), text),)),
        RiskChart((RiskBar(text, Level.LOW, 1),), text),
    )
    assert "".join(text.split("\x00")[:1]) in "\n".join(p.text for p in file.paragraphs)
    assert opened == []


def test_that_empty_blocks_and_an_empty_document_are_written() -> None:
    written_blocks()
    written_blocks(StampRow(()), KeyValueTable(()), ListBlock(()), RiskChart(()), Paragraph(""), Table(TWO_COLUMNS, ()))


def test_that_a_level_is_sign_and_word() -> None:
    (table,) = written_blocks(Table(TWO_COLUMNS, (Row(("1", LevelCell(Level.HIGH))),))).tables
    assert table.cell(1, 1).text == "▲ высокая"


def test_that_a_word_wider_than_its_column_may_be_divided() -> None:
    narrow = (Column("А", 1), Column("Б", 9))
    (table,) = written_blocks(Table(narrow, (Row((LONG_WORD, "коротко")),))).tables
    xml = table._tbl.xml
    assert xml.count("<w:softHyphen/>") > 5
    assert "коротко" in xml


def test_that_six_hundred_measures_are_written_in_two_seconds() -> None:
    columns = tuple(Column(f"Графа {number}", 1) for number in range(7))
    rows = tuple(Row(("Проведение единого методического дня",) * 7) for _ in range(600))
    written(Document("Прогрев", ()))
    begun = time.process_time()
    written(Document("Дорожная карта", (Table(columns, rows),), landscape=True))
    assert time.process_time() - begun < 2


if shutil.which("soffice"):

    def test_that_where_libreoffice_is_installed_it_lays_every_document_out(tmp_path: Path) -> None:
        for kind, (document, template) in DOCUMENTS.items():
            (tmp_path / f"{kind}.docx").write_bytes(written(document, template))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        files = [str(tmp_path / f"{kind}.docx") for kind in DOCUMENTS]
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=100)
        for kind in DOCUMENTS:
            assert (tmp_path / f"{kind}.pdf").read_bytes().startswith(b"%PDF-")
