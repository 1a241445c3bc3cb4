"""«Анализ»: a card a subject and grade: its years, its skills by band, what they say; red skills go to the register."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.russian import plural
from shnor_desktop.services import roadmap
from shnor_desktop.services.difficulties import RedSkill, add_to_register, red_skills
from shnor_desktop.services.records import Done
from shnor_desktop.services.result_reading import CardView, ReadingView, reading
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.gradual import Gradual
from shnor_desktop.ui.pages.sheet import SHEET_CHARS
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.charts import ChartPanel
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.results_card import CardSheet, show_chart
from shnor_desktop.ui.workspaces.school.results_charts import overview_chart

_AT_ONCE = 2
_ALL = "Все предметы"


@dataclass(frozen=True, slots=True)
class ReadingData:
    """What the tab shows: the cards, and everything red with its place in the register."""

    view: ReadingView
    red: tuple[RedSkill, ...]


class ReadingPane(QWidget):
    """The tab; reads when it is shown and after changes. `register_wanted` names the part with the register."""

    register_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._data: ReadingData | None = None
        self.cards: dict[str, CardSheet] = {}
        self.overview: ChartPanel | None = None
        self.subjects = QuietCombo()
        self.subjects.setAccessibleName("Предмет")
        self.subjects.currentIndexChanged.connect(lambda _at: self._apply_subject())
        self.register = Button("", ButtonKind.PLAIN, "clipboard-list", "Всё, что выполнено недостаточно, одной кнопкой")
        self.register.clicked.connect(self.add_all_red)
        self._tools = QWidget()
        tools = QHBoxLayout(self._tools)
        set_gaps(tools, 0.5, (1, 0.5, 1, 0))
        tools.addWidget(self.subjects)
        tools.addStretch(1)
        tools.addWidget(self.register)
        self.area = ScrollColumn(gap=0.75)
        self._gradual = Gradual(self)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._tools)
        column.addWidget(self.area, 1)
        self._tools.hide()
        desk.changed.connect(self._on_desk_changed)

    def showEvent(self, event: QShowEvent) -> None:
        """Read what is shown."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the results anew, off the interface thread."""
        workspace, school = self._desk.workspace, self._desk.school

        def work() -> ReadingData:
            view = reading(workspace, school)
            return ReadingData(view, red_skills(workspace, [one.card for one in view.cards], school))

        self._desk.read(work, self.show_data)

    def show_data(self, data: ReadingData) -> None:
        """Draw the cards; nothing is drawn anew when nothing changed."""
        if data == self._data:
            return
        self._gradual.finish()
        self._data = data
        view = data.view
        opened = {name: card.open_folds for name, card in self.cards.items()}
        self.area.clear()
        self.cards, self.overview = {}, None
        self._tools.setVisible(bool(view.cards))
        if view.rules is None or not view.cards:
            self._show_empty(view)
            return
        self._fill_tools(data)
        mark = " Границы не подтверждены." if view.rules.unconfirmed else ""
        source = f" Источник: {view.rules.source}." if view.rules.source else ""
        about = label(
            f"{view.rules.text}{source}{mark} Учителей по результатам не оценивают.", TextStyle.SMALL, Tone.MUTED
        )
        set_chars(about, 30, SHEET_CHARS)
        self.area.add(about)
        chart = overview_chart(view)
        if chart is not None:
            self.overview = ChartPanel(chart.title)
            set_chars(self.overview, 30, SHEET_CHARS)
            show_chart(self.overview, chart)
            self.area.add(self.overview)
        made = [partial(self._add_card, card, opened.get(card.card.id, ())) for card in view.cards]
        self._gradual.begin(made, _AT_ONCE)

    def add_all_red(self) -> None:
        """Everything red that is shown goes to the register as one step."""
        self._add_to_register(self._new_red())

    def _new_red(self) -> list[RedSkill]:
        subject = self.subjects.currentData() or ""
        red = self._data.red if self._data is not None else ()
        return [one for one in red if not one.is_there and subject in ("", one.card.subject)]

    def _fill_tools(self, data: ReadingData) -> None:
        names = dict.fromkeys((one.card.subject, one.card.title.split(",")[0]) for one in data.view.cards)
        chosen = self.subjects.currentData()
        self.subjects.blockSignals(True)
        self.subjects.clear()
        self.subjects.addItem(_ALL, "")
        for subject, name in sorted(names, key=lambda pair: pair[1].casefold()):
            self.subjects.addItem(name, subject)
        self.subjects.setCurrentIndex(max(0, self.subjects.findData(chosen)))
        self.subjects.blockSignals(False)
        self._fill_register()

    def _fill_register(self) -> None:
        new = len(self._new_red())
        self.register.setVisible(bool(new) and not self._desk.is_read_only)
        words = f"В реестр затруднений: {plural(new, 'строка', 'строки', 'строк')}"
        self.register.setText(words)
        self.register.setAccessibleName(words)

    def _apply_subject(self) -> None:
        subject = self.subjects.currentData() or ""
        for card in self.cards.values():
            card.setVisible(subject in ("", card.view.card.subject))
        if self.overview is not None:
            self.overview.setVisible(not subject)
        self._fill_register()

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

    def _add_card(self, view: CardView, folds: Sequence[str]) -> None:
        data = self._data
        if data is None or data.view.rules is None:
            return
        red = [one for one in data.red if one.card is view.card]
        card = CardSheet(view, self._desk, data.view.rules, data.view.low_share, red)
        card.measure_chosen.connect(self._on_measure_chosen)
        card.roadmap_wanted.connect(lambda: self._desk.open(findings.ROADMAP))
        card.register_wanted.connect(self._add_to_register)
        for name in folds:
            card.toggle(name)
        self.cards[view.card.id] = card
        self.area.add(card)
        subject = self.subjects.currentData() or ""
        card.setVisible(subject in ("", view.card.subject))

    def _add_to_register(self, red: Sequence[RedSkill]) -> None:
        workspace, desk = self._desk.workspace, self._desk

        def on_added(done: Done) -> None:
            words = Notice(
                f"{done.operation[:1].upper()}{done.operation[1:]}.", "", "Запишите, что делаем и до какого дня."
            )
            desk.say(words, MessageLevel.DONE, "Открыть реестр", self.register_wanted.emit)

        if red:
            desk.write(lambda: add_to_register(workspace, red), on_added)

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
