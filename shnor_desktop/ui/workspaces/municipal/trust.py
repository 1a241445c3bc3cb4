"""«Доверие»: the centre's key, computers that ask to be let in, computers that were let in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.models.school import School
from shnor_desktop.services import authority_desk, centre, records, recovery
from shnor_desktop.services.authority_desk import AuthorityState
from shnor_desktop.services.enrolled_people import Enrolled, EnrolledState
from shnor_desktop.services.enrolment_requests import Request, RequestState
from shnor_desktop.services.recovery import SheetState
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.trust_dialogs import NewPhraseDialog
from shnor_desktop.ui.pages.trust_sheet import SheetDialog
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.municipal.trust_computers import ComputersPane
from shnor_desktop.ui.workspaces.municipal.trust_key import KeyPane
from shnor_desktop.ui.workspaces.municipal.trust_requests import RequestsPane, SchoolChoice

_PURPOSE = "Чьи пакеты центр принимает без звонка. Компьютер подключают один раз, потерянный отзывают в два клика."
_REQUESTS, _COMPUTERS, _KEY = "requests", "computers", "key"
_EMPTY = (
    "Пока каждого отправителя подтверждают по телефону, а пакеты не зашифрованы. С ключом центра школа или методист "
    "подключаются один раз: файл запроса, сверка слов по телефону, файл приглашения. Ключ закрыт "
    "кодовой фразой и нужен только здесь."
)
_CREATE = (
    "Придумайте кодовую фразу и сразу напечатайте лист восстановления: без него ключ не вернуть, если компьютер "
    "сломается. Тогда все школы придётся подключать заново."
)


@dataclass(frozen=True, slots=True)
class TrustView:
    """What the page shows."""

    state: AuthorityState
    requests: tuple[Request, ...]
    people: tuple[Enrolled, ...]
    sheet: SheetState
    schools: tuple[SchoolChoice, ...]
    """The schools of the centre, and those of which so far only a computer is known."""

    @property
    def waiting(self) -> int:
        """How many requests wait for a decision."""
        return sum(1 for one in self.requests if one.state is RequestState.NEW)


def _schools(workspace: Workspace, people: Sequence[Enrolled]) -> list[SchoolChoice]:
    """The schools of the centre by their cards alone: this page needs no more of them."""
    found = {
        one.school: SchoolChoice(one.school, one.name, one.code)
        for one in people
        if one.state is EnrolledState.ACTIVE and one.role == "school"
    }
    for school in centre.school_ids(workspace):
        card = records.row(workspace, School, school, school)
        if card is not None:
            found[school] = SchoolChoice(school, card.short_name or card.code or "", card.code or "")
    return sorted(found.values(), key=lambda one: one.name.casefold())


class TrustPage(DeskPage):
    """One page for what a centre answers for."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Доверие", _PURPOSE, parent)
        self.requests = RequestsPane(self)
        self.computers = ComputersPane(self)
        self.key = KeyPane(self)
        self.parts = SegmentBar("Части страницы")
        self.parts.chosen.connect(self._on_part_chosen)
        self._stack = QStackedWidget(self)
        for pane in (self.requests, self.computers, self.key):
            self._stack.addWidget(pane)
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0.5, (1, 0.5, 1, 0.75))
        column.addWidget(self.parts)
        column.addWidget(self._stack, 1)
        self.set_body(body)
        self.show_reading("Читаем, кто подключён…")

    def load(self) -> TrustView:
        """The authority, the requests, the computers."""
        workspace = self.desk.workspace
        people = tuple(authority_desk.people(workspace))
        return TrustView(
            authority_desk.state(workspace),
            tuple(authority_desk.requests(workspace)),
            people,
            recovery.state(workspace),
            tuple(_schools(workspace, people)),
        )

    def show_data(self, snapshot: TrustView) -> None:
        """Show the parts, or how to begin."""
        if not snapshot.state.exists:
            empty = EmptyState("Ключа центра ещё нет", _EMPTY, "Создать ключ центра", "key-round")
            empty.button.setEnabled(not self.desk.is_read_only)
            empty.begin_requested.connect(self.ask_create)
            empty.help_requested.connect(lambda: self.ask_help("trust"))
            self.show_empty(empty)
            return
        self.show_body()
        waiting = f"Запросы ({snapshot.waiting})" if snapshot.waiting else "Запросы"
        self.parts.set_segments([(_REQUESTS, waiting), (_COMPUTERS, "Компьютеры"), (_KEY, "Ключ центра")])
        words = plural(sum(1 for one in snapshot.people if not one.ended_at), "компьютер", "компьютера", "компьютеров")
        self.header.set_title("Доверие", f"{_PURPOSE} Подключено: {words}.")
        self.requests.show_requests(snapshot.requests, snapshot.schools)
        self.computers.show_people(snapshot.people, {one.id: one.name for one in snapshot.schools})
        self.key.show_state(snapshot.state, snapshot.sheet)

    def ask_create(self) -> None:
        """The wizard of the first key: phrase, then the sheet."""
        dialog = NewPhraseDialog("Создать ключ центра", _CREATE, asks_old=False, parent=self.window())
        dialog.given.connect(lambda _old, new: self.create(new))
        dialog.open()

    def create(self, phrase: str) -> None:
        """Create the key; then the sheet is asked for at once."""
        workspace = self.desk.workspace

        def done(_state: AuthorityState) -> None:
            words = Notice(
                "Ключ центра создан.",
                "Центр может подключать компьютеры школ и методистов.",
                "Теперь напечатайте лист восстановления и уберите его в сейф.",
            )
            self.desk.say(words, MessageLevel.DONE)
            SheetDialog.ask(self, self.refresh, phrase=phrase)

        self.run_long("Создаём ключ", lambda _task: authority_desk.create(workspace, phrase), done)

    def _on_part_chosen(self, part: str) -> None:
        panes = {_REQUESTS: self.requests, _COMPUTERS: self.computers, _KEY: self.key}
        self._stack.setCurrentWidget(panes[part])
