"""«Причины»: why the results are low, as the methodology names it, judged by the school and tied to problem fields."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.diagnostics import LEVELS, CauseMark, ProblemField
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.causes import CauseGroup, CauseView, PupilCauses, mark_cause, set_facts, to_problem
from shnor_desktop.services.check import CheckLine
from shnor_desktop.services.records import Done
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.pages.gradual import Gradual
from shnor_desktop.ui.pages.sheet import SHEET_CHARS, Sheet
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import Level, TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import LevelBadge, LinkText, SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.roadmap_offer import MeasureOffers, take_measure

_NEW = ""
_UNSET = "не отмечена"
_AT_ONCE = 4


@dataclass(frozen=True, slots=True)
class CausesData:
    """The groups with the marks, the workbook of pupils in numbers, and what a cause can be tied to."""

    groups: tuple[CauseGroup, ...]
    pupils: PupilCauses
    problems: Options
    """Problem fields in work: id and words."""
    owners: Options
    findings: tuple[CheckLine, ...]
    wave: str
    pack: Pack

    @property
    def judged(self) -> int:
        """How many causes have a level."""
        return sum(1 for group in self.groups for item in group.causes if item.level is not None)

    @property
    def total(self) -> int:
        """How many causes the methodology names."""
        return sum(len(group.causes) for group in self.groups)


class CausesSection(ScrollColumn):
    """One sheet a cause, in the groups of the methodology."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sheets: dict[str, CauseSheet] = {}
        self._data: CausesData | None = None
        self._is_drawn = False
        self._gradual = Gradual(self)
        self.count = label("", TextStyle.BODY, Tone.MUTED)
        set_chars(self.count, maximum=SHEET_CHARS)
        self.pupils = LinkText(self, wraps=True)
        self.pupils.link_chosen.connect(lambda _: self.desk.open(findings.PUPILS))

    def show_causes(self, data: CausesData) -> None:
        """Show the marks; the sheets are made once."""
        self._data = data
        if not self._is_drawn:
            self._is_drawn = True
            self._draw(data)
        judged = plural(data.judged, "причина", "причины", "причин")
        self.count.setText(
            f"Отмечено: {judged} из {data.total}. Отметьте, насколько причина выражена в вашей школе; сильную возьмите "
            "в проблемное поле. Это суждение команды, а не расчёт."
            if data.total
            else "Причин в методике нет. Назовите их в проблемных полях своими словами."
        )
        self.pupils.set_parts([(data.pupils.words, ""), ("Открыть тетрадь", "pupils")])
        for code in self.sheets:
            self._fill(code)

    def show_cause(self, code: str) -> None:
        """Bring a cause into sight."""
        self._gradual.finish()
        sheet = self.sheets.get(code)
        if sheet is not None:
            self.show_widget(sheet)
            sheet.level.setFocus()

    def _fill(self, code: str) -> None:
        data = self._data
        if data is None:
            return
        item = next((one for group in data.groups for one in group.causes if one.cause.code == code), None)
        if item is None:
            return
        row = item.mark.id if item.mark else "-"
        lines = (line for line in data.findings if line.entity == CauseMark.log_name and line.row == row)
        words = next((f"{line.text} {line.do}".strip() for line in lines), "")
        self.sheets[code].show_cause(item, data.problems, data.owners, words)

    def _draw(self, data: CausesData) -> None:
        self.add(label("Причины низких результатов", TextStyle.SECTION))
        self.add(self.count)
        self.add(self.pupils)
        steps: list[Callable[[], None]] = []
        for group in data.groups:
            steps.append(partial(self._add_group, group.title))
            steps += [partial(self._add_sheet, item) for item in group.causes]
        self._gradual.begin(steps, _AT_ONCE)

    def _add_group(self, title: str) -> None:
        self.add(label(title, TextStyle.STRONG))

    def _add_sheet(self, item: CauseView) -> None:
        if self._data is None:
            return
        sheet = CauseSheet(item, self._data.pack, self.desk.why_read_only)
        sheet.level_chosen.connect(self._on_level_chosen)
        sheet.facts_edited.connect(self._on_facts_edited)
        sheet.problem_wanted.connect(self._on_problem_wanted)
        sheet.problem_opened.connect(self._on_problem_opened)
        sheet.measure_chosen.connect(self._on_measure_chosen)
        self.sheets[item.cause.code] = sheet
        self.add(sheet)
        self._fill(item.cause.code)

    def _wave(self) -> str:
        return self._data.wave if self._data else ""

    def _on_level_chosen(self, cause: str, level: str) -> None:
        workspace, wave = self.desk.workspace, self._wave()
        self.desk.write(lambda: mark_cause(workspace, cause, level, wave))

    def _on_facts_edited(self, cause: str, facts: str) -> None:
        workspace, wave, sheet = self.desk.workspace, self._wave(), self.sheets[cause]
        self.desk.write(lambda: set_facts(workspace, cause, facts, wave), refused=sheet.refuse)

    def _on_problem_wanted(self, cause: str, problem: str) -> None:
        workspace, wave = self.desk.workspace, self._wave()

        def on_done(done: Done) -> None:
            words = Notice("Причина взята в проблемное поле.", "", "Добавьте к нему мероприятие, чтобы его закрыть.")
            target = Target(ProblemField.log_name, done.row)
            self.desk.say(words, MessageLevel.DONE, "Открыть поле", lambda: self.desk.open(findings.MAP, target))

        self.desk.write(lambda: to_problem(workspace, cause, problem, wave), on_done)

    def _on_problem_opened(self, row: str) -> None:
        self.desk.open(findings.MAP, Target(ProblemField.log_name, row))

    def _on_measure_chosen(self, problem: str, measure: str, terms: dict[str, str]) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: take_measure(workspace, measure, problem, terms))


