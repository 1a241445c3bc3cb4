"""The list of the programme's parts with how far each is, and what stands there before the programme is begun."""

from __future__ import annotations

from shnor_desktop.domain.russian import plural
from shnor_desktop.models.programme import ProgrammeParagraph
from shnor_desktop.services.programme_sections import SectionView
from shnor_desktop.ui.theme import Tone
from shnor_desktop.ui.widgets.cards import Card
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.workspaces.school.programme_data import ProgrammeData


def beginning(active_problems: int, *, is_read_only: bool) -> EmptyState:
    """What the page says before there is a programme."""
    if is_read_only:
        return EmptyState("Программы ещё нет", "Школа её пока не составила.", has_help=False)
    count = plural(active_problems, "проблемное поле", "проблемных поля", "проблемных полей")
    basis = (
        f"В работе {count}: из них получатся цели и задачи."
        if active_problems
        else "Проблемных полей в работе нет: цели появятся, когда вы возьмёте их на странице «ДТК»."
    )
    text = (
        "Программа составит проект по вашим данным: паспорт, анализ, цели, показатели, тексты разделов. "
        f"{basis} Каждый абзац останется отмеченным, пока вы его не прочтёте."
    )
    return EmptyState("Программы перехода ещё нет", text, "Составить проект программы", "file-text")


def section_cards(data: ProgrammeData, title: str, versions: str) -> list[Card]:
    """The title page, the kept versions, then the sections; `title` and `versions` are the ids of the first two."""
    shown = [stamp for stamp in data.stamps if not stamp.is_hidden]
    filled = bool(shown) and all(stamp.is_filled for stamp in shown)
    sign, tone = ("✓", Tone.LOW) if filled else ("…", Tone.MUTED)
    kept = str(len(data.versions)) if data.versions else "○"
    cards = [
        Card(title, "Титульный лист и состояние", note=sign, note_tone=tone, icon="file-text"),
        Card(versions, "Редакции", note=kept, icon="history", hint="Сохранённые редакции и их сравнение"),
    ]
    empty = {line.field for line in data.findings if line.entity == ProgrammeParagraph.log_name and not line.row}
    return cards + [_card(view, view.section.code in empty) for view in data.sections]


def _card(view: SectionView, lacks_text: bool) -> Card:
    if lacks_text:
        note, tone, words = "!", Tone.HIGH, "раздел пуст"
    elif view.unread:
        note, tone, words = str(view.unread), Tone.MEDIUM, f"не прочитано абзацев: {view.unread}"
    elif view.stale:
        note, tone, words = "↻", Tone.MEDIUM, f"данные изменились, абзацев: {len(view.stale)}"
    elif view.is_empty:
        note, tone, words = "○", Tone.MUTED, "пока пусто"
    else:
        note, tone, words = "✓", Tone.LOW, "прочитан"
    title, mark = view.section.title, view.section.number
    return Card(view.section.code, title, note=note, note_tone=tone, hint=f"{title}: {words}", mark=mark)
