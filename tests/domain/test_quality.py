"""Controls, notes, charges, requests and papers under the check; how many papers are asked for and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shnor_desktop.domain.document_set import administration, document_lines
from shnor_desktop.domain.facts import (
    ControlFact,
    DecisionFact,
    DocumentMarkFact,
    NoteFact,
    RequestFact,
    SchoolFacts,
    StaffFact,
)
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.services.methodology import load_methodologies
from tests.domain.checked_school import SOUND, codes

HELD = date(2024, 5, 1)
CONTROL = ControlFact(
    id="c1", year=2023, title="Тетради", area="results", due_on=HELD, owner="s1", state="held", held_on=HELD
)
NOTE = NoteFact(
    id="n1",
    control="c1",
    title="О тетрадях",
    made_on=HELD,
    author="s1",
    looked_at="Тетради",
    found="Ошибки",
    conclusions="Мало",
)
DECISION = DecisionFact(
    id="d1",
    title="Исправить",
    report="n1",
    owner="s1",
    due_on=date(2024, 6, 1),
    state="done",
    done_on=date(2024, 5, 30),
    checked_on=date(2024, 6, 2),
)
REQUEST = RequestFact(id="r1", title="Парты", kind="equipment", justification="Нет", to_whom="Главе", state="draft")
SMOLENSK = date(2020, 11, 20)


def told(**changes: dict[str, Any]) -> list[str]:
    """What the check says of a closed cycle and a justified request in which something is changed."""
    rows = {"controls": CONTROL, "notes": NOTE, "decisions": DECISION, "requests": REQUEST}
    made = {name: (replace(row, **changes.get(name, {})),) for name, row in rows.items() if changes.get(name) != {}}
    return codes(replace(SOUND, **made))


def smolensk(*marks: DocumentMarkFact, controls: tuple[ControlFact, ...] = ()) -> SchoolFacts:
    staff = (
        StaffFact(id="a", full_name="Агафонова Анна", position="director"),
        StaffFact(id="b", full_name="Белова Белла", position="deputy"),
        StaffFact(id="c", full_name="Волков Влас", position="teacher"),
    )
    return SchoolFacts(as_of=SMOLENSK, staff=staff, document_marks=marks, controls=controls)


def pack(name: str) -> Pack:
    return load_methodologies().get(name)


def test_that_a_closed_cycle_and_a_justified_request_are_sound() -> None:
    assert told() == []


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"controls": {"state": "planned", "held_on": None}}, ["quality.control_overdue"]),
        ({"controls": {"state": "cancelled", "held_on": None}}, ["quality.control_unexplained"]),
        ({"controls": {"held_on": date(2025, 1, 1)}}, ["quality.control_ahead"]),
        ({"notes": {}, "decisions": {"report": None}}, ["quality.control_without_note"]),
        ({"notes": {"generated": True}}, ["quality.note_unread"]),
        ({"decisions": {}}, ["quality.note_without_decision"]),
        ({"decisions": {"owner": None}}, ["quality.decision_without_owner"]),
        ({"decisions": {"owner": None, "owner_text": "Совет"}}, []),
        ({"decisions": {"state": "open", "done_on": None, "checked_on": None}}, ["quality.decision_overdue"]),
        ({"decisions": {"checked_on": None}}, ["quality.decision_unchecked"]),
        ({"requests": {"justification": " "}}, ["quality.request_unjustified"]),
        ({"requests": {"state": "sent"}}, ["quality.request_without_cost"]),
    ],
)
def test_that_each_open_end_of_the_cycle_is_told(changes: dict[str, dict[str, Any]], found: list[str]) -> None:
    assert told(**changes) == found


def test_that_a_charge_is_on_time_only_when_done_by_its_day() -> None:
    assert DECISION.was_on_time
    assert not replace(DECISION, done_on=date(2024, 6, 3)).was_on_time
    assert not replace(DECISION, done_on=None).was_on_time


def test_that_as_many_notes_are_asked_for_as_members_of_the_administration_take_part() -> None:
    lines = [one for one in document_lines(pack("smolensk-2020-2021"), smolensk()) if one.code == "assessment_reports"]
    assert [one.part for one in lines] == ["Агафонова Анна", "Белова Белла"]
    taking_part = smolensk(controls=(replace(CONTROL, owner="b"),))
    assert [person.id for person in administration(taking_part)] == ["b"]


def test_that_a_school_without_staff_is_asked_for_one_note() -> None:
    facts = replace(smolensk(), staff=())
    lines = [one for one in document_lines(pack("smolensk-2020-2021"), facts) if one.code == "assessment_reports"]
    assert [(one.ordinal, one.part) for one in lines] == [(1, "")]


def test_that_a_paper_stops_being_late_when_it_is_handed_in() -> None:
    lines = {one.key: one for one in document_lines(pack("smolensk-2020-2021"), smolensk())}
    assert lines["work_plan-1"].is_overdue(SMOLENSK)
    mark = DocumentMarkFact(id="m", document="work_plan", ordinal=1, state="handed")
    lines = {one.key: one for one in document_lines(pack("smolensk-2020-2021"), smolensk(mark))}
    assert not lines["work_plan-1"].is_overdue(SMOLENSK)
    moved = replace(mark, state="in_work", due_on=date(2020, 12, 1))
    lines = {one.key: one for one in document_lines(pack("smolensk-2020-2021"), smolensk(moved))}
    assert not lines["work_plan-1"].is_overdue(SMOLENSK)


def test_that_a_paper_of_every_school_year_has_a_day_in_each() -> None:
    facts = SchoolFacts(as_of=date(2022, 10, 1))
    lines = [one for one in document_lines(pack("tambov-2021-2023"), facts) if one.code == "programme"]
    assert [one.part for one in lines] == ["2021/22", "2022/23", "2023/24"]
    assert [one.due for one in lines] == [date(2021, 9, 30), date(2022, 9, 30), date(2023, 9, 30)]


@pytest.mark.parametrize("name", [one.id for one in load_methodologies().packs])
def test_that_every_methodology_has_a_set_with_keys_of_their_own(name: str) -> None:
    lines = document_lines(pack(name), smolensk())
    assert lines
    assert len({one.key for one in lines}) == len(lines)
