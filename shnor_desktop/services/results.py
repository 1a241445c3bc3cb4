"""Results of assessment procedures: workbooks of ФИС ОКО previewed and imported, sheets listed and opened.

A workbook becomes aggregates of a grade and the share of points of each task; the rows of pupils, known by codes
only, stay together as one immutable dataset named by its hash. Participants of a sheet are those who got a mark.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from shnor_desktop.domain.canonical import WireValue, decimal_text
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeRequest
from shnor_desktop.domain.result_reading import paper_detail
from shnor_desktop.domain.results import ResultAggregates, ResultWarning, ResultWorkbook, aggregate, summary
from shnor_desktop.domain.results_dataset import dataset_bytes, dataset_from_bytes
from shnor_desktop.importers.fis_oko_f1 import read_f1
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.results import ResultSheet
from shnor_desktop.models.school import School
from shnor_desktop.services.records import Done, row_id_for
from shnor_desktop.services.result_rows import score_words, workbook_requests
from shnor_desktop.services.result_sheets import JournalLine, SheetDetail, SheetLine, TaskLine, sheet_detail, sheets
from shnor_desktop.services.values import show_value, wire_value
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.storage.reading import Reader
from shnor_desktop.system.wording import Message, explain

__all__ = [
    "DATASET",
    "FieldChange",
    "ImportedResults",
    "JournalLine",
    "ResultsPreview",
    "SheetDetail",
    "SheetLine",
    "TaskLine",
    "WorkbookPreview",
    "import_workbook",
    "preview_workbook",
    "sheet_detail",
    "sheets",
]

DATASET = "dataset"
"""The kind of the blob that holds a workbook's rows."""
_PROCEDURE = "vpr"
SHOWN = (
    "participants", "mark_2", "mark_3", "mark_4", "mark_5", "lowered", "confirmed", "raised", "mean_score",
    "max_score", "mark_3_from", "mark_4_from", "mark_5_from", "held_on",
)  # fmt: skip
_GENERIC_WORDS = {
    "мбоу", "маоу", "мкоу", "моу", "гбоу", "оу", "сош", "оош", "нош", "школа", "школы", "основная", "средняя",
    "начальная", "муниципальное", "автономное", "бюджетное", "казенное", "общеобразовательное",
    "общеобразовательная", "учреждение", "имени", "района", "округа", "село",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A figure that an import replaces, as both are shown."""

    field: str
    caption: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class WorkbookPreview:
    """One sheet of a workbook file: what was read and what it does to the results that are there."""

    sheet: str
    title: str
    summary: Mapping[str, object]
    is_new: bool
    is_unchanged: bool
    changes: tuple[FieldChange, ...]
    warnings: tuple[Message, ...]
    scores: str = ""
    """What is kept of the distribution of primary scores, in a phrase; empty without one."""

    @property
    def words(self) -> str:
        """What the import does to the results, in one phrase."""
        if self.is_unchanged:
            return "уже загружено, изменений нет"
        if self.is_new:
            return "новый результат"
        return "заменит результат" if self.changes else "обновит задания результата"


@dataclass(frozen=True, slots=True)
class ResultsPreview:
    """What an import of a file would do; nothing is written yet."""

    file: str
    workbooks: tuple[WorkbookPreview, ...]

    @property
    def is_unchanged(self) -> bool:
        """Whether everything in the file is there already."""
        return all(workbook.is_unchanged for workbook in self.workbooks)

    @property
    def json(self) -> object:
        """The summary of the command line: an object, or a list for a file with several workbooks."""
        found = [dict(workbook.summary) for workbook in self.workbooks]
        return found[0] if len(found) == 1 else found


@dataclass(frozen=True, slots=True)
class ImportedResults:
    """What an import did; `done.changed` is False where the file was there already."""

    done: Done
    preview: ResultsPreview

    @property
    def words(self) -> str:
        """What happened, in a sentence."""
        titles = ", ".join(workbook.title for workbook in self.preview.workbooks).removesuffix(".")
        if not self.done.changed:
            return f"Этот файл уже загружен: {titles}. Ничего не изменилось."
        return f"Загружено: {titles}."


def preview_workbook(workspace: Workspace, path: Path) -> ResultsPreview:
    """Read a workbook file and say what its import would change. KnownError `results.*` refuses the whole file."""
    require_kind(workspace, StoreKind.SCHOOL)
    workbooks = _read(path)
    with workspace.reading() as reader:
        plans = [_plan(workspace, reader, workbook, path.name) for workbook in workbooks]
    return ResultsPreview(path.name, tuple(plan.preview for plan in plans))


def import_workbook(workspace: Workspace, path: Path) -> ImportedResults:
    """Take a workbook file in as one step: all of it, or, on any fault, nothing. The same file again changes nothing.

    Ctrl+Z takes the step back; the dataset stays under its hash, unused.
    """
    require_kind(workspace, StoreKind.SCHOOL)
    workbooks = _read(path)
    operation = "загружены результаты из файла"  # without its name: what a step was called always travels
    with workspace.writing() as transaction:
        plans = [_plan(workspace, transaction.reader, workbook, path.name) for workbook in workbooks]
        requests = [request for plan in plans for request in plan.requests]
        for workbook, plan in zip(workbooks, plans, strict=True):
            if plan.requests:
                transaction.records.put_blob(workspace.school, DATASET, dataset_bytes(workbook))
        batch = workspace.append(transaction, requests, operation) if requests else None
    if batch is not None:
        workspace.undo_stack.done.append(batch.name)
        workspace.undo_stack.undone.clear()
    preview = ResultsPreview(path.name, tuple(plan.preview for plan in plans))
    return ImportedResults(Done(operation, preview.workbooks[0].sheet, batch.name if batch else ""), preview)


def plan_workbooks(workspace: Workspace, reader: Reader, path: Path) -> list[tuple[ResultWorkbook, WorkbookPlan]]:
    """Every workbook of a file with what makes the stored rows those of it."""
    return [(workbook, _plan(workspace, reader, workbook, path.name)) for workbook in _read(path)]


@dataclass(frozen=True, slots=True)
class WorkbookPlan:
    """The requests that make the stored rows those of a workbook, and what a person is told of them."""

    requests: tuple[ChangeRequest, ...]
    preview: WorkbookPreview


def _read(path: Path) -> tuple[ResultWorkbook, ...]:
    workbooks = read_f1(path)
    keys = [(_subject(workbook), workbook.grade, workbook.year) for workbook in workbooks]
    for workbook, key in zip(workbooks, keys, strict=True):
        if keys.count(key) > 1:
            raise KnownError("results.twin_sheets", file=path.name, subject=workbook.subject, grade=workbook.grade)
    return workbooks


def _plan(workspace: Workspace, reader: Reader, workbook: ResultWorkbook, file: str) -> WorkbookPlan:
    sheet = _sheet_id(workspace, workbook)
    stored = reader.row(ResultSheet, sheet, workspace.school)
    values = _without_known_borders(_sheet_values(workbook, file), stored)
    requests = workbook_requests(workspace, reader, workbook, sheet, values)
    is_new = stored is None or stored.hidden
    warnings = (*workbook.warnings, *_other_school(workspace, reader, workbook))
    preview = WorkbookPreview(
        sheet=sheet,
        title=f"{workbook.subject}, {workbook.grade} класс, {workbook.year} г.",
        summary=_summary(workbook, warnings),
        is_new=is_new,
        is_unchanged=not requests,
        changes=() if stored is None or is_new else _changes(stored, values),
        warnings=tuple(explain(warning.as_error()) for warning in warnings),
        scores=score_words(requests),
    )
    return WorkbookPlan(tuple(requests), preview)


def _summary(workbook: ResultWorkbook, warnings: tuple[ResultWarning, ...]) -> dict[str, object]:
    def message(warning: ResultWarning) -> str:
        return explain(warning.as_error()).text

    found = summary(workbook, message)
    return {**found, "warnings": [{"code": item.code, "message": message(item)} for item in warnings]}


def _changes(stored: ResultSheet, values: Mapping[str, WireValue]) -> tuple[FieldChange, ...]:
    fields = info_of(ResultSheet).fields
    found = []
    for name in SHOWN:
        old = wire_value(getattr(stored, name))
        if name in values and old != values[name]:
            field = fields[name]
            found.append(FieldChange(name, field.caption, show_value(field, old), show_value(field, values[name])))
    return tuple(found)


def _sheet_id(workspace: Workspace, workbook: ResultWorkbook) -> str:
    key: dict[str, WireValue] = {
        "procedure": _PROCEDURE,
        "subject": _subject(workbook),
        "grade": workbook.grade,
        "year": workbook.year,
    }
    return row_id_for(workspace, info_of(ResultSheet), key)


def _subject(workbook: ResultWorkbook) -> str:
    """The code of the subject; one that is not known is kept as the workbook writes it."""
    return workbook.subject_code or workbook.subject


def _sheet_values(workbook: ResultWorkbook, file: str) -> dict[str, WireValue]:
    found = aggregate(workbook)
    marks, journal = found.overall.marks, found.journal
    mean = _mean_score(found)
    borders = paper_detail(workbook).borders
    values: dict[str, WireValue] = {
        "procedure": _PROCEDURE,
        "subject": _subject(workbook),
        "grade": workbook.grade,
        "year": workbook.year,
        "held_on": workbook.date.isoformat() if workbook.date else None,
        "participants": found.overall.participants - found.overall.no_mark,
        **{f"mark_{mark}": marks[mark] for mark in marks},
        "lowered": journal.lowered if journal.n else None,
        "confirmed": journal.confirmed if journal.n else None,
        "raised": journal.raised if journal.n else None,
        "mean_score": None if mean is None else decimal_text(mean),
        "max_score": workbook.max_score,
        **{f"mark_{mark}_from": score for mark, score in borders.items()},
        "dataset": hashlib.sha256(dataset_bytes(workbook)).hexdigest(),
        "source": file[:300],
    }
    return values


def _without_known_borders(values: dict[str, WireValue], stored: ResultSheet | None) -> dict[str, WireValue]:
    """A border that a person typed stays: the least score that somebody got may lie above the true one."""
    for name in ("mark_3_from", "mark_4_from", "mark_5_from"):
        known, found = getattr(stored, name, None), values.get(name)
        if isinstance(known, int) and isinstance(found, int) and known < found:
            del values[name]
    return values


def _mean_score(found: ResultAggregates) -> Decimal | None:
    n = sum(found.primary_scores.values())
    total = sum(score * count for score, count in found.primary_scores.items())
    return (Decimal(total) / n).quantize(Decimal("0.01")) if n else None


def _other_school(workspace: Workspace, reader: Reader, workbook: ResultWorkbook) -> tuple[ResultWarning, ...]:
    """A login other than that of an earlier workbook, or a name that has nothing of the school's: only a warning."""
    known = known_login(workspace, reader)
    if known and workbook.school_login and known != workbook.school_login:
        return (ResultWarning("results.other_login", {"login": workbook.school_login, "known": known}),)
    school = reader.row(School, workspace.school, workspace.school)
    if school is None or known:
        return ()
    own = _name_words(f"{school.short_name or ''} {school.full_name or ''} {school.locality or ''}")
    theirs = _name_words(workbook.school_name)
    if own and theirs and own.isdisjoint(theirs):
        return (ResultWarning("results.other_school_name", {"name": workbook.school_name[:120]}),)
    return ()


def known_login(workspace: Workspace, reader: Reader) -> str:
    """The login of the school in ФИС ОКО, from a workbook that was taken in earlier; empty if there is none."""
    for sheet in reader.rows(ResultSheet, workspace.school):
        data = reader.records.blob(workspace.school, sheet.dataset) if sheet.dataset else None
        if data is not None:
            login = dataset_from_bytes(data).school_login
            if login:
                return login
    return ""


def _name_words(text: str) -> set[str]:
    """The words and numbers of a name that tell one school from another."""
    plain = "".join(char if char.isalnum() else " " for char in text.casefold().replace("ё", "е"))
    return {word for word in plain.split() if (len(word) > 2 or word.isdigit()) and word not in _GENERIC_WORDS}
