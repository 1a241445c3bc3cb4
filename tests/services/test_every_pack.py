"""Every shipped methodology carries a school from the map to the printed programme, whatever its plan is like."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.methodology import IndicatorScope
from shnor_desktop.domain.metrics import compute
from shnor_desktop.services import problems, records, roadmap
from shnor_desktop.services.check import check, completeness
from shnor_desktop.services.desks import create_school_desk
from shnor_desktop.services.development import development_view
from shnor_desktop.services.diagnosis import form_view, waves_of
from shnor_desktop.services.document_kinds import info_of
from shnor_desktop.services.documents import DocumentFormat, DocumentKind, document_bytes
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.programme import ensure_programme
from shnor_desktop.services.stages import stages_view
from shnor_desktop.services.today import today_view
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import CARD, fill_map, fill_passport_and_staff, fill_results

PACKS = load_methodologies()
FIVE = ("lebedyan-2018", "smolensk-2020-2021", "tambov-2021-2023", "tver", "tyumen-2024")


def test_that_the_five_methodologies_are_there_and_sound() -> None:
    assert [problem.as_error() for problem in PACKS.problems] == []
    assert tuple(sorted(pack.id for pack in PACKS.packs)) == FIVE


@pytest.fixture(params=FIVE)
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Workspace:
    """A school with passport, staff, results and a map, that works by the methodology of the test."""
    desk = create_school_desk(tmp_path / "s.shnor-db", CARD, FixedClock(), request.param, is_demo=True, packs=PACKS)
    fill_passport_and_staff(desk)
    fill_results(desk)
    fill_map(desk)
    return desk


def test_that_a_school_gets_from_its_map_to_its_documents(school: Workspace) -> None:
    view = form_view(school)
    assert view.questions
    assert {assessment.factor for assessment in view.profile} == {factor.code for factor in school.pack.factors}
    suggested = problems.suggest(school)
    assert suggested
    problems.accept(school, suggested[0])
    ensure_programme(school)
    for measure in roadmap.library(school):
        roadmap.add_from_library(school, measure.id)
    rows = roadmap.road_map(school).rows
    assert {row.measure.library_code for row in rows} == {measure.id for measure in school.pack.school_measures()}
    unset = {measure.id for measure in school.pack.school_measures() if not school.pack.deadline_of(measure)}
    assert {row.measure.library_code for row in rows if not row.measure.deadline} == unset
    assert {row.measure.library_code for row in rows if "срок" in " ".join(row.gaps)} >= unset
    for kind in DocumentKind:
        assert document_bytes(school, kind).startswith(b"%PDF")
        if DocumentFormat.DOCX in info_of(kind).formats:
            assert document_bytes(school, kind, form=DocumentFormat.DOCX).startswith(b"PK")
    assert today_view(school).next_step.text
    assert stages_view(school).stages
    assert development_view(school) is not None
    assert check(school).lines
    assert completeness(school)


def test_that_each_form_of_the_methodology_opens_in_each_of_its_waves(school: Workspace) -> None:
    for form in school.pack.forms:
        for wave in waves_of(school.pack, form.id):
            assert form_view(school, form.id, wave).questions


def test_that_every_code_list_of_a_field_has_choices(school: Workspace) -> None:
    for name in ("stages", "roles", "executors", "support_levels", "evidence_kinds", "event_forms", "programme_states"):
        assert school.pack.code_list(name), name


def test_that_no_indicator_of_a_municipality_and_none_that_does_not_apply_stands_in_a_school_programme(
    school: Workspace,
) -> None:
    records.edit(school, "school", school.school, "kind", "basic")
    for suggested in problems.suggest(school):
        problems.accept(school, suggested)
    ensure_programme(school)
    facts = read_facts(school)
    ours = {item.id: item for item in school.pack.indicators}
    chosen = [ours[item.code] for item in facts.current(facts.indicators) if item.code in ours]
    assert chosen
    assert {item.scope for item in chosen} == {IndicatorScope.SCHOOL}
    assert [item.id for item in chosen if item.metric and compute(item.metric, facts).not_applicable] == []
