"""One visit: the lesson, the card by the rubric, what the teacher is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.teaching import LessonVisit
from shnor_desktop.services import records
from shnor_desktop.services.document_kinds import DocumentKind
from shnor_desktop.services.lesson_visits import VisitCard, mark_criterion, mark_discussed, write_draft
from shnor_desktop.services.records import Done
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.printing import fill_menu
from shnor_desktop.ui.pages.record_rows import Problems
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.pages.visits_rubric import RubricPane
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps, set_lines
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.segments import SegmentBar

_LESSON, _CARD, _TALK = "lesson", "card", "talk"
TALK_FIELDS = ("strengths", "growth", "advice", "taken_away", "level", "feedback", "discussed_on", "again_on")
_DETAIL_CHARS = 100
_LEAST_LINES = 14


@dataclass(frozen=True, slots=True)
class VisitRecord:
    """The chosen visit as its forms show it."""

    card: VisitCard
    fields: Mapping[str, FieldInfo]
    values: Mapping[str, WireValue]
    options: Mapping[str, Options]
    problems: Problems


class VisitView(QWidget):
    """Three parts: «Урок», «Карта», «Обратная связь»."""

    removed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.record: VisitRecord | None = None
        self.marks_missing = False
        self.lesson: RecordForm | None = None
        self.talk: RecordForm | None = None
        self.name = label("", TextStyle.SECTION)
        self.place = label("", TextStyle.SMALL, Tone.MUTED)
        self.remove = Button("Удалить", ButtonKind.QUIET, "trash-2", "Удалить посещение; вернуть можно по Ctrl+Z")
        self.remove.clicked.connect(self.removed)
        self.remove.setVisible(not desk.is_read_only)
        self.parts = SegmentBar("Части посещения")
        self.parts.set_segments(((_LESSON, "Урок"), (_CARD, "Карта"), (_TALK, "Обратная связь")))
        self.parts.chosen.connect(self.show_part)
        self.lesson_area, self.talk_area = ScrollColumn(), ScrollColumn()
        self.rubric = RubricPane()
        self.rubric.marked.connect(lambda code, score: self._mark(code, score=score))
        self.rubric.noted.connect(lambda code, note: self._mark(code, note=note))
        self._stack = QStackedWidget(self)
        for area in (self.lesson_area, self.rubric, self.talk_area):
            self._stack.addWidget(area)
        self.summary = label("", TextStyle.BODY, Tone.MUTED)
        self._build()
        set_lines(self, _LEAST_LINES)

    @property
    def visit(self) -> str:
        """The id of the visit that is shown."""
        return self.record.card.visit.id if self.record else ""

    def show_visit(self, record: VisitRecord) -> None:
        """Show a visit in the part that is open."""
        is_other = record.card.visit.id != self.visit
        self.record = record
        self.name.setText(record.card.teacher)
        kind = ", ".join(filter(None, (record.card.visitor, record.card.kind)))
        self.place.setText(" · ".join(filter(None, (record.card.place, f"посетил: {kind}" if kind else ""))))
        self._fill_forms(record, is_other)
        self.rubric.show_card(record.card, self.desk.is_read_only)
        said = [f"{section.title}: {section.words}" for section in record.card.sections]
        self.summary.setText("\n".join(said))
        self.summary.setVisible(bool(said))
        self.discussed.setVisible(record.card.visit.discussed_on is None and not record.card.is_planned)
        if is_other:
            for area in (self.lesson_area, self.talk_area):
                area.verticalScrollBar().setValue(0)

    def show_part(self, part: str) -> None:
        """Show one of the parts."""
        self.parts.select(part)
        self._stack.setCurrentIndex((_LESSON, _CARD, _TALK).index(part))

    def show_field(self, name: str) -> None:
        """Put the cursor into a field of the visit."""
        form = self.talk if name in TALK_FIELDS else self.lesson
        self.show_part(_TALK if name in TALK_FIELDS else _LESSON)
        if form is not None:
            form.focus_field(name)

    def leave(self) -> None:
        """What is being typed belongs to the visit that is left."""
        self.rubric.leave()
        for form in (self.lesson, self.talk):
            self.desk.leave_form(form)

    def forget(self) -> None:
        """Another visit comes."""
        for form in (self.lesson, self.talk):
            if form is not None:
                form.forget()

    def _build(self) -> None:
        top = QHBoxLayout()
        set_gaps(top, 0.5, (1, 0.5, 0.5, 0))
        words = QVBoxLayout()
        set_gaps(words, 0.1)
        words.addWidget(self.name)
        words.addWidget(self.place)
        top.addLayout(words, 1)
        top.addWidget(self.remove)
        column = QVBoxLayout(self)
        set_gaps(column, 0.2)
        column.addLayout(top)
        column.addWidget(self.parts)
        column.addWidget(self._stack, 1)
        self.draft = Button("Составить черновик", ButtonKind.PLAIN, "file-text")
        self.draft.clicked.connect(self._on_draft_wanted)
        self.print = Button("Печать листа", ButtonKind.PLAIN, "printer")
        self._print_menu = QMenu(self.print)
        self._print_menu.aboutToShow.connect(self._fill_print_menu)
        self.print.setMenu(self._print_menu)
        self.discussed = Button("Обсудили сегодня", ButtonKind.PLAIN, "check")
        self.discussed.clicked.connect(self._on_discussed)
        row = QWidget()
        flow = FlowLayout(row)
        set_gaps(flow, 0.5)
        for button in (self.draft, self.print, self.discussed):
            flow.addWidget(button)
        if self.desk.is_read_only:
            self.draft.hide()
            self.discussed.setEnabled(False)
        set_chars(self.summary, maximum=_DETAIL_CHARS)
        self.talk_area.add(self.summary)
        self.talk_area.add(row)

    def _fill_forms(self, record: VisitRecord, is_other: bool) -> None:
        if self.lesson is None or self.talk is None:
            first = [one for name, one in record.fields.items() if name not in TALK_FIELDS]
            self.lesson = RecordForm(first, parse)
            self.talk = RecordForm([record.fields[name] for name in TALK_FIELDS], parse)
            for form, area in ((self.lesson, self.lesson_area), (self.talk, self.talk_area)):
                form.field_edited.connect(self._on_field_edited)
                area.add(form)
        for form in (self.lesson, self.talk):
            if is_other:
                form.forget()
            for name, options in record.options.items():
                if name in form.editors and form.editors[name].property("rows") != options:
                    form.set_options(name, options)
                    form.editors[name].setProperty("rows", options)
            errors = record.problems.shown_errors(record.card.visit.id, self.marks_missing)
            warnings = record.problems.warnings.get(record.card.visit.id, {})
            form.set_record(record.values, errors, self.desk.why_read_only, warnings=warnings)

    def _on_field_edited(self, name: str, value: object) -> None:
        desk, visit = self.desk, self.visit

        def on_refused(message: Worded) -> None:
            form = self.talk if name in TALK_FIELDS else self.lesson
            if form is not None and self.visit == visit:
                form.editors[name].set_error(f"{message.what} {message.do}")

        log_name = LessonVisit.log_name
        desk.write(lambda: records.edit(desk.workspace, log_name, visit, name, value, desk.school), refused=on_refused)

    def _mark(self, criterion: str, *, score: str | None = None, note: str | None = None) -> None:
        desk, visit = self.desk, self.visit
        if visit and not desk.is_read_only:
            desk.write(lambda: _marked(desk, visit, criterion, score, note))

    def _on_draft_wanted(self) -> None:
        self.leave()
        desk, visit = self.desk, self.visit

        def on_written(_done: Done) -> None:
            if self.talk is not None:
                self.talk.forget()

        desk.write(lambda: write_draft(desk.workspace, visit, desk.school), on_written)

    def _on_discussed(self) -> None:
        desk, visit = self.desk, self.visit
        desk.write(lambda: mark_discussed(desk.workspace, visit, desk.school))

    def _fill_print_menu(self) -> None:
        """The sheet of this visit, in any format."""
        self._print_menu.clear()
        page = page_around(self)
        if page is not None:
            self.leave()
            visit = self.visit
            fill_menu(self._print_menu, page, DocumentKind.FEEDBACK_SHEET, lambda: visit)


def _marked(desk: Desk, visit: str, criterion: str, score: str | None, note: str | None) -> Done:
    return mark_criterion(desk.workspace, visit, criterion, score=score, note=note, school=desk.school)


def page_around(widget: QWidget) -> DeskPage | None:
    """The page that a widget stands on."""
    at: QWidget | None = widget
    while at is not None and not isinstance(at, DeskPage):
        at = at.parentWidget()
    return at
