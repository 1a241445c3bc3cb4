"""A demo centre: schools of an invented district, made, packed and taken in as in life, with answers to some."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.centre import RemarkDraft, decide_package, leave_remark
from shnor_desktop.services.demo.library import SchoolProfile, main_school, other_schools, words
from shnor_desktop.services.demo.registry import write_registry
from shnor_desktop.services.demo.school import Progress, make_school, no_progress
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
from shnor_desktop.services.desks import create_centre_desk
from shnor_desktop.services.facts import DEMO_TODAY, read_facts
from shnor_desktop.services.methodology import Packs, load_methodologies
from shnor_desktop.services.packages import export_package
from shnor_desktop.services.wording import phrase
from shnor_desktop.services.workspace import Profile, Workspace

SCHOOLS = 18
_LIGHT_SENT = 30
"""Days before the demo's today: the schools that are only compared have sent their figures first."""
_MADE_AT = datetime.combine(date(2024, 1, 15), time(9), UTC)


def make_demo_centre(
    path: Path,
    clock: Clock,
    seed: int = 1,
    schools: int = SCHOOLS,
    profile: Profile | None = None,
    *,
    as_of: date = DEMO_DAY,
    progress: Progress = no_progress,
    packs: Packs | None = None,
) -> Workspace:
    """A new store with the demo centre, open. Its schools have sent a package each; the demo school of the same seed
    has not yet, and its key is known: its package is accepted without a question. KnownError `demo.store_exists`.
    """
    if path.exists():
        raise KnownError("demo.store_exists", file=path.name)
    profile = profile or Profile.default()
    packs = packs or load_methodologies()
    found = words("schools")
    ids = Seeded(seed, str(found["centre_code"])).desk_ids()
    key_file = profile.key_file(ids.store)
    save_key(centre_identity(seed), key_file)
    walking = DemoClock(_MADE_AT)
    workspace: Workspace | None = None
    chosen = other_schools()[:schools]
    try:
        names = (found["centre_code"], found["centre_name"])
        workspace = create_centre_desk(path, *names, walking, is_demo=True, ids=ids, profile=profile, packs=packs)
        _know(workspace, seed, (main_school(), *chosen), as_of)
        for place, (school, sent_on) in enumerate(_in_order(chosen, as_of), start=1):
            named = phrase("demo.step_school", done=place, total=len(chosen), name=school.short_name)
            progress(place - 1, len(chosen), named)
            arrived = take_in(workspace, walking, school, seed, sent_on, packs)
            walking.move_to(sent_on + timedelta(days=1))
            _answer(workspace, arrived, school.decision, Random(f"answers {seed} {school.code}"))
        write_registry(workspace, walking, chosen, as_of)
        progress(len(chosen), len(chosen), "")
    except BaseException:
        remove_store(path, workspace, key_file)
        raise
    hand_over(workspace, clock)
    return workspace


def _in_order(schools: tuple[SchoolProfile, ...], as_of: date) -> list[tuple[SchoolProfile, date]]:
    """The schools with the days on which they send their packages."""
    light = [school for school in schools if school.is_light]
    others = [school for school in schools if not school.is_light]
    found = [(school, as_of - timedelta(days=_LIGHT_SENT - place // 3)) for place, school in enumerate(light)]
    days = [2 * (len(others) - place) + 3 for place in range(1, len(others) + 1)]
    return found + [(school, as_of - timedelta(days=back)) for school, back in zip(others, days, strict=True)]


def _know(workspace: Workspace, seed: int, schools: tuple[SchoolProfile, ...], as_of: date) -> None:
    """The day on which the demo stands, and the certificates of the schools, as if compared by phone."""
    with workspace.writing() as transaction:
        transaction.records.set_meta(DEMO_TODAY, as_of.isoformat())
        transaction.records.set_meta("demo_seed", str(seed))
        transaction.records.trust(trusted(methodist_identity(seed)))
        for school in schools:
            transaction.records.trust(trusted(school_identity(seed, school)))


def take_in(
    workspace: Workspace, walking: DemoClock, school: SchoolProfile, seed: int, sent_on: date, packs: Packs
) -> str:
    """Make the school beside, let it export its package, import that: the id of the school. Its own store goes."""
    with TemporaryDirectory(prefix="shnor-demo-") as folder:
        there = Profile(Path(folder) / "profile")
        sending = DemoClock(datetime.combine(sent_on, time(10), UTC))
        made = make_school(Path(folder) / "school.shnor-db", sending, school, seed, there, as_of=sent_on, packs=packs)
        try:
            package = export_package(made, Path(folder), unfinished=school.fill != "full")
        finally:
            made.close()
        walking.move_to(sent_on, hour=14)
        verdict = import_package(workspace, package.path)
        if not verdict.code.is_fine:
            raise BugError(f"the package of {school.code} was not accepted: {verdict.cause}")
    return verdict.school


def _answer(workspace: Workspace, school: str, decision: str, random: Random) -> None:
    """A decision, with remarks where the package is returned and a good word where it is accepted."""
    if not decision:
        return
    found = words("texts")["remarks"]
    facts = read_facts(workspace, school)
    is_returned = decision == "returned"
    measures = facts.current(facts.measures)
    for body in (found["bodies"][1:3] if is_returned else found["bodies"][3:]) if measures else ():
        measure = random.choice(measures)
        kind = "remark" if is_returned else "praise"
        draft = RemarkDraft("measure", measure.id, "expected", f"Мероприятие «{measure.label}»", body, kind)
        leave_remark(workspace, school, draft)
    if is_returned and not measures:
        leave_remark(workspace, school, RemarkDraft("school", school, "", "Документы школы", found["unfinished"]))
    due = (facts.as_of + timedelta(days=10)).isoformat() if is_returned else ""
    decide_package(workspace, school, decision, str(found[decision]), due)
