"""«Что уходит» as lines of a preview: rows by entity, files with their size, and what stays in the school."""

from __future__ import annotations

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.attachments import size_words
from shnor_desktop.services.packages import Leaving
from shnor_desktop.ui.dialogs import PreviewLine

_STAYS = "остаётся в школе: из пакета видно только, что запись есть"


def leaving_lines(leaving: Leaving) -> list[PreviewLine]:
    """One line an entity; then the files and datasets, then the rows whose contents do not leave."""
    lines = [
        PreviewLine(line.caption, str(line.rows), "есть персональные данные" if line.has_personal else "")
        for line in leaving.lines
    ]
    if leaving.files:
        warning = "в пакет столько не поместится: уберите самые большие файлы" if leaving.is_too_large else ""
        words = f"{files_words(leaving.files)}, {size_words(leaving.file_bytes)}"
        lines.append(PreviewLine("Приложенные файлы и таблицы результатов", words, warning))
    lines.extend(PreviewLine(line.caption, str(line.rows), _STAYS) for line in leaving.kept)
    return lines


def files_words(number: int) -> str:
    """«2 файла»."""
    return plural(number, "файл", "файла", "файлов")
