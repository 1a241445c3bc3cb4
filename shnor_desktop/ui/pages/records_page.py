"""A page that is one table of records with its form: staff, partners, any entity by its metadata."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from shnor_desktop.services.check import CheckResult, check
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec, counted, read_rows
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.widgets.header import Progress


@dataclass(frozen=True, slots=True)
class RecordsData:
    """The rows and what the check says of this page."""

    rows: RecordRows
    findings: CheckResult


class RecordsPage(DeskPage):
    """One entity: table, form, history, the number of errors and warnings in the header."""

    def __init__(
        self, desk: Desk, page_id: str, spec: RecordSpec, title: str, purpose: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(desk, title, purpose, parent)
        self.page_id = page_id
        self.spec = spec
        self.panel = RecordPanel(desk, spec)
        self.panel.help_requested.connect(lambda: self.ask_help(page_id))
        self.panel.row_chosen.connect(lambda _row: self.refresh_history())
        if not desk.is_read_only:
            self.header.set_primary(spec.add, "plus")
            self.header.primary_clicked.connect(self.panel.begin_draft)
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.set_body(self.add_history(self.panel))

    def load(self) -> RecordsData:
        """The rows with the findings of the check."""
        found = check(self.desk.workspace, self.desk.school)
        return RecordsData(read_rows(self.desk.workspace, self.spec, self.desk.school, found.lines), found)

    def show_data(self, snapshot: RecordsData) -> None:
        """Fill the table, the form and the line of progress."""
        self.panel.show_rows(snapshot.rows)
        self.header.set_progress(self.progress_of(snapshot))

    def progress_of(self, snapshot: RecordsData) -> Progress | None:
        """How many rows are complete, with the findings of this page."""
        lines = snapshot.findings.by_page.get(self.page_id, ())
        rows, problems = snapshot.rows.rows, snapshot.rows.problems
        if not rows:
            return None
        full = sum(1 for row in rows if not problems.shown_errors(row.id, marks_missing=True))
        return Progress(full, len(rows), *counted(lines))

    def show_target(self, target: Target) -> None:
        """Choose the row and put the cursor into the field."""
        if target.entity in ("", self.spec.log_name) and target.row:
            self.panel.select(target.row, target.field)
        elif target.row == "" and target.entity == self.spec.log_name:
            self.panel.begin_draft()

    def history_of(self) -> tuple[str, str]:
        """The chosen row, or the whole list."""
        return self.spec.log_name, self.panel.current

    def _on_progress_chosen(self, part: str) -> None:
        if not self.panel.show_first(part):
            self.desk.open("check")
