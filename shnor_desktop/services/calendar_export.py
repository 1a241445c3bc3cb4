"""The calendar as an .ics file for Outlook, Thunderbird and phones: written whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.russian import short_date
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.reports.calendar_ics import Entry, calendar_bytes
from shnor_desktop.services.calendar import CalendarItem, CalendarView, ItemKind, calendar_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace

_OWNERS = {ItemKind.EVENT: "С кем", ItemKind.STEP: "Педагог", ItemKind.APPOINTMENT: "Кто"}


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """A calendar that was written: how many days stand in it."""

    path: Path
    size: int
    events: int


def suggested_calendar_name(workspace: Workspace, school: str | None = None) -> str:
    """«72-014_kalendar_2024-09-02.ics»."""
    facts = read_facts(workspace, school)
    code = (facts.school and facts.school.code) or "school"
    return f"{code}_kalendar_{facts.as_of.isoformat()}.ics"


def write_calendar(
    workspace: Workspace, target: Path, school: str | None = None, *, with_names: bool = True
) -> CalendarFile:
    """Write the calendar of a school; a failure leaves what was there.

    KnownError calendar.nothing, .disk_full, .folder_missing, .folder_readonly, .write_failed.
    """
    owner = school or workspace.school
    facts = read_facts(workspace, school)
    name = (facts.school and facts.school.short_name) or "Школа"
    view = calendar_of(workspace, school)
    return write_items(target, f"{name}: дорожная карта", view, owner, with_names=with_names)


def write_items(target: Path, name: str, view: CalendarView, owner: str, *, with_names: bool = True) -> CalendarFile:
    """Write the dated items of any calendar; `owner` makes the ids of its days differ from those of another school."""
    entries = entries_of(view.items, owner, with_names=with_names)
    if not entries:
        raise KnownError("calendar.nothing")
    data = calendar_bytes(name, entries, view.on)
    with write_beside(target, "calendar", need=len(data)) as stream:
        stream.write(data)
    return CalendarFile(target, len(data), len(entries))


def entries_of(items: Sequence[CalendarItem], owner: str, *, with_names: bool = True) -> list[Entry]:
    """Calendar items as days of a file."""
    return [_entry(item, owner, with_names) for item in items if item.due is not None]


def _entry(item: CalendarItem, owner: str, with_names: bool) -> Entry:
    assert item.due is not None
    shows_owner = with_names or item.kind is ItemKind.EVENT
    lines = [
        item.part.capitalize(),
        f"Срок: {item.phrase}" if item.phrase else "",
        f"Период: {short_date(item.start)} — {short_date(item.due)}" if item.start and item.start < item.due else "",
        f"{_OWNERS.get(item.kind, 'Ответственный')}: {item.owner}" if item.owner and shows_owner else "",
        f"Подтверждение: {item.evidence}" if item.evidence else "",
        f"Состояние: {item.state}" if item.state else "",
        item.note,
    ]
    is_done = item.is_closed and not item.is_unmarked
    title = f"✓ {item.title}" if is_done else item.title
    categories = (item.words.capitalize(), "Закрыто" if is_done else "В плане")
    return Entry(
        uid=f"{item.id}@{owner}.shnor",
        day=item.due,
        title=title,
        text="\n".join(line for line in lines if line),
        categories=categories,
        is_done=is_done,
    )
