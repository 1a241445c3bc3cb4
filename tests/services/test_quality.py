"""The cycle of ВСОКО, charges, requests, orders and the set of papers, from the plan to what is printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shnor_desktop.domain.document_set import document_lines
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.quality import Decision, Meeting, QualityControl, QualityReport, ResourceRequest, SchoolOrder
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.reports.content import texts
from shnor_desktop.services import document_set, documents, meetings, orders, quality, records, requests
from shnor_desktop.services.document_kinds import PAPER, DocumentFormat
from shnor_desktop.services.document_makers import source_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.meetings import Filter
from shnor_desktop.services.quality import Step
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school, make_school_workspace

KINDS = ("quality_plan", "quality_note", "protocol", "protocol_extract", "request", "all_requests", "order")


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return make_diagnosed_school(tmp_path, fixed_clock)


@pytest.fixture
def empty(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return make_school_workspace(tmp_path, fixed_clock)


def planned(workspace: Workspace) -> str:
    """The first control of a plan that was taken as it is offered."""
    facts = read_facts(workspace)
    year = quality.year_of(facts.as_of)
    quality.take_plan(workspace, year, quality.offer_plan(workspace.pack, facts, year))
    return quality.cycle(workspace).lines[0].control.id


def printed(workspace: Workspace, kind: str, which: str = "") -> str:
    return "\n".join(texts(documents.document(workspace, kind, which=which))).replace("\xa0", " ")


def test_that_a_plan_is_offered_once_and_taken_back_by_one_step(school: Workspace) -> None:
    planned(school)
    facts = read_facts(school)
    year = quality.year_of(facts.as_of)
    assert len(facts.controls) == len(school.pack.control_templates)
    assert quality.offer_plan(school.pack, facts, year) == ()
    records.undo(school)
    assert read_facts(school).controls == ()


def test_that_next_year_is_offered_what_this_year_held_with_its_days_shifted(school: Workspace) -> None:
    begun = {"title": "Наш контроль", "area": "results", "year": 2024, "due_on": "2025-02-28", "state": "held"}
    records.begin(school, QualityControl, begun)
    offered = quality.offer_plan(school.pack, read_facts(school), 2025)
    own = next(item for item in offered if item.title == "Наш контроль")
    assert (own.due_on, own.origin) == (date(2026, 2, 27), "план 2024/2025 года")
    assert len(offered) == len(school.pack.control_templates) + 1


def test_that_a_control_goes_through_its_steps_to_a_closed_cycle(school: Workspace) -> None:
    control = planned(school)

    def next_step() -> Step | None:
        line = quality.cycle(school).line(control)
        assert line is not None
        return line.next

    assert next_step() is Step.HELD
    quality.hold(school, control)
    assert next_step() is Step.NOTE
    note = quality.write_note(school, control).row
    assert next_step() is Step.NOTE
    quality.read_note(school, note)
    assert next_step() is Step.DECIDED
    decision = quality.decide(school, note).row
    assert next_step() is Step.CHECKED
    quality.mark_checked(school, decision)
    assert next_step() is None
    stored = records.row(school, Decision, decision)
    assert stored is not None
    assert (stored.state, stored.checked_on) == ("done", stored.done_on)


def test_that_a_second_note_of_a_control_is_refused(school: Workspace) -> None:
    control = planned(school)
    quality.write_note(school, control)
    with pytest.raises(KnownError, match=r"quality.note_exists"):
        quality.write_note(school, control)


def test_that_every_offered_control_gets_a_draft_even_where_nothing_is_known(empty: Workspace) -> None:
    planned(empty)
    for line in quality.cycle(empty).lines:
        note = records.row(empty, QualityReport, quality.write_note(empty, line.control.id).row)
        assert note is not None
        assert note.looked_at
        assert note.found
        assert note.conclusions
        assert note.generated


def test_that_the_draft_of_results_holds_the_counts_of_the_school(school: Workspace) -> None:
    planned(school)
    line = next(one for one in quality.cycle(school).lines if one.control.area == "results")
    note = records.row(school, QualityReport, quality.write_note(school, line.control.id).row)
    assert note is not None
    assert " из " in (note.found or "").replace("\xa0", " ")


def test_that_charges_are_filtered_by_state_and_by_person(school: Workspace) -> None:
    people = records.rows(school, StaffMember)
    meeting = records.begin(school, Meeting, {"held_on": "2024-03-01", "kind": "director", "agenda": "Итоги"}).row
    late = {"title": "Опоздало", "meeting": meeting, "owner": people[0].id, "due_on": "2024-01-10", "state": "open"}
    done = {"title": "Сделано", "owner": people[1].id, "due_on": "2024-02-10", "state": "done"}
    first = records.begin(school, Decision, late).row
    records.begin(school, Decision, done)
    view = meetings.charges(school)
    assert [one.decision.title for one in view.of(Filter.OVERDUE)] == ["Опоздало"]
    assert [one.decision.title for one in view.of(Filter.UNCHECKED)] == ["Сделано"]
    assert [one.decision.title for one in view.of(Filter.ALL, people[0].id)] == ["Опоздало"]
    assert view.charges[0].source == "совещание при директоре 01.03.2024"
    meetings.mark_done(school, first)
    assert meetings.charges(school).of(Filter.OPEN) == ()


def test_that_a_request_is_justified_by_the_figures_of_the_map(school: Workspace) -> None:
    ground = next(one for one in requests.grounds(school) if one.question)
    row = requests.begin_request(school, ground, "equipment").row
    stored = records.row(school, ResourceRequest, row)
    assert stored is not None
    assert stored.question == ground.question
    assert ground.text == stored.justification
    assert stored.to_whom == "Администрация района"
    requests.justify(school, row, ground)
    again = records.row(school, ResourceRequest, row)
    assert again is not None
    assert again.justification == ground.text


def test_that_a_justification_keeps_what_a_person_wrote(school: Workspace) -> None:
    begun = {
        "title": "Парты",
        "kind": "equipment",
        "to_whom": "Главе",
        "state": "draft",
        "justification": "Парты стары.",
    }
    row = records.begin(school, ResourceRequest, begun).row
    requests.justify(school, row, requests.grounds(school)[0])
    stored = records.row(school, ResourceRequest, row)
    assert stored is not None
    assert (stored.justification or "").endswith("Парты стары.")


def test_that_totals_tell_requests_without_a_sum(school: Workspace) -> None:
    for cost in ("100.50", None):
        values: dict[str, object] = {"title": "Парты", "kind": "equipment", "to_whom": "Главе", "state": "draft"}
        records.begin(school, ResourceRequest, values | ({"cost": cost} if cost else {}))
    whole = requests.totals(school.pack, read_facts(school).requests).whole
    assert (str(whole.cost), whole.requests, whole.unknown) == ("100.5", 2, 1)


@pytest.mark.parametrize("kind", ["team", "programme", "mentors", "quality_plan", "partnership", "courses"])
def test_that_every_template_becomes_an_order_to_be_signed(school: Workspace, kind: str) -> None:
    row = orders.draft_order(school, kind, source_of(school, None)).row
    words = printed(school, "order", row)
    assert "ПРИКАЗЫВАЮ" in words
    assert "№ ______" in words
    assert "{" not in words


def test_that_an_order_on_the_plan_carries_it_as_an_annex(school: Workspace) -> None:
    control = planned(school)
    row = orders.draft_order(school, "quality_plan", source_of(school, None)).row
    stored = records.row(school, QualityControl, control)
    assert stored is not None
    assert str(stored.title) in printed(school, "order", row)


def test_that_the_set_tells_what_is_there_and_what_the_program_holds(school: Workspace) -> None:
    view = document_set.document_set(school)
    assert view.completeness()[0] == 0
    line = next(one for one in document_lines(school.pack, read_facts(school)) if one.code == "diagnostic_map")
    document_set.begin_mark(school, line, "state", "handed")
    paper = document_set.document_set(school).paper("diagnostic_map")
    assert paper is not None
    assert paper.line.is_handed_in
    assert paper.kind == "diagnostic_map"
    assert paper.line.mark is not None
    assert paper.line.mark.handed_on == read_facts(school).as_of
    document_set.begin_mark(school, paper.line, "number", "12")
    assert document_set.document_set(school).completeness()[0] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_that_a_school_without_rows_gets_a_form_to_fill_in_by_hand(empty: Workspace, kind: str) -> None:
    shown = printed(empty, kind)
    assert "None" not in shown
    if kind in ("quality_plan", "all_requests"):
        return
    assert "____" in shown
    with pytest.raises(KnownError, match=r"document.no_such_row"):
        documents.document(empty, kind, which="0" * 32)


@pytest.mark.parametrize("form", PAPER)
@pytest.mark.parametrize("kind", [*KINDS, "document_list"])
def test_that_every_document_comes_in_every_format(school: Workspace, kind: str, form: DocumentFormat) -> None:
    hostile = "=1+1 <b>ё</b> " + "очень длинное слово" * 9
    control = planned(school)
    quality.write_note(school, control)
    meeting = records.begin(school, Meeting, {"held_on": "2024-03-01", "kind": "director", "agenda": hostile}).row
    meetings.charge_at(school, meeting, hostile)
    begun = {"title": hostile, "kind": "equipment", "to_whom": hostile, "state": "draft", "cost": "1"}
    records.begin(school, ResourceRequest, begun)
    values = {"kind": "team", "title": hostile, "preamble": hostile, "body": hostile, "state": "draft"}
    records.begin(school, SchoolOrder, values)
    assert len(documents.document_bytes(school, kind, form=form)) > 500
