"""What goes with a result without being asked about row by row: its primary scores, its groups of participants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from shnor_desktop.domain.canonical import WireValue, decimal_text
from shnor_desktop.importers.school_tables import Doubt, FoundRecord
from shnor_desktop.models.results import ResultGroup, ResultScore, ResultSheet
from shnor_desktop.services.result_rows import child_requests
from shnor_desktop.services.table_import.plan import PlannedRow, doubt_words
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.reading import Reader

_KEPT = ((ResultScore, "scores_kept"), (ResultGroup, "groups_kept"))


def with_details(workspace: Workspace, reader: Reader, row: PlannedRow, details: Sequence[FoundRecord]) -> PlannedRow:
    """The row of a result with the requests that make its scores and groups those of the file.

    Scores counted from the pupils' rows of a workbook «Ф1» are not replaced by those of a report.
    """
    for cls, words in _KEPT:
        found = [one for one in details if one.entity == cls.log_name]
        if not found:
            continue
        if cls is ResultScore and _has_dataset(workspace, reader, row.row):
            if _would_change(workspace, reader, row.row, found):
                row = replace(row, notes=(*row.notes, doubt_words(Doubt("details_from_f1"))))
            continue
        values = [_wire(row.row, one) for one in found]
        requests = child_requests(workspace, reader, cls, row.row, values)
        if requests:
            place = f"{row.place}; {doubt_words(Doubt(words, {'count': len(found)}))}"
            row = replace(row, extra=(*row.extra, *requests), place=place)
    return row


def _has_dataset(workspace: Workspace, reader: Reader, sheet: str) -> bool:
    stored = reader.row(ResultSheet, sheet, workspace.school)
    return stored is not None and not stored.hidden and bool(stored.dataset)


def _would_change(workspace: Workspace, reader: Reader, sheet: str, found: Sequence[FoundRecord]) -> bool:
    return bool(child_requests(workspace, reader, ResultScore, sheet, [_wire(sheet, one) for one in found]))


def _wire(sheet: str, found: FoundRecord) -> dict[str, WireValue]:
    values: dict[str, WireValue] = {"sheet": sheet}
    for name, one in found.values.items():
        if isinstance(one.value, Decimal):
            values[name] = decimal_text(one.value)
        elif isinstance(one.value, int | str) or one.value is None:
            values[name] = one.value
    return values
