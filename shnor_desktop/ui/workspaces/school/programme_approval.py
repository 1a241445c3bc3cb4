"""«Приказ об утверждении» on the title page: drafted by a click, opened, its number and date taken into the stamp."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.findings import QUALITY
from shnor_desktop.models.quality import SchoolOrder
from shnor_desktop.services import programme_order
from shnor_desktop.services.programme_order import ApprovalOrder
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label

_NONE = "Приказа ещё нет. Программа составит проект по шаблону методики: его можно поправить и напечатать."


class ApprovalPanel(Sheet):
    """The order with what can be done with it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=0.4)
        self.desk = desk
        self._row: str = ""
        self.words = label("", TextStyle.BODY, Tone.MUTED)
        self.draft = Button("Составить приказ", icon="plus")
        self.draft.clicked.connect(self._on_drafted)
        self.open = Button("Открыть приказ", ButtonKind.LINK, "arrow-right")
        self.open.clicked.connect(lambda: self._open(self._row))
        self.take = Button("Взять номер и дату из приказа", icon="check")
        self.take.clicked.connect(self._on_taken)
        actions = QWidget(self)
        row = FlowLayout(actions)
        set_gaps(row, 0.5)
        for button in (self.draft, self.take, self.open):
            row.addWidget(button)
        for widget in (label("Приказ об утверждении", TextStyle.STRONG), self.words, actions):
            self.column.addWidget(widget)

    def show_order(self, order: ApprovalOrder | None, *, can_draft: bool) -> None:
        """Tell of the order, or how it begins."""
        editable = not self.desk.is_read_only
        self.setVisible(order is not None or (can_draft and editable))
        self._row = order.row if order is not None else ""
        self.words.setText(order.words if order is not None else _NONE)
        self.draft.setVisible(order is None and editable)
        self.open.setVisible(order is not None)
        has_both = order is not None and bool(order.number and order.day) and not order.is_taken
        self.take.setVisible(has_both and editable)

    def _on_drafted(self) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: programme_order.draft_approval(workspace), lambda done: self._open(done.row))

    def _on_taken(self) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: programme_order.take_requisites(workspace))

    def _open(self, row: str) -> None:
        self.desk.open(QUALITY, Target(SchoolOrder.log_name, row))
