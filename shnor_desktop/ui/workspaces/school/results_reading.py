"""«Анализ»: a card a subject and grade: its years, its tasks by band, what they say, a measure where it is red."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.result_reading import ResultCard, Statement, TaskReading, YearMarks
from shnor_desktop.domain.russian import NBSP, percent
from shnor_desktop.services import roadmap
from shnor_desktop.services.records import Done
from shnor_desktop.services.result_reading import CardView, ReadingView, reading
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.gradual import Gradual
from shnor_desktop.ui.pages.sheet import SHEET_CHARS, Sheet
from shnor_desktop.ui.theme import Level, TextStyle, Tone, lines, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.charts import Bar, BarChart
from shnor_desktop.ui.widgets.labels import LevelBadge, SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.workspaces.school.roadmap_offer import MeasureOffers

_TONES = {Level.HIGH: Tone.HIGH, Level.MEDIUM: Tone.MEDIUM, Level.LOW: Tone.LOW, Level.UNKNOWN: Tone.MUTED}
_ICONS = {Level.HIGH: "triangle", Level.MEDIUM: "diamond", Level.LOW: "circle-check", Level.UNKNOWN: "info"}
_WORDS = {
    Level.HIGH: "нужны меры",
    Level.MEDIUM: "обратить внимание",
    Level.LOW: "без замечаний",
    Level.UNKNOWN: "вывод не делается",
}
_TASKS = (
    Column("code", "Задание", 8),
    Column("difficulty", "Сложность", 12),
    Column("percent", "Выполнение", 11, is_number=True),
    Column("n", "n", 5, is_number=True, hint="Сколько участников"),
    Column("verdict", "Вывод", 24, stretches=True),
)
_AT_ONCE = 2
_MOST_ROWS = 10


class ReadingPane(QWidget):
    """The tab; reads when it is shown and after changes."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._view: ReadingView | None = None
        self.cards: dict[str, CardSheet] = {}
        self.area = ScrollColumn(gap=0.75)
        self._gradual = Gradual(self)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.area)
        desk.changed.connect(self._on_desk_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is shown."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the results anew, off the interface thread."""
        workspace, school = self._desk.workspace, self._desk.school
        self._desk.read(lambda: reading(workspace, school), self.show_view)

    def show_view(self, view: ReadingView) -> None:
        """Draw the cards; nothing is drawn anew when nothing changed."""
        if view == self._view:
            return
        self._gradual.finish()
        self._view = view
        opened = {name for name, card in self.cards.items() if card.is_open}
        self.area.clear()
        self.cards = {}
        if view.rules is None or not view.cards:
            self._show_empty(view)
            return
        mark = " Границы не подтверждены." if view.rules.unconfirmed else ""
        source = f" Источник: {view.rules.source}." if view.rules.source else ""
        about = label(
            f"{view.rules.text}{source}{mark} Учителей по результатам не оценивают.", TextStyle.SMALL, Tone.MUTED
        )
        set_chars(about, 30, SHEET_CHARS)
        self.area.add(about)
        made = [partial(self._add_card, card, card.card.id in opened) for card in view.cards]
        self._gradual.begin(made, _AT_ONCE)

    def _show_empty(self, view: ReadingView) -> None:
        words = (
            "Внесите результаты процедур или загрузите их из файла: здесь появятся выводы по заданиям, годам и журналу."
            if view.rules is not None
            else "В методике не указано, как читать результаты. Обратитесь к координатору."
        )
        about = label(words, TextStyle.BODY, Tone.MUTED)
        set_chars(about, 30, SHEET_CHARS)
        self.area.add(label("Анализировать пока нечего", TextStyle.SECTION))
        self.area.add(about)

    def _add_card(self, view: CardView, is_open: bool) -> None:
        card = CardSheet(view, self._desk, self._view.low_share if self._view else Decimal(0))
        card.measure_chosen.connect(self._on_measure_chosen)
        card.roadmap_wanted.connect(lambda: self._desk.open(findings.ROADMAP))
        if is_open:
            card.toggle_tasks()
        self.cards[view.card.id] = card
        self.area.add(card)

    def _on_measure_chosen(self, measure: str, terms: dict[str, str]) -> None:
        workspace, desk = self._desk.workspace, self._desk

        def work() -> Done:
            return roadmap.add_from_library(
                workspace,
                measure,
                owner=terms.get("owner", ""),
                deadline=terms.get("deadline", ""),
                due=terms.get("due") or None,
            )

        def on_added(done: Done) -> None:
            words = Notice("Мероприятие добавлено в дорожную карту.", "", "Проверьте срок и ответственного.")
            desk.say(words, MessageLevel.DONE, "Открыть", lambda: desk.open(findings.ROADMAP, f"measure:{done.row}"))

        desk.write(work, on_added)

    def _on_desk_changed(self) -> None:
        if self.isVisible():
            self.refresh()


class CardSheet(Sheet):
    """One procedure, subject and grade. Tells the measure that was chosen, with its terms."""

    measure_chosen = Signal(str, dict)
    roadmap_wanted = Signal()

    def __init__(self, view: CardView, desk: Desk, low_share: Decimal, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._low_share = low_share
        self._desk = desk
        self.tasks: RecordTable | None = None
        self.offers: MeasureOffers | None = None
        card = view.card
        level = Level(card.level.value)
        self.set_level(level)
        self.column.addWidget(label(card.title, TextStyle.STRONG))
        self.column.addWidget(LevelBadge(level, _WORDS[level]))
        if card.years:
            self._add_years(card.years)
        if card.caution:
            self.column.addWidget(_sign(card.caution, "info", Tone.MUTED))
        for statement in card.statements:
            self._add_statement(statement, card)
        for problem in card.problems:
            self.column.addWidget(_sign(f"{problem.sentence}.", "circle-alert", Tone.HIGH))
        if card.tasks:
            words = f"Задания {card.task_year} года ({len(card.tasks)})"
            self._tasks_button = self._add_link(words, "chevron-down", self.toggle_tasks)
        if card.needs_action:
            self._add_action()

    @property
    def is_open(self) -> bool:
        """Whether the table of the tasks is unfolded."""
        return self.tasks is not None and not self.tasks.isHidden()

    def toggle_tasks(self) -> None:
        """Unfold the table of the tasks, or fold it."""
        if self.tasks is None:
            self.tasks = RecordTable(_TASKS, f"Задания: {self.view.card.title}")
            rows = [_task_row(at, task) for at, task in enumerate(self.view.card.tasks)]
            self.tasks.set_rows(sorted(rows, key=lambda row: row.sort_keys[-1]))
            self.tasks.setFixedHeight(lines(1.9) + min(len(self.view.card.tasks), _MOST_ROWS) * lines(1.75))
            self.column.insertWidget(self.column.indexOf(self._tasks_button) + 1, self.tasks)
            self.tasks.show()
        else:
            self.tasks.setVisible(self.tasks.isHidden())

    def toggle_offers(self) -> None:
        """Offer the measures of the methodology that answer this, or fold them."""
        if self.offers is None:
            self.offers = MeasureOffers(parent=self)
            self.offers.chosen.connect(self.measure_chosen)
            self.offers.show_measures(self.view.measures, self._desk.workspace.pack, ())
            self.column.addWidget(self.offers)
            self.offers.show()
        else:
            self.offers.setVisible(self.offers.isHidden())

    def _add_years(self, years: Sequence[YearMarks]) -> None:
        chart = BarChart(self)
        chart.set_bars([_year_bar(year, self._low_share) for year in years], 100)
        self.column.addWidget(label(self._chart_words(), TextStyle.SMALL, Tone.MUTED))
        self.column.addWidget(chart)
        self.column.addWidget(label("\n".join(_marks_words(year) for year in years), TextStyle.SMALL, Tone.MUTED))

    def _chart_words(self) -> str:
        line = f"; черта — граница низкого результата, {percent(self._low_share)}" if self._low_share else ""
        return f"Доля участников ниже минимального уровня{line}"

    def _add_statement(self, statement: Statement, card: ResultCard) -> None:
        level = Level(statement.level.value)
        caution = "" if statement.caution == card.caution else f" {statement.caution}"
        self.column.addWidget(_sign(f"{statement.text}{caution}", _ICONS[level], _TONES[level]))

    def _add_action(self) -> None:
        if self._desk.is_read_only:
            return
        if self.view.measures:
            self._add_link("добавить мероприятие", "plus", self.toggle_offers)
            return
        self.column.addWidget(
            label("Все мероприятия методики по этой теме уже в дорожной карте.", TextStyle.SMALL, Tone.MUTED)
        )
        self._add_link("открыть дорожную карту", "list-checks", self.roadmap_wanted.emit)

    def _add_link(self, words: str, icon: str, action: Callable[[], None]) -> Button:
        button = Button(words, ButtonKind.LINK, icon)
        button.set_small()
        button.clicked.connect(lambda: action())
        self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button


def _sign(words: str, icon: str, tone: Tone) -> SignText:
    made = SignText()
    made.set_words(words, icon, tone)
    return made


def _year_bar(year: YearMarks, limit: Decimal) -> Bar:
    """Red from the border of a low result on, which stands as a line across the bar."""
    tone = Tone.HIGH if limit and year.share >= limit else None
    return Bar(str(year.year), float(year.share), year.words, tone, mark=float(limit) if limit else None)


def _marks_words(year: YearMarks) -> str:
    """«2024: «2» — 5, «3» — 6, «4» — 2, «5» — 1»."""
    marks = [
        f"«{mark}»{NBSP}—{NBSP}{count}"
        for mark, count in zip((2, 3, 4, 5), year.marks, strict=True)
        if count is not None
    ]
    return f"{year.year}: {', '.join(marks)}"


def _task_row(at: int, task: TaskReading) -> Row:
    level = Level(task.level.value)
    sign = f"{level.sign} {task.word}" if level is not Level.UNKNOWN else task.word
    cells = (task.code or "—", task.difficulty or "—", task.shown, str(task.n or "—"), sign)
    order = {Level.HIGH: 0, Level.MEDIUM: 1, Level.UNKNOWN: 2, Level.LOW: 3}
    keys = (at, task.difficulty, task.percent if task.percent is not None else -1, task.n or 0, order[level])
    return Row(str(at), cells, keys, tones={"verdict": _TONES[level]})
