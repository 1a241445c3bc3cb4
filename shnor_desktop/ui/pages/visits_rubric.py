"""The card of a lesson on the screen: large choices for each criterion, to be marked while the lesson goes on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from shnor_desktop.domain.methodology import Rubric, RubricScore
from shnor_desktop.services.lesson_visits import CriterionMark, VisitCard
from shnor_desktop.ui.theme import TextStyle, Tone, lines, look, set_chars, set_gaps
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.line import TypedLine
from shnor_desktop.ui.widgets.page import ScrollColumn

_CARD_CHARS = 100
_CYRILLIC_KEYS = {"х": "x"}


class ScoreButton(QAbstractButton):
    """One value of the scale, large enough to be hit without looking."""

    def __init__(self, score: RubricScore, key: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.score = score
        self.setCheckable(True)
        self.setText(score.caption if key == "" else f"{key}  {score.caption}")
        self.setAccessibleName(score.caption)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """The words with much air around them."""
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + lines(1.8), lines(2.1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A box; the chosen one is filled and has the frame of the accent."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        painter.setPen(look().colour("accent" if chosen else "border_strong" if self.underMouse() else "border"))
        painter.setBrush(look().colour("accent_soft" if chosen else "surface_raised"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, lines(0.25), lines(0.25))
        painter.setPen(look().colour("text" if self.isEnabled() else "text_muted"))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()


class ScoreBar(QWidget):
    """The choices of one criterion. Digits or the letter choose and go on, arrows move, Delete takes the mark away."""

    chosen = Signal(str)
    moved = Signal(int)
    note_wanted = Signal()
    focused = Signal()

    def __init__(self, name: str, rubric: Rubric, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._flow = FlowLayout(self)
        set_gaps(self._flow, 0.35, (0.15, 0.15, 0.15, 0.15))
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._code = ""
        self.keys = keys_of(rubric.scale)
        self.buttons: dict[str, ScoreButton] = {}
        for key, score in zip(self.keys, rubric.scale, strict=True):
            button = ScoreButton(score, key, self)
            button.clicked.connect(lambda _=False, code=score.code: self._on_clicked(code))
            self._flow.addWidget(button)
            self.buttons[score.code] = button

    def set_score(self, code: str) -> None:
        """Show a value; nothing is told."""
        self._code = code
        for name, button in self.buttons.items():
            button.setChecked(name == code)

    def score(self) -> str:
        """The chosen value; empty for none."""
        return self._code

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits and letters of the scale, arrows, Delete; Enter goes to the note."""
        typed = _CYRILLIC_KEYS.get(event.text().lower(), event.text().lower())
        codes, key = list(self.buttons), event.key()
        if typed and typed in self.keys and self.isEnabled():
            self._choose(codes[self.keys.index(typed)])
            self.moved.emit(1)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self.isEnabled():
            self._choose("")
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self.isEnabled():
            step = 1 if key == Qt.Key.Key_Right else -1
            at = codes.index(self.score()) + step if self.score() else (0 if step > 0 else len(codes) - 1)
            self._choose(codes[max(0, min(at, len(codes) - 1))])
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.note_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Bring the criterion into sight."""
        super().focusInEvent(event)
        self.focused.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame of the focus."""
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(look().colour("focus"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), lines(0.3), lines(0.3))
            painter.end()

    def _on_clicked(self, code: str) -> None:
        """A second click takes the mark away."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._choose("" if code == self._code else code)

    def _choose(self, code: str) -> None:
        is_other = code != self._code
        self.set_score(code)
        if is_other:
            self.chosen.emit(code)


class CriterionRow(QWidget):
    """A criterion: what is looked at, the choices, a line for what was seen."""

    score_chosen = Signal(str)
    note_written = Signal(str)

    def __init__(self, mark: CriterionMark, rubric: Rubric, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.code = mark.criterion.code
        self._note = ""
        star = " *" if mark.criterion.obligatory else ""
        self.words = label(f"{mark.criterion.text}{star}")
        self.bar = ScoreBar(mark.criterion.text, rubric)
        self.bar.chosen.connect(self.score_chosen)
        self.note = TypedLine()
        self.note.setPlaceholderText("что увидели")
        self.note.setMaxLength(500)
        self.note.setAccessibleName(f"Что увидели: {mark.criterion.text}")
        self.note.editingFinished.connect(self._on_note_left)
        self.bar.note_wanted.connect(self.note.setFocus)
        column = QVBoxLayout(self)
        set_gaps(column, 0.2, (0, 0.2, 0, 0.35))
        column.addWidget(self.words)
        if mark.criterion.help:
            column.addWidget(label(mark.criterion.help, TextStyle.SMALL, Tone.MUTED))
        column.addWidget(self.bar)
        column.addWidget(self.note)

    def show_mark(self, mark: CriterionMark, is_locked: bool) -> None:
        """Show what is kept; a note that is being typed stays."""
        self.bar.set_score(mark.score)
        self.bar.setEnabled(not is_locked)
        self.note.setReadOnly(is_locked)
        if not self.note.hasFocus() or self.note.text() == self._note:
            self.note.setText(mark.note)
        self._note = mark.note

    def leave(self) -> None:
        """Tell a note that is being typed."""
        self._on_note_left()

    def _on_note_left(self) -> None:
        text = " ".join(self.note.text().split())
        if text != self._note:
            self._note = text
            self.note_written.emit(text)


class RubricPane(ScrollColumn):
    """All criteria by section; tells each mark at once."""

    marked = Signal(str, str)
    noted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=0.35)
        self.rows: dict[str, CriterionRow] = {}
        self._shown: tuple[str, str] = ("", "")
        self.left_over = label("", TextStyle.SMALL, Tone.MUTED)

    def show_card(self, card: VisitCard, read_only: bool) -> None:
        """Show the marks of a visit; the rows are made anew only for another card."""
        shown = (card.visit.id, card.rubric.code if card.rubric else "")
        if shown != self._shown:
            self._shown = shown
            self._rebuild(card)
        for mark in card.marks:
            self.rows[mark.criterion.code].show_mark(mark, read_only)
        self.left_over.setText(_left_words(card))

    def leave(self) -> None:
        """Keep what is being typed before another visit is shown."""
        for row in self.rows.values():
            row.leave()

    def _rebuild(self, card: VisitCard) -> None:
        self.clear()
        self.rows = {}
        self.verticalScrollBar().setValue(0)
        rubric = card.rubric
        if rubric is None:
            words = "Карты с таким кодом в методике нет. Выберите карту в части «Урок»."
            self.add(label(words, TextStyle.BODY, Tone.MUTED))
            return
        self.left_over = label("", TextStyle.SMALL, Tone.MUTED)
        self.add(self.left_over)
        for section in card.sections:
            self.add(label(section.title, TextStyle.SECTION))
            for mark in section.marks:
                self._add_row(mark, rubric)

    def _add_row(self, mark: CriterionMark, rubric: Rubric) -> None:
        row, code = CriterionRow(mark, rubric), mark.criterion.code
        set_chars(row, maximum=_CARD_CHARS)
        row.score_chosen.connect(lambda score, code=code: self.marked.emit(code, score))
        row.note_written.connect(lambda note, code=code: self.noted.emit(code, note))
        row.bar.moved.connect(lambda step, code=code: self._move(code, step))
        row.bar.focused.connect(lambda row=row: self.ensureWidgetVisible(row, 0, lines(1)))
        self.rows[code] = row
        self.add(row)

    def _move(self, code: str, step: int) -> None:
        codes = list(self.rows)
        at = codes.index(code) + step
        if 0 <= at < len(codes):
            self.rows[codes[at]].bar.setFocus(Qt.FocusReason.TabFocusReason)


def keys_of(scale: Sequence[RubricScore]) -> list[str]:
    """The key of each value: its code where that is one letter or digit, else its number in the scale."""
    if all(len(item.code) == 1 for item in scale):
        return [item.code for item in scale]
    return [str(at) for at in range(1, len(scale) + 1)]


def _left_words(card: VisitCard) -> str:
    keys = "Клавиши: цифра ставит отметку и ведёт дальше, стрелки ходят по пунктам, Enter — заметка, Delete — снять."
    if card.unmarked:
        return f"Обязательных пунктов (*) без отметки: {card.unmarked}. {keys}"
    return f"Обязательные пункты отмечены. {keys}"
