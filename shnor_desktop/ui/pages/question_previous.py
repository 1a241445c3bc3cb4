"""A strip over a form: earlier answers that wait to be confirmed as unchanged, in one step or one by one."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.diagnosis import FormView
from shnor_desktop.services.waves import waiting
from shnor_desktop.ui.theme import TextStyle, look, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label


class PreviousStrip(QWidget):
    """Shown while questions of this wave that were answered before have no answer yet."""

    confirm_requested = Signal()
    change_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._left = ""
        self.words = label("", TextStyle.SMALL, wraps=False)
        self.confirm = Button("Подтвердить все неизменные", icon="check")
        self.change = Button("Изменить по одному", icon="pencil")
        for button in (self.confirm, self.change):
            button.set_small()
        self.confirm.clicked.connect(self.confirm_requested)
        self.change.clicked.connect(self._on_change)
        flow = FlowLayout(self)
        set_gaps(flow, 0.6, (1, 0.4, 1, 0.4))
        for widget in (self.words, self.confirm, self.change):
            flow.addWidget(widget)
        self.hide()

    def show_form(self, view: FormView, *, is_read_only: bool) -> None:
        """Say how many answers wait and where they stand; nothing to take over hides the strip."""
        found = waiting(view)
        place = f"{view.form.id}|{view.wave}"
        if not found or is_read_only or self._left == place:
            self.hide()
            return
        first = found[0].previous
        count = plural(len(found), "прежний ответ", "прежних ответа", "прежних ответов")
        where = f" ({first.source})" if first else ""
        self.words.setText(f"Ждут подтверждения: {count}{where}.")
        self.change.setProperty("place", place)
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet ground."""
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), look().colour("surface_sunken"))
        painter.end()

    def _on_change(self) -> None:
        self._left = str(self.change.property("place"))
        self.hide()
        self.change_requested.emit()
