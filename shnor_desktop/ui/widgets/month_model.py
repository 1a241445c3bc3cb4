"""The days of a month with what falls due on them: the model behind its table, and how a day is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from shnor_desktop.domain.russian import long_date, plural
from shnor_desktop.ui.theme import Tone

Index = QModelIndex | QPersistentModelIndex
_ROLE = Qt.ItemDataRole
DAYS = 7
_WEEKDAYS = ("Пн", "Вт", "Ср", "Чт", "Пт", "Сб", "Вс")
_WEEKDAYS_WHOLE = ("понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье")


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
    is_movable: bool = False
    """Can be taken to another day."""

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
        self._weeks = -(-(next_month - self._start).days // DAYS)
        self.endResetModel()

    def day(self, index: Index) -> date:
        """The day of a cell."""
        return self._start + timedelta(days=index.row() * DAYS + index.column())

    def index_of(self, day: date) -> QModelIndex:
        """The cell of a day; not valid if it is not shown."""
        at = (day - self._start).days
        return self.index(at // DAYS, at % DAYS) if 0 <= at < self._weeks * DAYS else QModelIndex()

    def marks_on(self, day: date) -> list[DayMark]:
        """What falls due on a day: late first, closed last."""
        return self._marks.get(day, [])

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Weeks."""
        return 0 if parent.isValid() else self._weeks

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Days of the week."""
        return 0 if parent.isValid() else DAYS

    def data(self, index: Index, role: int = _ROLE.DisplayRole) -> Any:
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
