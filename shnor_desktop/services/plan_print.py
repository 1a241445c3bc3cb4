"""What the centre takes out of its plan: the schedule of interviews as PDF, the days as a calendar file."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.reports.documents.interviews import SlotFacts, interviews_document
from shnor_desktop.reports.pdf_writer import pdf_of
from shnor_desktop.services.calendar_export import CalendarFile, write_items
from shnor_desktop.services.documents import Written
from shnor_desktop.services.facts import today
from shnor_desktop.services.plan import plan_view
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.paths import resource


def plan_file_name(workspace: Workspace, name: str, suffix: str) -> str:
    """«tver_sobesedovaniya_2024-09-02.pdf»."""
    return f"{workspace.pack.id}_{name}_{today(workspace).isoformat()}{suffix}"


def write_interviews(workspace: Workspace, target: Path) -> Written:
    """Write the schedule as PDF; a failure leaves what was there. KnownError plan.no_interviews, document.*."""
    view = plan_view(workspace)
    if not view.slots:
        raise KnownError("plan.no_interviews")
    slots = [SlotFacts(**asdict(slot)) for slot in view.slots]
    data = pdf_of(interviews_document(view.title, slots), resource("fonts"))
    with write_beside(target, "document", need=len(data)) as stream:
        stream.write(data)
    return Written(target, len(data))


def write_plan_calendar(workspace: Workspace, target: Path, *, with_names: bool = True) -> CalendarFile:
    """Write the days of the plan. KnownError as of `write_items`."""
    view = plan_view(workspace)
    return write_items(target, view.title, view.calendar, workspace.centre, with_names=with_names)
