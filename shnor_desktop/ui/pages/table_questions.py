"""What a file does not say, asked over the preview: whose row it is, which subject, class and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.services.table_import import Asked, AskedOf, TableFile, with_answers
from shnor_desktop.ui.forms.choices import NOT_CHOSEN, QuietCombo
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label


class TableQuestions(QWidget):
    """Keeps the lists of questions that were answered, so that an answer can be changed; tells `file_changed`."""

    file_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: TableFile | None = None
        self._asked: dict[tuple[int, str], AskedOf] = {}
        self.combos: dict[tuple[int, str], QuietCombo] = {}
        self.said = SignText(self)
        self._area = QWidget(self)
        self._flow = FlowLayout(self._area)
        set_gaps(self._flow, 0.6)
        column = QVBoxLayout(self)
        set_gaps(column, 0.3)
        column.addWidget(self.said)
        column.addWidget(self._area)

    def show_questions(self, file: TableFile, questions: Sequence[AskedOf]) -> None:
        """Show the open questions, with those that were answered before."""
        if self._file is None or self._file.tables is not file.tables or self._file.layouts != file.layouts:
            self._asked = {place: one for place, one in self._asked.items() if _answer(file, one)}
        self._file = file
        is_new = False
        for one in questions:
            is_new = is_new or (one.table, one.name) not in self.combos
            self._asked[one.table, one.name] = one
        if is_new or set(self._asked) != set(self.combos):
            self._rebuild()
        for place, combo in self.combos.items():
            combo.setCurrentIndex(max(0, combo.findData(_answer(file, self._asked[place]))))
        words = "Этого в файле нет. Ответьте, и программа покажет, что загрузится." if questions else ""
        self.said.set_words(words, "circle-alert" if questions else "", Tone.HIGH if questions else Tone.NORMAL)
        self.setVisible(bool(self._asked))

    def _rebuild(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.combos = {}
        for place, one in self._asked.items():
            caption = label(one.caption, TextStyle.BODY, Tone.MUTED, wraps=False)
            combo = QuietCombo()
            combo.setAccessibleName(one.caption)
            combo.addItem(NOT_CHOSEN, "")
            for code, words in one.options:
                combo.addItem(words, code)
            combo.activated.connect(lambda _at, place=place: self._on_chosen(place))
            self._flow.addWidget(caption)
            self._flow.addWidget(combo)
            self.combos[place] = combo

    def _on_chosen(self, place: tuple[int, str]) -> None:
        if self._file is None:
            return
        table, name = place
        value = str(self.combos[place].currentData() or "")
        asked = self._file.asked.get(table, Asked())
        asked = _with_answer(asked, name, value)
        self.file_changed.emit(with_answers(self._file, {table: asked}))


def _answer(file: TableFile, question: AskedOf) -> str:
    asked = file.asked.get(question.table, Asked())
    value = getattr(asked, question.name)
    return "" if value is None else str(value)


def _with_answer(asked: Asked, name: str, value: str) -> Asked:
    match name:
        case "own":
            return replace(asked, own=value)
        case "subject":
            return replace(asked, subject=value)
        case "procedure":
            return replace(asked, procedure=value)
        case "grade":
            return replace(asked, grade=int(value) if value else None)
        case _:
            return replace(asked, year=int(value) if value else None)
