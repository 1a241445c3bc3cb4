"""«Паспорт»: the school in groups of fields, then its buildings, classes and team; each part with its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QWidget

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.findings import PASSPORT
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckResult, Completeness, check_facts, completeness_of
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.table_import import TableKind
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.printing import print_document, print_menu
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import Problems, RecordRows, counted, problems_of, read_rows
from shnor_desktop.ui.pages.table_import import TableImport
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.widgets.cards import Section, SectionList, SectionState
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.passport_lists import LISTS


@dataclass(frozen=True, slots=True)
class PassportData:
    """The school's own fields, its lists, and what the check says of them."""

    fields: Mapping[str, FieldInfo]
    values: Mapping[str, WireValue]
    lists: Mapping[str, RecordRows]
    findings: CheckResult
    problems: Problems
    completeness: Completeness


class PassportPage(DeskPage):
    """Sections at the left, the chosen part at the right."""

    def __init__(self, desk: Desk) -> None:
        purpose = "Сведения о школе. Введите один раз: отсюда их возьмут карта, программа и документы."
        super().__init__(desk, "Паспорт", purpose)
        self.forms: dict[str, RecordForm] = {}
        self.panels: dict[str, RecordPanel] = {}
        self._groups: dict[str, list[FieldInfo]] = {}
        self._parts: dict[str, QWidget] = {}
        self.marks_missing = False
        self._data: PassportData | None = None
        self.sections = SectionList("Разделы паспорта")
        self.sections.card_chosen.connect(self._on_section_chosen)
        self._stack = QStackedWidget()
        self._split = MasterDetail(self.sections, self._stack, 0.24, "К разделам")
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.importing = TableImport(self, "Список классов", (TableKind.CLASSES,))
        if not desk.is_read_only:
            self.header.add_secondary("Загрузить классы…", "upload", self.importing.choose)
        printing = self.header.add_secondary("Печать", "printer")
        printing.setMenu(print_menu(self, (DocumentKind.PASSPORT,), printing))
        self.set_body(self.add_history(self._split))

        self.page_id = PASSPORT

    def load(self) -> PassportData:
        """The school, its lists and the findings of this page."""
        workspace, school = self.desk.workspace, self.desk.school
        facts = read_facts(workspace, school)
        found = check_facts(workspace, facts, school)
        row = records.row(workspace, School, school)
        return PassportData(
            records.fields_of(workspace, School),
            records.wire_values(row) if row is not None else {},
            {name: read_rows(workspace, spec, school, found.lines) for name, spec in LISTS.items()},
            found,
            problems_of(found.lines, School.log_name),
            completeness_of(workspace.pack, facts)[PASSPORT],
        )

    def show_data(self, snapshot: PassportData) -> None:
        """Fill every part; the one that is shown stays shown."""
        self._data = snapshot
        if not self._groups:
            for field in snapshot.fields.values():
                self._groups.setdefault(field.group, []).append(field)
        for name in self._parts:
            self._fill(name, snapshot)
        self.sections.set_sections(self._sections(snapshot))
        if not self.sections.current_id():
            self.sections.select(next(iter(self._groups)))
        self._show_progress(snapshot)

    def show_target(self, target: Target) -> None:
        """Open the part with the field or row."""
        if target.entity in LISTS:
            self.sections.select(target.entity)
            self._split.show_detail()
            panel = self.panels[target.entity]
            if target.row:
                panel.select(target.row, target.field)
            elif not panel.rows or not panel.rows.rows:
                panel.begin_draft()
            return
        groups = self._groups.items()
        group = next((name for name, fields in groups if any(one.name == target.field for one in fields)), "")
        if group:
            self.sections.select(group)
            self._split.show_detail()
            self.forms[group].focus_field(target.field)

    def print_page(self) -> None:
        """Ctrl+P: the passport as a document."""
        print_document(self, DocumentKind.PASSPORT)

    def history_of(self) -> tuple[str, str]:
        """The school, or the list that is shown."""
        current = self.sections.current_id()
        if current in self.panels:
            return current, self.panels[current].current
        return School.log_name, self.desk.school

    def _part(self, name: str) -> QWidget:
        """A part of the page, made when it is first opened."""
        assert self._data is not None
        if name not in self._parts:
            part = self._make_panel(name) if name in LISTS else self._make_form(name)
            self._parts[name] = part
            self._stack.addWidget(part)
            self._fill(name, self._data)
        return self._parts[name]

    def _make_form(self, group: str) -> QWidget:
        form = RecordForm(self._groups[group], parse)
        form.field_edited.connect(self._on_field_edited)
        self.forms[group] = form
        area = ScrollColumn()
        area.add(form)
        return area

    def _make_panel(self, name: str) -> QWidget:
        panel = RecordPanel(self.desk, LISTS[name], has_add=True)
        panel.help_requested.connect(lambda: self.ask_help(PASSPORT))
        panel.row_chosen.connect(lambda _row: self.refresh_history())
        panel.marks_missing = self.marks_missing
        self.panels[name] = panel
        return panel

    def _fill(self, name: str, data: PassportData) -> None:
        if name in self.panels:
            self.panels[name].show_rows(data.lists[name])
        elif name in self.forms:
            own = self.desk.school
            errors = data.problems.shown_errors(own, self.marks_missing)
            warnings = data.problems.warnings.get(own, {})
            self.forms[name].set_record(data.values, errors, self.desk.why_read_only, warnings=warnings)

    def _sections(self, data: PassportData) -> list[Section]:
        errors = data.problems.errors.get(self.desk.school, {})
        missing = data.problems.missing.get(self.desk.school, {})
        made = []
        for group, fields in self._groups.items():
            names = [field.name for field in fields]
            wrong = sum(1 for name in names if name in errors)
            empty = sum(1 for name in names if name in missing)
            filled = sum(1 for name in names if data.values.get(name) is not None)
            made.append(Section(group, group, _state(wrong, empty, filled), wrong))
        for name, rows in data.lists.items():
            wrong = sum(len(words) for words in rows.problems.errors.values())
            empty = len(rows.problems.missing)
            made.append(Section(name, _title(name), _state(wrong, empty, len(rows.rows)), wrong))
        return made

    def _show_progress(self, data: PassportData) -> None:
        done = data.completeness
        counts = counted(data.findings.by_page.get(PASSPORT, ()))
        self.header.set_progress(Progress(done.filled, done.total, *counts))

    def _on_section_chosen(self, name: str) -> None:
        self._stack.setCurrentWidget(self._part(name))
        self.refresh_history()

    def _on_field_edited(self, name: str, value: object) -> None:
        desk = self.desk

        def on_refused(message: Worded) -> None:
            for form in self.forms.values():
                if name in form.editors:
                    form.editors[name].set_error(f"{message.what} {message.do}")

        work = lambda: records.edit(desk.workspace, School.log_name, desk.school, name, value, desk.school)  # noqa: E731
        desk.write(work, refused=on_refused)

    def _on_progress_chosen(self, part: str) -> None:
        data = self._data
        if data is None:
            return
        self.marks_missing = True
        for panel in self.panels.values():
            panel.mark_missing()
        for name in self.forms:
            self._fill(name, data)
        places = [(School.log_name, data.problems), *((name, rows.problems) for name, rows in data.lists.items())]
        for name, problems in places:
            found = problems.first(part)
            if found is not None:
                self.show_target(Target(name, *found))
                return


def _title(name: str) -> str:
    return LISTS[name].cls.plural


def _state(wrong: int, missing: int, filled: int) -> SectionState:
    if wrong:
        return SectionState.ERRORS
    if filled == 0:
        return SectionState.EMPTY
    return SectionState.BEGUN if missing else SectionState.DONE
