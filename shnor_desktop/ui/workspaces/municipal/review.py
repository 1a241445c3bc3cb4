"""«Рассмотрение»: a school in three columns — the parts, what was written and what changed, my remarks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.models.diagnostics import DiagnosticAnswer
from shnor_desktop.models.review import REMARK_KINDS
from shnor_desktop.services import centre, expert, packages
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.centre import RemarkDraft, SchoolLine
from shnor_desktop.services.journal import STATES
from shnor_desktop.services.review import RemarkLine, ReviewItem, ReviewSection, ReviewView, review
from shnor_desktop.ui.dialogs import choose_folder
from shnor_desktop.ui.forms.editors import GrowingText
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.attachment_strip import AttachmentStrip
from shnor_desktop.ui.theme import Level, TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.workspaces.municipal.decision import DecisionDialog
from shnor_desktop.ui.workspaces.municipal.expert import ExpertDialog

_ICONS = {Level.HIGH: "triangle", Level.MEDIUM: "diamond", Level.LOW: "circle", Level.UNKNOWN: "circle"}
_TONES = {Level.HIGH: Tone.HIGH, Level.MEDIUM: Tone.MEDIUM, Level.LOW: Tone.LOW, Level.UNKNOWN: Tone.MUTED}
_PURPOSE = "Слева части, в середине написанное школой, справа ваши замечания. Данные школы здесь только читаются."


class ReviewPage(DeskPage):
    """Reads one school; a remark stays with the place it speaks of, the answer is a receipt."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Рассмотрение", _PURPOSE, parent)
        self.school = ""
        self._view: ReviewView | None = None
        self.header.add_secondary("На доработку", "undo-2", lambda: self.decide("returned"))
        self.header.add_secondary("Принять", "check", lambda: self.decide("accepted"))
        self.header.set_primary("Выгрузить ответ школе", "send")
        self.header.primary_clicked.connect(self.choose_answer_folder)
        self.sections = CardList("Части", 2, 1)
        self.sections.card_chosen.connect(lambda _: self._show_items())
        self.items = CardList("Что написала школа", 3, 8)
        self.items.card_chosen.connect(self._on_item_chosen)
        self.files = AttachmentStrip(desk.viewing("", "Файлы приложила школа."), self)
        self.remark_list = CardList("Замечания", 2, 6)
        self.place = label("", TextStyle.SMALL, Tone.MUTED)
        self.text = GrowingText()
        self.text.setAccessibleName("Текст замечания")
        self.text.setPlaceholderText("Что поправить и как")
        self.kind = QComboBox()
        self.kind.setAccessibleName("Вид замечания")
        for code, caption in REMARK_KINDS:
            self.kind.addItem(caption, code)
        self.leave = Button("Оставить", ButtonKind.PLAIN, "message-square")
        self.leave.clicked.connect(self.leave_remark)
        self.judge = Button("Оценка эксперта…", ButtonKind.PLAIN, "clipboard-check")
        self.judge.clicked.connect(self.ask_expert)
        self.judge.hide()
        self.settle = Button("Замечание снято", ButtonKind.QUIET, "check")
        self.settle.clicked.connect(lambda: self._move_remark("withdrawn"))
        self.set_body(self._lay_out())
        self.show_reading("Читаем данные школы…")

    def load(self) -> ReviewView | None:
        """Everything that the school sent; None until one is chosen."""
        school = self.school
        if not school:
            lines = centre.schools(self.desk.workspace)
            waiting = next((line for line in lines if line.state == "received"), lines[0] if lines else None)
            if waiting is None:
                return None
            school = waiting.id
        return review(self.desk.workspace, school)

    def show_data(self, snapshot: ReviewView | None) -> None:
        """Show the school, or say how to choose one."""
        self._view = snapshot
        if snapshot is None:
            empty = EmptyState(
                "Рассматривать нечего", "Примите пакет школы на странице «Школы».", "К списку школ", "list"
            )
            empty.begin_requested.connect(lambda: self.desk.open("schools"))
            self.show_empty(empty)
            return
        self.school = snapshot.line.id
        self.show_body()
        self.header.set_title(snapshot.line.name, _state_words(snapshot.line))
        self.sections.set_cards(_section_cards(snapshot.sections))
        if not self.sections.current_id() and snapshot.sections:
            self.sections.select(snapshot.sections[0].id)
        self._show_items()
        self.remark_list.set_cards([_remark_card(line) for line in snapshot.remarks])

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

    def leave_remark(self) -> None:
        """Leave the typed remark at the chosen place, or at the section as a whole."""
        body = self.text.toPlainText().strip()
        section = self._section()
        if not body or section is None:
            self.desk.say(
                Notice("Замечание пустое.", "", "Выберите место в средней колонке и напишите, что поправить.")
            )
            return
        item = self._item()
        draft = RemarkDraft(
            entity=item.entity if item else section.id,
            row=item.row if item else "",
            field=item.field if item else "",
            caption=f"{section.title} — {item.caption}" if item else section.title,
            body=body,
            kind=str(self.kind.currentData()),
        )
        school = self.school
        self.desk.write(
            lambda: centre.leave_remark(self.desk.workspace, school, draft), lambda _done: self.text.setPlainText("")
        )

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

    def decide(self, decision: str) -> None:
        """Ask for the words of the decision and keep it."""
        if self._view is None:
            return
        dialog = DecisionDialog(decision, self._view.line.name, self.window())
        dialog.decided.connect(lambda comment, due: self.keep_decision(decision, comment, due))
        dialog.open()

    def keep_decision(self, decision: str, comment: str, due: str) -> None:
        """Keep a decision on the newest package of the school."""
        school, workspace = self.school, self.desk.workspace
        words = Notice(f"Решение записано: {STATES[decision]}.", "", "Выгрузите ответ, чтобы школа его увидела.")
        self.desk.write(
            lambda: centre.decide_package(workspace, school, decision, comment, due),
            lambda _done: self.desk.say(words, MessageLevel.DONE, "Выгрузить ответ", self.choose_answer_folder),
        )

    def choose_answer_folder(self) -> None:
        """Ask for a folder and write the receipt into it."""
        folder = choose_folder(self, "Куда сохранить ответ школе: папка или флешка")
        if folder is not None:
            self.answer_to(folder)

    def answer_to(self, folder: Path) -> None:
        """Write the signed receipt with the decision and the remarks."""
        school, workspace = self.school, self.desk.workspace

        def work(task: Any) -> packages.Exported:
            task.report(0, 0, "заверяем ответ школе")
            return packages.export_receipt(workspace, school, folder)

        self.run_long("Готовим ответ школе", work, self._on_answered)

    def _on_answered(self, exported: packages.Exported) -> None:
        words = Notice(
            f"Ответ сохранён: {exported.path.name}.", f"Папка: {exported.path.parent}.", "Передайте файл школе."
        )
        self.desk.say(words, MessageLevel.DONE)

    def _section(self) -> ReviewSection | None:
        chosen = self.sections.current_id()
        return next((s for s in self._view.sections if s.id == chosen), None) if self._view else None

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

    def _move_remark(self, state: str) -> None:
        remark, school = self.remark_list.current_id(), self.school
        if remark:
            self.desk.write(lambda: centre.move_remark(self.desk.workspace, remark, state, school=school))

    def _lay_out(self) -> QWidget:
        right = QWidget(self)
        column = QVBoxLayout(right)
        set_gaps(column, 0.5, (0.75, 0.5, 0.75, 0.75))
        column.addWidget(label("Мои замечания", TextStyle.SECTION))
        column.addWidget(self.remark_list, 1)
        column.addWidget(self.settle)
        column.addWidget(self.place)
        column.addWidget(self.judge)
        column.addWidget(self.text)
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        row.addWidget(self.kind, 1)
        row.addWidget(self.leave)
        column.addLayout(row)
        middle = QWidget(self)
        written = QVBoxLayout(middle)
        set_gaps(written, 0)
        written.addWidget(self.items, 1)
        written.addWidget(self.files)
        self._inner = MasterDetail(middle, right, 0.6, "К написанному школой")
        self._outer = MasterDetail(self.sections, self._inner, 0.25, "К частям")
        return self._outer


def _state_words(line: SchoolLine) -> str:
    if line.package is None:
        return "Пакета ещё не было."
    state = "ждёт ответа" if line.state == "received" else STATES.get(line.state, "")
    risk = f"факторов с высокой значимостью: {line.risk.high}, со средней: {line.risk.medium}"
    return f"Пакет № {line.package.number}: {state}. Карта заполнена на {line.completeness} %, {risk}."


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


def _remark_card(line: RemarkLine) -> Card:
    answer = f"\nОтвет школы: {line.answer}" if line.answer else ""
    text = f"{line.place}{answer}" if line.place else answer.strip()
    return Card(line.id, line.body, text, line.state_words, heading="")


def _key(item: ReviewItem) -> str:
    return f"{item.entity}:{item.row}:{item.field}"
