"""The title page of the programme: its stamps as printed, its state, and what the next state asks for."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.models.programme import Programme
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.programme_states import NEEDS, StateStep
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, look, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.programme_approval import ApprovalPanel
from shnor_desktop.ui.workspaces.school.programme_data import ProgrammeData
from shnor_desktop.ui.workspaces.school.programme_stamps import StampsPanel

_WIDE = 110
REQUISITES = tuple(name for needed in NEEDS.values() for name in needed)


class TitlePage(ScrollColumn):
    """Stamps, states with their questions, and the numbers and dates that the stamps bear."""

    state_wanted = Signal(str, dict)
    field_edited = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look().load_print_face()
        self._read_only = desk.why_read_only
        self._shown: object = None
        self._data: ProgrammeData | None = None
        self.steps: dict[str, StepForm] = {}
        self.form: RecordForm | None = None
        self.stamps = StampsPanel(desk)
        self.heading = label("", TextStyle.SECTION)
        self.heading.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.sheet = Sheet(gap=0.6)
        self.sheet.column.addWidget(self.stamps)
        self.sheet.column.addWidget(self.heading)
        self.states = Sheet(gap=0.5)
        self.approval = ApprovalPanel(desk)
        for sheet in (self.sheet, self.states, self.approval):
            set_chars(sheet, 30, _WIDE)
            self.add(sheet)
        self.add(label("Реквизиты", TextStyle.SECTION))

    def show_programme(self, data: ProgrammeData, captions: dict[str, str]) -> None:
        """Show the stamps and the way of the programme; `captions` are the states in order."""
        self._data = data
        self.stamps.show_stamps(data.stamps)
        self.heading.setText((data.programme and data.programme.title) or "Наименование не указано")
        shown = (data.steps, data.programme and (data.programme.state, data.programme.title))
        if shown != self._shown:
            self._shown = shown
            self._draw_states(data, captions)
        self.approval.show_order(data.order, can_draft=data.can_draft_order)
        self._fill_form(data)

    def focus_field(self, name: str) -> None:
        """Put the cursor into a field."""
        if self.form is not None and name in self.form.editors:
            self.form.focus_field(name)

    def refuse(self, state: str, message: Worded) -> None:
        """Show why the state was not changed."""
        if state in self.steps:
            self.steps[state].problem.set_words(f"{message.what} {message.do}", "circle-alert", Tone.HIGH)

    def refuse_field(self, name: str, message: Worded) -> None:
        """Show why a field was not saved."""
        if self.form is not None:
            self.form.editors[name].set_error(f"{message.what} {message.do}")

    def _draw_states(self, data: ProgrammeData, captions: dict[str, str]) -> None:
        _clear(self.states)
        self.steps = {}
        present = (data.programme and data.programme.state) or "draft"
        chain = QWidget(self.states)
        row = QVBoxLayout(chain)
        set_gaps(row, 0.3)
        row.addWidget(label(f"Состояние: {captions.get(present, present)}", TextStyle.STRONG))
        passed = [words for code, words in captions.items() if code != "returned"]
        row.addWidget(label("Путь программы: " + " → ".join(passed) + ".", TextStyle.SMALL, Tone.MUTED))
        self.states.column.addWidget(chain)
        if self._read_only:
            return
        for step in data.steps:
            form = StepForm(step)
            form.submitted.connect(self.state_wanted)
            self.steps[step.code] = form
            self.states.column.addWidget(form)

    def _fill_form(self, data: ProgrammeData) -> None:
        if self.form is None:
            fields = data.rows.fields[Programme.log_name]
            self.form = RecordForm([fields[name] for name in REQUISITES], parse)
            self.form.field_edited.connect(self.field_edited)
            self.add(self.form)
        if data.programme is not None:
            row = data.programme.id
            values = data.rows.values.get((Programme.log_name, row), {})
            errors = data.words(Programme.log_name, row, is_error=True)
            warnings = data.words(Programme.log_name, row, is_error=False)
            self.form.set_record(values, errors, self._read_only, warnings=warnings)


class StepForm(QWidget):
    """One state that may follow: a button, and the fields that it asks for."""

    submitted = Signal(str, dict)

    def __init__(self, step: StateStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = step
        self._values: dict[str, object] = {}
        self.problem = SignText(self)
        self.problem.hide()
        asks = f" · переводит: {step.by}" if step.by else ""
        self.button = Button(f"Перевести: {step.caption}", ButtonKind.PLAIN, "arrow-right")
        self.button.clicked.connect(self._on_pressed)
        self.form: RecordForm | None = None
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        row.addWidget(self.button)
        row.addWidget(label(asks.removeprefix(" · "), TextStyle.SMALL, Tone.MUTED), 1)
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0.4)
        self._column.addLayout(row)
        self._column.addWidget(self.problem)

    def _on_pressed(self) -> None:
        if self.step.asks and self.form is None:
            fields = info_of(Programme).fields
            self.form = RecordForm([fields[name] for name in self.step.asks], parse)
            self.form.field_edited.connect(self._on_field_edited)
            self._column.insertWidget(1, self.form)
            self.form.show()
            self.button.setText(f"Записать и перевести: {self.step.caption}")
            self.form.focus_field(self.step.asks[0])
            return
        self.button.setFocus()
        self.submitted.emit(self.step.code, dict(self._values))

    def _on_field_edited(self, name: str, value: object) -> None:
        self._values[name] = value


def _clear(sheet: Sheet) -> None:
    while (item := sheet.column.takeAt(0)) is not None:
        widget, layout = item.widget(), item.layout()
        if layout is not None:
            while (inner := layout.takeAt(0)) is not None:
                if (child := inner.widget()) is not None:
                    child.hide()
                    child.deleteLater()
        elif widget is not None:
            widget.hide()
            widget.deleteLater()
