"""«Оценка эксперта»: what an expert answers to a question of the map, beside the answer of the school."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shnor_desktop.models.diagnostics import ExpertAnswer
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.expert import Judged
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.question_answer import field_of, parse_answer, typed_values
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind

_CONSEQUENCE = "Ответ школы останется как есть; ваша оценка встанет рядом и уйдёт школе вместе с ответом центра."


class ExpertDialog(ConfirmDialog):
    """Asks for the answer, what it rests on and who gives it; tells by `judged` (typed values, comment, expert)."""

    judged = Signal(dict, str, str)
    withdrawn = Signal(str)

    def __init__(self, found: Judged, name: str, parent: QWidget | None = None) -> None:
        question = f"Оценка эксперта: {found.question.caption}"
        own = f"Школа ответила: {found.school_shown}. " if found.school_shown else "Школа ещё не ответила. "
        super().__init__(question, own + _CONSEQUENCE, "Сохранить оценку", "Не сейчас", parent)
        self._found = found
        self._typed: Mapping[str, object] = found.typed
        row = found.row
        self._comment = (row.comment if row else "") or ""
        self._expert = (row.expert if row else "") or name
        fields = info_of(ExpertAnswer).fields
        asked = replace(field_of(found.question), caption="Ваш ответ")
        self.value = FieldEditor(asked, parse_answer)
        self.value.set_value(found.shown_value)
        self.value.edited.connect(self._on_value_edited)
        self.comment = FieldEditor(fields["comment"], parse)
        self.comment.set_value(self._comment or None)
        self.comment.edited.connect(self._on_comment_edited)
        self.expert = FieldEditor(fields["expert"], parse)
        self.expert.set_value(self._expert or None)
        self.expert.edited.connect(self._on_expert_edited)
        for editor in (self.value, self.comment, self.expert):
            self.extra.addWidget(editor)
        if row is not None:
            take_back = Button("Снять оценку", ButtonKind.LINK, "trash-2")
            take_back.clicked.connect(lambda: self._on_withdrawn(row.id))
            self.extra.addWidget(take_back)
        self.value.focus()

    def accept(self) -> None:
        """Tell what was typed; the dialog closes when it is stored."""
        self.do_button.setFocus()  # what is being typed is told first
        self.judged.emit(dict(self._typed), self._comment, self._expert)

    def close_stored(self, _done: object) -> None:
        """It is stored."""
        super().accept()

    def refuse(self, message: Worded) -> None:
        """Say under the answer why it was not stored."""
        self.value.set_error(f"{message.what} {message.do}")

    def _on_value_edited(self, _name: str, value: object) -> None:
        self._typed = typed_values(self._found.question, value)

    def _on_comment_edited(self, _name: str, value: object) -> None:
        self._comment = str(value or "")

    def _on_expert_edited(self, _name: str, value: object) -> None:
        self._expert = str(value or "")

    def _on_withdrawn(self, row: str) -> None:
        self.withdrawn.emit(row)
        super().accept()
