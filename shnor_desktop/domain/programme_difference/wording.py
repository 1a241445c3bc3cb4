"""The words for what a comparison found."""

from __future__ import annotations

from shnor_desktop.domain.programme_difference.comparing import ChangeKind, ProgrammeDifference
from shnor_desktop.domain.russian import plural

KIND_WORDS = {
    ChangeKind.ADDED: "Добавлено",
    ChangeKind.REMOVED: "Исключено",
    ChangeKind.CHANGED: "Изменено",
    ChangeKind.MOVED: "Перемещено без изменений",
}
_FORMS = {
    ChangeKind.CHANGED: ("изменение", "изменения", "изменений"),
    ChangeKind.ADDED: ("добавление", "добавления", "добавлений"),
    ChangeKind.REMOVED: ("исключение", "исключения", "исключений"),
    ChangeKind.MOVED: ("перемещение", "перемещения", "перемещений"),
}


def counts_in_words(found: ProgrammeDifference) -> str:
    """«2 изменения, 1 добавление», without what there is none of."""
    counts = found.counts
    return ", ".join(plural(counts[kind], *words) for kind, words in _FORMS.items() if counts[kind])
