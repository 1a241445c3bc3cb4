"""The parts of a page of registers: a register with the lists that belong to a row, or a pane of its own kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.models.registry import info_of
from shnor_desktop.services.check import CheckResult
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.gradual import Gradual
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec, read_rows
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.segments import SegmentBar

_FORM = "form"


class PartPane(QWidget):
    """One part of a page of registers. `load` runs on a reader's thread, everything else on the interface thread.

    `wants_reading` asks the page to read anew, `row_chosen` tells that the history follows another row.
    """

    wants_reading = Signal()
    row_chosen = Signal()
    help_requested = Signal()
    add_words = ""
    """The words of the page's main button while this part is shown; empty hides it."""

    def load(self, found: CheckResult) -> Any:
        """What the pane shows; `found` is what the check says of the school."""
        raise NotImplementedError

    def show_data(self, snapshot: Any) -> None:
        """Show what `load` gave."""
        raise NotImplementedError

    def begin(self) -> None:
        """The page's main button was pressed."""

    def count(self, snapshot: Any) -> int | None:
        """The number beside the title of the part; None for none."""
        return None

    def holds(self, entity: str) -> bool:
        """Whether rows of an entity are shown here."""
        return False

    def show_target(self, target: Target) -> None:
        """Go to a row or field."""

    def show_first(self, part: str) -> bool:
        """Go to the first field that is «missing», or has «errors» or «warnings»; False if there is none."""
        return False

    def history_of(self) -> tuple[str, str]:
        """The entity and row whose history is shown."""
        return "", ""

    def row_to_print(self) -> str:
        """What a document about one row is about."""
        return self.history_of()[1]


@dataclass(frozen=True, slots=True)
class RegisterData:
    """The rows of a register and of its lists, these of all rows at once."""

    rows: RecordRows
    children: Mapping[str, RecordRows]


class FamilyPanel(RecordPanel):
    """A register whose rows have lists of their own: the record first, then each list, beside the table."""

    def __init__(self, desk: Desk, spec: RecordSpec, children: Sequence[RecordSpec], share: float = 0.5) -> None:
        super().__init__(desk, spec, share)
        self.segments = SegmentBar("Части записи")
        self.segments.chosen.connect(self._on_part_chosen)
        self._parts = QStackedWidget()
        self.lists = {child.log_name: RecordPanel(desk, child, 0.5, has_add=True) for child in children}
        self._child_rows: Mapping[str, RecordRows] = {}
        self._later = Gradual(self)
        self.row_chosen.connect(lambda _row: self._fill_lists())

    def show_family(self, data: RegisterData) -> None:
        """Show the rows, and the lists of the chosen one."""
        self._child_rows = data.children
        self.show_rows(data.rows)
        self._fill_lists()

    def show_list(self, log_name: str) -> None:
        """Show one of the lists, or the record itself."""
        self._on_part_chosen(log_name if log_name in self.lists else _FORM)
        self.segments.select(log_name if log_name in self.lists else _FORM)

    def parent_of(self, target: Target) -> str:
        """The row that a row of a list belongs to; empty when it is none of ours."""
        rows = self._child_rows.get(target.entity)
        row = rows.row(target.row) if rows else None
        parent = info_of(self.lists[target.entity].spec.cls).parent if row else ""
        return str(row.values.get(parent) or "") if row else ""

    def _around_form(self, area: QWidget) -> QWidget:
        self._parts.addWidget(area)
        for panel in self.lists.values():
            self._parts.addWidget(panel)
        whole = QWidget()
        column = QVBoxLayout(whole)
        set_gaps(column, 0)
        column.addWidget(self.segments)
        column.addWidget(self._parts, 1)
        return whole

    def _on_part_chosen(self, part: str) -> None:
        self._later.finish()
        self._parts.setCurrentIndex(0 if part == _FORM else 1 + list(self.lists).index(part))

    def _fill_lists(self) -> None:
        """The lists stand behind the record: those that are not made yet are made between the events of the window."""
        segments = [(_FORM, "Запись")]
        steps: list[Callable[[], None]] = []
        for log_name, panel in self.lists.items():
            info = info_of(panel.spec.cls)
            whole = self._child_rows.get(log_name)
            own = [row for row in whole.rows if row.values.get(info.parent) == self.current] if whole else []
            segments.append((log_name, f"{info.plural} · {len(own)}" if own else info.plural))
            if whole is not None and self.current:
                steps.append(
                    partial(self._fill_list, panel, info.parent, replace(whole, rows=tuple(own)), self.current)
                )
        is_new = any(panel.table is None for panel in self.lists.values())
        is_behind = self._parts.currentIndex() == 0
        self._later.begin(steps, at_once=0 if is_new and is_behind else len(steps))
        self.segments.set_segments(segments)

    def _fill_list(self, panel: RecordPanel, parent: str, rows: RecordRows, owner: str) -> None:
        if panel.spec.fixed.get(parent) != owner:
            panel.spec = replace(panel.spec, fixed={**panel.spec.fixed, parent: owner})
            panel.current = ""
        panel.show_rows(rows)
        panel.paste.spec = panel.spec


