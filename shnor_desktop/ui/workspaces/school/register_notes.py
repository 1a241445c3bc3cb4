"""A register under a few lines that say what follows from its rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.facts import read_facts
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.record_rows import RecordSpec
from shnor_desktop.ui.pages.register_panes import Part, RegisterData, RegisterPane, register_part
from shnor_desktop.ui.theme import Tone, set_gaps
from shnor_desktop.ui.widgets.labels import SignText


@dataclass(frozen=True, slots=True)
class Remark:
    """A line over a register; `is_open` where something is to be done."""

    text: str
    is_open: bool = False


def sentence(words: str) -> str:
    """The words with a full stop, unless they end with one («24 марта 2025 г.»)."""
    return words if words.endswith(".") else f"{words}."


Remarks = Callable[[Pack, SchoolFacts], Sequence[Remark]]


@dataclass(frozen=True, slots=True)
class NotedData:
    """The register, and the lines over it."""

    register: RegisterData
    remarks: tuple[Remark, ...]


class NotedPane(RegisterPane):
    """Reads the lines with the rows, so that both are of one moment."""

    def __init__(
        self, desk: Desk, spec: RecordSpec, children: Sequence[RecordSpec], remarks: Remarks, share: float = 0.5
    ) -> None:
        super().__init__(desk, spec, children, share)
        self._remarks = remarks
        self.lines: list[SignText] = []
        self._box = QWidget(self)
        self._column = QVBoxLayout(self._box)
        set_gaps(self._column, 0.15, (1, 0.4, 1, 0.4))
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self._box)
        self._box.hide()

    def load(self, found: CheckResult) -> NotedData:
        """The rows with what follows from them."""
        workspace, school = self.desk.workspace, self.desk.school
        remarks = self._remarks(workspace.pack_of(school), read_facts(workspace, school))
        return NotedData(super().load(found), tuple(remarks))

    def show_data(self, snapshot: NotedData) -> None:
        """Show the lines, then the register."""
        while len(self.lines) < len(snapshot.remarks):
            line = SignText(self._box)
            self._column.addWidget(line)
            self.lines.append(line)
        for at, line in enumerate(self.lines):
            line.setVisible(at < len(snapshot.remarks))
            if at < len(snapshot.remarks):
                remark = snapshot.remarks[at]
                sign = "triangle-alert" if remark.is_open else "info"
                line.set_words(remark.text, sign, Tone.HIGH if remark.is_open else Tone.MUTED)
        self._box.setVisible(bool(snapshot.remarks))
        super().show_data(snapshot.register)

    def count(self, snapshot: NotedData) -> int | None:
        """How many rows there are."""
        return super().count(snapshot.register)


def noted_part(
    spec: RecordSpec,
    remarks: Remarks,
    children: Sequence[RecordSpec] = (),
    *,
    title: str = "",
    kinds: Sequence[str] = (),
    share: float = 0.5,
) -> Part:
    """A register with lines over it, as a part of a page."""
    plain = register_part(spec, children, title=title, kinds=kinds, share=share)
    return replace(plain, make=lambda desk: NotedPane(desk, spec, children, remarks, share))
