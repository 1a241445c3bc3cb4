"""F1: the guide in a window of its own, open at the page that is worked on; searched, and printed as PDF."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QTextBrowser, QVBoxLayout, QWidget

from shnor_desktop.services.guide import GuideTopic, topics
from shnor_desktop.ui.dialogs import choose_save
from shnor_desktop.ui.theme import chars, lines, look, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind

_FILE_NAME = "rukovodstvo-shnor-desktop.pdf"
_ID = int(Qt.ItemDataRole.UserRole)


class GuideWindow(QWidget):
    """It stays beside the program: a person reads and works. `write` gets the file to print the guide into."""

    def __init__(self, write: Callable[[Path], None], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._write = write
        self.setWindowTitle("Руководство")
        self.resize(chars(96), lines(32))
        self.search = QLineEdit()
        self.search.setPlaceholderText("Найти в руководстве")
        self.search.setAccessibleName("Найти в руководстве")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search_edited)
        self.list = QListWidget()
        self.list.setAccessibleName("Разделы руководства")
        self.list.setWordWrap(True)
        self.list.currentItemChanged.connect(lambda item, _before: self._show_item(item))
        self.text = QTextBrowser()
        self.text.setAccessibleName("Текст раздела")
        self.text.setOpenLinks(False)
        self.text.setWordWrapMode(QTextOption.WrapMode.WordWrap)
        self.text.document().setDocumentMargin(lines(1.2))
        printing = Button("Печать в PDF…", ButtonKind.PLAIN, "printer")
        printing.clicked.connect(self._on_print_clicked)
        left = QVBoxLayout()
        set_gaps(left, 0.5)
        for widget in (self.search, self.list, printing):
            left.addWidget(widget)
        holder = QWidget()
        holder.setLayout(left)
        set_chars(holder, 26, 30)
        row = QHBoxLayout(self)
        set_gaps(row, 0.75, (0.75, 0.75, 0.75, 0.75))
        row.addWidget(holder)
        row.addWidget(self.text, 1)
        for keys in ("Esc", "F1"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.close)
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.search.setFocus)
        self._fill(topics())

    def show_topic(self, name: str) -> None:
        """Open the guide at a text; at the first where there is no such."""
        self.search.clear()
        found = [self.list.item(at) for at in range(self.list.count())]
        wanted = next((item for item in found if item.data(_ID) == name), found[0] if found else None)
        if wanted is not None:
            self.list.setCurrentItem(wanted)
        self.show()
        self.raise_()
        self.activateWindow()

    def current_topic(self) -> str:
        """The id of the text that is shown."""
        item = self.list.currentItem()
        return str(item.data(_ID)) if item is not None else ""

    def _fill(self, found: tuple[GuideTopic, ...]) -> None:
        self.list.clear()
        for one in found:
            item = QListWidgetItem(one.title)
            item.setData(_ID, one.id)
            self.list.addItem(item)
        if found:
            self.list.setCurrentRow(0)
        else:
            self.text.setPlainText("Таких слов в руководстве нет. Попробуйте одно слово или его начало.")

    def _on_search_edited(self, typed: str) -> None:
        words = typed.casefold().split()
        self._fill(tuple(one for one in topics() if one.matches(words)))

    def _show_item(self, item: QListWidgetItem | None) -> None:
        found = next((one for one in topics() if item is not None and one.id == item.data(_ID)), None)
        if found is not None:
            self.text.document().setDefaultFont(look().font())
            self.text.setMarkdown(found.text)

    def _on_print_clicked(self) -> None:
        target = choose_save(self, "Сохранить руководство", "Документ PDF (*.pdf)", Path.home() / _FILE_NAME)
        if target is not None:
            self._write(target)
