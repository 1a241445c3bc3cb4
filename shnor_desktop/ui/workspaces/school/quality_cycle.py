"""ВСОКО as a cycle: a line a control with its next step as a button; the base of all panes with a bar of actions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.quality import Decision
from shnor_desktop.services import quality
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.quality import CycleLine, CycleView, Step
from shnor_desktop.services.records import Done
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.record_rows import RecordRow, RecordRows, RecordSpec
from shnor_desktop.ui.pages.register_panes import RegisterData, RegisterPane
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label


@dataclass(frozen=True, slots=True)
class BarData:
    """The rows of the register, and what its bar shows."""

    register: RegisterData
    extra: Any


class BarPane(RegisterPane):
    """A register with words and buttons over it. `load_extra` runs on a reader's thread."""

    def __init__(
        self, desk: Desk, spec: RecordSpec, children: tuple[RecordSpec, ...] = (), share: float = 0.56
    ) -> None:
        super().__init__(desk, spec, children, share)
        self.extra: Any = None
        self.bar = QWidget(self)
        column = QVBoxLayout(self.bar)
        set_gaps(column, 0.25, (1, 0.5, 1, 0.25))
        self.words = label("", TextStyle.BODY, Tone.MUTED)
        self.tools = QWidget(self.bar)
        self.flow = FlowLayout(self.tools)
        set_gaps(self.flow, 0.5)
        column.addWidget(self.words)
        column.addWidget(self.tools)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, self.bar)
        self.panel.row_chosen.connect(lambda _row: self.show_bar())

    def tool(self, words: str, icon: str, kind: ButtonKind = ButtonKind.PLAIN, hint: str = "") -> Button:
        """A button of the bar; none acts in a desk that only shows."""
        button = Button(words, kind, icon, hint, self.tools)
        button.setHidden(self.desk.is_read_only)
        self.flow.addWidget(button)
        return button

    def load(self, found: CheckResult) -> Any:
        """The rows, and what the bar shows."""
        register = super().load(found)
        facts = read_facts(self.desk.workspace, self.desk.school)
        extra = self.load_extra(facts)
        return BarData(replace(register, rows=self.arranged(register.rows, extra)), extra)

    def load_extra(self, facts: SchoolFacts) -> Any:
        """What the bar shows."""
        return None

    def arranged(self, rows: RecordRows, extra: Any) -> RecordRows:
        """The rows as the table shows them."""
        return rows

    def show_data(self, snapshot: Any) -> None:
        """Fill the register, then the bar."""
        self.extra = snapshot.extra
        super().show_data(snapshot.register)
        self.show_bar()

    def show_bar(self) -> None:
        """Words and buttons for the chosen row."""

    def count(self, snapshot: Any) -> int | None:
        """How many rows there are."""
        return len(snapshot.register.rows.rows)

    def act(self, work: Callable[[], Done], done: Callable[[Done], None] | None = None) -> None:
        """Do a use case from the bar."""
        self.desk.write(work, done)


