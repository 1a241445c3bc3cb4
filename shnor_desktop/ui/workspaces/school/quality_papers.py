"""«Документы»: what the methodology asks for, how each paper stands, from what the program makes it, its scan."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from shnor_desktop.models.quality import DocumentMark
from shnor_desktop.services import records
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.document_set import NOTES, PaperView, SetView, begin_mark, document_set
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.attachment_strip import AttachmentStrip
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.printing import fill_menu
from shnor_desktop.ui.pages.register_panes import PartPane
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, RowState, TablePanel

_FIELDS = ("state", "number", "made_on", "due_on", "handed_on", "report", "note")
_COLUMNS = (
    Column("title", "Документ", 30, stretches=True),
    Column("due", "Срок", 18),
    Column("state", "Состояние", 12),
)


class PapersPane(PartPane):
    """The set as a table, the mark of the chosen paper beside it with its files."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.view: SetView | None = None
        self.current = ""
        self.words = label("", TextStyle.BODY, Tone.MUTED)
        self.table = RecordTable(_COLUMNS, "Документы")
        self.table.set_row_lines(2)
        self.table.row_selected.connect(self._on_row_selected)
        fields = records.fields_of(desk.workspace, DocumentMark)
        self.form = RecordForm([fields[name] for name in _FIELDS], parse)
        self.form.field_edited.connect(self._on_field_edited)
        self.title = label("", TextStyle.SECTION)
        self.about = label("", TextStyle.BODY, Tone.MUTED)
        self.open = Button("Открыть в программе", icon="external-link")
        self.open.clicked.connect(self._on_open)
        self.print = Button("Печать", icon="printer")
        self._menu = QMenu(self.print)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.print.setMenu(self._menu)
        self.files = AttachmentStrip(desk)
        self.files_hint = label(
            "Скан можно приложить, когда у документа отмечено состояние.", TextStyle.SMALL, Tone.MUTED
        )
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        top = QWidget()
        row = QHBoxLayout(top)
        set_gaps(row, 0.5, (1, 0.5, 1, 0.25))
        row.addWidget(self.words, 1)
        column.addWidget(top)
        column.addWidget(MasterDetail(TablePanel(self.table), self._make_detail(), 0.6), 1)

    def load(self, found: CheckResult) -> tuple[SetView, Options]:
        """The set, and the notes that a paper may be."""
        workspace, school = self.desk.workspace, self.desk.school
        return document_set(workspace, school), records.reference_choices(workspace, "quality_report", school)

    def show_data(self, snapshot: tuple[SetView, Options]) -> None:
        """Fill the table and the mark of the chosen paper."""
        self.view, notes = snapshot
        self.form.set_options("report", notes)
        self.words.setText(_summary(self.view))
        self.table.set_rows([_row(paper) for paper in self.view.papers])
        if self.view.paper(self.current) is None:
            self.current = self.view.papers[0].line.key if self.view.papers else ""
            self.table.select(self.current)
        self._fill()

    def count(self, snapshot: Any) -> int | None:
        """How many are late."""
        view: SetView = snapshot[0]
        return len(view.late) or None

    def holds(self, entity: str) -> bool:
        """The marks."""
        return entity == DocumentMark.log_name

    def show_target(self, target: Target) -> None:
        """Choose a paper by its mark, its key or its code."""
        if self.view is None:
            return
        by_mark = (one for one in self.view.papers if one.line.mark and one.line.mark.id == target.row and target.row)
        paper = next(by_mark, None) or self.view.paper(target.field or target.row)
        if paper is not None:
            self.table.select(paper.line.key)

    def history_of(self) -> tuple[str, str]:
        """The mark of the chosen paper."""
        paper = self._paper()
        mark = paper.line.mark if paper else None
        return DocumentMark.log_name, mark.id if mark else ""

    def _make_detail(self) -> QWidget:
        area = ScrollColumn(margins=1.0)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        set_gaps(row, 0.5)
        row.addWidget(self.open)
        row.addWidget(self.print)
        row.addStretch(1)
        for widget in (self.title, self.about, buttons, self.form, self.files_hint, self.files):
            area.add(widget)
        return area

    def _paper(self) -> PaperView | None:
        return self.view.paper(self.current) if self.view is not None else None

    def _fill(self) -> None:
        paper = self._paper()
        if paper is None:
            return
        self.title.setText(paper.title)
        self.about.setText(_about(paper))
        self.open.setVisible(bool(paper.page))
        self.print.setVisible(bool(paper.kind))
        mark = paper.line.mark
        values = {name: _wire(getattr(mark, name)) for name in _FIELDS} if mark else {"state": "missing"}
        if not values.get("report") and paper.which:
            values["report"] = paper.which
        self.form.set_record(values, {}, self.desk.why_read_only)
        self.form.editors["report"].setVisible(paper.line.code == NOTES)
        self.files.set_owner(Owner(DocumentMark.log_name, mark.id) if mark else None)
        self.files_hint.setVisible(mark is None and not self.desk.is_read_only)

    def _on_row_selected(self, row: str) -> None:
        if row == self.current:
            return
        self.desk.leave_form(self.form)
        self.current = row
        self.form.forget()
        self._fill()
        self.row_chosen.emit()

    def _on_field_edited(self, name: str, value: object) -> None:
        paper = self._paper()
        if paper is None:
            return
        line, desk = paper.line, self.desk

        def on_refused(message: Worded) -> None:
            self.form.editors[name].set_error(f"{message.what} {message.do}")

        desk.write(lambda: begin_mark(desk.workspace, line, name, value), refused=on_refused)

    def _on_open(self) -> None:
        paper = self._paper()
        if paper is None or not paper.page:
            return
        target = Target("quality_report", paper.which) if paper.which else ""
        self.desk.open(paper.page, target or _PARTS.get(paper.kind, ""))

    def _fill_menu(self) -> None:
        self._menu.clear()
        paper, page = self._paper(), self._page()
        if paper is not None and paper.kind and page is not None:
            fill_menu(self._menu, page, paper.kind, partial(str, paper.which))

    def _page(self) -> DeskPage | None:
        widget = self.parentWidget()
        while widget is not None and not isinstance(widget, DeskPage):
            widget = widget.parentWidget()
        return widget


