"""A programme is begun, linked, led to its end and printed in a school of each methodology."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.reports.content import texts
from shnor_desktop.services import problems, programme, records, roadmap
from shnor_desktop.services.desks import create_school_desk
from shnor_desktop.services.documents import DocumentFormat, DocumentKind, document, document_bytes
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.programme_sections import sections
from shnor_desktop.services.programme_states import NEEDS, change_state, next_steps
from shnor_desktop.services.programme_tree import Gap, NodeKind, tree
from shnor_desktop.services.programme_versions import NOW, content_of, difference, versions
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import CARD, fill_map, fill_passport_and_staff, fill_results

PACKS = load_methodologies()
FIVE = ("lebedyan-2018", "smolensk-2020-2021", "tambov-2021-2023", "tver", "tyumen-2024")
PAPERS = {
    "council_protocol": "4",
    "council_date": "28.03.2024",
    "agreed_by": "Муниципальный координатор",
    "agreed_on": "15.04.2024",
    "order_number": "17",
    "order_date": "20.04.2024",
}


@pytest.fixture(params=FIVE)
def school(request: pytest.FixtureRequest, tmp_path: Path) -> Workspace:
    """A diagnosed school with its suggested problems in work, its programme begun, measures for each problem."""
    desk = create_school_desk(tmp_path / "s.shnor-db", CARD, FixedClock(), request.param, is_demo=True, packs=PACKS)
    fill_passport_and_staff(desk)
    fill_results(desk)
    fill_map(desk)
    for suggestion in problems.suggest(desk)[:3]:
        problems.accept(desk, suggestion)
    programme.ensure_programme(desk)
    for card in problems.cards(desk):
        for measure in card.suggested[:2]:
            if measure.id in {item.id for item in roadmap.library(desk)}:
                roadmap.add_from_library(desk, measure.id, problem=card.problem.id)
    return desk


def test_that_every_section_has_a_draft_or_says_what_to_write(school: Workspace) -> None:
    views = sections(school)
    assert views
    for view in views:
        bodies = [item.body or "" for item in view.paragraphs]
        assert bodies or view.section.guidance, view.section.code
        assert not any("{" in body or "}" in body for body in bodies), view.section.code
        assert all(item.drafted == item.body for item in view.paragraphs)


def test_that_nothing_of_what_the_program_begins_hangs_but_owners(school: Workspace) -> None:
    hanging = {(node.kind, gap) for node in tree(school).walk() for gap in node.hanging}
    known = {
        (NodeKind.MEASURE, Gap.OWNER_UNCHOSEN),
        (NodeKind.MEASURE, Gap.OWNER),
        (NodeKind.MEASURE, Gap.DEADLINE),
        (NodeKind.MEASURE, Gap.EVIDENCE),
        (NodeKind.TASK, Gap.MEASURE),
        (NodeKind.GOAL, Gap.INDICATOR),
        (NodeKind.INDICATOR, Gap.BASE),
        (NodeKind.INDICATOR, Gap.TARGET),
        (NodeKind.INDICATOR, Gap.LOOSE_INDICATOR),
    }
    assert hanging <= known
    goals = [node for node in tree(school).walk() if node.kind is NodeKind.GOAL]
    assert all(any(child.kind is NodeKind.TASK for child in goal.children) for goal in goals)


def test_that_the_whole_way_is_kept_and_printed(school: Workspace) -> None:
    taken = ["draft"]
    while steps := [step for step in next_steps(school) if step.code not in taken]:
        step = next((one for one in steps if one.code != "returned"), steps[0])
        change_state(school, step.code, {name: PAPERS[name] for name in NEEDS.get(step.code, ())})
        taken.append(step.code)
    assert taken[-1] == "finished"
    assert [line.number for line in reversed(versions(school))] == list(range(1, len(taken) + 1))
    oldest = versions(school)[-1].id
    assert content_of(school, oldest).sections == content_of(school, NOW).sections
    assert not difference(school, oldest, NOW).difference.sections
    for kind in (DocumentKind.PROGRAMME, DocumentKind.PROGRAMME_CHANGES, DocumentKind.SCHOOL_PLAN):
        assert document_bytes(school, kind).startswith(b"%PDF")
        assert document_bytes(school, kind, form=DocumentFormat.DOCX).startswith(b"PK")
    assert not any("{" in text for text in texts(document(school, DocumentKind.PROGRAMME)))


def test_that_an_antirisk_programme_is_printed_with_its_measures(school: Workspace) -> None:
    problem = problems.cards(school)[0].problem
    factor = problem.factors[0]
    row = programme.begin_antirisk(school, factor).row
    measure = next(item for item in read_facts(school).measures if item.problem == problem.id)
    records.edit(school, "measure", measure.id, "antirisk", row)
    found = school.pack.factor(factor)
    assert found is not None
    printed = " ".join(texts(document(school, DocumentKind.PROGRAMME)))
    assert f"Антирисковая программа «{found.title}»" in printed
    assert "Мероприятия дорожной карты:" in printed
    view = next((one for one in sections(school) if one.section.content == "antirisk"), None)
    assert view is None or (view.table is not None and len(view.table.rows) == 1)
