"""«Диагностическая карта»: the blocks of the form in each wave, the profile, causes, problem fields, what changed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from shnor_desktop.domain.findings import MAP as PAGE
from shnor_desktop.domain.russian import short_date
from shnor_desktop.domain.waves import MAP_FORM, Wave, current_wave, waves_of
from shnor_desktop.models.diagnostics import CauseMark, DiagnosticAnswer, ProblemField
from shnor_desktop.services import records
from shnor_desktop.services.causes import causes_of, pupil_causes
from shnor_desktop.services.check import CheckLine, check_facts
from shnor_desktop.services.diagnosis import FormView, form_view_of
from shnor_desktop.services.document_kinds import DocumentKind, info_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.problems import cards_of, suggestions
from shnor_desktop.services.waves import live_figures
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.printing import fill_menu, print_document
from shnor_desktop.ui.pages.questions import FormPanel
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.cards import SectionState
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.school.map_causes import CausesData, CausesSection
from shnor_desktop.ui.workspaces.school.map_comparison import ComparisonPane
from shnor_desktop.ui.workspaces.school.map_profile import ProfileSection
from shnor_desktop.ui.workspaces.school.problems import ProblemsData, ProblemsSection

_PRINTED = (DocumentKind.DIAGNOSTIC_MAP, DocumentKind.BLANK_MAP, DocumentKind.WAVE_COMPARISON)
PROFILE, CAUSES, PROBLEMS, COMPARISON = "risk_profile", "causes", "problem_fields", "comparison"


@dataclass(frozen=True, slots=True)
class MapData:
    """The form with its levels, the problem fields, and what the check says of the page."""

    view: FormView
    findings: tuple[CheckLine, ...]
    problems: ProblemsData
    causes: CausesData
    waves: tuple[Wave, ...]
    current: str
    """The wave that counts now: the check speaks of it."""
    until: str
    is_kept: bool
    """Whether the first wave can be compared with later ones."""


class MapPage(DeskPage):
    """Questions block by block; at the end the profile and the problem fields."""

    def __init__(self, desk: Desk) -> None:
        purpose = "Ответьте за школу в целом. Серые значения взяты из паспорта, списков и результатов."
        super().__init__(desk, "Диагностическая карта", purpose)
        self._data: MapData | None = None
        self._wave = ""
        self._reopened = self._wanted = ""
        """The section and the question that are to be shown once another wave is read."""
        self.waves = SegmentBar("Волны карты")
        self.waves.chosen.connect(self.show_wave)
        self.form = FormPanel(desk, offers_measures=True)
        self.profile = ProfileSection(desk)
        self.causes = CausesSection(desk)
        self.problems = ProblemsSection(desk)
        self.comparison = ComparisonPane(self, MAP_FORM)
        self.comparison.question_opened.connect(self._on_compared_opened)
        self.form.add_section(PROFILE, "Профиль рисков", self.profile)
        self.form.add_section(CAUSES, "Причины", self.causes)
        self.form.add_section(PROBLEMS, "Проблемные поля", self.problems)
        self.form.add_section(COMPARISON, "Сравнение волн", self.comparison)
        self.form.measure_requested.connect(self._on_measure_requested)
        self.form.factor_opened.connect(self._on_factor_opened)
        self.form.section_shown.connect(self._on_section_shown)
        self.profile.question_opened.connect(self.form.show_question)
        self.profile.problem_wanted.connect(lambda factor: self._show_answer_of((factor,)))
        self.header.set_primary("Проверить заполнение", "list-checks")
        self.header.primary_clicked.connect(self.check_filling)
        printing = self.header.add_secondary("Печать", "printer")
        printing.setMenu(self._print_menu(printing))
        self.header.progress_chosen.connect(self._on_progress_chosen)
        whole = QWidget()
        column = QVBoxLayout(whole)
        set_gaps(column, 0)
        column.addWidget(self.waves)
        column.addWidget(self.form, 1)
        self.set_body(self.add_history(whole))

    def load(self) -> MapData:
        """Everything in one reading."""
        workspace, school = self.desk.workspace, self.desk.school
        pack, facts = workspace.pack_of(school), read_facts(workspace, school)
        current = current_wave(pack, facts)
        now = form_view_of(pack, facts, MAP_FORM, current)
        view = now if self._wave in ("", current) else form_view_of(pack, facts, MAP_FORM, self._wave)
        findings = check_facts(workspace, facts, school).by_page.get(PAGE, ())
        owners = records.reference_choices(workspace, "staff_member", school)
        offered = suggestions(pack, facts, now.profile)
        problems = ProblemsData(cards_of(pack, facts, now.profile), offered, owners, findings)
        working = tuple((item.problem.id, item.problem.label) for item in problems.active)
        groups = causes_of(pack, facts, view.profile, view.wave)
        causes = CausesData(groups, pupil_causes(workspace, school), working, owners, findings, view.wave, pack)
        waves = waves_of(pack, MAP_FORM)
        shown = next(wave for wave in waves if wave.id == view.wave)
        stage = next((stage for stage in pack.stages if stage.id == view.form.stage), None)
        number = f"этап {stage.number}, " if stage and shown.number == 1 else ""
        until = f"{number}до {shown.due:%d.%m}"
        begun = now if current == waves[0].id else form_view_of(pack, facts, MAP_FORM, waves[0].id)
        is_kept = any(item.typed for item in begun.questions) and not live_figures(begun)
        return MapData(view, findings, problems, causes, waves, current, until, is_kept)

    def show_data(self, snapshot: MapData) -> None:
        """Fill the section that is shown, the states of the others and the line of progress."""
        self._data = snapshot
        self.waves.set_segments([(wave.id, f"{wave.short}, до {short_date(wave.due)}") for wave in snapshot.waves])
        self.waves.select(snapshot.view.wave)
        self._show_states(snapshot)
        self.form.show_form(snapshot.view, self._own_findings(snapshot))
        self._reopen()
        self._fill_extra(self.form.sections.current_id())
        self.header.set_progress(self._progress(snapshot))

    def show_wave(self, wave: str) -> None:
        """Open the map in another wave, in the section that is shown."""
        if self._data is None or wave == self._data.view.wave:
            return
        self._wave = wave
        self._reopened = self.form.sections.current_id()
        self.refresh()

    def show_target(self, target: Target) -> None:
        """A question, a factor, a cause, a problem field, a wave that is to be kept."""
        if target.entity == DiagnosticAnswer.log_name:
            if self._data is not None and any(wave.id == target.field for wave in self._data.waves):
                self.form.show_section(COMPARISON)
            else:
                self.form.show_question(target.field)
        elif target.entity == CauseMark.log_name:
            self.form.show_section(CAUSES)
            self.causes.show_cause(target.field)
        elif target.entity == ProblemField.log_name:
            self.form.show_section(PROBLEMS)
            if target.row:
                self.problems.show_problem(target.row, target.field)
            elif target.field:
                self.problems.show_for_factors((target.field,))
        elif target.entity == "factor_level" and self._data is not None:
            self.form.show_section(PROFILE)
            self.profile.show_factor(target.field)
        elif target.entity in (PROFILE, CAUSES, PROBLEMS, COMPARISON):
            self.form.show_section(target.entity)

    def history_of(self) -> tuple[str, str]:
        """The answers; on the last section the problem fields."""
        names = {PROFILE: "factor_level", CAUSES: CauseMark.log_name, PROBLEMS: ProblemField.log_name}
        return names.get(self.form.sections.current_id(), DiagnosticAnswer.log_name), ""

    def print_page(self) -> None:
        """Ctrl+P: the map as a document, or the comparison of its waves."""
        is_compared = self.form.sections.current_id() == COMPARISON
        print_document(self, DocumentKind.WAVE_COMPARISON if is_compared else DocumentKind.DIAGNOSTIC_MAP)

    def check_filling(self) -> None:
        """Mark what is missing and go to the first place that asks for something."""
        self.form.mark_missing()
        if self.form.show_first("missing") or self.form.show_first("errors"):
            return
        left = [line for line in self._data.findings if line.is_error] if self._data else []
        if left:
            self.show_target(Target(left[0].entity, left[0].row, left[0].field))
        elif not self.form.show_first("warnings"):
            words = Notice("Карта заполнена, ошибок нет.", "Профиль рисков и проблемные поля — в конце списка блоков.")
            self.desk.say(words, MessageLevel.DONE)

    def _print_menu(self, parent: QWidget) -> QMenu:
        """The map in the wave that is shown, the blank form, the comparison."""
        menu = QMenu(parent)
        for kind in _PRINTED:
            is_map = kind is DocumentKind.DIAGNOSTIC_MAP
            fill_menu(menu.addMenu(info_of(kind).title), self, kind, self._shown_wave if is_map else str)
        return menu

    def _shown_wave(self) -> str:
        return self._data.view.wave if self._data else ""

    def _progress(self, data: MapData) -> Progress:
        done = self.form.progress(data.until)
        others = [line for line in data.findings if line.entity != DiagnosticAnswer.log_name]
        errors = done.errors + sum(1 for line in others if line.is_error)
        warnings = done.warnings + sum(1 for line in others if not line.is_error)
        return Progress(done.filled, done.total, errors, warnings, data.until)

    def _show_states(self, data: MapData) -> None:
        problems = data.problems
        errors = sum(1 for line in data.findings if line.is_error and line.entity == ProblemField.log_name)
        if errors and problems.active:
            state = SectionState.ERRORS
        else:
            state = SectionState.DONE if problems.active else SectionState.EMPTY
        self.form.set_section_state(PROBLEMS, state, errors)
        known = sum(1 for item in data.view.profile if item.level.value != "unknown")
        whole = len(data.view.profile)
        begun = SectionState.BEGUN if known else SectionState.EMPTY
        self.form.set_section_state(PROFILE, SectionState.DONE if known == whole else begun)
        judged, total = data.causes.judged, data.causes.total
        marked = SectionState.BEGUN if judged else SectionState.EMPTY
        self.form.set_section_state(CAUSES, SectionState.DONE if judged and judged == total else marked)
        self.form.set_section_state(COMPARISON, SectionState.DONE if data.is_kept else SectionState.EMPTY)

    def _reopen(self) -> None:
        section, question, self._reopened, self._wanted = self._reopened, self._wanted, "", ""
        if question:
            self.form.show_question(question)
        elif section:
            self.form.show_section(section)

    def _own_findings(self, data: MapData) -> tuple[CheckLine, ...]:
        """What the check says of the wave that is shown: of the answers it reads only those that count now."""
        if data.view.wave == data.current:
            return data.findings
        return tuple(line for line in data.findings if line.entity != DiagnosticAnswer.log_name)

    def _fill_extra(self, section: str) -> None:
        if self._data is None:
            return
        if section == PROFILE:
            self.profile.show_profile(self._data.view, self._data.problems.answered)
        elif section == CAUSES:
            self.causes.show_causes(self._data.causes)
        elif section == PROBLEMS:
            self.problems.show_problems(self._data.problems)
        elif section == COMPARISON:
            self.comparison.read()

    def _on_section_shown(self, section: str) -> None:
        self._fill_extra(section)
        self.refresh_history()

    def _on_compared_opened(self, question: str, wave: str) -> None:
        if self._data is not None and wave != self._data.view.wave:
            self.show_wave(wave)
            self._reopened = ""
            self._wanted = question
        else:
            self.form.show_question(question)

    def _on_measure_requested(self, question: str) -> None:
        pack = self.desk.workspace.pack
        factors = [f.code for f in pack.factors if any(one.question == question for one in f.indicators)]
        self._show_answer_of(factors)

    def _show_answer_of(self, factors: list[str] | tuple[str, ...]) -> None:
        self.form.show_section(PROBLEMS)
        if not self.problems.show_for_factors(factors):
            self.desk.say(
                Notice(
                    "По этому показателю мероприятие предложить нельзя.",
                    "Его фактор пока не имеет высокой или средней значимости.",
                    "Добавьте своё проблемное поле, если считаете вопрос важным.",
                )
            )

    def _on_factor_opened(self, factor: str) -> None:
        self.form.show_section(PROFILE)
        self.profile.show_factor(factor)

    def _on_progress_chosen(self, part: str) -> None:
        if part == "extra":
            self.desk.open("monitoring")
        elif not self.form.show_first(part):
            wanted = [line for line in self._data.findings if line.is_error == (part == "errors")] if self._data else []
            other = next((line for line in wanted if line.entity != DiagnosticAnswer.log_name), None)
            if other is not None:
                self.show_target(Target(other.entity, other.row, other.field))
