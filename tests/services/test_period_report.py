"""The report for a period tells what was done, moved and not done, and a handed-in report is late no more."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.models.programme import TargetIndicator
from shnor_desktop.models.quality import Decision
from shnor_desktop.services import programme, records, roadmap, roadmap_days
from shnor_desktop.services.calendar import calendar_of
from shnor_desktop.services.desks import create_school_desk
from shnor_desktop.services.document_makers import source_of
from shnor_desktop.services.documents import DocumentFormat, DocumentKind, document_bytes
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.indicator_values import record_value
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.period_report import period_facts
from shnor_desktop.services.report_dates import BEFORE, current_report, mark_report, report_dates, set_inner_day
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import CARD, make_school_workspace

AUTUMN = "2024-08-01..2024-10-31"
AUGUST, OCTOBER = date(2024, 8, 31), date(2024, 10, 31)
PACKS = load_methodologies()


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with its programme begun; it is the second of September 2024."""
    workspace = make_school_workspace(tmp_path, fixed_clock)
    programme.ensure_programme(workspace)
    return workspace


def own(workspace: Workspace, title: str, deadline: str) -> str:
    """A measure of one's own."""
    return roadmap.add_own(workspace, {"title": title, "stage": "III", "deadline": deadline}).row


def test_that_each_measure_stands_where_its_days_put_it(school: Workspace) -> None:
    done = own(school, "Срез", "август 2024 г.")
    roadmap.mark_done(school, done, "Справка № 1")
    moved = own(school, "Семинар", "октябрь 2024 г.")
    roadmap_days.move_day(school, moved, OCTOBER, date(2024, 11, 20), "Карантин")
    partly = own(school, "Час", "август 2024 г.")
    roadmap_days.mark_day(school, partly, AUGUST, "Проведён в двух классах", is_whole=False)
    own(school, "Совет", "август 2024 г.")
    own(school, "Родители", "октябрь 2024 г.")
    own(school, "Зима", "декабрь 2024 г.")
    own(school, "По запросу", "при необходимости")
    facts = period_facts(source_of(school, None), AUTUMN)
    assert [(one.title, one.words) for one in facts.done] == [("Срез", "Справка № 1")]
    assert [(one.title, one.state) for one in facts.open] == [
        ("Час", "выполнено частично"),
        ("Семинар", "перенесено"),
        ("Совет", "не выполнено"),
        ("Родители", "срок впереди"),
    ]
    assert facts.open[1].words == "перенесено с 31.10.2024 на 20.11.2024: Карантин"
    assert facts.summary[0].replace("\u00a0", " ") == (
        "На отчётный период приходится 4 срока по 4 мероприятиям дорожной карты: "
        "выполнено — 1, выполнено частично — 1, перенесено — 1, не выполнено — 1."
    )


def test_that_indicators_events_and_decisions_of_the_period_are_told(school: Workspace) -> None:
    current = read_facts(school).programme
    assert current is not None
    values = {"programme": current.id, "title": "Ниже минимума", "unit": "%", "base": "40", "target": "20"}
    row = records.begin(school, TargetIndicator, values).row
    record_value(school, row, "30", "2024-08-20", "журнал")
    record_value(school, row, "25", "2024-11-20", "журнал")
    partner = records.begin(school, PartnerSchool, {"name": "Гимназия"}).row
    for day in ("2024-07-01", "2024-08-25"):
        records.begin(school, PartnerEvent, {"partner": partner, "topic": f"Урок {day}", "held_on": day})
    records.begin(school, Decision, {"title": "Составить график", "due_on": "2024-09-20", "state": "open"})
    facts = period_facts(source_of(school, None), AUTUMN)
    told = next(one for one in facts.indicators if one.title == "Ниже минимума")
    assert (told.base, told.reached, told.target) == ("40\u00a0%", "30\u00a0%", "20\u00a0%")
    assert [event[1] for event in facts.events] == ["Урок 2024-08-25 (Гимназия)"]
    assert [decision[0] for decision in facts.decisions] == ["Составить график"]


@pytest.mark.parametrize(
    ("which", "code"),
    [
        ("нет такого", "report.no_such_date"),
        ("2024-10-01..2024-09-01", "report.dates_reversed"),
        ("2024-02-31..2024-09-01", "report.bad_dates"),
    ],
)
def test_that_a_wrong_period_is_said(school: Workspace, which: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        period_facts(source_of(school, None), which)
    assert caught.value.code == code
    assert explain(caught.value).do


def test_that_the_report_comes_in_every_format_of_an_empty_school_too(school: Workspace) -> None:
    for form, begin in ((DocumentFormat.PDF, b"%PDF"), (DocumentFormat.DOCX, b"PK"), (DocumentFormat.XLSX, b"PK")):
        assert document_bytes(school, DocumentKind.REPORT_PERIOD, form=form).startswith(begin)
        assert document_bytes(school, DocumentKind.REPORT_PERIOD, form=form, which=AUTUMN).startswith(begin)


@pytest.mark.parametrize("pack", PACKS.packs, ids=lambda pack: pack.id)
def test_that_every_methodology_has_report_dates_one_after_another(pack: object, tmp_path: Path) -> None:
    identity = pack.id  # type: ignore[attr-defined]
    desk = create_school_desk(tmp_path / "s.shnor-db", CARD, FixedClock(), identity, is_demo=True, packs=PACKS)
    reports = report_dates(desk.pack, read_facts(desk))
    assert len(reports) >= 2
    assert [one.due for one in reports] == sorted(one.due for one in reports)
    for before, after in pairwise(reports):
        assert before.starts <= before.ends < after.starts <= after.ends
    assert len({one.code for one in reports}) == len(reports)
    assert all(one.inner <= one.due for one in reports)
    desk.close()


def test_that_the_reports_of_smolensk_have_their_days_and_inner_days(tmp_path: Path) -> None:
    desk = create_school_desk(
        tmp_path / "s.shnor-db", CARD, FixedClock(), "smolensk-2020-2021", is_demo=True, packs=PACKS
    )
    january, july = report_dates(desk.pack, read_facts(desk))
    assert [(one.due.month, one.due.day) for one in (january, july)] == [(1, 30), (7, 20)]
    assert (january.is_own, january.inner) == (False, january.due - BEFORE)
    set_inner_day(desk, january, january.due.replace(day=15))
    january, july = report_dates(desk.pack, read_facts(desk))
    assert january.inner.day == 15
    item = next(one for one in calendar_of(desk).items if one.id == "report-january_2021")
    assert (item.due, item.page) == (january.inner, "roadmap")
    on = january.inner.replace(day=16)
    assert january.is_overdue(on)
    assert january.countdown(on).replace("\u00a0", " ") == "просрочено на 1 день"
    mark_report(desk, january, "handed", "2021-01-14")
    facts = read_facts(desk)
    january, july = report_dates(desk.pack, facts)
    assert not january.is_overdue(on)
    assert january.countdown(on) == "сдан 14.01.2021"
    assert current_report((january, july), on) == july
    assert next(one for one in calendar_of(desk).items if one.id == "report-january_2021").is_closed
    desk.close()


def test_that_a_lapsed_day_is_told_as_not_done(school: Workspace) -> None:
    row = own(school, "Сверка", "июнь, июль, август 2024 г.")
    roadmap_days.mark_day(school, row, AUGUST, "Справка")
    facts = period_facts(source_of(school, None), "2024-06-01..2024-08-31")
    assert [(one.title, one.words) for one in facts.open] == [("Сверка", "отметки о выполнении нет")]
    assert replace(facts, summary=()).done == ()
