"""A demo school: a year of work of an invented school, written through the services in a few dozen steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.demo.answers import write_causes, write_first_waves, write_map
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.demo.indicators import write_graduates, write_teaching
from shnor_desktop.services.demo.library import SchoolProfile, district, main_school
from shnor_desktop.services.demo.light import write_light
from shnor_desktop.services.demo.partners import write_partnership
from shnor_desktop.services.demo.passport import write_passport, write_team
from shnor_desktop.services.demo.procedures import RESULTS_KNOWN, write_results
from shnor_desktop.services.demo.programme import write_problems, write_programme
from shnor_desktop.services.demo.pupils import write_pupils
from shnor_desktop.services.demo.quality import write_management
from shnor_desktop.services.demo.reasons import write_reasons
from shnor_desktop.services.demo.roadmap import write_progress, write_values
from shnor_desktop.services.demo.seeding import DEMO_DAY, DemoClock, Seeded
from shnor_desktop.services.demo.stores import (
    centre_identity,
    hand_over,
    methodist_identity,
    remove_store,
    save_key,
    school_identity,
    trusted,
)
from shnor_desktop.services.demo.support import write_agreements, write_events, write_plans, write_stage_marks
from shnor_desktop.services.demo.teaching import write_work_with_teachers
from shnor_desktop.services.desks import SchoolCard, create_school_desk
from shnor_desktop.services.facts import DEMO_TODAY
from shnor_desktop.services.methodology import Packs, load_methodologies
from shnor_desktop.services.wording import phrase
from shnor_desktop.services.workspace import Profile, Workspace

Progress = Callable[[int, int, str], None]
"""Told how far the work is: done, total, words. What it raises stops the work, and nothing half-made stays."""
Step = Callable[[SchoolDraft], None]

_MADE_AT = datetime.combine(date(2024, 1, 16), time(9), UTC)


def no_progress(done: int, total: int, words: str) -> None:
    """Nobody looks on."""


def make_demo_school(
    path: Path,
    clock: Clock,
    seed: int = 1,
    profile: Profile | None = None,
    *,
    as_of: date = DEMO_DAY,
    progress: Progress = no_progress,
    packs: Packs | None = None,
) -> Workspace:
    """A new store with the demo school, open; `clock` is the one that it goes on with.

    `as_of` is the day on which the store stands still, between June and December 2024.
    One seed gives the same rows under the same ids; new each time are the id of the store, the replica and the salts
    of the log. The seed's key and the demo centre's certificate are in place. KnownError `demo.store_exists`.
    """
    return make_school(path, clock, main_school(), seed, profile, as_of=as_of, progress=progress, packs=packs)


def make_school(
    path: Path,
    clock: Clock,
    school: SchoolProfile,
    seed: int,
    profile: Profile | None = None,
    *,
    as_of: date = DEMO_DAY,
    progress: Progress = no_progress,
    packs: Packs | None = None,
) -> Workspace:
    """Any of the demo's schools, as far as its profile says."""
    if path.exists():
        raise KnownError("demo.store_exists", file=path.name)
    profile = profile or Profile.default()
    seeded = Seeded(seed, school.code)
    ids = seeded.desk_ids()
    key_file = profile.key_file(ids.store)
    save_key(school_identity(seed, school), key_file)
    walking = DemoClock(_MADE_AT)
    workspace: Workspace | None = None
    try:
        card = SchoolCard(school.code, school.short_name, school.full_name, district(), school.locality)
        workspace = create_school_desk(
            path, card, walking, is_demo=True, ids=ids, profile=profile, packs=packs or load_methodologies()
        )
        _settle(workspace, seed, as_of)
        _write(SchoolDraft(workspace, school, seeded, walking, as_of), progress)
    except BaseException:
        remove_store(path, workspace, key_file)
        raise
    hand_over(workspace, clock)
    return workspace


def _settle(workspace: Workspace, seed: int, as_of: date) -> None:
    """The day on which the demo stands, and the certificate of the demo centre, so that its answers are accepted."""
    with workspace.writing() as transaction:
        transaction.records.set_meta(DEMO_TODAY, as_of.isoformat())
        transaction.records.set_meta("demo_seed", str(seed))
        transaction.records.trust(trusted(centre_identity(seed)))
        transaction.records.trust(trusted(methodist_identity(seed)))


def _write(draft: SchoolDraft, progress: Progress) -> None:
    steps = _steps(draft)
    for place, (words_code, step) in enumerate(steps):
        progress(place, len(steps), phrase(words_code))
        step(draft)
    progress(len(steps), len(steps), phrase("demo.step_check"))


def _steps(draft: SchoolDraft) -> list[tuple[str, Step]]:
    """In the order in which a school does them: the results of the demo's year come after the programme."""
    year = draft.as_of.year
    if draft.profile.is_light:
        return [("demo.step_results", write_light)]
    steps: list[tuple[str, Step]] = [
        ("demo.step_passport", write_passport),
        ("demo.step_results", lambda draft: write_results(draft, year - 1)),
        ("demo.step_passport", write_team),
    ]
    if draft.profile.fill == "begun":
        return [*steps, ("demo.step_map", lambda draft: write_map(draft, 45))]
    steps += [
        ("demo.step_passport", write_teaching),
        ("demo.step_results", lambda draft: write_graduates(draft, year - 1)),
        ("demo.step_map", write_map),
        ("demo.step_support", write_agreements),
        ("demo.step_map", write_problems),
        ("demo.step_map", write_causes),
    ]
    if draft.profile.fill == "map":
        return [*steps, ("demo.step_support", write_events)]
    newest: list[tuple[str, Step]] = [
        ("demo.step_results", lambda draft: write_results(draft, year)),
        ("demo.step_results", lambda draft: write_graduates(draft, year)),
    ]
    return [
        *steps,
        ("demo.step_programme", write_programme),
        ("demo.step_support", write_stage_marks),
        ("demo.step_support", write_plans),
        ("demo.step_support", write_first_waves),
        *(newest if draft.as_of >= RESULTS_KNOWN.replace(year=year) else []),
        ("demo.step_support", write_events),
        ("demo.step_programme", write_progress),
        ("demo.step_programme", write_values),
        ("demo.step_support", write_partnership),
        ("demo.step_support", write_pupils),
        ("demo.step_support", write_work_with_teachers),
        ("demo.step_support", write_management),
        ("demo.step_check", write_reasons),
    ]
