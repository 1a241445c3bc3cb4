"""«Печать»: the document of a page written as PDF where the person says, with its progress under the header."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from shnor_desktop.services.documents import DocumentKind, Written, suggested_name, write_document
from shnor_desktop.ui.dialogs import choose_save
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.page import DeskPage

_PATTERN = "Документ PDF (*.pdf)"


def print_document(page: DeskPage, kind: DocumentKind) -> None:
    """Ask where to save the document of a page and write it."""
    desk = page.desk

    def on_named(name: str) -> None:
        target = choose_save(page.window(), "Сохранить документ", _PATTERN, Path.home() / name)
        if target is not None:
            write_to(page, kind, target)

    desk.read(lambda: suggested_name(desk.workspace, kind, desk.school), on_named)


def write_to(page: DeskPage, kind: DocumentKind, target: Path) -> None:
    """Write the document into a file that was chosen."""
    desk = page.desk

    def on_written(written: Written) -> None:
        words = Notice(f"Документ сохранён: {written.path.name}.", f"Папка: {written.path.parent}.")
        desk.say(words, MessageLevel.DONE, "Открыть", lambda: _open(written.path))

    page.run_long(
        "Готовлю документ", lambda _task: write_document(desk.workspace, kind, target, desk.school), on_written
    )


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
