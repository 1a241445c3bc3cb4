"""«Рассмотрение»: the parts of a school, what was written and what changed, my remarks; and the feed of threads."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.models.diagnostics import DiagnosticAnswer
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.review import REMARK_KINDS
from shnor_desktop.services import centre, expert
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.centre import RemarkDraft, SchoolLine
from shnor_desktop.services.remark_feed import RemarkLine, RemarkThread
from shnor_desktop.services.review import ReviewItem, ReviewSection, ReviewView, review
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.forms.editors import GrowingText
from shnor_desktop.ui.pages.attachment_strip import AttachmentStrip
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.expert_answer import ExpertDialog
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.remark_feed import FeedData, RemarkFeed, open_words, read_feed
from shnor_desktop.ui.pages.remark_thread import sign_of
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import Level, TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.segments import SegmentBar

_ICONS = {Level.HIGH: "triangle", Level.MEDIUM: "diamond", Level.LOW: "circle", Level.UNKNOWN: "circle"}
_TONES = {Level.HIGH: Tone.HIGH, Level.MEDIUM: Tone.MEDIUM, Level.LOW: Tone.LOW, Level.UNKNOWN: Tone.MUTED}
_PURPOSE = "Слева части, в середине написанное школой, справа ваши замечания. Данные школы здесь только читаются."
_PARTS, _FEED = "parts", "feed"


@dataclass(frozen=True, slots=True)
class ReviewData:
    """The school and the feed of remarks, read in one go."""

    view: ReviewView
    feed: FeedData


class ReviewPage(DeskPage):
    """Reads one school; a remark stays with the place it speaks of. What a desk decides its own page adds."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Рассмотрение", _PURPOSE, parent)
        self.school = ""
        self.view: ReviewView | None = None
        self.mode = SegmentBar("По частям или замечания")
        self.mode.set_segments([(_PARTS, "По частям"), (_FEED, "Замечания")])
        self.mode.chosen.connect(self.show_mode)
        self.feed = RemarkFeed(desk, self)
        self.feed.wants_reading.connect(self.refresh)
        self.feed.place_wanted.connect(self._on_place_wanted)
        self.sections = CardList("Части", 2, 1)
        self.sections.card_chosen.connect(lambda _: self._show_items())
        self.items = CardList("Что написала школа", 3, 8)
        self.items.card_chosen.connect(self._on_item_chosen)
        self.files = AttachmentStrip(desk.viewing("", "Файлы приложила школа."), self)
        self.remark_list = CardList("Замечания", 2, 6)
        self.remark_list.card_opened.connect(self.open_thread)
        self.place = label("", TextStyle.SMALL, Tone.MUTED)
        self.text = GrowingText()
        self.text.setAccessibleName("Текст замечания")
        self.text.setPlaceholderText("Что поправить и как")
        self.kind = QComboBox()
        self.kind.setAccessibleName("Вид замечания")
        for code, caption in REMARK_KINDS:
            self.kind.addItem(caption, code)
        self._due = ""
        self.due = FieldEditor(FieldInfo("due_on", FieldKind.DATE, "Исправить до"), parse)
        self.due.edited.connect(self._on_due_edited)
        self.leave = Button("Оставить", ButtonKind.PLAIN, "message-square")
        self.leave.clicked.connect(self.leave_remark)
        self.judge = Button("Оценка эксперта…", ButtonKind.PLAIN, "clipboard-check")
        self.judge.clicked.connect(self.ask_expert)
        self.judge.hide()
        self.talk = Button("Открыть переписку", ButtonKind.QUIET, "arrow-right")
        self.talk.clicked.connect(lambda: self.open_thread(self.remark_list.current_id()))
        self._body = QStackedWidget(self)
        self.set_body(self._lay_out())
        self.show_reading("Читаем данные школы…")

    def load(self) -> ReviewData | None:
        """Everything that the school sent, and the feed; None until a school is chosen."""
        school, workspace = self.school, self.desk.workspace
        if not school:
            lines = centre.schools(workspace)
            waiting = next((line for line in lines if line.state == "received"), lines[0] if lines else None)
            if waiting is None:
                return None
            school = waiting.id
        return ReviewData(review(workspace, school), read_feed(workspace, self._wanted(school), self._chosen))

    def refresh(self) -> None:
        """What the filters say is read on this thread."""
        self._wanted = self.feed.wanted
        self._chosen = self.feed.list.current_id()
        super().refresh()

    def show_data(self, snapshot: ReviewData | None) -> None:
        """Show the school, or say how to choose one."""
        self.view = snapshot.view if snapshot else None
        if snapshot is None:
            empty = EmptyState(
                "Рассматривать нечего", "Примите пакет школы на странице «Школы».", "К списку школ", "list"
            )
            empty.begin_requested.connect(lambda: self.desk.open("schools"))
            self.show_empty(empty)
            return
        view = snapshot.view
        self.school = view.line.id
        self.show_body()
        self.header.set_title(view.line.name, self.state_words(view.line))
        self.sections.set_cards(_section_cards(view.sections))
        if not self.sections.current_id() and view.sections:
            self.sections.select(view.sections[0].id)
        self._show_items()
        self.remark_list.set_cards([_remark_card(thread) for thread in view.threads])
        self.talk.setEnabled(bool(view.threads))
        left = sum(1 for thread in view.threads if thread.line.is_open)
        self.mode.set_segments([(_PARTS, "По частям"), (_FEED, open_words(left))])
        self.feed.show_feed(snapshot.feed, self.school)

    def show_target(self, target: Target) -> None:
        """Show the school of that id."""
        if target.entity and target.entity != self.school:
            self.school = target.entity
            self.refresh()

    def open_target(self, target: str) -> None:
        """Open a school by its id."""
        self.school = target
        self.sections.set_cards([])
        self.refresh()

    def open_thread(self, remark: str) -> None:
        """Show a remark with everything that was said under it."""
        if remark:
            self.show_mode(_FEED)
            self.feed.choose(remark)

    def state_words(self, line: SchoolLine) -> str:
        """Which package is read, and how the school stands."""
        if line.package is None:
            return "Пакета ещё не было."
        day = line.package.made_at
        risk = f"факторов с высокой значимостью: {line.risk.high}, со средней: {line.risk.medium}"
        words = f"Пакет № {line.package.number} от {day[8:10]}.{day[5:7]}.{day[:4]}{self.decision_words(line)}."
        return f"{words} Карта заполнена на {line.completeness} %, {risk}."

    def decision_words(self, line: SchoolLine) -> str:
        """What was decided on it, where this desk decides."""
        return ""

    def leave_remark(self) -> None:
        """Leave the typed remark at the chosen place, or at the section as a whole."""
        section, item = self._section(), self._item()
        if section is None:
            return
        draft = RemarkDraft(
            entity=item.entity if item else section.id,
            row=item.row if item else "",
            field=item.field if item else "",
            caption=f"{section.title} — {item.caption}" if item else section.title,
            body=self.text.toPlainText().strip(),
            kind=str(self.kind.currentData()),
            due=self._due,
        )
        school = self.school
        self.desk.write(lambda: centre.leave_remark(self.desk.workspace, school, draft), self._on_left)

    def ask_expert(self) -> None:
        """Ask what an expert answers to the chosen question of the map."""
        item, school, workspace = self._item(), self.school, self.desk.workspace
        if item is None or item.entity != DiagnosticAnswer.log_name:
            return
        question = item.field
        self.desk.read(lambda: expert.judged(workspace, school, question), self._open_expert)

    def _open_expert(self, found: expert.Judged) -> None:
        school, workspace = self.school, self.desk.workspace
        dialog = ExpertDialog(found, workspace.identity.certificate.name, self.window())

        def keep(typed: dict[str, object], comment: str, name: str) -> None:
            self.desk.write(
                lambda: expert.leave_answer(workspace, school, found.place, typed, comment, name),
                dialog.close_stored,
                dialog.refuse,
            )

        dialog.judged.connect(keep)
        dialog.withdrawn.connect(lambda row: self.desk.write(lambda: expert.withdraw_answer(workspace, school, row)))
        dialog.open()

    def _on_left(self, _done: object) -> None:
        self.text.setPlainText("")
        self._due = ""
        self.due.set_value(None)

    def _on_due_edited(self, _name: str, value: object) -> None:
        self._due = str(value or "")

    def show_mode(self, mode: str) -> None:
        """«parts», what the school wrote, or «feed», the threads."""
        self.mode.select(mode)
        self._body.setCurrentIndex(int(mode == _FEED))

    def _on_place_wanted(self, line: RemarkLine) -> None:
        """The place of a remark among what the school wrote; another school is opened first."""
        self.show_mode(_PARTS)
        if line.school != self.school:
            self.open_target(line.school)
            return
        place = f"{line.target_entity}:{line.target_row}:{line.target_field}"
        for section in self.view.sections if self.view else ():
            if section.id == line.target_entity or any(_key(item) == place for item in section.items):
                self.sections.select(section.id)
                self.items.select(place)
                return

    def _section(self) -> ReviewSection | None:
        chosen = self.sections.current_id()
        return next((s for s in self.view.sections if s.id == chosen), None) if self.view else None

    def _item(self) -> ReviewItem | None:
        section, chosen = self._section(), self.items.current_id()
        return next((i for i in section.items if _key(i) == chosen), None) if section else None

    def _show_items(self) -> None:
        section = self._section()
        self.items.set_cards([_item_card(item) for item in section.items] if section else [])
        self._on_item_chosen(self.items.current_id())

    def _on_item_chosen(self, _key_: str) -> None:
        section, item = self._section(), self._item()
        place = f"{section.title} — {item.caption}" if section and item else section.title if section else ""
        self.place.setText(f"К чему: {place}" if place else "")
        self.files.desk.school = self.school
        self.files.set_owner(Owner(item.entity, item.row) if item and self.school else None)
        self.judge.setVisible(item is not None and item.entity == DiagnosticAnswer.log_name)

    def _lay_out(self) -> QWidget:
        middle = QWidget(self)
        written = QVBoxLayout(middle)
        set_gaps(written, 0)
        written.addWidget(self.items, 1)
        written.addWidget(self.files)
        self._inner = MasterDetail(middle, self._lay_out_remarks(), 0.6, "К написанному школой")
        self._outer = MasterDetail(self.sections, self._inner, 0.25, "К частям")
        self._body.addWidget(self._outer)
        self._body.addWidget(self.feed)
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        set_gaps(column, 0, (0, 0.4, 0, 0))
        bar = QHBoxLayout()
        set_gaps(bar, 0, (0.75, 0, 0.75, 0.25))
        bar.addWidget(self.mode)
        bar.addStretch(1)
        column.addLayout(bar)
        column.addWidget(self._body, 1)
        return whole

    def _lay_out_remarks(self) -> QWidget:
        right = QWidget(self)
        column = QVBoxLayout(right)
        set_gaps(column, 0.5, (0.75, 0.5, 0.75, 0.75))
        column.addWidget(label("Мои замечания", TextStyle.SECTION))
        column.addWidget(self.remark_list, 1)
        column.addWidget(self.talk)
        column.addWidget(self.place)
        column.addWidget(self.judge)
        column.addWidget(self.text)
        column.addWidget(self.due)
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        row.addWidget(self.kind, 1)
        row.addWidget(self.leave)
        column.addLayout(row)
        return right


