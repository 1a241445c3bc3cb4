"""«Данные изменились: обновить?» under a paragraph: what its draft would say otherwise, and two answers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.services.programme_freshness import StaleDraft
from shnor_desktop.ui.pages.marked_text import MarkedText
from shnor_desktop.ui.theme import Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText

_UNEDITED = "Данные изменились: обновить?"
_EDITED = "Данные изменились: заменить числа в вашем тексте?"
_ELSEWHERE = "Данные изменились, а прежних чисел в вашем тексте нет: посмотрите сами."


class StaleNote(QWidget):
    """The old and the new words of a draft; a person decides."""

    renewed = Signal()
    left_alone = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.question = SignText(self)
        self.difference = MarkedText([], self)
        self.renew = Button("Обновить", ButtonKind.LINK, "refresh-cw")
        self.renew.clicked.connect(self.renewed)
        self.leave = Button("Оставить как есть", ButtonKind.LINK)
        self.leave.clicked.connect(self.left_alone)
        answers = QWidget(self)
        row = FlowLayout(answers)
        set_gaps(row, 0.3)
        for button in (self.renew, self.leave):
            button.set_small()
            row.addWidget(button)
        column = QVBoxLayout(self)
        set_gaps(column, 0.2, (0.3, 0.1, 0, 0.2))
        for widget in (self.question, self.difference, answers):
            column.addWidget(widget)

    def show_draft(self, stale: StaleDraft) -> None:
        """Show what changed since the paragraph was drafted."""
        words = _UNEDITED if not stale.is_edited else _EDITED if stale.suggestion else _ELSEWHERE
        self.question.set_words(words, "refresh-cw", Tone.MEDIUM)
        self.difference.set_parts(list(stale.pieces))
        self.renew.setVisible(bool(stale.suggestion))
