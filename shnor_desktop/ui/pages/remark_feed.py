"""The feed of remarks at the desk of a reviewer: filters, the list, the chosen thread, keys to go on to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget
from shiboken6 import isValid

from shnor_desktop.domain.checks import PAGE_OF_ENTITY
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.review import REMARK_KINDS
from shnor_desktop.models.school import School
from shnor_desktop.services import remark_feed, remark_threads
from shnor_desktop.services.remark_feed import Filter, RemarkLine, RemarkThread
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.remark_thread import ThreadView, sign_of
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.master_detail import MasterDetail

_WHICH = (
    ("open", "Открытые"),
    ("fixed", "Исправлены школой"),
    ("overdue", "Просроченные"),
    ("flagged", "Отмечены мной"),
    ("settled", "Принятые и снятые"),
    ("all", "Все"),
)
_PAGES = {
    "passport": "Паспорт",
    "staff": "Кадры",
    "results": "Результаты",
    "map": "Диагностическая карта",
    "programme": "Программа",
    "roadmap": "Дорожная карта",
    "partners": "Партнёры",
    "development": "ИОМ",
    "pupils": "Ученики",
    "quality": "Управление",
    "monitoring": "Мониторинг",
}
_MOST = 300


@dataclass(frozen=True, slots=True)
class FeedData:
    """What the feed shows, read in one go; `names` of the schools by their ids."""

    lines: tuple[RemarkLine, ...]
    thread: RemarkThread | None
    names: Mapping[str, str]


class RemarkFeed(QWidget):
    """Alt+↓ and Alt+↑ go through the list, F8 accepts, F9 returns with a reason."""

    wants_reading = Signal()
    place_wanted = Signal(object)
    """The line whose place is to be opened."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.school = ""
        self.which = _combo("Какие замечания", _WHICH, self)
        self.kind = _combo("Вид замечания", (("", "Все виды"), *REMARK_KINDS), self)
        pages = tuple((page, _PAGES[page]) for page in dict.fromkeys(PAGE_OF_ENTITY.values()) if page in _PAGES)
        self.page = _combo("Страница", (("", "Все страницы"), *pages), self)
        self.of_school = _combo("Чьи замечания", (("own", "Эта школа"), ("", "Все школы")), self)
        self.accept_all = Button("Принять все исправленные", ButtonKind.PLAIN, "circle-check")
        self.accept_all.clicked.connect(self._on_accept_all)
        filters = QWidget(self)
        flow = FlowLayout(filters)
        set_gaps(flow, 0.4, (0.75, 0.5, 0.75, 0.5))
        for box in (self.which, self.kind, self.page, self.of_school):
            box.currentIndexChanged.connect(lambda _: self.wants_reading.emit())
            flow.addWidget(box)
        flow.addWidget(self.accept_all)
        self.list = CardList("Замечания", 2, 3)
        self.list.card_chosen.connect(lambda _: self.read_thread())
        self.view = ThreadView(self, with_keys=True)
        self._connect_view()
        self._split = MasterDetail(self.list, self.view, 0.42, "К списку замечаний")
        self.list.card_opened.connect(lambda _: self._split.show_detail())
        self.list.clicked.connect(lambda _: self._split.show_detail())
        for keys, step in (("Alt+Down", 1), ("Alt+Up", -1)):
            QShortcut(QKeySequence(keys), self).activated.connect(lambda step=step: self.step(step))
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(filters)
        column.addWidget(self._split, 1)
        self._lines: dict[str, RemarkLine] = {}
        self._names: Mapping[str, str] = {}

    def wanted(self, school: str) -> Filter:
        """What the filters ask for; read on the interface thread, before the reading."""
        which = str(self.which.currentData())
        return Filter(
            states={"fixed": ("fixed",), "settled": ("accepted", "withdrawn")}.get(which, ()),
            kind=str(self.kind.currentData()),
            page=str(self.page.currentData()),
            school=school if self.of_school.currentData() == "own" else "",
            only_open=which == "open",
            only_overdue=which == "overdue",
            only_flagged=which == "flagged",
        )

    def show_feed(self, found: FeedData, school: str) -> None:
        """Fill the list; the chosen remark stays chosen while the filters let it pass."""
        self.school = school
        self._lines = {line.id: line for line in found.lines[:_MOST]}
        self._names = found.names
        self.list.blockSignals(True)
        self.list.set_cards([_card(line, self._name_of(line)) for line in self._lines.values()])
        if not self.list.current_id() and self._lines:
            self.list.select(next(iter(self._lines)))
        self.list.blockSignals(False)
        fixed = sum(1 for line in self._lines.values() if line.state == "fixed" and line.school == school)
        self.accept_all.setEnabled(fixed > 0)
        self.accept_all.setText(f"Принять все исправленные · {fixed}" if fixed else "Принять все исправленные")
        shown = found.thread
        if shown is not None and shown.line.id == self.list.current_id():
            self.view.show_thread(shown, self._name_of(shown.line))
        else:
            self.read_thread()

    def read_thread(self) -> None:
        """Read the chosen thread and show it."""
        line = self._lines.get(self.list.current_id())
        if line is None:
            self.view.show_thread(None)
            return
        workspace, wanted = self.desk.workspace, line.id

        def on_read(thread: RemarkThread) -> None:
            if isValid(self) and self.list.current_id() == wanted:
                self.view.show_thread(thread, self._name_of(thread.line))

        self.desk.read(lambda: remark_feed.thread(workspace, line.id, line.school), on_read)

    def choose(self, remark: str) -> None:
        """Show a remark, whatever the filters say."""
        if remark not in self._lines:
            self.which.setCurrentIndex(self.which.findData("all"))
        self.list.select(remark)
        self._split.show_detail()

    def step(self, by: int) -> None:
        """Go to the next or the previous remark."""
        ids = list(self._lines)
        if not ids:
            return
        now = self.list.current_id()
        at = ids.index(now) + by if now in ids else 0
        if 0 <= at < len(ids):
            self.list.select(ids[at])

    def _connect_view(self) -> None:
        self.view.move_wanted.connect(self._on_move)
        self.view.said.connect(self._on_said)
        self.view.place_wanted.connect(self._on_place)
        self.view.attach_wanted.connect(self._on_attach)
        self.view.flag_wanted.connect(self._on_flag)

    def _name_of(self, line: RemarkLine) -> str:
        return "" if line.school == self.school else self._names.get(line.school, "")

    def _chosen(self) -> RemarkLine | None:
        return self._lines.get(self.list.current_id())

    def _on_move(self, state: str, words: str) -> None:
        line, workspace = self._chosen(), self.desk.workspace
        if line is not None:
            self.view.clear_typed()
            self.desk.write(lambda: remark_threads.move(workspace, line.id, state, words, line.school))

    def _on_said(self, words: str) -> None:
        line, workspace = self._chosen(), self.desk.workspace
        if line is not None:
            self.desk.write(
                lambda: remark_threads.say(workspace, line.id, words, line.school), lambda _: self.view.clear_typed()
            )

    def _on_place(self) -> None:
        line = self._chosen()
        if line is not None:
            self.place_wanted.emit(line)

    def _on_attach(self) -> None:
        line, workspace = self._chosen(), self.desk.workspace
        if line is not None:
            self.desk.write(lambda: remark_threads.attach_again(workspace, line.id, line.school))

    def _on_flag(self, on: bool) -> None:
        line, workspace = self._chosen(), self.desk.workspace
        if line is not None:
            self.desk.write(lambda: remark_threads.flag(workspace, line.id, on=on))

    def _on_accept_all(self) -> None:
        school, workspace = self.school, self.desk.workspace
        self.desk.write(lambda: remark_threads.accept_fixed(workspace, school))


