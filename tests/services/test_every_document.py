"""Every document in every format: grids that hold, texts that stay texts, figures of the screen, nobody on the site."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import EntityInfo, entities
from shnor_desktop.models.school import School
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.reports.content import texts
from shnor_desktop.services import documents, problems, programme, records, roadmap
from shnor_desktop.services.document_kinds import DocumentFormat, DocumentKind
from shnor_desktop.services.document_makers import source_of
from shnor_desktop.services.indicator_values import target_views
from shnor_desktop.services.people_documents import results_note_facts
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT)
_FORMULAS = ("=1+1", "+7 900", "-3", "@SUM(A1)", "\tтаб")
_MAY_REFUSE = {"monitoring.no_waves", "document.nothing_to_print", "programme.version_absent"}
_TWIP_ROUNDING = 3


@pytest.fixture
def world(tmp_path: Path) -> Workspace:
    """A diagnosed school with a programme in which every text of every entity begins like a formula."""
    school = begun_school(tmp_path)
    signs = count()
    plant(school, lambda field: f"{_FORMULAS[next(signs) % len(_FORMULAS)]} {field.caption}")
    return school


@pytest.fixture
def school(tmp_path: Path) -> Workspace:
    """A school with a problem, a programme and measures."""
    return begun_school(tmp_path)


def begun_school(folder: Path) -> Workspace:
    workspace = make_diagnosed_school(folder, FixedClock())
    problems.accept(workspace, problems.suggest(workspace)[0])
    programme.ensure_programme(workspace)
    for measure in ("failure_risk.1", "failure_risk.2"):
        roadmap.add_from_library(workspace, measure)
    return workspace


def plant(workspace: Workspace, words: object, *, only_personal: bool = False) -> None:
    """A row of every entity with a text in every text field, written as an import or a package would."""
    assert callable(words)
    for info in entities().values():
        fields = [item for item in info.fields.values() if is_typed(item)]
        if only_personal:
            fields = [item for item in fields if item.personal]
        if fields and not info.is_root:
            row = records.row_id_for(workspace, info, {})
            changes: list[ChangeRequest] = [Restore(info.log_name, row), *said(info, row, fields, words)]
            workspace.write(changes, "проба")


def is_typed(item: FieldInfo) -> bool:
    """A text that the school writes."""
    return item.kind in _TEXTS and not item.is_code and WriterRole.SCHOOL in item.writers


def said(info: EntityInfo, row: str, fields: list[FieldInfo], words: object) -> Iterator[ChangeRequest]:
    assert callable(words)
    for item in fields:
        yield Set(info.log_name, row, item.name, words(item)[: item.max_length])


def written(workspace: Workspace, form: DocumentFormat) -> Iterator[tuple[str, bytes]]:
    for info in documents.list_kinds():
        if form in info.formats:
            try:
                yield str(info.kind), documents.document_bytes(workspace, info.kind, form=form)
            except KnownError as error:
                if error.code not in _MAY_REFUSE:
                    raise


@pytest.mark.timeout(180)
def test_that_every_table_of_word_has_a_fixed_grid_within_its_page(world: Workspace) -> None:
    tables = 0
    for kind, data in written(world, DocumentFormat.DOCX):
        body = ElementTree.fromstring(zipfile.ZipFile(BytesIO(data)).read("word/document.xml"))[0]
        for room, table in tables_of(body):
            tables += 1
            layout = table.find(f"{W}tblPr/{W}tblLayout")
            assert layout is not None, kind
            assert layout.get(f"{W}type") == "fixed", kind
            widths = [int(column.get(f"{W}w", "0")) for column in table.findall(f"{W}tblGrid/{W}gridCol")]
            assert widths, kind
            assert min(widths) > 0, kind
            assert sum(widths) <= room + _TWIP_ROUNDING, (kind, sum(widths), room)
    assert tables > 100


def tables_of(body: ElementTree.Element) -> Iterator[tuple[int, ElementTree.Element]]:
    """The outer tables with the room of the pages they stand on: a section ends with its properties."""
    waiting = []
    for element in body:
        if element.tag == f"{W}tbl":
            waiting.append(element)
        mark = element if element.tag == f"{W}sectPr" else element.find(f"{W}pPr/{W}sectPr")
        if mark is not None:
            size, sides = mark.find(f"{W}pgSz"), mark.find(f"{W}pgMar")
            assert size is not None
            assert sides is not None
            room = int(size.get(f"{W}w", "0")) - int(sides.get(f"{W}left", "0")) - int(sides.get(f"{W}right", "0"))
            yield from ((room, table) for table in waiting)
            waiting = []


@pytest.mark.timeout(180)
def test_that_no_text_of_a_person_becomes_a_formula_in_any_workbook(world: Workspace) -> None:
    found = 0
    for kind, data in written(world, DocumentFormat.XLSX):
        archive = zipfile.ZipFile(BytesIO(data))
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        assert not any(b"<f>" in archive.read(name) or b"<f " in archive.read(name) for name in sheets), kind
        for sheet in openpyxl.load_workbook(BytesIO(data)).worksheets:
            if sheet.max_row > 1:
                assert sheet.freeze_panes == "A2", kind
                assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1), kind
                assert sheet.print_area, kind
            for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)):
                if cell.value.startswith(("=", "+", "-", "@")):
                    found += 1
                    assert (cell.data_type, cell.quotePrefix) == ("s", True), (kind, cell.coordinate)
    assert found > 50


def test_that_the_site_learns_nothing_that_is_personal(school: Workspace) -> None:
    planted: list[str] = []

    def secret(_field: FieldInfo) -> str:
        planted.append(f"Тайнова{len(planted)}ич")
        return planted[-1]

    plant(school, secret, only_personal=True)
    own = [item for item in entities()[School.log_name].fields.values() if item.personal and is_typed(item)]
    school.write(list(said(entities()[School.log_name], school.school, own, secret)), "проба")
    people = [person.id for person in records.rows(school, StaffMember)]
    for info in entities().values():
        for item in info.fields.values():
            if item.target == StaffMember.log_name and WriterRole.SCHOOL in item.writers:
                rows = records.rows(school, info.cls)
                school.write([Set(info.log_name, row.id, item.name, people[-1]) for row in rows], "проба")
    assert len(planted) > 20
    names = [word for person in records.rows(school, StaffMember) for word in str(person.full_name).split()[:1]]
    assert "Тайнова" in "".join(texts(documents.document(school, DocumentKind.COUNCIL_SUMMARY)))
    for form in (DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.XLSX, DocumentFormat.HTML):
        data = documents.document_bytes(school, DocumentKind.SITE_SUMMARY, form=form)
        inside = unpacked(data)
        assert "Тайнова" not in inside, form
        assert not [name for name in names if name in inside], form
    shown = "".join(texts(documents.document(school, DocumentKind.SITE_SUMMARY)))
    assert "Тайнова" not in shown
    assert "участник проекта" in shown


def unpacked(data: bytes) -> str:
    """All that a file holds, with its archives and streams opened."""
    if data.startswith(b"PK"):
        archive = zipfile.ZipFile(BytesIO(data))
        return "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    found = [data.decode("utf-8", "replace")]
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            found.append(zlib.decompress(stream).decode("utf-8", "replace"))
        except zlib.error:
            continue
    return "".join(found)


def test_that_the_page_for_the_site_runs_nothing_and_escapes_everything(school: Workspace) -> None:
    row = roadmap.road_map(school).rows[0].measure
    records.edit(school, "measure", row.id, "title", "<script>alert(1)</script> & «урок»")
    records.edit(school, "measure", row.id, "due_on", "2030-01-01")
    page = documents.document_bytes(school, DocumentKind.SITE_SUMMARY, form=DocumentFormat.HTML).decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http://" not in page.replace("http-equiv", "")
    assert 'lang="ru"' in page
    with pytest.raises(KnownError, match=r"document\.no_such_format"):
        documents.document_bytes(school, DocumentKind.PASSPORT, form=DocumentFormat.HTML)


def test_that_documents_say_the_figures_of_the_screens(school: Workspace) -> None:
    counts = roadmap.road_map(school).counts
    row = roadmap.road_map(school).rows[0].measure
    roadmap.mark_done(school, row.id, "Справка № 7")
    counts = roadmap.road_map(school).counts
    final = words_of(school, DocumentKind.FINAL_REPORT)
    assert f"Выполнено {counts.done} из {counts.total}" in final
    assert f"Мероприятий не завершено: {counts.total - counts.done}" in final
    assert f"выполнено {counts.done} из {counts.total}" in words_of(school, DocumentKind.COUNCIL_SUMMARY)
    talk = words_of(school, DocumentKind.PRESENTATION)
    assert f"Выполнено {counts.done} из {counts.total}" in talk
    for view in target_views(school):
        assert view.title in final
        for value in (view.base, view.target):
            assert view.shown(value).replace("\xa0", " ") in final
    note = words_of(school, DocumentKind.RESULTS_NOTE)
    for _subject, lines in results_note_facts(source_of(school, None)).subjects:
        for line in lines:
            assert line.below.replace("\xa0", " ") in note


def words_of(workspace: Workspace, kind: DocumentKind) -> str:
    return "\n".join(texts(documents.document(workspace, kind))).replace("\xa0", " ")


def test_that_the_talk_has_eight_to_ten_slides_of_a_few_lines_and_names_nobody(school: Workspace) -> None:
    person = "Тихоструев Пётр Ильич"
    records.edit(school, "staff_member", records.rows(school, StaffMember)[0].id, "full_name", person)
    row = roadmap.road_map(school).rows[0].measure
    records.edit(school, "measure", row.id, "title", "Урок Тихоструева П. И.")
    records.edit(school, "measure", row.id, "due_on", "2024-08-01")
    talk = words_of(school, DocumentKind.PRESENTATION)
    assert 8 <= len(re.findall(r"Слайд \d+\.", talk)) <= 10
    assert "Тихоструев" not in talk
    assert "Урок педагог школы" in talk


def test_that_a_final_report_before_the_programme_is_refused_in_words(tmp_path: Path) -> None:
    workspace = make_diagnosed_school(tmp_path, FixedClock())
    with pytest.raises(KnownError, match=r"programme\.not_begun"):
        documents.document(workspace, DocumentKind.FINAL_REPORT)
    assert "Данных пока нет" in words_of(workspace, DocumentKind.PRESENTATION)


@pytest.mark.parametrize(
    "kind",
    [
        DocumentKind.AGREEMENT,
        DocumentKind.JOINT_PLAN,
        DocumentKind.LESSON_CARD,
        DocumentKind.FEEDBACK_SHEET,
        DocumentKind.FEEDBACK_CARD,
        DocumentKind.DEVELOPMENT_PLANS,
        DocumentKind.PREVENTION_PLAN,
        DocumentKind.PROGRESS_SHEET,
        DocumentKind.ORDER,
        DocumentKind.PROTOCOL,
    ],
)
def test_that_a_document_about_one_row_is_a_form_where_there_is_no_row(tmp_path: Path, kind: DocumentKind) -> None:
    workspace = make_diagnosed_school(tmp_path, FixedClock())
    text = words_of(workspace, kind)
    assert "____" in text
    assert "None" not in text