class CauseSheet(Sheet):
    """One cause: how strong it is, what shows it, the problem field that answers it, what is advised."""

    level_chosen = Signal(str, str)
    facts_edited = Signal(str, str)
    problem_wanted = Signal(str, str)
    problem_opened = Signal(str)
    measure_chosen = Signal(str, str, dict)

    def __init__(self, view: CauseView, pack: Pack, read_only: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._pack = pack
        self._read_only = read_only
        self._owners: Options = ()
        cause = view.cause
        self.badge = LevelBadge()
        self.level = QuietCombo(self)
        self.level.setAccessibleName(f"Выраженность причины: {cause.title}")
        for code, caption in (("", _UNSET), *LEVELS):
            self.level.addItem(caption, code)
        self.level.activated.connect(lambda at: self.level_chosen.emit(cause.code, str(self.level.itemData(at))))
        self.level.setEnabled(not read_only)
        self.facts = FieldEditor(info_of(CauseMark).fields["facts"], parse, self)
        self.facts.edited.connect(lambda _name, value: self.facts_edited.emit(cause.code, str(value or "")))
        self.before = label("", TextStyle.SMALL, Tone.MUTED)
        self.problem = LinkText(self, wraps=True)
        self.problem.link_chosen.connect(self.problem_opened)
        self.warning = SignText(self)
        self.warning.hide()
        self.take = Button("В проблемное поле", ButtonKind.PLAIN, "plus")
        self.take.setAccessibleName(f"В проблемное поле: {cause.title}")
        self.measures = Button("", ButtonKind.LINK, "chevron-down")
        self.measures.clicked.connect(self.toggle_measures)
        self.offers = MeasureOffers(parent=self)
        self.offers.chosen.connect(self._on_offer_chosen)
        self.offers.hide()
        self._lay_out()

    def show_cause(self, view: CauseView, problems: Options, owners: Options, warning: str) -> None:
        """Show the mark as it stands."""
        self.view, self._owners = view, owners
        level = Level(view.level.value) if view.level else None
        self.set_level(level)
        self.badge.setVisible(level is not None)
        if level is not None:
            self.badge.set_level(level, f"выраженность {level.word}")
        self.level.setCurrentIndex(max(0, self.level.findData(view.level.value if view.level else "")))
        self.before.setText(f"В прошлой карте: {Level(view.before.value).word}." if view.before else "")
        self.before.setVisible(view.before is not None)
        self.facts.set_read_only(self._read_only)
        self.facts.set_value(view.facts or None)
        self.facts.setVisible(level is not None)
        named = view.problem.label if view.problem else ""
        put_off = "" if not view.problem or view.problem.is_active else " (отложено)"
        row = view.problem.id if view.problem else ""
        self.problem.set_parts([("Проблемное поле: ", ""), (f"{named}{put_off}", row)] if row else [], "")
        self.problem.setVisible(view.problem is not None)
        self.warning.set_words(warning, "triangle-alert", Tone.MEDIUM)
        is_strong = level in (Level.HIGH, Level.MEDIUM)
        self.take.setVisible(is_strong and view.problem is None and not self._read_only)
        self._fill_menu(problems)
        count = len(view.measures)
        self.measures.setText(f"Что предлагает методика: {plural(count, 'мероприятие', 'мероприятия', 'мероприятий')}")
        self.measures.setVisible(bool(count) and is_strong)
        if not self.offers.isHidden():
            self.offers.show_measures(view.measures, self._pack, owners)

    def toggle_measures(self) -> None:
        """Unfold the measures, or fold them away."""
        if self.offers.isHidden():
            self.offers.show_measures(self.view.measures, self._pack, self._owners)
        self.offers.setVisible(self.offers.isHidden())

    def refuse(self, message: Worded) -> None:
        """Show why the words were not kept."""
        self.facts.set_error(f"{message.what} {message.do}")

    def _lay_out(self) -> None:
        cause = self.view.cause
        top = QHBoxLayout()
        set_gaps(top, 0.75)
        top.addWidget(label(cause.title, TextStyle.STRONG), 1)
        top.addWidget(self.level, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(top)
        self.column.addWidget(self.badge)
        if cause.advice:
            self.column.addWidget(label(cause.advice, TextStyle.SMALL, Tone.MUTED))
        for widget in (self.before, self.facts, self.problem, self.warning):
            self.column.addWidget(widget)
        row = QWidget(self)
        flow = FlowLayout(row)
        set_gaps(flow, 0.5)
        for button in (self.take, self.measures):
            button.set_small()
            flow.addWidget(button)
        self.column.addWidget(row)
        self.column.addWidget(self.offers)

    def _fill_menu(self, problems: Options) -> None:
        """A new problem field, or one of those in work."""
        cause = self.view.cause.code
        old = self.take.menu()
        if old is not None:
            old.deleteLater()
        entries = [("Новое проблемное поле", _NEW), *((f"К полю: {words}", row) for row, words in problems)]
        self.take.add_menu([(words, partial(self.problem_wanted.emit, cause, row)) for words, row in entries])

    def _on_offer_chosen(self, measure: str, terms: dict[str, str]) -> None:
        problem = self.view.problem.id if self.view.problem else ""
        self.measure_chosen.emit(problem, measure, terms)
