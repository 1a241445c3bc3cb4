"""Between what a person types and what the log keeps: parsing, checking, showing a field's value."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from shnor_desktop.domain.canonical import WireValue, clean_text, decimal_text, parse_decimal
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.russian import number, short_date
from shnor_desktop.models.fields import FieldInfo, FieldKind

_DATE_FORMS = (re.compile(r"(\d{1,2})[.,/ ](\d{1,2})[.,/ ](\d{4})"), re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})"))
_YES = {"да", "yes", "1", "true", "+"}
_NO = {"нет", "no", "0", "false", "-"}
_MAX_DECIMALS = 6
_FIRST_YEAR = 1900
"""A number that is never smaller is a year: its thousands are not set apart."""
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", re.ASCII)


def parse_value(field: FieldInfo, typed: object) -> WireValue:
    """The wire value of what was typed or chosen; None for an emptied field.

    KnownError `value.*` says in Russian what is wrong; the typed text stays where it was typed.
    """
    if typed is None or (isinstance(typed, str) and not typed.strip()) or typed == []:
        return None
    return _PARSERS[field.kind](field, typed)


def show_value(field: FieldInfo, value: object) -> str:
    """A value as a person reads it: decimal comma, 01.03.2024, the words of a choice."""
    match field.kind, value:
        case _, None:
            return ""
        case FieldKind.BOOLEAN, bool(flag):
            return "да" if flag else "нет"
        case FieldKind.DATE, str(text):
            return _show_date(text)
        case FieldKind.CHOICE, str(code):
            return field.choice_caption(code)
        case FieldKind.CHOICES, list(codes):
            return ", ".join(field.choice_caption(str(code)) for code in codes)
        case FieldKind.INTEGER, int() if field.minimum is not None and field.minimum >= _FIRST_YEAR:
            return str(value)
        case _, Decimal() | int():
            return number(value)
        case FieldKind.DECIMAL, str(text):
            return _show_decimal(text)
        case _:
            return str(value)


def wire_value(value: object) -> WireValue:
    """The value of a column in the form of the log."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, list):
        return [str(item) for item in value]
    raise TypeError(type(value).__name__)


def _show_date(text: str) -> str:
    try:
        return short_date(date.fromisoformat(text))
    except ValueError:
        return text


def _show_decimal(text: str) -> str:
    try:
        return number(parse_decimal(text))
    except ValueError:
        return text


def _text(field: FieldInfo, typed: object) -> WireValue:
    text = clean_text(str(typed)).strip()
    if field.kind is FieldKind.TEXT:
        text = " ".join(text.split())
    if len(text) > field.max_length:
        raise KnownError("value.too_long", field=field.caption, length=len(text), limit=field.max_length)
    if field.is_code and _CODE.fullmatch(text) is None:
        raise KnownError("value.not_a_code", field=field.caption, text=text)
    return text or None


def _number(field: FieldInfo, typed: object) -> Decimal:
    text = str(typed).replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("−", "-").rstrip("%")
    try:
        value = Decimal(text.replace(",", ".", 1))
    except InvalidOperation:
        raise KnownError("value.not_a_number", field=field.caption, text=str(typed)[:60]) from None
    if not value.is_finite():
        raise KnownError("value.not_a_number", field=field.caption, text=str(typed)[:60])
    if field.minimum is not None and value < field.minimum:
        raise KnownError("value.too_small", field=field.caption, limit=number(field.minimum))
    if field.maximum is not None and value > field.maximum:
        raise KnownError("value.too_large", field=field.caption, limit=number(field.maximum))
    if value.copy_abs() >= Decimal(10) ** 12:
        raise KnownError("value.too_large", field=field.caption, limit="999 999 999 999")
    return value


def _integer(field: FieldInfo, typed: object) -> WireValue:
    value = _number(field, typed)
    if value != value.to_integral_value():
        raise KnownError("value.not_whole", field=field.caption, text=str(typed)[:60])
    return int(value)


def _decimal(field: FieldInfo, typed: object) -> WireValue:
    return decimal_text(round(_number(field, typed), _MAX_DECIMALS))


def _boolean(field: FieldInfo, typed: object) -> WireValue:
    if isinstance(typed, bool):
        return typed
    text = str(typed).strip().casefold()
    if text in _YES | _NO:
        return text in _YES
    raise KnownError("value.not_yes_or_no", field=field.caption, text=str(typed)[:60])


def _date(field: FieldInfo, typed: object) -> WireValue:
    if isinstance(typed, date):
        return typed.isoformat()
    text = str(typed).strip().removesuffix("г.").removesuffix("г").strip()
    for order, form in enumerate(_DATE_FORMS):
        found = form.fullmatch(text)
        if found:
            parts = [int(part) for part in found.groups()]
            year, month, day = parts if order else reversed(parts)
            try:
                value = date(year, month, day)
            except ValueError:
                break
            if not 1900 <= year <= 2100:
                raise KnownError("value.year_out_of_range", field=field.caption, year=year)
            return value.isoformat()
    raise KnownError("value.not_a_date", field=field.caption, text=str(typed)[:60])


def _choice(field: FieldInfo, typed: object) -> WireValue:
    text = str(typed)
    if field.choices and text not in dict(field.choices):
        for code, caption in field.choices:
            if caption.casefold() == text.strip().casefold():
                return code
        raise KnownError("value.not_a_choice", field=field.caption, text=text[:60])
    return text


def _choices(field: FieldInfo, typed: object) -> WireValue:
    items = typed if isinstance(typed, list | tuple) else str(typed).split(",")
    codes = [str(_choice(field, str(item).strip())) for item in items if str(item).strip()]
    order = [code for code, _ in field.choices]
    return sorted(set(codes), key=lambda code: (order.index(code) if code in order else len(order), code)) or None


def _reference(field: FieldInfo, typed: object) -> WireValue:
    return str(typed)


_PARSERS: dict[FieldKind, Callable[[FieldInfo, object], WireValue]] = {
    FieldKind.TEXT: _text,
    FieldKind.LONG_TEXT: _text,
    FieldKind.INTEGER: _integer,
    FieldKind.DECIMAL: _decimal,
    FieldKind.BOOLEAN: _boolean,
    FieldKind.DATE: _date,
    FieldKind.CHOICE: _choice,
    FieldKind.CHOICES: _choices,
    FieldKind.REFERENCE: _reference,
}
