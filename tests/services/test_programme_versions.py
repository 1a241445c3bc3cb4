"""Every step of the programme's way keeps its text; versions are read, compared and brought back."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.programme_difference import ChangeKind, PieceKind, content_bytes
from shnor_desktop.models.programme import ProgrammeParagraph
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import problems, programme, programme_text, records, roadmap
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme_states import change_state
from shnor_desktop.services.programme_versions import (
    NOW,
    bring_paragraph_back,
    chosen_pair,
    content_of,
    difference,
    save_version,
    versions,
)
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school

PROTOCOL = {"council_protocol": "4", "council_date": "28.03.2024"}


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with a programme and two measures."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    for suggestion in problems.suggest(workspace):
        problems.accept(workspace, suggestion)
    programme.ensure_programme(workspace)
    problem = problems.cards(workspace)[0].problem
    for measure in problems.measures_for(workspace, problem.id)[:2]:
        roadmap.add_from_library(workspace, measure.id)
    return workspace


def paragraphs(workspace: Workspace, section: str) -> tuple[str, ...]:
    return tuple(one.id for one in programme_text.paragraphs_of(read_facts(workspace), section))


def test_that_a_step_keeps_the_draft_and_what_was_adopted(school: Workspace) -> None:
    change_state(school, "adopted", PROTOCOL)
    adopted, draft = versions(school)
    assert (draft.number, draft.state, adopted.number, adopted.state) == (1, "проект", 2, "принята педсоветом")
    found = difference(school, draft.id, adopted.id).difference
    changed = {one.caption: one.new for part in found.parts for row in part.rows for one in row.fields}
    assert changed["Протокол педагогического совета, №"] == "4"
    assert not found.sections


def test_that_ctrl_z_takes_back_the_step_with_its_versions(school: Workspace) -> None:
    change_state(school, "adopted", PROTOCOL)
    records.undo(school)
    assert versions(school) == ()
    change_state(school, "adopted", PROTOCOL)
    assert [line.number for line in versions(school)] == [2, 1]


def test_that_an_old_version_stays_as_it_was_when_the_programme_changes(school: Workspace) -> None:
    save_version(school, "первая")
    kept = versions(school)[0]
    before = content_bytes(content_of(school, kept.id))
    first = paragraphs(school, "introduction")[0]
    programme_text.edit_paragraph(school, first, "Совсем другой текст.")
    records.remove(school, Measure.log_name, records.rows(school, Measure)[0].id)
    assert content_bytes(content_of(school, kept.id)) == before
    found = difference(school, kept.id, NOW).difference
    (section,) = found.sections
    assert [(one.kind, one.id) for one in section.paragraphs] == [(ChangeKind.CHANGED, first)]
    assert found.counts[ChangeKind.REMOVED] == 1


def test_that_a_measure_is_compared_field_by_field(school: Workspace) -> None:
    save_version(school)
    measure = records.rows(school, Measure)[0]
    records.edit(school, Measure.log_name, measure.id, "evidence", "Справка завуча")
    (part,) = difference(school, versions(school)[0].id, NOW).difference.parts
    (row,) = part.rows
    (field,) = row.fields
    assert (part.title, field.caption, field.new) == ("Дорожная карта", "Чем подтверждается", "Справка завуча")
    assert {piece.kind for piece in field.pieces} >= {PieceKind.ADDED}


def test_that_an_earlier_paragraph_comes_back_as_an_ordinary_edit(school: Workspace) -> None:
    save_version(school)
    kept = versions(school)[0]
    first, second, *_ = paragraphs(school, "introduction")
    programme_text.edit_paragraph(school, first, "Другое.")
    programme_text.remove_paragraph(school, second)
    (section,) = difference(school, kept.id, NOW).difference.sections
    for change in section.paragraphs:
        bring_paragraph_back(school, section.code, change.id, change.old)
    assert difference(school, kept.id, NOW).difference.is_empty
    records.undo(school)
    assert second not in paragraphs(school, "introduction")


def test_that_a_paragraph_that_never_was_here_is_written_anew(school: Workspace) -> None:
    done = bring_paragraph_back(school, "introduction", "01890000-0000-7000-8000-000000000000", "Из старой базы.")
    row = records.row(school, ProgrammeParagraph, done.row)
    assert row is not None
    assert row.body == "Из старой базы."


def test_that_nothing_new_is_not_saved_again(school: Workspace) -> None:
    save_version(school, "для сайта")
    with pytest.raises(KnownError, match=r"programme\.version_same"):
        save_version(school)


def test_that_a_pair_is_named_by_numbers_or_chosen_by_itself(school: Workspace) -> None:
    assert chosen_pair(school, "") is None
    save_version(school)
    (one,) = versions(school)
    assert chosen_pair(school, "") == (one.id, NOW)
    programme_text.add_paragraph(school, "introduction", "Ещё.")
    save_version(school)
    two = versions(school)[0]
    assert chosen_pair(school, "") == (one.id, two.id)
    assert chosen_pair(school, "1:now") == (one.id, NOW)
    with pytest.raises(KnownError, match=r"programme\.no_such_version"):
        chosen_pair(school, "7:8")


def test_that_a_version_whose_text_is_not_at_hand_says_so(school: Workspace) -> None:
    save_version(school)
    (one,) = versions(school)
    with school.writing() as transaction:
        transaction.records.remove_blob(school.school, one.content)
    assert not versions(school)[0].is_at_hand
    with pytest.raises(KnownError, match=r"programme\.version_absent"):
        content_of(school, one.id)
    assert save_version(school).changed
