"""«Почему школа в проекте»: the same explanation that the centre sees, at the school, with links to what is missing."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.identification import parameters
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.identification import SchoolIdentification, comparison_note, school_identification
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.identification_sheet import IdentificationSheet
from shnor_desktop.ui.pages.printing import print_document
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind


class WhyInProjectPane(QWidget):
    """The tab; reads when it is shown and after changes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.sheet = IdentificationSheet(has_links=not desk.is_read_only)
        self.sheet.missing_chosen.connect(lambda page, target: desk.open(page, target))
        self.copy = Button("Скопировать текст", ButtonKind.PLAIN, "copy", "Пояснение для письма или справки")
        self.copy.clicked.connect(self.copy_text)
        tools = QHBoxLayout()
        set_gaps(tools, 0.5, (1, 0.5, 1, 0))
        self.print = Button("Печать", ButtonKind.PLAIN, "printer", "Пояснение с процедурами, индексом и параметрами")
        self.print.clicked.connect(self.print_sheet)
        tools.addWidget(self.print)
        tools.addWidget(self.copy)
        tools.addStretch(1)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addLayout(tools)
        column.addWidget(self.sheet, 1)
        desk.changed.connect(self._on_desk_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is shown."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Judge the school anew, off the interface thread."""
        workspace, school = self._desk.workspace, self._desk.school
        self._desk.read(lambda: school_identification(workspace, school), self.show_item)

    def show_item(self, item: SchoolIdentification) -> None:
        """Show the judgement with the parameters that it was made by."""
        pack = self._desk.workspace.pack
        self.sheet.show_school(item, (comparison_note(pack),), parameters(pack.identification))

    def print_sheet(self) -> None:
        """Ask where to save the explanation and write it."""
        page = self.parentWidget()
        while page is not None and not isinstance(page, DeskPage):
            page = page.parentWidget()
        if page is not None:
            print_document(page, DocumentKind.IDENTIFICATION)

    def copy_text(self) -> None:
        """Put the explanation on the clipboard."""
        QGuiApplication.clipboard().setText(self.sheet.text())
        words = Notice("Пояснение скопировано.", "", "Вставьте его в письмо или справку: Ctrl+V.")
        self._desk.say(words, MessageLevel.DONE)

    def _on_desk_changed(self) -> None:
        if self.isVisible():
            self.refresh()
