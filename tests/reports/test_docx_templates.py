"""Templates of Word: what a methodist changed is taken, what would do more than lay out is refused in words."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document as open_docx
from docx.shared import Mm, Pt

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.reports.content import Document, Heading, Paragraph
from shnor_desktop.reports.documents.programme import programme_document
from shnor_desktop.reports.docx_writer import docx_of
from tests.reports import samples

RESOURCES = Path(__file__).parents[2] / "resources"
BUILT_IN = (RESOURCES / "templates" / "document.docx").read_bytes()
DOCUMENT = Document("Проба", (Heading("Раздел"), Paragraph("Текст раздела")), footer="строка внизу")


def made_with(template: bytes, document: Document = DOCUMENT) -> Any:
    return open_docx(BytesIO(docx_of(document, template, RESOURCES / "fonts", "мой.docx")))


def template_of(*lines: str, change: Any = None) -> bytes:
    """A template of a methodist: an ordinary file of Word with these paragraphs."""
    document = open_docx()
    for line in lines:
        document.add_paragraph(line)
    if change is not None:
        change(document)
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    target = BytesIO(BUILT_IN)
    with zipfile.ZipFile(target, "a") as archive:
        archive.writestr(name, data)
    return target.getvalue()


def refusal(template: bytes, document: Document = DOCUMENT) -> KnownError:
    with pytest.raises(KnownError) as failure:
        made_with(template, document)
    assert failure.value.params["file"] == "мой.docx"
    return failure.value


def lines_of(opened: Any) -> list[str]:
    return [p.text for p in opened.paragraphs if p.text]


def test_that_the_text_stands_where_the_template_says() -> None:
    opened = made_with(template_of("Школа № 5", "{{ название }}", "{{ текст }}", "Исполнитель: секретарь"))
    assert lines_of(opened) == ["Школа № 5", "Проба", "Раздел", "Текст раздела", "Исполнитель: секретарь"]


def test_that_without_a_place_the_text_follows_the_template() -> None:
    assert lines_of(made_with(template_of("Шапка школы"))) == ["Шапка школы", "Раздел", "Текст раздела"]


def test_that_margins_and_styles_are_those_of_the_template() -> None:
    def change(document: Any) -> None:
        document.sections[0].left_margin = Mm(25)
        document.styles["Heading 1"].font.size = Pt(20)

    opened = made_with(template_of("{{ текст }}", change=change))
    assert round(opened.sections[0].left_margin.mm) == 25
    assert opened.paragraphs[0].style.font.size == Pt(20)


def test_that_a_name_which_word_cut_into_pieces_is_found() -> None:
    def change(document: Any) -> None:
        line = document.add_paragraph()
        for piece in ("{", "{ наз", "вание }", "}"):
            line.add_run(piece).bold = piece != "{"

    assert "Проба" in lines_of(made_with(template_of(change=change)))


def test_that_names_in_headers_and_tables_are_filled() -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ название }}"
        document.add_table(1, 1).cell(0, 0).text = "{{ колонтитул }}"

    opened = made_with(template_of(change=change))
    assert opened.sections[0].header.paragraphs[0].text == "Проба"
    assert opened.tables[0].cell(0, 0).text == "строка внизу"


def test_that_the_title_page_of_the_template_replaces_ours() -> None:
    document = programme_document(samples.PROGRAMME_FACTS)
    opened = made_with(template_of("{{ школа }}", "{{ грифы }}", "{{ название }}", "{{ период }}"), document)
    lines = lines_of(opened)
    assert lines[:3] == [samples.SCHOOL, samples.PROGRAMME, "2024 год"]
    assert lines[3] == "Содержание"
    assert "УТВЕРЖДЕНА" in opened.tables[0].rows[0].cells[2].text


def test_that_a_template_without_words_keeps_our_title_page() -> None:
    document = programme_document(samples.PROGRAMME_FACTS)
    assert samples.PROGRAMME in lines_of(made_with(template_of("{{ текст }}"), document))


@pytest.mark.parametrize("word", ["shkola", "школы", "x" * 300, "self", "название_полное"])
def test_that_an_unknown_name_is_named(word: str) -> None:
    error = refusal(template_of(f"Здесь {{{{ {word} }}}}"))
    assert error.code == "report.template_unknown_name"
    assert error.params["name"] == word[:60]
    assert "{{ название }}" in str(error.params["known"])


def test_that_a_name_without_a_value_in_this_document_is_named() -> None:
    error = refusal(template_of("{{ учредитель }}"))
    assert (error.code, error.params["name"]) == ("report.template_no_value", "учредитель")


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ название.__class__ }}",
        "{{ название|attr('__class__') }}",
        "{{ 7 * 7 }}",
        "{{ range(10 ** 9) }}",
        "{% for x in range(10 ** 9) %}а{% endfor %}",
        "{% include '/etc/passwd' %}",
        "{%p if школа %}",
        "{# примечание #}",
        "{{ название",
        "название }}",
        "{{ }}",
        "{{ наименование школы }}",
        "{{r название }}",
        "{{ {{ название }} }}",
    ],
)
def test_that_anything_but_a_name_between_braces_is_refused(code: str) -> None:
    assert refusal(template_of(code)).code == "report.template_code"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "report.template_not_docx"),
        (b"PK\x03\x04 broken", "report.template_not_docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "report.template_locked"),
        (bytes(100 * 1024 * 1024), "report.template_too_big"),
        (BUILT_IN[: len(BUILT_IN) // 2], "report.template_not_docx"),
        (with_part("word/vbaProject.bin", b"x"), "report.template_active"),
        (with_part("word/embeddings/oleObject1.bin", b"x"), "report.template_active"),
        (
            with_part(
                "word/_rels/footer9.xml.rels", b'<Relationship Id="a" TargetMode="External" Target="http://x/"/>'
            ),
            "report.template_active",
        ),
        (with_part("word/big.xml", bytes(130 * 1024 * 1024)), "report.template_too_big"),
    ],
    ids=["empty", "torn", "locked", "huge", "half", "macro", "object", "remote", "bomb"],
)
def test_that_what_is_no_ordinary_template_is_refused(data: bytes, code: str) -> None:
    assert refusal(data).code == code


def test_that_a_spreadsheet_is_no_template() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(target.getvalue()).code == "report.template_not_docx"


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("body", [b"", b"<broken", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'])
def test_that_a_damaged_part_is_said_as_a_damaged_file(part: str, body: bytes) -> None:
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(BUILT_IN)) as source, zipfile.ZipFile(target, "w") as broken:
        for name in source.namelist():
            broken.writestr(name, body if name == part else source.read(name))
    assert refusal(target.getvalue()).code == "report.template_not_docx"


def test_that_people_in_the_properties_of_a_template_stay_out() -> None:
    def change(document: Any) -> None:
        document.core_properties.author = "Иванова И. И."
        document.core_properties.last_modified_by = "Петрова"

    data = docx_of(DOCUMENT, template_of("{{ текст }}", change=change), RESOURCES / "fonts", "мой.docx")
    with zipfile.ZipFile(BytesIO(data)) as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode(errors="replace")
    assert "Иванова" not in everything
    assert "Петрова" not in everything
