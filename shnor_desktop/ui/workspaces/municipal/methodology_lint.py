"""«Чего не хватает»: what the draft, else the chosen version, leaves open or contradicts; nothing is changed here."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.pack_editing import EditorView
from shnor_desktop.services.pack_lint import LintGroup, lint_groups
from shnor_desktop.ui.pages.versions import VersionsData
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.labels import label


@dataclass(frozen=True, slots=True)
class LintData:
    """Whose findings they are, in words, and the findings by kind; no pack where the draft has faults."""

    whose: str
    pack: Pack | None
    groups: tuple[LintGroup, ...] = ()


def read_lint(versions: VersionsData, editor: EditorView | None) -> LintData:
    """The findings about the draft if there is one, else about the chosen version; off the interface thread."""
    if editor is not None:
        pack, whose = editor.draft.examined.pack if editor.is_sound else None, f"черновик «{editor.draft.title}»"
    else:
        pack = versions.version.pack if versions.version is not None else None
        whose = f"«{pack.title}», версия {pack.version}" if pack is not None else ""
    return LintData(whose, pack, lint_groups(pack) if pack is not None else ())


class LintPanel(QWidget):
    """The groups one after another, a sentence a card."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", TextStyle.SECTION)
        self.words = label("", TextStyle.BODY, Tone.MUTED)
        set_chars(self.words, maximum=100)
        self.lines = CardList("Чего не хватает в методике", 12, 3, self)
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, (1, 0.75, 1, 0))
        for widget in (self.title, self.words):
            column.addWidget(widget)
        column.addWidget(self.lines, 1)

    def show_lint(self, data: LintData) -> None:
        """Replace what is shown."""
        count = sum(group.count for group in data.groups)
        self.title.setText(_title(data, count))
        self.words.setText(_words(data, count))
        self.lines.set_cards(_cards(data.groups))
        self.lines.setVisible(count > 0)


def _title(data: LintData, count: int) -> str:
    if data.pack is None:
        return "Недочёты пока не найти"
    return plural(count, "недочёт", "недочёта", "недочётов") if count else "Недочётов не найдено"


def _words(data: LintData, count: int) -> str:
    if data.pack is None:
        return "В черновике есть ошибки. Исправьте их: число ошибок вверху страницы ведёт к каждой из них."
    whose = f"Проверено: {data.whose}."
    if not count:
        return f"{whose} У каждого мероприятия есть срок, исполнитель и результат, который можно проверить."
    return f"{whose} Работать по методике это не мешает. Исправить можно в черновике, решает центр."


def _cards(groups: tuple[LintGroup, ...]) -> list[Card]:
    cards = []
    for group in groups:
        heading = f"{group.caption}: {group.count}"
        for at, sentence in enumerate(group.sentences):
            words = sentence[:1].upper() + sentence[1:]
            cards.append(Card(f"{group.kind}:{at}", words, heading=heading if not at else "", icon="triangle-alert"))
    return cards
