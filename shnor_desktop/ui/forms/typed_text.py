"""What people type in a field turned into a value and back: decimal commas, dates with dots."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from shnor_desktop.models.fields import FieldInfo, FieldKind

Value = None | bool | int | str | list[str]
Parse = Callable[[FieldInfo, str], Value]

_DATE = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})")
_ISO_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")


class BadInput(Exception):
    """What was typed is not a value of the field; the text is a Russian sentence for the line under it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def parse_typed(field: FieldInfo, text: str) -> Value:
    """The wire value of typed text (decimals «18.2», dates ISO); None for nothing; BadInput if it cannot be read."""
    kept = unicodedata.normalize("NFC", text).strip()
    if not kept:
        return None
    if field.kind is FieldKind.INTEGER:
        return _integer(field, kept)
    if field.kind is FieldKind.DECIMAL:
        return _decimal(field, kept)
    if field.kind is FieldKind.DATE:
        return _date(kept)
    if len(kept) > field.max_length:
        raise BadInput(f"Слишком длинно: {len(kept)} знаков, помещается {field.max_length}. Сократите текст.")
    return kept


def shown_text(field: FieldInfo, value: object) -> str:
    """The value as it stands in the field: «18,2», «01.03.2024»; nothing for None."""
    if value is None:
        return ""
    if field.kind is FieldKind.DATE:
        found = _ISO_DATE.fullmatch(str(value))
        return f"{found[3]}.{found[2]}.{found[1]}" if found else str(value)
    if field.kind is FieldKind.DECIMAL:
        text = format(value, "f") if isinstance(value, Decimal) else str(value)
        return text.replace(".", ",")
    return str(value)


def wire_of(value: object) -> object:
    """The wire form of a value that came as a type of the program: a decimal, a date, a tuple."""
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _integer(field: FieldInfo, text: str) -> int:
    digits = _SPACES.sub("", text).replace("−", "-")
    if not re.fullmatch(r"-?\d{1,12}", digits):
        raise BadInput("Здесь нужно целое число, например 22. Введённое оставлено: исправьте его.")
    _check_bounds(field, Decimal(digits))
    return int(digits)


def _decimal(field: FieldInfo, text: str) -> str:
    digits = _SPACES.sub("", text).replace("−", "-").replace(",", ".").removesuffix("%")
    try:
        number = Decimal(digits)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or not re.fullmatch(r"-?\d{1,15}(\.\d{0,9})?", digits):
        raise BadInput("Здесь нужно число, например 18,2. Введённое оставлено: исправьте его.")
    _check_bounds(field, number)
    return _plain(number)


def _plain(number: Decimal) -> str:
    plain = format(number, "f")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return "0" if plain in ("-0", "") else plain


def _check_bounds(field: FieldInfo, number: Decimal) -> None:
    unit = f" {field.unit}" if field.unit else ""
    if field.minimum is not None and number < field.minimum:
        raise BadInput(f"Не меньше {_comma(field.minimum)}{unit}. Проверьте число.")
    if field.maximum is not None and number > field.maximum:
        raise BadInput(f"Не больше {_comma(field.maximum)}{unit}. Проверьте число.")


def _date(text: str) -> str:
    found = _DATE.fullmatch(text)
    iso = _ISO_DATE.fullmatch(text)
    try:
        if found:
            year = int(found[3]) + (2000 if len(found[3]) == 2 else 0)
            return date(year, int(found[2]), int(found[1])).isoformat()
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3])).isoformat()
    except ValueError:
        raise BadInput("Такого дня нет в календаре. Проверьте число и месяц.") from None
    raise BadInput("Здесь нужна дата, например 01.03.2024. Введённое оставлено: исправьте его.")


def _comma(number: Decimal) -> str:
    return format(number.normalize(), "f").replace(".", ",")
