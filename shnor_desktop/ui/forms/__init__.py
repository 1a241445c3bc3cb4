"""Forms derived from the metadata of fields: typed text is checked when the field is left and told by a signal."""

from shnor_desktop.ui.forms.field import FieldEditor, FieldNotes
from shnor_desktop.ui.forms.question import QuestionCard
from shnor_desktop.ui.forms.record import RecordForm
from shnor_desktop.ui.forms.typed_text import BadInput, parse_typed, shown_text

__all__ = ["BadInput", "FieldEditor", "FieldNotes", "QuestionCard", "RecordForm", "parse_typed", "shown_text"]
