"""Typed text read by the same rules as everywhere, its refusal in the words of the services."""

from __future__ import annotations

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.wording import explain
from shnor_desktop.ui.forms import BadInput
from shnor_desktop.ui.forms.typed_text import Value


def parse(field: FieldInfo, text: str) -> Value:
    """The wire value of what was typed; BadInput in words. Give it to every RecordForm and QuestionCard."""
    try:
        return parse_value(field, text)
    except KnownError as error:
        message = explain(error)
        raise BadInput(f"{message.what} {message.do}") from error
