"""A step that asks for a little before it is done: evidence, another day, a reason."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind

EVIDENCE = FieldInfo(
    "evidence", FieldKind.TEXT, "Чем подтверждается выполнение", "Документ, дата, номер, где лежит.", max_length=500
)
DUE = FieldInfo("due", FieldKind.DATE, "Новый срок")
REASON = FieldInfo("reason", FieldKind.TEXT, "Почему", "Причина печатается в примечании.", max_length=400)
NAME_PAPER = "Назовите документ: без него отметка не ставится."
GIVE_REASON = "Напишите причину: она остаётся в карте."
MOVE_NEEDS = "Заполните: перенос печатается с причиной."


class StepPanel(QWidget):
    """A step that asks for a little before it is done: evidence, a new deadline, a reason."""

    submitted = Signal(dict)

    def __init__(
        self,
        fields: tuple[FieldInfo, ...],
        do_text: str,
        lacks: str,
        parent: QWidget | None = None,
        *,
        optional: tuple[str, ...] = (),
    ) -> None:
        """All fields have to be filled but the `optional` ones."""
        super().__init__(parent)
        self._optional = optional
        self._values: dict[str, str] = {}
        self._lacks = lacks
        self.editors = {field.name: FieldEditor(field, parse, self) for field in fields}
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, (0, 0.3, 0, 0.5))
        for editor in self.editors.values():
            editor.edited.connect(self._on_edited)
            column.addWidget(editor)
        *_, last = self.editors.values()
        last.next_requested.connect(self.submit)
        self.do = Button(do_text, icon="check")
        self.do.clicked.connect(self.submit)
        leave = Button("Не сейчас", ButtonKind.QUIET)
        leave.clicked.connect(self.hide)
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        row.addWidget(self.do)
        row.addWidget(leave)
        row.addStretch(1)
        column.addLayout(row)

    def begin(self, values: Mapping[str, object]) -> None:
        """Show it with what is known already."""
        self._values = {name: str(value) for name, value in values.items() if value}
        for name, editor in self.editors.items():
            editor.forget()
            editor.set_value(values.get(name))
        self.show()
        next(iter(self.editors.values())).focus()

    def submit(self) -> None:
        """Tell the values; a field that is still empty is asked for."""
        self.do.setFocus()
        for name, editor in self.editors.items():
            if editor.has_bad_input():
                editor.focus()
                return
            if not self._values.get(name) and name not in self._optional:
                editor.set_error(self._lacks)
                editor.focus()
                return
        self.submitted.emit(dict(self._values))

    def refuse(self, message: Worded) -> None:
        """Show why it was not done."""
        next(iter(self.editors.values())).set_error(f"{message.what} {message.do}")

    def _on_edited(self, name: str, value: object) -> None:
        self._values[name] = str(value or "")
        self.editors[name].set_error("")
