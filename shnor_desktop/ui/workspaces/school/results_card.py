"""A card of «Анализ»: a procedure in a subject and grade; charts unfold in it, red skills go to the register."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.methodology import ResultReading
from shnor_desktop.domain.result_reading import ResultCard, Statement, TaskReading, YearMarks
from shnor_desktop.domain.russian import NBSP, number, percent, plural, share
from shnor_desktop.services.difficulties import RedSkill
from shnor_desktop.services.result_reading import CardView
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.theme import Level, TextStyle, Tone, lines
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.charts import Bar, BarChart, ChartPanel
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import LevelBadge, SignText, label
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.workspaces.school.results_charts import (
    Chart,
    journal_words,
    marks_chart,
    scores_chart,
    skills_chart,
)
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
    Column("skill", "Умение", 30, stretches=True),
    Column("difficulty", "Сложность", 12),
    Column("percent", "Выполнение", 11, is_number=True),
    Column("n", "n", 5, is_number=True, hint="Сколько участников"),
    Column("verdict", "Вывод", 18),
)
_CLASSES = (
    Column("name", "Класс", 10, stretches=True),
    Column("n", "n", 6, is_number=True, hint="Сколько участников"),
    *(Column(f"mark_{mark}", f"«{mark}»", 6, is_number=True) for mark in (2, 3, 4, 5)),
    Column("below", "Ниже минимума", 20, is_number=True),
    Column("mean", "Средняя отметка", 14, is_number=True),
)
_MOST_ROWS = 10


class CardSheet(Sheet):
    """One procedure, subject and grade. Tells the measure that was chosen, and the skills for the register."""

    measure_chosen = Signal(str, dict)
    roadmap_wanted = Signal()
    register_wanted = Signal(list)

    def __init__(
        self,
        view: CardView,
        desk: Desk,
        rules: ResultReading,
        low_share: Decimal,
        red: Sequence[RedSkill] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.view = view
        self.red = tuple(red)
        self._low_share = low_share
        self._desk = desk
        self._folds: dict[str, Callable[[], QWidget]] = {}
        self.folds: dict[str, QWidget] = {}
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
        self._add_folds(card, rules)
        if card.needs_action:
            self._add_action()

    @property
    def tasks(self) -> RecordTable | None:
        """The table of the tasks, once it was unfolded."""
        found = self.folds.get("tasks")
        return found if isinstance(found, RecordTable) else None

    @property
    def open_folds(self) -> tuple[str, ...]:
        """What is unfolded."""
        return tuple(name for name, widget in self.folds.items() if not widget.isHidden())

    def toggle(self, name: str) -> None:
        """Unfold a chart or table, or fold it."""
        if name not in self._folds:
            return
        if name not in self.folds:
            made = self._folds[name]()
            self.folds[name] = made
            self.column.insertWidget(self.column.indexOf(self._links) + len(self.folds), made)
            made.show()
        else:
            self.folds[name].setVisible(self.folds[name].isHidden())

    def toggle_tasks(self) -> None:
        """Unfold the table of the tasks, or fold it."""
        self.toggle("tasks")

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
        line = f"; черта — граница низкого результата, {percent(self._low_share)}" if self._low_share else ""
        words = f"Доля участников ниже минимального уровня{line}"
        self.column.addWidget(label(words, TextStyle.SMALL, Tone.MUTED))
        self.column.addWidget(chart)
        self.column.addWidget(label("\n".join(_marks_words(year) for year in years), TextStyle.SMALL, Tone.MUTED))

    def _add_folds(self, card: ResultCard, rules: ResultReading) -> None:
        """Links under the conclusions: each chart and table is made when it is first asked for."""
        charts = {
            "skills": ("Карта умений", skills_chart(card, rules)),
            "marks": ("Отметки по годам", marks_chart(card)),
            "scores": ("Первичные баллы", scores_chart(card, rules)),
        }
        offered: list[tuple[str, str]] = []
        for name, (words, chart) in charts.items():
            if chart is not None:
                offered.append((name, words))
                self._folds[name] = partial(_chart, chart)
        if card.journal is not None:
            offered.append(("journal", "Сверка с журналом"))
            self._folds["journal"] = partial(_journal, card)
        if card.paper is not None and card.paper.classes:
            offered.append(("classes", "По классам"))
            self._folds["classes"] = partial(_classes, card)
        if card.tasks:
            offered.append(("tasks", f"Задания {card.task_year} года ({len(card.tasks)})"))
            self._folds["tasks"] = partial(_tasks, card)
        self._links = QWidget(self)
        flow = FlowLayout(self._links)
        for name, words in offered:
            flow.addWidget(self._link(words, "chevron-down", partial(self.toggle, name)))
        self.column.addWidget(self._links)
        self._links.setVisible(bool(offered))

    def _add_statement(self, statement: Statement, card: ResultCard) -> None:
        level = Level(statement.level.value)
        caution = "" if statement.caution == card.caution else f" {statement.caution}"
        self.column.addWidget(_sign(f"{statement.text}{caution}", _ICONS[level], _TONES[level]))

    def _add_action(self) -> None:
        if self._desk.is_read_only:
            return
        new = [one for one in self.red if not one.is_there]
        if new:
            words = f"в реестр затруднений ({plural(len(new), 'строка', 'строки', 'строк')})"
            self._add_link(words, "clipboard-list", lambda: self.register_wanted.emit(new))
        elif self.red:
            self.column.addWidget(label("Всё красное уже в реестре затруднений.", TextStyle.SMALL, Tone.MUTED))
        if self.view.measures:
            self._add_link("добавить мероприятие", "plus", self.toggle_offers)
            return
        self.column.addWidget(
            label("Все мероприятия методики по этой теме уже в дорожной карте.", TextStyle.SMALL, Tone.MUTED)
        )
        self._add_link("открыть дорожную карту", "list-checks", self.roadmap_wanted.emit)

    def _add_link(self, words: str, icon: str, action: Callable[[], None]) -> None:
        self.column.addWidget(self._link(words, icon, action), 0, Qt.AlignmentFlag.AlignLeft)

    def _link(self, words: str, icon: str, action: Callable[[], None]) -> Button:
        button = Button(words, ButtonKind.LINK, icon)
        button.set_small()
        button.clicked.connect(lambda: action())
        return button


def show_chart(panel: ChartPanel, chart: Chart) -> None:
    """Draw a chart in a panel."""
    panel.set_drawing(chart.drawing, chart.columns, chart.rows, chart.caption)


def _chart(chart: Chart) -> ChartPanel:
    panel = ChartPanel(chart.title)
    show_chart(panel, chart)
    return panel


def _journal(card: ResultCard) -> ChartPanel:
    counts = card.journal or (0, 0, 0)
    n = sum(counts)
    panel = ChartPanel(f"Отметки работы и журнала: {card.title}")
    names, tones = ("ниже", "подтвердили", "выше"), (Tone.MEDIUM, None, Tone.MEDIUM)
    bars = [Bar(name, count, share(count, n), tone) for name, count, tone in zip(names, counts, tones, strict=True)]
    panel.set_bars(bars, caption=journal_words(card))
    return panel


def _classes(card: ResultCard) -> RecordTable:
    found = card.paper.classes if card.paper is not None else ()
    table = RecordTable(_CLASSES, f"По классам: {card.title}")
    rows = []
    for at, one in enumerate(found):
        mean = "—" if one.mean_mark is None else number(one.mean_mark)
        below = share(one.below, one.participants) if one.participants else "—"
        rows.append(Row(str(at), (one.name, str(one.participants), *map(str, one.marks), below, mean)))
    table.set_rows(rows)
    table.setFixedHeight(lines(1.9) + min(len(rows), _MOST_ROWS) * lines(1.75))
    return table


def _tasks(card: ResultCard) -> RecordTable:
    table = RecordTable(_TASKS, f"Задания: {card.title}")
    rows = [_task_row(at, task) for at, task in enumerate(card.tasks)]
    table.set_rows(sorted(rows, key=lambda row: row.sort_keys[-1]))
    table.setFixedHeight(lines(1.9) + min(len(card.tasks), _MOST_ROWS) * lines(1.75))
    return table


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
    cells = (task.code or "—", task.skill or "—", task.difficulty or "—", task.shown, str(task.n or "—"), sign)
    order = {Level.HIGH: 0, Level.MEDIUM: 1, Level.UNKNOWN: 2, Level.LOW: 3}
    done = task.percent if task.percent is not None else -1
    keys = (at, task.skill.casefold(), task.difficulty, done, task.n or 0, order[level])
    return Row(str(at), cells, keys, tones={"verdict": _TONES[level]})
