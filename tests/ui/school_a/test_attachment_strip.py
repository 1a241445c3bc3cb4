"""The strip of files under a form: choose, drop, paste, remove; a page that only shows."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import attachments, records
from shnor_desktop.services.attachments import Owner
from shnor_desktop.ui.pages import attachment_strip
from shnor_desktop.ui.pages.attachment_strip import AttachmentStrip
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordSpec, read_rows
from tests.services.exchange_desks import add_teacher
from tests.ui.school_a.conftest import WAIT, SchoolWindow

PDF = b"%PDF-1.7\n%%EOF\n"


def strip_of(school: SchoolWindow, owner: Owner, why: str = "") -> AttachmentStrip:
    desk = school.desk.viewing(school.workspace.school, why) if why else school.desk
    place = QWidget(school.window)
    place.resize(600, 300)
    strip = AttachmentStrip(desk, place)
    strip.resize(600, 200)
    place.show()
    strip.set_owner(owner)
    school.settle()
    return strip


def urls(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def dropped(data: QMimeData) -> QDropEvent:
    return QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )


@pytest.fixture
def owner(school: SchoolWindow) -> Owner:
    return Owner(StaffMember.log_name, add_teacher(school.workspace))


def test_that_a_chosen_file_appears_with_its_size_and_date(
    school: SchoolWindow, owner: Owner, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "Диплом.pdf"
    path.write_bytes(PDF)
    monkeypatch.setattr(attachment_strip, "choose_files", lambda *_: [path])
    strip = strip_of(school, owner)
    with qtbot.waitSignal(strip.counted, timeout=WAIT):
        qtbot.mouseClick(strip.add, Qt.MouseButton.LeftButton)
    school.settle()
    (line,) = strip.items
    assert line.name.accessibleName() == "Диплом.pdf"
    assert line.facts.text().replace("\u00a0", " ") == "1 КБ · 02.09.2024"


def test_that_dropped_files_are_taken_and_a_bad_one_is_said(
    school: SchoolWindow, owner: Owner, tmp_path: Path, qtbot: QtBot
) -> None:
    good, bad = tmp_path / "a.pdf", tmp_path / "b.exe"
    good.write_bytes(PDF)
    bad.write_bytes(PDF)
    strip = strip_of(school, owner)
    data = urls(good, bad)
    strip.dropEvent(dropped(data))
    school.settle()
    qtbot.waitUntil(lambda: len(strip.items) == 1, timeout=WAIT)
    assert "b.exe" in school.window.messages.text.text()


def test_that_a_picture_of_the_clipboard_becomes_a_file(school: SchoolWindow, owner: Owner, qtbot: QtBot) -> None:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor("red"))
    strip = strip_of(school, owner)
    QGuiApplication.clipboard().setImage(image)
    strip.take_clipboard()
    school.settle()
    qtbot.waitUntil(lambda: len(strip.items) == 1, timeout=WAIT)
    QGuiApplication.clipboard().clear()
    (file,) = attachments.all_files(school.workspace)
    assert file.name == "Снимок 2024-09-02 08-00-00.png" or file.name.startswith("Снимок 2024-09-02")


def test_that_a_file_is_removed_and_ctrl_z_brings_it_back(
    school: SchoolWindow, owner: Owner, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    attachments.add_file(school.workspace, owner, path)
    strip = strip_of(school, owner)
    qtbot.mouseClick(strip.items[0].remove, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: strip.items == [], timeout=WAIT)
    school.desk.undo()
    qtbot.waitUntil(lambda: len(strip.items) == 1, timeout=WAIT)


def test_that_a_desk_that_only_shows_opens_files_and_changes_none(
    school: SchoolWindow, owner: Owner, tmp_path: Path
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    attachments.add_file(school.workspace, owner, path)
    strip = strip_of(school, owner, "Это школа, центр её не меняет.")
    assert strip.add.isHidden()
    assert strip.items[0].remove.isHidden()
    assert not strip.items[0].name.isHidden()
    assert not strip.acceptDrops()


def test_that_a_file_whose_bytes_did_not_come_says_so(school: SchoolWindow, owner: Owner, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(PDF)
    attachments.add_file(school.workspace, owner, path)
    (file,) = attachments.all_files(school.workspace)
    with school.workspace.writing() as transaction:
        transaction.records.remove_blob(school.workspace.school, file.digest)
    strip = strip_of(school, owner)
    assert not strip.items[0].save.isEnabled()
    assert "href" not in strip.items[0].name.text()


def test_that_any_register_gets_the_strip_by_one_word_of_its_spec(school: SchoolWindow, qtbot: QtBot) -> None:
    row = add_teacher(school.workspace)
    spec = RecordSpec(StaffMember, ("full_name",), "Добавить", "Пусто", "Пусто", takes_files=True)
    panel = RecordPanel(school.desk, spec)
    qtbot.addWidget(panel)
    panel.resize(900, 600)
    panel.show()
    panel.show_rows(read_rows(school.workspace, spec, school.workspace.school))
    panel.select(row)
    school.settle()
    assert panel.files is not None
    assert panel.files.isVisible()
    assert panel.files.owner == Owner("staff_member", row) == Owner(StaffMember.log_name, row)
    records.remove(school.workspace, StaffMember.log_name, row)
    panel.show_rows(read_rows(school.workspace, spec, school.workspace.school))


def test_that_a_long_name_does_not_widen_the_form(school: SchoolWindow, owner: Owner, tmp_path: Path) -> None:
    path = tmp_path / f"{'Очень длинное название скана соглашения ' * 2}.pdf"
    path.write_bytes(PDF)
    attachments.add_file(school.workspace, owner, path)
    strip = strip_of(school, owner)
    assert strip.minimumSizeHint().width() < 300
