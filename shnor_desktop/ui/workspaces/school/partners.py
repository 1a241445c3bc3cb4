"""«Партнёры»: the journal of events by date with «что взяли в работу», and partner schools: promised against held."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.services.check import CheckResult, check_facts
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.partners import PartnersView, partners_of
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec, counted, read_rows
from shnor_desktop.ui.theme import set_chars, set_gaps
from shnor_desktop.ui.widgets.charts import Bar, ChartPanel
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.page import EmptyState, ScrollColumn
from shnor_desktop.ui.widgets.segments import SegmentBar

EVENTS = RecordSpec(
    cls=PartnerEvent,
    columns=("held_on", "topic", "taken_into_work"),
    add="Записать событие",
    empty_title="Журнал событий",
    empty_text="Встречи, открытые уроки, консультации с партнёрами: что было и что после этого взяли в работу.",
    first=("partner", "held_on", "topic"),
    titles={"taken_into_work": "Что взяли в работу"},
    widths={"held_on": 11, "topic": 22, "taken_into_work": 24},
    stretching=("topic", "taken_into_work"),
    newest_first="held_on",
    row_lines=2,
)
PARTNERS = RecordSpec(
    cls=PartnerSchool,
    columns=("name", "municipality", "promised_events"),
    add="Добавить школу-партнёра",
    empty_title="Школы-партнёры",
    empty_text="Школа с устойчивыми результатами, которая делится опытом по договору.",
    titles={"promised_events": "Обещано"},
    widths={"name": 24, "municipality": 18, "promised_events": 9},
)
_EVENTS, _PARTNERS, _PROMISES = "events", "partners", "promises"


@dataclass(frozen=True, slots=True)
class PartnersData:
    """Rows of both tables, the sums, and what the check says."""

    view: PartnersView
    events: RecordRows
    partners: RecordRows
    findings: CheckResult


class PartnersPage(DeskPage):
    """Three parts: the journal, the schools, promised against held."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Партнёры", "Что было с партнёрами и что из этого взяли в работу.")
        self._data: PartnersData | None = None
        self.parts = SegmentBar("Части страницы")
        self.parts.set_segments(
            ((_EVENTS, "Журнал событий"), (_PARTNERS, "Школы-партнёры"), (_PROMISES, "Обещано и проведено"))
        )
        self.parts.chosen.connect(self._show_part)
        self.events = RecordPanel(desk, EVENTS, 0.54)
        self.partners = RecordPanel(desk, PARTNERS)
        self.promises = ChartPanel("Обещано и проведено", "Черта — сколько встреч обещано за год.")
        set_chars(self.promises, 30, 100)
        area = ScrollColumn()
        area.add(self.promises)
        self._stack = QStackedWidget()
        self._widgets: dict[str, QWidget] = {_EVENTS: self.events, _PARTNERS: self.partners, _PROMISES: area}
        for widget in self._widgets.values():
            self._stack.addWidget(widget)
        whole = QWidget()
        column = QVBoxLayout(whole)
        set_gaps(column, 0)
        column.addWidget(self.parts)
        column.addWidget(self._stack, 1)
        if not desk.is_read_only:
            self.header.set_primary(EVENTS.add, "plus")
            self.header.primary_clicked.connect(self._on_event_wanted)
            self.header.add_secondary(PARTNERS.add, "handshake", self._on_partner_wanted)
        self.header.progress_chosen.connect(self._on_progress_chosen)
        for panel in (self.events, self.partners):
            panel.row_chosen.connect(lambda _row: self.refresh_history())
        self.set_body(self.add_history(whole))

    def load(self) -> PartnersData:
        """Both tables and the sums."""
        workspace, school = self.desk.workspace, self.desk.school
        facts = read_facts(workspace, school)
        found = check_facts(workspace, facts, school)
        return PartnersData(
            partners_of(facts),
            read_rows(workspace, EVENTS, school, found.lines),
            read_rows(workspace, PARTNERS, school, found.lines),
            found,
        )

    def show_data(self, snapshot: PartnersData) -> None:
        """Fill all parts; with no partner yet, say how to begin."""
        self._data = snapshot
        held = snapshot.view
        self.parts.set_segments(
            (
                (_EVENTS, f"Журнал событий · {len(held.events)}"),
                (_PARTNERS, f"Школы-партнёры · {len(held.partners)}"),
                (_PROMISES, "Обещано и проведено"),
            )
        )
        self.promises.set_bars(
            [
                Bar(one.partner.label or "без названия", one.held, one.caption, mark=one.promised or None)
                for one in held.partners
            ]
        )
        self._show_part(self.parts.current())
        self._show_state(snapshot)

    def show_target(self, target: Target) -> None:
        """Open an event or a partner at its field."""
        part = _PARTNERS if target.entity == PartnerSchool.log_name else _EVENTS
        self._show_part(part)
        panel = self.partners if part == _PARTNERS else self.events
        if target.row:
            panel.select(target.row, target.field)

    def history_of(self) -> tuple[str, str]:
        """What is chosen in the part that is shown."""
        if self.parts.current() == _PARTNERS:
            return PartnerSchool.log_name, self.partners.current
        return PartnerEvent.log_name, self.events.current

    def _show_state(self, data: PartnersData) -> None:
        lines = data.findings.by_page.get(findings.PARTNERS, ())
        errors, warnings = counted(lines)
        if not data.partners.rows and not data.events.rows and not self.partners.is_drafting():
            self.header.set_progress(None)
            empty = EmptyState(
                "Здесь будут школы-партнёры и журнал событий",
                "Начните со школы, которая делится опытом. Потом каждое событие займёт минуту: дата, тема и что взяли "
                "в работу. Отсюда их возьмут программа и мониторинг.",
                "" if self.desk.is_read_only else PARTNERS.add,
                "handshake",
            )
            empty.begin_requested.connect(self._on_partner_wanted)
            empty.help_requested.connect(lambda: self.ask_help(findings.PARTNERS))
            self.show_empty(empty)
            return
        self.show_body()
        held = f"проведено {data.view.held} из {data.view.promised}" if data.view.promised else ""
        self.header.set_progress(Progress(0, 0, errors, warnings, held))

    def _show_part(self, part: str) -> None:
        self.parts.select(part)
        if self._data is not None and part == _EVENTS:
            self.events.show_rows(self._data.events)
        elif self._data is not None and part == _PARTNERS:
            self.partners.show_rows(self._data.partners)
        self._stack.setCurrentWidget(self._widgets[part])
        self.refresh_history()

    def _on_event_wanted(self) -> None:
        if self._data is not None and not self._data.partners.rows:
            self._on_partner_wanted()
            return
        self._show_part(_EVENTS)
        self.events.begin_draft()

    def _on_partner_wanted(self) -> None:
        self.show_body()
        self._show_part(_PARTNERS)
        self.partners.begin_draft()

    def _on_progress_chosen(self, part: str) -> None:
        if part == "extra":
            self._show_part(_PROMISES)
            return
        for panel in (self.events, self.partners):
            panel.mark_missing()
        lines = self._data.findings.by_page.get(findings.PARTNERS, ()) if self._data else ()
        wanted = [line for line in lines if line.is_error != (part == "warnings")]
        if wanted:
            self.show_target(Target(wanted[0].entity, wanted[0].row, wanted[0].field))
