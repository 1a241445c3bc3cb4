"""One of the three steps of the exchange: its number, how it stands, and what can be done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.attachments import size_words
from shnor_desktop.services.leaving import Leaving
from shnor_desktop.ui.pages.leaving import files_words
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label

STEPS = ("Проверить", "Посмотреть, что уходит", "Заверить и передать")


class Step(QWidget):
    """A title, a line about how it stands, a link."""

    def __init__(self, number: str, title: str) -> None:
        super().__init__()
        self.setAccessibleName(f"Шаг {number}. {title}")
        self._state = SignText(self)
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0.4, 0)
        self._column.addWidget(label(f"{number}. {title}", TextStyle.SECTION))
        self._column.addWidget(self._state)
        self._column.addStretch(1)

    def set_state(self, words: str, icon: str, tone: Tone) -> None:
        """How the step stands."""
        self._state.set_words(words, icon, tone)

    def set_action(self, words: str, action: Callable[[], None]) -> Button:
        """A link below the words."""
        button = Button(words, ButtonKind.LINK)
        button.clicked.connect(lambda _=False: action())
        self._column.insertWidget(2, button, 0, Qt.AlignmentFlag.AlignLeft)
        return button


def leaving_words(leaving: Leaving) -> str:
    """What the next package carries, in a line."""
    if not leaving.batches:
        return "Новых данных нет: у центра уже всё есть."
    rows = sum(line.rows for line in leaving.lines)
    words = plural(rows, "запись", "записи", "записей")
    files = f", {files_words(leaving.files)} ({size_words(leaving.file_bytes)})" if leaving.files else ""
    return f"{words}{files} для получателя «{leaving.receiver}»" + (", полный пакет." if leaving.is_full else ".")
