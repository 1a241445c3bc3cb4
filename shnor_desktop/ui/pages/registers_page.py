"""A page of parts: registers by their metadata and panes of their own, one shown at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.services.check import CheckResult, check
from shnor_desktop.services.document_kinds import info_of as document_info
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.printing import fill_menu, print_document
from shnor_desktop.ui.pages.record_rows import counted
from shnor_desktop.ui.pages.register_panes import Part, PartPane
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.segments import SegmentBar


@dataclass(frozen=True, slots=True)
class PartData:
    """What the shown part reads, and what the check says of the school."""

    part: str
    snapshot: Any
    findings: CheckResult


class RegistersPage(DeskPage):
    """Segments over the parts; the pane of a part is made and read when it is first shown."""

    def __init__(self, desk: Desk, page_id: str, title: str, purpose: str, parts: Sequence[Part]) -> None:
        super().__init__(desk, title, purpose)
        self.page_id = page_id
        self.parts = {part.key: part for part in parts}
        self.panes: dict[str, PartPane] = {}
        self.shown = parts[0].key
        self._counts: dict[str, int] = {}
        self._pending: Target | None = None
        self.segments = SegmentBar("Части страницы")
        self.segments.set_segments([(part.key, part.title) for part in parts])
        self.segments.chosen.connect(self.show_part)
        self._stack = QStackedWidget()
        whole = QWidget()
        column = QVBoxLayout(whole)
        set_gaps(column, 0)
        column.addWidget(self.segments)
        column.addWidget(self._stack, 1)
        printing = self.header.add_secondary("Печать", "printer")
        self._print_menu = QMenu(printing)
        self._print_menu.aboutToShow.connect(self._fill_print_menu)
        printing.setMenu(self._print_menu)
        self.printing = printing
        if not desk.is_read_only:
            self.header.set_primary(" ", "plus")
            self.header.primary_clicked.connect(lambda: self.pane().begin())
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.set_body(self.add_history(whole))
        self._arrange()

    def pane(self, key: str = "") -> PartPane:
        """The pane of a part, of the shown one by default; made when it is first asked for."""
        key = key or self.shown
        if key not in self.panes:
            pane = self.parts[key].make(self.desk)
            pane.wants_reading.connect(self.refresh)
            pane.row_chosen.connect(self.refresh_history)
            pane.help_requested.connect(lambda: self.ask_help(self.page_id))
            self.panes[key] = pane
            self._stack.addWidget(pane)
        return self.panes[key]

    def show_part(self, key: str) -> None:
        """Show another part; it is read anew."""
        self.shown = key
        self.segments.select(key)
        self._arrange()
        self.refresh()

    def refresh(self) -> None:
        """The pane is made on the interface thread before it is read."""
        self.pane()
        super().refresh()

    def load(self) -> PartData:
        """The shown part with the findings of the check."""
        key = self.shown
        found = check(self.desk.workspace, self.desk.school)
        return PartData(key, self.pane(key).load(found), found)

    def show_data(self, snapshot: PartData) -> None:
        """Fill the part that was read."""
        pane = self.pane(snapshot.part)
        pane.show_data(snapshot.snapshot)
        count = pane.count(snapshot.snapshot)
        if count is not None:
            self._counts[snapshot.part] = count
        self.segments.set_segments([(key, self._words(key)) for key in self.parts])
        self.segments.select(self.shown)
        lines = snapshot.findings.by_page.get(self.page_id, ())
        errors, warnings = counted(lines)
        self.header.set_progress(Progress(0, 0, errors, warnings) if errors or warnings else None)
        self._stack.setCurrentWidget(self.pane())
        pending, self._pending = self._pending, None
        if pending is not None and snapshot.part == self.shown:
            pane.show_target(pending)

    def show_target(self, target: Target) -> None:
        """Open the part that holds the entity, then the row."""
        key = next((one.key for one in self.parts.values() if target.entity in (one.key, *one.entities)), "")
        if not key:
            return
        if key == self.shown:
            self.pane().show_target(target)
            return
        self._pending = target
        self.show_part(key)

    def history_of(self) -> tuple[str, str]:
        """What is chosen in the part that is shown."""
        return self.pane().history_of()

    def print_page(self) -> None:
        """Ctrl+P: the first document of the shown part."""
        kinds = self.parts[self.shown].kinds
        if kinds:
            print_document(self, kinds[0])

    def _arrange(self) -> None:
        """The main button and «Печать» are those of the shown part."""
        pane = self.pane()
        self._stack.setCurrentWidget(pane)
        if self.header.primary is not None:
            self.header.primary.setVisible(bool(pane.add_words))
            self.header.primary.setText(pane.add_words or " ")
            self.header.primary.setAccessibleName(pane.add_words)
        self.printing.setVisible(bool(self.parts[self.shown].kinds))

    def _fill_print_menu(self) -> None:
        self._print_menu.clear()
        kinds = self.parts[self.shown].kinds
        for kind in kinds:
            menu = self._print_menu if len(kinds) == 1 else self._print_menu.addMenu(document_info(kind).title)
            one, everything = self.parts[self.shown].of_all
            if one:
                fill_menu(menu.addMenu(one), self, kind, self._row_to_print)
                fill_menu(menu.addMenu(everything), self, kind)
            else:
                fill_menu(menu, self, kind, self._row_to_print)

    def _row_to_print(self) -> str:
        """The chosen row, for documents about one row."""
        return self.pane().row_to_print()

    def _words(self, key: str) -> str:
        count = self._counts.get(key)
        return f"{self.parts[key].title} · {count}" if count else self.parts[key].title

    def _on_progress_chosen(self, part: str) -> None:
        if not self.pane().show_first(part):
            self.desk.open("check")
