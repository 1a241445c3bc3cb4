"""A road map out of a file, looked through before it is added: columns first, then measures with their doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.plan_table import TableLayout
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.plan_import import BY_DATES, FoundMeasure, PlanFile, PlanPlaces, find_measures, read_again
from shnor_desktop.services.wording import phrase
from shnor_desktop.ui.forms.choices import NOT_CHOSEN, QuietCombo
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.plan_columns import ColumnsView
from shnor_desktop.ui.pages.plan_measures import MeasuresView
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.segments import SegmentBar

_STEPS = _COLUMNS, _MEASURES, _TIES = "columns", "measures", "ties"
_SAID_AT_ONCE = 3


@dataclass(frozen=True, slots=True)
class PlanReview:
    """A file that was read, with what would come of it."""

    file: PlanFile
    measures: tuple[FoundMeasure, ...]
    places: PlanPlaces


@dataclass(frozen=True, slots=True)
class Decision:
    """What is to be added, and to what it is tied."""

    file: PlanFile
    measures: tuple[FoundMeasure, ...]
    task: str
    stage: str


class PlanReviewDialog(QDialog):
    """Nothing is written while it is open; `decided(Decision)` tells what to write. `open()` it."""

    decided = Signal(object)

    def __init__(self, desk: Desk, review: PlanReview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Дорожная карта из файла")
        self._desk = desk
        self._review = review
        self._accepted: dict[int, list[int]] = {}
        self._ticket = 0
        self.segments = SegmentBar("Шаги загрузки")
        self.segments.chosen.connect(self._go)
        self.columns = ColumnsView()
        self.columns.layouts_changed.connect(self._on_layouts_changed)
        self.measures = MeasuresView()
        self.measures.chosen_changed.connect(self._show_counts)
        self.measures.accepted_changed.connect(self._on_accepted_changed)
        self.measures.all_accepted.connect(self._on_all_accepted)
        self.task = _combo("Задача программы", review.places.tasks)
        self.stage = _combo("Этап", [(BY_DATES, "по срокам мероприятий"), *review.places.stages])
        self.said = SignText()
        self.counts = label("", TextStyle.BODY, Tone.MUTED)
        self.leave_button = Button("Не загружать")
        self.do_button = Button("Добавить", ButtonKind.PRIMARY)
        self.leave_button.clicked.connect(self.reject)
        self.do_button.clicked.connect(self._on_do_clicked)
        self.stack = QStackedWidget(self)
        self._lay_out()
        self._show_new(review)
        has_plan = bool(review.measures)
        is_doubtful = any(layout.is_taken and layout.header < 0 for layout in review.file.layouts)
        self._go(_MEASURES if has_plan and not is_doubtful else _COLUMNS)

    @property
    def chosen(self) -> tuple[FoundMeasure, ...]:
        """The measures that would be added now."""
        wanted = self.measures.chosen
        return tuple(one for one in self._review.measures if one.at in wanted)

    def _lay_out(self) -> None:
        self.stack.addWidget(self.columns)
        self.stack.addWidget(self.measures)
        self.stack.addWidget(self._make_ties())
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        row.addWidget(self.counts, 1)
        row.addWidget(self.leave_button)
        row.addWidget(self.do_button)
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, (1, 0.75, 1, 0.75))
        column.addWidget(label(f"План из файла «{self._review.file.name}»", TextStyle.SECTION))
        column.addWidget(self.segments)
        column.addWidget(self.said)
        column.addWidget(self.stack, 1)
        column.addLayout(row)
        room = self.screen().availableSize()
        self.resize(min(chars(150), room.width() - lines(2)), min(lines(34), room.height() - lines(2.5)))

    def _make_ties(self) -> QWidget:
        """What all the measures are tied to; it may be left for later."""
        ties = QWidget(self)
        column = QVBoxLayout(ties)
        set_gaps(column, 0.3, (0, 0.75, 0, 0))
        words = (
            "Для всех отмеченных сразу. Можно не выбирать: о задаче и этапе каждого мероприятия напомнит «Проверка»."
        )
        column.addWidget(label(words, TextStyle.BODY, Tone.MUTED))
        for caption, combo in (
            ("Какой задаче программы служат", self.task),
            ("На каком этапе выполняются", self.stage),
        ):
            column.addSpacing(lines(0.5))
            column.addWidget(label(caption, TextStyle.STRONG))
            column.addWidget(combo)
        column.addStretch(1)
        return ties

    def _show_new(self, review: PlanReview) -> None:
        """Another reading of the file: what was decided row by row is gone with the rows."""
        self._accepted = {}
        self._review = review
        self.columns.show_file(review.file)
        self._show_measures({one.at for one in review.measures if one.is_offered})
        self._say()

    def _show_measures(self, chosen: set[int]) -> None:
        review = self._review
        fitting = {one.at for one in review.measures if not one.refusal}
        self.measures.show_measures(review.file.plan.rows, review.measures, self._accepted, chosen & fitting)
        self._show_counts()

    def _say(self) -> None:
        """What was not read as a measure: nothing is left out without a word."""
        doubts = self._review.file.plan.doubts
        said = [f"{phrase(f'plan_doubt.{one.code}')} ({one.before})" for one in doubts[:_SAID_AT_ONCE]]
        rest = len(doubts) - len(said)
        words = ". ".join(said) + (f". И ещё: {rest}." if rest else "." if said else "")
        self.said.set_words(words, "triangle-alert", Tone.MEDIUM)
        self.said.setToolTip("\n".join(f"{phrase(f'plan_doubt.{one.code}')}: {one.before}" for one in doubts[:40]))

    def _show_counts(self) -> None:
        measures, chosen = self._review.measures, self.chosen
        titles = ("Столбцы", f"Мероприятия ({len(measures)})", "Задача и этап")
        self.segments.set_segments(list(zip(_STEPS, titles, strict=True)))
        there = sum(1 for one in measures if one.is_there)
        unread = sum(1 for one in chosen if not one.is_understood)
        parts = [f"Отмечено {len(chosen)} из {len(measures)}"]
        parts += [f"уже есть {there}"] if there else []
        parts += [f"проверьте сроки: {unread}"] if unread else []
        self.counts.setText(" · ".join(parts) if measures else "Мероприятий не найдено: укажите столбцы.")
        count = plural(len(chosen), "мероприятие", "мероприятия", "мероприятий")
        self.do_button.setText(f"Добавить {count}" if chosen else "Добавить")
        self.do_button.setAccessibleName(self.do_button.text())
        self.do_button.setEnabled(bool(chosen))
        self.do_button.updateGeometry()

    def _go(self, step: str) -> None:
        self.segments.select(step)
        self.stack.setCurrentIndex(_STEPS.index(step))
        if step == _MEASURES:
            self.measures.table.setFocus()

    def _read(self, layouts: Sequence[TableLayout] | None, chosen: set[int] | None) -> None:
        """Read anew beside; an answer that a newer one has overtaken is dropped."""
        self._ticket += 1
        ticket, workspace, review, accepted = self._ticket, self._desk.workspace, self._review, dict(self._accepted)

        def work() -> PlanReview:
            file = review.file if layouts is None else read_again(review.file, layouts)
            return PlanReview(file, find_measures(workspace, file, accepted), review.places)

        def on_read(found: PlanReview) -> None:
            if ticket != self._ticket:
                return
            if chosen is None:
                self._show_new(found)
            else:
                self._review = found
                self._show_measures(chosen)

        self._desk.read(work, on_read)

    def _on_layouts_changed(self, layouts: list[TableLayout]) -> None:
        self._accepted = {}
        self._read(layouts, None)

    def _on_accepted_changed(self, row: int, places: list[int]) -> None:
        self._accepted[row] = places
        self._read(None, self.measures.chosen)

    def _on_all_accepted(self) -> None:
        for at, row in enumerate(self._review.file.plan.rows):
            self._accepted[at] = [place for place, doubt in enumerate(row.doubts) if doubt.is_repair]
        self._read(None, self.measures.chosen)

    def _on_do_clicked(self) -> None:
        task, stage = str(self.task.currentData() or ""), str(self.stage.currentData() or "")
        self.decided.emit(Decision(self._review.file, self.chosen, task, stage))
        self.accept()


def _combo(name: str, options: Sequence[tuple[str, str]]) -> QuietCombo:
    combo = QuietCombo()
    combo.setAccessibleName(name)
    set_chars(combo, 24, 70)
    combo.addItem(NOT_CHOSEN, "")
    for code, words in options:
        combo.addItem(words, code)
    return combo
