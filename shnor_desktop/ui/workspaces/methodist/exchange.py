"""«Обмен» of a methodist: what was left in a school goes to it and to its centre as one file; below, the journal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.services import journal, methodist, packages
from shnor_desktop.services.journal import PackageLine
from shnor_desktop.services.leaving import Leaving
from shnor_desktop.services.methodist import CuratedSchool, curated_schools
from shnor_desktop.services.packages import Exported
from shnor_desktop.ui.dialogs import PreviewDialog, choose_files, choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.arrivals import PATTERN, Arrivals
from shnor_desktop.ui.pages.leaving import leaving_lines
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState

_PURPOSE = (
    "Выберите школу и сделайте файл: в нём ваши замечания и посещения. Один и тот же файл примут и школа, и центр."
)
_EMPTY = "Когда примете пакет школы и оставите замечание или запишете посещение, здесь можно будет сделать файл."
_SCHOOLS = [
    Column("name", "Школа", 28, stretches=True, least=24),
    Column("remarks", "Замечаний", 10, is_number=True, hint="Замечания, которые ещё не сняты и не приняты"),
    Column("visits", "Посещений", 11, is_number=True),
    Column("hand", "Передать", 14),
]
_JOURNAL = [
    Column("made", "Дата", 11),
    Column("way", "Что", 26),
    Column("school", "Школа", 24, stretches=True, least=24),
    Column("file", "Файл", 34),
    Column("state", "Состояние", 18),
]


@dataclass(frozen=True, slots=True)
class ExchangeData:
    """The schools and the journal, read in one go."""

    schools: tuple[CuratedSchool, ...]
    lines: tuple[PackageLine, ...]
    fingerprint: str


class ExchangePage(DeskPage):
    """One file a school; nothing leaves unseen."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Обмен", _PURPOSE, parent)
        self._data: ExchangeData | None = None
        self._arrivals = Arrivals(self)
        self._arrivals.judged.connect(lambda _: self.refresh())
        self.header.set_primary("Сделать файл для школы и центра", "package").setEnabled(False)
        self.header.primary_clicked.connect(self.ask_leaving)
        self.header.add_secondary("Принять файл", "inbox", self.choose_files)
        self.table = RecordTable(_SCHOOLS, "Школы")
        self.table.row_selected.connect(lambda _: self._show_tools())
        self.lines = RecordTable(_JOURNAL, "Журнал файлов")
        self.lines.row_selected.connect(lambda _: self._show_tools())
        self.handed = Button("Отметить переданным", ButtonKind.PLAIN, "send")
        self.handed.clicked.connect(self._on_handed)
        self.digits = label("", TextStyle.SMALL, Tone.MUTED)
        self.set_body(self._lay_out())
        self.show_reading("Читаем журнал…")

    def load(self) -> ExchangeData:
        """The schools and what went and came."""
        workspace = self.desk.workspace
        digits = workspace.identity.certificate.fingerprint_words
        return ExchangeData(tuple(curated_schools(workspace)), tuple(journal.journal(workspace)), digits)

    def show_data(self, snapshot: ExchangeData) -> None:
        """Fill both tables; the first school with something new is chosen."""
        self._data = snapshot
        self.digits.setText(f"Ваши цифры для сверки по телефону: {snapshot.fingerprint}")
        if not snapshot.schools and not snapshot.lines:
            empty = EmptyState("Передавать пока нечего", _EMPTY, "К школам", "school")
            empty.begin_requested.connect(lambda: self.desk.open("schools"))
            empty.help_requested.connect(lambda: self.ask_help("methodist"))
            self.show_empty(empty)
            return
        self.show_body()
        self.table.set_rows([_school_row(one) for one in snapshot.schools])
        if not self.table.current_id():
            first = next((one for one in snapshot.schools if one.to_hand), snapshot.schools[0])
            self.table.select(first.line.id)
        self.lines.set_rows([_line_row(line) for line in snapshot.lines])
        self._show_tools()

    def choose_files(self) -> None:
        """Let the person choose files and take them in."""
        files = choose_files(self, "Принять пакет школы или ответ центра", PATTERN)
        if files:
            self.take_files(files)

    def take_files(self, files: list[Path]) -> None:
        """Take in files that were chosen or dropped on the window."""
        self._arrivals.take_in(files)

    def ask_leaving(self) -> None:
        """Show what the file of the chosen school would carry; from there it is saved."""
        school, workspace = self.table.current_id(), self.desk.workspace
        if school:
            self.desk.read(lambda: methodist.leaving_visit(workspace, school), self._show_leaving)

    def save_visit(self) -> None:
        """Ask for a folder and write the file into it."""
        folder = choose_folder(self, "Куда сохранить файл: папка или флешка")
        if folder is not None:
            self.export_to(folder)

    def export_to(self, folder: Path) -> None:
        """Write the file of the chosen school; what came of it is said in words."""
        school, workspace = self.table.current_id(), self.desk.workspace

        def work(task: Any) -> Exported:
            task.report(0, 0, "заверяем, записываем")
            return methodist.export_visit(workspace, school, folder)

        self.run_long("Готовим файл", work, self._on_exported)

    def _show_leaving(self, leaving: Leaving) -> None:
        purpose = f"Получатели: {leaving.receiver} и муниципальный центр. Уходит только записанное вами."
        lines = leaving_lines(leaving)
        dialog = PreviewDialog("Что уходит", purpose, lines, "Заверить и сохранить", "Вернуться", self.window())
        dialog.accepted.connect(self.save_visit)
        dialog.open()

    def _on_exported(self, exported: Exported) -> None:
        closed = "Файл зашифрован для школы и центра." if exported.is_encrypted else "Файл не зашифрован."
        words = Notice(
            f"Файл сохранён: {exported.path.name}.",
            f"Папка: {exported.path.parent}. {closed}",
            "Передайте его школе, а копию — в муниципальный центр.",
        )
        self.desk.say(words, MessageLevel.DONE)

    def _on_handed(self) -> None:
        package, workspace = self.lines.current_id(), self.desk.workspace
        if package:
            self.desk.write(lambda: packages.mark_handed(workspace, package))

    def _show_tools(self) -> None:
        schools = {one.line.id: one for one in self._data.schools} if self._data else {}
        chosen = schools.get(self.table.current_id())
        if self.header.primary is not None:
            self.header.primary.setEnabled(chosen is not None and not self.desk.is_read_only)
        lines = {line.id: line for line in self._data.lines} if self._data else {}
        line = lines.get(self.lines.current_id())
        self.handed.setEnabled(line is not None and line.is_outgoing and line.state == "prepared")

    def _lay_out(self) -> QWidget:
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0.5, (1, 0.5, 1, 0.5))
        column.addWidget(self.table, 2)
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        row.addWidget(label("Журнал", TextStyle.SECTION), 1)
        row.addWidget(self.handed)
        column.addLayout(row)
        column.addWidget(self.lines, 2)
        column.addWidget(self.digits)
        return body


def _school_row(one: CuratedSchool) -> Row:
    words = "есть новое" if one.to_hand else "всё передано" if one.visits or one.open_remarks else "записей нет"
    state = RowState.WAITING if one.to_hand else RowState.NONE
    cells = (one.line.name or one.line.code, str(one.open_remarks or "—"), str(one.visits or "—"), words)
    return Row(one.line.id, cells, (), state, {"hand": Tone.MEDIUM if one.to_hand else Tone.MUTED})


def _line_row(line: PackageLine) -> Row:
    way = f"{'отправка' if line.is_outgoing else 'получено'}: {line.kind}"
    return Row(line.id, (line.made_on, way, line.school_name, line.file_name, line.state_words), hint=line.file_name)
