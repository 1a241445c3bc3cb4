"""A page that is one table of records with its form: staff, partners, any entity by its metadata."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from shnor_desktop.services.check import CheckResult, check
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec, read_rows
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
        errors = sum(1 for line in lines if line.is_error)
        total = len(snapshot.rows.rows)
        if not total:
            return None
        full = total - sum(1 for row in snapshot.rows.rows if snapshot.rows.errors.get(row.id))
        return Progress(full, total, errors, len(lines) - errors)

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
        rows = self.panel.rows
        if rows is None:
            return
        places = rows.warnings if part == "warnings" else rows.errors
        first = next((row for row in rows.rows if places.get(row.id)), None)
        if first is not None:
            self.panel.select(first.id, next(iter(places[first.id])))
        else:
            self.desk.open("check")
