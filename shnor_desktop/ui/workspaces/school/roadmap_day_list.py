"""The days of a measure in its form: how each stands, and the one click that tells of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.occurrences import Occurrence, Occurrences, change_words
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.models.roadmap import MEASURE_STATES
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.workspaces.school.roadmap_step import (
    DUE,
    EVIDENCE,
    GIVE_REASON,
    MOVE_NEEDS,
    NAME_PAPER,
    REASON,
    StepPanel,
)

DONE, PARTLY, MOVE, CANCEL, REOPEN = "done", "partly", "move", "cancel", "reopen"
_STATES = dict(MEASURE_STATES)
_FEW = 5


class DayList(QWidget):
    """Tells (step, day of the plan, values) of what a person said of a day."""

    told = Signal(str, object, dict)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._days = Occurrences()
        self._on = date.min
        self._is_locked = False
        self._shows_all = False
        self.day: date | None = None
        self.title = label("", TextStyle.STRONG)
        self.panel_title = label("", TextStyle.BODY, Tone.MUTED)
        self.panels = {
            DONE: StepPanel((EVIDENCE,), "Отметить этот срок", NAME_PAPER),
            PARTLY: StepPanel((EVIDENCE,), "Отметить как выполненный частично", NAME_PAPER),
            MOVE: StepPanel((DUE, REASON), "Перенести срок", MOVE_NEEDS),
            CANCEL: StepPanel((REASON,), "Снять этот срок", GIVE_REASON),
        }
        self._lines = QWidget(self)
        self._rows = QVBoxLayout(self._lines)
        set_gaps(self._rows, 0.15)
        column = QVBoxLayout(self)
        set_gaps(column, 0.3)
        for widget in (self.title, self.panel_title, *self.panels.values(), self._lines):
            column.addWidget(widget)
        for name, panel in self.panels.items():
            panel.submitted.connect(lambda values, name=name: self._submit(name, values))
        self.leave()

    def show_days(self, days: Occurrences, on: date, is_locked: bool) -> None:
        """Fill the list; a measure of one day shows it only where there is something to tell."""
        if (days, on, is_locked) == (self._days, self._on, self._is_locked):
            return
        self._days, self._on, self._is_locked = days, on, is_locked
        if self.day is not None and days.of_day(self.day) is None:
            self.leave()
        self._draw()

    def begin(self, step: str, day: date, known: Mapping[str, object] | None = None) -> None:
        """Ask for what a step needs; `day` is that of the plan."""
        self.leave()
        self.day = day
        item = self._days.of_day(day)
        number = f" ({item.number} из {len(self._days.items)})" if item and len(self._days.items) > 1 else ""
        self.panel_title.setText(f"Срок {short_date(day)}{number}:")
        self.panel_title.show()
        given = item.mark.evidence_given if item is not None and item.mark is not None else ""
        self.panels[step].begin({"evidence": given, **(known or {})})

    def leave(self) -> None:
        """Ask for nothing."""
        self.day = None
        self.panel_title.hide()
        for panel in self.panels.values():
            panel.hide()

    def forget(self) -> None:
        """Another measure comes."""
        self._shows_all = False
        self.leave()

    def refuse(self, message: Worded) -> None:
        """Say why it was not done."""
        shown = next((panel for panel in self.panels.values() if not panel.isHidden()), None)
        if shown is not None:
            shown.refuse(message)

    def _submit(self, step: str, values: dict[str, str]) -> None:
        if self.day is not None:
            self.told.emit(step, self.day, values)

    def _draw(self) -> None:
        while self._rows.count():
            item = self._rows.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        days = self._days
        is_list = len(days.items) > 1 or days.is_marked
        self.title.setVisible(is_list)
        self._lines.setVisible(is_list)
        if not is_list:
            return
        self.title.setText(f"Сроки: выполнено {days.done} из {days.total}")
        shown = days.items if self._shows_all else _nearest(days, self._on)
        for day in shown:
            self._rows.addWidget(self._line(day))
        if len(shown) < len(days.items):
            left = plural(len(days.items) - len(shown), "срок", "срока", "сроков")
            more = Button(f"Показать ещё {left}", ButtonKind.LINK)
            more.clicked.connect(self._show_all)
            self._rows.addWidget(more)

    def _line(self, item: Occurrence) -> QWidget:
        line = QWidget(self._lines)
        words = SignText(line)
        words.set_words(day_words(item, self._on), *_sign(item, self._on))
        row = QHBoxLayout(line)
        set_gaps(row, 0.4, (0, 0.1, 0, 0.1))
        row.addWidget(words, 1)
        if self._is_locked:
            return line
        day = item.planned
        named = f": срок {short_date(day)}"
        if item.state in ("done", "cancelled"):
            back = Button("Вернуть", ButtonKind.QUIET, "undo-2", f"Вернуть{named}")
            back.clicked.connect(lambda: self.told.emit(REOPEN, day, {}))
            row.addWidget(back)
            return line
        done = Button("Выполнено", ButtonKind.PLAIN, "check", f"Выполнено{named}")
        done.clicked.connect(lambda: self.begin(DONE, day))
        more = Button("", ButtonKind.QUIET, "ellipsis", f"Ещё{named}")
        steps = [
            ("Выполнено частично…", lambda: self.begin(PARTLY, day)),
            ("Перенести…", lambda: self.begin(MOVE, day)),
            ("Снять этот срок…", lambda: self.begin(CANCEL, day)),
        ]
        if item.mark is not None and item.mark.state in ("partly", "moved", "in_progress"):
            steps.append(("Вернуть как было в плане", lambda: self.told.emit(REOPEN, day, {})))
        more.add_menu(steps)
        row.addWidget(done)
        row.addWidget(more)
        return line

    def _show_all(self) -> None:
        self._shows_all = True
        self._draw()


def day_words(item: Occurrence, on: date) -> str:
    """«2. 30.09.2024, выполнено 28.09.2024: справка № 3», «перенесено с … на …: карантин»."""
    mark = item.mark
    parts = [f"{item.number}. {short_date(item.due)}"]
    if item.is_lapsed:
        parts.append("не отмечено")
    elif not item.is_closed and item.due < on:
        parts.append("выполнено частично, срок прошёл" if item.state == "partly" else "просрочено")
    elif item.state != "moved":
        done = f" {short_date(mark.done_on)}" if mark is not None and mark.done_on and item.state == "done" else ""
        parts.append(f"{_STATES.get(item.state, item.state)}{done}")
    given = f": {mark.evidence_given}" if mark is not None and mark.evidence_given else ""
    change = change_words(item)
    return ", ".join(parts) + given + (f"; {change}" if change else "")


def _sign(item: Occurrence, on: date) -> tuple[str, Tone]:
    if item.state == "done":
        return "circle-check", Tone.LOW
    if not item.is_closed and item.due < on:
        return "circle-alert", Tone.HIGH
    return ("ban", Tone.MUTED) if item.state == "cancelled" else ("clock", Tone.MUTED)


def _nearest(days: Occurrences, on: date) -> tuple[Occurrence, ...]:
    """The days around the one that is next: the last two that are over, the open ones ahead."""
    if len(days.items) <= _FEW + 1:
        return days.items
    nearest = days.nearest(on)
    at = days.items.index(nearest) if nearest is not None else len(days.items) - 1
    begin = min(max(0, at - 2), len(days.items) - _FEW)
    return days.items[begin : begin + _FEW]
