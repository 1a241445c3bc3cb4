"""A paragraph of the programme as it will be printed, changed in place, with the mark of a draft until it is read."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from shnor_desktop.domain.facts import ParagraphFact
from shnor_desktop.services.programme_freshness import StaleDraft
from shnor_desktop.ui.forms.editors import GrowingText
from shnor_desktop.ui.theme import TextStyle, Tone, lines, look, set_gaps, set_text_style
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText
from shnor_desktop.ui.workspaces.school.programme_stale import StaleNote

UNREAD = "Составлено программой по данным школы: прочтите и поправьте."


class PrintedText(GrowingText):
    """Text in the face of the printed page, as high as it is long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        look().load_print_face()
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_text_style(self, TextStyle.PRINT)

    def _fit(self) -> None:
        """A paragraph of the page is never scrolled by itself."""
        shown = max(QFontMetricsF(self.font()).lineSpacing(), self.text_height())
        self.setFixedHeight(round(shown + 2 * self.document().documentMargin() + 1))


class ParagraphEditor(QWidget):
    """One paragraph; `changed` when it is left with another text or typing pauses."""

    changed = Signal(str, str)
    read = Signal(str)
    moved = Signal(str, int)
    split = Signal(str, int)
    removed = Signal(str)
    renewed = Signal(str)
    left_alone = Signal(str)

    def __init__(self, row: str, place: int, read_only: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._is_draft = False
        self.stale: StaleNote | None = None
        self.text = PrintedText(self)
        self.text.setAccessibleName(f"Абзац {place}")
        self.text.setReadOnly(bool(read_only))
        self.text.setToolTip(read_only)
        self.text.left.connect(self._on_text_left)
        self.text.paused.connect(self._on_text_paused)
        self.mark = SignText(self)
        self.confirm = Button("прочитано", ButtonKind.LINK)
        self.confirm.set_small()
        self.confirm.setAccessibleName(f"Прочитано: абзац {place}")
        self.confirm.clicked.connect(lambda: self.read.emit(self.row))
        self.menu_button = Button("", ButtonKind.QUIET, "ellipsis", f"Действия с абзацем {place}")
        self.menu_button.clicked.connect(self.open_menu)
        self._read_only = read_only
        self._lay_out()
        self.menu_button.setVisible(not read_only)

    def show_paragraph(self, paragraph: ParagraphFact, stale: StaleDraft | None = None) -> None:
        """Show the stored text; what is being typed is not overwritten. `stale` says that its data changed."""
        body = paragraph.body or ""
        if not self.is_being_typed() and self.text.toPlainText() != body:
            self.text.setPlainText(body)
            self.text.document().setModified(False)
        self._is_draft = bool(paragraph.generated)
        self.mark.set_words(UNREAD if self._is_draft else "", "pencil", Tone.MEDIUM)
        self.confirm.setVisible(self._is_draft and not self._read_only)
        self._draft_row.setVisible(self._is_draft)
        self._show_stale(stale)
        self.update()

    def is_being_typed(self) -> bool:
        """Whether it has the focus and was changed."""
        return self.text.hasFocus() and self.text.document().isModified()

    def focus(self) -> None:
        """Put the cursor at the end of the text."""
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.text.moveCursor(QTextCursor.MoveOperation.End)

    def open_menu(self) -> QMenu:
        """What can be done with the paragraph."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Выше", lambda: self.moved.emit(self.row, -1))
        menu.addAction("Ниже", lambda: self.moved.emit(self.row, 1))
        menu.addAction("Разделить на месте курсора", self._on_split_chosen)
        menu.addAction("Удалить абзац", lambda: self.removed.emit(self.row))
        menu.popup(self.menu_button.mapToGlobal(self.menu_button.rect().bottomLeft()))
        return menu

    def paintEvent(self, event: QPaintEvent) -> None:
        """A draft has a bar at its left edge until it is read."""
        if self._is_draft:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look().colour("medium"))
            painter.drawRoundedRect(QRectF(0, 0, lines(0.14), self.height()), lines(0.07), lines(0.07))
            painter.end()

    def _show_stale(self, stale: StaleDraft | None) -> None:
        """«Данные изменились: обновить?» with what the draft would say otherwise."""
        if stale is not None and not self._read_only and self.stale is None:
            self.stale = StaleNote(self)
            self.stale.renewed.connect(lambda: self.renewed.emit(self.row))
            self.stale.left_alone.connect(lambda: self.left_alone.emit(self.row))
            self._words.addWidget(self.stale)
        if self.stale is not None:
            self.stale.setVisible(stale is not None)
            if stale is not None:
                self.stale.show_draft(stale)

    def _lay_out(self) -> None:
        self._draft_row = QWidget(self)
        marks = QHBoxLayout(self._draft_row)
        set_gaps(marks, 0.4, (0.3, 0, 0, 0))
        marks.addWidget(self.mark, 1)
        marks.addWidget(self.confirm)
        self._words = words = QVBoxLayout()
        set_gaps(words, 0.1)
        words.addWidget(self.text)
        words.addWidget(self._draft_row)
        row = QHBoxLayout(self)
        set_gaps(row, 0.2, (0.4, 0, 0, 0))
        row.addLayout(words, 1)
        row.addWidget(self.menu_button, 0, Qt.AlignmentFlag.AlignTop)

    def _on_text_left(self) -> None:
        if self.text.document().isModified():
            self.text.document().setModified(False)
            self.changed.emit(self.row, self.text.toPlainText().strip())

    def _on_text_paused(self) -> None:
        """Keep what is there; an emptied paragraph waits until it is left."""
        words = self.text.toPlainText().strip()
        if words:
            self.changed.emit(self.row, words)

    def _on_split_chosen(self) -> None:
        self.split.emit(self.row, self.text.textCursor().position())
