"""What a person asks of a field: what it is, how it is typed, whether it must be, who may write it, what it feeds."""

from __future__ import annotations

from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.domain.russian import number
from shnor_desktop.models.fields import FieldInfo, FieldKind

_HOW = {
    FieldKind.TEXT: "Одна строка текста.",
    FieldKind.LONG_TEXT: "Текст; новая строка — Enter, дальше — Tab.",
    FieldKind.INTEGER: "Целое число.",
    FieldKind.DECIMAL: "Число, дробная часть после запятой.",
    FieldKind.BOOLEAN: "Да или нет.",
    FieldKind.DATE: "День в виде 01.09.2024; F4 открывает календарь.",
    FieldKind.CHOICE: "Выберите одно из списка.",
    FieldKind.CHOICES: "Отметьте всё, что подходит.",
    FieldKind.REFERENCE: "Выберите из уже введённого.",
}
_WHO = {WriterRole.SCHOOL: "школа", WriterRole.METHODIST: "методист", WriterRole.MUNICIPAL: "муниципальный центр"}


def field_help(field: FieldInfo) -> tuple[str, str]:
    """What the field is, and how to fill it in, each as one or more sentences."""
    what = field.help or f"{field.caption}."
    how = [_how(field)]
    if field.unit:
        how.append(f"Единица: {field.unit}.")
    if field.required:
        how.append("Поле обязательное: без него «Проверка» найдёт ошибку.")
    else:
        how.append("Поле можно не заполнять.")
    if field.personal:
        how.append("Персональные данные: не попадают в сведения для сайта.")
    writers = [words for role, words in _WHO.items() if role in field.writers]
    if WriterRole.SCHOOL not in field.writers:
        how.append(f"Заполняет {' или '.join(writers)}.")
    return what, " ".join(how)


def _how(field: FieldInfo) -> str:
    if field.is_code:
        return "Латинские буквы, цифры, точки и дефисы."
    words = _HOW[field.kind]
    if field.kind not in (FieldKind.INTEGER, FieldKind.DECIMAL):
        return words
    if field.minimum is not None and field.maximum is not None:
        return f"{words.rstrip('.')} от {number(field.minimum)} до {number(field.maximum)}."
    return f"{words.rstrip('.')} не меньше {number(field.minimum)}." if field.minimum else words
