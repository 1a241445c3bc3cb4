"""The versions of a methodology: a list at the left, at the right what the chosen one has otherwise than the one in
force and, for a school, what moving to it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.methodology_difference import ChangeKind
from shnor_desktop.services import pack_difference, pack_moving
from shnor_desktop.services.pack_difference import ChangeLine, Consequence, Consequences, PartLines
from shnor_desktop.services.pack_moving import MoveLine, Version
from shnor_desktop.services.pack_shelf import OfferState
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail

_ICONS = {
    ChangeKind.ADDED: ("plus", Tone.LOW),
    ChangeKind.REMOVED: ("minus", Tone.HIGH),
    ChangeKind.CHANGED: ("pencil", Tone.MEDIUM),
    ChangeKind.MOVED: ("arrow-down", Tone.MUTED),
}


@dataclass(frozen=True, slots=True)
class VersionsData:
    """What the panel shows, read in one go. `parts` are the differences of the chosen version."""

    versions: tuple[Version, ...]
    chosen: str
    parts: tuple[PartLines, ...] = ()
    consequences: Consequences | None = None
    moves: tuple[MoveLine, ...] = field(default=())

    @property
    def version(self) -> Version | None:
        """The chosen version."""
        return next((one for one in self.versions if one.hash == self.chosen), None)

    @property
    def current(self) -> Version | None:
        """The version in force."""
        return next((one for one in self.versions if one.is_in_force), None)


def read_versions(workspace: Workspace, chosen: str, *, with_consequences: bool) -> VersionsData:
    """Everything in one reading; without a choice an offer is shown, else the version in force."""
    own = pack_moving.versions(workspace)
    versions = (*own, *pack_moving.others(workspace))
    known = {one.hash: one for one in versions}
    if chosen not in known:
        offered = pack_moving.offer(workspace)
        chosen = offered.hash if offered else workspace.pack.hash
    version = known.get(chosen)
    moves = tuple(pack_moving.past_moves(workspace))
    if version is None or version.is_in_force:
        return VersionsData(versions, chosen, moves=moves)
    parts = pack_difference.difference_lines(workspace.pack, workspace.in_its_year(version.pack))
    means = pack_difference.consequences(workspace, version.pack) if with_consequences else None
    return VersionsData(versions, chosen, parts, means, moves)


class VersionsPanel(QWidget):
    """Tells `chosen` when a person chooses a version; the buttons over the details are the page's own."""

    chosen = Signal(str)

    def __init__(self, buttons: Sequence[Button], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.versions = CardList("Версии методики", 3, 3, self)
        self.versions.card_chosen.connect(self.chosen)
        self.title = label("", TextStyle.SECTION)
        self.words = label("", TextStyle.BODY, Tone.MUTED)
        self.lines = CardList("Отличия", 3, 12, self)
        self._row = QWidget(self)
        row = FlowLayout(self._row)
        set_gaps(row, 0.5)
        for button in buttons:
            row.addWidget(button)
        detail = QWidget(self)
        right = QVBoxLayout(detail)
        set_gaps(right, 0.5, (1, 0.75, 0.5, 0))
        for widget in (self.title, self.words, self._row):
            right.addWidget(widget)
        set_chars(self.words, maximum=100)
        right.addWidget(self.lines, 1)
        right.addStretch()
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        self.body = MasterDetail(self.versions, detail, 0.3, "К версиям")
        column.addWidget(self.body)

    def show_versions(self, data: VersionsData) -> None:
        """Show what was read."""
        was = self.versions.blockSignals(True)
        self.versions.set_cards(_version_cards(data.versions))
        self.versions.select(data.chosen)
        self.versions.blockSignals(was)
        version = data.version
        if version is None:
            return
        self.title.setText(version.title)
        self.words.setText(_about(version, data))
        cards = _move_cards(data.moves) if version.is_in_force else difference_cards(data)
        self.lines.set_cards(cards)
        self.lines.setVisible(bool(cards))


def difference_cards(data: VersionsData) -> list[Card]:
    """What moving means, then every difference by its part."""
    means = data.consequences
    cards: list[Card] = []
    if means is not None:
        found = (*means.levels, *means.vanishing, *means.measures, *means.new_questions)
        cards += [_consequence_card(at, one) for at, one in enumerate(found)]
        if not cards:
            text = "Ответы карты, значимость факторов и дорожная карта останутся такими же."
            cards.append(Card("none", "Введённого вами это не затронет", text, icon="circle-check", icon_tone=Tone.LOW))
        cards[0] = _headed(cards[0], "Что это значит для вашей школы")
    for part in data.parts:
        made = [_line_card(part, at, line) for at, line in enumerate(part.lines)]
        made[0] = _headed(made[0], part.summary)
        cards += made
    return cards


def _headed(card: Card, heading: str) -> Card:
    return Card(
        card.id, card.title, card.text, card.note, card.note_tone, card.icon, card.icon_tone, card.hint, heading
    )


def _version_cards(versions: Sequence[Version]) -> list[Card]:
    """The versions that the desk has met, then the other methodologies of the program under a heading."""
    current = next((one.pack.id for one in versions if one.is_in_force), "")
    own = [one for one in versions if one.pack.id == current or one.entry.state is not OfferState.DECLINED]
    rest = [_version_card(one) for one in versions if one not in own]
    if rest:
        rest[0] = _headed(rest[0], "Другие методики")
    return [*(_version_card(one) for one in own), *rest]


def _version_card(version: Version) -> Card:
    note, icon, tone = "", "circle", Tone.MUTED
    if version.is_in_force:
        note, icon, tone = "действует", "circle-check", Tone.LOW
    elif version.is_offer:
        note, icon, tone = "новая", "circle-dot", Tone.MEDIUM
    text = f"версия {version.pack.version}, {version.source_words}"
    return Card(version.hash, version.pack.title, text, note, tone, icon, tone)


def _consequence_card(at: int, line: Consequence) -> Card:
    icon, tone = ("shield-alert", Tone.HIGH) if line.is_loss else ("triangle-alert", Tone.MEDIUM)
    detail = f"{line.detail} Ответ останется в истории." if line.is_loss else line.detail
    return Card(f"means:{at}", line.text, detail.strip(), icon=icon, icon_tone=tone)


def _line_card(part: PartLines, at: int, line: ChangeLine) -> Card:
    icon, tone = _ICONS[line.kind]
    fields = [f"{one.caption}: {one.old} → {one.new}" for one in line.fields]
    text = "\n".join(part for part in (line.around, *fields) if part)
    return Card(f"{part.part}:{at}", line.title, text, line.kind_words, tone, icon, tone)


def _move_cards(moves: Sequence[MoveLine]) -> list[Card]:
    cards = [
        Card(f"move:{at}", f"Переход: {one.new}", f"Раньше: {one.old}", one.when, icon="history")
        for at, one in enumerate(moves)
    ]
    if cards:
        cards[0] = _headed(cards[0], "Переходы между версиями")
    return cards


def _about(version: Version, data: VersionsData) -> str:
    pack = version.pack
    words = [f"{pack.region}. Действует с {pack.period_start:%d.%m.%Y} по {pack.period_end:%d.%m.%Y}."]
    words.append(f"{version.source_words[:1].upper()}{version.source_words[1:]}.")
    if pack.source_title:
        words.append(f"Источник: {pack.source_title}.")
    if version.entry.note:
        words.append(f"Что изменилось: {version.entry.note}")
    if version.is_in_force:
        words.append("По этой версии вы работаете.")
    elif not data.parts:
        words.append("От действующей версии она не отличается.")
    return " ".join(words)
