"""«Журнал»: every package of the centre, with the undo of an import."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.services import journal
from shnor_desktop.services.arrivals import undo_import
from shnor_desktop.services.journal import PackageLine
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.conflict_panel import ConflictsDialog
from shnor_desktop.ui.pages.erasing import show_orders
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, TablePanel

_COLUMNS = [
    Column("made", "Дата", 11),
    Column("way", "Что", 24),
    Column("number", "№", 5, is_number=True),
    Column("school", "Школа", 26),
    Column("file", "Файл", 36, stretches=True),
    Column("state", "Состояние", 22),
]


class JournalPage(DeskPage):
    """Packages that came and answers that went."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Журнал", "Все принятые пакеты и выгруженные ответы, новые сверху.", parent)
        self._lines: dict[str, PackageLine] = {}
        self.table = RecordTable(_COLUMNS, "Журнал пакетов")
        self.table.row_selected.connect(lambda _: self._show_tools())
        self.undo = Button("Отменить приём", ButtonKind.PLAIN, "undo-2")
        self.undo.clicked.connect(self.ask_undo)
        panel = TablePanel(self.table, "Найти пакет")
        panel.add_tool(self.undo)
        self.erasing = Button("Стирание данных…", ButtonKind.PLAIN, "shield-alert", "Поручения школ стереть данные")
        self.erasing.clicked.connect(lambda: show_orders(desk, self.window()))
        panel.add_tool(self.erasing)
        self.conflicts = Button("Расхождения…", ButtonKind.PLAIN, "diamond", "Поля школы, которые изменили двое")
        self.conflicts.clicked.connect(self.show_conflicts)
        panel.add_tool(self.conflicts)
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(panel, 1)
        digits = desk.workspace.identity.certificate.fingerprint_words
        words = label(f"Цифры центра для сверки по телефону: {digits}", TextStyle.SMALL, Tone.MUTED)
        words.setContentsMargins(16, 6, 16, 8)
        column.addWidget(words)
        self.set_body(body)

    def load(self) -> list[PackageLine]:
        """The journal of the centre."""
        return journal.journal(self.desk.workspace)

    def show_data(self, snapshot: list[PackageLine]) -> None:
        """Fill the table."""
        self._lines = {line.id: line for line in snapshot}
        if not snapshot:
            self.show_empty(EmptyState("Журнал пуст", "Здесь будут принятые пакеты школ и ваши ответы на них."))
            return
        self.show_body()
        self.table.set_rows([_row(line) for line in snapshot])
        self._show_tools()

    def ask_undo(self) -> None:
        """Ask before an import is taken back."""
        line = self._lines.get(self.table.current_id())
        if line is None:
            return
        question = f"Отменить приём пакета № {line.number}?"
        words = "Данные школы станут такими, какими были до этого пакета. Файл можно принять снова."
        dialog = ConfirmDialog(question, words, "Отменить приём", "Оставить", self.window())
        workspace = self.desk.workspace
        dialog.accepted.connect(lambda: self.desk.write(lambda: undo_import(workspace, line.id)))
        dialog.open()

    def show_conflicts(self) -> None:
        """The fields of the chosen package's school that two people changed."""
        line = self._lines.get(self.table.current_id())
        if line is not None:
            dialog = ConflictsDialog(self.desk, line.school, self.window())
            dialog.read()
            dialog.open()

    def _show_tools(self) -> None:
        line = self._lines.get(self.table.current_id())
        self.undo.setEnabled(line is not None and not line.is_outgoing)
        self.conflicts.setEnabled(line is not None and bool(line.school_name))


def _row(line: PackageLine) -> Row:
    way = f"{'ответ' if line.is_outgoing else 'принят'}: {line.kind}"
    cells = (line.made_on, way, str(line.number), line.school_name, line.file_name, line.state_words)
    return Row(line.id, cells, hint=line.file_name)
