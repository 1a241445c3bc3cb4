"""A calendar in a page: by month, as a list, by owner; the same items three ways."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.services.calendar import CalendarItem, CalendarView, ItemKind
from shnor_desktop.services.calendar_export import CalendarFile
from shnor_desktop.ui.dialogs import choose_save
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.month import DayMark, MonthGrid
from shnor_desktop.ui.widgets.page import EmptyState

_MONTHS = (
    "Январь", "Февраль", "Март", "Апрель", "Май", "Июнь", "Июль", "Август", "Сентябрь", "Октябрь", "Ноябрь", "Декабрь",
)  # fmt: skip
_PATTERN = "Календарь (*.ics)"
_UNDATED = "Без даты"
_MOST, _REST = 400, "rest"


class CalendarKind(StrEnum):
    """The ways to look at it."""

    MONTH = "month"
    LIST = "list"
    OWNERS = "owners"


class CalendarPane(QWidget):
    """Tells which item was opened or taken to another day, and that the file is wanted (with or without names)."""

    item_opened = Signal(str)
    item_moved = Signal(str, object)
    export_requested = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CalendarView | None = None
        self._kind = CalendarKind.MONTH
        self._is_begun = False
        self._is_stale = False
        self.movable: frozenset[ItemKind] = frozenset()
        """Kinds of things that can be taken to another day here."""
        self.title = label("", TextStyle.SECTION, wraps=False)
        self.back = Button("", ButtonKind.QUIET, "chevron-left", "Предыдущий месяц")
        self.ahead = Button("", ButtonKind.QUIET, "chevron-right", "Следующий месяц")
        self.today = Button("Сегодня", ButtonKind.QUIET)
        self.kept = QuietCombo()
        self.kept.setAccessibleName("Какие сроки показать")
        self.kept.addItem("Открытые сроки", False)
        self.kept.addItem("Все сроки", True)
        self.kept.activated.connect(lambda _at: self._show())
        self.count = label("", TextStyle.SMALL, Tone.MUTED, wraps=False)
        self.export = Button("Выгрузить календарь…", ButtonKind.PLAIN, "download")
        self.export.add_menu(
            [
                ("Для Outlook, Thunderbird, телефона (.ics)", lambda: self.export_requested.emit(True)),
                ("То же без имён ответственных", lambda: self.export_requested.emit(False)),
            ]
        )
        self.grid = MonthGrid("Календарь по месяцам")
        self.grid.mark_opened.connect(self.item_opened)
        self.grid.mark_moved.connect(self.item_moved)
        self.grid.month_changed.connect(self._show_month_name)
        self.back.clicked.connect(lambda: self.grid.turn(-1))
        self.ahead.clicked.connect(lambda: self.grid.turn(1))
        self.today.clicked.connect(self._on_today_clicked)
        self.list = CardList("Сроки списком", 2, 2)
        self.list.card_chosen.connect(self._on_card_chosen)
        self.empty = EmptyState("Сроков пока нет", "Здесь появится всё, у чего есть день.", has_help=False)
        self.stack = QStackedWidget(self)
        for widget in (self.grid, self.list, self.empty):
            self.stack.addWidget(widget)
        self._lay_out()

    def set_view(self, view: CalendarView) -> None:
        """Show other data; the month and the chosen day stay."""
        if view != self._view:
            self._view = view
            self._show_in_sight()

    def set_kind(self, kind: CalendarKind) -> None:
        """Look at it another way."""
        self._kind = kind
        self._show_in_sight()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what came while it was out of sight."""
        super().showEvent(event)
        if self._is_stale:
            self._show()

    def _show_in_sight(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._show()

    def _lay_out(self) -> None:
        self._tools = QWidget(self)
        flow = FlowLayout(self._tools)
        set_gaps(flow, 0.3, (0.5, 0.3, 0.5, 0.3))
        self._month_tools = QWidget(self)
        row = QHBoxLayout(self._month_tools)
        set_gaps(row, 0.2)
        for widget in (self.back, self.title, self.ahead, self.today):
            row.addWidget(widget)
        set_chars(self.title, 15)
        tools: tuple[QWidget, ...] = (self._month_tools, self.kept, self.count, self.export)
        for tool in tools:
            flow.addWidget(tool)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._tools)
        column.addWidget(self.stack, 1)

    def _show(self) -> None:
        view, self._is_stale = self._view, False
        if view is None:
            return
        is_month = self._kind is CalendarKind.MONTH
        self._month_tools.setVisible(is_month)
        self.kept.setVisible(not is_month)
        late = len(view.overdue)
        self.count.setText(f"▲ просрочено: {late}" if late else "")
        self.export.setEnabled(bool(view.items))
        if not view.items and not view.undated:
            self.stack.setCurrentWidget(self.empty)
            return
        if is_month:
            self.grid.set_marks([_mark(item, item.kind in self.movable) for item in view.items], view.on)
            if not self._is_begun:
                self._is_begun = True
                self.grid.choose(_nearest_day(view))
            self._show_month_name()
            self.stack.setCurrentWidget(self.grid)
            return
        is_all = bool(self.kept.currentData())
        dated = [item for item in view.items if is_all or not item.is_closed]
        undated = [item for item in view.undated if is_all or not item.is_closed]
        make = month_cards if self._kind is CalendarKind.LIST else owner_cards
        self.list.set_cards(_first(make(dated, undated)))
        self.stack.setCurrentWidget(self.list)

    def _show_month_name(self) -> None:
        first = self.grid.month.first
        self.title.setText(f"{_MONTHS[first.month - 1]} {first.year}")

    def _on_today_clicked(self) -> None:
        if self._view is not None:
            self.grid.choose(self._view.on)
            self.grid.setFocus()

    def _on_card_chosen(self, card: str) -> None:
        if card != _REST:
            self.item_opened.emit(card)


