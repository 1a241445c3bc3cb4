"""A file with tables looked through before it is taken in: what it is, what is asked, what changes."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.table_import import ImportPlan, TableFile, default_choice, plan_import
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.table_changes import TableChanges
from shnor_desktop.ui.pages.table_columns import TableColumns
from shnor_desktop.ui.pages.table_questions import TableQuestions
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.segments import SegmentBar

_STEPS = _COLUMNS, _CHANGES = "columns", "changes"
_SAID_AT_ONCE = 2


@dataclass(frozen=True, slots=True)
class TableReview:
    """A file that was read, with what its import would do."""

    file: TableFile
    plan: ImportPlan


@dataclass(frozen=True, slots=True)
class TableDecision:
    """What is to be taken in."""

    review: TableReview
    choice: dict[str, set[str]]


def review_of(workspace: Workspace, file: TableFile) -> TableReview:
    """A file beside what is stored; one of no known kind has an empty plan. Called off the interface thread."""
    try:
        return TableReview(file, plan_import(workspace, file))
    except KnownError as error:
        if error.code != "table.not_recognised":
            raise
        return TableReview(file, ImportPlan(file.name, (), ()))


class TableReviewDialog(QDialog):
    """Nothing is written while it is open; `decided(TableDecision)` tells what to write. `open()` it."""

    decided = Signal(object)

    def __init__(self, desk: Desk, review: TableReview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Загрузка таблицы")
        self._desk = desk
        self._review = review
        self._ticket = 0
        self.segments = SegmentBar("Шаги загрузки")
        self.segments.chosen.connect(self._go)
        self.kind = label("", TextStyle.BODY, Tone.MUTED)
        self.questions = TableQuestions()
        self.questions.file_changed.connect(self._read)
        self.columns = TableColumns()
        self.columns.file_changed.connect(self._read)
        self.changes = TableChanges()
        self.changes.chosen_changed.connect(self._show_counts)
        self.said = SignText()
        self.counts = label("", TextStyle.BODY, Tone.MUTED)
        self.leave_button = Button("Не загружать")
        self.do_button = Button("Загрузить", ButtonKind.PRIMARY)
        self.leave_button.clicked.connect(self.reject)
        self.do_button.clicked.connect(self._on_do_clicked)
        self.stack = QStackedWidget(self)
        self._lay_out()
        self._show(review)
        is_sure = review.plan.rows and all(one is None or one.score > 0 for one in review.file.layouts)
        self._go(_CHANGES if is_sure or review.plan.questions else _COLUMNS)

    def _lay_out(self) -> None:
        self.stack.addWidget(self.columns)
        self.stack.addWidget(self.changes)
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        row.addWidget(self.counts, 1)
        row.addWidget(self.leave_button)
        row.addWidget(self.do_button)
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, (1, 0.75, 1, 0.75))
        column.addWidget(label(f"Файл «{self._review.file.name[:120]}»", TextStyle.SECTION))
        column.addWidget(self.kind)
        column.addWidget(self.segments)
        column.addWidget(self.questions)
        column.addWidget(self.said)
        column.addWidget(self.stack, 1)
        column.addLayout(row)
        room = self.screen().availableSize()
        self.resize(min(chars(150), room.width() - lines(2)), min(lines(34), room.height() - lines(2.5)))

    def _show(self, review: TableReview) -> None:
        self._review = review
        plan = review.plan
        self.kind.setText(f"Узнано: {plan.captions}" if plan.kinds else "Что это за таблица, не узнано")
        self.segments.setVisible(not review.file.is_f1)
        if not review.file.is_f1:
            self.columns.show_file(review.file)
        self.questions.show_questions(review.file, plan.questions)
        self.changes.show_plan(plan, default_choice(plan))
        said = [*plan.notes[:_SAID_AT_ONCE]]
        rest = len(plan.notes) - len(said)
        words = " ".join(said) + (f" И ещё: {rest}." if rest > 0 else "")
        self.said.set_words(words.strip(), "triangle-alert" if said else "", Tone.MEDIUM if said else Tone.NORMAL)
        self.said.setToolTip("\n".join(plan.notes[:40]))
        self._show_counts()

    def _show_counts(self) -> None:
        plan, chosen = self._review.plan, self.changes.chosen
        titles = ("Столбцы", f"Что изменится ({sum(1 for row in plan.rows if row.changes)})")
        self.segments.set_segments(list(zip(_STEPS, titles, strict=True)))
        there = sum(1 for row in plan.rows if not row.changes)
        waiting = sum(1 for row in plan.rows if row.stops and row.key not in chosen)
        parts = [f"Отмечено {len(chosen)} из {len(plan.rows)}"]
        parts += [f"уже есть {there}"] if there else []
        parts += [f"ждут подтверждения {waiting}"] if waiting else []
        empty = "Сначала ответьте на вопросы." if plan.questions else "Данных не найдено: укажите, что в столбцах."
        self.counts.setText(" · ".join(parts) if plan.rows else empty)
        count = plural(len(chosen), "запись", "записи", "записей")
        self.do_button.setText(f"Загрузить {count}" if chosen else "Загрузить")
        self.do_button.setAccessibleName(self.do_button.text())
        self.do_button.setEnabled(bool(chosen))
        self.do_button.updateGeometry()

    def _go(self, step: str) -> None:
        self.segments.select(step)
        self.stack.setCurrentIndex(_STEPS.index(step))

    def _read(self, file: TableFile) -> None:
        """Read anew beside; an answer that a newer one has overtaken is dropped."""
        self._ticket += 1
        ticket, workspace = self._ticket, self._desk.workspace

        def on_read(found: TableReview) -> None:
            if ticket == self._ticket:
                self._show(found)

        self._desk.read(lambda: review_of(workspace, file), on_read)

    def _on_do_clicked(self) -> None:
        self.decided.emit(TableDecision(self._review, self.changes.chosen))
        self.accept()
