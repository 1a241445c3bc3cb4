"""«Результаты»: sheets of procedures at the left, the chosen one opened at the right; tables are taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget

from shnor_desktop.domain import findings
from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.russian import number
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.results import ResultSheet
from shnor_desktop.services import records, results
from shnor_desktop.services.check import CheckResult, check
from shnor_desktop.services.documents import DocumentKind
from shnor_desktop.services.records import Done
from shnor_desktop.services.results import SheetDetail, SheetLine
from shnor_desktop.services.table_import import RESULT_KINDS
from shnor_desktop.ui.messages import Notice, Worded
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.printing import print_document, print_menu
from shnor_desktop.ui.pages.record_draft import RecordDraft
from shnor_desktop.ui.pages.record_rows import Problems, RecordRows, counted, problems_of, read_rows
from shnor_desktop.ui.pages.table_import import TableImport
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, RowState, TablePanel
from shnor_desktop.ui.workspaces.school.results_parts import LISTS, PROCEDURES, ResultsParts
from shnor_desktop.ui.workspaces.school.results_sheet import SheetView

_COLUMNS = (
    Column("subject", "Предмет", 24, stretches=True),
    Column("grade", "Класс", 6, is_number=True),
    Column("year", "Год", 6),
    Column("n", "Чел.", 5, is_number=True, hint="Участников"),
    Column("below", "Ниже мин.", 9, is_number=True, hint="Отметка «2» или ниже минимального балла"),
    Column("quality", "Качество", 9, is_number=True, hint="Отметки «4» и «5»"),
)
_PERCENT = Decimal(100)
REGISTER = "register.learning_difficulty"
"""The kind of the document that the register of difficulties is printed as."""


@dataclass(frozen=True, slots=True)
class ResultsData:
    """The sheets, the one that is opened, and what the check says of them."""

    sheets: tuple[SheetLine, ...]
    detail: SheetDetail | None
    values: Mapping[str, WireValue]
    fields: Mapping[str, FieldInfo]
    findings: CheckResult
    lists: Mapping[str, RecordRows]


class ResultsPage(DeskPage):
    """Results typed or imported; of grades and classes, never of a person."""

    def __init__(self, desk: Desk) -> None:
        purpose = "Итоги оценочных процедур по параллелям. Учителей по ним не оценивают."
        super().__init__(desk, "Результаты", purpose)
        self.current = ""
        self.marks_missing = False
        self._data: ResultsData | None = None
        self.table = RecordTable(_COLUMNS, "Результаты")
        self.table.row_selected.connect(self._on_row_selected)
        self.table.delete_requested.connect(self._on_delete_requested)
        self.sheet = SheetView(desk)
        self.sheet.field_edited.connect(self._on_field_edited)
        self.sheet.remove_requested.connect(lambda: self._on_delete_requested(self.current))
        self.draft: RecordDraft | None = None
        self._detail = QStackedWidget()
        self._detail.addWidget(self.sheet)
        self._split = MasterDetail(TablePanel(self.table), self._detail, 0.5)
        self.parts = ResultsParts(desk, self._split)
        self.parts.part_chosen.connect(self.refresh_history)
        self.parts.help_requested.connect(self.ask_help)
        self.importing = TableImport(self, "Отчёты ФИС ОКО, итоги ОГЭ и ЕГЭ", RESULT_KINDS)
        if not desk.is_read_only:
            self.header.set_primary("Загрузить из файла", "upload")
            self.header.primary_clicked.connect(self.importing.choose)
            self.header.add_secondary("Ввести вручную", "pencil", self.begin_draft)
        printing = self.header.add_secondary("Печать", "printer")
        printing.setMenu(print_menu(self, (DocumentKind.RESULTS_NOTE, REGISTER, DocumentKind.IDENTIFICATION), printing))
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.set_body(self.add_history(self.parts))

    def load(self) -> ResultsData:
        """The sheets and the opened one."""
        workspace, school = self.desk.workspace, self.desk.school
        found = results.sheets(workspace, school)
        wanted = self.current if any(line.id == self.current for line in found) else found[0].id if found else ""
        row = records.row(workspace, ResultSheet, wanted) if wanted else None
        checked = check(workspace, school)
        return ResultsData(
            found,
            results.sheet_detail(workspace, wanted) if wanted else None,
            records.wire_values(row) if row is not None else {},
            records.fields_of(workspace, ResultSheet),
            checked,
            {name: _titled(read_rows(workspace, spec, school, checked.lines), found) for name, spec in LISTS.items()},
        )

    def show_data(self, snapshot: ResultsData) -> None:
        """Fill the table and the opened sheet."""
        self._data = snapshot
        if self.draft is None:
            self._make_draft(snapshot.fields)
        problems = problems_of(snapshot.findings.lines, ResultSheet.log_name)
        self.table.set_rows([_row(line, problems) for line in snapshot.sheets])
        if snapshot.detail is not None:
            opened = snapshot.detail.line.id
            is_other = opened != self.current
            self.current = opened
            errors = problems.shown_errors(opened, self.marks_missing)
            self.sheet.show_sheet(snapshot.detail, snapshot.fields, snapshot.values, errors, is_other=is_other)
            self.table.blockSignals(True)
            self.table.select(opened)
            self.table.blockSignals(False)
        self.parts.show_rows(snapshot.lists)
        self._show_state(snapshot)

    def show_target(self, target: Target) -> None:
        """Open the sheet at the field; without a row begin one."""
        if target.entity in LISTS:
            self.parts.show_target(target)
            return
        self.parts.show_part(PROCEDURES)
        if target.entity == ResultSheet.log_name and target.row:
            self._open(target.row)
        elif target.entity == ResultSheet.log_name:
            self._split.show_detail()

    def print_page(self) -> None:
        """Ctrl+P: the note on results as a document."""
        print_document(self, DocumentKind.RESULTS_NOTE)

    def history_of(self) -> tuple[str, str]:
        """The opened sheet, or the row of the list that is shown."""
        entity, row = self.parts.current()
        return (entity, row) if entity else (ResultSheet.log_name, self.current)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Tables dropped on the window: what they are about is told by their contents."""
        self.importing.take_files(paths)

    def begin_draft(self) -> None:
        """Ask for procedure, subject, grade and year of a result that is typed."""
        if self.draft is not None:
            self.draft.begin({})
            self._detail.setCurrentWidget(self.draft)
            self.parts.show_part(PROCEDURES)
            self.parts.show_procedures()
            self._split.show_detail()

    def _show_state(self, data: ResultsData) -> None:
        lines = data.findings.by_page.get(findings.RESULTS, ())
        if data.sheets:
            bad = {line.row for line in lines if line.is_error}
            full = sum(1 for line in data.sheets if line.id not in bad)
            self.header.set_progress(Progress(full, len(data.sheets), *counted(lines)))
            self.parts.show_procedures()
            return
        self.header.set_progress(None)
        if self.draft is not None and self._detail.currentWidget() is self.draft:
            return
        empty = EmptyState(
            "Здесь будут результаты ВПР, ОГЭ и ЕГЭ",
            "Отчёты ФИС ОКО (лучше «Ф1 Индивидуальные результаты»: в нём есть всё, а фамилий нет) и таблицы ОГЭ и ЕГЭ "
            "можно загрузить или перетащить в окно: программа узнает их и покажет, что запишет. Итоги можно и набрать.",
            "" if self.desk.is_read_only else "Загрузить из файла",
            "upload",
        )
        empty.begin_requested.connect(self.importing.choose)
        empty.help_requested.connect(lambda: self.ask_help(findings.RESULTS))
        self.parts.show_empty(empty)

    def _make_draft(self, fields: Mapping[str, FieldInfo]) -> None:
        asked = [fields[name] for name in ("procedure", "subject", "grade", "year")]
        self.draft = RecordDraft("Новый результат", asked, "Добавить результат")
        self.draft.submitted.connect(self._on_draft_submitted)
        self.draft.left.connect(self._on_draft_left)
        self._detail.addWidget(self.draft)

    def _open(self, row: str) -> None:
        if row != self.current:
            self.current = row
            self.refresh()
        self._detail.setCurrentWidget(self.sheet)
        self._split.show_detail()

    def _on_row_selected(self, row: str) -> None:
        self.sheet.leave_field()
        self._detail.setCurrentWidget(self.sheet)
        if row != self.current:
            self.current = row
            self.sheet.forget()
            self.refresh()

    def _on_draft_submitted(self, values: dict[str, object]) -> None:
        desk = self.desk
        assert self.draft is not None
        draft = self.draft

        def on_begun(done: Done) -> None:
            draft.end()
            self.current = done.row
            self.sheet.forget()
            self._detail.setCurrentWidget(self.sheet)

        whole = {**values, "source": "введено вручную"}
        desk.write(lambda: records.begin(desk.workspace, ResultSheet, whole, desk.school), on_begun, draft.refuse)

    def _on_draft_left(self) -> None:
        self._detail.setCurrentWidget(self.sheet)
        if self._data is not None:
            self._show_state(self._data)

    def _on_field_edited(self, name: str, value: object) -> None:
        desk, row = self.desk, self.current

        def on_refused(message: Worded) -> None:
            self.sheet.refuse(name, message)

        desk.write(
            lambda: records.edit(desk.workspace, ResultSheet.log_name, row, name, value, desk.school),
            refused=on_refused,
        )

    def _on_delete_requested(self, row: str) -> None:
        desk = self.desk
        if row and not desk.is_read_only:
            self.current = ""
            desk.write(lambda: records.remove(desk.workspace, ResultSheet.log_name, row, desk.school))

    def _on_progress_chosen(self, part: str) -> None:
        lines = self._data.findings.by_page.get(findings.RESULTS, ()) if self._data else ()
        wanted = [line for line in lines if line.is_error != (part == "warnings")]
        self.marks_missing = True
        if wanted and wanted[0].row:
            self.show_target(Target(wanted[0].entity, wanted[0].row, wanted[0].field))
        elif wanted:
            self.desk.say(Notice(wanted[0].text, "", wanted[0].do))


