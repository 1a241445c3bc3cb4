"""The programme is begun from the problems, drafted from the data, read paragraph by paragraph, led through states."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.programme import Goal, ProgrammeParagraph
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import problems, programme, programme_freshness, programme_text, records, roadmap
from shnor_desktop.services.check import check
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme_sections import SectionView, sections
from shnor_desktop.services.programme_stamps import stamps
from shnor_desktop.services.programme_states import change_state, next_steps
from shnor_desktop.services.programme_tree import NodeKind, tree
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A diagnosed school with its suggested problems in work and its programme begun."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    for suggestion in problems.suggest(workspace):
        problems.accept(workspace, suggestion)
    programme.ensure_programme(workspace)
    return workspace


def section(workspace: Workspace, code: str) -> SectionView:
    """One section as the page shows it."""
    return next(view for view in sections(workspace) if view.section.code == code)


def test_that_each_problem_has_a_goal_a_task_and_an_indicator_with_base_and_target(school: Workspace) -> None:
    nodes = tree(school).problems
    assert [node.row for node in nodes] == [card.problem.id for card in problems.cards(school)]
    for problem in nodes:
        (goal,) = problem.children
        assert goal.kind is NodeKind.GOAL
        assert {child.kind for child in goal.children} == {NodeKind.TASK, NodeKind.INDICATOR}
    below = next(item for item in read_facts(school).indicators if item.code == "below_russian")
    assert (str(below.base), str(below.target)) == ("40", "30")


def test_that_hanging_ends_are_marked_until_something_holds_them(school: Workspace) -> None:
    tasks = [node for node in tree(school).walk() if node.kind is NodeKind.TASK]
    assert all(task.hanging == ("нет мероприятий",) for task in tasks)
    problem = problems.cards(school)[0].problem
    roadmap.add_from_library(school, problems.measures_for(school, problem.id)[0].id)
    first, *others = [node for node in tree(school).walk() if node.kind is NodeKind.TASK]
    assert not first.is_hanging
    assert all(task.is_hanging for task in others)


def test_that_drafts_hold_the_numbers_of_the_school(school: Workspace) -> None:
    text = " ".join(p.body or "" for p in section(school, "analysis").paragraphs).replace("\u00a0", " ")
    assert "120 обучающихся, сформировано 6 классов" in text
    assert "9 педагогов" in text
    assert "по русскому языку 8 из 20 (40 %)" in text
    assert "{" not in text


def test_that_drafts_are_made_anew_only_until_they_are_read(school: Workspace) -> None:
    paragraphs = section(school, "analysis").paragraphs
    read, unread = paragraphs[0], section(school, "resources").paragraphs[0]
    programme_text.mark_read(school, [read.id])
    records.begin(school, StaffMember, {"full_name": "Новый Учитель", "birth_year": 1990, "subjects": ["math"]})
    assert programme.refresh_drafts(school).changed
    after = {item.id: item.body for item in records.rows(school, ProgrammeParagraph)}
    assert after[read.id] == read.body
    assert "10 педагогов" in (after[unread.id] or "").replace("\u00a0", " ")
    assert not programme.refresh_drafts(school).changed


def test_that_an_edited_paragraph_is_no_longer_a_draft(school: Workspace) -> None:
    view = section(school, "introduction")
    assert view.unread == len(view.paragraphs)
    programme_text.edit_paragraph(school, view.paragraphs[0].id, "Свой текст.")
    programme.refresh_drafts(school)
    after = section(school, "introduction")
    assert after.paragraphs[0].body == "Свой текст."
    assert after.unread == view.unread - 1


def test_that_a_removed_draft_does_not_come_back(school: Workspace) -> None:
    view = section(school, "control")
    programme_text.remove_paragraph(school, view.paragraphs[1].id)
    programme.refresh_drafts(school)
    programme.supplement(school)
    left = [item.id for item in section(school, "control").paragraphs]
    assert left == [view.paragraphs[0].id, view.paragraphs[2].id]


def test_that_a_split_paragraph_stays_in_its_place(school: Workspace) -> None:
    view = section(school, "control")
    body = view.paragraphs[0].body or ""
    done = programme_text.split_paragraph(school, view.paragraphs[0].id, body.index("Заместитель"))
    after = section(school, "control").paragraphs
    assert [item.id for item in after[:3]] == [view.paragraphs[0].id, done.row, view.paragraphs[1].id]
    assert f"{after[0].body} {after[1].body}" == body
    programme_text.move_paragraph(school, done.row, 3)
    assert [item.id for item in section(school, "control").paragraphs][-1] == done.row
    programme_text.add_paragraph(school, "control", "Сначала.", 0)
    assert section(school, "control").paragraphs[0].body == "Сначала."


def test_that_beginning_twice_changes_nothing_and_undo_takes_all_back(school: Workspace) -> None:
    assert not programme.ensure_programme(school).changed
    before = len(records.rows(school, ProgrammeParagraph))
    assert before
    records.undo(school)
    assert read_facts(school).programme is None
    assert programme.ensure_programme(school).changed
    assert len(records.rows(school, ProgrammeParagraph)) == before
    assert len(records.rows(school, Goal)) == 2 * len(problems.cards(school))


def test_that_a_problem_taken_later_gets_its_goal_by_supplementing(school: Workspace) -> None:
    row = problems.add_own(school, "Семьи слабо участвуют в учёбе детей", ["parents"], "Мало встреч").row
    node = next(node for node in tree(school).problems if node.row == row)
    assert node.hanging == ("нет цели",)
    assert programme.supplement(school).changed
    node = next(node for node in tree(school).problems if node.row == row)
    assert not node.is_hanging
    assert "Сделать родителей участниками учёбы детей" in [n.title for n in node.walk()]


def test_that_a_goal_is_made_for_one_problem_alone(school: Workspace) -> None:
    row = problems.add_own(school, "Семьи слабо участвуют в учёбе детей", ["parents"], "Мало встреч").row
    other = problems.add_own(school, "Мало кружков", [], "Нет помещений").row
    findings = [line for line in check(school).errors if line.code == "programme.problem_without_goal"]
    assert {line.row for line in findings} == {row, other}
    done = programme.answer_problem(school, row)
    node = next(node for node in tree(school).problems if node.row == row)
    assert [child.row for child in node.children] == [done.row]
    assert next(node for node in tree(school).problems if node.row == other).hanging == ("нет цели",)
    records.remove(school, "goal", done.row)
    assert programme.answer_problem(school, row).row == done.row
    assert not next(node for node in tree(school).problems if node.row == row).is_hanging


def test_that_executors_in_words_leave_a_measure_without_one_who_answers(school: Workspace) -> None:
    problem = problems.cards(school)[0].problem
    row = roadmap.add_from_library(school, problems.measures_for(school, problem.id)[0].id).row
    node = next(node for node in tree(school).walk() if node.row == row)
    assert node.hanging == ("ответственный не выбран",)
    person = records.rows(school, StaffMember)[0].id
    records.edit(school, "measure", row, "owner", person)
    assert not next(node for node in tree(school).walk() if node.row == row).is_hanging


def test_that_states_follow_each_other_and_ask_for_their_papers(school: Workspace) -> None:
    assert [(step.code, step.by) for step in next_steps(school)] == [("adopted", "школа")]
    with pytest.raises(KnownError, match=r"programme\.state_unreachable"):
        change_state(school, "approved")
    with pytest.raises(KnownError, match=r"programme\.protocol_needed"):
        change_state(school, "adopted")
    change_state(school, "adopted", {"council_protocol": "4", "council_date": "28.03.2024"})
    change_state(school, "under_review")
    with pytest.raises(KnownError, match=r"programme\.agreement_needed"):
        change_state(school, "agreed")
    change_state(school, "agreed", {"agreed_by": "Муниципальный координатор", "agreed_on": "15.04.2024"})
    with pytest.raises(KnownError, match=r"programme\.order_needed"):
        change_state(school, "approved", {"order_number": "17"})
    change_state(school, "approved", {"order_number": "17", "order_date": "20.04.2024"})
    assert read_facts(school).programme is not None
    assert [stamp.is_filled for stamp in stamps(school)] == [True, True, True]
    assert "(протокол от 28 марта 2024 г. № 4)" in stamps(school)[0].lines[-1].replace("\u00a0", " ")


def test_that_an_antirisk_programme_is_begun_once_from_its_factor(school: Workspace) -> None:
    row = programme.begin_antirisk(school, "failure_risk").row
    antirisk = next(item for item in read_facts(school).antirisks if item.id == row)
    assert "группы риска" in (antirisk.expected or "")
    assert "Устранить причину" in (antirisk.tasks or "")
    with pytest.raises(KnownError, match=r"programme\.antirisk_exists"):
        programme.begin_antirisk(school, "failure_risk")
    programme.supplement(school)
    assert section(school, "antirisk").paragraphs


def hire(workspace: Workspace) -> None:
    records.begin(workspace, StaffMember, {"full_name": "Новый Учитель", "birth_year": 1990, "subjects": ["math"]})


def test_that_a_read_draft_is_offered_its_new_figures_and_not_changed_by_itself(school: Workspace) -> None:
    (row, before) = next(
        (p.id, p.body) for p in section(school, "analysis").paragraphs if "педагогов" in (p.body or "")
    )
    programme_text.mark_read(school, [row])
    assert not section(school, "analysis").stale
    hire(school)
    stale = section(school, "analysis").stale[row]
    assert [(piece.kind.value, piece.text) for piece in stale.pieces if piece.kind.value != "same"] == [
        ("removed", "9"),
        ("added", "10"),
    ]
    programme.refresh_drafts(school)
    assert next(p.body for p in section(school, "analysis").paragraphs if p.id == row) == before
    programme_freshness.renew(school, row)
    view = section(school, "analysis")
    paragraph = next(p for p in view.paragraphs if p.id == row)
    assert "10\u00a0педагогов" in (paragraph.body or "")
    assert paragraph.generated
    assert not view.stale


def test_that_an_edited_paragraph_is_offered_the_figures_alone(school: Workspace) -> None:
    row = next(p.id for p in section(school, "analysis").paragraphs if "педагогов" in (p.body or ""))
    programme_text.edit_paragraph(school, row, "У нас работает дружный коллектив: 9\u00a0педагогов, и все мастера.")
    hire(school)
    assert section(school, "analysis").stale[row].is_edited
    programme_freshness.renew(school, row)
    after = next(p for p in section(school, "analysis").paragraphs if p.id == row)
    assert after.body == "У нас работает дружный коллектив: 10 педагогов, и все мастера."
    assert not after.generated


def test_that_a_paragraph_left_as_it_is_is_asked_of_again_only_after_a_further_change(school: Workspace) -> None:
    row = next(p.id for p in section(school, "analysis").paragraphs if "педагогов" in (p.body or ""))
    programme_text.edit_paragraph(school, row, "Без чисел.")
    hire(school)
    stale = section(school, "analysis").stale[row]
    assert not stale.suggestion
    assert not programme_freshness.renew(school, row).changed
    programme_freshness.leave(school, row)
    assert row not in section(school, "analysis").stale
    records.begin(school, StaffMember, {"full_name": "Ещё Один", "birth_year": 1991, "subjects": ["math"]})
    assert row in section(school, "analysis").stale
