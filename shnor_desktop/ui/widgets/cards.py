"""Lists of short cards: sections of a form with their state, plans, events, tasks, lines of the history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from shnor_desktop.ui.theme import Tone, chars, lines, look
from shnor_desktop.ui.widgets.words import cut_to_lines

_Index = QModelIndex | QPersistentModelIndex


class SectionState(StrEnum):
    """How far a section of a form is."""

    DONE = "done"
    ERRORS = "errors"
    BEGUN = "begun"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Card:
    """One card: `title`, muted `text` below, a short `note` at the right, an icon or a `mark` before it."""

    id: str
    title: str
    text: str = ""
    note: str = ""
    note_tone: Tone = Tone.MUTED
    icon: str = ""
    icon_tone: Tone = Tone.MUTED
    hint: str = ""
    heading: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """One block of a form: «1 Кадры ✓», with the number of its findings."""

    id: str
    title: str
    state: SectionState
    findings: int = 0


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One line of the history: when and who, what was changed, from what to what."""

    when: str
    who: str
    what: str
    old: str = ""
    new: str = ""


class CardModel(QAbstractListModel):
    """The cards shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[Card] = []

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Replace all cards."""
        self.beginResetModel()
        self.cards = list(cards)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """How many cards there are."""
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Title, tooltip, and all of it for a screen reader."""
        card = self.cards[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return card.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return card.hint or "\n".join(part for part in (card.heading, card.title, card.text) if part)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(part for part in (card.heading, card.title, card.note, card.text) if part)
        return None


class _CardDelegate(QStyledItemDelegate):
    """Title over text, note at the right, a heading above the first card of a group."""

    def __init__(self, list_: CardList) -> None:
        super().__init__(list_)
        self._list = list_

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        card = self._list.cards_model.cards[index.row()]
        rect = QRect(option.rect)
        painter.save()
        if card.heading:
            rect.setTop(rect.top() + self._paint_heading(painter, rect, card.heading))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look().colour("accent_soft"))
            painter.fillRect(QRect(rect.left(), rect.top(), lines(0.18), rect.height()), look().colour("accent"))
        painter.setPen(look().colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        inner = rect.adjusted(lines(0.75), lines(0.3), -lines(0.6), -lines(0.3))
        if card.icon:
            side = lines(1.0)
            icon = look().icon(card.icon, card.icon_tone.value)
            icon.paint(painter, QRect(inner.left(), inner.top() + lines(0.05), side, side))
            inner.setLeft(inner.left() + side + lines(0.4))
        elif card.mark:
            painter.setPen(look().colour("text_muted"))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop), card.mark)
            inner.setLeft(inner.left() + lines(1.4))
        self._paint_words(painter, inner, card, option.font)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """As high as title and text need at the width of the list."""
        card = self._list.cards_model.cards[index.row()]
        width = self._list.viewport().width() - lines(1.35) - (lines(1.4) if card.icon or card.mark else 0)
        metrics = QFontMetrics(option.font)
        title, text = self._heights(card, width, option.font, metrics)
        heading = self._heading(card.heading, self._list.viewport().width())[1] if card.heading else 0
        return QSize(chars(12), title + text + lines(0.75) + heading)

    def _heights(self, card: Card, width: int, font: QFont, metrics: QFontMetrics) -> tuple[int, int]:
        note = metrics.horizontalAdvance(card.note) + lines(0.5) if card.note else 0
        limit = metrics.lineSpacing() * self._list.title_lines
        title = min(self._wrapped(metrics, max(chars(6), width - note), card.title), limit)
        small = QFontMetrics(_small(font))
        text = (
            min(self._wrapped(small, width, card.text), small.lineSpacing() * self._list.text_lines) if card.text else 0
        )
        return title, text

    def _wrapped(self, metrics: QFontMetrics, width: int, text: str) -> int:
        return metrics.boundingRect(0, 0, width, 10_000, int(_WRAP), text).height()

    def _paint_heading(self, painter: QPainter, rect: QRect, heading: str) -> int:
        words, height = self._heading(heading, rect.width())
        painter.setFont(self._heading_font())
        painter.setPen(look().colour("text_muted"))
        place = QRect(
            rect.left() + lines(0.75), rect.top() + lines(0.5), rect.width() - lines(1.5), height - lines(0.6)
        )
        painter.drawText(place, int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter), words)
        return height

    def _heading(self, heading: str, width: int) -> tuple[str, int]:
        """The words in at most two lines, with their height: what is too long gives up the end of its name, never the
        counts behind the last dot.
        """
        metrics = QFontMetrics(self._heading_font())
        room = max(chars(8), width - lines(1.5))
        most = round(metrics.lineSpacing() * (_HEADING_LINES + 0.3))
        words = heading
        name, dot, counts = heading.rpartition(" · ")
        left = len(name)
        while left > 1 and dot and self._wrapped(metrics, room, words) > most:
            left = left * 9 // 10
            words = f"{name[:left].rstrip(' ,')}…{dot}{counts}"
        height = min(most, self._wrapped(metrics, room, words) + 2)
        return words, max(lines(2.0), height + lines(0.7))

    def _heading_font(self) -> QFont:
        font = QFont(self._list.font())
        font.setWeight(font.Weight.Medium)
        return font

    def _paint_words(self, painter: QPainter, inner: QRect, card: Card, font: QFont) -> None:
        metrics = QFontMetrics(font)
        title, text = self._heights(card, inner.width(), font, metrics)
        note = metrics.horizontalAdvance(card.note)
        painter.setFont(font)
        if card.note:
            painter.setPen(look().colour(card.note_tone.value))
            painter.drawText(inner, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop), card.note)
        painter.setPen(look().colour("text"))
        room = QRect(inner.left(), inner.top(), inner.width() - (note + lines(0.5) if note else 0), title)
        painter.drawText(room, int(_WRAP), cut_to_lines(metrics, card.title, room.width(), self._list.title_lines))
        if card.text:
            small = _small(font)
            painter.setFont(small)
            painter.setPen(look().colour("text_muted"))
            below = QRect(inner.left(), inner.top() + title + lines(0.1), inner.width(), text)
            painter.drawText(
                below, int(_WRAP), cut_to_lines(QFontMetrics(small), card.text, below.width(), self._list.text_lines)
            )


class CardList(QListView):
    """Cards one under another; arrows choose, Enter opens."""

    card_chosen = Signal(str)
    card_opened = Signal(str)

    def __init__(self, name: str, title_lines: int = 2, text_lines: int = 2, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title_lines = title_lines
        self.text_lines = text_lines
        self.cards_model = CardModel(self)
        self.setModel(self.cards_model)
        self.setItemDelegate(_CardDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.doubleClicked.connect(self._on_card_opened)

    def set_cards(self, cards: Sequence[Card]) -> None:
        """Replace the cards, keeping the chosen one and the place of the scroll bar."""
        chosen = self.current_id()
        place = self.verticalScrollBar().value()
        self.cards_model.set_cards(cards)
        self._choose(chosen)
        self.verticalScrollBar().setValue(place)

    def current_id(self) -> str:
        """The id of the chosen card; empty if none is."""
        row = self.currentIndex().row()
        return self.cards_model.cards[row].id if 0 <= row < len(self.cards_model.cards) else ""

    def select(self, card_id: str) -> None:
        """Choose a card; tells by `card_chosen`."""
        if self._choose(card_id):
            self.card_chosen.emit(card_id)

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        """Tell of another card."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.card_chosen.emit(self.cards_model.cards[current.row()].id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_card_opened(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Heights depend on the width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def changeEvent(self, event: QEvent) -> None:
        """Heights depend on the font."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.scheduleDelayedItemsLayout()

    def _choose(self, card_id: str) -> bool:
        at = next((i for i, card in enumerate(self.cards_model.cards) if card.id == card_id), -1)
        if at < 0:
            return False
        was = self.blockSignals(True)
        self.setCurrentIndex(self.cards_model.index(at, 0))
        self.blockSignals(was)
        return True

    def _on_card_opened(self, index: QModelIndex) -> None:
        if index.isValid():
            self.card_opened.emit(self.cards_model.cards[index.row()].id)


class SectionList(CardList):
    """The blocks of a form at its left: ✓ complete, !2 findings, … begun, ○ empty."""

    def __init__(self, name: str = "Блоки", parent: QWidget | None = None) -> None:
        super().__init__(name, title_lines=2, parent=parent)

    def set_sections(self, sections: Sequence[Section]) -> None:
        """Replace the blocks; they are numbered in the order given."""
        self.set_cards([_section_card(number, section) for number, section in enumerate(sections, 1)])


class HistoryPanel(CardList):
    """Who changed what and when, newest first."""

    def __init__(self, name: str = "История изменений", parent: QWidget | None = None) -> None:
        super().__init__(name, title_lines=2, text_lines=4, parent=parent)

    def set_entries(self, entries: Sequence[HistoryEntry]) -> None:
        """Replace the lines."""
        self.set_cards([_history_card(number, entry) for number, entry in enumerate(entries)])


_HEADING_LINES = 2
_WRAP = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_STATES = {
    SectionState.DONE: ("✓", Tone.LOW, "заполнен"),
    SectionState.ERRORS: ("!", Tone.HIGH, "есть ошибки"),
    SectionState.BEGUN: ("…", Tone.MUTED, "начат"),
    SectionState.EMPTY: ("○", Tone.MUTED, "не начат"),
}


def _section_card(number: int, section: Section) -> Card:
    sign, tone, words = _STATES[section.state]
    note = f"{sign}{section.findings}" if section.state is SectionState.ERRORS and section.findings else sign
    return Card(
        section.id, section.title, note=note, note_tone=tone, hint=f"{section.title}: {words}", mark=str(number)
    )


def _history_card(number: int, entry: HistoryEntry) -> Card:
    change = f"{entry.old or 'пусто'} → {entry.new or 'пусто'}\n" if entry.old or entry.new else ""
    return Card(str(number), entry.what, f"{change}{entry.when} · {entry.who}", icon="pencil")


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.9)
    return small
