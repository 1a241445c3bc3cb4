"""A list of schools whose packages are taken in here: by a button or dropped, with the verdicts under the table.

A centre and a methodist have one each, with columns of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.centre import SchoolLine
from shnor_desktop.ui.dialogs import choose_files
from shnor_desktop.ui.pages.arrivals import PATTERN, Arrivals, Arrived, VerdictTable
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.theme import Level, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.table import Column, RecordTable, TablePanel

RISK_TONES = {Level.HIGH: Tone.HIGH, Level.MEDIUM: Tone.MEDIUM, Level.LOW: Tone.LOW, Level.UNKNOWN: Tone.MUTED}
_RISK_ORDER = {Level.HIGH: 3, Level.MEDIUM: 2, Level.LOW: 1, Level.UNKNOWN: 0}


@dataclass(frozen=True, slots=True)
class ListWords:
    """What the page says of itself; `empty_help` is the topic of the guide that an empty list offers."""

    purpose: str
    take_in: str
    choose: str
    empty_title: str
    empty_text: str
    empty_help: str


class SchoolListPage(DeskPage):
    """A table of the schools; Enter opens one, files are taken in by a button or dropped anywhere."""

    words: ListWords
    columns: Sequence[Column]

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Школы", self.words.purpose, parent)
        self._arrivals = Arrivals(self)
        self._arrivals.judged.connect(self._on_judged)
        self.header.set_primary(self.words.take_in, "inbox")
        self.header.primary_clicked.connect(self.choose_packages)
        more = self.header.add_secondary("Ещё", "ellipsis")
        more.add_menu(
            [
                ("Пароль на данные…", desk.protection_requested.emit),
                ("Открыть другое рабочее место", desk.leave_requested.emit),
            ]
        )
        self.table = RecordTable(list(self.columns), "Школы")
        self.table.row_activated.connect(self.open_school)
        self._panel = TablePanel(self.table, "Найти школу")
        self.verdicts = VerdictTable()
        self.verdicts.hide()
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(self._panel, 3)
        column.addWidget(self.verdicts, 1)
        self.set_body(body)
        self.show_reading("Читаем данные школ…")

    def add_tool(self, words: str, icon: str, act: Callable[[str], None]) -> None:
        """A button over the table that works on the chosen school."""
        button = Button(words, ButtonKind.PLAIN, icon)
        button.clicked.connect(lambda: act(self.table.current_id()))
        self._panel.add_tool(button)

    def show_no_schools(self) -> None:
        """Say how the first school comes here."""
        words = self.words
        empty = EmptyState(words.empty_title, words.empty_text, words.take_in, "inbox")
        empty.begin_requested.connect(self.choose_packages)
        empty.help_requested.connect(lambda: self.ask_help(words.empty_help))
        self.show_empty(empty)

    def choose_packages(self) -> None:
        """Let the person choose packages and take them in."""
        files = choose_files(self, self.words.choose, PATTERN)
        if files:
            self.take_chosen(files)

    def take_chosen(self, files: list[Path]) -> None:
        """Take in what was chosen by the button."""
        self.take_files(files)

    def take_files(self, files: list[Path]) -> None:
        """Take in files that were chosen or dropped on the window."""
        self._arrivals.take_in(files)

    def open_school(self, school: str) -> None:
        """Open a school for reading, remarks and an answer."""
        if school:
            self.desk.open("review", school)

    def _on_judged(self, arrived: list[Arrived]) -> None:
        self.verdicts.show_arrived(arrived)
        self.verdicts.show()
        self.refresh()


def risk_of(line: SchoolLine) -> tuple[Level, str, tuple[int, int, int]]:
    """The risk of a school: its level, the words with how many factors have it, and what it is sorted by."""
    level = Level(line.risk.level.value)
    counts = {"high": line.risk.high, "medium": line.risk.medium, "low": line.risk.low, "unknown": line.risk.unknown}
    words = f"{level.sign} {level.word}: {plural(counts[level.value], 'фактор', 'фактора', 'факторов')}"
    return level, words, (_RISK_ORDER[level], line.risk.high, line.risk.medium)


def package_words(line: SchoolLine) -> str:
    """The number and the day of the newest package."""
    if line.package is None:
        return "—"
    moment = line.package.made_at
    return f"№\u00a0{line.package.number} от {moment[8:10]}.{moment[5:7]}.{moment[:4]}"
