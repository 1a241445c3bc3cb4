"""The plan on the centre's desk: what the methodology says, how its deadlines are read, what the centre sets itself."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import vobject

from shnor_desktop.domain.deadlines import Window
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.services import deadlines, records
from shnor_desktop.services.calendar import ItemKind
from shnor_desktop.services.deadlines import Correction
from shnor_desktop.services.desks import create_centre_desk
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.plan import plan_of_methodology, plan_view, set_report_date
from shnor_desktop.services.plan_print import write_interviews, write_plan_calendar
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock

PACKS = load_methodologies()
ON = date(2024, 9, 2)


def centre(tmp_path: Path, clock: FixedClock, pack: str) -> Workspace:
    """The desk of a centre that works by this methodology."""
    return create_centre_desk(tmp_path / "centre.shnor-db", "72-900", "Центр", clock, pack, packs=PACKS)


@pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)
def test_that_every_plan_is_shown_whole(pack: Pack) -> None:
    view = plan_of_methodology(pack, ON)
    lines = [line for group in view.groups for line in group.lines]
    assert sorted(line.measure.id for line in lines) == sorted(one.id for one in pack.plan_measures())
    assert sum(len(lane.tasks) for lane in view.lanes) == len(pack.tasks)
    assert len(view.slots) == sum(len(session.slots) for session in pack.interviews)
    assert not view.calendar.overdue


@pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)
def test_that_every_deadline_of_a_plan_that_is_there_is_understood(pack: Pack) -> None:
    view = plan_of_methodology(pack, ON)
    unread = [
        line.phrase
        for group in view.groups
        for line in group.lines
        if line.phrase and not line.reading.reading.confident
    ]
    assert unread == []


def test_that_the_unassigned_tasks_and_the_uncovered_territories_come_first() -> None:
    view = plan_of_methodology(PACKS.get("tyumen-2024"), ON)
    assert view.groups == ()
    assert view.lanes[0].is_unassigned
    assert len(view.lanes[0].tasks) == 4
    assert len(view.curators) == 3
    assert len(view.uncovered) == 10


def test_that_a_measure_inherits_the_deadline_of_its_section() -> None:
    pack = PACKS.get("tver")
    inherited = [one for one in pack.plan_measures() if not one.deadline and pack.deadline_of(one)]
    assert inherited
    view = plan_of_methodology(pack, ON)
    for measure in inherited:
        line = view.line(measure.id)
        assert line is not None
        assert line.phrase == pack.deadline_of(measure)


def test_that_a_centre_corrects_a_deadline_of_its_plan(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = centre(tmp_path, fixed_clock, "tambov-2021-2023")
    line = plan_view(workspace).groups[0].lines[0]
    window = Window(date(2022, 5, 1), date(2022, 5, 10))
    deadlines.correct(workspace, line.phrase, Correction("window", (window,)), workspace.centre)
    corrected = plan_view(workspace).line(line.measure.id)
    assert corrected is not None
    assert corrected.reading.is_corrected
    assert corrected.reading.reading.windows == (window,)
    deadlines.take_back(workspace, line.phrase, workspace.centre)
    again = plan_view(workspace).line(line.measure.id)
    assert again is not None
    assert again.reading == line.reading
    workspace.close()


def test_that_the_inner_day_of_a_report_is_kept_and_stands_in_the_calendar(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    workspace = centre(tmp_path, fixed_clock, "smolensk-2020-2021")
    report = plan_view(workspace).reports[0]
    set_report_date(workspace, report.code, "15.01.2021")
    changed = plan_view(workspace)
    assert (changed.reports[0].inner_due, changed.reports[0].is_inner_own) == (date(2021, 1, 15), True)
    (inner,) = [item for item in changed.calendar.items if item.id == f"inner-{report.code}"]
    assert (inner.kind, inner.due) == (ItemKind.REPORT, date(2021, 1, 15))
    with pytest.raises(KnownError) as caught:
        set_report_date(workspace, report.code, "31.12.2021")
    assert caught.value.code == "plan.inner_after_due"
    assert "30.01.2021" in explain(caught.value).do
    records.undo(workspace)
    assert plan_view(workspace).reports[0].inner_due is None
    workspace.close()


def test_that_the_plan_becomes_a_calendar_file_and_a_printed_schedule(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = centre(tmp_path, fixed_clock, "smolensk-2020-2021")
    written = write_plan_calendar(workspace, tmp_path / "plan.ics")
    events = vobject.readOne((tmp_path / "plan.ics").read_text("utf-8")).contents["vevent"]
    assert len(events) == written.events == len(plan_view(workspace).calendar.items)
    assert any(event.summary.value.startswith("Собеседование: Вязьма") for event in events)
    assert write_interviews(workspace, tmp_path / "slots.pdf").size > 1000
    assert (tmp_path / "slots.pdf").read_bytes().startswith(b"%PDF")
    workspace.close()


def test_that_a_plan_without_interviews_says_so(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = centre(tmp_path, fixed_clock, "tver")
    with pytest.raises(KnownError) as caught:
        write_interviews(workspace, tmp_path / "slots.pdf")
    assert explain(caught.value).means
    assert list(tmp_path.glob("*.pdf")) == []
    workspace.close()
