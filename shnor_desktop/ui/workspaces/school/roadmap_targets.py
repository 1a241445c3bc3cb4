"""«Показатели» of the road map: base, target and values by days; the chosen one with its chart and what data give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.drawing.courses import CoursePoint, course
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import IndicatorValue
from shnor_desktop.services import records
from shnor_desktop.services.indicator_values import Pace, TargetView, ValuePoint, record_value
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.charts import ChartPanel
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import EmptyState, ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState
from shnor_desktop.ui.workspaces.school.roadmap_step import StepPanel

_COLUMNS = (
    Column("title", "Показатель", 30, stretches=True),
    Column("base", "Было", 9, is_number=True),
    Column("newest", "Сейчас", 10, is_number=True, hint="Последнее измеренное значение"),
    Column("target", "Цель", 9, is_number=True),
    Column("pace", "Как идёт", 22, hint="К прямому пути от базы до цели"),
)
_FIELDS = info_of(IndicatorValue).fields
_SIGNS = {
    Pace.REACHED: ("circle-check", Tone.LOW),
    Pace.ON_TRACK: ("circle-check", Tone.LOW),
    Pace.BEHIND: ("triangle-alert", Tone.MEDIUM),
    Pace.WORSE: ("circle-alert", Tone.HIGH),
    Pace.UNKNOWN: ("clock", Tone.MUTED),
}
_STATES = {Pace.REACHED: RowState.DONE, Pace.BEHIND: RowState.WARNING, Pace.WORSE: RowState.ERROR}
_OLD_DAYS = 120
_NONE = "Целевые показатели вводят на странице «Программа»: у каждого — база, цель и задача, на которую он работает."


class TargetsView(QWidget):
    """Tells which indicator was chosen, and that the programme is wanted while there are none."""

    row_chosen = Signal(str)
    programme_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = RecordTable(_COLUMNS, "Целевые показатели программы")
        self.table.set_row_lines(2)
        self.table.row_selected.connect(self.row_chosen)
        empty = EmptyState("Целевых показателей нет", _NONE, "Открыть программу", "arrow-right", has_help=False)
        empty.begin_requested.connect(self.programme_wanted)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._stack.addWidget(empty)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._stack)

    def show_targets(self, found: Sequence[TargetView]) -> None:
        """Fill the table; the chosen one stays chosen."""
        self.table.set_rows([_row(one) for one in found])
        self._stack.setCurrentIndex(0 if found else 1)

    def chosen(self) -> str:
        """The indicator with the cursor; the first one before any is chosen."""
        shown = self.table.rows_model.shown
        return self.table.current_id() or (shown[0].id if shown else "")


class TargetCard(ScrollColumn):
    """One indicator: how it goes, its values, the value that the data give today, and the form for another."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=0.6)
        self.desk = desk
        self.view: TargetView | None = None
        self._on = date.min
        self.title = label("", TextStyle.SECTION)
        self.way = label("")
        self.pace = SignText(self)
        self.ahead = label("", TextStyle.SMALL, Tone.MUTED)
        self.chart = ChartPanel("Ход показателя")
        self.offer = label("")
        self.take = Button("Записать это значение", ButtonKind.PRIMARY, "check")
        self.take.clicked.connect(self._on_take_clicked)
        self.begin = Button("Ввести значение…", ButtonKind.PLAIN, "plus")
        self.begin.clicked.connect(self._on_begin_clicked)
        self.panel = self._make_panel("")
        self._values = QWidget()
        self._lines = QVBoxLayout(self._values)
        set_gaps(self._lines, 0.1)
        change = Button("База и цель — на странице «Программа»", ButtonKind.LINK)
        change.clicked.connect(self._on_change_clicked)
        buttons = QWidget()
        flow = FlowLayout(buttons)
        set_gaps(flow, 0.5)
        for button in (self.take, self.begin):
            flow.addWidget(button)
        self._buttons = buttons
        for widget in (self.title, self.way, self.pace, self.ahead, self.offer, buttons, self.panel, self._values):
            self.add(widget)
        self.add(self.chart)
        self.column.insertWidget(self.column.count() - 1, change, 0, Qt.AlignmentFlag.AlignLeft)

    def show_target(self, view: TargetView, on: date) -> None:
        """Fill the card; `on` is today."""
        self._on = on
        if self.view is None or view.id != self.view.id:
            self.panel.hide()
            self.verticalScrollBar().setValue(0)
        if self.view is None or view.unit != self.view.unit:
            self._renew_panel(view.unit)
        self.view = view
        self.title.setText(view.title)
        self.way.setText(
            f"Было {view.shown(view.base)} ({short_date(view.base_day)}), цель {view.shown(view.target)} "
            f"к {short_date(view.target_day)}." + (f" Задача: {view.goal}." if view.goal else "")
        )
        self._show_pace(view)
        offer = view.offer
        self.offer.setText(f"На сегодня по данным: {view.shown(offer.value)}. {offer.words}." if offer else "")
        self.offer.setVisible(offer is not None)
        newest = view.newest
        is_kept = offer is not None and newest is not None and newest.row != "" and newest.value == offer.value
        self.take.setVisible(offer is not None and not is_kept)
        self._buttons.setVisible(not self.desk.is_read_only)
        self._show_values(view)
        self._show_chart(view)

    def _show_pace(self, view: TargetView) -> None:
        words, newest = view.pace_words, view.newest
        if newest is not None:
            words = f"{view.shown(newest.value)} на {short_date(newest.day)}: {words}"
        self.pace.set_words(f"{words[:1].upper()}{words[1:]}.", *_SIGNS[view.pace])
        parts = [f"{view.ahead_words[:1].upper()}{view.ahead_words[1:]}."] if view.ahead_words else []
        if newest is not None and (self._on - newest.day).days > _OLD_DAYS:
            days = plural((self._on - newest.day).days, "день", "дня", "дней")
            parts.append(f"Последнее измерение было {days} назад: измерьте снова.")
        self.ahead.setText(" ".join(parts))
        self.ahead.setVisible(bool(parts))

    def _show_values(self, view: TargetView) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._values.setVisible(bool(view.values))
        for point in reversed(view.values):
            self._lines.addWidget(self._line(view, point))

    def _line(self, view: TargetView, point: ValuePoint) -> QWidget:
        line = QWidget(self._values)
        told = ", ".join(part for part in (point.source, point.note) if part)
        words = f"{short_date(point.day)}: {view.shown(point.value)}" + (f" — {told}" if told else "")
        row = QHBoxLayout(line)
        set_gaps(row, 0.4)
        row.addWidget(label(words, TextStyle.BODY), 1)
        if point.row and not self.desk.is_read_only:
            remove = Button("", ButtonKind.QUIET, "trash-2", f"Удалить значение на {short_date(point.day)}")
            remove.clicked.connect(lambda: self._remove(point.row))
            row.addWidget(remove)
        return line

    def _show_chart(self, view: TargetView) -> None:
        planned = []
        if view.base is not None and view.target is not None:
            planned = [
                CoursePoint(view.base_day, float(view.base), view.shown(view.base)),
                CoursePoint(view.target_day, float(view.target), f"цель {view.shown(view.target)}"),
            ]
        actual = [CoursePoint(one.day, float(one.value), view.shown(one.value)) for one in view.values]
        rows = [(short_date(one.day), view.shown(one.value), one.source or "—") for one in view.values]
        self.chart.setVisible(bool(planned or actual))
        self.chart.set_drawing(course(planned, actual), ("Дата", "Значение", "Откуда"), rows)

    def _make_panel(self, unit: str) -> StepPanel:
        value = replace(_FIELDS["value"], unit=unit)
        fields = (_FIELDS["measured_on"], value, _FIELDS["source"], _FIELDS["note"])
        panel = StepPanel(fields, "Записать значение", "Заполните это поле.", optional=("source", "note"))
        panel.submitted.connect(self._on_submitted)
        panel.hide()
        return panel

    def _renew_panel(self, unit: str) -> None:
        old = self.panel
        self.panel = self._make_panel(unit)
        self.column.insertWidget(self.column.indexOf(old), self.panel)
        self.column.removeWidget(old)
        old.hide()
        old.deleteLater()

    def _on_begin_clicked(self) -> None:
        self.panel.begin({})
        self.show_widget(self.panel)

    def _on_take_clicked(self) -> None:
        view, workspace = self.view, self.desk.workspace
        if view is None or view.offer is None:
            return
        indicator, offer = view.id, view.offer
        self.desk.write(lambda: record_value(workspace, indicator, offer.value, source=offer.source))

    def _on_submitted(self, values: dict[str, str]) -> None:
        view, workspace, panel = self.view, self.desk.workspace, self.panel
        if view is None:
            return
        indicator = view.id

        def work() -> object:
            source, note = values.get("source", ""), values.get("note", "")
            return record_value(workspace, indicator, values["value"], values["measured_on"], source, note)

        self.desk.write(work, lambda _: panel.hide(), panel.refuse)

    def _remove(self, row: str) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: records.remove(workspace, IndicatorValue.log_name, row))

    def _on_change_clicked(self) -> None:
        if self.view is not None:
            self.desk.open(findings.PROGRAMME, Target("target_indicator", self.view.id, "target"))


def _row(view: TargetView) -> Row:
    newest = view.newest
    cells = (
        view.title,
        view.shown(view.base),
        view.shown(newest.value) if newest is not None else "—",
        view.shown(view.target),
        view.pace_words,
    )
    keys = (
        view.title.casefold(),
        view.base,
        newest.value if newest else None,
        view.target,
        list(Pace).index(view.pace),
    )
    tones = {"pace": _SIGNS[view.pace][1]}
    hint = view.title
    if newest is not None:
        hint += f"\n{plural(len(view.values), 'значение', 'значения', 'значений')}, последнее {short_date(newest.day)}"
    return Row(view.id, cells, keys, _STATES.get(view.pace, RowState.NONE), tones, hint)
