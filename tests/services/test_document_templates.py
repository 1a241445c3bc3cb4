"""A school's own template is taken before the built-in one, and every failure has words."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as open_docx

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import document_templates as templates
from shnor_desktop.services import documents
from shnor_desktop.services.document_kinds import DocumentFormat, DocumentKind, list_kinds
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of the user."""
    monkeypatch.setenv("SHNOR_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return make_diagnosed_school(tmp_path, fixed_clock)


def written_map(school: Workspace, *, built_in: bool = False) -> list[str]:
    data = documents.document_bytes(school, DocumentKind.DIAGNOSTIC_MAP, form=DocumentFormat.DOCX, built_in=built_in)
    return [paragraph.text for paragraph in open_docx(BytesIO(data)).paragraphs]


def change_own(*lines: str) -> None:
    path = templates.begin_own_template(DocumentKind.DIAGNOSTIC_MAP)
    document = open_docx(str(path))
    for line in lines:
        document.paragraphs[0].insert_paragraph_before(line)
    document.save(str(path))


def test_that_every_kind_has_a_built_in_template() -> None:
    for info in list_kinds():
        data, name = templates.template_of(info.kind)
        assert (data[:2], name) == (b"PK", info.template)


def test_that_an_own_template_begins_as_the_built_in_one_and_is_never_replaced() -> None:
    path = templates.begin_own_template(DocumentKind.PROGRAMME)
    assert path.read_bytes() == templates.template_of(DocumentKind.PROGRAMME, built_in=True)[0]
    path.write_bytes(b"mine")
    assert templates.begin_own_template(DocumentKind.PROGRAMME).read_bytes() == b"mine"
    assert templates.has_own_template(DocumentKind.PROGRAMME)


def test_that_an_own_template_lays_the_document_out(school: Workspace) -> None:
    change_own("Шапка нашей школы")
    assert written_map(school)[0] == "Шапка нашей школы"
    assert "Шапка нашей школы" not in written_map(school, built_in=True)


def test_that_a_wrong_name_is_told_in_russian_and_the_built_in_template_still_serves(school: Workspace) -> None:
    change_own("{{ диретор }}")
    with pytest.raises(KnownError) as failure:
        written_map(school)
    message = explain(failure.value)
    assert "В шаблоне «diagnostic_map.docx» стоит {{ диретор }}: такой подстановки нет." in message.text
    assert "{{ название }}" in message.text
    assert written_map(school, built_in=True)


def test_that_a_huge_template_is_not_even_read(school: Workspace) -> None:
    path = templates.begin_own_template(DocumentKind.DIAGNOSTIC_MAP)
    with path.open("wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    with pytest.raises(KnownError, match=r"report\.template_too_big"):
        written_map(school)


def test_that_pdf_and_workbook_need_no_template(school: Workspace) -> None:
    templates.begin_own_template(DocumentKind.DIAGNOSTIC_MAP).write_bytes(b"spoilt")
    for form in (DocumentFormat.PDF, DocumentFormat.XLSX):
        assert documents.document_bytes(school, DocumentKind.DIAGNOSTIC_MAP, form=form)
