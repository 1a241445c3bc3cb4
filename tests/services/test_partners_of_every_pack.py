"""Partners, pupils and parents work by the words of each of the five methodologies."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.clock import Clock
from shnor_desktop.models.partners import PartnerEvent, PartnerSchool
from shnor_desktop.models.pupils import FailureCause, ParentEvent, RiskPupil
from shnor_desktop.services import documents, programme, records, roadmap
from shnor_desktop.services.check import check
from shnor_desktop.services.desks import create_school_desk
from shnor_desktop.services.document_kinds import DocumentKind
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.partners_projects import projects
from shnor_desktop.services.pupils import advice_of
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import CARD

FIVE = ("tver", "tambov-2021-2023", "lebedyan-2018", "smolensk-2020-2021", "tyumen-2024")
FORMS_OF_THE_SOURCES = {
    "methodical_day",
    "internship",
    "master_class",
    "open_lesson",
    "landing",
    "seminar",
    "webinar",
    "consultation",
    "mentoring",
}


@pytest.fixture(params=FIVE)
def school(request: pytest.FixtureRequest, tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return _desk(tmp_path, fixed_clock, request.param)


def _desk(folder: Path, clock: Clock, methodology: str) -> Workspace:
    packs = load_methodologies()
    return create_school_desk(folder / "s.shnor-db", CARD, clock, methodology, is_demo=True, packs=packs)


def test_that_an_event_of_every_form_is_written_and_counted(school: Workspace) -> None:
    forms = dict(school.pack.code_list("event_forms"))
    assert forms.keys() >= FORMS_OF_THE_SOURCES
    partner = records.begin(school, PartnerSchool, {"name": "Гимназия"}).row
    for number, form in enumerate(forms):
        values = {"partner": partner, "held_on": f"2024-01-{number % 28 + 1:02}", "form": form, "topic": forms[form]}
        records.begin(school, PartnerEvent, values)
    assert len(read_facts(school).events) == len(forms)
    assert "partners.event_without_outcome" in {line.code for line in check(school).errors}


def test_that_causes_have_advice_and_parents_their_directions(school: Workspace) -> None:
    assert all(advice_of(school.pack, code) for code, _ in school.pack.code_list("failure_causes"))
    assert len(school.pack.code_list("parent_directions")) >= 5
    pupil = records.begin(school, RiskPupil, {"code": "7-01", "risks": ["marks"], "since": "2024-01-10"}).row
    records.begin(school, FailureCause, {"pupil": pupil, "cause": "gaps", "seen_in": "Дроби"})
    records.begin(school, ParentEvent, {"held_on": "2024-01-10", "direction": "needs", "topic": "Анкета"})
    assert documents.document_bytes(school, DocumentKind.PREVENTION_PLAN)


def test_that_a_network_project_shows_its_plan_and_its_events(tmp_path: Path, fixed_clock: FixedClock) -> None:
    school = _desk(tmp_path, fixed_clock, "lebedyan-2018")
    programme.ensure_programme(school)
    before = {item.project.code: item for item in projects(school)}
    assert before["equal_opportunities"].project.members
    takeable = [item for view in before.values() for item in view.measures if item.may_be_taken]
    assert takeable
    row = roadmap.add_from_library(school, takeable[0].code).row
    partner = records.begin(school, PartnerSchool, {"name": "Гимназия"}).row
    values = {"partner": partner, "held_on": "2024-01-20", "topic": "Семинар", "form": "seminar", "measure": row}
    records.begin(school, PartnerEvent, {**values, "taken_into_work": "Лист выбора"})
    after = [view for view in projects(school) if any(item.row == row for item in view.measures)]
    assert after[0].results == ("Лист выбора",)
    assert "проведено: 1\xa0событие" in after[0].words
