"""Each day of a measure has a state of its own, and the state of the measure follows from them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import MeasureFact
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.metrics import compute
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import programme, records, roadmap, roadmap_days
from shnor_desktop.services.calendar import ItemKind, calendar_of
from shnor_desktop.services.check import check
from shnor_desktop.services.desks import create_school_desk
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.roadmap import MeasureRow, road_map
from shnor_desktop.services.today import today_view
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import CARD, make_school_workspace

AUGUST, SEPTEMBER, OCTOBER = date(2024, 8, 31), date(2024, 9, 30), date(2024, 10, 31)
PACKS = load_methodologies()


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with its programme begun; it is the second of September 2024."""
    workspace = make_school_workspace(tmp_path, fixed_clock)
    programme.ensure_programme(workspace)
    return workspace


@pytest.fixture
def series(school: Workspace) -> str:
    """A measure of three days: one has passed."""
    return roadmap.add_own(
        school, {"title": "Срез", "stage": "III", "deadline": "август, сентябрь, октябрь 2024 г."}
    ).row


def only(workspace: Workspace) -> MeasureRow:
    """The one row of the road map."""
    (row,) = road_map(workspace).rows
    return row


def states(workspace: Workspace, row: str) -> list[str]:
    """How the days stand."""
    return [item.state for item in roadmap_days.days_of(workspace, row).items]


def test_that_a_moved_day_keeps_the_day_of_the_plan_and_the_reason(school: Workspace, series: str) -> None:
    assert only(school).is_overdue
    with pytest.raises(KnownError, match=r"roadmap\.reason_needed"):
        roadmap_days.move_day(school, series, AUGUST, date(2024, 9, 10), " ")
    with pytest.raises(KnownError, match=r"roadmap\.same_day"):
        roadmap_days.move_day(school, series, AUGUST, AUGUST, "Карантин")
    roadmap_days.move_day(school, series, AUGUST, "10.09.2024", "Карантин")
    row = only(school)
    assert (row.is_overdue, row.days_left) == (False, 8)
    assert row.changes == ("перенесено с 31.08.2024 на 10.09.2024: Карантин",)
    assert [item.due for item in row.days.items] == [date(2024, 9, 10), SEPTEMBER, OCTOBER]
    item = next(one for one in calendar_of(school).items if one.kind is ItemKind.MEASURE)
    assert (item.due, item.note) == (date(2024, 9, 10), "перенесено с 31.08.2024 на 10.09.2024: Карантин")
    roadmap_days.reopen_day(school, series, AUGUST)
    assert only(school).is_overdue


def test_that_a_day_moved_behind_the_next_one_is_still_owed(school: Workspace, series: str) -> None:
    roadmap_days.move_day(school, series, AUGUST, date(2024, 11, 15), "Карантин")
    days = roadmap_days.days_of(school, series)
    assert [(item.planned, item.is_closed) for item in days.items] == [
        (AUGUST, False),
        (SEPTEMBER, False),
        (OCTOBER, False),
    ]
    nearest = days.nearest(date(2024, 9, 2))
    assert nearest is not None
    assert nearest.planned == SEPTEMBER


def test_that_partly_stays_open_and_cancelled_closes(school: Workspace, series: str) -> None:
    roadmap_days.mark_day(school, series, AUGUST, "Проверены 5 и 6 классы", is_whole=False)
    assert (only(school).measure.state, only(school).is_overdue) == ("in_progress", True)
    roadmap_days.cancel_day(school, series, AUGUST, "Классы на карантине")
    assert states(school, series) == ["cancelled", "planned", "planned"]
    assert not only(school).is_overdue
    roadmap_days.mark_day(school, series, SEPTEMBER, "Справка № 1")
    roadmap_days.mark_day(school, series, OCTOBER, "Справка № 2")
    row = only(school)
    assert (row.measure.state, row.kept_words) == ("done", "2 из 2")
    assert row.measure.done_on == date(2024, 9, 2)


def test_that_all_days_cancelled_cancel_the_measure(school: Workspace, series: str) -> None:
    for day in (AUGUST, SEPTEMBER, OCTOBER):
        roadmap_days.cancel_day(school, series, day, "Не нужно")
    assert only(school).measure.state == "cancelled"
    assert "перенос" not in " ".join(line.text for line in check(school).lines)


