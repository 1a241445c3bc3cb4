"""Events that close a day of the road map, items of the joint plan that become events, promised against held."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.partners import LinkedDay, PartnersView, hold, linked_day, mark_linked, partners_of
from shnor_desktop.services.records import Done
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRow, RecordSpec
from shnor_desktop.ui.pages.register_panes import FamilyPanel, PartPane
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.charts import Bar, ChartPanel
from shnor_desktop.ui.widgets.labels import SignText
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.partners_specs import EVENTS, PARTICIPANTS, PLAN
from shnor_desktop.ui.workspaces.school.register_notes import NotedData, NotedPane, Remarks, sentence


class ActedPane(NotedPane):
    """A register with one more thing to do with the chosen row; the button is there only when it can be done."""

    def __init__(
        self, desk: Desk, spec: RecordSpec, children: Sequence[RecordSpec], remarks: Remarks, words: str, icon: str
    ) -> None:
        super().__init__(desk, spec, children, remarks)
        self.act = Button(words, ButtonKind.PLAIN, icon)
        self.act.clicked.connect(self._on_act_clicked)
        self.act.hide()
        line = QHBoxLayout()
        set_gaps(line, 0.5, (1, 0.2, 1, 0.2))
        line.addWidget(self.act)
        line.addStretch(1)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertLayout(1, line)
        self.panel.row_chosen.connect(lambda _row: self._offer())

    def show_data(self, snapshot: NotedData) -> None:
        """Fill the register, then offer what can be done with the chosen row."""
        super().show_data(snapshot)
        self._offer()

    def can_act(self, row: RecordRow) -> bool:
        """Whether the button is offered for a row."""
        raise NotImplementedError

    def do_act(self, row: str) -> None:
        """Do it."""
        raise NotImplementedError

    def _offer(self) -> None:
        row = self.panel.rows.row(self.panel.current) if self.panel.rows else None
        self.act.setVisible(row is not None and not self.desk.is_read_only and self.can_act(row))

    def _on_act_clicked(self) -> None:
        if self.panel.current:
            self.do_act(self.panel.current)


class EventsPanel(FamilyPanel):
    """The first partner is asked for before the first event, whichever button is pressed."""

    def begin_draft(self) -> None:
        """Ask for a new event, or for the partner that it needs."""
        if not _asks_partner(self):
            super().begin_draft()


class JointPlanPanel(RecordPanel):
    """The same for the first item of a joint plan."""

    def begin_draft(self) -> None:
        """Ask for a new item, or for the partner that it needs."""
        if not _asks_partner(self):
            super().begin_draft()


def _asks_partner(panel: RecordPanel) -> bool:
    """Open the part of the partners where there is none yet."""
    if panel.desk.is_read_only or panel.rows is None or panel.rows.options.get("partner"):
        return False
    panel.desk.open(findings.PARTNERS, Target(PartnerSchool.log_name))
    words = Notice(
        "Сначала нужна школа-партнёр.",
        "Событие и пункт плана записываются с той школой, с которой они проходят.",
        "Назовите её и в чём она помогает, потом вернитесь к записи.",
    )
    panel.desk.say(words)
    return True


class EventsPane(ActedPane):
    """The journal of events with their participants."""

    def __init__(self, desk: Desk, remarks: Remarks) -> None:
        words = "Отметить в дорожной карте"
        super().__init__(desk, EVENTS, (PARTICIPANTS,), remarks, words, "list-checks")

    def _make_panel(self, share: float) -> RecordPanel:
        return EventsPanel(self.desk, self.spec, self.children_specs, share)

    def can_act(self, row: RecordRow) -> bool:
        """An event that belongs to a measure."""
        return bool(row.values.get("measure"))

    def do_act(self, row: str) -> None:
        """Ask whether the day of the measure was kept by the event."""
        desk = self.desk

        def on_found(day: LinkedDay | None) -> None:
            if day is None:
                words = Notice(
                    "Отмечать нечего.",
                    "Мероприятие уже закрыто, или событие ещё не проведено.",
                    "Проверьте дату и состояние события.",
                )
                desk.say(words)
                return
            asked = Notice(
                f"Отметить выполненным срок {short_date(day.due)}?",
                f"Мероприятие дорожной карты: «{day.title}».",
                f"Подтверждением станет событие: {day.given}.",
            )
            desk.say(asked, MessageLevel.INFO, "Отметить выполненным", lambda: self._mark(day))

        desk.read(lambda: linked_day(desk.workspace, row), on_found)

    def _mark(self, day: LinkedDay) -> None:
        desk = self.desk

        def on_marked(_done: Done) -> None:
            words = Notice(f"Срок {short_date(day.due)} отмечен выполненным.", f"Мероприятие: «{day.title}».")
            desk.say(words, MessageLevel.DONE)

        desk.write(lambda: mark_linked(desk.workspace, day), on_marked)


class JointPlanPane(ActedPane):
    """The joint plan; an item that was held becomes an event of the journal."""

    def __init__(self, desk: Desk, remarks: Remarks) -> None:
        super().__init__(desk, PLAN, (), remarks, "Провести", "check")

    def _make_panel(self, share: float) -> RecordPanel:
        return JointPlanPanel(self.desk, self.spec, share)

    def can_act(self, row: RecordRow) -> bool:
        """An item that was neither held nor cancelled."""
        return row.values.get("state") not in ("held", "cancelled")

    def do_act(self, row: str) -> None:
        """Make the event and open it where its outcome is written."""
        desk = self.desk

        def on_held(done: Done) -> None:
            words = Notice(
                "Событие записано в журнал и связано с пунктом плана.",
                "Дата сегодняшняя, тема и форма взяты из плана.",
                "Проверьте дату, впишите участников и итоги.",
            )
            desk.say(words, MessageLevel.DONE)
            desk.open(findings.PARTNERS, Target(PartnerEvent.log_name, done.row, "outcome"))

        desk.write(lambda: hold(desk.workspace, row, school=desk.school), on_held)


class PromisesPane(PartPane):
    """Promised against held: the number as bars, the words quarter by quarter, the end of each agreement."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.chart = ChartPanel("Обещано и проведено", "За последний год. Черта — сколько встреч обещано за год.")
        set_chars(self.chart, 30, 100)
        self.lines: list[SignText] = []
        self._box = QWidget()
        self._words = QVBoxLayout(self._box)
        set_gaps(self._words, 0.3)
        area = ScrollColumn(margins=1.0)
        area.add(self.chart)
        area.add(self._box)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(area)

    def load(self, found: CheckResult) -> PartnersView:
        """The sums of every partner."""
        return partners_of(read_facts(self.desk.workspace, self.desk.school))

    def show_data(self, snapshot: PartnersView) -> None:
        """Draw the bars and say the rest."""
        self.chart.set_bars(
            [
                Bar(one.partner.label or "без названия", one.held, one.caption, mark=one.promised or None)
                for one in snapshot.partners
            ]
        )
        self.chart.setVisible(bool(snapshot.partners))
        told: list[tuple[str, bool]] = []
        for one in snapshot.partners:
            name = one.partner.label or "Без названия"
            if one.promise_words:
                told.append((sentence(f"{name}. {one.promise_words}"), bool(one.promise.lacking)))
            if one.term_words:
                told.append((sentence(f"{name}. {one.term_words}"), True))
        if not snapshot.partners:
            told.append(("Школы-партнёры ещё не внесены.", False))
        while len(self.lines) < len(told):
            line = SignText(self._box)
            self._words.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(told))
            if at < len(told):
                words, is_open = told[at]
                line.set_words(words, "triangle-alert" if is_open else "info", Tone.HIGH if is_open else Tone.MUTED)
