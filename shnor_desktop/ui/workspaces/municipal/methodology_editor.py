"""The editor of a draft: the parts of the methodology at the left, the table of the chosen one beside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services import pack_editing
from shnor_desktop.services.pack_editing import EditorView, FaultLine, TableLine
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.theme import Tone, set_gaps
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.workspaces.municipal.methodology_table import ADD, COPY, DOWN, REMOVE, UP, PackTablePanel


class EditorPanel(QWidget):
    """Every field is kept when it is left; `table_chosen` asks the page to read another table."""

    table_chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view: EditorView | None = None
        self.panels: dict[str, PackTablePanel] = {}
        self._wanted: tuple[str, str] = ("", "")
        self._fault = -1
        self.parts = CardList("Части методики", 2, 1, self)
        self.parts.card_chosen.connect(self.table_chosen)
        self.stack = QStackedWidget(self)
        self.body = MasterDetail(self.parts, self.stack, 0.2, "К частям методики")
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.body)

    def show_editor(self, view: EditorView) -> None:
        """Show the parts and the table that was read."""
        self.view = view
        table = view.table.form.id
        was = self.parts.blockSignals(True)
        self.parts.set_cards(_part_cards(view.lines))
        self.parts.select(_card_id(table))
        self.parts.blockSignals(was)
        panel = self.panels.get(table)
        if panel is None:
            panel = PackTablePanel(view.table, self.desk.why_read_only)
            panel.edited.connect(self._on_edited)
            panel.asked.connect(self._on_asked)
            self.panels[table] = panel
            self.stack.addWidget(panel)
        panel.show_table(view.table)
        self.stack.setCurrentWidget(panel)
        row, field = self._wanted
        self._wanted = ("", "")
        if row or field:
            panel.select(row, field)

    def forget(self) -> None:
        """Another draft comes."""
        for panel in self.panels.values():
            self.stack.removeWidget(panel)
            panel.deleteLater()
        self.panels = {}
        self._fault = -1

    def leave(self) -> None:
        """Keep what is being typed."""
        panel = self.panel()
        self.desk.leave_form(panel.form if panel else None)

    def panel(self) -> PackTablePanel | None:
        """The table that is shown."""
        return self.panels.get(self.view.table.form.id) if self.view else None

    def next_fault(self) -> None:
        """Go to the next fault, from the last back to the first."""
        faults = self.view.faults if self.view else ()
        if faults:
            self._fault = (self._fault + 1) % len(faults)
            self.go_to(faults[self._fault])

    def go_to(self, fault: FaultLine) -> None:
        """Open the table of a fault at its row and field."""
        self._wanted = (fault.row, fault.field)
        self.body.show_detail()
        self.table_chosen.emit(_card_id(fault.table))

    def _on_edited(self, row: str, field: str, value: object) -> None:
        workspace = self.desk.workspace
        self._write(lambda: pack_editing.edit_field(workspace, row, field, value), row, field)

    def _on_asked(self, command: str, row: str) -> None:
        workspace, table = self.desk.workspace, self.view.table.form.id if self.view else ""
        work: dict[str, Callable[[], Any]] = {
            ADD: lambda: pack_editing.add_row(workspace, table, row),
            COPY: lambda: pack_editing.copy_row(workspace, row),
            UP: lambda: pack_editing.move_row(workspace, row, -1),
            DOWN: lambda: pack_editing.move_row(workspace, row, 1),
            REMOVE: lambda: pack_editing.remove_row(workspace, row),
        }
        if command == ADD or row:
            self.leave()
            self._write(work[command], row, "")

    def _write(self, work: Callable[[], Any], row: str, field: str) -> None:
        panel = self.panel()

        def on_done(result: object) -> None:
            if isinstance(result, str):
                self._wanted = (result, "")

        def on_refused(message: Worded) -> None:
            if panel is not None:
                panel.refuse(row, field, message)

        self.desk.write(work, on_done, on_refused)


def _card_id(table: str) -> str:
    """A card has a word for an id; the pack itself has an empty one."""
    return table or "pack"


def table_of_card(card: str) -> str:
    """The table that a card stands for."""
    return "" if card == "pack" else card


def _part_cards(lines: tuple[TableLine, ...]) -> list[Card]:
    cards, group = [], ""
    for line in lines:
        heading = line.group if line.group != group else ""
        group = line.group
        note = plural(line.faults, "ошибка", "ошибки", "ошибок") if line.faults else str(line.rows or "")
        note = note if line.is_list or line.faults or not line.rows else ""
        note = note or ("" if line.rows else "нет")
        tone = Tone.HIGH if line.faults else Tone.MUTED
        cards.append(Card(_card_id(line.id), line.title, note=note, note_tone=tone, heading=heading))
    return cards
