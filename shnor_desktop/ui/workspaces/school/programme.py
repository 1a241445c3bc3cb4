"""«Программа»: sections and links at the left, the text as it will be printed at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget

from shnor_desktop.domain.methodology import SectionContent
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.models.programme import (
    AntiriskProgramme,
    Goal,
    Programme,
    ProgrammeParagraph,
    ProgrammeVersion,
    TargetIndicator,
)
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import programme, programme_states, records
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.programme_tree import Gap
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.printing import print_document, print_menu, save_document
from shnor_desktop.ui.widgets.cards import CardList
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.workspaces.school.programme_cards import beginning, section_cards
from shnor_desktop.ui.workspaces.school.programme_data import ProgrammeData, read_programme, unread
from shnor_desktop.ui.workspaces.school.programme_links import LinksPanel
from shnor_desktop.ui.workspaces.school.programme_node import NodePage
from shnor_desktop.ui.workspaces.school.programme_pane import SectionPane
from shnor_desktop.ui.workspaces.school.programme_tables import (
    PASSPORT_FIELDS,
)
from shnor_desktop.ui.workspaces.school.programme_title import TitlePage
from shnor_desktop.ui.workspaces.school.programme_versions import VersionsPane

TITLE, VERSIONS = "title_page", "versions"
_PRINTED = (
    DocumentKind.PROGRAMME,
    DocumentKind.COUNCIL_SUMMARY,
    DocumentKind.FOUNDER_SUMMARY,
    DocumentKind.SITE_SUMMARY,
    DocumentKind.FINAL_REPORT,
    DocumentKind.PRESENTATION,
    DocumentKind.PROGRAMME_CHANGES,
)
_NODES = (
    Goal.log_name,
    TargetIndicator.log_name,
    AntiriskProgramme.log_name,
    Measure.log_name,
    ProblemField.log_name,
)


class ProgrammePage(DeskPage):
    """One section, or one goal, task or indicator, at a time."""

    def __init__(self, desk: Desk) -> None:
        purpose = "Текст таким, как он будет напечатан. Абзацы, составленные программой, отмечены, пока их не прочтут."
        super().__init__(desk, "Программа перехода", purpose)
        self._data: ProgrammeData | None = None
        self._wanted: Target | None = None
        self.contents = CardList("Разделы программы", title_lines=2)
        self.contents.card_chosen.connect(self._on_section_chosen)
        self.links = LinksPanel(read_only=desk.is_read_only)
        self.links.node_chosen.connect(self._on_node_chosen)
        self.links.mending_wanted.connect(self._on_mending_wanted)
        left = QSplitter(Qt.Orientation.Vertical)
        left.setChildrenCollapsible(False)
        left.addWidget(self.contents)
        left.addWidget(self.links)
        self.title_page = TitlePage(desk)
        self.title_page.state_wanted.connect(self._on_state_wanted)
        self.title_page.field_edited.connect(self._on_passport_edited)
        self.section = SectionPane(desk)
        self.section.node_opened.connect(self._on_node_chosen)
        self.node = NodePage(desk)
        self.node.closed.connect(self._show_current_section)
        self.node.node_begun.connect(lambda entity, row: setattr(self, "_wanted", Target(entity, row)))
        self.node.measure_wanted.connect(lambda task, _problem: desk.open("roadmap", Target("goal", task)))
        self.versions = VersionsPane(desk)
        self.versions.print_wanted.connect(
            lambda pair, form: save_document(self, DocumentKind.PROGRAMME_CHANGES, form, pair)
        )
        self.stack = QStackedWidget()
        for widget in (self.title_page, self.section, self.node, self.versions):
            self.stack.addWidget(widget)
        self.body = MasterDetail(left, self.stack, 0.32, "К разделам")
        self._set_actions()
        self.set_body(self.add_history(self.body))

    def load(self) -> ProgrammeData:
        """Everything in one reading."""
        return read_programme(self.desk.workspace, self.desk.school)

    def show_data(self, snapshot: ProgrammeData) -> None:
        """Fill what is shown, or say how the programme begins."""
        self._data = snapshot
        if self.header.primary is not None:
            self.header.primary.setEnabled(snapshot.programme is not None)
        if snapshot.programme is None:
            self.header.set_progress(None)
            self._show_beginning(snapshot)
            return
        self.show_body()
        self.contents.set_cards(section_cards(snapshot, TITLE, VERSIONS))
        self.links.show_tree(snapshot.tree)
        if not self.contents.current_id():
            self.contents.select(TITLE)
        self._fill_current(snapshot)
        self._show_progress(snapshot)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.show_target(wanted)

    def show_target(self, target: Target) -> None:
        """A section, a paragraph, a goal, an indicator, a field of the passport."""
        data = self._data
        if data is None or data.programme is None:
            return
        if target.entity == ProgrammeParagraph.log_name:
            self._open_section(data.section_of_paragraph(target.row) or target.field)
            self.section.focus_paragraph(target.row)
        elif target.entity in _NODES and target.row:
            self._on_node_chosen(target.entity, target.row)
            self.node.focus_field(target.field)
        elif target.entity == ProgrammeVersion.log_name:
            self._open_section(VERSIONS)
            self.versions.open_version(target.row)
        elif target.entity == Programme.log_name:
            self._open_passport_field(target.field)
        elif data.section(target.entity) is not None:
            self._open_section(target.entity)

    def _open_passport_field(self, name: str) -> None:
        sections = self._data.sections if self._data else ()
        passport = next((v.section.code for v in sections if v.section.content is SectionContent.PASSPORT), "")
        if name in PASSPORT_FIELDS and passport:
            self._open_section(passport)
            if self.section.passport is not None:
                self.section.passport.focus_field(name)
        else:
            self._open_section(TITLE)
            self.title_page.focus_field(name)

    def history_of(self) -> tuple[str, str]:
        """The row that is shown, else the text."""
        if self.stack.currentWidget() is self.node:
            return self.node.entity, self.node.row
        if self.stack.currentWidget() is self.versions:
            return ProgrammeVersion.log_name, ""
        if self.stack.currentWidget() is self.title_page:
            return Programme.log_name, ""
        return ProgrammeParagraph.log_name, ""

    def print_page(self) -> None:
        """Ctrl+P: the programme as a document."""
        print_document(self, DocumentKind.PROGRAMME)

    def compose(self) -> None:
        """«Составить проект программы»: the passport, goals, indicators and drafts in one step."""
        workspace = self.desk.workspace
        self.desk.write(lambda: programme.ensure_programme(workspace), lambda _done: self._tell_composed())

    def _set_actions(self) -> None:
        printing = self.header.set_primary("Печать программы", "printer")
        printing.setMenu(print_menu(self, _PRINTED, printing))
        self.header.progress_chosen.connect(self._on_progress_chosen)
        if not self.desk.is_read_only:
            workspace = self.desk.workspace
            self.header.add_secondary("Дополнить из данных", "refresh-cw").add_menu(
                [
                    (
                        "Цели и задачи для новых проблемных полей",
                        lambda: self._supplement(lambda: programme.supplement(workspace), "Добавлять нечего."),
                    ),
                    (
                        "Обновить непрочитанные абзацы по данным",
                        lambda: self._supplement(lambda: programme.refresh_drafts(workspace), "Абзацы уже свежие."),
                    ),
                ]
            )

    def _show_beginning(self, data: ProgrammeData) -> None:
        empty = beginning(data.active_problems, is_read_only=self.desk.is_read_only)
        empty.begin_requested.connect(self.compose)
        self.show_empty(empty)

    def _tell_composed(self) -> None:
        words = Notice("Проект программы составлен.", "Прочтите разделы по порядку: отметки показывают, что осталось.")
        self.desk.say(words, MessageLevel.DONE)

    def _supplement(self, work: object, nothing: str) -> None:
        def on_done(done: records.Done) -> None:
            if not done.changed:
                self.desk.say(Notice(nothing, "Всё, что можно взять из данных, уже в программе."))

        assert callable(work)
        self.desk.write(work, on_done)

    def _show_progress(self, data: ProgrammeData) -> None:
        errors = sum(1 for line in data.findings if line.is_error)
        left = unread(data.sections)
        words = f"не прочитано: {plural(left, 'абзац', 'абзаца', 'абзацев')}" if left else ""
        stale = sum(len(view.stale) for view in data.sections)
        changed = f"данные изменились: {plural(stale, 'абзац', 'абзаца', 'абзацев')}" if stale else ""
        state = self._captions().get((data.programme and data.programme.state) or "draft", "")
        extra = " · ".join(part for part in (words, changed, f"состояние: {state}") if part)
        done = data.completeness
        self.header.set_progress(Progress(done.filled, done.total, errors, len(data.findings) - errors, extra))

    def _captions(self) -> dict[str, str]:
        return {state.code: state.caption for state in self.desk.workspace.pack.programme_states}

    def _fill_current(self, data: ProgrammeData) -> None:
        if self.stack.currentWidget() is self.node and self.node.row:
            if self.node.show_node(self.node.entity, self.node.row, data):
                return
            self._show_current_section()
            return
        view = data.section(self.contents.current_id())
        if self.contents.current_id() == VERSIONS:
            self.versions.show_versions(data.versions)
        elif view is None:
            self.title_page.show_programme(data, self._captions())
        else:
            self.section.show_data(view, data)

    def _show_current_section(self) -> None:
        self._on_section_chosen(self.contents.current_id())

    def _open_section(self, code: str) -> None:
        if code:
            self.contents.select(code)
            self._on_section_chosen(code)
            self.body.show_detail()

    def _on_section_chosen(self, code: str) -> None:
        is_section = self._data is not None and self._data.section(code) is not None
        others = {VERSIONS: self.versions}
        self.stack.setCurrentWidget(self.section if is_section else others.get(code, self.title_page))
        if self._data is not None and self._data.programme is not None:
            self._fill_current(self._data)
        if is_section:
            self.section.verticalScrollBar().setValue(0)
        self.refresh_history()

    def _on_node_chosen(self, entity: str, row: str) -> None:
        if self._data is None:
            return
        if entity in _NODES and self.node.show_node(entity, row, self._data):
            self.stack.setCurrentWidget(self.node)
            self.links.select(entity, row)
            self.body.show_detail()
            self.refresh_history()

    def _on_mending_wanted(self, entity: str, row: str, gap: str) -> None:
        """The button of a hanging place: make what is missing, or put the cursor where it is written."""
        if gap == Gap.GOAL:
            workspace = self.desk.workspace
            self.desk.write(
                lambda: programme.answer_problem(workspace, row),
                lambda done: setattr(self, "_wanted", Target(Goal.log_name, done.row)),
            )
            return
        self._on_node_chosen(entity, row)
        if (self.node.entity, self.node.row) == (entity, row):
            self.node.mend(gap)

    def _on_state_wanted(self, state: str, details: dict[str, object]) -> None:
        workspace = self.desk.workspace

        def on_refused(message: Worded) -> None:
            self.title_page.refuse(state, message)

        self.desk.write(lambda: programme_states.change_state(workspace, state, details), refused=on_refused)

    def _on_passport_edited(self, name: str, value: object) -> None:
        workspace, data = self.desk.workspace, self._data
        if data is None or data.programme is None:
            return
        row = data.programme.id

        def on_refused(message: Worded) -> None:
            self.title_page.refuse_field(name, message)

        self.desk.write(lambda: records.edit(workspace, Programme.log_name, row, name, value), refused=on_refused)

    def _on_progress_chosen(self, part: str) -> None:
        data = self._data
        if data is None:
            return
        if part == "extra":
            first = next((v for v in data.sections if v.unread or v.stale), None)
            self._open_section(first.section.code if first else TITLE)
            return
        wanted = [line for line in data.findings if line.is_error != (part == "warnings")]
        if wanted:
            self.show_target(Target(wanted[0].entity, wanted[0].row, wanted[0].field))