def _titled(rows: RecordRows, sheets: Sequence[SheetLine]) -> RecordRows:
    """A reference to a result is chosen by its whole title: many are of one subject."""
    if "sheet" not in rows.options:
        return rows
    return replace(rows, options={**rows.options, "sheet": tuple((line.id, line.title) for line in sheets)})


def _row(line: SheetLine, problems: Problems) -> Row:
    def percent(part: int, whole: int) -> str:
        return f"{number(Decimal(part) * _PERCENT / whole, 1)} %" if whole else ""

    below, quality = line.below_minimum, line.quality
    cells = (
        f"{line.subject}" + (f" · {line.procedure}" if line.procedure != "ВПР" else ""),
        str(line.grade or ""),
        str(line.year or ""),
        str(line.participants if line.participants is not None else ""),
        percent(below.part, below.whole),
        percent(quality.part, quality.whole),
    )
    keys = (
        line.subject.casefold(),
        line.grade or 0,
        line.year or 0,
        line.participants or 0,
        Decimal(below.part) / below.whole if below.whole else Decimal(-1),
        Decimal(quality.part) / quality.whole if quality.whole else Decimal(-1),
    )
    is_open = line.id in problems.missing or line.id in problems.warnings
    state = RowState.ERROR if line.id in problems.errors else RowState.WARNING if is_open else RowState.NONE
    return Row(line.id, cells, keys, state, hint=line.title)
