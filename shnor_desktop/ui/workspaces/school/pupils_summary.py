"""The summary of the pupils at risk and of the work with parents: numbers that name nobody, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.drawing.lines import DayPoint, DaySeries, day_lines
from shnor_desktop.domain.russian import plural, share, short_date
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.parents import ParentsView, parents_of
from shnor_desktop.services.pupils import Counted, RiskSummary, measure_against, risk_summary_of
from shnor_desktop.services.records import Done
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.register_panes import PartPane
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.charts import Bar, ChartPanel
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn

_MOST_CAUSES = 5


@dataclass(frozen=True, slots=True)
class SummaryData:
    """Both views of one moment."""

    risk: RiskSummary
    parents: ParentsView


class CauseLine(QWidget):
    """A frequent cause with what may follow from it."""

    def __init__(self, desk: Desk, cause: Counted) -> None:
        super().__init__()
        self.desk = desk
        self.cause = cause
        row = QHBoxLayout(self)
        set_gaps(row, 0.5)
        count = plural(cause.pupils, "ученик", "ученика", "учеников")
        row.addWidget(label(f"{cause.title}: {count}"), 1)
        self.measure = Button("Мероприятие в дорожную карту", ButtonKind.QUIET, "list-checks")
        self.measure.clicked.connect(self._on_measure_wanted)
        self.measure.setVisible(not desk.is_read_only)
        row.addWidget(self.measure)

    def _on_measure_wanted(self) -> None:
        desk, code = self.desk, self.cause.code

        def on_made(done: Done) -> None:
            words = Notice(
                "Мероприятие добавлено в дорожную карту.",
                f"Причина: {self.cause.title}.",
                "Впишите срок и ответственного.",
            )
            target = Target("measure", done.row, "deadline")
            desk.say(words, MessageLevel.DONE, "Открыть", partial(desk.open, findings.ROADMAP, target))

        desk.write(lambda: measure_against(desk.workspace, code), on_made)


class SummaryPane(PartPane):
    """Charts under one another, each with its n."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.words = label("", TextStyle.SECTION)
        self.counts = label("", TextStyle.BODY, Tone.MUTED)
        self.parents = label("")
        self.history = ChartPanel("Как меняется группа риска", "Учеников на конец каждого полугодия и на сегодня.")
        self.charts = (
            ChartPanel("По классам", "Учеников в группе риска."),
            ChartPanel("В чём риск", "Один ученик может быть в нескольких строках."),
            ChartPanel("Причины неуспешности", "По рабочей тетради причин; устранённые не считаются."),
        )
        self.causes: list[CauseLine] = []
        self._cause_box = QVBoxLayout()
        set_gaps(self._cause_box, 0.1)
        self._cause_title = label("Что сделать с частыми причинами", TextStyle.SECTION)
        self.to_causes = Button("Причины и проблемные поля на странице «ДТК»", ButtonKind.LINK, "map")
        self.to_causes.clicked.connect(lambda: desk.open(findings.MAP))
        holder = QWidget()
        holder.setLayout(self._cause_box)
        link = QWidget()
        row = QHBoxLayout(link)
        set_gaps(row, 0)
        row.addWidget(self.to_causes)
        row.addStretch(1)
        area = ScrollColumn(margins=1.0)
        for widget in (
            self.words,
            self.counts,
            *self.charts,
            self._cause_title,
            holder,
            link,
            self.history,
            label("Родители", TextStyle.SECTION),
            self.parents,
        ):
            set_chars(widget, maximum=100)
            area.add(widget)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(area)

    def load(self, found: CheckResult) -> SummaryData:
        """Everything from one reading."""
        workspace, school = self.desk.workspace, self.desk.school
        facts, pack = read_facts(workspace, school), workspace.pack_of(school)
        return SummaryData(risk_summary_of(pack, facts), parents_of(pack, facts))

    def show_data(self, snapshot: SummaryData) -> None:
        """Fill the charts; those without a number are hidden."""
        risk = snapshot.risk
        self.words.setText(risk.words)
        self.counts.setText(
            f"С планом профилактики {share(risk.with_plan, risk.pupils)}; родители извещены "
            f"{share(risk.informed, risk.pupils)}; шагов планов выполнено {share(risk.steps_done, risk.steps)}."
        )
        self.counts.setVisible(risk.pupils > 0)
        for panel, rows in zip(self.charts, (risk.by_class, risk.by_risk, risk.by_cause), strict=True):
            panel.setVisible(bool(rows))
            panel.set_bars([_bar(item, risk.pupils) for item in rows], risk.pupils or None)
        self._show_causes(risk.by_cause[:_MOST_CAUSES])
        points = tuple(DayPoint(item.day, float(item.pupils), str(item.pupils)) for item in risk.history)
        days = [(short_date(item.day), str(item.pupils)) for item in risk.history]
        most = max((point.value for point in points), default=0) or 1.0
        self.history.setVisible(len(points) > 1)
        if len(points) > 1:
            self.history.set_drawing(day_lines((DaySeries("Учеников", points),), most), ("На дату", "Учеников"), days)
        self.parents.setText(_parents_words(snapshot.parents))

    def _show_causes(self, causes: Sequence[Counted]) -> None:
        for old in self.causes:
            self._cause_box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.causes = [CauseLine(self.desk, cause) for cause in causes]
        for line in self.causes:
            self._cause_box.addWidget(line)
        self._cause_title.setVisible(bool(causes))
        self.to_causes.setVisible(bool(causes))


def _bar(item: Counted, whole: int) -> Bar:
    return Bar(item.title, item.pupils, share(item.pupils, whole))


def _parents_words(view: ParentsView) -> str:
    lines = [f"{view.words}."]
    empty = [item.title for item in view.directions if not item.events]
    if view.events and empty:
        lines.append(f"Направления без мероприятий: {', '.join(empty)}.")
    if view.uninformed:
        exams = plural(len(view.uninformed), "экзамену", "экзаменам", "экзаменам")
        lines.append(f"Родители не извещены об итогах по {exams}.")
    if view.meetings:
        meetings = plural(view.meetings, "заседание", "заседания", "заседаний")
        lines.append(f"Органы управления: {meetings}, родителей в сумме {view.parents_in_meetings}.")
    lines += [f"«{series.question}»: {series.points[-1].words}, {series.change_words}." for series in view.surveys]
    return "\n".join(lines)
