"""The decision on a package: accepted, or returned «на доработку» with a date, remarks to close and a word why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.services.remark_feed import RemarkLine
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_lines
from shnor_desktop.ui.widgets.labels import label

_WORDS = {
    "accepted": ("Принять пакет школы?", "Школа увидит состояние «принят» после того, как получит ответ.", "Принять"),
    "returned": (
        "Вернуть пакет на доработку?",
        "Школа увидит состояние «на доработке», ваши замечания и срок после того, как получит ответ.",
        "Вернуть на доработку",
    ),
}
_NEEDS_DAY = "Укажите день или снимите отметки с замечаний."


class DecisionDialog(ConfirmDialog):
    """Asks for a comment and, for a return, for the date and the remarks to close by it; tells by `decided`."""

    decided = Signal(str, str, list)

    def __init__(
        self, decision: str, school: str, open_remarks: Sequence[RemarkLine] = (), parent: QWidget | None = None
    ) -> None:
        question, consequence, verb = _WORDS[decision]
        super().__init__(question, f"{school}. {consequence}", verb, "Не сейчас", parent)
        self._values: dict[str, str] = {"comment": "", "due_on": ""}
        fields = [FieldInfo("comment", FieldKind.LONG_TEXT, "Пояснение для школы", max_length=4000)]
        if decision == "returned":
            fields.insert(0, FieldInfo("due_on", FieldKind.DATE, "Доработать до"))
        self.editors: dict[str, FieldEditor] = {}
        for field in fields:
            editor = FieldEditor(field, parse)
            editor.edited.connect(self._on_edited)
            self.editors[field.name] = editor
            self.extra.addWidget(editor)
        self.remarks = QListWidget(self)
        self.remarks.setAccessibleName("Замечания, которые нужно исправить к этому дню")
        self.remarks.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.remarks.setWordWrap(True)
        self.remarks.setSpacing(2)
        set_lines(self.remarks, 4, 9)
        set_chars(self.remarks, 56)
        self._offer(open_remarks if decision == "returned" else ())

    def accept(self) -> None:
        """Tell the decision; remarks that must be closed need a day."""
        self.do_button.setFocus()  # what is being typed is told first
        chosen = self._chosen()
        if chosen and not self._values["due_on"]:
            self.editors["due_on"].set_error(_NEEDS_DAY)
            self.editors["due_on"].focus()
            return
        self.decided.emit(self._values["comment"], self._values["due_on"], chosen)
        super().accept()

    def _offer(self, remarks: Sequence[RemarkLine]) -> None:
        self.remarks.setVisible(bool(remarks))
        if not remarks:
            return
        words = "К этому дню исправить обязательно: отмеченное попадёт в срочные дела школы."
        self.extra.addWidget(label(words, TextStyle.SMALL, Tone.MUTED))
        for line in remarks:
            item = QListWidgetItem(f"{line.body} ({line.place})" if line.place else line.body, self.remarks)
            item.setData(Qt.ItemDataRole.UserRole, line.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if line.waits_for_school else Qt.CheckState.Unchecked)
        self.extra.addWidget(self.remarks)

    def _chosen(self) -> list[str]:
        items = [self.remarks.item(at) for at in range(self.remarks.count())]
        return [
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item is not None and item.checkState() is Qt.CheckState.Checked
        ]

    def _on_edited(self, name: str, value: object) -> None:
        self._values[name] = str(value or "")
