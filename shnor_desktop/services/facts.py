"""The facts of one school as the domain reads them: metrics, scoring and the check all start from here."""

from __future__ import annotations

from datetime import date

from shnor_desktop.domain.facts import FACT_CLASSES, SchoolFacts, school_facts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.occurrences import followed
from shnor_desktop.models.registry import entity
from shnor_desktop.services.workspace import Workspace

DEMO_TODAY = "demo_today"
"""The property of a demo store that holds its today."""


def today(workspace: Workspace) -> date:
    """The day on this computer, in its own time zone; a demo store stands still on the day that it was made for."""
    if workspace.is_demo:
        with workspace.reading() as reader:
            stands_on = reader.records.meta(DEMO_TODAY)
        if stands_on:
            return date.fromisoformat(stands_on)
    return workspace.clock.now().astimezone().date()


def read_facts(workspace: Workspace, school: str | None = None) -> SchoolFacts:
    """Everything that a school typed, in one consistent view, as of today; the states of measures follow their days.

    Read once for all who ask until something is written, the day turns or another methodology is in force.
    """
    owner = school or workspace.school
    version = workspace.store.version
    day, pack = today(workspace), workspace.pack_of(school)
    if version is None:
        return _read(workspace, owner, day, pack)
    stamp = (version, day, pack.hash, pack.moved_years)
    return workspace.kept_facts.get(owner, stamp, lambda: _read(workspace, owner, day, pack))


def _read(workspace: Workspace, school: str, day: date, pack: Pack) -> SchoolFacts:
    with workspace.reading() as reader:
        rows = {name: reader.plain_rows(entity(name).cls, school) for name in FACT_CLASSES}
    return followed(pack, school_facts(day, rows))
