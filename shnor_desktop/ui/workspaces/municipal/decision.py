"""The decision on a package: accepted, or returned «на доработку» with a date and a word why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.pages.values import parse

_WORDS = {
    "accepted": ("Принять пакет школы?", "Школа увидит состояние «принят» после того, как получит ответ.", "Принять"),
    "returned": (
        "Вернуть пакет на доработку?",
        "Школа увидит состояние «на доработке», ваши замечания и срок после того, как получит ответ.",
        "Вернуть на доработку",
    ),
}


class DecisionDialog(ConfirmDialog):
    """Asks for a comment and, for a return, for the date; tells by `decided`."""

    decided = Signal(str, str)

    def __init__(self, decision: str, school: str, parent: QWidget | None = None) -> None:
        question, consequence, verb = _WORDS[decision]
        super().__init__(question, f"{school}. {consequence}", verb, "Не сейчас", parent)
        self._values: dict[str, str] = {"comment": "", "due_on": ""}
        fields = [FieldInfo("comment", FieldKind.LONG_TEXT, "Пояснение для школы", max_length=4000)]
        if decision == "returned":
            fields.insert(0, FieldInfo("due_on", FieldKind.DATE, "Доработать до"))
        for field in fields:
            editor = FieldEditor(field, parse)
            editor.edited.connect(self._on_edited)
            self.extra.addWidget(editor)
        self.accepted.connect(lambda: self.decided.emit(self._values["comment"], self._values["due_on"]))

    def _on_edited(self, name: str, value: object) -> None:
        self._values[name] = str(value or "")
