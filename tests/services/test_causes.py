"""The causes of a methodology: marked, grounded in red figures, answered by problem fields."""

from dataclasses import replace
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.methodology import Level
from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.models.pupils import FailureCause, RiskPupil
from shnor_desktop.services import causes, problems, records
from shnor_desktop.services.causes import CauseView
from shnor_desktop.services.check import check
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


@pytest.fixture
def school(tmp_path: Path) -> Workspace:
    return make_diagnosed_school(tmp_path, FixedClock())


def view_of(workspace: Workspace, code: str) -> CauseView:
    return next(item for group in causes.causes(workspace) for item in group.causes if item.cause.code == code)


def test_that_every_methodology_offers_causes_in_groups() -> None:
    for pack in load_methodologies().packs:
        assert pack.causes, pack.id
        assert all(cause.group and cause.advice for cause in pack.causes), pack.id
    known = {pack.id: len(pack.causes) for pack in load_methodologies().packs}
    assert known["smolensk-2020-2021"] == 16
    groups = [cause.group for pack in load_methodologies().packs if pack.id == "lebedyan-2018" for cause in pack.causes]
    assert groups.count("Причины неуспешности") == 4


def test_that_a_strong_cause_takes_its_facts_from_the_red_figures(school: Workspace) -> None:
    assert "8 из 20" in view_of(school, "gaps").suggested or "40" in view_of(school, "gaps").suggested
    causes.mark_cause(school, "gaps", "high")
    found = view_of(school, "gaps")
    assert found.level is Level.HIGH
    assert found.facts == found.suggested != ""


def test_that_facts_that_a_person_wrote_are_not_written_over(school: Workspace) -> None:
    causes.set_facts(school, "gaps", "видно по тетрадям")
    causes.mark_cause(school, "gaps", "high")
    assert view_of(school, "gaps").facts == "видно по тетрадям"


def test_that_a_cause_becomes_a_problem_field_in_one_step(school: Workspace) -> None:
    causes.mark_cause(school, "gaps", "high")
    assert "causes.without_problem" in {line.code for line in check(school).warnings}
    done = causes.to_problem(school, "gaps")
    problem = records.row(school, ProblemField, done.row)
    assert problem is not None
    assert problem.is_active
    assert problem.causes == view_of(school, "gaps").cause.title
    assert "failure_risk" in (problem.factors or [])
    assert "causes.without_problem" not in {line.code for line in check(school).warnings}
    records.undo(school)
    assert not read_facts(school).problems
    assert view_of(school, "gaps").problem is None


def test_that_a_cause_joins_a_problem_that_is_there_only_once(school: Workspace) -> None:
    row = problems.add_own(school, "Слабые результаты", [], "Нет учебников").row
    for _ in range(2):
        causes.to_problem(school, "gaps", row)
    found = records.row(school, ProblemField, row)
    assert found is not None
    assert (found.causes or "").splitlines() == ["Нет учебников", view_of(school, "gaps").cause.title]


def test_that_the_eleventh_problem_field_is_refused_in_words(school: Workspace) -> None:
    for number in range(10):
        problems.add_own(school, f"Проблема {number}", [], "причина")
    with pytest.raises(KnownError, match=r"problems\.too_many"):
        causes.to_problem(school, "gaps")
    assert view_of(school, "gaps").problem is None
    with pytest.raises(KnownError, match=r"causes\.no_problem"):
        causes.to_problem(school, "gaps", "00000000000000000000000000")


def test_that_a_cause_or_level_that_is_not_known_is_our_fault(school: Workspace) -> None:
    with pytest.raises(BugError):
        causes.mark_cause(school, "nothing", "high")
    with pytest.raises(BugError):
        causes.mark_cause(school, "gaps", "huge")


def test_that_the_workbook_of_pupils_is_counted_without_names(school: Workspace) -> None:
    assert causes.pupil_causes(school).pupils == 0
    for number in range(3):
        pupil = records.begin(school, RiskPupil, {"code": f"7-0{number}"}).row
        for subject in ("russian", "math"):
            values = {"pupil": pupil, "cause": "gaps", "subject": subject, "seen_in": "диктанты"}
            records.begin(school, FailureCause, values)
    found = causes.pupil_causes(school)
    assert found.pupils == 3
    assert dict(found.counts) == {"пробелы в знаниях прошлых лет": 3}
    assert "n = 3" in found.words
    assert "n = " not in replace(found, is_small=False).words
