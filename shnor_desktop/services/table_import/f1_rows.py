"""A workbook «Ф1» as rows of a plan: the figures of a sheet one by one, its tasks and pupils' rows with it."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.log import Restore, Set
from shnor_desktop.domain.results_dataset import dataset_bytes
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.results import ResultSheet
from shnor_desktop.services.results import SHOWN, plan_workbooks
from shnor_desktop.services.table_import.plan import PlannedCell, PlannedRow
from shnor_desktop.services.values import show_value, wire_value
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.reading import Reader
from shnor_desktop.system.wording import phrase

_OTHERS = {"results.other_login", "results.other_school_name"}


def f1_rows(workspace: Workspace, reader: Reader, path: Path) -> list[PlannedRow]:
    """One row a sheet of the workbook. KnownError results.* refuses the whole file."""
    fields = info_of(ResultSheet).fields
    rows = []
    for workbook, plan in plan_workbooks(workspace, reader, path):
        preview = plan.preview
        stored = None if preview.is_new else reader.row(ResultSheet, preview.sheet, workspace.school)
        cells, extra = [], []
        for request in plan.requests:
            is_shown = isinstance(request, Set) and request.row == preview.sheet and request.field in SHOWN
            if not is_shown or not isinstance(request, Set):
                extra.append(request)
                continue
            one = fields[request.field]
            old = wire_value(getattr(stored, request.field)) if stored is not None else None
            note = phrase("table_doubt.typed") if old is not None and stored is not None and not stored.dataset else ""
            shown = show_value(one, request.value)
            cells.append(PlannedCell(one.name, one.caption, request.value, show_value(one, old), shown, True, note))
        counted = f"участников {preview.summary.get('participants', 0)}, заданий {preview.summary.get('tasks', 0)}"
        stops = next((message.what for message in preview.warnings if message.code in _OTHERS), "")
        rows.append(
            PlannedRow(
                entity=ResultSheet.log_name,
                row=preview.sheet,
                title=preview.title,
                place=f"{counted}; {preview.scores}" if preview.scores else counted,
                is_new=preview.is_new and bool(plan.requests),
                cells=tuple(cells),
                notes=tuple(message.text for message in preview.warnings if message.code not in _OTHERS),
                stops=stops,
                extra=tuple(one for one in extra if not isinstance(one, Restore) or one.row != preview.sheet),
                dataset=dataset_bytes(workbook) if plan.requests else None,
            )
        )
    return rows
