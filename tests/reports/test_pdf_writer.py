"""The PDF writer: what is printed, on which pages, and that nothing in data is followed."""

from __future__ import annotations

import re
import socket
import subprocess
import sys
import zlib
from base64 import a85decode
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
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
    RiskBar,
    RiskChart,
    Row,
    SignatureLine,
    Stamp,
    StampRow,
    Table,
)
from shnor_desktop.reports.pdf_writer import pdf_of

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
LONG_WORD = "превысокомногорассмотрительствующий" * 3
SENTENCE = "Образовательная организация проводит мониторинг. "
TWO_COLUMNS = (Column("№", 1), Column("Мероприятия", 5))


def printed(*blocks: Block, landscape: bool = False) -> bytes:
    return pdf_of(Document("Проба", blocks, landscape=landscape), FONTS)


def page_count(pdf: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", pdf))


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    boxes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def drawn(pdf: bytes) -> bytes:
    """What is drawn on the pages, unpacked: reportlab writes it as ASCII85 over zlib."""
    packed = re.findall(rb"/Filter \[ /ASCII85Decode /FlateDecode \][^>]*>>\s*stream\r?\n(.*?)~>", pdf, re.DOTALL)
    return b"\n".join(zlib.decompress(a85decode(body)) for body in packed)


def test_that_equal_documents_give_equal_bytes() -> None:
    blocks = (Heading("Раздел"), Paragraph(SENTENCE), RiskChart((RiskBar("Кадры", Level.HIGH, 80),)))
    assert printed(*blocks) == printed(*blocks)


def test_that_another_process_prints_the_same_bytes() -> None:
    script = (
        "import sys, hashlib; from pathlib import Path;"
        "from shnor_desktop.reports.content import Document, Paragraph;"
        "from shnor_desktop.reports.pdf_writer import pdf_of;"
        "print(hashlib.sha256(pdf_of(Document('Проба', (Paragraph('Текст'),)), Path(sys.argv[1]))).hexdigest())"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", script, str(FONTS)],
            cwd=FONTS.parents[1],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(FONTS.parents[1])},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(answers) == 1


def test_that_the_faces_are_embedded_and_no_other_is_needed() -> None:
    pdf = printed(
        Heading("Раздел"),
        Paragraph(SENTENCE),
        Note("Примечание"),
        Table(TWO_COLUMNS, (Row(("1", LevelCell(Level.LOW))),)),
        RiskChart((RiskBar("Кадры", Level.HIGH, 80),)),
    )
    faces = set(re.findall(rb"/BaseFont /([A-Za-z+-]+)", pdf))
    assert faces
    assert all(b"+PTSerif" in face or b"+GolosText" in face for face in faces)


def test_that_the_file_names_no_person_and_no_day() -> None:
    pdf = printed(Paragraph("Текст"))
    assert re.findall(rb"/(?:Author|Creator) \(([^)]*)\)", pdf) == [b"", b""]
    assert b"20000101" in pdf


@pytest.mark.parametrize(
    "text",
    [
        "<img src='file:///etc/hostname'/>",
        "<img src='http://127.0.0.1:9/x.png'/>",
        "<a href='http://127.0.0.1:9/'>сюда</a>",
        "<para><b>не закрыто",
        "5 < 6 & 7 > 2 &amp; &#1040; {{ x }} {% y %}",
        "знаки \x00\x1b\u202e\ud800 и конец",
    ],
)
def test_that_mark_up_in_data_is_printed_and_not_followed(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[object] = []
    monkeypatch.setattr(socket.socket, "connect", lambda *where: opened.append(where))
    columns = (Column(text, 1),)
    pdf = printed(
        Contents(),
        Heading(text, 2),
        Heading(text),
        Paragraph(text),
        Note(text),
        Code(text),
        ListBlock((text,)),
        Table(columns, (GroupRow(text), Row((text,)))),
        KeyValueTable(((text, text),)),
        StampRow((Stamp(text, (text,), SignatureLine(text, text), text),)),
    )
    assert page_count(pdf) == 1
    assert b"/Subtype /Image" not in pdf
    assert b"/URI" not in pdf
    assert opened == []


def test_that_a_long_table_repeats_its_header_on_every_page() -> None:
    rows = tuple(Row((str(number), SENTENCE * 3)) for number in range(300))
    pdf = printed(Table(TWO_COLUMNS, rows))
    pages = page_count(pdf)
    assert pages > 5
    header_fill = drawn(pdf).count(b".92549 .92549 .92549 rg")
    assert header_fill == pages


def test_that_a_page_can_be_turned_and_turned_back() -> None:
    pdf = printed(Paragraph("а"), PageBreak(landscape=True), Paragraph("б"), PageBreak(landscape=False), Paragraph("в"))
    assert page_sizes(pdf) == [(595, 842), (842, 595), (595, 842)]


def test_that_a_document_may_begin_turned() -> None:
    assert page_sizes(printed(Paragraph("а"), landscape=True)) == [(842, 595)]


def test_that_the_list_of_contents_gives_the_page_of_every_heading() -> None:
    pdf = printed(Contents(), PageBreak(), Heading("Первый"), PageBreak(), Heading("Второй"), Heading("Часть", 2))
    assert page_count(pdf) == 3
    assert len(re.findall(rb"/Dest \[", pdf)) == 3


def test_that_empty_blocks_and_an_empty_document_print_one_page() -> None:
    empty = (StampRow(()), KeyValueTable(()), ListBlock(()), RiskChart(()), Paragraph(""), Heading(""), Note(""))
    assert page_count(printed(*empty, Table(TWO_COLUMNS, ()))) == 1
    assert page_count(printed()) == 1


def test_that_words_of_a_hundred_letters_stay_inside_their_places() -> None:
    stamps = tuple(Stamp(LONG_WORD, (LONG_WORD,), SignatureLine(LONG_WORD, LONG_WORD)) for _ in range(4))
    table = Table((Column("А", 1), Column("Б", 3)), (Row((LONG_WORD, LONG_WORD)),))
    chart = RiskChart((RiskBar(LONG_WORD, Level.MEDIUM, 100),))
    assert page_count(printed(StampRow(stamps), table, chart, Paragraph(LONG_WORD * 4))) <= 3


def test_that_texts_longer_than_pages_are_printed_whole() -> None:
    text = SENTENCE * 2000
    rows = (GroupRow("Этап"), Row(("1", text)), Row(("2", "конец")))
    assert page_count(printed(Table(TWO_COLUMNS, rows))) > 10
    assert page_count(printed(Paragraph(text))) > 10


def test_that_a_missing_face_is_a_known_failure(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path;"
        "from shnor_desktop.reports.content import Document; from shnor_desktop.domain.errors import KnownError;"
        "from shnor_desktop.reports.pdf_writer import pdf_of\n"
        "try: pdf_of(Document('x', ()), Path(sys.argv[1]))\n"
        "except KnownError as error: print(error.code, error.params['file'])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=FONTS.parents[1], capture_output=True, check=True, text=True
    )
    assert answer.stdout.split() == ["report.fonts_missing", "PTSerif-Regular.ttf"]


def test_that_a_stamp_taller_than_a_page_is_a_known_failure() -> None:
    with pytest.raises(KnownError) as failure:
        printed(StampRow((Stamp(SENTENCE * 300),)))
    assert failure.value.code == "report.not_laid_out"


def test_that_importing_the_reports_loads_no_document_library() -> None:
    script = (
        "import sys, shnor_desktop.reports.pdf_writer, shnor_desktop.reports.charts;"
        "import shnor_desktop.reports.documents.programme, shnor_desktop.reports.documents.cover;"
        "print([name for name in ('reportlab', 'segno', 'PIL', 'docx', 'openpyxl') if name in sys.modules])"
    )
    answer = subprocess.run(
        [sys.executable, "-c", script], cwd=FONTS.parents[1], capture_output=True, check=True, text=True
    )
    assert answer.stdout.strip() == "[]"
