"""Words around a verdict: what would change, and the letter that asks a sender for the package once more."""

from __future__ import annotations

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.verdicts import Verdict, VerdictCode

_ASKED = {
    VerdictCode.DAMAGED: "Файл повреждён по дороге. Выгрузите пакет ещё раз и не открывайте его архиватором.",
    VerdictCode.SENDER_UNKNOWN: "Мы не смогли подтвердить, что пакет прислали вы. Позвоните нам: сверим цифры.",
    VerdictCode.WRONG_SCHOOL: "Пакет сделан для другого места или другой школы. Проверьте, тот ли это файл.",
    VerdictCode.NEWER_FORMAT: "Пакет сделан более новой версией программы. Мы обновим программу и примем его.",
}


def change_words(verdict: Verdict) -> str:
    """«новая школа, 774 записи, 2 спорных поля»; empty where nothing changes."""
    changed = verdict.changed
    parts = ["новая школа"] if changed.is_first and changed.rows else []
    if changed.rows:
        parts.append(plural(changed.rows, "запись", "записи", "записей"))
    if changed.remarks:
        parts.append(f"из них {plural(changed.remarks, 'замечание', 'замечания', 'замечаний')}")
    if changed.conflicts > 0:
        parts.append(plural(changed.conflicts, "спорное поле", "спорных поля", "спорных полей"))
    return ", ".join(parts)


def asking_letter(verdict: Verdict, centre: str) -> str:
    """What to write to a school whose package was not taken in; it names nobody."""
    number = f" (пакет № {verdict.number})" if verdict.number else ""
    why = _ASKED.get(verdict.code, verdict.message.what)
    lines = [
        "Здравствуйте!",
        f"Файл «{verdict.file}»{number} не принят: {verdict.code.caption}.",
        why,
        "Данные в вашей программе целы, заново вносить ничего не нужно: страница «Обмен», «Выгрузить пакет».",
    ]
    return "\n".join([*lines, *([centre] if centre else [])])
