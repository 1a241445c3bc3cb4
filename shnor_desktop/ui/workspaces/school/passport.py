"""«Паспорт»: the school in groups of fields, then its buildings, classes and team; each part with its state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QWidget

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.findings import PASSPORT
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.school import Building, School, SchoolClass
from shnor_desktop.models.support import Assignment
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckResult, Completeness, check_facts, completeness_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import Problems, RecordRows, RecordSpec, counted, problems_of, read_rows
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.widgets.cards import Section, SectionList, SectionState
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn

BUILDINGS = RecordSpec(
    cls=Building,
    columns=("name", "pupils", "is_branch"),
    add="Добавить здание",
    empty_title="Здания и филиалы",
    empty_text="Заполняется, если у школы больше одного здания или есть филиал: они отчитываются отдельно.",
    widths={"name": 22},
)
CLASSES = RecordSpec(
    cls=SchoolClass,
    columns=("grade", "letter", "pupils"),
    add="Добавить класс",
    empty_title="Классы",
    empty_text="Классы этого учебного года и сколько в них учится. Список можно вставить из Excel: Ctrl+V.",
    widths={"grade": 10, "letter": 8, "pupils": 12},
)
TEAM = RecordSpec(
    cls=Assignment,
    columns=("person", "role", "organisation"),
    add="Добавить участника",
    empty_title="Команда и сопровождение",
    empty_text="Кто в школе отвечает за проект и кто сопровождает её: куратор, методист, наставник.",
    first=("role", "staff", "person"),
    titles={"person": "Кто"},
    widths={"person": 20, "role": 20, "organisation": 18},
)
LISTS = {spec.log_name: spec for spec in (BUILDINGS, CLASSES, TEAM)}


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
        self._pages: dict[str, QWidget] = {}
        self.marks_missing = False
        self._data: PassportData | None = None
        self.sections = SectionList("Разделы паспорта")
        self.sections.card_chosen.connect(self._on_section_chosen)
        self._stack = QStackedWidget()
        self._split = MasterDetail(self.sections, self._stack, 0.24, "К разделам")
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.set_body(self.add_history(self._split))

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
        if not self._pages:
            self._build(snapshot)
        self._data = snapshot
        self._fill_forms(snapshot)
        for name, panel in self.panels.items():
            panel.show_rows(snapshot.lists[name])
        self.sections.set_sections(self._sections(snapshot))
        if not self.sections.current_id():
            self.sections.select(next(iter(self._pages)))
        self._show_progress(snapshot)

    def show_target(self, target: Target) -> None:
        """Open the part with the field or row."""
        if target.entity in self.panels:
            self.sections.select(target.entity)
            self._split.show_detail()
            panel = self.panels[target.entity]
            if target.row:
                panel.select(target.row, target.field)
            elif not panel.rows or not panel.rows.rows:
                panel.begin_draft()
            return
        group = next((name for name, form in self.forms.items() if target.field in form.editors), "")
        if group:
            self.sections.select(group)
            self._split.show_detail()
            self.forms[group].focus_field(target.field)

    def _fill_forms(self, data: PassportData) -> None:
        own = self.desk.school
        errors = data.problems.shown_errors(own, self.marks_missing)
        for form in self.forms.values():
            warnings = data.problems.warnings.get(own, {})
            form.set_record(data.values, errors, self.desk.why_read_only, warnings=warnings)

    def history_of(self) -> tuple[str, str]:
        """The school, or the list that is shown."""
        current = self.sections.current_id()
        if current in self.panels:
            return current, self.panels[current].current
        return School.log_name, self.desk.school

    def _build(self, data: PassportData) -> None:
        groups: dict[str, list[FieldInfo]] = {}
        for field in data.fields.values():
            groups.setdefault(field.group, []).append(field)
        for group, fields in groups.items():
            form = RecordForm(fields, parse)
            form.field_edited.connect(self._on_field_edited)
            area = ScrollColumn()
            area.add(form)
            self.forms[group] = form
            self._add_page(group, area)
        for name, spec in LISTS.items():
            panel = RecordPanel(self.desk, spec)
            panel.row_chosen.connect(lambda _row: self.refresh_history())
            self.panels[name] = panel
            self._add_page(name, panel)

    def _add_page(self, name: str, page: QWidget) -> None:
        self._pages[name] = page
        self._stack.addWidget(page)

    def _sections(self, data: PassportData) -> list[Section]:
        errors = data.problems.errors.get(self.desk.school, {})
        missing = data.problems.missing.get(self.desk.school, {})
        made = []
        for group, form in self.forms.items():
            wrong = sum(1 for name in form.editors if name in errors)
            empty = sum(1 for name in form.editors if name in missing)
            filled = sum(1 for name in form.editors if data.values.get(name) is not None)
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
        self._stack.setCurrentWidget(self._pages[name])
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
        self._fill_forms(data)
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