def _section_cards(sections: tuple[ReviewSection, ...]) -> list[Card]:
    cards, group = [], ""
    for section in sections:
        parts = [f"изменено: {section.changed}"] if section.changed else []
        if section.open_remarks:
            parts.append(plural(section.open_remarks, "замечание", "замечания", "замечаний"))
        heading = section.group if section.group != group else ""
        group = section.group
        cards.append(Card(section.id, section.title, " · ".join(parts), str(len(section.items)), heading=heading))
    return cards


def _item_card(item: ReviewItem) -> Card:
    notes = ["изменено"] if item.is_changed else []
    if item.remarks:
        notes.append(plural(item.remarks, "замечание", "замечания", "замечаний"))
    level = Level(item.level.value) if item.level else None
    text = "\n".join(part for part in (item.text, item.note) if part)
    icon = _ICONS[level] if level else ""
    tone = _TONES[level] if level else Tone.MUTED
    hint = f"значимость {level.word}" if level else ""
    return Card(_key(item), item.caption, text, " · ".join(notes), Tone.MEDIUM, icon, tone, hint)


def _remark_card(thread: RemarkThread) -> Card:
    line = thread.line
    last = thread.messages[-1] if thread.messages else None
    said = f"{last.side_words}: {last.body}" if last is not None and last.body else ""
    text = "\n".join(part for part in (line.place, line.due_words, thread.place_words, said) if part)
    state, icon, tone = sign_of(line)
    return Card(line.id, line.body, text, state, tone, icon, tone)


def _key(item: ReviewItem) -> str:
    return f"{item.entity}:{item.row}:{item.field}"
