"""«Мониторинг»: the tasks of each stage by participants, and the forms of the waves as question cards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.methodology import MonitoringWave
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.diagnostics import DiagnosticAnswer
from shnor_desktop.models.monitoring import StageTaskMark
from shnor_desktop.models.programme import TargetIndicator
from shnor_desktop.services.check import CheckResult, check_facts
from shnor_desktop.services.diagnosis import FormView, form_view_of
from shnor_desktop.services.document_kinds import DocumentKind
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.indicators import IndicatorLine, indicator_lines_of, sizes_of
from shnor_desktop.services.stages import StagesView, mark_task, stages_of
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.printing import print_menu
from shnor_desktop.ui.pages.questions import FormPanel
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.school.indicators import INDICATORS, IndicatorsPart
from shnor_desktop.ui.workspaces.school.map_comparison import ComparisonPane
from shnor_desktop.ui.workspaces.school.monitoring_stages import StagesBoard

_STAGES, _COMPARED = "stages", "compared:"
"""The second is followed by the id of a form."""


@dataclass(frozen=True, slots=True)
class MonitoringData:
    """The plan with its marks, the form of every wave, and what the check says."""

    stages: StagesView
    waves: tuple[MonitoringWave, ...]
    forms: Mapping[str, FormView]
    findings: CheckResult
    indicators: tuple[IndicatorLine, ...]


class MonitoringPage(DeskPage):
    """The stages first, then each wave."""

    def __init__(self, desk: Desk) -> None:
        purpose = "Кто и что делает на каждом этапе, какие показатели получились и что собрано по волнам."
        super().__init__(desk, "Мониторинг", purpose)
        self.shown = ""
        self._data: MonitoringData | None = None
        self.parts = SegmentBar("Части страницы")
        self.parts.chosen.connect(self._on_part_chosen)
        self.waves = SegmentBar("Волны")
        self.waves.chosen.connect(self._show_part)
        self.waves.hide()
        self.board = StagesBoard(desk.is_read_only)
        self.board.task_marked.connect(self._on_task_marked)
        self.board.page_wanted.connect(lambda page: self.desk.open(page))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.board)
        self.indicators = IndicatorsPart(desk)
        self._stack.addWidget(self.indicators)
        self.comparison = ComparisonPane(self)
        self.comparison.question_opened.connect(self._on_compared_opened)
        self._stack.addWidget(self.comparison)
        printing = self.header.add_secondary("Печать", "printer")
        printing.setMenu(print_menu(self, (DocumentKind.WAVE_COMPARISON,), printing))
        self.panels: dict[str, FormPanel] = {}
        whole = QWidget()
        column = QVBoxLayout(whole)
        set_gaps(column, 0)
        column.addWidget(self.parts)
        column.addWidget(self.waves)
        column.addWidget(self._stack, 1)
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.set_body(self.add_history(whole))

    def load(self) -> MonitoringData:
        """Stages, waves and their forms."""
        workspace, school = self.desk.workspace, self.desk.school
        facts = read_facts(workspace, school)
        pack = workspace.pack
        waves = pack.monitoring_waves
        return MonitoringData(
            stages_of(pack, facts),
            tuple(waves),
            {wave.id: form_view_of(pack, facts, wave.form, wave.id) for wave in waves},
            check_facts(workspace, facts, school),
            indicator_lines_of(pack.indicators, facts, sizes_of(pack)),
        )

    def show_data(self, snapshot: MonitoringData) -> None:
        """Fill the stages and the waves that were opened."""
        self._data = snapshot
        self.board.show_stages(snapshot.stages)
        self.indicators.show_lines(snapshot.indicators)
        forms = {view.form.id: view.form.title for view in snapshot.forms.values()}
        self.parts.set_segments([(_STAGES, "Задачи этапов"), (INDICATORS, "Показатели"), *forms.items()])
        self._show_part(self.shown or _STAGES)

    def show_target(self, target: Target) -> None:
        """Open a task of a stage, or a question of a wave."""
        if target.entity == StageTaskMark.log_name:
            self._show_part(_STAGES)
            self.board.show_task(target.field)
            return
        if self._data is None:
            return
        if target.entity == INDICATORS:
            self._show_part(INDICATORS)
            self.indicators.board.select(target.row)
            return
        if target.field in self._data.forms:
            is_unkept = target.entity == DiagnosticAnswer.log_name and not target.row and self._is_begun(target.field)
            self._show_part(_COMPARED + self._data.forms[target.field].form.id if is_unkept else target.field)
            return
        for wave, view in self._data.forms.items():
            if any(one.question.code == target.field for one in view.questions):
                self._show_part(wave)
                self.panels[wave].show_question(target.field)
                return

    def history_of(self) -> tuple[str, str]:
        """The marks of the tasks, the indicators of the programme, or the answers."""
        if self.shown == INDICATORS:
            return TargetIndicator.log_name, ""
        return (StageTaskMark.log_name, "") if self.shown in ("", _STAGES) else ("diagnostic_answer", "")

    def _on_part_chosen(self, part: str) -> None:
        """The stages, or a form: in the wave that is due next."""
        waves = [wave for wave in (self._data.waves if self._data else ()) if wave.form == part]
        today = self.desk.workspace.clock.now().date()
        open_ones = [wave for wave in waves if wave.due >= today]
        chosen = (open_ones or waves[-1:])[0].id if waves else part
        self._show_part(chosen)

    def _show_part(self, part: str) -> None:
        data = self._data
        if data is None:
            return
        self.shown = part
        wave = next((one for one in data.waves if one.id == part), None)
        compared = part.removeprefix(_COMPARED) if part.startswith(_COMPARED) else ""
        self.waves.setVisible(wave is not None or bool(compared))
        self.parts.select(wave.form if wave is not None else compared or part)
        if compared:
            self._show_waves_of(compared, part)
            self.comparison.show_form(compared)
            self._stack.setCurrentWidget(self.comparison)
            self.header.set_progress(None)
        elif part == INDICATORS:
            self._stack.setCurrentWidget(self.indicators)
            self.header.set_progress(self.indicators.progress())
        elif wave is None:
            self._stack.setCurrentWidget(self.board)
            self._show_stage_progress(data)
        else:
            self._show_wave(data, wave)
        self.refresh_history()

    def _show_wave(self, data: MonitoringData, wave: MonitoringWave) -> None:
        self._show_waves_of(wave.form, wave.id)
        panel = self._panel(wave.id)
        panel.show_form(data.forms[wave.id], data.findings.by_page.get(findings.MONITORING, ()))
        self._stack.setCurrentWidget(panel)
        self.header.set_progress(panel.progress())

    def _show_waves_of(self, form: str, chosen: str) -> None:
        own = [one for one in self._data.waves if one.form == form] if self._data else []
        segments = [(one.id, f"Волна {one.number}, до {short_date(one.due)}") for one in own]
        if len(own) > 1:
            segments.append((_COMPARED + form, "Сравнение"))
        self.waves.set_segments(segments)
        self.waves.select(chosen)

    def _is_begun(self, wave: str) -> bool:
        """Whether something was typed in a wave: then it is to be kept, not filled."""
        views = self._data.forms[wave].questions if self._data else ()
        return any(view.typed is not None for view in views)

    def _on_compared_opened(self, question: str, wave: str) -> None:
        self._show_part(wave)
        self.panels[wave].show_question(question)

    def _panel(self, wave: str) -> FormPanel:
        if wave not in self.panels:
            self.panels[wave] = FormPanel(self.desk)
            self._stack.addWidget(self.panels[wave])
        return self.panels[wave]

    def _show_stage_progress(self, data: MonitoringData) -> None:
        begun = [view for view in data.stages.stages if view.is_current or view.is_over]
        tasks = [task for view in begun for task in view.own_tasks if not task.task.optional]
        done = sum(1 for task in tasks if not task.is_open)
        lines = data.findings.by_page.get(findings.MONITORING, ())
        errors = sum(1 for line in lines if line.is_error)
        self.header.set_progress(Progress(done, len(tasks), errors, len(lines) - errors, data.stages.caption))

    def _on_task_marked(self, task: str, state: str) -> None:
        self.desk.write(lambda: mark_task(self.desk.workspace, task, state))

    def _on_progress_chosen(self, part: str) -> None:
        if self.shown == INDICATORS:
            self.indicators.board.show_first_missing()
        elif self.shown in self.panels:
            self.panels[self.shown].show_first(part)
        elif part in ("errors", "warnings") and self._data is not None:
            lines = self._data.findings.by_page.get(findings.MONITORING, ())
            wanted = [line for line in lines if line.is_error != (part == "warnings")]
            if wanted:
                self.show_target(Target(wanted[0].entity, wanted[0].row, wanted[0].field))
        else:
            self.board.show_first_open()
