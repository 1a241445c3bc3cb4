"""A part of the work in windows: given with a preview, filled in by a colleague, returned, decided."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.team_packages import give_part, open_part
from shnor_desktop.services.teamwork import PartDraft, delegations
from shnor_desktop.services.workspace import Profile, Workspace
from shnor_desktop.ui.dialogs import PreviewDialog
from shnor_desktop.ui.pages.records_page import RecordsPage
from shnor_desktop.ui.program import school_role
from shnor_desktop.ui.workspaces.school import exchange_return, exchange_team
from shnor_desktop.ui.workspaces.school.check import CheckPage
from shnor_desktop.ui.workspaces.school.exchange import ExchangePage
from shnor_desktop.ui.workspaces.school.exchange_return import ReturnPage
from shnor_desktop.ui.workspaces.school.exchange_team import PartDialog
from tests.clock import FixedClock
from tests.services.exchange_desks import add_teacher
from tests.services.school import make_school_workspace
from tests.ui.school_a.conftest import WAIT, SchoolWindow

NAME = "Завучева Первая Ивановна"
TEACHER = "Образцова Анна Ивановна"


@pytest.fixture
def own(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    add_teacher(workspace)
    return workspace


def windowed(qtbot: QtBot, workspace: Workspace) -> Iterator[SchoolWindow]:
    made = SchoolWindow(qtbot, workspace)
    yield made
    made.settle()
    made.close()
    made.forget()
    assert made.broken == []


@pytest.fixture
def school(qtbot: QtBot, own: Workspace) -> Iterator[SchoolWindow]:
    yield from windowed(qtbot, own)


@pytest.fixture
def colleague(qtbot: QtBot, own: Workspace, tmp_path: Path) -> Iterator[SchoolWindow]:
    file = give_part(own, tmp_path / "flash", PartDraft(NAME, ["staff"], "20.09.2024")).path
    desk = open_part(file, tmp_path / "home" / "part.db", own.clock, profile=Profile(tmp_path / "home" / "profile"))
    yield from windowed(qtbot, desk)
    own.close()


def opened(window: SchoolWindow) -> ExchangePage:
    page = window.open("exchange")
    assert isinstance(page, ExchangePage)
    return page


def test_that_a_part_is_given_after_a_look_at_what_leaves(
    school: SchoolWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_team, "choose_folder", lambda *_: tmp_path / "flash")
    page = opened(school)
    page.parts.chosen.emit("team")
    assert page.team.empty.isVisible()
    qtbot.mouseClick(page.team.give, Qt.MouseButton.LeftButton)
    dialog = page.window().findChild(PartDialog)
    school.settle()
    qtbot.mouseClick(dialog.draft.do_button, Qt.MouseButton.LeftButton)
    assert "Заполните это поле" in dialog.draft.form.editors["colleague"].problem_text()
    dialog.draft.fill({"colleague": NAME, "parts": ["staff", "results"], "wanted_by": "2024-09-20"})
    qtbot.mouseClick(dialog.draft.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    preview = dialog.findChild(PreviewDialog)
    assert preview.isVisible()
    assert preview.table.model().rowCount() == 2
    with qtbot.waitSignal(school.desk.changed, timeout=WAIT):
        preview.accept()
    school.settle()
    assert [path.suffix for path in (tmp_path / "flash").iterdir()] == [".shnor"]
    qtbot.waitUntil(lambda: page.team.table.isVisible(), timeout=WAIT)
    (line,) = delegations(school.workspace)
    assert (line.colleague, line.part_titles, line.wanted_by) == (NAME, "Кадры, Результаты", "20.09.2024")


def test_that_a_day_in_the_past_is_refused_where_it_was_typed(school: SchoolWindow, qtbot: QtBot) -> None:
    page = opened(school)
    page.team.ask()
    dialog = page.window().findChild(PartDialog)
    dialog.draft.fill({"colleague": NAME, "parts": ["staff"], "wanted_by": "2020-09-20"})
    qtbot.mouseClick(dialog.draft.do_button, Qt.MouseButton.LeftButton)
    school.settle()
    assert dialog.draft.problem.isVisible()
    assert "20.09.2020" in dialog.draft.problem.words.text()
    dialog.reject()


def test_that_a_colleague_writes_the_granted_page_and_only_sees_the_others(colleague: SchoolWindow) -> None:
    staff = colleague.open("staff")
    assert isinstance(staff, RecordsPage)
    assert not staff.desk.is_read_only
    partners = colleague.open("partners")
    assert partners.desk.is_read_only
    assert "Вам поручено: Кадры" in partners.banner.text()
    for page in ("passport", "map", "programme", "roadmap", "development", "monitoring", "results"):
        assert colleague.open(page).desk.is_read_only, page
    for page in ("today", "check"):
        colleague.open(page)
    listed = [spec.id for spec in school_role().pages(colleague.desk) if spec.is_listed]
    assert listed == ["staff", "exchange", "passport"]


def test_that_a_colleague_returns_what_was_done_and_nothing_before(
    colleague: SchoolWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange_return, "choose_folder", lambda *_: tmp_path / "back")
    page = colleague.open("exchange")
    assert isinstance(page, ReturnPage)
    assert page.entrusted.text() == "Поручено: Кадры. Вернуть до 20.09.2024."
    assert page.header.primary is not None
    assert not page.header.primary.isEnabled()
    row = records.rows(colleague.workspace, StaffMember)[0].id
    with qtbot.waitSignal(colleague.desk.changed, timeout=WAIT):
        colleague.desk.write(lambda: records.edit(colleague.workspace, "staff_member", row, "experience", 5))
    colleague.settle()
    qtbot.waitUntil(page.header.primary.isEnabled, timeout=WAIT)
    page.header.primary_clicked.emit()
    colleague.settle()
    (file,) = (tmp_path / "back").iterdir()
    assert "возврат" in file.name
    colleague.settle()


def test_that_a_conflict_names_who_and_when_and_is_decided_in_one_click(
    own: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    file = give_part(own, tmp_path / "flash", PartDraft(NAME, ["staff"])).path
    desk = open_part(file, tmp_path / "home" / "part.db", own.clock, profile=Profile(tmp_path / "home" / "profile"))
    row = records.rows(own, StaffMember)[0].id
    records.edit(own, "staff_member", row, "experience", 5)
    records.edit(desk, "staff_member", row, "experience", 7)
    from shnor_desktop.services.team_packages import return_part

    back = return_part(desk, tmp_path / "back").path
    desk.close()
    import_package(own, back, import_package(own, back).fingerprint)
    for window in windowed(qtbot, own):
        page = window.open("check")
        assert isinstance(page, CheckPage)
        key = next(line.key for line in page._data.result.lines if line.key.startswith("conflict"))  # type: ignore[union-attr]
        page.list.select(key)
        window.settle()
        shown = " ".join(one.text() for one in page.finding.findChildren(QLabel))
        assert NAME in shown
        assert "Этот компьютер" in shown
        assert "Изменено 02.09.2024 в" in shown
        page._on_version_kept(0)
        window.settle()
        assert records.conflicts(own) == []
