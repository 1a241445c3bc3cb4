"""«Рассмотрение» at the centre: the files that a school put beside its rows are listed, opened, never changed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import attachments, records
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.pages import Desk, attachment_strip
from shnor_desktop.ui.workspaces.municipal.pages import municipal_pages
from shnor_desktop.ui.workspaces.municipal.review import ReviewPage
from tests.services.exchange_desks import Desks, desks, without_check
from tests.ui.exchange.test_exchange_in_windows import make_desk

__all__ = ["desks", "make_desk", "without_check"]

PDF = b"%PDF-1.7\n%%EOF\n"


def test_that_a_file_of_the_school_is_opened_where_it_is_reviewed(
    qtbot: QtBot, desks: Desks, make_desk: Callable[[Workspace], Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def note(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(attachment_strip.QDesktopServices, "openUrl", note)
    row = records.rows(desks.school, StaffMember)[0].id
    attachments.add_bytes(desks.school, Owner(StaffMember.log_name, row), "Диплом.pdf", PDF)
    desks.meet()
    desk = make_desk(desks.centre)
    desk.window.set_pages(municipal_pages(desk))
    desk.window.show()
    desk.window.open_page("review", desks.school.school)
    page = desk.window.page("review")
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.view is not None, timeout=30_000)
    page.sections.select("attachment")
    page._show_items()
    (item,) = page._section().items if (page._section() is not None) else ()  # type: ignore[union-attr]
    page.items.select(f"{item.entity}:{item.row}:{item.field}")
    page._on_item_chosen("")
    qtbot.waitUntil(lambda: len(page.files.items) == 1, timeout=30_000)
    line = page.files.items[0]
    assert line.remove.isHidden()
    assert page.files.add.isHidden()
    line.open_asked.emit()
    qtbot.waitUntil(lambda: bool(opened), timeout=30_000)
    assert opened[0].read_bytes() == PDF
    qtbot.waitUntil(lambda: not desk.tasks.is_busy(), timeout=30_000)
