"""F1 and «Как это сделать»: what stands beside a field, and how the work of a page goes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.field_help import field_help
from shnor_desktop.services.wording import explain, has_words
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.messages import Notice, Worded


def guidance(topic: str, focused: QWidget | None = None) -> Worded:
    """The help of the field with the cursor, else that of the page whose id is the topic."""
    editor = _editor_around(focused) if topic.startswith("field:") else None
    if editor is not None:
        field = editor.field
        what, how = field_help(field)
        return Notice(f"{field.caption}.", what if what != f"{field.caption}." else "", how)
    code = f"help.{topic}"
    if has_words(code):
        return explain(KnownError(code))
    return explain(KnownError("help.program"))


def _editor_around(widget: QWidget | None) -> FieldEditor | None:
    while widget is not None and not isinstance(widget, FieldEditor):
        widget = widget.parentWidget()
    return widget
