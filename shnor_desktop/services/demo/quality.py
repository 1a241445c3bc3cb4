"""How a demo school is managed: controls with their notes and decisions, meetings, requests, orders, papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from shnor_desktop.models.quality import (
    Decision,
    DocumentMark,
    Meeting,
    QualityControl,
    QualityReport,
    ResourceRequest,
    SchoolOrder,
)
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.demo.library import words

_YEAR = 2024
_SETTLED = date(2024, 10, 5)
"""Before this day the demo has its plan and nothing else."""


def write_management(draft: SchoolDraft) -> None:
    """A school year under way: what is due is held but for one control, one cycle is closed, one note is a draft."""
    found = words("quality")
    people = _people(draft)
    if not people:
        return
    controls = _controls(draft, people)
    if draft.as_of < _SETTLED:
        draft.write("составлен план ВСОКО", draft.as_of)
        return
    notes = {item["control"]: _note(draft, item, controls, people) for item in found["notes"]}
    meetings = [_meeting(draft, item, people) for item in found["meetings"]]
    for item in found["decisions"]:
        _decision(draft, item, notes, meetings, people)
    for item in found["requests"]:
        _request(draft, item)
    for item in found["orders"]:
        _order(draft, item, people)
    for item in found["marks"]:
        _mark(draft, item)
    draft.write("внесены план ВСОКО, совещания, поручения, заявки и приказы", _SETTLED)


def _people(draft: SchoolDraft) -> dict[str, str]:
    """Director and deputies of the staff list, by a word: «director», «deputy», «other»."""
    directors = [one.id for one in draft.staff if one.position == "director"]
    deputies = [one.id for one in draft.staff if one.position == "deputy"]
    teachers = [one.id for one in draft.staff if one.position == "teacher"]
    if not directors or not deputies or not teachers:
        return {}
    return {"director": directors[0], "deputy": deputies[0], "other": deputies[-1], "teacher": teachers[0]}


def _controls(draft: SchoolDraft, people: Mapping[str, str]) -> dict[str, str]:
    rows = {}
    for place, item in enumerate(draft.pack.control_templates):
        due = _end_of(item.month, _YEAR if item.month >= 8 else _YEAR + 1)
        is_held = due < draft.as_of and item.code != "local_acts"
        values: dict[str, object] = {
            "year": _YEAR,
            "title": item.title,
            "area": item.area,
            "due_on": due,
            "owner": people["other" if place % 2 else "deputy"],
            "state": "held" if is_held else "planned",
        }
        optional = {"method": item.method, "classes": item.classes, "reviewed_at": item.reviewed_at}
        values |= {name: value for name, value in optional.items() if value}
        if is_held:
            values["held_on"] = due - timedelta(days=4)
        rows[item.code] = draft.add(QualityControl, values)
    return rows


def _note(
    draft: SchoolDraft, item: Mapping[str, object], controls: Mapping[str, str], people: Mapping[str, str]
) -> str:
    texts = {name: item[name] for name in ("title", "number", "looked_at", "found", "conclusions", "advice")}
    return draft.add(
        QualityReport,
        {
            **texts,
            "control": controls[str(item["control"])],
            "made_on": _day(item["made"]),
            "author": people[str(item["author"])],
            "generated": bool(item.get("draft")),
        },
    )


def _meeting(draft: SchoolDraft, item: Mapping[str, object], people: Mapping[str, str]) -> str:
    texts = {name: item[name] for name in ("kind", "number", "agenda", "heard", "present")}
    chairs = {"chair": people["director"], "secretary": people["teacher"]}
    return draft.add(Meeting, {**texts, **chairs, "held_on": _day(item["on"])})


def _decision(
    draft: SchoolDraft,
    item: Mapping[str, object],
    notes: Mapping[str, str],
    meetings: list[str],
    people: Mapping[str, str],
) -> None:
    values: dict[str, object] = {
        "title": item["title"],
        "owner": people[str(item["owner"])],
        "due_on": _day(item["due"]),
        "state": item.get("state", "open"),
    }
    if "note" in item:
        values["report"] = notes[str(item["note"])]
    if "meeting" in item:
        values["meeting"] = meetings[int(str(item["meeting"]))]
    if "done" in item:
        values |= {"done_on": _day(item["done"]), "outcome": item["outcome"]}
    if "checked" in item:
        values |= {"checked_on": _day(item["checked"]), "checked_by": people["director"]}
    draft.add(Decision, values)


def _request(draft: SchoolDraft, item: Mapping[str, object]) -> None:
    names = ("title", "kind", "unit", "funding", "question", "justification", "to_whom", "state", "number", "decision")
    values: dict[str, object] = {name: item[name] for name in names if name in item}
    values |= {name: Decimal(str(item[name])) for name in ("quantity", "cost") if name in item}
    values |= {f"{name}_on": _day(item[name]) for name in ("sent", "decided") if name in item}
    draft.add(ResourceRequest, values)


def _order(draft: SchoolDraft, item: Mapping[str, object], people: Mapping[str, str]) -> None:
    values: dict[str, object] = {name: item[name] for name in ("kind", "title", "preamble", "body", "state")}
    if "number" in item:
        values |= {"number": item["number"], "made_on": _day(item["on"]), "control": people["director"]}
    draft.add(SchoolOrder, values)


def _mark(draft: SchoolDraft, item: Mapping[str, object]) -> None:
    if all(document.code != item["document"] for document in draft.pack.documents):
        return
    values: dict[str, object] = {"document": item["document"], "ordinal": 1, "state": item["state"]}
    values |= {name: item[name] for name in ("number",) if name in item}
    values |= {f"{name}_on": _day(item[name]) for name in ("made", "handed") if name in item}
    draft.add(DocumentMark, values)


def _end_of(month: int, year: int) -> date:
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=max(0, last.weekday() - 4))


def _day(text: object) -> date:
    return date.fromisoformat(f"{_YEAR}-{text}")