def month_cards(dated: Sequence[CalendarItem], undated: Sequence[CalendarItem]) -> list[Card]:
    """What is late first, then month by month, at the end what has no day."""
    late = [item for item in dated if item.is_overdue]
    rest = [item for item in dated if not item.is_overdue]
    cards = _group(f"▲ Просрочено · {len(late)}", late)
    for (year, month), items in groupby(rest, key=lambda item: _month_of(item.due)):
        cards += _group(f"{_MONTHS[month - 1]} {year}", items)
    return cards + _group(f"{_UNDATED} · {len(undated)}", undated)


def owner_cards(dated: Sequence[CalendarItem], undated: Sequence[CalendarItem]) -> list[Card]:
    """Owner by owner, each with what is late first; those without an owner last."""
    whole = sorted(
        (*dated, *undated),
        key=lambda item: (not item.owner, item.owner.casefold(), not item.is_overdue, item.due or date.max, item.title),
    )
    cards = []
    for owner, found in groupby(whole, key=lambda item: item.owner):
        items = list(found)
        late = sum(1 for item in items if item.is_overdue)
        words = f"{owner or 'Без ответственного'} · {plural(len(items), 'срок', 'срока', 'сроков')}"
        cards += _group(f"{words}, ▲ просрочено {late}" if late else words, items)
    return cards


def save_calendar(page: DeskPage, suggested: str, work: Callable[[Path], CalendarFile]) -> None:
    """Ask where to save the calendar of a page and write it."""
    target = choose_save(page.window(), "Выгрузить календарь", _PATTERN, Path.home() / suggested)
    if target is not None:
        write_calendar_to(page, target, work)


def write_calendar_to(page: DeskPage, target: Path, work: Callable[[Path], CalendarFile]) -> None:
    """Write the calendar into a file that was chosen."""
    if target.suffix.lower() != ".ics":
        target = target.with_name(f"{target.name}.ics")

    def on_written(written: CalendarFile) -> None:
        days = plural(written.events, "срок", "срока", "сроков")
        words = Notice(f"Календарь сохранён: {written.path.name}, {days}.", f"Папка: {written.path.parent}.")
        page.desk.say(words, MessageLevel.DONE, "Открыть папку", lambda: _open(written.path.parent))

    page.run_long("Выгружаю календарь", lambda _task: work(target), on_written, changes=False)


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _group(heading: str, items: Iterable[CalendarItem]) -> list[Card]:
    return [_card(item, heading if at == 0 else "") for at, item in enumerate(items)]


def _card(item: CalendarItem, heading: str) -> Card:
    day = short_date(item.due) if item.due else ""
    note = f"▲ {day}" if item.is_overdue else day
    words = [item.waits, item.part, item.words, item.owner, item.state, item.note]
    icon, tone = ("circle-alert", Tone.HIGH) if item.is_overdue else ("clock", Tone.MUTED)
    if item.is_closed and not item.is_unmarked:
        icon, tone = "circle-check", Tone.LOW
    spoken = f"просрочено: {item.title}" if item.is_overdue else item.title
    return Card(
        item.id,
        item.title,
        " · ".join(word for word in words if word),
        note=note,
        note_tone=Tone.HIGH if item.is_overdue else Tone.MUTED,
        icon=icon,
        icon_tone=tone,
        hint=f"{spoken}\n{item.phrase}".strip(),
        heading=heading,
    )


def _mark(item: CalendarItem, is_movable: bool = False) -> DayMark:
    assert item.due is not None
    since = f"с {short_date(item.start)}" if item.start and item.start < item.due else ""
    state = "просрочено" if item.is_overdue else item.state
    words = [item.title, item.part, since, item.phrase, item.owner, state, item.note]
    return DayMark(
        item.id,
        item.due,
        item.title,
        item.start,
        is_late=item.is_overdue,
        is_closed=item.is_closed and not item.is_unmarked,
        is_past=item.is_closed,
        is_movable=is_movable and not item.is_closed,
        hint=" · ".join(word for word in words if word),
    )


def _first(cards: list[Card]) -> list[Card]:
    """As many as a person reads; the month shows the others."""
    if len(cards) <= _MOST:
        return cards
    left = plural(len(cards) - _MOST, "срок", "срока", "сроков")
    rest = Card(_REST, f"И ещё {left}", "Они стоят на своих днях в календаре по месяцам.", icon="ellipsis")
    return [*cards[:_MOST], rest]


def _nearest_day(view: CalendarView) -> date:
    """Today; where the plan is over or has not begun, the day of it that is nearest."""
    days = [item.due for item in view.items if item.due is not None]
    return min(max(view.on, days[0]), days[-1]) if days else view.on


def _month_of(day: date | None) -> tuple[int, int]:
    return (day.year, day.month) if day else (9999, 12)
