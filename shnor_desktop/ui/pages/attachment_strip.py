"""The files beside a row: a list with open, save and remove; files are chosen, dropped, or pasted as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, QUrl, Signal
from PySide6.QtGui import (
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import attachments
from shnor_desktop.services.attachments import Attached, AttachedFile, Owner
from shnor_desktop.services.wording import explain
from shnor_desktop.ui.dialogs import choose_files, choose_save
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import LinkText, SignText, label

_PATTERN = (
    "Документы и снимки (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic *.doc *.docx *.xls *.xlsx *.odt *.ods *.pptx "
    "*.txt *.csv *.zip);;Все файлы (*)"
)


class AttachmentStrip(QWidget):
    """«Файлы» of one row. Put it under a form and say by `set_owner` whose files it shows; it reads by itself.

    `counted` tells how many files there are after each reading. Files can be chosen, dropped anywhere on the strip,
    or pasted: a picture or files of the clipboard by Ctrl+V while the strip has the focus, or by its button.
    """

    counted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.owner: Owner | None = None
        self.shown: Attached | None = None
        self.items: list[FileLine] = []
        self._is_stale = True
        self.setAcceptDrops(not desk.is_read_only)
        self.title = label("Файлы", TextStyle.STRONG, wraps=False)
        self.total = label("", TextStyle.SMALL, Tone.MUTED)
        self.add = Button("Приложить файл…", ButtonKind.QUIET, "paperclip", "До 25 МБ; файл можно и перетащить сюда")
        self.add.clicked.connect(self._on_add_clicked)
        self.paste = Button("Вставить снимок", ButtonKind.QUIET, "copy", "Взять картинку или файлы из буфера обмена")
        self.paste.clicked.connect(self.take_clipboard)
        tools = QWidget(self)
        top = FlowLayout(tools)
        set_gaps(top, 0.5)
        for widget in (self.title, self.add, self.paste):
            top.addWidget(widget)
        self._list = QVBoxLayout()
        set_gaps(self._list, 0.35)
        column = QVBoxLayout(self)
        set_gaps(column, 0.2)
        column.addWidget(tools)
        column.addWidget(self.total)
        column.addLayout(self._list)
        self.setAccessibleName("Файлы")
        pasted = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), self)
        pasted.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        pasted.activated.connect(self.take_clipboard)
        QGuiApplication.clipboard().dataChanged.connect(self._show_tools)
        desk.changed.connect(self.refresh)
        self.hide()

    def set_owner(self, owner: Owner | None) -> None:
        """Show the files of a row; none hides the strip."""
        if owner == self.owner and self.shown is not None:
            return
        self.owner, self.shown = owner, None
        self._show_lines(())
        self.setVisible(owner is not None)
        self._show_tools()
        self.refresh()

    def refresh(self) -> None:
        """Read the files anew, now or when the strip is seen again."""
        owner, desk = self.owner, self.desk
        self._is_stale = True
        if owner is None or not self.isVisible():
            return
        self._is_stale = False
        desk.read(lambda: (owner, attachments.attached(desk.workspace, owner, desk.school)), self._on_read)

    def add_paths(self, paths: Sequence[Path]) -> None:
        """Put files beside the row; the bar says of each that was refused why."""
        owner, desk = self.owner, self.desk
        if owner is None or desk.is_read_only or not paths:
            return
        desk.write(lambda: attachments.add_files(desk.workspace, owner, paths, desk.school), self._on_added)

    def take_clipboard(self) -> None:
        """Put the picture or the files of the clipboard beside the row."""
        self._take(QGuiApplication.clipboard().mimeData())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files and pictures that are dragged over the strip."""
        if self.owner is not None and _has_content(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Put what was dropped beside the row."""
        self._take(event.mimeData())
        event.acceptProposedAction()

    def showEvent(self, event: QShowEvent) -> None:
        """Read what changed while the strip was out of sight."""
        super().showEvent(event)
        if self._is_stale:
            self.refresh()

    def _take(self, data: QMimeData) -> None:
        paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if paths:
            self.add_paths(paths)
        elif data.hasImage():
            self._add_picture(data.imageData())

    def _add_picture(self, image: object) -> None:
        owner, desk = self.owner, self.desk
        if owner is None or desk.is_read_only or not isinstance(image, QImage) or image.isNull():
            return
        picture = QImage(image)

        def work() -> list[KnownError]:
            moment = desk.workspace.clock.now().astimezone()
            name = f"Снимок {moment:%Y-%m-%d %H-%M-%S}.png"
            try:
                attachments.add_bytes(desk.workspace, owner, name, _png(picture), desk.school)
            except KnownError as error:
                return [error]
            return []

        desk.write(work, self._on_added)

    def _on_add_clicked(self) -> None:
        self.add_paths(choose_files(self.window(), "Приложить файл", _PATTERN, Path.home()))

    def _on_added(self, refused: list[KnownError]) -> None:
        if not refused:
            return
        first = explain(refused[0])
        more = f"Не приложено ещё: {len(refused) - 1}." if len(refused) > 1 else ""
        self.desk.say(Notice(first.what, first.means, f"{first.do} {more}".strip(), first.code), MessageLevel.ERROR)

    def _on_read(self, read: tuple[Owner, Attached]) -> None:
        owner, found = read
        if owner != self.owner:
            return
        if self.shown != found:
            self.shown = found
            self._show_lines(found.files)
        self._show_tools()
        self.counted.emit(len(found.files))

    def _show_lines(self, files: Sequence[AttachedFile]) -> None:
        for old in self.items:
            self._list.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.items = []
        for file in files:
            line = FileLine(file, self.desk.is_read_only, self)
            line.open_asked.connect(partial(open_file, self.desk, file))
            line.save_asked.connect(partial(save_file, self.desk, file))
            line.remove_asked.connect(partial(self._remove, file))
            self._list.addWidget(line)
            self.items.append(line)

    def _remove(self, file: AttachedFile) -> None:
        desk = self.desk
        desk.write(lambda: attachments.remove_file(desk.workspace, file.id, desk.school))

    def _show_tools(self) -> None:
        is_open = not self.desk.is_read_only
        self.add.setVisible(is_open)
        self.paste.setVisible(is_open and _has_content(QGuiApplication.clipboard().mimeData()))
        found = self.shown
        words = ""
        self.title.setVisible(is_open or bool(found is not None and found.files))
        if found is not None and found.is_much and is_open:
            words = f"Файлы школы занимают {attachments.size_words(found.total)}; в пакет помещается 512 МБ."
        self.total.setText(words)
        self.total.setVisible(bool(words))


class FileLine(QWidget):
    """One file: its name opens it, beside it size and date, save and remove."""

    open_asked = Signal()
    save_asked = Signal()
    remove_asked = Signal()

    def __init__(self, file: AttachedFile, is_read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file = file
        self.name = LinkText(self, wraps=True)
        self.name.set_parts([(file.name, "open" if file.is_here else "")])
        self.name.setToolTip("Открыть копию для просмотра" if file.is_here else "")
        self.name.link_chosen.connect(lambda _link: self.open_asked.emit())
        words = " · ".join(part for part in (file.size_words, file.added, file.note) if part)
        self.facts = label(words, TextStyle.SMALL, Tone.MUTED)
        self.save = Button("", ButtonKind.QUIET, "download", f"Сохранить как: {file.name}")
        self.save.clicked.connect(self.save_asked)
        self.remove = Button("", ButtonKind.QUIET, "trash-2", f"Убрать файл {file.name}; вернуть можно по Ctrl+Z")
        self.remove.clicked.connect(self.remove_asked)
        self.remove.setVisible(not is_read_only)
        said = QVBoxLayout()
        set_gaps(said, 0)
        said.addWidget(self.name)
        said.addWidget(self.facts)
        row = QHBoxLayout()
        set_gaps(row, 0.2)
        row.addLayout(said, 1)
        row.addWidget(self.save)
        row.addWidget(self.remove)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addLayout(row)
        if not file.is_here:
            missing = SignText(self)
            words = "Самого файла на этом компьютере нет: он остался у того, кто его приложил."
            missing.set_words(words, "triangle-alert", Tone.MEDIUM)
            column.addWidget(missing)
            self.save.setEnabled(False)


def open_file(desk: Desk, file: AttachedFile) -> None:
    """Write a read-only copy and let the system open it; what is not opened is said in words."""

    def on_copied(path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    desk.read(lambda: attachments.copy_to_open(desk.workspace, file.id, desk.school), on_copied)


def save_file(desk: Desk, file: AttachedFile) -> None:
    """Ask where, and write a copy."""
    target = choose_save(desk.window, "Сохранить файл", "Все файлы (*)", Path.home() / file.name)
    if target is None:
        return

    def on_saved(path: Path) -> None:
        desk.say(Notice(f"Файл сохранён: {path.name}.", f"Папка: {path.parent}."), MessageLevel.DONE)

    desk.read(lambda: attachments.save_file(desk.workspace, file.id, target, desk.school), on_saved)


def _has_content(data: QMimeData | None) -> bool:
    return data is not None and (data.hasImage() or any(url.isLocalFile() for url in data.urls()))


def _png(picture: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(picture)
    return bytes(data.data())