class RegisterPane(PartPane):
    """A register by its spec, with the lists of its rows where it has such."""

    def __init__(self, desk: Desk, spec: RecordSpec, children: Sequence[RecordSpec] = (), share: float = 0.5) -> None:
        super().__init__()
        self.desk = desk
        self.spec = spec
        self.children_specs = tuple(
            child if info_of(child.cls).parent in child.fixed else replace(child, fixed={info_of(child.cls).parent: ""})
            for child in children
        )
        self.add_words = spec.add
        self.panel = self._make_panel(share)
        self.panel.row_chosen.connect(lambda _row: self.row_chosen.emit())
        self.panel.help_requested.connect(self.help_requested)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.panel, 1)

    def _make_panel(self, share: float) -> RecordPanel:
        """The table with its form; a pane with more beside it makes its own."""
        if self.children_specs:
            return FamilyPanel(self.desk, self.spec, self.children_specs, share)
        return RecordPanel(self.desk, self.spec, share)

    def load(self, found: CheckResult) -> RegisterData:
        """The rows of the register and of its lists."""
        workspace, school = self.desk.workspace, self.desk.school
        whole = {child.log_name: replace(child, fixed={}) for child in self.children_specs}
        return RegisterData(
            read_rows(workspace, self.spec, school, found.lines),
            {name: read_rows(workspace, child, school, found.lines) for name, child in whole.items()},
        )

    def show_data(self, snapshot: RegisterData) -> None:
        """Fill the table, the form and the lists."""
        if isinstance(self.panel, FamilyPanel):
            self.panel.show_family(snapshot)
        else:
            self.panel.show_rows(snapshot.rows)

    def begin(self) -> None:
        """Ask for what a new row is named by."""
        self.panel.begin_draft()

    def count(self, snapshot: RegisterData) -> int | None:
        """How many rows there are."""
        return len(snapshot.rows.rows)

    def holds(self, entity: str) -> bool:
        """The register's own rows, and those of its lists."""
        return entity == self.spec.log_name or any(entity == child.log_name for child in self.children_specs)

    def show_target(self, target: Target) -> None:
        """Choose the row, or the row of a list after the row that it belongs to."""
        if target.entity == self.spec.log_name:
            if target.row:
                self.panel.select(target.row, target.field)
            else:
                self.panel.begin_draft()
        elif isinstance(self.panel, FamilyPanel) and (parent := self.panel.parent_of(target)):
            self.panel.select(parent)
            self.panel.show_list(target.entity)
            self.panel.lists[target.entity].select(target.row, target.field)

    def show_first(self, part: str) -> bool:
        """Go to the first field that is missing or wrong."""
        return self.panel.show_first(part)

    def history_of(self) -> tuple[str, str]:
        """The chosen row, or the whole register."""
        return self.spec.log_name, self.panel.current


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page: its title, what makes its pane when it is first shown, and what «Печать» offers there.

    `entities` are the log names that targets of the part speak of; a register's own are known by its pane too, but
    only after it was made. `kinds` are kinds of documents.
    """

    key: str
    title: str
    make: Callable[[Desk], PartPane]
    entities: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    of_all: tuple[str, str] = ("", "")
    """The words for one and for all, where documents of the part are printed of either."""


def register_part(
    spec: RecordSpec,
    children: Sequence[RecordSpec] = (),
    *,
    title: str = "",
    kinds: Sequence[str] = (),
    share: float = 0.5,
) -> Part:
    """A part that is one register; it prints itself, and the documents of `kinds`."""
    info = info_of(spec.cls)
    return Part(
        info.log_name,
        title or info.plural,
        lambda desk: RegisterPane(desk, spec, children, share),
        (info.log_name, *(child.log_name for child in children)),
        (*kinds, f"register.{info.log_name}"),
    )
