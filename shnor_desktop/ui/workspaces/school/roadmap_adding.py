"""Adding to the road map: measures of the methodology, those for the problem fields in work first, or one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from shnor_desktop.domain.methodology import Measure as LibraryMeasure
from shnor_desktop.domain.russian import plural
from shnor_desktop.services import roadmap
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.deadline_note import DeadlineNote, add_below
from shnor_desktop.ui.pages.record_draft import RecordDraft
from shnor_desktop.ui.theme import TextStyle, Tone, look, set_gaps, set_lines
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.line import TypedLine
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.roadmap_offer import MeasureOffers
from shnor_desktop.ui.workspaces.school.roadmap_rows import RoadMapData

OWN_FIRST = ("title", "stage", "task", "owner", "deadline", "due_on", "evidence")
_FROM_PHRASE = "Если оставить пустым, возьмётся из срока словами."
_FEW = 6
_OWN_LINES = 32


class AddingPage(ScrollColumn):
    """The library with a line to search it, and a short form for a measure of one's own."""

    begun = Signal(str)
    left = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._data: RoadMapData | None = None
        self._task = ""
        self.draft: RecordDraft | None = None
        self.own = Button("Добавить своё мероприятие", icon="pencil")
        self.own.clicked.connect(self.begin_own)
        self.leave = Button("Закрыть", ButtonKind.LINK, "x")
        self.leave.clicked.connect(self.left)
        self.search = TypedLine(self)
        self.search.setPlaceholderText("Найти мероприятие в методике")
        self.search.setAccessibleName("Найти мероприятие в методике")
        self.search.setClearButtonEnabled(True)
        self.search.addAction(look().icon("search", "text_muted"), QLineEdit.ActionPosition.LeadingPosition)
        self.search.textChanged.connect(lambda _text: self._show_offers())
        self.count = label("", TextStyle.SMALL, Tone.MUTED)
        self.offers = MeasureOffers(_FEW, desk=desk)
        self.offers.chosen.connect(self._on_chosen)
        self._lay_out()

    def show_library(self, data: RoadMapData) -> None:
        """Offer what the road map does not hold yet."""
        self._data = data
        self._show_offers()
        self._show_reading()

    def begin(self, task: str = "") -> None:
        """A new adding, for a task of the programme if one is named."""
        self._task = task
        self._end_own()
        self.search.clear()
        self.verticalScrollBar().setValue(0)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin_own(self) -> None:
        """Ask for what a measure of one's own is named by."""
        data = self._data
        if data is None:
            return
        if self.draft is None:
            due = replace(data.rows.fields["due_on"], help=_FROM_PHRASE, required=False)
            fields = [due if name == due.name else data.rows.fields[name] for name in OWN_FIRST]
            self.draft = RecordDraft("Своё мероприятие", fields, "Добавить")
            self.draft.submitted.connect(self._on_own_submitted)
            self.draft.left.connect(self._end_own)
            self.column.insertWidget(self.column.indexOf(self.own) + 1, self.draft)
            set_lines(self.draft, _OWN_LINES)
            self.note = DeadlineNote(self.desk)
            field = self.draft.form.editors["deadline"]
            add_below(field, self.note)
            typed = field.editor.input()
            assert isinstance(typed, QLineEdit)
            typed.textChanged.connect(self._on_phrase_typed)
        self.draft.show()
        self.own.hide()
        self.draft.begin(data.rows.options)

    def _show_reading(self) -> None:
        """How the deadline that is being typed is read."""
        if self.draft is not None and self._data is not None:
            typed = self.draft.form.editors["deadline"].editor.input()
            assert isinstance(typed, QLineEdit)
            self.note.show_phrase(typed.text(), self._data.deadlines)

    def _on_phrase_typed(self, text: str) -> None:
        if self._data is not None:
            self.note.show_typed(text, self._data.deadlines)

    def _lay_out(self) -> None:
        top = QWidget(self)
        column = QVBoxLayout(top)
        set_gaps(column, 0.4)
        column.addWidget(self.leave, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(label("Добавить мероприятие", TextStyle.SECTION))
        self.add(top)
        self.column.insertWidget(self.column.count() - 1, self.own, 0, Qt.AlignmentFlag.AlignLeft)
        self.add(label("Из методики", TextStyle.STRONG))
        for widget in (self.search, self.count, self.offers):
            self.add(widget)

    def _show_offers(self) -> None:
        data = self._data
        if data is None:
            return
        words = self.search.text().casefold().split()
        found = [measure for measure in data.library if _matches(measure, words)]
        suited = sum(1 for measure in found if not data.problem_factors.isdisjoint(measure.factors))
        total = plural(len(found), "мероприятие", "мероприятия", "мероприятий")
        first = f", сначала подходящие к вашим проблемным полям ({suited})" if suited else ""
        self.count.setText(f"{total}{first}." if found else "Такого в методике нет. Добавьте своё мероприятие.")
        owners = data.rows.options.get("owner", ())
        self.offers.show_measures(found, self.desk.workspace.pack, owners, data.deadlines)

    def _on_chosen(self, measure: str, terms: dict[str, str]) -> None:
        workspace, task = self.desk.workspace, self._task
        self.desk.write(lambda: _add(workspace, measure, terms, task), self._on_begun)

    def _on_own_submitted(self, values: dict[str, object]) -> None:
        workspace, task = self.desk.workspace, self._task
        whole = {**({"task": task} if task else {}), **values}

        def on_begun(done: Done) -> None:
            self._end_own()
            self._on_begun(done)

        refused = self.draft.refuse if self.draft is not None else None
        self.desk.write(lambda: roadmap.add_own(workspace, whole), on_begun, refused)

    def _on_begun(self, done: Done) -> None:
        self.begun.emit(done.row)

    def _end_own(self) -> None:
        if self.draft is not None:
            self.draft.end()
            self.draft.hide()
        self.own.show()


def _add(workspace: Workspace, measure: str, terms: Mapping[str, str], task: str) -> Done:
    return roadmap.add_from_library(
        workspace,
        measure,
        owner=terms.get("owner", ""),
        deadline=terms.get("deadline", ""),
        due=terms.get("due") or None,
        task=task,
    )


def _matches(measure: LibraryMeasure, words: list[str]) -> bool:
    text = f"{measure.title} {measure.expected_result}".casefold()
    return all(word in text for word in words)
