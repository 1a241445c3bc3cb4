"""The computers that a centre has let in; one that is lost is revoked here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.russian import short_date
from shnor_desktop.services import authority_desk
from shnor_desktop.services.enrolled_people import ASKED_WHY, WHY, Enrolled, EnrolledState
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import DeskPage
from shnor_desktop.ui.pages.trust_dialogs import PhraseDialog
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, TablePanel
from shnor_desktop.ui.widgets.table_model import RowState
from shnor_desktop.ui.workspaces.municipal.trust_requests import ROLES

_REVOKE = (
    "Всё, что этот компьютер передал до сих пор, остаётся. Новые его пакеты не примут ни центр, ни школы, ни "
    "методисты, как только получат от центра любой файл. Вернуть отозванный нельзя: его подключают заново."
)
_COLUMNS = [
    Column("name", "Кто", 24, stretches=True, least=20),
    Column("role", "Чей", 18),
    Column("person", "Отвечает", 22),
    Column("since", "Подключён", 11),
    Column("state", "Состояние", 24),
]


class ComputersPane(QWidget):
    """A table of everybody, with one action."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        self._known: dict[str, Enrolled] = {}
        self.table = RecordTable(_COLUMNS, "Подключённые компьютеры")
        self.table.set_row_lines(2)
        self.table.row_selected.connect(lambda _: self._show_tools())
        self.revoke_button = Button("Отозвать…", ButtonKind.PLAIN, "ban")
        self.revoke_button.clicked.connect(self._on_revoke_clicked)
        self._panel = TablePanel(self.table, "Найти компьютер")
        self._panel.add_tool(self.revoke_button)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._panel, 1)

    def show_people(self, found: Sequence[Enrolled], schools: Mapping[str, str]) -> None:
        """Fill the table."""
        self._known = {one.fingerprint: one for one in found}
        self.table.set_rows([_row(one, schools) for one in found])
        self._show_tools()

    def revoke(self, fingerprint: str, reason: str, phrase: str) -> None:
        """Revoke a computer; the list goes out with every file from now on."""
        workspace = self._page.desk.workspace

        def done(_number: int) -> None:
            words = Notice(
                "Компьютер отозван.",
                "Его новые пакеты больше не принимаются; принятое раньше осталось.",
                "Отправьте школам ответы: со следующим файлом центра об отзыве узнают все.",
            )
            self._page.desk.say(words, MessageLevel.DONE)

        self._page.run_long(
            "Отзываем", lambda _task: authority_desk.revoke(workspace, fingerprint, reason, phrase), done
        )

    def _show_tools(self) -> None:
        chosen = self._known.get(self.table.current_id())
        can = chosen is not None and chosen.state is EnrolledState.ACTIVE and chosen.role != "municipal"
        self.revoke_button.setEnabled(can and not self._page.desk.is_read_only)

    def _on_revoke_clicked(self) -> None:
        chosen = self._known.get(self.table.current_id())
        if chosen is None:
            return
        dialog = PhraseDialog(f"Отозвать: {chosen.name}?", _REVOKE, "Отозвать", self.window())
        reasons = QComboBox(dialog)
        reasons.setAccessibleName("Почему")
        for reason in ASKED_WHY:
            reasons.addItem(WHY[reason], reason.value)
        dialog.extra.insertWidget(0, reasons)
        dialog.extra.insertWidget(0, label("Почему", TextStyle.STRONG, Tone.NORMAL))
        dialog.given.connect(lambda phrase: self.revoke(chosen.fingerprint, str(reasons.currentData()), phrase))
        dialog.open()


def _row(one: Enrolled, schools: Mapping[str, str]) -> Row:
    is_active = one.state is EnrolledState.ACTIVE
    since = short_date(parse_utc(one.at).astimezone().date())
    cells = (schools.get(one.school) or one.name, ROLES.get(one.role, one.role), one.person, since, one.state_words)
    sign = RowState.DONE if is_active else RowState.NONE
    return Row(one.fingerprint, cells, (), sign, {} if is_active else {"state": Tone.MUTED}, one.digits)
