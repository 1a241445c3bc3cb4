"""What a package «без персональных данных» still says: numbers, days, choices, references and codes.

It is decided by what is known to be safe, so that a field that is added later stays behind until somebody thinks of
it. A text leaves only where it stands in the list below and has the form of a code; the names of the institution and
of its place leave as they are: they stand in the school's certificate anyway, and name no person.
"""

from __future__ import annotations

import re

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.log import DELETED, ChangeKey
from shnor_desktop.models.attachments import Attachment
from shnor_desktop.models.fields import FieldKind
from shnor_desktop.models.registry import entities
from shnor_desktop.models.staying import stays

_CODES = frozenset(
    {
        ("school", "code"),
        ("result_task", "code"),
        ("result_group", "code"),
        ("diagnostic_answer", "form"),
        ("diagnostic_answer", "wave"),
        ("diagnostic_answer", "question"),
        ("expert_answer", "form"),
        ("expert_answer", "wave"),
        ("expert_answer", "question"),
        ("factor_level", "wave"),
        ("cause_mark", "wave"),
        ("programme", "period"),
        ("programme_paragraph", "position"),
        ("goal", "position"),
        ("measure", "position"),
        ("measure", "library_code"),
        ("lesson_mark", "criterion"),
        ("lesson_mark", "score"),
        ("check_reason", "finding"),
        ("document_mark", "document"),
        ("deadline_reading", "pack"),
        ("report_date", "pack"),
        ("report_date", "report"),
        ("remark", "target_entity"),
        ("remark", "target_row"),
        ("remark", "target_field"),
        ("remark_message", "remark"),
        ("remark_message", "made_at"),
        ("review_decision", "package"),
        ("erasure", "target_entity"),
        ("erasure", "target_row"),
    }
)
"""Texts that are codes of the methodology or of the program: one that is not of that form stays."""
_NAMES_OF_PLACES = frozenset({("school", "short_name"), ("school", "municipality"), ("school", "locality")})
ALLOWED = _CODES | _NAMES_OF_PLACES
_CODE = re.compile(r"[0-9A-Za-zК@_.:/+-]{1,120}")  # and the К of a task, «1К1»
_PERIOD = re.compile(r"[0-9]{4}(?: ?[-–—/] ?[0-9]{2,4})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NUMBER = re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})?")


def leaves_impersonally(key: ChangeKey, value: WireValue) -> bool:
    """Whether the value of a change is in a package that holds no personal data."""
    if stays(key) or key.entity == Attachment.log_name:
        return False
    if key.field == DELETED:
        return isinstance(value, bool)
    info = entities().get(key.entity)
    field = info.fields.get(key.field) if info is not None else None
    if field is None or field.personal:
        return False
    return value is None or _is_of_form(field.kind, (key.entity, key.field), value)


def _is_of_form(kind: FieldKind, name: tuple[str, str], value: WireValue) -> bool:
    match kind:
        case FieldKind.INTEGER | FieldKind.BOOLEAN:
            return isinstance(value, int)
        case FieldKind.DECIMAL:
            return isinstance(value, str) and _NUMBER.fullmatch(value) is not None
        case FieldKind.DATE:
            return isinstance(value, str) and _DAY.fullmatch(value) is not None
        case FieldKind.CHOICE | FieldKind.REFERENCE:
            return _is_code(value)
        case FieldKind.CHOICES:
            return isinstance(value, list) and all(_is_code(one) for one in value)
        case FieldKind.TEXT | FieldKind.LONG_TEXT:
            return isinstance(value, str) and _may_be_said(name, value)


def _is_code(value: object) -> bool:
    return isinstance(value, str) and _CODE.fullmatch(value) is not None


def _may_be_said(name: tuple[str, str], text: str) -> bool:
    if name in _NAMES_OF_PLACES:
        return True
    return name in _CODES and (_is_code(text) or _PERIOD.fullmatch(text) is not None)
