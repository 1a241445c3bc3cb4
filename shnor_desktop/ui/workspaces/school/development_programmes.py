"""«Рабочие программы»: month by month, how many lessons were planned and held, what a lag is explained by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout

from shnor_desktop.models.teaching import WorkProgrammeCheck
from shnor_desktop.services.check import CheckLine, CheckResult
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.teaching import MonthOfProgrammes, begin_month, month_of, month_title, months_of
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.offer_strip import OfferStrip
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec, read_rows
from shnor_desktop.ui.pages.register_panes import PartPane
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import Tone, set_gaps
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.widgets.table import Row

_SHOWN_MONTHS = 11


def programmes_of(month: date) -> RecordSpec:
    """The rows of a month."""
    return RecordSpec(
        cls=WorkProgrammeCheck,
        columns=("teacher", "subject", "school_class", "planned", "held"),
        add="Добавить строку",
        empty_title=f"Выполнение рабочих программ: {month_title(month)}",
        empty_text=(
            "Кто, какой предмет и в каком классе ведёт, сколько уроков по плану с начала года и сколько проведено. "
            "Строки первого месяца впишите или вставьте из Excel (Ctrl+V), следующий начнётся одной кнопкой."
        ),
        first=("teacher", "subject", "school_class"),
        fixed={"month": month.isoformat()},
        titles={"planned": "План", "held": "Проведено"},
        widths={"teacher": 20, "subject": 16, "school_class": 8, "planned": 7, "held": 13},
        stretching=("teacher", "subject"),
        least={"teacher": 13, "subject": 11},
    )


@dataclass(frozen=True, slots=True)
class ProgrammeRows(RecordRows):
    """Rows of which a lag is red."""

    lagging: frozenset[str] = frozenset()

    def table_rows(self) -> list[Row]:
        """The rows as the table takes them."""
        made = RecordRows.table_rows(self)
        tones = {"held": Tone.HIGH}
        return [replace(row, tones=tones) if row.id in self.lagging else row for row in made]


@dataclass(frozen=True, slots=True)
class ProgrammesData:
    """The months to choose from, and the rows of the chosen one."""

    months: tuple[date, ...]
    month: MonthOfProgrammes
    after: date | None
    """A month without rows that can be begun from the one before it."""
    rows: ProgrammeRows
    by_row: Mapping[str, date]
    """The month of every row of every month."""


class ProgrammesPane(PartPane):
    """A month at a time."""

    add_words = "Добавить строку"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.month: date | None = None
        self.months = SegmentBar("Месяцы")
        self.months.chosen.connect(self._on_month_chosen)
        self.strip = OfferStrip()
        self._next: date | None = None
        self._by_row: Mapping[str, date] = {}
        self._target: Target | None = None
        self.start = self.strip.add_button(" ", "plus", self._on_month_wanted)
        self.panel = RecordPanel(desk, programmes_of(date(2000, 1, 1)), 0.6)
        self.panel.row_chosen.connect(lambda _row: self.row_chosen.emit())
        self.panel.help_requested.connect(self.help_requested)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.months)
        column.addWidget(self.strip)
        column.addWidget(self.panel, 1)

    def load(self, found: CheckResult) -> ProgrammesData:
        """The rows of the chosen month, of the newest with rows by default."""
        workspace, school = self.desk.workspace, self.desk.school
        facts = read_facts(workspace, school)
        months = months_of(facts)[-_SHOWN_MONTHS:]
        newest = next((item for item in reversed(months) if month_of(facts, item).rows), months[-1])
        month = month_of(facts, self.month if self.month in months else newest)
        empty = (item for item in map(partial(month_of, facts), months) if not item.rows and item.before)
        after = next((item.month for item in empty), None)
        by_row = {row.id: row.month.replace(day=1) for row in facts.programme_checks if row.month}
        return ProgrammesData(months, month, after, _read(workspace, school, month, found.lines), by_row)

    def show_data(self, snapshot: ProgrammesData) -> None:
        """Fill the months and the table."""
        month = snapshot.month
        if self.month != month.month or self.panel.spec.fixed.get("month") != month.month.isoformat():
            self.month = month.month
            self.panel.spec = programmes_of(month.month)
            self.panel.current = ""
        self.months.set_segments([(item.isoformat(), month_title(item)) for item in snapshot.months])
        self.months.select(month.month.isoformat())
        self._next = snapshot.after
        words = month.words
        if not month.rows and month.before is not None:
            words = f"Строк за {month_title(month.month)} ещё нет, последние — за {month_title(month.before)}."
        if snapshot.after is not None:
            self.start.setText(f"Начать {month_title(snapshot.after)}")
            self.start.set_hint("Те же учителя, предметы и классы; часы останутся пустыми")
        can_begin = snapshot.after is not None and not self.desk.is_read_only
        self.strip.show_offer(words, (self.start,) if can_begin else ())
        self.panel.show_rows(snapshot.rows)
        if self.panel.table is not None:
            self.panel.paste.spec = self.panel.spec
        self._by_row = snapshot.by_row
        target, self._target = self._target, None
        if target is not None:
            self.panel.select(target.row, target.field)

    def begin(self) -> None:
        """Ask for teacher, subject and class."""
        self.panel.begin_draft()

    def count(self, snapshot: ProgrammesData) -> int | None:
        """How many rows lag."""
        return len(snapshot.month.lagging)

    def holds(self, entity: str) -> bool:
        """A row of a month."""
        return entity == WorkProgrammeCheck.log_name

    def show_target(self, target: Target) -> None:
        """Choose the row; its month is shown first."""
        month = self._by_row.get(target.row, self.month)
        if month != self.month:
            self.month, self._target = month, target
            self.wants_reading.emit()
        else:
            self.panel.select(target.row, target.field)

    def show_first(self, part: str) -> bool:
        """Go to the first lag without a reason."""
        return self.panel.show_first(part)

    def history_of(self) -> tuple[str, str]:
        """The chosen row."""
        return WorkProgrammeCheck.log_name, self.panel.current

    def _on_month_chosen(self, month: str) -> None:
        self.desk.leave_form(self.panel.form)
        self.month = date.fromisoformat(month)
        self.wants_reading.emit()

    def _on_month_wanted(self) -> None:
        month = self._next
        if month is not None:
            self.month = month
            self.desk.write(lambda: begin_month(self.desk.workspace, month))


def _read(workspace: Workspace, school: str, month: MonthOfProgrammes, lines: Sequence[CheckLine]) -> ProgrammeRows:
    """The rows with the lag beside the lessons that were held."""
    spec = programmes_of(month.month)
    rows = read_rows(workspace, replace(spec, fixed={}), school, lines)  # any day of the month is that month
    lags = {row.id: row.lag for row in month.lagging}
    at = spec.columns.index("held")
    shown = []
    own = {row.id for row in month.rows}
    for row in (one for one in rows.rows if one.id in own):
        cells = list(row.cells)
        if row.id in lags:
            cells[at] = f"{cells[at]} (−{lags[row.id]} ч)"
        shown.append(replace(row, cells=tuple(cells)))
    origins = {row: {"held": f"Отставание {lag} ч: укажите причину и как восполняется."} for row, lag in lags.items()}
    return ProgrammeRows(rows.fields, tuple(shown), rows.options, rows.problems, origins, lagging=frozenset(lags))
