"""One change to many rows of an entity: a field set, a day shifted, rows deleted; each is one step to take back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeRequest, Delete, Set
from shnor_desktop.models.registry import EntityInfo, entity
from shnor_desktop.services import records
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

MOST_DAYS = 3660


def set_for_all(
    workspace: Workspace, log_name: str, rows: Sequence[str], field: str, typed: object, school: str | None = None
) -> Done:
    """Set one field of many rows to the same value; rows that have it already are left alone. KnownError `value.*`."""
    info = entity(log_name)
    one = records.field_of(workspace, info, field)
    value = parse_value(one, typed)
    stored = _values(workspace, info, field, school)
    changed = [row for row in rows if row in stored and stored[row] != value]
    requests: list[ChangeRequest] = [Set(log_name, row, field, value) for row in changed]
    return _write(workspace, requests, f"изменено у {len(changed)}: {info.caption} — {one.caption.lower()}", school)


def shift_all(
    workspace: Workspace, log_name: str, rows: Sequence[str], field: str, days: int, school: str | None = None
) -> Done:
    """Move a day of many rows by so many days, on or back; rows without the day are left alone.

    KnownError bulk.too_far, bulk.nothing.
    """
    if not -MOST_DAYS <= days <= MOST_DAYS:
        raise KnownError("bulk.too_far", days=MOST_DAYS)
    info = entity(log_name)
    stored = _values(workspace, info, field, school)
    requests: list[ChangeRequest] = []
    for row in rows:
        moved = _shifted(stored.get(row), days)
        if moved is not None:
            requests.append(Set(log_name, row, field, moved))
    if not requests or not days:
        raise KnownError("bulk.nothing")
    caption = info.fields[field].caption.lower()
    return _write(workspace, requests, f"сдвинуто на {days} дн. у {len(requests)}: {info.caption} — {caption}", school)


def remove_all(workspace: Workspace, log_name: str, rows: Sequence[str], school: str | None = None) -> Done:
    """Delete many rows; they come back together."""
    info = entity(log_name)
    requests: list[ChangeRequest] = [Delete(log_name, row) for row in rows]
    return _write(workspace, requests, f"удалено {len(requests)}: {info.plural}", school)


def _values(workspace: Workspace, info: EntityInfo, field: str, school: str | None) -> dict[str, WireValue]:
    return {row.id: records.wire_values(row)[field] for row in records.rows(workspace, info.cls, school)}


def _shifted(value: WireValue, days: int) -> str | None:
    try:
        return (date.fromisoformat(str(value)) + timedelta(days=days)).isoformat() if value else None
    except (ValueError, OverflowError):  # another program wrote a day that is none
        return None


def _write(workspace: Workspace, requests: list[ChangeRequest], operation: str, school: str | None) -> Done:
    batch = workspace.write(requests, operation, school) if requests else None
    return Done(operation, "", batch.name if batch else "")
