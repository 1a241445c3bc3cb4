"""A problem field on its sheet: what it rests on, why it is so, what answers it; and one that is only suggested."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.facts import MeasureFact, ProblemFact
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.problems import ProblemCard, SuggestedProblem
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import Level, TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import LevelBadge, LinkText, SignText, label
from shnor_desktop.ui.workspaces.school.roadmap_offer import MeasureOffers

EDITED = ("title", "causes", "facts", "factors")
_FEW = 3


class ProblemSheet(Sheet):
    """A problem field of the school."""

    edited = Signal(str, str, object)
    activity_changed = Signal(str, bool)
    moved = Signal(str, int)
    removed = Signal(str)
    measure_chosen = Signal(str, str, dict)
    measure_opened = Signal(str)

    def __init__(self, row: str, pack: Pack, read_only: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.row = row
        self._pack = pack
        self._read_only = read_only
        self._card: ProblemCard | None = None
        self._wants_offers = False
        self._owners: Options = ()
        self.form: RecordForm | None = None
        self.title = label("", TextStyle.STRONG)
        self.badge = LevelBadge()
        self.factors = label("", TextStyle.SMALL, Tone.MUTED)
        self.facts = label("", TextStyle.SMALL)
        self.causes = label("", TextStyle.SMALL)
        self.measures = MeasureLines(self)
        self.measures.opened.connect(self.measure_opened)
        self.unanswered = SignText(self)
        self.offers = MeasureOffers(parent=self)
        self.offers.chosen.connect(lambda measure, terms: self.measure_chosen.emit(self.row, measure, terms))
        self._make_buttons()
        self._lay_out()

    def show_card(self, card: ProblemCard, place: int, owners: Options, problems: dict[str, str]) -> None:
        """Show the problem as it stands; `problems` are words of the check by field."""
        self._card = card
        self._owners = owners
        problem = card.problem
        level = Level(card.level.value)
        self.set_level(level if problem.is_active else None)
        number = f"{place}. " if problem.is_active else ""
        self.title.setText(f"{number}{problem.label or 'Без названия'}")
        self.badge.set_level(level, f"значимость {level.word}")
        self.factors.setText("; ".join(card.factor_titles) or "Не связано с факторами риска")
        self.facts.setText(_lines("На чём основано", problem.facts))
        self.facts.setVisible(bool(problem.facts))
        self.causes.setText(_lines("Причины", problem.causes))
        self.causes.setVisible(bool(problem.causes))
        self.measures.show_measures(card.measures)
        words = problems.get("", "") or problems.get("factors", "") or problems.get("rank", "")
        if card.is_unanswered:
            words = "Мероприятия ещё нет. Добавьте одно из предложенных ниже или своё на странице «Дорожная карта»."
        self.unanswered.set_words(words, "triangle-alert", Tone.MEDIUM)
        shows = bool(problem.is_active) and (card.is_unanswered or self._wants_offers) and not self._read_only
        self.offers.setVisible(shows and bool(card.suggested))
        if shows:
            self.offers.show_measures(card.suggested, self._pack, owners)
        self.add.setVisible(bool(problem.is_active and card.suggested and not card.is_unanswered))
        self.put_off.setText("отложить" if problem.is_active else "взять в работу")
        for button in (self.up, self.down):
            button.setVisible(bool(problem.is_active) and not self._read_only)
        self._fill_form(problem, problems)

    def open_offers(self) -> None:
        """Show the measures that could answer the problem, though it has one already."""
        self._wants_offers = True
        if self._card is not None:
            self.offers.setVisible(bool(self._card.suggested))

    def toggle_form(self) -> None:
        """«изменить»: the fields of the problem, or fold them away."""
        if self.form is None:
            fields = info_of(ProblemField).fields
            choices = tuple((factor.code, factor.title) for factor in self._pack.factors)
            chosen = [replace(fields[name], choices=choices) if name == "factors" else fields[name] for name in EDITED]
            self.form = RecordForm(chosen, parse)
            self.form.field_edited.connect(lambda name, value: self.edited.emit(self.row, name, value))
            self.column.addWidget(self.form)
            self.form.show()
        else:
            self.form.setVisible(self.form.isHidden())
        if self._card is not None:
            self._fill_form(self._card.problem, {})
        if not self.form.isHidden():
            self.form.focus_field("title")

    def focus_field(self, name: str) -> None:
        """Unfold the form with the cursor in a field."""
        if name in EDITED:
            if self.form is None or self.form.isHidden():
                self.toggle_form()
            assert self.form is not None
            self.form.focus_field(name)

    def refuse(self, name: str, message: Worded) -> None:
        """Show why a field was not saved."""
        if self.form is not None and name in self.form.editors:
            self.form.editors[name].set_error(f"{message.what} {message.do}")

    def _fill_form(self, problem: ProblemFact, problems: dict[str, str]) -> None:
        if self.form is not None:
            values = {name: getattr(problem, name) for name in EDITED}
            self.form.set_record(values, problems, self._read_only)

    def _make_buttons(self) -> None:
        self.up = Button("", ButtonKind.QUIET, "arrow-up", "Важнее: поднять выше")
        self.up.clicked.connect(lambda: self.moved.emit(self.row, -1))
        self.down = Button("", ButtonKind.QUIET, "arrow-down", "Менее важно: опустить ниже")
        self.down.clicked.connect(lambda: self.moved.emit(self.row, 1))
        self.add = Button("добавить мероприятие", ButtonKind.LINK)
        self.add.clicked.connect(self._on_add_clicked)
        self.change = Button("изменить", ButtonKind.LINK)
        self.change.clicked.connect(self.toggle_form)
        self.put_off = Button("отложить", ButtonKind.LINK)
        self.put_off.clicked.connect(self._on_put_off_clicked)
        self.remove = Button("удалить", ButtonKind.LINK)
        self.remove.clicked.connect(lambda: self.removed.emit(self.row))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        set_gaps(top, 0.25)
        top.addWidget(self.title, 1)
        top.addWidget(self.up, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self.down, 0, Qt.AlignmentFlag.AlignTop)
        levels = QHBoxLayout()
        set_gaps(levels, 0.5)
        levels.addWidget(self.badge, 0, Qt.AlignmentFlag.AlignTop)
        levels.addWidget(self.factors, 1)
        self.column.addLayout(top)
        self.column.addLayout(levels)
        for widget in (self.facts, self.causes, self.measures, self.unanswered, self.offers):
            self.column.addWidget(widget)
        actions = QWidget(self)
        flow = FlowLayout(actions)
        set_gaps(flow, 0.4)
        for button in (self.add, self.change, self.put_off, self.remove):
            button.set_small()
            flow.addWidget(button)
        actions.setVisible(not self._read_only)
        self.column.addWidget(actions)

    def _on_add_clicked(self) -> None:
        self.open_offers()
        if self._card is not None:
            self.offers.show_measures(self._card.suggested, self._pack, self._owners)

    def _on_put_off_clicked(self) -> None:
        is_active = bool(self._card and self._card.problem.is_active)
        self.activity_changed.emit(self.row, not is_active)


class MeasureLines(QWidget):
    """The measures that answer a problem, each a link to its row of the road map."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measures: tuple[MeasureFact, ...] = ()
        self._most = _FEW
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0.1)
        self.hide()

    def show_measures(self, measures: tuple[MeasureFact, ...]) -> None:
        """Show the first ones, the others on request."""
        if measures != self._measures:
            self._measures = measures
            self._draw()

    def _draw(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for measure in self._measures[: self._most]:
            link = LinkText(self)
            link.setWordWrap(True)
            link.set_parts([("✓ " if measure.state == "done" else "· ", ""), (_measure_words(measure), measure.id)], "")
            link.link_chosen.connect(self.opened)
            self._column.addWidget(link)
        left = len(self._measures) - self._most
        if left > 0:
            words = plural(left, "мероприятие", "мероприятия", "мероприятий")
            more = Button(f"ещё {words}", ButtonKind.LINK, "chevron-down")
            more.set_small()
            more.clicked.connect(self._show_all)
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
        self.setVisible(bool(self._measures))

    def _show_all(self) -> None:
        self._most = len(self._measures)
        self._draw()


class SuggestionSheet(Sheet):
    """A problem field that the risk profile suggests; one click takes it into work."""

    accepted = Signal(str)

    def __init__(self, found: SuggestedProblem, read_only: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = found
        level = Level(found.level.value)
        self.set_level(level)
        self.accept = Button("Взять в работу", ButtonKind.PLAIN, "plus")
        self.accept.setAccessibleName(f"Взять в работу: {found.title}")
        self.accept.clicked.connect(lambda: self.accepted.emit(found.template))
        words = QVBoxLayout()
        set_gaps(words, 0.35)
        words.addWidget(label(found.title, TextStyle.STRONG))
        levels = QHBoxLayout()
        set_gaps(levels, 0.5)
        levels.addWidget(LevelBadge(level, f"значимость {level.word}"), 0, Qt.AlignmentFlag.AlignTop)
        levels.addWidget(label(found.factor_title, TextStyle.SMALL, Tone.MUTED), 1)
        words.addLayout(levels)
        if found.facts:
            words.addWidget(label(_lines("На чём основано", found.facts), TextStyle.SMALL))
        if found.causes:
            words.addWidget(label(_lines("Возможные причины", "\n".join(found.causes)), TextStyle.SMALL))
        if found.measures:
            count = plural(len(found.measures), "мероприятие", "мероприятия", "мероприятий")
            names = f"В методике {count}, первое: {found.measures[0].title}."
            words.addWidget(label(names, TextStyle.SMALL, Tone.MUTED))
        row = QHBoxLayout()
        set_gaps(row, 0.75)
        row.addLayout(words, 1)
        row.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)
        self.accept.setVisible(not read_only)


def _lines(caption: str, text: str | None) -> str:
    """«Причины: одна; другая»: the lines of a text after its caption."""
    found = [line.strip() for line in (text or "").splitlines() if line.strip()]
    return f"{caption}: {'; '.join(found)}"


def _measure_words(measure: MeasureFact) -> str:
    return f"{measure.label} ({measure.deadline})" if measure.deadline else measure.label
