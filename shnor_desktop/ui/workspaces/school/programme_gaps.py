"""What mends a hanging place of the tree: the words of the button and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shnor_desktop.services.programme_tree import Gap, TreeNode
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.flow import FlowLayout


class Mending(StrEnum):
    """What a button does; FIELD puts the cursor into the field that is empty."""

    GOAL = "goal"
    TASK = "task"
    INDICATOR = "indicator"
    MEASURE = "measure"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Step:
    """The button of a gap; `field` is the one that is to be filled in."""

    words: str
    mending: Mending
    field: str = ""


STEPS: Mapping[str, Step] = {
    Gap.GOAL: Step("Составить цель", Mending.GOAL),
    Gap.TASK: Step("Добавить задачу", Mending.TASK),
    Gap.INDICATOR: Step("Добавить показатель", Mending.INDICATOR),
    Gap.MEASURE: Step("Подобрать мероприятие", Mending.MEASURE),
    Gap.BASE: Step("Вписать исходное значение", Mending.FIELD, "base"),
    Gap.TARGET: Step("Вписать целевое значение", Mending.FIELD, "target"),
    Gap.LOOSE_TASK: Step("Выбрать цель", Mending.FIELD, "goal"),
    Gap.LOOSE_INDICATOR: Step("Выбрать цель", Mending.FIELD, "goal"),
    Gap.LOOSE_MEASURE: Step("Выбрать задачу", Mending.FIELD, "task"),
    Gap.OWNER: Step("Назначить ответственного", Mending.FIELD, "owner"),
    Gap.OWNER_UNCHOSEN: Step("Назначить ответственного", Mending.FIELD, "owner"),
    Gap.DEADLINE: Step("Указать срок", Mending.FIELD, "deadline"),
    Gap.EVIDENCE: Step("Назвать подтверждение", Mending.FIELD, "evidence"),
}


class GapButtons(QWidget):
    """A button for each thing that a place misses; `mending_wanted` tells the gap."""

    mending_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, Button] = {}
        self._row = FlowLayout(self)
        set_gaps(self._row, 0.3, (0.5, 0.3, 0.5, 0.4))
        self.hide()

    def show_gaps(self, node: TreeNode | None) -> None:
        """The buttons of a place; nothing where nothing is missing."""
        wanted = [gap for gap in (node.hanging if node is not None and node.row else ()) if gap in STEPS]
        if wanted != list(self.buttons):
            while (item := self._row.takeAt(0)) is not None:
                widget = item.widget()
                if widget is not None:
                    widget.hide()
                    widget.deleteLater()
            self.buttons = {gap: self._make(gap) for gap in wanted}
        self.setVisible(bool(wanted))

    def _make(self, gap: str) -> Button:
        button = Button(STEPS[gap].words, icon="plus")
        button.set_small()
        button.clicked.connect(lambda: self.mending_wanted.emit(gap))
        self._row.addWidget(button)
        button.show()
        return button
