"""The rows that stand under a result: tasks, primary scores, groups of participants; what an import makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from shnor_desktop.domain.canonical import WireValue, decimal_text
from shnor_desktop.domain.log import ChangeRequest, Delete, Restore, Set
from shnor_desktop.domain.results import ResultWorkbook, aggregate
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.base import Entity
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.results import ResultGroup, ResultScore, ResultSheet, ResultTask
from shnor_desktop.services.records import row_id_for
from shnor_desktop.services.values import wire_value
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.reading import Reader

_DIFFICULTY = {"Б": "basic", "П": "advanced", "В": "high"}
Child = type[ResultTask] | type[ResultScore] | type[ResultGroup]


def workbook_requests(
    workspace: Workspace, reader: Reader, workbook: ResultWorkbook, sheet: str, values: Mapping[str, WireValue]
) -> list[ChangeRequest]:
    """What makes the stored rows those of a workbook; a row that was deleted is brought back."""
    requests = row_requests(reader.row(ResultSheet, sheet, workspace.school), ResultSheet.log_name, sheet, values)
    requests += child_requests(workspace, reader, ResultTask, sheet, _task_values(workbook, sheet))
    return requests + child_requests(workspace, reader, ResultScore, sheet, _score_values(workbook, sheet))


def child_requests(
    workspace: Workspace, reader: Reader, cls: Child, sheet: str, wanted: Iterable[Mapping[str, WireValue]]
) -> list[ChangeRequest]:
    """What makes the rows of an entity under a sheet exactly the wanted ones."""
    info = info_of(cls)
    stored = {row.id: row for row in reader.rows(cls, workspace.school, hidden=True) if row.sheet == sheet}
    requests: list[ChangeRequest] = []
    kept = set()
    for values in wanted:
        row = row_id_for(workspace, info, values)
        kept.add(row)
        requests += row_requests(stored.get(row), info.log_name, row, values)
    gone = [row for row, item in stored.items() if row not in kept and not item.hidden]
    return requests + [Delete(info.log_name, row) for row in gone]


def row_requests(
    stored: Entity | None, log_name: str, row: str, values: Mapping[str, WireValue]
) -> list[ChangeRequest]:
    """Only what differs: the same results under another file name change nothing."""
    if stored is None:
        return [Set(log_name, row, name, value) for name, value in values.items() if value is not None]
    differing = [name for name, value in values.items() if wire_value(getattr(stored, name)) != value]
    requests: list[ChangeRequest] = [Restore(log_name, row)] if stored.hidden else []
    if not requests and differing == ["source"]:
        return []
    return requests + [Set(log_name, row, name, values[name]) for name in differing]


def score_words(requests: Sequence[ChangeRequest]) -> str:
    """«распределение первичных баллов: 24 значения»; empty where nothing of it changes."""
    rows = {request.row for request in requests if request.entity == ResultScore.log_name}
    if not rows:
        return ""
    return f"распределение первичных баллов: {plural(len(rows), 'значение', 'значения', 'значений')}"


def _task_values(workbook: ResultWorkbook, sheet: str) -> list[dict[str, WireValue]]:
    return [
        {
            "sheet": sheet,
            "code": result.task.code,
            "difficulty": _DIFFICULTY.get(result.task.difficulty),
            "max_score": result.task.max_score,
            "attempts": result.attempts,
            "percent": None if result.points.percent is None else decimal_text(result.points.percent),
        }
        for result in aggregate(workbook).tasks
    ]


def _score_values(workbook: ResultWorkbook, sheet: str) -> list[dict[str, WireValue]]:
    """Scores that somebody got."""
    found = aggregate(workbook).primary_scores
    return [{"sheet": sheet, "score": score, "pupils": pupils} for score, pupils in found.items() if pupils]
