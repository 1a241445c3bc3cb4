"""A month as a table of weeks: the days with what falls due on them; by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shnor_desktop.domain.russian import long_date, plural
from shnor_desktop.ui.theme import Tone, lines, look, set_lines

_Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
_DAYS = 7
_WEEKDAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
_WEEKDAYS_WHOLE = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")
_LEAST_LINES, _ROW_LINES, _WIDE = 12.0, 2.1, 9.0


@dataclass(frozen=True, slots=True)
class DayMark:
    """One thing on a day; `since` is the beginning of its period, where it has one."""

    id: str
    day: date
    title: str
    since: date | None = None
    is_late: bool = False
    is_closed: bool = False
    is_past: bool = False
    """Over, and nobody says here whether it was done: no tick."""
    hint: str = ""

    @property
    def words(self) -> str:
        """«▲ Провести диагностику», «✓ …», «с 01.10: …»."""
        span = f"с {self.since.day:02}.{self.since.month:02}: " if self.since and self.since < self.day else ""
        return f"{self._sign}{span}{self.title}"

    @property
    def short(self) -> str:
        """The same for a narrow cell: the period is an arrow that ends here."""
        span = "⇥ " if self.since and self.since < self.day and not self._sign else ""
        return f"{self._sign}{span}{self.title}"

    @property
    def _sign(self) -> str:
        return "▲ " if self.is_late else "✓ " if self.is_closed else ""

    @property
    def tone(self) -> Tone:
        """The colour of its words."""
        return Tone.HIGH if self.is_late else Tone.MUTED if self.is_closed or self.is_past else Tone.NORMAL

    @property
    def spoken(self) -> str:
        """For a screen reader: the sign as a word."""
        state = "просрочено: " if self.is_late else "закрыто: " if self.is_closed else ""
        return f"{state}{self.title}"


class MonthModel(QAbstractTableModel):
    """The weeks that touch one month, Monday first."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.first = date(2024, 1, 1)
        self.today: date | None = None
        self._marks: dict[date, list[DayMark]] = {}
        self._start = self.first
        self._weeks = 5

    def set_marks(self, marks: Sequence[DayMark], today: date) -> None:
        """Replace all marks, of every month."""
        self.beginResetModel()
        self.today = today
        self._marks = {}
        for mark in sorted(marks, key=lambda one: (one.is_closed or one.is_past, not one.is_late, one.title)):
            self._marks.setdefault(mark.day, []).append(mark)
        self.endResetModel()

    def show_month(self, day: date) -> None:
        """Show the month of a day."""
        self.beginResetModel()
        self.first = day.replace(day=1)
        self._start = self.first - timedelta(days=self.first.weekday())
        next_month = (self.first.replace(day=28) + timedelta(days=4)).replace(day=1)
        self._weeks = -(-(next_month - self._start).days // _DAYS)
        self.endResetModel()

    def day(self, index: _Index) -> date:
        """The day of a cell."""
        return self._start + timedelta(days=index.row() * _DAYS + index.column())

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; not valid if it is not shown."""
        at = (day - self._start).days
        return self.index(at // _DAYS, at % _DAYS) if 0 <= at < self._weeks * _DAYS else QModelIndex()

    def marks_on(self, day: date) -> list[DayMark]:
        """What falls due on a day: late first, closed last."""
        return self._marks.get(day, [])

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Weeks."""
        return 0 if parent.isValid() else self._weeks

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        """Days of the week."""
        return 0 if parent.isValid() else _DAYS

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> Any:
        """The day for the eye, everything on it for a screen reader and the tooltip."""
        day = self.day(index)
        marks = self.marks_on(day)
        if role == _ROLE.DisplayRole:
            return str(day.day)
        if role == _ROLE.ToolTipRole:
            return "\n".join(mark.hint or mark.words for mark in marks[:12]) or None
        if role == _ROLE.AccessibleTextRole:
            said = f"{long_date(day)}, {_WEEKDAYS_WHOLE[day.weekday()]}"
            said += ", сегодня" if day == self.today else ""
            if not marks:
                return f"{said}: сроков нет"
            count = plural(len(marks), "срок", "срока", "сроков")
            return f"{said}: {count}. " + "; ".join(mark.spoken for mark in marks)
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _ROLE.DisplayRole) -> Any:
        """Names of the days of the week."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == _ROLE.DisplayRole:
            return _WEEKDAYS[section]
        return _WEEKDAYS_WHOLE[section] if role == _ROLE.AccessibleTextRole else None


@dataclass(frozen=True, slots=True)
class CellLines:
    """How a cell is laid out: the number of the day, then marks, then «ещё 3»."""

    shown: int
    rest: int
    top: int
    step: int

    def at(self, y: int) -> int:
        """Which line a point is on; -1 is the number of the day, `shown` the line «ещё»."""
        return (y - self.top) // self.step if y >= self.top else -1


def cell_lines(count: int, height: int, step: int) -> CellLines:
    """As many marks as the cell has room for; the last line says how many are left."""
    top = round(step * 1.25)
    room = max(0, (height - top) // step)
    if count <= room:
        return CellLines(count, 0, top, step)
    shown = max(0, room - 1)
    return CellLines(shown, count - shown, top, step)


class _DayDelegate(QStyledItemDelegate):
    """The number of the day and the lines under it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, MonthModel)
        day, rect = model.day(index), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look().colour("accent_soft"))
        elif day.month != model.first.month:
            painter.fillRect(rect, look().colour("surface_sunken"))
        painter.setPen(look().colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        small = small_font(option.font)
        metrics = QFontMetrics(small)
        marks = model.marks_on(day)
        layout = cell_lines(len(marks), rect.height(), metrics.lineSpacing())
        self._paint_number(painter, rect, day, model, option.font, layout)
        painter.setFont(small)
        inner = rect.adjusted(lines(0.25), 0, -lines(0.2), 0)
        for at, mark in enumerate(marks[: layout.shown]):
            line = QRect(inner.left(), rect.top() + layout.top + at * layout.step, inner.width(), layout.step)
            painter.setPen(look().colour(mark.tone.value))
            words = mark.words if line.width() > lines(_WIDE) else mark.short
            painter.drawText(line, 0, metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width()))
        self._paint_rest(painter, inner, marks, layout, metrics)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look().colour("focus"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_number(
        self, painter: QPainter, rect: QRect, day: date, model: MonthModel, font: QFont, layout: CellLines
    ) -> None:
        is_today = day == model.today
        own = QFont(font)
        own.setWeight(QFont.Weight.Medium if is_today else QFont.Weight.Normal)
        painter.setFont(own)
        room = QRect(rect.left() + lines(0.25), rect.top() + 1, rect.width() - lines(0.5), layout.top - 1)
        words = f"{day.day} сегодня" if is_today else str(day.day)
        if is_today and painter.fontMetrics().horizontalAdvance(words) > room.width():
            words = str(day.day)
        tone = "accent" if is_today else "text" if day.month == model.first.month else "text_muted"
        painter.setPen(look().colour(tone))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        if is_today:
            width = min(painter.fontMetrics().horizontalAdvance(words), room.width())
            painter.fillRect(QRect(room.left(), room.bottom() - 1, width, 2), look().colour("accent"))

    def _paint_rest(
        self, painter: QPainter, inner: QRect, marks: Sequence[DayMark], layout: CellLines, metrics: QFontMetrics
    ) -> None:
        """«ещё 3»; where there is no room for a line it stands beside the number of the day."""
        if not layout.rest:
            return
        hidden = marks[layout.shown :]
        is_late = any(mark.is_late for mark in hidden)
        sign = "▲ " if is_late else ""
        words = (
            f"{sign}ещё {layout.rest}" if layout.shown else f"{sign}{plural(layout.rest, 'срок', 'срока', 'сроков')}"
        )
        painter.setPen(look().colour("high" if is_late else "accent"))
        fits = layout.top + (layout.shown + 1) * layout.step <= inner.height() + 2
        top = inner.top() + (layout.top + layout.shown * layout.step if fits else 1)
        side = Qt.AlignmentFlag.AlignLeft if fits else Qt.AlignmentFlag.AlignRight
        line = QRect(inner.left(), top, inner.width(), layout.step)
        painter.drawText(line, int(side), metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width()))


