"""The immutable dataset of one result workbook: canonical bytes, named by their hash.

Version 1: canonical JSON, tasks and rows as arrays. The warnings of the import are not part of it, so the same results
have the same bytes whatever was said about the file they came from. Reading is strict: a type, a length or a figure
that the importer would not have let through is refused with `results.bad_dataset`.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Never

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.results import (
    DIFFICULTIES,
    JOURNAL_MARKS,
    MARKS,
    PupilResult,
    ResultWorkbook,
    Task,
    looks_personal,
)

FORMAT = "shnor-results"
VERSION = 1
MAX_ROWS = 50_000
MAX_TASKS = 500
MAX_POINTS = 1_000
MAX_TEXT = 500
GRADES = range(1, 12)
YEARS = range(2010, 2100)
_KEYS = {
    "format", "version", "subject", "subject_code", "grade", "year", "date", "max_score",
    "school_name", "school_login", "declared_participants", "tasks", "rows",
}  # fmt: skip


def dataset_bytes(workbook: ResultWorkbook) -> bytes:
    """The canonical bytes of a workbook's results."""
    return canonical_json(
        {
            "format": FORMAT,
            "version": VERSION,
            "subject": workbook.subject,
            "subject_code": workbook.subject_code,
            "grade": workbook.grade,
            "year": workbook.year,
            "date": workbook.date.isoformat() if workbook.date else None,
            "max_score": workbook.max_score,
            "school_name": workbook.school_name,
            "school_login": workbook.school_login,
            "declared_participants": workbook.declared_participants,
            "tasks": [[task.code, task.max_score, task.difficulty] for task in workbook.tasks],
            "rows": [
                [row.code, row.class_name, row.variant, list(row.scores), row.total, row.mark, row.journal_mark]
                for row in workbook.rows
            ],
        }
    )


def dataset_from_bytes(data: bytes) -> ResultWorkbook:
    """Read a dataset; KnownError json.* or results.bad_dataset for anything that `dataset_bytes` would not write."""
    value = parse_canonical(data)
    if not isinstance(value, dict) or set(value) != _KEYS:
        _refuse("members")
    if value["format"] != FORMAT or _integer(value["version"], range(1_000_000), "version") != VERSION:
        _refuse("version")
    max_score = _integer(value["max_score"], range(1, MAX_POINTS + 1), "max_score")
    tasks = tuple(_task(item) for item in _array(value["tasks"], MAX_TASKS, "tasks"))
    rows = tuple(_row(item, tasks, max_score) for item in _array(value["rows"], MAX_ROWS, "rows"))
    return ResultWorkbook(
        subject=_text(value["subject"], "subject"),
        subject_code=_text(value["subject_code"], "subject_code"),
        grade=_integer(value["grade"], GRADES, "grade"),
        year=_integer(value["year"], YEARS, "year"),
        date=_date(value["date"]),
        max_score=max_score,
        school_name=_text(value["school_name"], "school_name"),
        school_login=_text(value["school_login"], "school_login"),
        declared_participants=_optional(value["declared_participants"], range(1_000_000), "declared_participants"),
        tasks=tasks,
        rows=rows,
    )


def _task(item: Any) -> Task:
    code, max_score, difficulty = _fixed(item, 3, "task")
    if difficulty not in DIFFICULTIES:
        _refuse("difficulty")
    return Task(_text(code, "task"), _integer(max_score, range(1, MAX_POINTS + 1), "task"), difficulty)


def _row(item: Any, tasks: tuple[Task, ...], max_score: int) -> PupilResult:
    code, class_name, variant, scores, total, mark, journal_mark = _fixed(item, 7, "row")
    if looks_personal(_text(code, "code")):
        raise KnownError("results.personal_names", row=0, column="code")
    points = _fixed(scores, len(tasks), "scores")
    return PupilResult(
        code=code,
        class_name=_text(class_name, "class"),
        variant=_text(variant, "variant"),
        scores=tuple(
            _optional(score, range(task.max_score + 1), "score") for task, score in zip(tasks, points, strict=True)
        ),
        total=_optional(total, range(max_score + 1), "total"),
        mark=_optional(mark, MARKS, "mark"),
        journal_mark=_optional(journal_mark, JOURNAL_MARKS, "journal_mark"),
    )


def _integer(value: Any, allowed: range | tuple[int, ...], member: str) -> int:
    if type(value) is not int or value not in allowed:
        _refuse(member)
    return value


def _optional(value: Any, allowed: range | tuple[int, ...], member: str) -> int | None:
    return None if value is None else _integer(value, allowed, member)


def _text(value: Any, member: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        _refuse(member)
    return value


def _array(value: Any, limit: int, member: str) -> list[Any]:
    if not isinstance(value, list) or not 1 <= len(value) <= limit:
        _refuse(member)
    return value


def _fixed(value: Any, length: int, member: str) -> list[Any]:
    if not isinstance(value, list) or len(value) != length:
        _refuse(member)
    return value


def _date(value: Any) -> date | None:
    if value is None:
        return None
    try:
        parsed = date.fromisoformat(value)
    except (TypeError, ValueError):
        _refuse("date")
    if parsed.isoformat() != value:
        _refuse("date")
    return parsed


def _refuse(member: str) -> Never:
    raise KnownError("results.bad_dataset", member=member)
