"""A measure of the methodology offered to the school: added as it is, or with the school's own owner and dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shnor_desktop.domain.methodology import Measure as LibraryMeasure
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.occurrences import Deadlines
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import ensure_programme, supplement
from shnor_desktop.services.records import Done
from shnor_desktop.services.roadmap import add_from_library, evidence, executors
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.forms.deadline import ReadingLine
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.deadline_note import DeadlineNote, add_below
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label

_TERMS = (("owner", "owner"), ("due_on", "due"), ("deadline", "deadline"))


def take_measure(workspace: Workspace, measure: str, problem: str, terms: Mapping[str, str]) -> Done:
    """Add a measure that answers a problem; the programme, or the task of the problem, is begun first if need be."""
    facts = read_facts(workspace)
    if facts.programme is None:
        ensure_programme(workspace)
    elif not any(goal.kind == "task" and goal.problem == problem for goal in facts.current(facts.goals)):
        supplement(workspace)
    return add_from_library(
        workspace,
        measure,
        owner=terms.get("owner", ""),
        deadline=terms.get("deadline", ""),
        due=terms.get("due") or None,
        problem=problem,
    )


class MeasureOffer(QWidget):
    """One measure; `chosen` tells its id and the terms that were typed (owner, due, deadline), maybe none."""

    chosen = Signal(str, dict)

    def __init__(
        self,
        measure: LibraryMeasure,
        pack: Pack,
        owners: Options,
        parent: QWidget | None = None,
        deadlines: Deadlines | None = None,
        desk: Desk | None = None,
    ) -> None:
        super().__init__(parent)
        self.measure = measure
        self._phrase = pack.deadline_of(measure)
        self._deadlines = deadlines
        self._desk = desk
        self._owners = owners
        self._terms: dict[str, str] = {}
        self.terms: QWidget | None = None
        self.editors: dict[str, FieldEditor] = {}
        self.add = Button("Добавить", ButtonKind.PLAIN, "plus")
        self.add.setAccessibleName(f"Добавить мероприятие: {measure.title}")
        self.add.clicked.connect(lambda: self.chosen.emit(measure.id, {}))
        self.own = Button("с моими сроками", ButtonKind.LINK)
        self.own.setAccessibleName(f"Добавить с моими сроками: {measure.title}")
        self.own.clicked.connect(self.toggle_terms)
        actions = QHBoxLayout()
        set_gaps(actions, 0.3)
        actions.addWidget(self.add)
        actions.addWidget(self.own)
        actions.addStretch(1)
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0.2, (0, 0.4, 0, 0.4))
        self._column.addWidget(label(measure.title))
        self._column.addWidget(label(_about(measure, pack), TextStyle.SMALL, Tone.MUTED))
        self.reading = ReadingLine(self)
        if deadlines is not None:
            found = deadlines.read(self._phrase, measure.stage)
            self.reading.set_reading(found.words(deadlines.on), found.is_sure, False)
        self._column.addWidget(self.reading)
        self._column.addLayout(actions)

    def toggle_terms(self) -> None:
        """Ask for owner and deadline before it is added, or fold that away."""
        if self.terms is None:
            self.terms = self._make_terms()
            self._column.addWidget(self.terms)
            self.terms.show()
        else:
            self.terms.setVisible(self.terms.isHidden())
        if not self.terms.isHidden():
            self.editors["owner"].focus()

    def _make_terms(self) -> QWidget:
        made = QWidget(self)
        column = QVBoxLayout(made)
        set_gaps(column, 0.4, (0.75, 0, 0, 0))
        fields = info_of(Measure).fields
        for name, term in _TERMS:
            editor = FieldEditor(fields[name], parse, made)
            editor.edited.connect(lambda _name, value, term=term: self._on_term_edited(term, value))
            self.editors[name] = editor
            column.addWidget(editor)
        self.editors["owner"].set_options(self._owners)
        self.editors["due_on"].set_value(self.measure.due or self._due_of(self._phrase))
        self.editors["deadline"].set_value(self._phrase)
        if self._desk is not None and self._deadlines is not None:
            self._add_note(self._desk, self._deadlines)
        add = Button("Добавить с этими сроками", ButtonKind.PLAIN, "plus")
        add.clicked.connect(self._on_own_added)
        column.addWidget(add, 0, Qt.AlignmentFlag.AlignLeft)
        return made

    def _due_of(self, phrase: str) -> date | None:
        """The last day that a phrase gives."""
        if self._deadlines is None:
            return None
        return self._deadlines.span(self._deadlines.read(phrase, self.measure.stage))[1]

    def _add_note(self, desk: Desk, deadlines: Deadlines) -> None:
        """How the deadline that is typed here is read."""
        note = DeadlineNote(desk)
        add_below(self.editors["deadline"], note)
        typed = self.editors["deadline"].editor.input()
        assert isinstance(typed, QLineEdit)
        note.show_phrase(typed.text(), deadlines, self.measure.stage)

        typed.textChanged.connect(lambda text: note.show_typed(text, deadlines, self.measure.stage))

    def _on_term_edited(self, term: str, value: object) -> None:
        self._terms[term] = str(value) if value else ""
        if term == "deadline" and not self._terms.get("due"):
            self.editors["due_on"].set_value(self._due_of(self._terms[term]))

    def _on_own_added(self) -> None:
        terms = {name: value for name, value in self._terms.items() if value}
        if "due" in terms and "deadline" not in terms:
            terms["deadline"] = f"до {short_date(date.fromisoformat(terms['due']))}"
        self.chosen.emit(self.measure.id, terms)


class MeasureOffers(QWidget):
    """Measures one under another, the first ones at once and all on request."""

    chosen = Signal(str, dict)

    def __init__(self, most: int = 3, parent: QWidget | None = None, desk: Desk | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.offers: list[MeasureOffer] = []
        self._most = most
        self._known: tuple[object, ...] = ()
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0)

    def show_measures(
        self, measures: Sequence[LibraryMeasure], pack: Pack, owners: Options, deadlines: Deadlines | None = None
    ) -> None:
        """Show what is offered, with how its deadlines are read; nothing is drawn anew when it is the same."""
        known = (tuple(measure.id for measure in measures), tuple(owners), self._most, deadlines)
        if known == self._known:
            return
        self._known = known
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.offers = []
        for measure in measures[: self._most]:
            offer = MeasureOffer(measure, pack, owners, self, deadlines, self._desk)
            offer.chosen.connect(self.chosen)
            self.offers.append(offer)
            self._column.addWidget(offer)
        if len(measures) > self._most:
            more = Button(f"Показать ещё {len(measures) - self._most}", ButtonKind.LINK, "chevron-down")
            more.clicked.connect(lambda: self._show_all(measures, pack, owners, deadlines))
            self._column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_all(
        self, measures: Sequence[LibraryMeasure], pack: Pack, owners: Options, deadlines: Deadlines | None
    ) -> None:
        self._most = len(measures)
        self.show_measures(measures, pack, owners, deadlines)


def _about(measure: LibraryMeasure, pack: Pack) -> str:
    parts = [
        f"Срок: {deadline}" if (deadline := pack.deadline_of(measure)) else "",
        f"Исполнители: {executors(pack, measure)}" if pack.executors_of(measure) else "",
        f"Подтверждение: {evidence(pack, measure).lower()}" if measure.evidence else "",
    ]
    return " · ".join(part for part in parts if part)
