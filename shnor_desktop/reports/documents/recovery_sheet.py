"""«Лист восстановления»: the printed secret that brings every key of a desk back, and what to do with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from shnor_desktop.domain.russian import NBSP, date_time
from shnor_desktop.reports.content import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    KeyValueTable,
    ListBlock,
    Paragraph,
    QrCode,
    Run,
    SignatureLine,
    Spacer,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated

_IN_A_LINE = 5


@dataclass(frozen=True, slots=True)
class RecoverySheetFacts:
    """What the sheet says; `groups` are the signs of the secret after `prefix`."""

    whose: str
    made_at: datetime
    prefix: str
    groups: Sequence[str]
    has_authority: bool
    """Whether the key of a centre's authority is among what it brings back."""


def recovery_sheet_document(facts: RecoverySheetFacts) -> Document:
    """One page, to be put into a safe."""
    groups = list(facts.groups)
    blocks: list[Block] = [
        Heading("Лист восстановления ключей", 0),
        Paragraph(stated(facts.whose), Align.CENTER, first_line_indent=False),
        Spacer(),
        Paragraph(
            "Если компьютер сломается, пропадёт или его заменят, этот лист и копия данных вернут рабочее место "
            "на другом компьютере вместе с его ключами.",
            Align.LEFT,
            first_line_indent=False,
        ),
        Heading("Код", 2),
        Paragraph(f"Перед кодом стоит {facts.prefix}; вводить это начало не нужно.", Align.LEFT, small=True),
        KeyValueTable(tuple(_lines(groups)), key_width=24),
        Spacer(),
        QrCode(
            facts.prefix + "".join(groups),
            "Тот же код для сканера. В коде нет букв B, I, O и цифры 1; программа сама заметит опечатку.",
            32,
        ),
        Heading("Где хранить", 2),
        ListBlock(tuple(_keeping(facts))),
        Heading("Как восстановить", 2),
        ListBlock(tuple(_restoring()), numbered=True),
        Spacer(),
        KeyValueTable((("Сделан", date_time(facts.made_at)), ("Кому передан", "")), key_width=30),
        SignatureLine("Принял на хранение", "", BLANK_DAY),
    ]
    return Document("Лист восстановления ключей", tuple(blocks), Typeface.SANS, footer="Хранить как печать учреждения")


def _lines(groups: list[str]) -> list[tuple[str, Cell]]:
    """The groups with their numbers: a message about a typing error names one."""
    lines: list[tuple[str, Cell]] = []
    for start in range(0, len(groups), _IN_A_LINE):
        part = groups[start : start + _IN_A_LINE]
        lines.append((f"Группы {start + 1}–{start + len(part)}", (Run((NBSP * 4).join(part), bold=True),)))
    return lines


def _keeping(facts: RecoverySheetFacts) -> list[str]:
    lines = [
        "В сейфе, отдельно от компьютера и от флешки с копией данных.",
        "Не фотографировать, не пересылать, не хранить файлом: у кого есть лист и копия, у того есть и ключи.",
        "После печати нового листа этот уничтожить: новые копии он не откроет.",
    ]
    if facts.has_authority:
        lines.append("Ключ центра возвращается закрытым: его кодовую фразу лист не заменяет.")
    return lines


def _restoring() -> list[str]:
    return [
        "Установить программу на новый компьютер и перенести на него копию данных.",
        "На первой странице выбрать «Вернуть ключи по листу восстановления», указать копию и ввести код.",
        "Открыть рабочее место и напечатать новый лист.",
    ]