def test_that_a_day_nobody_told_of_keeps_the_measure_from_being_wholly_done(school: Workspace) -> None:
    row = roadmap.add_own(school, {"title": "Час", "stage": "III", "deadline": "июнь, июль, август 2024 г."}).row
    roadmap_days.mark_day(school, row, AUGUST, "Протокол")
    shown = only(school)
    assert (shown.measure.state, shown.kept_words) == ("partly", "1 из 3")
    assert [item.is_lapsed for item in shown.days.items] == [True, True, False]
    roadmap_days.mark_day(school, row, date(2024, 6, 30), "Протокол № 1", done_on="28.06.2024")
    roadmap_days.cancel_day(school, row, date(2024, 7, 31), "Отпуск")
    assert only(school).measure.state == "done"


def test_that_what_an_older_version_wrote_still_counts(school: Workspace, series: str) -> None:
    old = {"state": "in_progress", "done_on": "2024-08-31", "evidence_given": "31.08.2024: Протокол № 7"}
    records.edit_many(school, Measure.log_name, series, old)
    assert states(school, series) == ["done", "planned", "planned"]
    assert only(school).kept_words == "1 из 3"
    roadmap_days.mark_day(school, series, SEPTEMBER, "Протокол № 8")
    assert states(school, series) == ["done", "done", "planned"]
    assert only(school).measure.evidence_given == "31.08.2024: Протокол № 7; 30.09.2024: Протокол № 8"


def test_that_a_measure_that_is_opened_again_opens_its_days(school: Workspace, series: str) -> None:
    roadmap_days.move_day(school, series, AUGUST, date(2024, 9, 10), "Карантин")
    for day in (AUGUST, SEPTEMBER, OCTOBER):
        roadmap_days.mark_day(school, series, day, "Справка")
    assert only(school).measure.state == "done"
    roadmap.reopen(school, series)
    assert states(school, series) == ["moved", "planned", "planned"]
    records.undo(school)
    assert only(school).measure.state == "done"
    roadmap_days.reopen_day(school, series, SEPTEMBER)
    assert states(school, series) == ["done", "planned", "done"]


def test_that_a_mark_is_one_step_to_take_back(school: Workspace, series: str) -> None:
    roadmap_days.mark_day(school, series, AUGUST, "Справка")
    assert records.undo(school) is not None
    assert only(school).is_overdue
    assert roadmap_days.days_of(school, series).is_marked is False


def test_that_told_work_stays_when_the_plan_has_another_deadline(school: Workspace, series: str) -> None:
    roadmap_days.mark_day(school, series, AUGUST, "Справка № 1")
    records.edit_many(school, Measure.log_name, series, {"deadline": "декабрь 2024 г.", "due_on": None})
    days = roadmap_days.days_of(school, series)
    assert [(item.planned, item.state) for item in days.items] == [(AUGUST, "done"), (date(2024, 12, 31), "planned")]
    with pytest.raises(KnownError, match=r"roadmap\.day_gone"):
        roadmap_days.mark_day(school, series, SEPTEMBER, "Справка")


def test_that_a_moved_measure_done_by_its_new_day_is_done_on_time(school: Workspace) -> None:
    row = roadmap.add_own(school, {"title": "Час", "stage": "III", "deadline": "до 20 августа 2024 г."}).row
    roadmap_days.move_day(school, row, date(2024, 8, 20), date(2024, 9, 1), "Карантин")
    roadmap.mark_done(school, row, "Протокол", "01.09.2024")
    assert compute("roadmap.share_done_on_time", read_facts(school)).value == 100


@pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)
def test_that_an_optional_measure_is_never_overdue(pack: Pack, tmp_path: Path) -> None:
    desk = create_school_desk(tmp_path / "s.shnor-db", CARD, FixedClock(), pack.id, is_demo=True, packs=PACKS)
    programme.ensure_programme(desk)
    own = {"title": "По запросу", "stage": pack.stages[0].id, "is_optional": True, "due_on": "2017-01-10"}
    rows = {roadmap.add_own(desk, own).row}
    rows |= {roadmap.add_from_library(desk, one.id).row for one in pack.school_measures() if one.optional}
    rows.add(
        roadmap.add_own(
            desk, {"title": "Когда понадобится", "stage": pack.stages[0].id, "deadline": "при необходимости"}
        ).row
    )
    assert not [row for row in road_map(desk).rows if row.is_overdue]
    facts = read_facts(desk)
    assert not rows & set(facts.late or ())
    overdue = [item for item in calendar_of(desk).overdue if item.row in rows]
    late = [item for item in today_view(desk).overdue if item.row in rows]
    found = [line for line in check(desk).lines if line.row in rows and line.code == "roadmap.overdue"]
    assert (overdue, late, found) == ([], [], [])
    assert isinstance(facts.measures[0], MeasureFact)
    desk.close()
