"""One measure of the road map: what can be done with it, and all its fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import records, roadmap, roadmap_days
from shnor_desktop.services.deadlines import edit_phrase
from shnor_desktop.services.roadmap import MeasureRow
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.deadline_note import DeadlineNote, add_below
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.roadmap_day_list import CANCEL, DONE, MOVE, PARTLY, REOPEN, DayList
from shnor_desktop.ui.workspaces.school.roadmap_rows import RoadMapData, state_words
from shnor_desktop.ui.workspaces.school.roadmap_step import (
    DUE,
    EVIDENCE,
    GIVE_REASON,
    MOVE_NEEDS,
    NAME_PAPER,
    REASON,
    StepPanel,
)

FIELDS = (
    "title", "stage", "task", "problem", "owner", "owner_text", "deadline", "starts_on", "due_on",
    "expected", "evidence", "is_optional", "done_on", "evidence_given", "note", "antirisk",
)  # fmt: skip
_CLOSED = ("done", "cancelled")


class MeasurePage(QWidget):
    """The chosen measure, saved field by field."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.row = ""
        self.form: RecordForm | None = None
        self._data: RoadMapData | None = None
        self.title = label("", TextStyle.SECTION)
        self.state = SignText(self)
        self.panels = {
            "done": StepPanel((EVIDENCE,), "Отметить выполненным", NAME_PAPER),
            "move": StepPanel((DUE, REASON), "Назначить срок", MOVE_NEEDS),
            "cancel": StepPanel((REASON,), "Снять с плана", GIVE_REASON),
        }
        self.panels["done"].submitted.connect(self._on_done)
        self.panels["move"].submitted.connect(self._on_moved)
        self.panels["cancel"].submitted.connect(self._on_cancelled)
        self.days = DayList(self)
        self.days.told.connect(self._on_day_told)
        self.buttons: dict[str, Button] = {}
        self.area = ScrollColumn(margins=1.0, gap=0.6)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.area)
        self._lay_out()

    def show_measure(self, row: str, data: RoadMapData) -> bool:
        """Show a measure; False if it is not there any more."""
        found, record = data.row(row), data.rows.row(row)
        if found is None or record is None:
            return False
        if row != self.row:
            for panel in self.panels.values():
                panel.hide()
            self.days.forget()
            if self.form is not None:
                self.form.forget()
            self.area.verticalScrollBar().setValue(0)
        self.row, self._data = row, data
        self.title.setText(found.measure.label)
        self._show_state(found)
        self.days.show_days(found.days, data.deadlines.on, self.desk.is_read_only)
        self._fill(record.values, data)
        return True

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field; «state» asks for the evidence of what should be done by now."""
        if name == "state":
            self._toggle("done")
        elif self.form is not None:
            self.form.focus_field(name)

    def begin_move(self, day: date, to: date | None = None) -> None:
        """Ask for the reason why a day is moved; `day` is that of the plan, `to` the one that was pointed at."""
        self._hide_panels()
        self.days.begin(MOVE, day, {"due": to.isoformat() if to else None})
        self.area.show_widget(self.days)
        if to is not None:
            self.days.panels[MOVE].editors["reason"].focus()

    def _lay_out(self) -> None:
        actions = QWidget(self)
        flow = FlowLayout(actions)
        set_gaps(flow, 0.4)
        made: tuple[tuple[str, str, str, Callable[[], None]], ...] = (
            ("done", "Выполнено", "check", lambda: self._toggle("done")),
            ("kept", "Этот срок выполнен", "check", lambda: self._begin_day(DONE)),
            ("start", "Начать", "arrow-right", self._on_started),
            ("move", "Перенести…", "calendar", lambda: self._begin_day(MOVE)),
            ("cancel", "Снять с плана", "ban", lambda: self._toggle("cancel")),
            ("reopen", "Вернуть в план", "undo-2", self._on_reopened),
            ("up", "Выше", "arrow-up", lambda: self._put(-1)),
            ("down", "Ниже", "arrow-down", lambda: self._put(1)),
            ("remove", "Удалить", "trash-2", self._on_removed),
        )
        for name, words, icon, action in made:
            quiet = name in ("up", "down", "remove")
            button = Button(words, ButtonKind.QUIET if quiet else ButtonKind.PLAIN, icon)
            button.clicked.connect(lambda _=False, action=action: action())
            self.buttons[name] = button
            flow.addWidget(button)
        self._actions = actions
        for widget in (self.title, self.state, actions, *self.panels.values(), self.days):
            self.area.add(widget)
        for panel in self.panels.values():
            panel.hide()

    def _show_state(self, row: MeasureRow) -> None:
        measure = row.measure
        if row.is_overdue:
            icon, tone = "circle-alert", Tone.HIGH
        else:
            icon, tone = ("circle-check", Tone.LOW) if measure.state == "done" else ("clock", Tone.MUTED)
        words = state_words(row)
        if row.nearest is not None and row.occurrences > 1:
            day = f", срок {short_date(row.nearest.due)}" if row.is_overdue else ""
            words += f"{day} ({row.nearest.number} из {row.occurrences})"
        if row.days_left is not None and row.days_left >= 0:
            words += f", осталось дней: {row.days_left}"
        if row.waits:
            words += f", без даты: {row.waits}"
        if measure.state == "done" and measure.evidence_given and row.occurrences < 2:
            words += f". Подтверждение: {measure.evidence_given}"
        if measure.state in ("moved", "cancelled") and measure.note and row.occurrences < 2:
            words += f". {measure.note}" if row.changes else f". Причина: {measure.note}"
        self.state.set_words(f"{words[:1].upper()}{words[1:]}.", icon, tone)
        is_open = measure.state not in _CLOSED
        for name in ("done", "move", "cancel"):
            self.buttons[name].setVisible(is_open)
        is_series = row.nearest is not None and row.nearest.number < row.occurrences
        self.buttons["kept"].setVisible(is_open and is_series)
        self.buttons["done"].setText("Выполнено полностью" if is_series else "Выполнено")
        self.buttons["start"].setVisible(is_open and measure.state in ("planned", "moved"))
        self.buttons["reopen"].setVisible(not is_open)
        self._actions.setVisible(not self.desk.is_read_only)

    def _fill(self, values: Mapping[str, object], data: RoadMapData) -> None:
        if self.form is None:
            self.form = RecordForm([data.rows.fields[name] for name in FIELDS], parse)
            self.form.field_edited.connect(self._on_field_edited)
            self.area.add(self.form)
            self.note = DeadlineNote(self.desk, parent=self.form)
            add_below(self.form.editors["deadline"], self.note)
        for name, options in data.rows.options.items():
            if name in self.form.editors:
                self.form.set_options(name, options)
        errors, warnings = data.errors.get(self.row, {}), data.warnings.get(self.row, {})
        self.form.set_record(values, errors, self.desk.why_read_only, warnings=warnings)
        self.note.show_phrase(str(values.get("deadline") or ""), data.deadlines, str(values.get("stage") or ""))
        state = str(values.get("state") or "")
        for name in ("done_on", "evidence_given"):
            self.form.editors[name].setVisible(state in ("done", "partly") or bool(values.get(name)))

    def _toggle(self, name: str) -> None:
        panel = self.panels[name]
        if not panel.isHidden():
            panel.hide()
            return
        self._hide_panels()
        found = self._data.row(self.row) if self._data else None
        known = found.measure.evidence_given if found and name == "done" else ""
        panel.begin({"evidence": known})
        self.area.show_widget(panel)

    def _hide_panels(self) -> None:
        for panel in self.panels.values():
            panel.hide()
        self.days.leave()

    def _begin_day(self, step: str) -> None:
        """The step for the nearest day; what has no day is given one."""
        found = self._data.row(self.row) if self._data else None
        if found is None or found.nearest is None:
            self._toggle(step)
        elif self.days.day == found.nearest.planned and not self.days.panels[step].isHidden():
            self.days.leave()
        else:
            self._hide_panels()
            self.days.begin(step, found.nearest.planned)
            self.area.show_widget(self.days)

    def _write(
        self,
        work: Callable[[str], object],
        refused: Callable[[Worded], None] | None = None,
        done: Callable[[object], None] | None = None,
    ) -> None:
        row = self.row
        self.desk.write(lambda: work(row), done, refused)

    def _on_field_edited(self, name: str, value: object) -> None:
        workspace = self.desk.workspace

        def on_refused(message: Worded) -> None:
            if self.form is not None:
                self.form.editors[name].set_error(f"{message.what} {message.do}")

        if name == "deadline":
            self._write(lambda row: edit_phrase(workspace, row, value), on_refused)
        else:
            self._write(lambda row: records.edit(workspace, Measure.log_name, row, name, value), on_refused)

    def _on_done(self, values: dict[str, str]) -> None:
        workspace, panel = self.desk.workspace, self.panels["done"]
        self._write(
            lambda row: roadmap.mark_done(workspace, row, values["evidence"]), panel.refuse, lambda _: panel.hide()
        )

    def _on_day_told(self, step: str, day: date, values: dict[str, str]) -> None:
        workspace = self.desk.workspace
        works: dict[str, Callable[[str], object]] = {
            DONE: lambda row: roadmap_days.mark_day(workspace, row, day, values["evidence"]),
            PARTLY: lambda row: roadmap_days.mark_day(workspace, row, day, values["evidence"], is_whole=False),
            MOVE: lambda row: roadmap_days.move_day(workspace, row, day, values["due"], values["reason"]),
            CANCEL: lambda row: roadmap_days.cancel_day(workspace, row, day, values["reason"]),
            REOPEN: lambda row: roadmap_days.reopen_day(workspace, row, day),
        }
        self._write(works[step], self.days.refuse, lambda _: self.days.leave())

    def _on_moved(self, values: dict[str, str]) -> None:
        workspace, panel = self.desk.workspace, self.panels["move"]
        due = date.fromisoformat(values["due"])
        self._write(
            lambda row: roadmap.put_off(workspace, row, due, values["reason"]), panel.refuse, lambda _: panel.hide()
        )

    def _on_cancelled(self, values: dict[str, str]) -> None:
        workspace, panel = self.desk.workspace, self.panels["cancel"]
        self._write(lambda row: roadmap.cancel(workspace, row, values["reason"]), panel.refuse, lambda _: panel.hide())

    def _on_started(self) -> None:
        workspace = self.desk.workspace
        self._write(lambda row: roadmap.start(workspace, row))

    def _on_reopened(self) -> None:
        workspace = self.desk.workspace
        self._write(lambda row: roadmap.reopen(workspace, row))

    def _on_removed(self) -> None:
        workspace = self.desk.workspace
        self._write(lambda row: records.remove(workspace, Measure.log_name, row))

    def _put(self, step: int) -> None:
        data, workspace = self._data, self.desk.workspace
        found = data.row(self.row) if data else None
        if data is None or found is None:
            return
        own = sorted((r for r in data.view.rows if r.measure.stage == found.measure.stage), key=lambda r: r.number)
        at = own.index(found) + step
        if 0 <= at < len(own):
            self._write(lambda row: roadmap.put_at(workspace, row, at))