class MonthGrid(QTableView):
    """Tells which mark was opened, and which month is shown after the keys have left it."""

    mark_opened = Signal(str)
    month_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = MonthModel(self)
        self.setModel(self.month)
        self.setItemDelegate(_DayDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        set_lines(self, _LEAST_LINES)

    def set_marks(self, marks: Sequence[DayMark], today: date) -> None:
        """Replace what is shown; the chosen day stays."""
        chosen = self.chosen_day()
        self.month.set_marks(marks, today)
        self.choose(chosen or today)

    def chosen_day(self) -> date | None:
        """The day with the cursor."""
        index = self.currentIndex()
        return self.month.day(index) if index.isValid() else None

    def choose(self, day: date) -> None:
        """Put the cursor on a day; its month comes into sight. The first and last year of time are not shown."""
        if not date.min.year < day.year < date.max.year:
            return
        if (day.year, day.month) != (self.month.first.year, self.month.first.month):
            self.month.show_month(day)
            set_lines(self, 1.6 + self.month.rowCount() * _ROW_LINES)
            self.month_changed.emit()
        elif not self.month.index_of(day).isValid():
            self.month.show_month(day)
        self.setCurrentIndex(self.month.index_of(day))

    def turn(self, months: int) -> None:
        """So many months on or back, on the same day where that month has it."""
        day = self.chosen_day() or self.month.first
        at = day.year * 12 + day.month - 1 + months
        year, month = divmod(at, 12)
        if not date.min.year < year < date.max.year:
            return
        last = ((date(year, month + 1, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
        self.choose(date(year, month + 1, min(day.day, last)))

    def open_day(self, day: date, place: QPoint | None = None) -> None:
        """Open the one thing of a day, or let one of several be chosen."""
        marks = self.month.marks_on(day)
        if len(marks) == 1:
            self.mark_opened.emit(marks[0].id)
        elif marks:
            rect = self.visualRect(self.month.index_of(day))
            self.make_menu(day).popup(place or self.viewport().mapToGlobal(rect.bottomLeft()))

    def make_menu(self, day: date) -> QMenu:
        """All that is due on a day, to choose from."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(f"Сроки на {long_date(day)}")
        for mark in self.month.marks_on(day):
            words = menu.fontMetrics().elidedText(mark.words, Qt.TextElideMode.ElideRight, lines(26))
            entry = menu.addAction(words.replace("&", "&&"))
            entry.setToolTip(mark.hint)
            entry.triggered.connect(lambda _=False, name=mark.id: self.mark_opened.emit(name))
        return menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by day and week across months, PgUp and PgDn by month, Enter opens."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_DAYS, Qt.Key.Key_Down: _DAYS}
        day = self.chosen_day()
        if event.key() in steps and day is not None:
            self.choose(day + timedelta(days=steps[Qt.Key(event.key())]))
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and day is not None:
            self.open_day(day)
        elif event.key() == Qt.Key.Key_Home and self.month.today is not None:
            self.choose(self.month.today)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A mark opens; «ещё 3» shows the rest; elsewhere the day is chosen."""
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        day = self.month.day(index)
        rect = self.visualRect(index)
        marks = self.month.marks_on(day)
        layout = cell_lines(len(marks), rect.height(), QFontMetrics(small_font(self.font())).lineSpacing())
        at = layout.at(event.position().toPoint().y() - rect.top())
        if day.month == self.month.first.month:
            self.setCurrentIndex(index)
        if 0 <= at < layout.shown:
            self.mark_opened.emit(marks[at].id)
        elif layout.rest and (at >= layout.shown or not layout.shown):
            self.open_day(day, event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A press has done it all: an empty day opens nothing beside."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The same as a press."""


def small_font(font: QFont) -> QFont:
    """The font of the marks."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    return small
