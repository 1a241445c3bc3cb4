"""«Печать»: the document of a page as PDF, Word or Excel where the person says, with its progress under the header."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QProcess, QUrl
from PySide6.QtGui import QCursor, QDesktopServices
from PySide6.QtWidgets import QMenu, QWidget

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.document_kinds import info_of
from shnor_desktop.services.document_templates import TEMPLATE_FAILED, begin_own_template
from shnor_desktop.services.documents import DocumentFormat, DocumentKind, Written, suggested_name, write_document
from shnor_desktop.services.wording import explain
from shnor_desktop.ui.dialogs import choose_save
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.theme import lines

_PATTERNS = {
    DocumentFormat.PDF: "Документ PDF (*.pdf)",
    DocumentFormat.DOCX: "Документ Word (*.docx)",
    DocumentFormat.XLSX: "Книга Excel (*.xlsx)",
    DocumentFormat.HTML: "Страница для сайта (*.html)",
}


def print_menu(page: DeskPage, kinds: Sequence[DocumentKind | str], parent: QWidget) -> QMenu:
    """The formats of a document, and its template; several documents have a menu each."""
    menu = QMenu(parent)
    if len(kinds) == 1:
        fill_menu(menu, page, kinds[0])
    else:
        for kind in kinds:
            fill_menu(menu.addMenu(info_of(kind).title), page, kind)
    return menu


def print_document(page: DeskPage, kind: DocumentKind | str) -> None:
    """Ask for the format at the mouse, or under the header when the keyboard asked, then where to save."""
    menu = print_menu(page, (kind,), page)
    menu.aboutToHide.connect(menu.deleteLater)
    at = QCursor.pos()
    if not page.rect().contains(page.mapFromGlobal(at)):
        at = page.mapToGlobal(QPoint(lines(2), lines(3)))
    menu.popup(at)
    menu.setActiveAction(menu.actions()[0])


def save_document(page: DeskPage, kind: DocumentKind | str, form: DocumentFormat, which: str = "") -> None:
    """Ask where to save the document of a page and write it; `which` is what it is about, where it is of one row."""
    desk = page.desk

    def on_named(name: str) -> None:
        target = choose_save(page.window(), "Сохранить документ", _PATTERNS[form], Path.home() / name)
        if target is not None:
            write_to(page, kind, _ended(target, form), form, which=which)

    desk.read(lambda: suggested_name(desk.workspace, kind, desk.school, form), on_named)


def write_to(
    page: DeskPage,
    kind: DocumentKind | str,
    target: Path,
    form: DocumentFormat = DocumentFormat.PDF,
    *,
    built_in: bool = False,
    which: str = "",
) -> None:
    """Write the document into a file that was chosen; a template that does not serve can be passed over."""
    desk = page.desk

    def work() -> Written | KnownError:
        try:
            return write_document(desk.workspace, kind, target, desk.school, form, built_in=built_in, which=which)
        except KnownError as error:
            if built_in or not error.code.startswith(TEMPLATE_FAILED):
                raise
            return error

    def on_written(result: Written | KnownError) -> None:
        if isinstance(result, KnownError):
            again = partial(write_to, page, kind, target, form, built_in=True, which=which)
            change = ("Открыть шаблон", partial(_change_template, page, kind))
            desk.say(explain(result), MessageLevel.ERROR, "Взять встроенный шаблон", again, change)
            return
        words = Notice(f"Документ сохранён: {result.path.name}.", f"Папка: {result.path.parent}.")
        folder = ("Показать в папке", partial(_show_in_folder, result.path))
        desk.say(words, MessageLevel.DONE, "Открыть", partial(_open, result.path), folder)

    page.run_long("Готовлю документ", lambda _task: work(), on_written)


def fill_menu(menu: QMenu, page: DeskPage, kind: DocumentKind | str, chosen: Callable[[], str] = str) -> None:
    info = info_of(kind)
    for form in info.formats:
        menu.addAction(form.caption).triggered.connect(partial(_on_chosen, page, kind, form, chosen))
    if DocumentFormat.DOCX in info.formats:
        menu.addSeparator()
        menu.addAction("Изменить шаблон Word").triggered.connect(partial(_on_template_asked, page, kind))


def _on_chosen(
    page: DeskPage, kind: DocumentKind | str, form: DocumentFormat, chosen: Callable[[], str], _checked: bool = False
) -> None:
    save_document(page, kind, form, chosen())


def _on_template_asked(page: DeskPage, kind: DocumentKind | str, _checked: bool = False) -> None:
    _change_template(page, kind)


def _change_template(page: DeskPage, kind: DocumentKind | str) -> None:
    """Open the school's own template of a document in Word; it begins as a copy of the built-in one."""

    def on_begun(path: Path) -> None:
        words = Notice(
            f"Шаблон документа «{info_of(kind).title}» открыт в редакторе.",
            "Меняйте поля, шрифты, колонтитулы и титульный лист; слова в фигурных скобках программа заменит сама.",
            "Сохраните файл на прежнем месте. Чтобы вернуть встроенный шаблон, удалите этот файл.",
        )
        page.desk.say(words, MessageLevel.INFO, "Показать в папке", partial(_show_in_folder, path))
        _open(path)

    page.desk.read(lambda: begin_own_template(kind), on_begun)


def _ended(path: Path, form: DocumentFormat) -> Path:
    """The path with the ending of its format: a person may type a name without one."""
    return path if path.suffix.lower() == f".{form.value}" else path.with_name(f"{path.name}.{form.value}")


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _show_in_folder(path: Path) -> None:
    """The folder of a file; Windows marks the file in it."""
    if sys.platform == "win32":
        QProcess.startDetached("explorer", ["/select,", str(path)])
    else:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
