"""«Приём»: verdicts before anything is written, the good ones taken in, bad ones kept and offered, runs undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shnor_desktop.services import quarantine
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.pages import Desk, school_list
from shnor_desktop.ui.workspaces.municipal.arrivals_page import ArrivalsPage
from shnor_desktop.ui.workspaces.municipal.pages import municipal_pages
from tests.services.exchange_desks import Desks, changed_bytes, desks, without_check
from tests.services.many_schools import Many, digests, many_schools
from tests.ui.exchange.test_exchange_in_windows import make_desk

__all__ = ["desks", "make_desk", "without_check"]
WAIT = 30_000


@pytest.fixture
def many(desks: Desks) -> Many:
    """Four schools that the centre knows, and a file of one of them with a bit changed."""
    found = many_schools(desks, 4)
    changed_bytes(found.files[0], lambda data: data.__setitem__(900, data[900] ^ 1))
    (found.folder / "записка.docx").write_bytes(b"words")
    return found


@pytest.fixture
def page(qtbot: QtBot, many: Many, make_desk: Callable[[Workspace], Desk]) -> ArrivalsPage:
    """The page in the window of the centre."""
    desk = make_desk(many.centre)
    desk.window.set_pages(municipal_pages(desk))
    desk.window.show()
    desk.window.open_page("arrivals")
    found = desk.window.page("arrivals")
    assert isinstance(found, ArrivalsPage)
    return found


def settle(qtbot: QtBot, page: ArrivalsPage) -> None:
    """Let the work come to its end."""
    qtbot.waitUntil(lambda: not page.desk.tasks.is_busy(), timeout=WAIT)


def texts(page: ArrivalsPage, column: int) -> list[str]:
    model = page.bench.table.rows_model
    return [str(model.index(row, column).data()) for row in range(model.rowCount())]


def press(qtbot: QtBot, words: str) -> ConfirmDialog:
    """The question that is open, answered by its verb."""
    found: list[ConfirmDialog] = []

    def is_open() -> bool:
        found[:] = [w for w in QApplication.topLevelWidgets() if isinstance(w, ConfirmDialog) and w.isVisible()]
        return bool(found)

    qtbot.waitUntil(is_open)
    assert found[0].do_button.text() == words
    qtbot.mouseClick(found[0].do_button, Qt.MouseButton.LeftButton)
    return found[0]


def test_that_an_empty_page_says_what_to_do_and_takes_nothing(page: ArrivalsPage) -> None:
    assert page.bench.empty.isVisible()
    assert page.header.primary is not None
    assert not page.header.primary.isEnabled()


def test_that_verdicts_are_shown_before_anything_is_written_and_the_good_ones_taken(
    qtbot: QtBot, page: ArrivalsPage, many: Many
) -> None:
    before = digests(many.centre)
    page.take_files([many.folder])
    settle(qtbot, page)
    assert digests(many.centre) == before
    assert page.header.primary is not None
    assert page.header.primary.text() == "Принять годные (4)"
    assert sorted(texts(page, 3)) == ["будет принят"] * 4 + ["повреждён"]
    assert "записка.docx" in page.bench.others.text()
    assert any("новая школа" in text for text in texts(page, 4))
    page.take_in()
    settle(qtbot, page)
    assert len(digests(many.centre)) == len(before) + 4
    assert page.bench.summary.text() == "Принято 4 из 5. Не принято: 1."
    assert not page.header.primary.isEnabled()
    assert [entry.file for entry in quarantine.entries(many.centre)] == [f"changed-{many.files[0].name}"]
    qtbot.waitUntil(lambda: "(1)" in page.parts._segments["quarantine"].text(), timeout=WAIT)


def test_that_a_red_verdict_offers_a_letter_and_its_folder(qtbot: QtBot, page: ArrivalsPage, many: Many) -> None:
    page.take_files([many.folder])
    settle(qtbot, page)
    assert page.bench.letter.isVisible()
    assert page.bench.place.isVisible()
    assert not page.bench.confirm.isVisible()
    qtbot.mouseClick(page.bench.letter, Qt.MouseButton.LeftButton)
    letter = QGuiApplication.clipboard().text()
    assert "повреждён" in letter
    assert many.files[0].name in letter


def test_that_a_filter_shows_one_kind_of_verdict(qtbot: QtBot, page: ArrivalsPage, many: Many) -> None:
    page.take_files([many.folder])
    settle(qtbot, page)
    segment = page.bench.filter._segments["damaged"]
    assert segment.text() == "повреждён (1)"
    qtbot.mouseClick(segment, Qt.MouseButton.LeftButton)
    assert texts(page, 3) == ["повреждён"]


def test_that_an_unknown_sender_is_confirmed_on_the_bench(
    qtbot: QtBot, page: ArrivalsPage, many: Many, tmp_path: Path
) -> None:
    file = many.desks.send()
    page.take_files([file])
    settle(qtbot, page)
    assert texts(page, 3) == ["отправитель не подтверждён"]
    qtbot.mouseClick(page.bench.confirm, Qt.MouseButton.LeftButton)
    dialog = press(qtbot, "Цифры совпали, подтвердить")
    digits = many.desks.school.identity.certificate.fingerprint_words
    assert any(digits in label.text() for label in dialog.findChildren(QLabel))
    qtbot.waitUntil(lambda: texts(page, 3) == ["уже был"], timeout=WAIT)
    settle(qtbot, page)
    assert many.desks.same()


def test_that_a_run_is_taken_back_from_the_log(qtbot: QtBot, page: ArrivalsPage, many: Many) -> None:
    before = digests(many.centre)
    page.take_files(many.files)
    settle(qtbot, page)
    page.take_in()
    settle(qtbot, page)
    page.open_target("runs")
    qtbot.waitUntil(lambda: page.runs.shown is not None and page.runs.undo.isVisible(), timeout=WAIT)
    settle(qtbot, page)
    qtbot.mouseClick(page.runs.undo, Qt.MouseButton.LeftButton)
    press(qtbot, "Отменить приём")
    qtbot.waitUntil(lambda: page.runs.shown is not None and not page.runs.shown.taken, timeout=WAIT)
    settle(qtbot, page)
    assert {school for school, digest in digests(many.centre).items() if digest.strip("0")} == set(before)


def test_that_the_log_of_a_run_is_written_as_a_table_and_as_a_document(
    qtbot: QtBot, page: ArrivalsPage, many: Many, tmp_path: Path
) -> None:
    page.take_files(many.files)
    settle(qtbot, page)
    page.take_in()
    settle(qtbot, page)
    qtbot.waitUntil(lambda: page.runs.shown is not None, timeout=WAIT)
    assert page.runs.shown is not None
    for name, start in (("a.xlsx", b"PK"), ("a.pdf", b"%PDF")):
        page.log.write_log(tmp_path / name, page.runs.shown)
        settle(qtbot, page)
        assert (tmp_path / name).read_bytes().startswith(start)


def test_that_a_file_in_quarantine_is_deleted_after_a_question(qtbot: QtBot, page: ArrivalsPage, many: Many) -> None:
    page.take_files([many.folder])
    settle(qtbot, page)
    page.take_in()
    settle(qtbot, page)
    page.open_target("quarantine")
    qtbot.waitUntil(lambda: page.kept.remove.isVisible() and page.kept.remove.isEnabled(), timeout=WAIT)
    settle(qtbot, page)
    qtbot.mouseClick(page.kept.remove, Qt.MouseButton.LeftButton)
    press(qtbot, "Удалить файл")
    qtbot.waitUntil(lambda: page.kept.empty.isVisible(), timeout=WAIT)
    settle(qtbot, page)
    assert quarantine.entries(many.centre) == []


def test_that_several_files_chosen_on_the_page_of_schools_go_over_the_bench(
    qtbot: QtBot, page: ArrivalsPage, many: Many, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(school_list, "choose_files", lambda *_: many.files)
    listed = page.desk.window.page("schools")
    assert isinstance(listed, school_list.SchoolListPage)
    listed.choose_packages()
    qtbot.waitUntil(lambda: texts(page, 3) == ["будет принят"] * 4, timeout=WAIT)
    settle(qtbot, page)


def test_that_a_run_that_is_stopped_at_once_takes_nothing_in(qtbot: QtBot, page: ArrivalsPage, many: Many) -> None:
    before = digests(many.centre)
    page.take_files(many.files)
    settle(qtbot, page)
    page.take_in()
    page.strip.stop_requested.emit()
    settle(qtbot, page)
    assert digests(many.centre) == before
    page.take_files(many.files)
    settle(qtbot, page)
    assert texts(page, 3) == ["будет принят"] * 4