def read_feed(workspace: Workspace, wanted: Filter, chosen: str) -> FeedData:
    """The feed and the chosen thread; off the interface thread."""
    lines = tuple(remark_feed.feed(workspace, wanted))
    line = next((one for one in lines if one.id == chosen), lines[0] if lines else None)
    thread = remark_feed.thread(workspace, line.id, line.school) if line is not None else None
    with workspace.reading() as reader:
        names = {card.id: card.short_name or card.code or "" for card in reader.rows(School)}
    return FeedData(lines, thread, names)


def open_words(lines: int) -> str:
    """«Замечания · 3»."""
    return f"Замечания · {lines}" if lines else "Замечания"


def count_words(count: int) -> str:
    """«3 замечания»."""
    return plural(count, "замечание", "замечания", "замечаний")


def _combo(name: str, choices: tuple[tuple[str, str], ...], parent: QWidget) -> QComboBox:
    box = QComboBox(parent)
    box.setAccessibleName(name)
    for code, caption in choices:
        box.addItem(caption, code)
    return box


def _card(line: RemarkLine, school: str) -> Card:
    words = (school, line.place, line.due_words, "просрочено" if line.is_overdue else "")
    text = " · ".join(part for part in words if part)
    state, icon, tone = sign_of(line)
    return Card(line.id, line.body, text, state, tone, "flag" if line.is_flagged else icon, tone)
