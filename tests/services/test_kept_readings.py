"""What is kept from one reading to the next: never older than the store."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest

from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.arrivals import undo_import
from shnor_desktop.services.check import check, give_reason
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.kept_readings import KeptReadings
from shnor_desktop.services.packages import leaving, packages
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.reading import Reader
from tests.clock import FixedClock
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check
from tests.services.school import make_school_workspace

__all__ = ["desks", "without_check"]


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return make_school_workspace(tmp_path, fixed_clock)


def begins_in(workspace: Workspace, school: str | None = None) -> int:
    """The first year of the project in the methodology that a school works by."""
    return workspace.pack_of(school).period_start.year


def test_that_the_year_of_the_project_is_seen_at_once_after_edit_undo_and_redo(school: Workspace) -> None:
    own = begins_in(school)
    records.edit(school, School.log_name, school.school, "project_year", own + 2)
    assert begins_in(school) == own + 2
    records.undo(school)
    assert begins_in(school) == own
    records.redo(school)
    assert begins_in(school) == own + 2
    school.close()


def test_that_the_year_that_a_package_brings_and_its_undoing_are_seen_at_once(desks: Desks) -> None:
    of_school = desks.school.school
    records.edit(desks.school, School.log_name, of_school, "project_year", 2025)
    desks.meet()
    assert begins_in(desks.centre, of_school) == 2025
    records.edit(desks.school, School.log_name, of_school, "project_year", 2026)
    assert desks.receive(desks.send()).code.is_fine
    assert begins_in(desks.centre, of_school) == 2026
    newest = max((one for one in packages(desks.centre) if one.direction == "in"), key=lambda one: one.number)
    undo_import(desks.centre, newest.id)
    assert begins_in(desks.centre, of_school) == 2025


def test_that_facts_are_read_once_until_something_is_written(school: Workspace, fixed_clock: FixedClock) -> None:
    add_teacher(school)
    before = read_facts(school)
    assert read_facts(school) is before
    add_teacher(school, "Ясенева Вера Игоревна")
    assert len(read_facts(school).staff) == 2
    records.undo(school)
    assert len(read_facts(school).staff) == 1
    school.close()


def test_that_a_new_day_is_read_anew(school: Workspace, fixed_clock: FixedClock) -> None:
    before = read_facts(school)
    fixed_clock.moment += timedelta(days=1)
    assert read_facts(school).as_of == before.as_of + timedelta(days=1)
    school.close()


def test_that_a_reason_given_is_no_warning_in_the_next_check(school: Workspace) -> None:
    found = check(school)
    assert check(school) is found
    give_reason(school, found.warnings[0], "Так и есть: проверено по документам школы")
    assert found.warnings[0].key in {line.key for line in check(school).confirmed}
    school.close()


def test_that_a_store_open_for_reading_shows_what_another_program_writes(
    tmp_path: Path, fixed_clock: FixedClock, school: Workspace
) -> None:
    beside = open_desk(tmp_path / "school.shnor-db", fixed_clock, read_only=True)
    assert not read_facts(beside).staff
    add_teacher(school)
    records.edit(school, School.log_name, school.school, "project_year", 2026)
    assert len(read_facts(beside).staff) == 1
    assert begins_in(beside) == 2026
    beside.close()
    school.close()


def test_that_the_passport_is_read_once_however_often_the_methodology_is_asked_for(
    school: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    begins_in(school)
    monkeypatch.setattr(Reader, "plain_rows", lambda *_: pytest.fail("the passport is read again"))
    assert [begins_in(school) for _ in range(100)]
    school.close()


def test_that_what_is_written_during_a_reading_is_never_told_as_older() -> None:
    kept, version = KeptReadings[int](1), [0]

    def read_while_somebody_writes() -> int:
        seen = version[0]
        version[0] += 1
        return seen

    assert kept.get("school", (version[0],), read_while_somebody_writes) == 0
    assert kept.get("school", (version[0],), lambda: version[0]) == 1


def test_that_two_who_ask_at_once_wait_for_one_reading() -> None:
    kept, made, may_end = KeptReadings[str](1), list[str](), threading.Event()

    def read() -> str:
        may_end.wait(5)
        made.append("read")
        return "facts"

    both = [threading.Thread(target=lambda: kept.get("school", (1,), read)) for _ in range(2)]
    for one in both:
        one.start()
    may_end.set()
    for one in both:
        one.join(5)
    assert made == ["read"]


def test_that_a_reading_that_fails_is_tried_again_and_only_the_newest_schools_are_kept() -> None:
    kept = KeptReadings[str](2)
    with pytest.raises(ZeroDivisionError):
        kept.get("a", (1,), lambda: str(1 // 0))
    for name in ("a", "b", "c"):
        assert kept.get(name, (1,), lambda name=name: name) == name  # type: ignore[misc]
    assert kept.get("a", (1,), lambda: "anew") == "anew"
    assert kept.get("c", (1,), lambda: "anew") == "c"


def test_that_a_unit_of_work_that_writes_nothing_lets_everything_be_kept(school: Workspace) -> None:
    before = read_facts(school)
    leaving(school)
    assert read_facts(school) is before
    school.close()
