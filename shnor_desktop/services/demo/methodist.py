"""A demo methodist: three schools of the invented district, lessons visited in two of them, remarks left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.metrics.staff import gives_lessons
from shnor_desktop.services.centre import RemarkDraft, leave_remark
from shnor_desktop.services.demo.centre import take_in
from shnor_desktop.services.demo.library import SchoolProfile, other_schools, words
from shnor_desktop.services.demo.school import Progress, no_progress
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
from shnor_desktop.services.desks import create_methodist_desk
from shnor_desktop.services.facts import DEMO_TODAY, read_facts
from shnor_desktop.services.lesson_visits import begin_visit, mark_criterion, rubric_of, usual_rubric, write_draft
from shnor_desktop.services.methodology import Packs, load_methodologies
from shnor_desktop.services.wording import phrase
from shnor_desktop.services.workspace import Profile, Workspace

SCHOOLS = 3
_MADE_AT = datetime.combine(date(2024, 1, 15), time(9), UTC)
_TOPICS = ("Правописание приставок", "Сложение дробей", "Причастный оборот")


def make_demo_methodist(
    path: Path,
    clock: Clock,
    seed: int = 1,
    profile: Profile | None = None,
    *,
    as_of: date = DEMO_DAY,
    progress: Progress = no_progress,
    packs: Packs | None = None,
) -> Workspace:
    """A new store with the demo methodist, open; school and centre of the same seed know the key.

    KnownError `demo.store_exists`.
    """
    if path.exists():
        raise KnownError("demo.store_exists", file=path.name)
    profile = profile or Profile.default()
    packs = packs or load_methodologies()
    found = words("schools")
    ids = Seeded(seed, str(found["methodist_code"])).desk_ids()
    key_file = profile.key_file(ids.store)
    save_key(methodist_identity(seed), key_file)
    walking = DemoClock(_MADE_AT)
    workspace: Workspace | None = None
    chosen = [school for school in other_schools() if school.fill == "full"][:SCHOOLS]
    try:
        names = (str(found["methodist_code"]), str(found["methodist_name"]))
        workspace = create_methodist_desk(path, *names, walking, is_demo=True, ids=ids, profile=profile, packs=packs)
        _know(workspace, seed, chosen, as_of)
        for place, school in enumerate(chosen):
            named = phrase("demo.step_school", done=place + 1, total=len(chosen), name=school.short_name)
            progress(place, len(chosen), named)
            arrived = take_in(workspace, walking, school, seed, as_of - timedelta(days=9 - place), packs)
            walking.move_to(as_of - timedelta(days=6 - place))
            if place + 1 < len(chosen):
                _work(workspace, arrived, as_of, Random(f"methodist {seed} {school.code}"))
        progress(len(chosen), len(chosen), "")
    except BaseException:
        remove_store(path, workspace, key_file)
        raise
    hand_over(workspace, clock)
    return workspace


def _know(workspace: Workspace, seed: int, schools: Sequence[SchoolProfile], as_of: date) -> None:
    """The day on which the demo stands, and the certificates of the others, as if compared by phone."""
    with workspace.writing() as transaction:
        transaction.records.set_meta(DEMO_TODAY, as_of.isoformat())
        transaction.records.set_meta("demo_seed", str(seed))
        for identity in (centre_identity(seed), *(school_identity(seed, school) for school in schools)):
            transaction.records.trust(trusted(identity))


def _work(workspace: Workspace, school: str, as_of: date, random: Random) -> None:
    """A lesson visited, one planned, and two remarks."""
    facts = read_facts(workspace, school)
    teachers = [person.id for person in facts.staff if gives_lessons(person)]
    classes = [one.id for one in facts.classes]
    if teachers and classes:
        _visit(workspace, school, as_of, random, (random.choice(teachers), random.choice(classes)))
        planned = {
            "visited_on": (as_of + timedelta(days=5)).isoformat(),
            "teacher": random.choice(teachers),
            "school_class": random.choice(classes),
            "subject": "russian",
            "topic": _TOPICS[2],
        }
        begin_visit(workspace, planned, school)
    for draft in _drafts(facts, school, as_of):
        leave_remark(workspace, school, draft)


def _visit(workspace: Workspace, school: str, as_of: date, random: Random, who: tuple[str, str]) -> None:
    teacher, school_class = who
    values = {
        "visited_on": (as_of - timedelta(days=2)).isoformat(),
        "lesson": 2,
        "teacher": teacher,
        "school_class": school_class,
        "subject": "russian",
        "topic": _TOPICS[0],
        "lesson_minutes": 40,
        "independent_minutes": 12,
        "advice": "Дайте ученикам сформулировать цель урока самим.",
    }
    visit = begin_visit(workspace, values, school).row
    pack = workspace.pack_of(school)
    rubric = rubric_of(pack, usual_rubric(pack, "methodist"))
    if rubric is not None:
        for criterion in rubric.criteria:
            score = random.choice(rubric.scale[:2]).code
            mark_criterion(workspace, visit, criterion.code, score=score, school=school)
    write_draft(workspace, visit, school)


def _drafts(facts: SchoolFacts, school: str, as_of: date) -> list[RemarkDraft]:
    bodies = words("texts")["remarks"]["bodies"]
    due = (as_of + timedelta(days=10)).isoformat()
    made = []
    for measure, body in zip(facts.current(facts.measures)[:2], bodies[1:3], strict=False):
        caption = f"Мероприятие «{measure.label}»"
        made.append(RemarkDraft("measure", measure.id, "expected", caption, str(body), due=due))
    return made or [RemarkDraft("school", school, "founder", "Паспорт — Учредитель", str(bodies[0]))]
