"""«Каналы»: the list of ways by which a desk sends and receives, with the form of the chosen one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import channels, outbox
from shnor_desktop.services.channels import ChannelKind, ChannelSettings
from shnor_desktop.services.workspace import StoreKind
from shnor_desktop.ui.dialogs import ConfirmDialog, choose_folder
from shnor_desktop.ui.pages.channels_form import ChannelForm
from shnor_desktop.ui.pages.channels_runner import Aside, runner_of
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState

_WORDS = (
    "Канал – это общая папка, папка на сервере или почтовый ящик. По нему пакеты уходят и приходят сами, когда есть "
    "связь. Пока каналов нет, программа ни с кем не соединяется. Флешку настраивать не нужно."
)
_COLUMNS = [
    Column("title", "Канал", 18, stretches=True),
    Column("kind", "Вид", 16),
    Column("state", "Состояние", 13),
]


@dataclass(frozen=True, slots=True)
class _Known:
    settings: ChannelSettings
    has_password: bool


class ChannelsPane(QWidget):
    """It reads for itself; the page that holds it calls `refresh`."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        self._known: dict[str, _Known] = {}
        self.table = RecordTable(_COLUMNS, "Каналы")
        self.table.row_selected.connect(self._on_selected)
        self.new = Button("Новый канал", ButtonKind.PLAIN, "plus")
        workspace = page.desk.workspace
        self.form = ChannelForm(workspace, names_receiver=workspace.kind is not StoreKind.MUNICIPAL)
        self.new.clicked.connect(self._on_new_clicked)
        self.form.saved.connect(self._on_saved)
        self.form.tried.connect(self._on_tried)
        self.form.removed.connect(self._on_removed)
        self.form.folder_wanted.connect(self._on_folder_wanted)
        left = QWidget(self)
        column = QVBoxLayout(left)
        set_gaps(column, 0.5)
        column.addWidget(label(_WORDS, TextStyle.BODY, Tone.MUTED))
        tools = QHBoxLayout()
        set_gaps(tools, 0.5)
        tools.addWidget(self.new)
        tools.addStretch(1)
        column.addLayout(tools)
        column.addWidget(self.table, 1)
        self._filler = QWidget(left)
        column.addWidget(self._filler, 1)
        row = QVBoxLayout(self)
        set_gaps(row, 0)
        self.split = MasterDetail(left, self.form, 0.46, "К списку каналов")
        row.addWidget(self.split)
        for widget in (self.new, self.form):
            widget.setEnabled(not page.desk.is_read_only)

    def refresh(self) -> None:
        """Read the channels anew."""
        workspace = self._page.desk.workspace

        def read() -> list[_Known]:
            return [_Known(one, channels.has_password(workspace, one.id)) for one in channels.channels(workspace)]

        self._page.desk.read(read, self._show)

    def _show(self, found: list[_Known]) -> None:
        self._known = {one.settings.id: one for one in found}
        self.table.set_rows([_row(one) for one in found])
        self.table.setVisible(bool(found))
        self._filler.setVisible(not found)

    def _on_selected(self, identifier: str) -> None:
        known = self._known.get(identifier)
        if known is not None:
            self.form.show_channel(known.settings, has_password=known.has_password)

    def _on_new_clicked(self) -> None:
        self.table.clearSelection()
        self.form.begin()
        self.split.show_detail()
        self.form.lines["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_saved(self, settings: ChannelSettings, password: str | None) -> None:
        desk = self._page.desk

        def work() -> ChannelSettings:
            kept = channels.put_channel(desk.workspace, settings, password)
            outbox.try_again(desk.workspace, kept.id)
            return kept

        def done(kept: ChannelSettings) -> None:
            self.form.show_channel(kept, has_password=bool(password) or self._has_password(kept.id))
            self.form.show_result("Канал сохранён.")
            self.refresh()
            runner_of(desk).round(force=True)

        desk.write(work, done, self.form.show_words)

    def _has_password(self, identifier: str) -> bool:
        known = self._known.get(identifier)
        return known is not None and known.has_password

    def _on_tried(self, settings: ChannelSettings, password: str | None) -> None:
        workspace = self._page.desk.workspace
        self.form.show_waiting()
        self.form.try_out.setEnabled(False)
        Aside(lambda: channels.try_channel(workspace, settings, password), self._on_tried_out, self)

    def _on_tried_out(self, result: str | Exception) -> None:
        self.form.try_out.setEnabled(True)
        if isinstance(result, KnownError):
            self.form.show_failure(result)
        elif isinstance(result, Exception):
            self._page.desk.failures.report(result)
        else:
            self.form.show_result(result)

    def _on_removed(self, identifier: str) -> None:
        known, desk = self._known.get(identifier), self._page.desk
        if known is None:
            return
        words = "Пароль канала удаляется с этого компьютера. Переданное им и пришедшее остаётся в журнале."
        question = f"Удалить канал «{known.settings.title}»?"
        dialog = ConfirmDialog(question, words, "Удалить", "Оставить", self.window())

        def done(_result: object) -> None:
            self.form.begin()
            self.refresh()

        dialog.accepted.connect(lambda: desk.write(lambda: channels.remove_channel(desk.workspace, identifier), done))
        dialog.open()

    def _on_folder_wanted(self) -> None:
        folder = choose_folder(self, "Общая папка")
        if folder is not None:
            self.form.set_folder(str(folder))


def _row(known: _Known) -> Row:
    settings = known.settings
    lacks = settings.kind is not ChannelKind.FOLDER and not known.has_password
    words = "нет пароля" if lacks else "включён" if settings.is_on else "выключен"
    sign = RowState.WARNING if lacks else RowState.DONE if settings.is_on else RowState.NONE
    tones = {"state": Tone.MEDIUM} if lacks else {}
    return Row(settings.id, (settings.title, settings.kind.caption, words), (), sign, tones)
