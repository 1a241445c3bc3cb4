"""«Части у коллег»: who has which part of the work, giving one, giving it again, recalling it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shnor_desktop.models.registry import entity
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.models.teamwork import Delegation
from shnor_desktop.services import records, teamwork
from shnor_desktop.services.packages import Exported, Leaving
from shnor_desktop.services.team_packages import give_again, give_part, leaving_with
from shnor_desktop.services.teamwork import DelegationLine, PartDraft
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.dialogs import ConfirmDialog, PreviewDialog, choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import DeskPage
from shnor_desktop.ui.pages.desk import words_of_failure
from shnor_desktop.ui.pages.leaving import leaving_lines
from shnor_desktop.ui.pages.record_draft import RecordDraft
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState

_FIELDS = ("colleague", "parts", "wanted_by")
_PURPOSE = (
    "Коллега откроет файл на своём компьютере, заполнит только отмеченное и вернёт файл вам. "
    "Остальное в школе он увидит без личных данных."
)
_STATES = {
    teamwork.GIVEN: (RowState.WAITING, Tone.MUTED),
    teamwork.RETURNED: (RowState.DONE, Tone.LOW),
    teamwork.RECALLED: (RowState.NONE, Tone.MUTED),
}

_CLOSED = "Файл зашифрован: прочесть его смогут только этот коллега и вы."
_OPEN = "Файл не зашифрован: отдайте его из рук в руки."


class TeamPanel(QWidget):
    """The list of parts with what can be done with the chosen one; it works on the desk of its page."""

    def __init__(self, page: DeskPage, open_folder: Callable[[Path], None]) -> None:
        super().__init__(page)
        self._page = page
        self._open_folder = open_folder
        self._lines: tuple[DelegationLine, ...] = ()
        self.table = RecordTable(_COLUMNS, "Части у коллег")
        self.table.set_row_lines(2)
        self.table.row_selected.connect(lambda _row: self._show_tools())
        self.empty = label(
            "Частей у коллег нет. Нажмите «Дать часть работы…»: завуч или учитель заполнит её дома и вернёт файлом.",
            TextStyle.BODY,
            Tone.MUTED,
        )
        self.again = Button(
            "Выдать снова", ButtonKind.PLAIN, "refresh-cw", "Новый файл той же части с тем, что изменилось"
        )
        self.again.clicked.connect(self._on_again_clicked)
        self.recall = Button("Отозвать", ButtonKind.PLAIN, "ban", "Файлы от этого коллеги больше не принимать")
        self.recall.clicked.connect(self._on_recall_clicked)
        self.give = Button("Дать часть работы…", ButtonKind.PLAIN, "users")
        self.give.clicked.connect(self.ask)
        tools = QHBoxLayout()
        set_gaps(tools, 0.5)
        tools.addWidget(self.give)
        tools.addStretch(1)
        tools.addWidget(self.again)
        tools.addWidget(self.recall)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5)
        column.addLayout(tools)
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        self._filler = QWidget(self)
        column.addWidget(self._filler, 1)

    def show_parts(self, found: Sequence[DelegationLine]) -> None:
        """Show the parts; the chosen one stays chosen."""
        self._lines = tuple(found)
        self.table.set_rows([_row(line) for line in found])
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._filler.setVisible(not found)
        self._show_tools()

    def ask(self) -> None:
        """Ask to whom, what and until when."""
        desk = self._page.desk
        dialog = PartDialog(self._page.window())
        dialog.draft.submitted.connect(partial(self._on_asked, dialog))
        desk.read(lambda: _names(desk.workspace), dialog.set_names)
        dialog.open()

    def _on_asked(self, dialog: PartDialog, values: dict[str, object]) -> None:
        parts = values.get("parts")
        chosen = [str(one) for one in parts] if isinstance(parts, list) else []
        wanted = PartDraft(str(values.get("colleague") or ""), chosen, str(values.get("wanted_by") or ""))
        workspace = self._page.desk.workspace

        def on_read(leaving: Leaving) -> None:
            self._preview(dialog, wanted, leaving)

        self._page.desk.read(lambda: leaving_with(workspace, wanted), on_read, dialog.refuse)

    def _preview(self, dialog: PartDialog, wanted: PartDraft, leaving: Leaving) -> None:
        purpose = f"Получит: {wanted.colleague}. Файл не зашифрован: отдайте его из рук в руки."
        preview = PreviewDialog("Что уходит коллеге", purpose, leaving_lines(leaving), "Сохранить файл", parent=dialog)
        preview.do_button.setEnabled(not leaving.is_too_large)
        preview.accepted.connect(lambda: self._choose_folder(dialog, wanted))
        preview.open()

    def _choose_folder(self, dialog: PartDialog, wanted: PartDraft) -> None:
        folder = choose_folder(self, "Куда сохранить часть: папка или флешка")
        if folder is not None:
            dialog.accept()
            self.give_to(folder, wanted)

    def give_to(self, folder: Path, wanted: PartDraft) -> None:
        """Write the file of a new part."""
        workspace = self._page.desk.workspace
        done = partial(self._on_written, wanted.colleague)
        self._page.run_long("Готовим часть работы", lambda _task: give_part(workspace, folder, wanted), done)

    def _on_written(self, colleague: str, exported: Exported) -> None:
        words = Notice(
            f"Часть работы сохранена: {exported.path.name}.",
            f"Папка: {exported.path.parent}. {_CLOSED if exported.is_encrypted else _OPEN}",
            f"Отдайте файл: {colleague}. Открывается он с первой страницы программы: «Открыть имеющееся».",
        )
        folder = exported.path.parent
        self._page.desk.say(words, MessageLevel.DONE, "Открыть папку", lambda: self._open_folder(folder))

    def _on_again_clicked(self) -> None:
        line, workspace = self._chosen(), self._page.desk.workspace
        folder = choose_folder(self, "Куда сохранить часть: папка или флешка") if line is not None else None
        if line is None or folder is None:
            return
        done = partial(self._on_written, line.colleague)
        self._page.run_long("Готовим часть работы", lambda _task: give_again(workspace, folder, line.id), done)

    def _on_recall_clicked(self) -> None:
        line, desk = self._chosen(), self._page.desk
        if line is None:
            return
        consequence = (
            "То, что уже принято, останется. Файлы, которые этот коллега принесёт позже, приниматься не будут. "
            "Если отозвали по ошибке, нажмите «Выдать снова»."
        )
        question = f"Отозвать часть «{line.part_titles}» у коллеги {line.colleague}?"
        dialog = ConfirmDialog(question, consequence, "Отозвать", "Оставить", self.window())
        dialog.accepted.connect(lambda: desk.write(lambda: teamwork.recall(desk.workspace, line.id)))
        dialog.open()

    def _chosen(self) -> DelegationLine | None:
        chosen = self.table.current_id()
        return next((line for line in self._lines if line.id == chosen), None)

    def _show_tools(self) -> None:
        line, is_open = self._chosen(), not self._page.desk.is_read_only
        self.again.setEnabled(is_open and line is not None)
        self.recall.setEnabled(is_open and line is not None and line.state != teamwork.RECALLED)
        self.give.setEnabled(is_open)


class PartDialog(QDialog):
    """To whom, which parts, until when; what was typed stays until it is right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Дать часть работы")
        fields = entity(Delegation.log_name).fields
        asked = [fields[name] for name in _FIELDS]
        self.draft = RecordDraft("Дать часть работы", asked, "Посмотреть, что уходит", _PURPOSE, self, "eye")
        self.draft.leave.setText("Не давать")
        self.draft.left.connect(self.reject)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.draft)
        room = self.screen().availableSize()
        self.resize(min(chars(74), room.width() - lines(2)), min(lines(30), room.height() - lines(3)))
        self.draft.begin({})

    def set_names(self, names: list[str]) -> None:
        """The people of the staff list, offered while a name is typed."""
        line = self.draft.form.editors["colleague"].editor.input()
        if isinstance(line, QLineEdit):
            completer = QCompleter(names, line)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)

    def refuse(self, error: Exception) -> None:
        """Say why the part is not given."""
        self.draft.refuse(words_of_failure(error))


_COLUMNS = [
    Column("colleague", "Кому", 19, stretches=True, least=17),
    Column("parts", "Что может заполнять", 19),
    Column("given", "Выдана", 10),
    Column("wanted", "Вернуть до", 10),
    Column("state", "Состояние", 12),
]


def _row(line: DelegationLine) -> Row:
    state, tone = _STATES.get(line.state, (RowState.NONE, Tone.MUTED))
    if line.is_late:
        state, tone = RowState.WARNING, Tone.MEDIUM
    words = f"{line.state_words} {line.returned_on}".strip() if line.state == teamwork.RETURNED else line.state_words
    cells = (line.colleague, line.part_titles, line.given_on, line.wanted_by, words)
    return Row(line.id, cells, (), state, {"state": tone}, line.part_titles)


def _names(workspace: Workspace) -> list[str]:
    return sorted({one.full_name for one in records.rows(workspace, StaffMember) if one.full_name})
