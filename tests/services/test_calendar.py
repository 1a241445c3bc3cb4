"""The calendar holds every day that the school must keep, and apart from it what waits; its file is whole or absent."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import vobject

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Report
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import problems, programme, records, roadmap
from shnor_desktop.services.calendar import CalendarItem, ItemKind, Returned, calendar_from, calendar_of
from shnor_desktop.services.calendar_export import write_calendar
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with its programme begun, in September 2024."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    problems.accept(workspace, problems.suggest(workspace)[0])
    programme.ensure_programme(workspace)
    return workspace


def measures(workspace: Workspace) -> list[CalendarItem]:
    """The days of measures."""
    return [item for item in calendar_of(workspace).items if item.kind is ItemKind.MEASURE]


def test_that_each_time_of_a_measure_is_a_day_with_its_number_and_owner(school: Workspace) -> None:
    owner = records.rows(school, StaffMember)[0]
    values = {"title": "Методический час", "stage": "III", "deadline": "апрель, октябрь, ноябрь", "owner": owner.id}
    row = roadmap.add_own(school, values).row
    april, october, november = measures(school)
    assert [(item.due, item.part) for item in (april, october, november)] == [
        (date(2024, 4, 30), "срок 1 из 3"),
        (date(2024, 10, 31), "срок 2 из 3"),
        (date(2024, 11, 30), "срок 3 из 3"),
    ]
    assert (october.owner, october.row, october.page) == (owner.full_name, row, "roadmap")
    assert (april.is_overdue, october.is_overdue) == (True, False)


def test_that_what_is_cancelled_leaves_and_what_is_done_closes(school: Workspace) -> None:
    first = roadmap.add_own(school, {"title": "Первое", "stage": "III", "deadline": "август 2024 г."}).row
    second = roadmap.add_own(school, {"title": "Второе", "stage": "III", "deadline": "август 2024 г."}).row
    roadmap.mark_done(school, first, "Справка")
    roadmap.cancel(school, second, "Повтор")
    (item,) = measures(school)
    assert (item.row, item.is_closed, item.is_overdue, item.state) == (first, True, False, "выполнено")


def test_that_what_waits_stands_apart_and_is_never_overdue(school: Workspace) -> None:
    for phrase in ("при необходимости", "по отдельному графику", "по результатам оценочных процедур"):
        roadmap.add_own(school, {"title": phrase, "stage": "III", "deadline": phrase})
    assert measures(school) == []
    waiting = {item.title: item.waits for item in calendar_of(school).undated if item.kind is ItemKind.MEASURE}
    assert waiting == {
        "при необходимости": "при необходимости",
        "по отдельному графику": "по отдельному графику",
        "по результатам оценочных процедур": "ждёт события: оценочных процедур",
    }


def test_that_meetings_waves_tasks_and_reports_have_their_days(school: Workspace) -> None:
    partner = records.begin(school, PartnerSchool, {"name": "Гимназия"}).row
    records.begin(school, PartnerEvent, {"partner": partner, "topic": "Открытый урок", "held_on": "2024-09-20"})
    lane = next(iter(school.pack.school_lanes()))
    report = Report("r1", "Отчёт школы", "МОУО", lane, "до 20 декабря", date(2024, 12, 20))
    inner = replace(report, code="r2", by="mouo", due=date(2024, 12, 25), inner_due=date(2024, 12, 10))
    foreign = replace(inner, code="r3", inner_due=None)
    pack = replace(school.pack, reports=(report, inner, foreign))
    found = calendar_from(pack, read_facts(school), returned=Returned("d", date(2024, 9, 1), "Дополнить", 2))
    days = {item.id: item.due for item in found.items}
    assert days["report-r1"] == date(2024, 12, 20)
    assert days["report-r2"] == date(2024, 12, 10)
    assert days["report-r3"] == date(2024, 12, 15)  # nobody names an inner day: ten days before
    kinds = {item.kind for item in found.items}
    assert kinds >= {ItemKind.EVENT, ItemKind.WAVE, ItemKind.TASK, ItemKind.REPORT, ItemKind.RETURNED}
    returned = next(item for item in found.overdue if item.kind is ItemKind.RETURNED)
    assert returned.title == "Доработать по замечаниям центра: пакет № 2"


def test_that_the_end_leaves_out_what_is_later(school: Workspace) -> None:
    end = date(2024, 9, 30)
    assert all(item.due is not None and item.due <= end for item in calendar_of(school, until=end).items)


def test_that_the_file_holds_every_day_and_names_nobody_when_asked(school: Workspace, tmp_path: Path) -> None:
    owner = records.rows(school, StaffMember)[0]
    values = {"title": "Час", "stage": "III", "deadline": "октябрь, ноябрь", "owner": owner.id, "evidence": "Протокол"}
    roadmap.add_own(school, values)
    written = write_calendar(school, tmp_path / "c.ics")
    text = (tmp_path / "c.ics").read_text("utf-8")
    events = vobject.readOne(text).contents["vevent"]
    assert written.events == len(events) == len(calendar_of(school).items)
    own = [event for event in events if event.summary.value == "Час"]
    (october,) = [event for event in own if event.dtstart.value == date(2024, 10, 31)]
    assert f"Ответственный: {owner.full_name}" in october.description.value
    assert "Подтверждение: Протокол" in october.description.value
    assert len({event.uid.value for event in events}) == len(events)
    write_calendar(school, tmp_path / "n.ics", with_names=False)
    unnamed = (tmp_path / "n.ics").read_text("utf-8").replace("\r\n ", "").replace("\n ", "")
    assert "Подтверждение: Протокол" in unnamed
    assert owner.full_name not in unnamed
    write_calendar(school, tmp_path / "again.ics")
    assert (tmp_path / "again.ics").read_bytes() == (tmp_path / "c.ics").read_bytes()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.ENOSPC, "calendar.disk_full"),
        (errno.EROFS, "calendar.folder_readonly"),
        (errno.EACCES, "calendar.folder_readonly"),
        (errno.EIO, "calendar.write_failed"),
    ],
)
def test_that_a_place_that_cannot_be_written_is_told_and_no_half_file_is_left(
    school: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    (tmp_path / "out").mkdir()
    target = tmp_path / "out" / "c.ics"
    target.write_text("прежний")

    def refuse(_: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(KnownError) as caught:
        write_calendar(school, target)
    assert caught.value.code == code
    message = explain(caught.value)
    assert message.what
    assert message.do
    assert "{" not in message.text
    assert [file.name for file in target.parent.iterdir()] == ["c.ics"]
    assert target.read_text() == "прежний"


def test_that_a_folder_that_is_not_there_is_named(school: Workspace, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        write_calendar(school, tmp_path / "none" / "c.ics")
    assert caught.value.code == "calendar.folder_missing"
    assert "none" in explain(caught.value).what
