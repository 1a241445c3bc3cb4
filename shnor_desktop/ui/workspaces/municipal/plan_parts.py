"""The smaller parts of the plan: tasks and curators as cards, reports with their inner dates, interviews as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.services.plan import CuratorLine, LaneTasks, ReportLine, SlotLine, set_report_date
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.cards import Card
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, TablePanel

_INNER = FieldInfo(
    "inner_due",
    FieldKind.DATE,
    "Данные собрать до",
    "К этому дню сведения нужны центру; он стоит и в календаре плана.",
)
_SLOTS = [
    Column("day", "День", 12),
    Column("time", "Время", 14),
    Column("invited", "Кто приглашён", 30, stretches=True),
    Column("session", "Собеседование", 30, stretches=True),
    Column("mode", "Как", 12),
]
_SOON, _LONG_AGO = 14, 60


def task_cards(lanes: Sequence[LaneTasks]) -> list[Card]:
    """Tasks under their participants; those that nobody is named for come first, with a sign."""
    cards = []
    for lane in lanes:
        for at, task in enumerate(lane.tasks):
            count = plural(len(lane.tasks), "задача", "задачи", "задач")
            heading = f"{'▲ ' if lane.is_unassigned else ''}{lane.title} · {count}" if at == 0 else ""
            icon, tone = ("triangle-alert", Tone.MEDIUM) if lane.is_unassigned else ("circle-dot", Tone.MUTED)
            words = f"{task.stage}, {task.phrase}, до {short_date(task.due)}"
            if task.is_optional:
                words += " · при необходимости"
            cards.append(Card(task.id, task.text, words, icon=icon, icon_tone=tone, heading=heading))
    return cards


def curator_cards(curators: Sequence[CuratorLine], uncovered: Sequence[str]) -> list[Card]:
    """First the territories that nobody covers, then the curators."""
    cards = []
    if uncovered:
        count = plural(len(uncovered), "территория", "территории", "территорий")
        words = ", ".join(uncovered)
        cards.append(
            Card("uncovered", f"Без куратора: {count}", words, icon="triangle-alert", icon_tone=Tone.MEDIUM, hint=words)
        )
    for at, curator in enumerate(curators):
        words = ", ".join(curator.territories)
        count = plural(len(curator.territories), "территория", "территории", "территорий")
        cards.append(Card(f"curator-{at}", curator.title, words, note=count, icon="user", hint=words))
    return cards


class ReportRow(QWidget):
    """A report with the days left to it, and the inner day that is kept when the field is left."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._code = ""
        self.title = label("", TextStyle.STRONG)
        self.about = label("", TextStyle.SMALL, Tone.MUTED)
        self.left = SignText(self)
        self.inner = FieldEditor(_INNER, parse, self)
        self.inner.edited.connect(self._on_edited)
        column = QVBoxLayout(self)
        set_gaps(column, 0.3, (0, 0.3, 0, 0.6))
        for widget in (self.title, self.about, self.left, self.inner):
            column.addWidget(widget)

    def show_report(self, report: ReportLine) -> None:
        """Show a report as it stands today."""
        self._code = report.code
        self.title.setText(report.title)
        about = [f"Куда: {report.to}", f"Сдаёт: {report.by}", f"Срок в плане: {report.phrase}"]
        self.about.setText(" · ".join(part for part in about if not part.endswith(": ")))
        words, tone = countdown(report.days_left)
        icon = "triangle-alert" if tone is Tone.MEDIUM else "calendar"
        self.left.set_words(f"{short_date(report.due)} — {words}", icon, tone)
        self.inner.set_value(report.inner_due)
        self.inner.set_error("")

    def _on_edited(self, _name: str, value: object) -> None:
        workspace, code = self._desk.workspace, self._code
        day = str(value) if value else None

        def on_refused(message: Worded) -> None:
            self.inner.set_error(f"{message.what} {message.do}")

        self._desk.write(lambda: set_report_date(workspace, code, day), refused=on_refused)


class ReportList(ScrollColumn):
    """All reports, the nearest first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.rows: dict[str, ReportRow] = {}

    def show_reports(self, reports: Sequence[ReportLine]) -> None:
        """Show them; what is being typed stays where the reports are the same."""
        if list(self.rows) != [report.code for report in reports]:
            self.clear()
            self.rows = {report.code: ReportRow(self._desk) for report in reports}
            for row in self.rows.values():
                self.add(row)
        for report in reports:
            self.rows[report.code].show_report(report)


class SlotTable(QWidget):
    """The conversations in order; the button prints them."""

    print_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = RecordTable(_SLOTS, "График собеседований")
        self.table.set_row_lines(2)
        self.panel = TablePanel(self.table, "Найти")
        self.do_print = Button("Печать графика", icon="printer")
        self.do_print.clicked.connect(self.print_requested)
        self.panel.add_tool(self.do_print)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.panel, 1)
        self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_slots(self, slots: Sequence[SlotLine]) -> None:
        """Fill the table."""
        rows = []
        for at, slot in enumerate(slots):
            time = f"{slot.starts}–{slot.ends}"
            cells = (short_date(slot.day), time, slot.invited, slot.session, slot.mode)
            rows.append(Row(f"slot-{at}", cells, (slot.day.isoformat(), *cells[1:])))
        self.table.set_rows(rows)
        self.panel.count.setText(f"всего {len(slots)}")


def countdown(days: int) -> tuple[str, Tone]:
    """«осталось 12 дней», «сегодня», «срок прошёл 3 дня назад»."""
    if days > 0:
        word = "остался" if days % 10 == 1 and days % 100 != 11 else "осталось"
        return f"{word} {plural(days, 'день', 'дня', 'дней')}", Tone.MEDIUM if days <= _SOON else Tone.MUTED
    if days == 0:
        return "сегодня", Tone.MEDIUM
    if days < -_LONG_AGO:
        return "срок прошёл", Tone.MUTED
    return f"срок прошёл {plural(-days, 'день', 'дня', 'дней')} назад", Tone.MUTED
