"""Target indicators by day: which value counts, how it stands to the way planned, what the data give; and forecasts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.programme import TargetIndicator
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import programme, records, roadmap, roadmap_days
from shnor_desktop.services.document_facts import programme_facts
from shnor_desktop.services.document_makers import source_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.forecast import Threat, ThreatKind, threats_of
from shnor_desktop.services.indicator_values import Pace, TargetView, record_value, target_views, way_at
from shnor_desktop.services.roadmap_progress import months_of
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school

BEGIN, END = date(2024, 1, 1), date(2024, 12, 31)


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with its programme begun; it is the second of September 2024."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    programme.ensure_programme(workspace)
    return workspace


def begun(school: Workspace, base: str | None, target: str | None, unit: str = "%") -> str:
    """A target indicator."""
    current = read_facts(school).programme
    assert current is not None
    values = {"programme": current.id, "title": "Свой показатель", "unit": unit, "base_date": "2024-01-31"}
    more = {name: value for name, value in (("base", base), ("target", target)) if value is not None}
    return records.begin(school, TargetIndicator, {**values, **more}).row


def view_of(school: Workspace, row: str) -> TargetView:
    """The indicator as it stands."""
    return next(one for one in target_views(school) if one.id == row)


def threats(school: Workspace, kind: ThreatKind) -> list[Threat]:
    """What is under threat for one reason."""
    return [one for one in threats_of(school.pack, read_facts(school)) if one.kind is kind]


@pytest.mark.parametrize(
    ("base", "target", "value", "pace"),
    [
        ("40", "20", "20", Pace.REACHED),
        ("40", "20", "27", Pace.ON_TRACK),
        ("40", "20", "38", Pace.BEHIND),
        ("40", "20", "45", Pace.WORSE),
        ("10", "90", "95", Pace.REACHED),
        ("10", "90", "60", Pace.ON_TRACK),
        ("10", "90", "12", Pace.BEHIND),
        (None, "90", "50", Pace.UNKNOWN),
        ("10", None, "50", Pace.UNKNOWN),
    ],
)
def test_that_the_pace_is_that_of_the_straight_way_whether_less_or_more_is_wanted(
    school: Workspace, base: str | None, target: str | None, value: str, pace: Pace
) -> None:
    row = begun(school, base, target)
    record_value(school, row, value, "2024-09-01")
    view = view_of(school, row)
    assert view.pace is pace, view.pace_words
    assert view.pace_words


def test_that_the_newest_value_counts_in_the_programme_and_a_value_of_the_same_day_is_replaced(
    school: Workspace,
) -> None:
    row = begun(school, "40", "20")
    record_value(school, row, "35", "2024-05-20", "журнал")
    record_value(school, row, "30", "2024-08-20")
    record_value(school, row, "31", "2024-08-20", note="исправлено")
    view = view_of(school, row)
    assert [(one.day, one.value) for one in view.values] == [(date(2024, 5, 20), 35), (date(2024, 8, 20), 31)]
    printed = next(one for one in programme_facts(source_of(school, None)).indicators if one.title == view.title)
    assert (printed.reached_first, printed.reached_second) == ("35", "31")
    records.undo(school)
    assert view_of(school, row).values[-1].value == 30


def test_that_values_of_the_monitorings_count_until_one_is_measured(school: Workspace) -> None:
    row = begun(school, "40", "20")
    records.edit(school, "target_indicator", row, "reached_first", "33")
    (point,) = view_of(school, row).values
    assert (point.value, point.row, point.source) == (33, "", "из программы, I этап")
    record_value(school, row, "32")
    assert [one.value for one in view_of(school, row).values] == [32]


def test_that_bad_values_are_refused(school: Workspace) -> None:
    row = begun(school, "40", "20")
    for value, day in (("много", "2024-09-01"), ("5", "31.02.2024")):
        with pytest.raises(KnownError):
            record_value(school, row, value, day)
    assert view_of(school, row).values == ()


def test_that_the_way_begins_at_the_base_and_ends_at_the_target() -> None:
    base, target = Decimal(40), Decimal(20)
    assert way_at(base, BEGIN, target, END, date(2023, 1, 1)) == 40
    assert way_at(base, BEGIN, target, END, date(2024, 7, 1)) == Decimal("30.0")
    assert way_at(base, BEGIN, target, END, date(2025, 1, 1)) == 20
    assert way_at(base, END, target, BEGIN, BEGIN) == 20


def test_that_an_indicator_behind_is_a_threat_with_what_helps(school: Workspace) -> None:
    row = begun(school, "40", "20")
    record_value(school, row, "39", "2024-09-01")
    (threat,) = [one for one in threats(school, ThreatKind.INDICATOR) if one.row == row]
    assert "отстаёт на" in threat.why
    assert "При таком темпе" in threat.why
    assert threat.do


def test_that_what_is_close_and_not_begun_is_a_threat_until_it_is_begun(school: Workspace) -> None:
    row = roadmap.add_own(school, {"title": "Срез", "stage": "III", "deadline": "до 9 сентября 2024 г."}).row
    late = roadmap.add_own(school, {"title": "Был", "stage": "III", "deadline": "август 2024 г."}).row
    roadmap.add_own(school, {"title": "Когда надо", "stage": "III", "deadline": "при необходимости"})
    far = roadmap.add_own(school, {"title": "Зимой", "stage": "III", "deadline": "декабрь 2024 г."}).row
    assert [one.row for one in threats(school, ThreatKind.NOT_BEGUN)] == [row]
    assert late != far
    roadmap.start(school, row)
    assert threats(school, ThreatKind.NOT_BEGUN) == []


def test_that_a_measure_after_a_late_one_is_held_up(school: Workspace) -> None:
    after = next(one for one in school.pack.school_measures() if one.after)
    first = school.pack.measure(after.after[0])
    assert first is not None
    was = roadmap.add_from_library(school, first.id, deadline="до 20 августа 2024 г.").row
    roadmap.add_from_library(school, after.id, deadline="до 20 октября 2024 г.")
    (threat,) = threats(school, ThreatKind.AFTER)
    assert (threat.title, threat.row) == (after.title, was)
    assert "просрочено на" in threat.why
    roadmap.mark_done(school, was, "Справка")
    assert threats(school, ThreatKind.AFTER) == []


def test_that_many_days_of_one_person_in_a_week_are_a_threat(school: Workspace) -> None:
    owner = records.rows(school, StaffMember)[0]
    for day in (9, 10, 11, 12):
        values = {"title": f"Дело {day}", "stage": "III", "deadline": f"до {day} сентября 2024 г.", "owner": owner.id}
        roadmap.add_own(school, values)
    (threat,) = threats(school, ThreatKind.LOAD)
    assert threat.title.replace("\u00a0", " ").startswith(f"{owner.full_name}: 4 срока с 09.09.2024")


def test_that_months_count_what_was_due_and_done_by_their_end(school: Workspace) -> None:
    row = roadmap.add_own(school, {"title": "Срез", "stage": "III", "deadline": "август, сентябрь, октябрь"}).row
    roadmap_days.mark_day(school, row, date(2024, 8, 31), "Справка", done_on="2024-08-20")
    months = months_of(roadmap.road_map(school).rows, date(2024, 9, 2))
    assert [(one.end.month, one.due, one.done) for one in months] == [(8, 1, 1), (9, 2, 1), (10, 3, None)]
    assert months_of((), date(2024, 9, 2)) == ()
