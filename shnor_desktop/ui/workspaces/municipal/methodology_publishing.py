"""Publishing a draft: which number it gets and what the schools are told of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.pages.values import parse

_FIELDS = (
    FieldInfo("version", FieldKind.TEXT, "Номер версии", "Больше прежнего, например 1.1.", max_length=30),
    FieldInfo("note", FieldKind.LONG_TEXT, "Что изменилось", "Школы прочтут это рядом с версией.", max_length=2000),
)


class PublishDialog(ConfirmDialog):
    """Asks for the number and the note, both proposed; tells by `published`."""

    published = Signal(str, str)

    def __init__(self, title: str, version: str, note: str, parent: QWidget | None = None) -> None:
        words = "Опубликованная версия больше не меняется: следующая правка станет следующей версией."
        super().__init__(f"Опубликовать «{title}»?", words, "Опубликовать", "Не сейчас", parent)
        self.values = {"version": version, "note": note}
        self.editors: dict[str, FieldEditor] = {}
        for field in _FIELDS:
            editor = FieldEditor(field, parse)
            editor.set_value(self.values[field.name])
            editor.edited.connect(self._on_edited)
            self.editors[field.name] = editor
            self.extra.addWidget(editor)
        self.accepted.connect(self._on_accepted)

    def _on_edited(self, name: str, value: object) -> None:
        self.values[name] = str(value or "")

    def _on_accepted(self) -> None:
        for editor in self.editors.values():
            editor.editor.leave()
        self.published.emit(self.values["version"], self.values["note"])
