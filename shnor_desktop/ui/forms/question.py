"""A question of the diagnostic map as a card: number, field, level with its reason and actions."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.ui.forms.field import FieldEditor, FieldNotes
from shnor_desktop.ui.forms.typed_text import Parse, parse_typed
from shnor_desktop.ui.theme import lines, look, set_chars, set_gaps

WHY = ("why", "почему")
ADD_MEASURE = ("add_measure", "добавить мероприятие")


class QuestionCard(QWidget):
    """One indicator. The field's name is the indicator's id; actions are told as (id, «why» | «add_measure» | …)."""

    edited = Signal(str, object)
    action_requested = Signal(str, str)
    origin_opened = Signal(str)
    next_requested = Signal()

    def __init__(
        self, field: FieldInfo, number: str = "", parse: Parse = parse_typed, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._token = ""
        self.field = FieldEditor(field, parse, self, caption=f"{number} {field.caption}".strip())
        column = QVBoxLayout(self)
        set_gaps(column, 0.25, (0.9, 0.6, 0.75, 0.65))
        set_chars(self, maximum=100)
        column.addWidget(self.field)
        self.field.edited.connect(self.edited)
        self.field.action_requested.connect(self.action_requested)
        self.field.origin_opened.connect(self.origin_opened)
        self.field.next_requested.connect(self.next_requested)

    def set_answer(self, value: object, notes: FieldNotes | None = None, read_only: str = "") -> None:
        """Show the answer with everything that is known about it."""
        notes = notes or FieldNotes()
        self._token = notes.level.value if notes.level is not None else ""
        self.field.set_read_only(read_only)
        self.field.set_value(value)
        self.field.set_notes(notes)
        self.update()

    def focus(self) -> None:
        """Put the cursor into the answer."""
        self.field.focus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised sheet with a quiet border; the level's colour stands at its left edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(look().colour("border"))
        painter.setBrush(look().colour("surface_raised"))
        radius = lines(0.25)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        if self._token in ("high", "medium", "low"):
            inset = lines(0.35)
            bar = QRectF(lines(0.3), inset, lines(0.16), self.height() - 2 * inset)
            painter.setPen(look().colour(self._token))
            painter.setBrush(look().colour(self._token))
            painter.drawRoundedRect(bar, bar.width() / 2, bar.width() / 2)
        painter.end()
