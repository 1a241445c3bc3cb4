"""«Диагностическая карта»: the blocks of the form, the risk profile that follows, the problem fields it leads to."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.findings import MAP as PAGE
from shnor_desktop.models.diagnostics import DiagnosticAnswer, ProblemField
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckLine, check_facts
from shnor_desktop.services.diagnosis import FormView, form_view_of
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.problems import cards_of, suggestions
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.printing import print_document, print_menu
from shnor_desktop.ui.pages.questions import FormPanel
from shnor_desktop.ui.widgets.cards import SectionState
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.workspaces.school.map_profile import ProfileSection
from shnor_desktop.ui.workspaces.school.problems import ProblemsData, ProblemsSection

PROFILE, PROBLEMS = "risk_profile", "problem_fields"


@dataclass(frozen=True, slots=True)
class MapData:
    """The form with its levels, the problem fields, and what the check says of the page."""

    view: FormView
    findings: tuple[CheckLine, ...]
    problems: ProblemsData
    until: str


class MapPage(DeskPage):
    """Questions block by block; at the end the profile and the problem fields."""

    def __init__(self, desk: Desk) -> None:
        purpose = "Ответьте за школу в целом. Серые значения взяты из паспорта, списков и результатов."
        super().__init__(desk, "Диагностическая карта", purpose)
        self._data: MapData | None = None
        self.form = FormPanel(desk, offers_measures=True)
        self.profile = ProfileSection(desk)
        self.problems = ProblemsSection(desk)
        self.form.add_section(PROFILE, "Профиль рисков", self.profile)
        self.form.add_section(PROBLEMS, "Проблемные поля", self.problems)
        self.form.measure_requested.connect(self._on_measure_requested)
        self.form.factor_opened.connect(self._on_factor_opened)
        self.form.section_shown.connect(self._on_section_shown)
        self.profile.question_opened.connect(self.form.show_question)
        self.profile.problem_wanted.connect(lambda factor: self._show_answer_of((factor,)))
        self.header.set_primary("Проверить заполнение", "list-checks")
        self.header.primary_clicked.connect(self.check_filling)
        printing = self.header.add_secondary("Печать", "printer")
        printing.setMenu(print_menu(self, (DocumentKind.DIAGNOSTIC_MAP, DocumentKind.BLANK_MAP), printing))
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.set_body(self.add_history(self.form))

    def load(self) -> MapData:
        """Everything in one reading."""
        workspace, school = self.desk.workspace, self.desk.school
        pack, facts = workspace.pack_of(school), read_facts(workspace, school)
        view = form_view_of(pack, facts)
        findings = check_facts(workspace, facts, school).by_page.get(PAGE, ())
        owners = records.reference_choices(workspace, "staff_member", school)
        offered = suggestions(pack, facts, view.profile)
        problems = ProblemsData(cards_of(pack, facts, view.profile), offered, owners, findings)
        stage = next((stage for stage in pack.stages if stage.id == view.form.stage), None)
        until = f"этап {stage.number}, до {stage.end:%d.%m}" if stage else ""
        return MapData(view, findings, problems, until)

    def show_data(self, snapshot: MapData) -> None:
        """Fill the section that is shown, the states of the others and the line of progress."""
        self._data = snapshot
        self._show_states(snapshot)
        self.form.show_form(snapshot.view, snapshot.findings)
        self._fill_extra(self.form.sections.current_id())
        self.header.set_progress(self._progress(snapshot))

    def show_target(self, target: Target) -> None:
        """A question, a factor, a problem field."""
        if target.entity == DiagnosticAnswer.log_name:
            self.form.show_question(target.field)
        elif target.entity == ProblemField.log_name:
            self.form.show_section(PROBLEMS)
            if target.row:
                self.problems.show_problem(target.row, target.field)
            elif target.field:
                self.problems.show_for_factors((target.field,))
        elif target.entity == "factor_level" and self._data is not None:
            self.form.show_section(PROFILE)
            self.profile.show_factor(target.field)
        elif target.entity in (PROFILE, PROBLEMS):
            self.form.show_section(target.entity)

    def history_of(self) -> tuple[str, str]:
        """The answers; on the last section the problem fields."""
        names = {PROFILE: "factor_level", PROBLEMS: ProblemField.log_name}
        return names.get(self.form.sections.current_id(), DiagnosticAnswer.log_name), ""

    def print_page(self) -> None:
        """Ctrl+P: the map as a document."""
        print_document(self, DocumentKind.DIAGNOSTIC_MAP)

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

    def _fill_extra(self, section: str) -> None:
        if self._data is None:
            return
        if section == PROFILE:
            self.profile.show_profile(self._data.view, self._data.problems.answered)
        elif section == PROBLEMS:
            self.problems.show_problems(self._data.problems)

    def _on_section_shown(self, section: str) -> None:
        self._fill_extra(section)
        self.refresh_history()

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
