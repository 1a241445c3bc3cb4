"""What can be done with many measures at once: their state, the shift of their days, and fields that they share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QStackedWidget

from shnor_desktop.domain.facts import MeasureFact
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import roadmap_bulk
from shnor_desktop.services.records import Done
from shnor_desktop.services.roadmap import MeasureRow
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.bulk_edit import BulkChange, BulkEdit, Typed, days_of, field_changes, shift_field
from shnor_desktop.ui.pages.record_rows import RecordRows
from shnor_desktop.ui.widgets.table import TablePanel
from shnor_desktop.ui.workspaces.school.roadmap_rows import SPEC, RoadMapData
from shnor_desktop.ui.workspaces.school.roadmap_step import EVIDENCE, REASON

NOUNS = ("мероприятие", "мероприятия", "мероприятий")
_FIELDS = ("owner", "owner_text", "stage", "direction", "task", "problem", "evidence", "is_optional")
_GIVEN = replace(EVIDENCE, required=True)
_WHY = replace(REASON, required=True)


def measures_bulk(
    desk: Desk, panel: TablePanel, detail: QStackedWidget, read: Callable[[], RoadMapData | None]
) -> BulkEdit:
    """The bar and the form over the table of measures; `read` gives what the page shows now."""
    return BulkEdit(desk, panel, detail, Measure.log_name, lambda: measure_changes(read, desk.school), NOUNS)


def measure_changes(
    read: Callable[[], RoadMapData | None], school: str
) -> tuple[Sequence[BulkChange], Mapping[str, Options]]:
    """The changes for the measures of a road map; `read` gives what the page shows now."""
    data = read()
    if data is None:
        return (), {}
    own = (
        BulkChange("start", "Состояние: начать", (), _suited(read, roadmap_bulk.can_be_started), _start, "Начать"),
        BulkChange(
            "done",
            "Состояние: выполнено, по одному документу",
            (_GIVEN,),
            _suited(read, roadmap_bulk.can_be_closed),
            _done,
            "Отметить выполненными",
        ),
        BulkChange(
            "cancel",
            "Состояние: снять с плана",
            (_WHY,),
            _suited(read, roadmap_bulk.can_be_closed),
            _cancel,
            "Снять с плана",
        ),
        BulkChange(
            "plan",
            "Состояние: вернуть в план",
            (),
            _suited(read, roadmap_bulk.can_be_reopened),
            lambda workspace, rows, _typed: roadmap_bulk.plan_all(workspace, rows),
            "Вернуть в план",
        ),
        BulkChange(
            "shift",
            "Сдвинуть открытые сроки на несколько дней",
            (shift_field(), _WHY),
            _moved(read),
            _shift,
            "Сдвинуть",
        ),
    )
    fields = field_changes(SPEC, lambda: _rows_of(read), school, _FIELDS)
    return (*fields[:1], *own, *fields[1:]), data.rows.options


def _rows_of(read: Callable[[], RoadMapData | None]) -> RecordRows | None:
    data = read()
    return data.rows if data is not None else None


def _suited(
    read: Callable[[], RoadMapData | None], suits: Callable[[MeasureFact], bool]
) -> Callable[[Sequence[str], Typed], Sequence[str]]:
    def concerns(rows: Sequence[str], _typed: Typed) -> Sequence[str]:
        found = _found(read())
        return [row for row in rows if row in found and suits(found[row].measure)]

    return concerns


def _moved(read: Callable[[], RoadMapData | None]) -> Callable[[Sequence[str], Typed], Sequence[str]]:
    def concerns(rows: Sequence[str], _typed: Typed) -> Sequence[str]:
        found = _found(read())
        return [row for row in rows if row in found and roadmap_bulk.can_be_moved(found[row].days)]

    return concerns


def _found(data: RoadMapData | None) -> dict[str, MeasureRow]:
    return {row.measure.id: row for row in data.view.rows} if data is not None else {}


def _start(workspace: Workspace, rows: Sequence[str], _typed: Typed) -> Done:
    return roadmap_bulk.start_all(workspace, rows)


def _done(workspace: Workspace, rows: Sequence[str], typed: Typed) -> Done:
    return roadmap_bulk.done_all(workspace, rows, str(typed.get("evidence") or ""))


def _cancel(workspace: Workspace, rows: Sequence[str], typed: Typed) -> Done:
    return roadmap_bulk.cancel_all(workspace, rows, str(typed.get("reason") or ""))


def _shift(workspace: Workspace, rows: Sequence[str], typed: Typed) -> Done:
    return roadmap_bulk.shift_all(workspace, rows, days_of(typed), str(typed.get("reason") or ""))
