"""«Карантин» and «Журнал приёмов»: files that wait for a person, and runs that can be taken back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.services.import_runs import ImportRun
from shnor_desktop.services.quarantine import Quarantined
from shnor_desktop.ui.theme import TextStyle, Tone, lines, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.table import RecordTable, TablePanel
from shnor_desktop.ui.workspaces.municipal.arrivals_rows import FILES, KEPT, RUNS, flowing, kept_row, line_row, run_row


class QuarantinePane(QWidget):
    """The files that were not taken in, with what can be done with each."""

    confirm_wanted = Signal(str)
    retry_wanted = Signal(str)
    back_wanted = Signal(str)
    delete_wanted = Signal(str)
    folder_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, Quarantined] = {}
        self.table = RecordTable(KEPT, "Файлы в карантине")
        self.table.row_selected.connect(lambda _: self._show_details())
        self.what = label("", TextStyle.STRONG)
        self.words = label("")
        self.confirm = Button("Сверить и принять…", ButtonKind.PLAIN, "shield-check")
        self.retry = Button("Проверить снова", ButtonKind.PLAIN, "refresh-cw")
        self.back = Button("Вернуть на место", ButtonKind.PLAIN, "undo-2")
        self.remove = Button("Удалить…", ButtonKind.QUIET, "trash-2")
        self.folder = Button("Открыть папку", ButtonKind.QUIET, "folder-open")
        self._buttons = (
            (self.confirm, self.confirm_wanted),
            (self.retry, self.retry_wanted),
            (self.back, self.back_wanted),
            (self.remove, self.delete_wanted),
            (self.folder, self.folder_wanted),
        )
        text = "Сюда попадают файлы, которые не приняты: повреждённые, чужие, от неподтверждённых отправителей."
        self.empty = EmptyState("В карантине пусто", text, has_help=False)
        self.body = self._lay_out()
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.empty)
        column.addWidget(self.body, 1)

    def show_entries(self, entries: Sequence[Quarantined]) -> None:
        """Fill the table."""
        current = self.table.current_id()
        self._entries = {one.id: one for one in entries}
        self.empty.setVisible(not entries)
        self.body.setVisible(bool(entries))
        self.table.set_rows([kept_row(one) for one in entries])
        self.table.select(current if current in self._entries else next(iter(self._entries), ""))
        self._show_details()

    def entry(self, identifier: str) -> Quarantined | None:
        """A file that is shown."""
        return self._entries.get(identifier)

    def _lay_out(self) -> QWidget:
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(TablePanel(self.table, "Найти файл"), 1)
        below = QVBoxLayout()
        set_gaps(below, 0.25, (1, 0.25, 1, 0.5))
        below.addWidget(self.what)
        below.addWidget(self.words)
        for button, signal in self._buttons:
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self.table.current_id()))
        below.addWidget(flowing([button for button, _ in self._buttons]))
        column.addLayout(below)
        return body

    def _show_details(self) -> None:
        one = self._entries.get(self.table.current_id())
        for button, _ in self._buttons:
            button.setEnabled(one is not None)
        self.confirm.setVisible(one is not None and one.waits_for_call)
        self.what.setText(one.what if one is not None else "")
        self.words.setText(f"{one.means} {one.do} Откуда: {one.origin}" if one is not None else "")


class RunsPane(QWidget):
    """The runs above, the files of the chosen one below."""

    run_chosen = Signal(str)
    undo_wanted = Signal(str)
    print_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown: ImportRun | None = None
        self.table = RecordTable(RUNS, "Журнал приёмов")
        self.table.row_selected.connect(self.run_chosen)
        self.table.setMinimumHeight(lines(6))
        self.files = RecordTable(FILES, "Файлы приёма")
        self.files.setMinimumHeight(lines(5))
        self.note = label("", TextStyle.SMALL, Tone.MUTED)
        self.print = Button("Печать…", ButtonKind.PLAIN, "printer")
        self.print.clicked.connect(lambda: self.print_wanted.emit(self.table.current_id()))
        self.undo = Button("Отменить приём…", ButtonKind.PLAIN, "undo-2")
        self.undo.clicked.connect(lambda: self.undo_wanted.emit(self.table.current_id()))
        text = "После первого приёма здесь будет строка на каждый: когда, откуда, что принято; приём можно отменить."
        self.empty = EmptyState("Приёмов ещё не было", text, has_help=False)
        self.body = QWidget(self)
        column = QVBoxLayout(self.body)
        set_gaps(column, 0)
        panel = TablePanel(self.table, "Найти приём")
        panel.add_tool(self.print)
        panel.add_tool(self.undo)
        column.addWidget(panel, 1)
        line = QHBoxLayout()
        set_gaps(line, 0, (1, 0.5, 1, 0.25))
        line.addWidget(self.note)
        column.addLayout(line)
        column.addWidget(self.files, 1)
        whole = QVBoxLayout(self)
        set_gaps(whole, 0)
        whole.addWidget(self.empty)
        whole.addWidget(self.body, 1)

    def show_runs(self, runs: Sequence[ImportRun]) -> None:
        """Fill the upper table; who listens to `run_chosen` brings the files."""
        names = [run.id for run in runs]
        current = self.table.current_id()
        self.empty.setVisible(not runs)
        self.body.setVisible(bool(runs))
        self.table.set_rows([run_row(run) for run in runs])
        chosen = current if current in names else (names[0] if names else "")
        self.table.blockSignals(True)
        self.table.select(chosen)
        self.table.blockSignals(False)
        if chosen:
            self.run_chosen.emit(chosen)

    def show_files(self, run: ImportRun) -> None:
        """Fill the lower table."""
        self.shown = run
        undone = frozenset(run.undone)
        self.files.set_rows([line_row(at, line, undone) for at, line in enumerate(run.lines)])
        self.undo.setEnabled(bool(run.taken))
        self.note.setText(f"Файлов: {len(run.lines)}. Можно отменить: {len(run.taken)}.")
