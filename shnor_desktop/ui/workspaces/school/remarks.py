"""The remarks of the centre as the school works on them: go to the place, answer, mark as mended."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.checks import PAGE_OF_ENTITY
from shnor_desktop.services import centre
from shnor_desktop.services.review import RemarkLine
from shnor_desktop.ui.forms.editors import GrowingText
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.labels import label

_TONES = {"new": Tone.HIGH, "in_work": Tone.MEDIUM, "fixed": Tone.LOW, "accepted": Tone.LOW}
_ICONS = {"new": "message-square", "in_work": "clock", "fixed": "check", "accepted": "circle-check", "withdrawn": "x"}


class RemarksPanel(QWidget):
    """A list of remarks with the answer of the school below it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._lines: dict[str, RemarkLine] = {}
        self.list = CardList("Замечания центра", 4, 3)
        self.list.card_chosen.connect(lambda _: self._show_tools())
        self.answer = GrowingText()
        self.answer.setAccessibleName("Ответ школы на замечание")
        self.answer.setPlaceholderText("Что сделано (можно не заполнять)")
        self.go = Button("Открыть место", ButtonKind.LINK, "arrow-right")
        self.go.clicked.connect(self.open_place)
        self.take = Button("В работе", ButtonKind.PLAIN, "clock")
        self.take.clicked.connect(lambda: self.move("in_work"))
        self.mend = Button("Исправлено", ButtonKind.PLAIN, "check")
        self.mend.clicked.connect(lambda: self.move("fixed"))
        tools = QHBoxLayout()
        set_gaps(tools, 0.5)
        tools.addWidget(self.go)
        tools.addStretch(1)
        tools.addWidget(self.take)
        tools.addWidget(self.mend)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (0.5, 0, 0, 0))
        column.addWidget(label("Замечания центра", TextStyle.SECTION))
        column.addWidget(self.list, 1)
        column.addWidget(self.answer)
        column.addLayout(tools)
        self._show_tools()

    def show_remarks(self, lines: Sequence[RemarkLine]) -> None:
        """Show the remarks, open ones first."""
        order = ["new", "in_work", "fixed", "accepted", "withdrawn"]
        ordered = sorted(lines, key=lambda line: order.index(line.state) if line.state in order else 0)
        self._lines = {line.id: line for line in ordered}
        self.list.set_cards([_card(line) for line in ordered])
        self._show_tools()

    def open_place(self) -> None:
        """Go to the field that the chosen remark speaks of."""
        line = self._lines.get(self.list.current_id())
        if line is not None:
            page = PAGE_OF_ENTITY.get(line.target_entity, "")
            if page:
                self._desk.open(page, Target(line.target_entity, line.target_row, line.target_field))

    def move(self, state: str) -> None:
        """Move the chosen remark on, with the answer that was typed."""
        remark = self.list.current_id()
        if not remark:
            return
        answer = self.answer.toPlainText().strip() or None
        workspace = self._desk.workspace
        self._desk.write(
            lambda: centre.move_remark(workspace, remark, state, answer), lambda _: self.answer.setPlainText("")
        )

    def _show_tools(self) -> None:
        line = self._lines.get(self.list.current_id())
        is_open = line is not None and line.state in ("new", "in_work", "fixed") and not self._desk.is_read_only
        for widget in (self.answer, self.take, self.mend):
            widget.setEnabled(is_open)
        self.go.setEnabled(line is not None and line.target_entity in PAGE_OF_ENTITY)


def _card(line: RemarkLine) -> Card:
    answer = f"Ответ школы: {line.answer}" if line.answer else ""
    text = " · ".join(part for part in (line.place, line.made_on) if part)
    text = "\n".join(part for part in (text, answer) if part)
    tone = _TONES.get(line.state, Tone.MUTED)
    return Card(line.id, line.body, text, line.state_words, tone, _ICONS.get(line.state, ""), tone)
