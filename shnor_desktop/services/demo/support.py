"""What accompanies the programme of a demo school: partners and events, development plans, marks of the stages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from shnor_desktop.models.development_plans import DevelopmentActivity, DevelopmentDeficit, DevelopmentPlan
from shnor_desktop.models.monitoring import StageTaskMark
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.services.demo.drafting import SchoolDraft, Teacher
from shnor_desktop.services.demo.library import pick, words
from shnor_desktop.services.facts import read_facts

_AGREED = date(2024, 3, 25)
_PLANS_BEGIN, _PLANS_END = date(2024, 5, 13), date(2024, 12, 13)


def write_stage_marks(draft: SchoolDraft) -> None:
    """Tasks of the school: those of stages that are over are done, those of the running stage are under way."""
    own = {lane.id for lane in draft.pack.lanes if lane.at_school}
    ends = {stage.id: stage for stage in draft.pack.stages}
    for task in draft.pack.tasks:
        stage = ends[task.stage]
        if task.lane not in own or stage.start > draft.as_of:
            continue
        is_over = stage.end < draft.as_of
        values: dict[str, object] = {"task": task.id, "state": "done" if is_over else "in_progress"}
        if is_over:
            values["done_on"] = stage.end - timedelta(days=draft.random.randint(2, 12))
        draft.add(StageTaskMark, values)
    draft.write("отмечены задачи этапов", date(2024, 4, 29))


def write_agreements(draft: SchoolDraft) -> None:
    """Two partner schools with what they promise; none where the profile knows no events."""
    if not draft.profile.events:
        return
    held = [event for event in words("events")["events"] if _day(event["on"]) <= draft.as_of]
    draft.events = pick(draft.random, held, draft.profile.events)
    for place, item in enumerate(words("schools")["partners"]):
        own = sum(1 for event in draft.events if event["partner"] == place)
        values = {
            "name": item["name"],
            "municipality": item["municipality"],
            "contact": f"{draft.people.draw().name}, {item['contact']}",
            "agreement_number": str(draft.random.randint(2, 19)),
            "agreement_date": _AGREED,
            "agreement_until": date(2025, 3, 24),
            "topics": item["topics"],
            "promised_events": min(int(item["promised"]), max(1, own)),
        }
        draft.partners.append(draft.add(PartnerSchool, values))
    draft.write("заключены соглашения со школами-партнёрами", _AGREED)


def write_events(draft: SchoolDraft) -> None:
    """What was done together, month by month."""
    measure = _joint_measure(draft)
    for month in sorted({event["on"][:2] for event in draft.events}):
        of_month = [event for event in draft.events if event["on"].startswith(month)]
        for event in of_month:
            _event(draft, event, measure)
        draft.write("внесены события с партнёрами", _day(of_month[-1]["on"]) + timedelta(days=1))


def _event(draft: SchoolDraft, event: Mapping[str, Any], measure: str | None) -> None:
    of_pupils = event["form"] == "pupils_event"
    values = {
        "partner": draft.partners[event["partner"]],
        "held_on": _day(event["on"]),
        "form": event["form"],
        "topic": event["topic"],
        "own_participants": event["own"] if of_pupils else min(int(event["own"]), len(draft.staff)),
        "partner_participants": event["theirs"],
        "outcome": event["outcome"],
        "taken_into_work": event["taken"],
        "measure": measure if event["form"] == "methodical_day" else None,
    }
    draft.add(PartnerEvent, values)


def _joint_measure(draft: SchoolDraft) -> str | None:
    facts = read_facts(draft.workspace)
    return next((item.id for item in facts.measures if "методический день" in (item.title or "")), None)


def write_plans(draft: SchoolDraft) -> None:
    """Plans of the teachers of Russian and mathematics first; each with deficits, steps and diagnostics."""
    core = [item for item in draft.staff if {"russian", "math"} & set(item.subjects)]
    others = [item for item in draft.staff if item not in core and item.position in ("teacher", "primary_teacher")]
    chosen = [*core, *others][: draft.profile.plans]
    mentors = [item for item in draft.staff if item.category == "highest"]
    for place, teacher in enumerate(chosen):
        _plan(draft, teacher, place, [item for item in mentors if item.id != teacher.id])
    draft.write("составлены планы развития педагогов", _PLANS_BEGIN)


def _plan(draft: SchoolDraft, teacher: Teacher, place: int, mentors: list[Teacher]) -> None:
    found, random = words("development"), draft.random
    is_done = place == 1
    entry = random.randint(44, 66)
    values: dict[str, object] = {
        "teacher": teacher.id,
        "goal": found["goals"][place % len(found["goals"])]["goal"],
        "starts_on": _PLANS_BEGIN,
        "ends_on": _PLANS_END if not is_done else date(2024, 10, 4),
        **_mentoring(draft, place, mentors),
        "diagnostics_in": Decimal(entry),
        "diagnostics_in_on": _PLANS_BEGIN - timedelta(days=random.randint(5, 20)),
        "state": "done" if is_done else "running",
    }
    if is_done:
        values |= {"diagnostics_out": Decimal(entry + 17), "diagnostics_out_on": date(2024, 10, 3)}
        values["reflection"] = words("texts")["reflection"]
    plan = draft.add(DevelopmentPlan, values)
    deficits = [
        draft.add(DevelopmentDeficit, {"plan": plan, **deficit}) for deficit in pick(random, found["deficits"], 2)
    ]
    steps = [step for step in found["activities"] if not is_done or step["due"] < "10-05"]
    for number, step in enumerate(pick(random, steps, 4)):
        _activity(draft, plan, deficits[number % 2], step, is_late=place == 3 and number == 2)


def _mentoring(draft: SchoolDraft, place: int, mentors: list[Teacher]) -> dict[str, object]:
    reasons = words("texts")["mentoring_reasons"]
    if place in (0, 5) or not mentors:
        state = "not_needed" if place == 0 else "impossible"
        return {"mentoring": state, "mentoring_reason": reasons[0 if place == 0 else 1]}
    return {"mentoring": "has", "mentor": mentors[place % len(mentors)].id}


def _activity(draft: SchoolDraft, plan: str, deficit: str, step: Mapping[str, Any], *, is_late: bool) -> None:
    due = _day(step["due"])
    is_past = due < draft.as_of and not is_late
    values: dict[str, object] = {
        "plan": plan,
        "deficit": deficit,
        "form": step["form"],
        "title": step["title"],
        "place": step["place"],
        "hours": step["hours"],
        "due_on": due,
        "expected": step["expected"],
        "presented_as": step["presented"],
        "state": "done" if is_past else "planned",
    }
    if is_past:
        values |= {"done_on": due - timedelta(days=draft.random.randint(0, 5)), "result": step["result"]}
    draft.add(DevelopmentActivity, values)


def _day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")