_PARTS = {
    "order": Target("school_order", ""),
    "quality_plan": Target("quality_control", ""),
    "register.decision": Target("decision", ""),
    "protocol": Target("meeting", ""),
}
"""Papers that other parts of this page make."""


def _summary(view: SetView) -> str:
    there, wanted = view.completeness()
    words = f"Обязательных документов готово: {there} из {wanted}."
    if view.reviewed:
        ready, asked = view.completeness(reviewed=True)
        words = f"На экспертизу готово: {ready} из {asked}. {words}"
    return f"{words} Просрочено: {len(view.late)}." if view.late else words


def _row(paper: PaperView) -> Row:
    line = paper.line
    state = RowState.ERROR if paper.is_late else RowState.DONE if line.is_there else RowState.NONE
    marks = " (на экспертизу)" if line.is_reviewed else "" if line.is_required else " (если есть)"
    due = f"{paper.due_words}, срок прошёл" if paper.is_late else paper.due_words
    tones = {"due": Tone.HIGH, "state": Tone.HIGH} if paper.is_late else {}
    keys = (paper.title.casefold(), str(line.due or line.stage_end or "9999"), paper.state)
    return Row(line.key, (f"{paper.title}{marks}", due, paper.state), keys, state, tones)


def _about(paper: PaperView) -> str:
    line = paper.line
    parts = [
        f"Срок по методике: {line.phrase}." if line.phrase else "",
        f"Сколько нужно: {line.rule}." if line.rule else "",
        f"{paper.held_words[:1].upper()}{paper.held_words[1:]}.",
        line.guidance,
    ]
    return " ".join(part for part in parts if part)


def _wire(value: object) -> object:
    """A day of a fact as a form takes it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
