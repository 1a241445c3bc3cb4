"""«Обмен» at a colleague's desk: what was entrusted, and giving it back to the school."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.models.registry import entity
from shnor_desktop.models.teamwork import Delegation
from shnor_desktop.services import journal, records
from shnor_desktop.services.journal import PackageLine
from shnor_desktop.services.packages import Exported
from shnor_desktop.services.team_packages import return_part
from shnor_desktop.services.values import show_value
from shnor_desktop.services.workspace import Grant
from shnor_desktop.ui.dialogs import choose_files, choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.arrivals import PATTERN, Arrivals
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row

_PURPOSE = "Вам поручена часть работы школы. Заполните её и верните файлом тому, кто её дал."
_COLUMNS = [
    Column("number", "№", 4, is_number=True),
    Column("made", "Дата", 11),
    Column("way", "Что", 34, stretches=True),
]


@dataclass(frozen=True, slots=True)
class ReturnView:
    """What the page shows: the grant, how many changes are written here, the files that went and came."""

    grant: Grant | None
    wanted_by: str
    changes: int
    lines: tuple[PackageLine, ...]
    fingerprint: str


class ReturnPage(DeskPage):
    """Two things: give the part back, take in what the school changed meanwhile."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Обмен", _PURPOSE, parent)
        self._arrivals = Arrivals(self)
        self._arrivals.judged.connect(lambda _: self.refresh())
        self.header.set_primary("Вернуть школе", "send")
        self.header.primary_clicked.connect(self.choose_folder)
        self.header.add_secondary("Принять обновление от школы", "inbox", self.choose_updates)
        self.entrusted = label("", TextStyle.SECTION)
        self.state = SignText(self)
        self.digits = label("", TextStyle.SMALL, Tone.MUTED)
        self.table = RecordTable(_COLUMNS, "Журнал файлов")
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0.75, (1, 0.75, 1, 0.75))
        self.journal = label("Журнал файлов", TextStyle.STRONG)
        self._filler = QWidget(body)
        for widget in (self.entrusted, self.state, self.journal):
            column.addWidget(widget)
        column.addWidget(self.table, 1)
        column.addWidget(self._filler, 1)
        column.addWidget(self.digits)
        self.set_body(body)

    def load(self) -> ReturnView:
        """The grant and the journal in one reading."""
        workspace = self.desk.workspace
        grant = workspace.grant
        own = {line.ref.batch for line in records.history(workspace) if line.replica == workspace.writer.replica}
        return ReturnView(
            grant,
            _day(grant.wanted_by) if grant else "",
            len(own),
            tuple(journal.journal(workspace)),
            workspace.identity.certificate.fingerprint_words,
        )

    def show_data(self, snapshot: ReturnView) -> None:
        """Show what was entrusted and whether there is something to give back."""
        grant = snapshot.grant
        until = f" Вернуть до {snapshot.wanted_by}." if snapshot.wanted_by else ""
        self.entrusted.setText(f"Поручено: {grant.titles if grant else ''}.{until}")
        done = plural(snapshot.changes, "шаг работы", "шага работы", "шагов работы")
        words = f"Записано здесь: {done}. Возвращать можно сколько угодно раз: школа возьмёт только новое."
        nothing = "Здесь пока ничего не записано: откройте порученную страницу слева и заполните её."
        icon = "circle-check" if snapshot.changes else "pencil"
        self.state.set_words(words if snapshot.changes else nothing, icon, Tone.MUTED)
        if self.header.primary is not None:
            self.header.primary.setEnabled(bool(snapshot.changes) and not self.desk.is_read_only)
        self.digits.setText(f"Цифры для сверки со школой при первом возврате: {snapshot.fingerprint}")
        rows = [Row(line.id, (str(line.number), line.made_on, _way(line))) for line in snapshot.lines]
        self.table.set_rows(rows)
        self.journal.setVisible(bool(rows))
        self.table.setVisible(bool(rows))
        self._filler.setVisible(not rows)

    def choose_updates(self) -> None:
        """Let the person choose a newer file of the school."""
        files = choose_files(self, "Принять обновление от школы", PATTERN)
        if files:
            self.take_files(files)

    def take_files(self, files: list[Path]) -> None:
        """Take in files that were chosen or dropped on the window."""
        self._arrivals.take_in(files)

    def choose_folder(self) -> None:
        """Ask for a folder and write the file for the school into it."""
        folder = choose_folder(self, "Куда сохранить файл для школы: папка или флешка")
        if folder is not None:
            self.return_to(folder)

    def return_to(self, folder: Path) -> None:
        """Write the file; what came of it is said in words."""
        workspace = self.desk.workspace

        def work(task: Any) -> Exported:
            task.report(0, 0, "заверяем, записываем")
            return return_part(workspace, folder)

        self.run_long("Готовим файл для школы", work, self._on_written)

    def _on_written(self, exported: Exported) -> None:
        folder = exported.path.parent
        words = Notice(
            f"Файл для школы сохранён: {exported.path.name}.",
            f"Папка: {folder}.",
            "Отдайте его тому, кто дал вам часть. При первом возврате школа сверит с вами цифры внизу этой страницы.",
        )
        self.desk.say(words, MessageLevel.DONE, "Открыть папку", lambda: _open_folder(folder))


def _way(line: PackageLine) -> str:
    return "вернули школе" if line.is_outgoing else "обновление от школы"


def _day(wanted_by: str) -> str:
    return show_value(entity(Delegation.log_name).fields["wanted_by"], wanted_by or None)


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
