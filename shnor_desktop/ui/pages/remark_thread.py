"""A thread of a remark: what was asked, the place then and now, what was said, and the moves of this desk."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.services.remark_feed import MessageLine, RemarkLine, RemarkThread
from shnor_desktop.ui.forms.editors import GrowingText
from shnor_desktop.ui.pages.marked_text import MarkedText
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps, set_lines
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn

STATE_TONES = {"new": Tone.HIGH, "in_work": Tone.MEDIUM, "fixed": Tone.LOW, "accepted": Tone.LOW}
STATE_ICONS = {
    "new": "message-square",
    "in_work": "clock",
    "fixed": "check",
    "accepted": "circle-check",
    "withdrawn": "x",
}
PRAISE = "отмечено положительно"
_MOVES = {
    "in_work": ("В работе", "clock", ""),
    "fixed": ("Исправлено", "check", ""),
    "accepted": ("Принять", "circle-check", "F8"),
    "withdrawn": ("Снять", "x", ""),
    "new": ("Вернуть в новое", "undo-2", "F9"),
}
_LEAST_LINES = 8
_NO_CHOICE = "Выберите замечание: здесь будут его место, переписка и то, что с ним можно сделать."


def sign_of(line: RemarkLine) -> tuple[str, str, Tone]:
    """State in words, icon and tone of a remark; a good word has no state to speak of."""
    if line.kind_code == "praise":
        return PRAISE, "circle-check", Tone.LOW
    tone = Tone.HIGH if line.is_overdue else STATE_TONES.get(line.state, Tone.MUTED)
    return line.state_words, STATE_ICONS.get(line.state, "circle"), tone


class ThreadView(QWidget):
    """Shows one thread; tells what the person wants by signals, and keeps what is typed until it is stored.

    `move_wanted` tells state and words, `said` words, `flag_wanted` whether the mark is to stand.
    """

    move_wanted = Signal(str, str)
    said = Signal(str)
    place_wanted = Signal()
    attach_wanted = Signal()
    flag_wanted = Signal(bool)

    def __init__(self, parent: QWidget | None = None, *, with_keys: bool = False) -> None:
        super().__init__(parent)
        self.thread_shown: RemarkThread | None = None
        self._read_only = False
        self._reading = ScrollColumn(gap=0.4, margins=0.5)
        set_lines(self._reading, _LEAST_LINES)
        self.answer = GrowingText()
        self.answer.setAccessibleName("Ответ под замечанием")
        self.answer.setPlaceholderText("Ответить (можно и просто отметить состояние)")
        self.say = Button("Написать", ButtonKind.PLAIN, "send")
        self.say.clicked.connect(self._on_said)
        self.buttons: dict[str, Button] = {}
        self._tools = QWidget(self)
        flow = FlowLayout(self._tools)
        set_gaps(flow, 0.4)
        flow.addWidget(self.say)
        for state, (words, icon, key) in _MOVES.items():
            button = Button(words, ButtonKind.PLAIN, icon)
            button.clicked.connect(lambda _=False, state=state: self.want_move(state))
            if key and with_keys:
                button.setToolTip(f"{words} ({key})")
                QShortcut(QKeySequence(key), self).activated.connect(lambda state=state: self.want_move(state))
            self.buttons[state] = button
            flow.addWidget(button)
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, (0, 0, 0.5, 0.5))
        column.addWidget(self._reading, 1)
        column.addWidget(self.answer)
        column.addWidget(self._tools)
        QShortcut(QKeySequence("Ctrl+Return"), self.answer, self._on_said, context=Qt.ShortcutContext.WidgetShortcut)
        self.show_thread(None)

    def set_read_only(self, is_read_only: bool) -> None:
        """Only show: nothing is written or moved here."""
        self._read_only = is_read_only

    def show_thread(self, thread: RemarkThread | None, school: str = "") -> None:
        """Show a thread, or how to choose one; what is typed stays while the same one is shown."""
        before = self.thread_shown.line.id if self.thread_shown else ""
        self.thread_shown = thread
        if thread is None or thread.line.id != before:
            self.answer.setPlainText("")
        self._reading.clear()
        if thread is None:
            self._reading.add(label(_NO_CHOICE, TextStyle.BODY, Tone.MUTED))
        else:
            self._show_head(thread, school)
            self._show_place(thread)
            for message in thread.messages:
                self._show_message(message)
        can_write = thread is not None and not self._read_only
        self.answer.setVisible(can_write)
        self._tools.setVisible(can_write)
        moves = thread.moves if thread is not None and can_write else ()
        for state, button in self.buttons.items():
            button.setVisible(state in moves)
        if thread is not None:
            self.buttons["in_work"].setText("Вернуть в работу" if thread.line.state == "fixed" else "В работе")

    def want_move(self, state: str) -> None:
        """Move the thread, if this desk may; the reason for «новое» is asked for where it is typed."""
        thread = self.thread_shown
        if thread is None or self._read_only or state not in thread.moves:
            return
        words = self.answer.toPlainText().strip()
        if state == "new" and not words:
            self.answer.setPlaceholderText("Напишите, что осталось поправить, и верните ещё раз")
            self.answer.setFocus()
            return
        self.move_wanted.emit(state, words)

    def clear_typed(self) -> None:
        """What was typed is stored."""
        self.answer.setPlainText("")

    def _on_said(self) -> None:
        words = self.answer.toPlainText().strip()
        if words and self.thread_shown is not None:
            self.said.emit(words)
        else:
            self.answer.setFocus()

    def _show_head(self, thread: RemarkThread, school: str) -> None:
        line = thread.line
        state = SignText(self)
        due = f" · {line.due_words}" if line.due else ""
        late = " · просрочено" if line.is_overdue else ""
        words, icon, tone = sign_of(line)
        state.set_words(f"{words}{due}{late}", icon, tone)
        self._reading.add(state)
        self._reading.add(label(line.body, TextStyle.STRONG))
        words = " · ".join(part for part in (school, line.kind, line.place, line.author, line.made_on) if part)
        self._reading.add(label(words, TextStyle.SMALL, Tone.MUTED))
        row = QWidget(self)
        flow = FlowLayout(row)
        set_gaps(flow, 0.4)
        go = Button("Открыть место", ButtonKind.LINK, "arrow-right")
        go.clicked.connect(self.place_wanted)
        flow.addWidget(go)
        mark = Button("Снять отметку" if line.is_flagged else "Отметить для себя", ButtonKind.LINK, "flag")
        mark.clicked.connect(lambda: self.flag_wanted.emit(not line.is_flagged))
        flow.addWidget(mark)
        self._reading.add(row)

    def _show_place(self, thread: RemarkThread) -> None:
        words = thread.place_words
        if words:
            sign = SignText(self)
            is_calm = not (thread.is_changed or thread.now.is_gone)
            sign.set_words(words, "file-text" if is_calm else "pencil", Tone.MUTED if is_calm else Tone.MEDIUM)
            self._reading.add(sign)
        if thread.quoted:
            self._reading.add(label("Как было", TextStyle.SMALL, Tone.MUTED))
            self._reading.add(label(thread.quoted))
        if thread.is_changed:
            self._reading.add(label("Как сейчас", TextStyle.SMALL, Tone.MUTED))
            self._reading.add(MarkedText(thread.pieces) if thread.pieces else label(thread.now.text))
        if thread.now.is_gone and thread.successor is not None:
            self._reading.add(label(f"Похожее место: {thread.successor.caption}", TextStyle.SMALL, Tone.MUTED))
            self._reading.add(label(thread.successor.text))
            if not self._read_only and "accepted" in (*thread.moves, thread.line.state):
                move = Button("Перенести замечание сюда", ButtonKind.LINK, "arrow-right")
                move.clicked.connect(self.attach_wanted)
                self._reading.add(move)

    def _show_message(self, message: MessageLine) -> None:
        moved = f"→ {message.moved_words}" if message.moved_words else ""
        who = " · ".join(part for part in (message.side_words, message.author, message.made_at, moved) if part)
        self._reading.add(label(who, TextStyle.SMALL, Tone.MUTED))
        if message.body:
            self._reading.add(label(message.body))
