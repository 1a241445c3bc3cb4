"""Documents hold what the screen shows and are written whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.reports.content import Document
from shnor_desktop.services import documents, problems, programme, roadmap
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.roadmap import road_map
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school, make_school_workspace


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with a problem, a programme and two measures."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    problems.accept(workspace, problems.suggest(workspace)[0])
    programme.ensure_programme(workspace)
    roadmap.add_from_library(workspace, "failure_risk.1")
    roadmap.add_from_library(workspace, "failure_risk.2")
    return workspace


def words(document: Document) -> str:
    """All text of a document, for looking something up in it."""
    return repr(document).replace("\\xa0", " ")


def test_that_every_kind_is_written_as_a_pdf(school: Workspace, tmp_path: Path) -> None:
    for info in documents.list_kinds():
        target = tmp_path / documents.suggested_name(school, info.kind)
        written = documents.write_document(school, info.kind, target)
        assert target.read_bytes().startswith(b"%PDF-")
        assert written.size == target.stat().st_size


def test_that_the_programme_prints_what_the_pages_show(school: Workspace) -> None:
    text = words(documents.document(school, DocumentKind.PROGRAMME))
    for row in road_map(school).rows:
        assert row.measure.title in text
    assert "8 из 20 (40 %)" in text
    assert "ПРОЕКТ" in text
    assert "Лесная средняя общеобразовательная школа" in text


def test_that_a_cancelled_measure_is_not_printed(school: Workspace) -> None:
    row = road_map(school).rows[0].measure
    roadmap.cancel(school, row.id, "Заменено")
    assert str(row.title) not in words(documents.document(school, DocumentKind.ROAD_MAP))


def test_that_marks_of_fulfilment_are_printed_only_when_asked_for(school: Workspace) -> None:
    row = road_map(school).rows[0].measure
    roadmap.mark_done(school, row.id, "Справка № 7")
    assert "Справка № 7" not in words(documents.document(school, DocumentKind.ROAD_MAP))
    assert "выполнено, Справка № 7" in words(documents.document(school, DocumentKind.ROAD_MAP_STATUS))


def test_that_without_a_programme_only_the_map_is_printed(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    with pytest.raises(KnownError, match=r"programme\.not_begun"):
        documents.write_document(workspace, "programme", tmp_path / "p.pdf")
    assert not (tmp_path / "p.pdf").exists()
    documents.write_document(workspace, "diagnostic_map", tmp_path / "d.pdf")
    workspace.close()


def test_that_a_missing_folder_leaves_nothing_half_written(school: Workspace, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"document\.folder_missing"):
        documents.write_document(school, "roadmap", tmp_path / "flash" / "r.pdf")
    target = tmp_path / "r.pdf"
    target.mkdir()
    with pytest.raises(KnownError, match=r"document\.write_failed"):
        documents.write_document(school, "roadmap", target)
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []
