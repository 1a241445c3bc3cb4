"""Demo data: an invented school, centre and methodist, made from a seed through the services."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.services.demo.centre import make_demo_centre
from shnor_desktop.services.demo.methodist import make_demo_methodist
from shnor_desktop.services.demo.school import Progress, make_demo_school, no_progress
from shnor_desktop.services.demo.seeding import DEMO_DAY
from shnor_desktop.services.workspace import StoreKind, Workspace

__all__ = ["DEMO_DAY", "make_demo", "make_demo_centre", "make_demo_methodist", "make_demo_school"]


def make_demo(kind: StoreKind, path: Path, clock: Clock, seed: int = 1, progress: Progress = no_progress) -> Workspace:
    """A new demo store of a kind, open. KnownError `demo.store_exists`."""
    if kind is StoreKind.SCHOOL:
        return make_demo_school(path, clock, seed=seed, progress=progress)
    if kind is StoreKind.METHODIST:
        return make_demo_methodist(path, clock, seed=seed, progress=progress)
    return make_demo_centre(path, clock, seed=seed, progress=progress)