class CyclePane(BarPane):
    """ВСОКО: a line a control, the missing next step as a button."""

    def __init__(self, desk: Desk, spec: RecordSpec, notes: RecordSpec) -> None:
        super().__init__(desk, spec, (notes,), 0.62)
        self.step = self.tool("", "check", ButtonKind.PRIMARY)
        self.step.clicked.connect(self._on_step)
        self.offer = self.tool(
            "Предложить план", "lightbulb", hint="Основа методики и прошлогодний план со сдвигом на год"
        )
        self.offer.clicked.connect(self._on_offer)
        self.years = QuietCombo()
        self.years.setAccessibleName("Учебный год")
        self.years.activated.connect(self._on_year)
        self.flow.addWidget(self.years)
        self.year: int | None = None

    def load_extra(self, facts: SchoolFacts) -> CycleView:
        """The lines of the chosen year."""
        return quality.cycle_of(facts, self.year)

    def arranged(self, rows: RecordRows, extra: CycleView) -> RecordRows:
        """Only the year's controls; the cells after the title are the steps of the cycle."""
        lines = {line.control.id: line for line in extra.lines}
        shown = [_cycle_row(row, lines[row.id]) for row in rows.rows if row.id in lines]
        order = list(lines)
        return replace(rows, rows=tuple(sorted(shown, key=lambda row: order.index(row.id))))

    def begin(self) -> None:
        """A new control belongs to the year that is shown."""
        year = self.extra.year if self.extra is not None else None
        if year is not None:
            self.panel.spec = replace(self.panel.spec, begun_with={**self.panel.spec.begun_with, "year": str(year)})
        super().begin()

    def show_bar(self) -> None:
        """How many cycles are closed, the line of the chosen control, its next step."""
        view: CycleView | None = self.extra
        if view is None:
            return
        line = view.line(self.panel.current)
        closed = f"Цикл закрыт: {view.closed} из {len(view.lines)}."
        self.words.setText(closed if line is None else f"{closed} {_chain(line)}")
        words = _STEP_WORDS.get(line.next, "") if line is not None and line.next is not None else ""
        if line is not None and line.next is Step.NOTE and line.note is not None:
            words = "Справка прочитана"
        self.step.setText(words)
        self.step.setAccessibleName(words)
        self.step.setVisible(bool(words) and not self.desk.is_read_only)
        self.offer.setVisible(not self.desk.is_read_only)
        self.years.blockSignals(True)
        self.years.clear()
        for year in view.years:
            self.years.addItem(f"{year}/{year + 1}", year)
        self.years.setCurrentIndex(list(view.years).index(view.year))
        self.years.blockSignals(False)

    def _on_year(self, _index: int) -> None:
        self.year = self.years.currentData()
        self.wants_reading.emit()

    def _on_offer(self) -> None:
        desk, year = self.desk, self.extra.year

        def work() -> tuple[Done, int, int] | None:
            facts = read_facts(desk.workspace, desk.school)
            offered = quality.offer_plan(desk.workspace.pack, facts, year)
            if not offered:
                return None
            earlier = sum(1 for item in offered if item.origin != "основа плана")
            return quality.take_plan(desk.workspace, year, offered), len(offered), earlier

        def on_done(found: tuple[Done, int, int] | None) -> None:
            if found is None:
                desk.say(
                    Notice("Предложить больше нечего.", "Всё из основы методики и прошлогоднего плана уже внесено.")
                )
                return
            _done, total, earlier = found
            base = f"из прошлогоднего плана — {earlier}, из основы методики — {total - earlier}"
            words = f"В план добавлено {plural(total, 'контроль', 'контроля', 'контролей')}: {base}."
            todo = "Поправьте сроки и ответственных, лишнее удалите. Ctrl+Z убирает всё сразу."
            desk.say(Notice(words, "Сроки стоят на последний рабочий день месяца.", todo), MessageLevel.DONE)

        desk.write(work, on_done)

    def _on_step(self) -> None:
        view: CycleView = self.extra
        line = view.line(self.panel.current)
        if line is None or line.next is None:
            return
        desk, control, note = self.desk, line.control.id, line.note
        if line.next is Step.HELD:
            self.act(lambda: quality.hold(desk.workspace, control))
        elif line.next is Step.NOTE and note is not None:
            self.act(lambda: quality.read_note(desk.workspace, note.id))
        elif line.next is Step.NOTE:
            self.act(lambda: quality.write_note(desk.workspace, control), self._on_note)
        elif line.next is Step.DECIDED and note is not None:
            self.act(lambda: quality.decide(desk.workspace, note.id), partial(_show_decision, desk))
        elif line.unchecked:
            first = line.unchecked[0].id
            self.act(lambda: quality.mark_checked(desk.workspace, first))

    def _on_note(self, done: Done) -> None:
        words = Notice(
            "Черновик справки составлен по данным школы.",
            "Он помечен как непрочитанный: в «Проверке» об этом останется предупреждение.",
            "Прочтите, поправьте и нажмите «Справка прочитана».",
        )
        self.desk.say(
            words, MessageLevel.DONE, "Открыть справку", partial(_open, self.desk, "quality_report", done.row)
        )


def _cycle_row(row: RecordRow, line: CycleLine) -> RecordRow:
    cells = (line.control.label, *(_YEAR.sub("", line.words(step)) for step in Step))
    days = (line.control.due_on, line.control.held_on, line.note.made_on if line.note else None)
    keys = (cells[0].casefold(), *(str(day or "9999") for day in days), len(line.decisions), len(line.unchecked))
    return replace(row, cells=cells, sort_keys=keys, full=())


def _chain(line: CycleLine) -> str:
    """«План до 30.09.2024 → Проведён 26.09.2024 → Справка …»."""
    return " → ".join(f"{step.caption} {line.words(step) or '…'}" for step in Step)


def _show_decision(desk: Desk, done: Done) -> None:
    _open(desk, Decision.log_name, done.row)


def _open(desk: Desk, entity: str, row: str) -> None:
    desk.open("quality", Target(entity, row, "title"))


_YEAR = re.compile(r"\.20\d\d$")
"""The year of a day: the page says which one is shown."""
_STEP_WORDS: Mapping[Step | None, str] = {
    Step.HELD: "Отметить проведённым",
    Step.NOTE: "Составить справку",
    Step.DECIDED: "Принять решение",
    Step.CHECKED: "Исполнение проверено",
}
