"""The measures of the plan by section, and the chosen one with its deadline as it is read."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import short_date
from shnor_desktop.services.plan import PlanGroup, PlanLine, PlanView
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.deadline_note import DeadlineNote
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, TablePanel
from shnor_desktop.ui.widgets.table_model import RowState

_COLUMNS = [
    Column("number", "№", 6),
    Column("title", "Мероприятие", 30, stretches=True),
    Column("deadline", "Срок", 16),
    Column("nearest", "Ближайший", 11),
    Column("executors", "Исполнители", 16),
]
_GROUP = "group:"


class PlanMeasures(QWidget):
    """A table with the sections as headings; beside it what the plan says of the chosen measure."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: PlanView | None = None
        self._current = ""
        self.table = RecordTable(_COLUMNS, "Мероприятия плана")
        self.table.set_row_lines(2)
        self.table.row_selected.connect(self._on_row_selected)
        self.panel = TablePanel(self.table, "Найти мероприятие")
        self.number = label("", TextStyle.SMALL, Tone.MUTED)
        self.title = label("", TextStyle.SECTION)
        self.phrase = label("")
        self.note = DeadlineNote(desk, desk.workspace.centre)
        self.facts = label("")
        detail = ScrollColumn(gap=0.5)
        for widget in (self.number, self.title, self.phrase, self.note, self.facts):
            detail.add(widget)
        self.stack = QStackedWidget()
        hint = ScrollColumn()
        hint.add(label("Выберите мероприятие слева: здесь откроется, что о нём сказано в плане.", tone=Tone.MUTED))
        self.stack.addWidget(hint)
        self.stack.addWidget(detail)
        self.body = MasterDetail(self.panel, self.stack, 0.64)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.body)

    def show_plan(self, view: PlanView) -> None:
        """Fill the table and what is open beside it."""
        self._view = view
        rows: list[Row] = []
        for group in view.groups:
            rows.append(_heading(group))
            rows += [_row(line, view.deadlines.on) for line in group.lines]
        self.table.set_rows(rows)
        self.panel.count.setText(f"всего {sum(len(group.lines) for group in view.groups)}")
        self._show_chosen()

    def select(self, measure: str) -> None:
        """Choose a measure."""
        self._current = measure
        self.table.select(measure)
        self._show_chosen()
        self.body.show_detail()

    def _show_chosen(self) -> None:
        view = self._view
        line = view.line(self._current) if view is not None else None
        if view is None or line is None:
            self.stack.setCurrentIndex(0)
            return
        measure = line.measure
        self.number.setText(f"Мероприятие {measure.number}")
        self.title.setText(measure.title)
        self.phrase.setText(f"Срок: {line.phrase}" if line.phrase else "Срок в плане не указан")
        self.note.show_phrase(line.phrase, view.deadlines, measure.stage)
        parts = [
            f"Исполнители: {line.executors}" if line.executors else "Исполнители не названы",
            f"Результат: {measure.expected_result}" if measure.expected_result else "Результат не назван",
            f"Подтверждение: {line.evidence}" if line.evidence else "",
            "\n".join(f"– {detail}" for detail in measure.details),
            f"После мероприятий: {', '.join(_numbers(view, measure.after))}" if measure.after else "",
            f"Источник: {measure.source}" if measure.source else "",
        ]
        self.facts.setText("\n\n".join(part for part in parts if part))
        self.stack.setCurrentIndex(1)

    def _on_row_selected(self, row: str) -> None:
        if row and not row.startswith(_GROUP):
            self._current = row
            self._show_chosen()


def _numbers(view: PlanView, measures: tuple[str, ...]) -> list[str]:
    found = [view.line(measure) for measure in measures]
    return [line.measure.number if line else code for line, code in zip(found, measures, strict=True)]


def _heading(group: PlanGroup) -> Row:
    return Row(f"{_GROUP}{group.code}", ("", group.title, "", "", ""), is_strong=True, is_heading=True)


def _row(line: PlanLine, on: date) -> Row:
    measure = line.measure
    state = RowState.NONE if line.reading.is_sure else RowState.WARNING
    nearest = short_date(line.nearest) if line.nearest else "—"
    cells = (measure.number, measure.title, line.phrase or "не указан", nearest, line.executors or "не названы")
    keys = (_number_key(measure.number), *cells[1:3], line.nearest.isoformat() if line.nearest else None, cells[4])
    tones = {"deadline": Tone.NORMAL if line.phrase else Tone.MUTED}
    tones["executors"] = Tone.NORMAL if line.executors else Tone.MUTED
    said = line.reading.words(on) or "В плане срок не указан."
    return Row(measure.id, cells, keys, state, tones, f"{measure.title}\n{said}")


def _number_key(number: str) -> tuple[int, ...]:
    """«2.10» after «2.9»."""
    return tuple(int(part) if part.isdecimal() else 0 for part in number.split("."))
