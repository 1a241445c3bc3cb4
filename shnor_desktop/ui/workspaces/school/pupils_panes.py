"""The risk group: a pupil by code with causes, plan and measurements, these with a small chart a subject."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.drawing.lines import DayPoint, DaySeries, day_lines
from shnor_desktop.domain.facts import SUBJECTS
from shnor_desktop.domain.russian import number, percent, short_date
from shnor_desktop.models.pupils import PupilProgress
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.pupils import ProgressLine, progress_of
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordSpec
from shnor_desktop.ui.pages.register_panes import FamilyPanel, RegisterData, RegisterPane
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.charts import ChartPanel
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.pupils_specs import CAUSES, PROGRESS, RISK, STEPS

_SHARE = 0.45


class ProgressView(QWidget):
    """The measurements of a pupil: a chart for the subjects, what it says in words, then the list."""

    def __init__(self, panel: RecordPanel) -> None:
        super().__init__()
        self.panel = panel
        self.chart = ChartPanel("Продвижение", "Доля выполненных заданий, %.")
        self.words = label("", TextStyle.SMALL, Tone.MUTED)
        self._area = ScrollColumn(margins=0.75)
        self._area.add(self.chart)
        self._area.add(self.words)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._area, 1)
        column.addWidget(panel, 1)

    def show_lines(self, found: tuple[ProgressLine, ...]) -> None:
        """Draw what was measured; nothing is drawn of one who was never measured."""
        self._area.setVisible(bool(found))
        if not found:
            return
        series = tuple(DaySeries(line.title, _points(line)) for line in found)
        rows = [
            (short_date(point.measured_on), line.title, percent(point.percent))
            for line in found
            for point in line.points
            if point.measured_on is not None and point.percent is not None
        ]
        self.chart.set_drawing(day_lines(series), ("Дата", "Предмет", "Выполнено"), rows)
        self.words.setText("\n".join(f"{line.title}: {line.words}" for line in found))


class RiskPanel(FamilyPanel):
    """A pupil's record, causes, plan and measurements."""

    def __init__(self, desk: Desk, spec: RecordSpec, children: Sequence[RecordSpec], share: float) -> None:
        self._found: Mapping[str, tuple[ProgressLine, ...]] = {}
        self.progress: ProgressView | None = None
        super().__init__(desk, spec, children, share)

    def show_progress(self, found: Mapping[str, tuple[ProgressLine, ...]]) -> None:
        """The measurements of every pupil; those of the chosen one are shown."""
        self._found = found
        self._show_chosen()

    def _around_form(self, area: QWidget) -> QWidget:
        whole = super()._around_form(area)
        panel = self.lists[PupilProgress.log_name]
        at = self._parts.indexOf(panel)
        self._parts.removeWidget(panel)
        self.progress = ProgressView(panel)
        self._parts.insertWidget(at, self.progress)
        panel.show()
        return whole

    def _fill_lists(self) -> None:
        super()._fill_lists()
        self._show_chosen()

    def _show_chosen(self) -> None:
        if self.progress is not None:
            self.progress.show_lines(self._found.get(self.current, ()))


@dataclass(frozen=True, slots=True)
class RiskData:
    """The register, and the measurements of each pupil by subject."""

    register: RegisterData
    progress: Mapping[str, tuple[ProgressLine, ...]]


class RiskPane(RegisterPane):
    """The register of the risk group with its lists."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, RISK, (CAUSES, STEPS, PROGRESS), _SHARE)

    def _make_panel(self, share: float) -> RecordPanel:
        return RiskPanel(self.desk, self.spec, self.children_specs, share)

    def load(self, found: CheckResult) -> RiskData:
        """The rows with the measurements."""
        facts = read_facts(self.desk.workspace, self.desk.school)
        progress = {pupil: progress_of(facts, pupil, SUBJECTS) for pupil in {one.pupil or "" for one in facts.progress}}
        return RiskData(super().load(found), progress)

    def show_data(self, snapshot: RiskData) -> None:
        """Fill the table, the form, the lists and the chart."""
        super().show_data(snapshot.register)
        assert isinstance(self.panel, RiskPanel)
        self.panel.show_progress(snapshot.progress)

    def count(self, snapshot: RiskData) -> int | None:
        """How many pupils are written down, those who left the group too."""
        return super().count(snapshot.register)


def _points(line: ProgressLine) -> tuple[DayPoint, ...]:
    return tuple(
        DayPoint(point.measured_on, float(point.percent), number(point.percent))
        for point in line.points
        if point.measured_on is not None and point.percent is not None
    )
