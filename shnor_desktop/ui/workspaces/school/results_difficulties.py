"""«Реестр затруднений»: the register with what can be done about a line: a measure, courses, a deficit in plans."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.models.difficulties import LearningDifficulty
from shnor_desktop.services.difficulties import Trainee, add_measure, ask_for_training, trainees
from shnor_desktop.services.records import Done
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label

DIFFICULTIES = RecordSpec(
    cls=LearningDifficulty,
    columns=("subject", "grade", "skill", "percent", "due_on", "state"),
    add="Добавить затруднение",
    empty_title="Реестр затруднений",
    empty_text=(
        "Что не получается у большинства обучающихся и что с этим делается. На вкладке «Анализ» кнопка «В реестр "
        "затруднений» внесёт всё, что выполнено недостаточно, вместе с классом, заданиями и процентом."
    ),
    titles={"percent": "%", "grade": "Кл.", "due_on": "Проверить"},
    widths={"subject": 12, "grade": 4, "percent": 5, "due_on": 10, "state": 10},
    stretching=("skill",),
    least={"skill": 13},
    begun_with={"state": "open"},
    row_lines=2,
)
_ABOUT = (
    "Предложены все, кто ведёт этот предмет: результаты учеников не оценивают учителя. Отметьте, кому нужна помощь."
)


class DifficultyPanel(RecordPanel):
    """The register; over the form of a line stand its actions, and the choice of teachers when it is asked for."""

    def show_rows(self, rows: RecordRows) -> None:
        """Show what was read, and the actions of the chosen line."""
        super().show_rows(rows)
        self._fill_actions()
        if not self.training.isHidden():
            self._read_trainees()

    def _around_form(self, area: QWidget) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        set_gaps(column, 0)
        self.strip = QWidget()
        flow = FlowLayout(self.strip)
        self.add_measure = Button("Добавить мероприятие", ButtonKind.PLAIN, "plus")
        self.add_measure.clicked.connect(self._on_measure_clicked)
        self.open_measure = Button("Открыть мероприятие", ButtonKind.PLAIN, "list-checks")
        self.open_measure.clicked.connect(self._on_open_clicked)
        self.train = Button("Нужно обучение", ButtonKind.PLAIN, "graduation-cap")
        self.train.clicked.connect(self._on_train_clicked)
        for button in (self.add_measure, self.open_measure, self.train):
            flow.addWidget(button)
        held = QHBoxLayout()
        set_gaps(held, 0, (1, 0.25, 1, 0.25))
        held.addWidget(self.strip, 1)
        column.addLayout(held)
        self.training = _TrainingChoice()
        self.training.chosen_for_courses.clicked.connect(lambda: self._ask(courses=True))
        self.training.chosen_for_plans.clicked.connect(lambda: self._ask(courses=False))
        self.training.closed.clicked.connect(self.training.hide)
        self.training.hide()
        column.addWidget(self.training)
        column.addWidget(area, 1)
        self.row_chosen.connect(lambda _row: self._on_other_row())
        return whole

    def _on_other_row(self) -> None:
        self.training.hide()
        self._fill_actions()

    def _fill_actions(self) -> None:
        row = self.rows.row(self.current) if self.rows is not None else None
        self.strip.setVisible(row is not None and not self.desk.is_read_only)
        measure = str(row.values.get("measure") or "") if row is not None else ""
        known = {option for option, _title in (self.rows.options.get("measure", ()) if self.rows is not None else ())}
        self.add_measure.setVisible(measure not in known)
        self.open_measure.setVisible(measure in known and bool(measure))

    def _on_measure_clicked(self) -> None:
        desk, row = self.desk, self.current

        def on_added(done: Done) -> None:
            words = Notice("Мероприятие добавлено в дорожную карту.", "", "Проверьте срок, этап и ответственного.")
            desk.say(words, MessageLevel.DONE, "Открыть", lambda: desk.open(findings.ROADMAP, f"measure:{done.row}"))

        desk.write(lambda: add_measure(desk.workspace, row), on_added)

    def _on_open_clicked(self) -> None:
        row = self.rows.row(self.current) if self.rows is not None else None
        if row is not None:
            self.desk.open(findings.ROADMAP, f"measure:{row.values.get('measure')}")

    def _on_train_clicked(self) -> None:
        self.training.setVisible(self.training.isHidden())
        if not self.training.isHidden():
            self._read_trainees()

    def _read_trainees(self) -> None:
        desk, row = self.desk, self.current
        if row:
            desk.read(lambda: trainees(desk.workspace, row, desk.school), self.training.show_trainees)

    def _ask(self, *, courses: bool) -> None:
        desk, row, chosen = self.desk, self.current, self.training.chosen()
        if not chosen:
            desk.say(Notice("Никто не отмечен.", "", "Отметьте педагогов, которым нужно обучение."))
            return

        def on_written(done: Done) -> None:
            words = Notice(f"{done.operation[:1].upper()}{done.operation[1:]}.", "", "Уточните на странице «Педагоги».")
            desk.say(words, MessageLevel.DONE, "Открыть", lambda: desk.open(findings.DEVELOPMENT))

        desk.write(lambda: ask_for_training(desk.workspace, row, chosen, courses=courses), on_written)


class _TrainingChoice(QWidget):
    """Teachers of the subject to tick, and the two ways of help."""

    def __init__(self) -> None:
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0.35, (1, 0.25, 1, 0.5))
        self._about = label(_ABOUT, TextStyle.SMALL, Tone.MUTED)
        self._column.addWidget(self._about)
        self._list = QVBoxLayout()
        set_gaps(self._list, 0.15)
        self._column.addLayout(self._list)
        self.chosen_for_courses = Button("Нужны курсы", ButtonKind.PLAIN, "graduation-cap")
        self.chosen_for_plans = Button("Дефицит в ИОМ", ButtonKind.PLAIN, "target", "У кого есть ИОМ в работе")
        self.closed = Button("Закрыть", ButtonKind.QUIET, "x")
        tools = QWidget()
        flow = FlowLayout(tools)
        for button in (self.chosen_for_courses, self.chosen_for_plans, self.closed):
            flow.addWidget(button)
        self._column.addWidget(tools)

    def show_trainees(self, found: Sequence[Trainee]) -> None:
        """A box a teacher, with what is there already."""
        ticked = set(self.chosen())
        for box in self.boxes.values():
            self._list.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        for one in found:
            box = QCheckBox(_words(one))
            box.setChecked(one.teacher.id in ticked)
            self.boxes[one.teacher.id] = box
            self._list.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        none = "В списке педагогов нет никого с этим предметом: укажите предметы на странице «Кадры»."
        self._about.setText(_ABOUT if found else none)
        self.chosen_for_courses.setEnabled(bool(found))
        self.chosen_for_plans.setEnabled(any(one.plan for one in found))

    def chosen(self) -> list[str]:
        """The teachers that are ticked."""
        return [row for row, box in self.boxes.items() if box.isChecked()]


def _words(one: Trainee) -> str:
    """The name, with what is there already."""
    there = ["курсы внесены"] if one.has_course else []
    there += ["есть в ИОМ"] if one.has_deficit else []
    there += [] if one.plan else ["ИОМ нет"]
    return f"{one.teacher.label} ({', '.join(there)})" if there else one.teacher.label
