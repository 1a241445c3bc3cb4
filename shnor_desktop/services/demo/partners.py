"""The joint plan of the demo school, who took part in its events, what was used afterwards, the bank of practices."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from shnor_desktop.models.partners import EventParticipant, JointPlanItem, PartnerEvent, PartnerSchool, Practice
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.demo.library import People, words
from shnor_desktop.services.facts import read_facts

_PARTICIPANTS = 3


def write_partnership(draft: SchoolDraft) -> None:
    """Of the main school alone: what its partners promise in words, the plan, participants and practices."""
    if not draft.profile.is_main or not draft.partners:
        return
    told = words("joint")
    for row, partner in zip(draft.partners, told["partners"], strict=True):
        draft.change(
            PartnerSchool,
            row,
            {
                "agreement_subject": partner["subject"],
                "frequency": partner["frequency"],
                "director": draft.people.draw(is_female=True).name,
            },
        )
    for item in told["items"]:
        _item(draft, item, draft.people)
    every = read_facts(draft.workspace).events
    for event in every:
        draft.change(PartnerEvent, event.id, {"state": "held", "mode": "visit"})
    events = [event for event in every if event.form == "open_lesson"]
    for place, event in enumerate(events[:1]):
        used = told["used"][place]
        draft.change(PartnerEvent, event.id, {"used_on": date.fromisoformat(used["on"]), "used_note": used["note"]})
        for teacher in draft.staff[3 : 3 + _PARTICIPANTS]:
            values = {"event": event.id, "staff": teacher.id, "role": "listener", "used": event.taken_into_work}
            draft.add(EventParticipant, values)
    for practice in told["practices"]:
        draft.add(Practice, {**practice, "event": events[0].id if events else None})
    draft.write("составлен совместный план, пополнен банк практик", date(2024, 10, 10))


def _item(draft: SchoolDraft, item: Mapping[str, Any], people: People) -> None:
    values = {
        "partner": draft.partners[item["partner"]],
        "title": item["title"],
        "form": item["form"],
        "due_on": date.fromisoformat(item["due"]),
        "deadline": item.get("deadline"),
        "owner": draft.staff[1].id,
        "partner_owner": people.draw().name,
        "expected": item["expected"],
        "state": item["state"],
    }
    draft.add(JointPlanItem, values)
