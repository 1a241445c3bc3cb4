"""Requests of computers to be let in: who, which school, what to compare by phone; an invitation as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QComboBox, QVBoxLayout, QWidget

from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.russian import short_date
from shnor_desktop.services import authority_desk
from shnor_desktop.services.enrolled_people import Enrolled
from shnor_desktop.services.enrolment_requests import Request, RequestReason, RequestState
from shnor_desktop.services.packages import Exported
from shnor_desktop.ui.dialogs import choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import DeskPage
from shnor_desktop.ui.pages.trust_dialogs import PhraseDialog, flow_of, open_folder
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState

ROLES = {"school": "компьютер школы", "methodist": "методист", "municipal": "муниципальный центр"}
_NOTHING = "Запросов нет. Школа делает файл запроса на странице «Обмен», методист – при первом запуске. Примите файл."
_COMPARE = (
    "Позвоните по номеру, который знаете сами, и попросите прочитать слова со страницы «Этот компьютер». Подключайте, "
    "только если совпали все."
)
_INVITED = "Приглашение сделано. Передайте файл: пока компьютер его не принял, он работает по-прежнему."
_PROVEN = "Подтверждено прежним ключом этого компьютера: звонить не нужно."
_WHICH = "Какой школы этот компьютер"
_NO_SCHOOL = "выберите школу"
_NO_SCHOOLS = "школ ещё нет: примите сначала пакет или запрос школы"
_COLUMNS = [
    Column("name", "Кто просит", 20, stretches=True, least=16),
    Column("reason", "Зачем", 15),
    Column("came", "Пришёл", 9.5),
    Column("state", "Состояние", 12),
]


@dataclass(frozen=True, slots=True)
class SchoolChoice:
    """A school that a computer may belong to."""

    id: str
    name: str
    code: str


class RequestsPane(QWidget):
    """A list with the chosen request beside it."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        self._known: dict[str, Request] = {}
        self._schools: dict[str, SchoolChoice] = {}
        self._shown = ""
        self.table = RecordTable(_COLUMNS, "Запросы на подключение")
        self.table.set_row_lines(2)
        self.table.row_selected.connect(lambda _: self._show_chosen())
        self.nothing = label(_NOTHING, TextStyle.BODY, Tone.MUTED)
        self.title = label("", TextStyle.SECTION)
        self.facts = label("", TextStyle.BODY)
        self.advice = label("", TextStyle.BODY, Tone.MUTED)
        self.phrase = label("", TextStyle.SECTION)
        self.digits = label("", TextStyle.BODY, Tone.MUTED)
        self.school = QComboBox(self)
        self.school.setAccessibleName(_WHICH)
        self.school.currentIndexChanged.connect(lambda _: self._enable())
        self.which = label(_WHICH, TextStyle.STRONG)
        self.lost = QCheckBox("Прежний компьютер этой школы утрачен: отозвать его", self)
        self.invite_button = Button("Слова совпали, подключить", ButtonKind.PRIMARY, "shield-check")
        self.invite_button.clicked.connect(self._on_invite_clicked)
        self.again_button = Button("Сохранить приглашение ещё раз", ButtonKind.PLAIN)
        self.again_button.clicked.connect(self._on_again_clicked)
        self.decline_button = Button("Отклонить", ButtonKind.LINK)
        self.decline_button.clicked.connect(self._on_decline_clicked)
        self._lay_out()

    def show_requests(self, found: Sequence[Request], schools: Sequence[SchoolChoice]) -> None:
        """Fill the list."""
        came = [one for one in found if one.state is RequestState.NEW and one.id not in self._known]
        self._known = {one.id: one for one in found}
        self.school.clear()
        self._schools = {one.id: one for one in schools}
        self.school.addItem(_NO_SCHOOL if schools else _NO_SCHOOLS, "")
        for one in schools:
            self.school.addItem(f"{one.name}, код {one.code}" if one.code else one.name, one.id)
        self.table.set_rows([_row(one) for one in found])
        self.table.setVisible(bool(found))
        self.nothing.setVisible(not found)
        if came or (found and self._chosen() is None):
            self.table.select((came or found)[0].id)
        self._show_chosen()

    def invite(self, request: Request, phrase: str, folder: Path, lost: Sequence[str]) -> None:
        """Let the computer in and write the invitation into a folder."""
        workspace = self._page.desk.workspace
        school = None if request.names_school or request.role != "school" else str(self.school.currentData() or "")

        def work(_task: object) -> Exported:
            return authority_desk.invite(workspace, request.id, phrase, folder, school=school or None, lost=lost)

        self._page.run_long("Подключаем компьютер", work, self._on_invited)

    def _chosen(self) -> Request | None:
        return self._known.get(self.table.current_id())

    def _show_chosen(self) -> None:
        request = self._chosen()
        self._detail.setVisible(request is not None)
        if request is None:
            return
        is_new = request.state is not RequestState.INVITED
        self.title.setText(request.school_name or request.name)
        person = f"Отвечает: {request.person}\n" if request.person else ""
        role = ROLES.get(request.role, request.role)
        self.facts.setText(f"{person}{role.capitalize()}, код {request.code}. Запрос: {request.reason.caption}.")
        self.advice.setText(_INVITED if not is_new else _PROVEN if request.is_proven else _COMPARE)
        for text in (self.phrase, self.digits):
            text.setVisible(is_new and not request.is_proven)
        self.phrase.setText(request.phrase)
        self.digits.setText(f"То же цифрами: {request.digits}")
        for part in (self.which, self.school):
            part.setVisible(is_new and _asks_school(request))
        self._choose_school(request)
        self.lost.setVisible(is_new and request.reason is RequestReason.LOST)
        self.lost.setChecked(request.reason is RequestReason.LOST)
        words = "Подключить" if request.is_proven else "Слова совпали, подключить"
        self.invite_button.setText(words)
        self.invite_button.setVisible(is_new)
        self.decline_button.setVisible(request.state is RequestState.NEW)
        self.again_button.setVisible(not is_new)
        self._enable()

    def _choose_school(self, request: Request) -> None:
        """The school with the code of the request; another one is for the person to choose."""
        if self._shown == request.id and self.school.currentData():
            return
        self._shown = request.id
        same = [one.id for one in self._schools.values() if one.code == request.code]
        self.school.setCurrentIndex(max(self.school.findData(same[0]), 0) if len(same) == 1 else 0)

    def _enable(self) -> None:
        request, can_write = self._chosen(), not self._page.desk.is_read_only
        for button in (self.decline_button, self.again_button):
            button.setEnabled(can_write)
        has_school = request is None or not _asks_school(request) or bool(self.school.currentData())
        self.invite_button.setEnabled(can_write and has_school)

    def _on_invite_clicked(self) -> None:
        request = self._chosen()
        if request is None:
            return
        words = f"{request.school_name or request.name}: {request.reason.caption}. Будет записан файл приглашения."
        dialog = PhraseDialog("Подключить компьютер?", words, "Подключить", self.window())
        dialog.given.connect(lambda phrase: self._choose_folder(request, phrase))
        dialog.open()

    def _choose_folder(self, request: Request, phrase: str) -> None:
        folder = choose_folder(self, "Куда сохранить приглашение: папка или флешка")
        if folder is None:
            return
        workspace, wants_lost = self._page.desk.workspace, self.lost.isVisible() and self.lost.isChecked()

        def read() -> list[Enrolled]:
            return authority_desk.old_computers(workspace, request.id) if wants_lost else []

        self._page.desk.read(read, lambda old: self.invite(request, phrase, folder, [one.fingerprint for one in old]))

    def _on_invited(self, made: Exported) -> None:
        words = Notice(
            f"Компьютер подключён, приглашение сохранено: {made.path.name}.",
            f"Папка: {made.path.parent}.",
            "Передайте файл: компьютер примет его на странице «Обмен».",
        )
        self._page.desk.say(words, MessageLevel.DONE, "Открыть папку", lambda: open_folder(made.path.parent))

    def _on_again_clicked(self) -> None:
        request, workspace = self._chosen(), self._page.desk.workspace
        folder = choose_folder(self, "Куда сохранить приглашение") if request is not None else None
        if request is not None and folder is not None:
            self._page.run_long(
                "Готовим приглашение",
                lambda _task: authority_desk.write_invitation(workspace, request.id, folder),
                self._on_invited,
            )

    def _on_decline_clicked(self) -> None:
        request, workspace = self._chosen(), self._page.desk.workspace
        if request is not None:
            self._page.desk.write(lambda: authority_desk.decline(workspace, request.id))

    def _lay_out(self) -> None:
        left = QWidget(self)
        column = QVBoxLayout(left)
        set_gaps(column, 0.5)
        column.addWidget(self.nothing)
        column.addWidget(self.table, 1)
        column.addStretch(0)
        self._detail = ScrollColumn(gap=0.5, margins=0.75)
        for part in (self.title, self.facts, self.advice, self.phrase, self.digits, self.which, self.school, self.lost):
            self._detail.add(part)
        self._detail.add(flow_of(self.invite_button, self.again_button, self.decline_button))
        whole = QVBoxLayout(self)
        set_gaps(whole, 0)
        whole.addWidget(MasterDetail(left, self._detail, 0.56, "К запросам"))


def _asks_school(request: Request) -> bool:
    return request.role == "school" and not request.names_school


def _row(request: Request) -> Row:
    state = RowState.WAITING if request.state is RequestState.NEW else RowState.DONE
    state = RowState.NONE if request.state is RequestState.DECLINED else state
    came = short_date(parse_utc(request.came_at).astimezone().date())
    name = request.school_name or request.name
    who = f"{name}, {request.person}" if request.person and request.person != name else name
    cells = (who, request.reason.caption, came, request.state.caption)
    return Row(request.id, cells, (), state, {}, request.person)
