"""One thing of the calendar beside it: what, when, whose, and the button that leads to its page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.russian import short_date
from shnor_desktop.services.calendar import CalendarItem, ItemKind
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.labels import SignText, label


class CalendarItemCard(QWidget):
    """Tells `opened` when its page is wanted."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kind = label("", TextStyle.SMALL, Tone.MUTED)
        self.title = label("", TextStyle.SECTION)
        self.day = SignText(self)
        self.facts = label("")
        self.open = Button("Открыть", icon="arrow-right")
        self.open.clicked.connect(self.opened)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, 1)
        for widget in (self.kind, self.title, self.day, self.facts):
            column.addWidget(widget)
        column.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.kind.setText("Выберите срок слева: здесь он откроется.")
        for hidden in (self.title, self.day, self.facts, self.open):
            hidden.hide()

    def show_item(self, item: CalendarItem) -> None:
        """Show an item; what is done outside of the program has no button."""
        self.kind.setText(item.words.capitalize())
        self.title.setText(item.title)
        self.title.show()
        if item.due is None:
            self.day.set_words(f"Без даты: {item.waits}", "clock", Tone.MUTED)
        elif item.is_overdue:
            self.day.set_words(f"▲ Просрочено: срок был {short_date(item.due)}", "circle-alert", Tone.HIGH)
        else:
            period = f"{short_date(item.start)} — " if item.start and item.start < item.due else ""
            self.day.set_words(f"{period}{short_date(item.due)}, {item.state}", "calendar", Tone.MUTED)
        whose = "С кем" if item.kind is ItemKind.EVENT else "Педагог" if item.kind is ItemKind.STEP else "Кто"
        lines = [
            item.part.capitalize(),
            f"{whose}: {item.owner}" if item.owner else "",
            f"Срок словами: {item.phrase}" if item.phrase else "",
            f"Подтверждение: {item.evidence}" if item.evidence else "",
            item.note,
        ]
        self.facts.setText("\n".join(line for line in lines if line))
        self.facts.setVisible(bool(self.facts.text()))
        self.open.setVisible(bool(item.page) and item.page != "today")
