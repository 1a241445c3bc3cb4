"""A calendar that drops down under a date field."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate, QLocale, Qt
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from shnor_desktop.ui.theme import set_gaps

_FORMAT = "dd.MM.yyyy"


def pick_day(anchor: QWidget, shown: str, picked: Callable[[str], None]) -> QFrame:
    """Open a calendar under `anchor` at the shown date; `picked` gets the day as 01.03.2024."""
    frame = QFrame(anchor, Qt.WindowType.Popup)
    frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    frame.setFrameShape(QFrame.Shape.StyledPanel)
    calendar = QCalendarWidget(frame)
    calendar.setLocale(QLocale(QLocale.Language.Russian, QLocale.Country.Russia))
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setAccessibleName("Календарь")
    day = QDate.fromString(shown, _FORMAT)
    if day.isValid():
        calendar.setSelectedDate(day)
    column = QVBoxLayout(frame)
    set_gaps(column, 0, 0.25)
    column.addWidget(calendar)

    def take(chosen: QDate) -> None:
        frame.close()
        picked(chosen.toString(_FORMAT))

    calendar.activated.connect(take)
    calendar.clicked.connect(take)
    frame.move(anchor.mapToGlobal(anchor.rect().bottomLeft()))
    frame.show()
    calendar.setFocus()
    return frame
