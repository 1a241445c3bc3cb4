"""Stamps of the title page: edited in place, hidden, added, reset; filled from the data, printed the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.reports.content import texts
from shnor_desktop.services import problems, programme, records
from shnor_desktop.services.document_kinds import info_of
from shnor_desktop.services.documents import DocumentKind, document, document_bytes
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme_stamps import (
    add_stamp,
    all_stamps_of,
    edit_stamp,
    hide_stamp,
    remove_stamp,
    reset_stamps,
    stamps,
)
from shnor_desktop.services.programme_states import change_state
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with a programme."""
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    problems.accept(workspace, problems.suggest(workspace)[0])
    programme.ensure_programme(workspace)
    return workspace


def test_that_a_stamp_is_changed_in_place_and_filled(school: Workspace) -> None:
    edit_stamp(school, 1, lines="Педагогический совет\n(протокол № {protocol_number} от {protocol_date})")
    assert stamps(school)[0].title == "ПРИНЯТО"
    assert stamps(school)[0].lines[-1] == "(протокол № ____ от __.__.20__)"
    assert not stamps(school)[0].is_filled
    change_state(school, "adopted", {"council_protocol": "4", "council_date": "28.03.2024"})
    assert "протокол № 4 от 28 марта 2024 г." in stamps(school)[0].lines[-1].replace("\u00a0", " ")
    assert stamps(school)[0].is_filled
    printed = " ".join(texts(document(school, DocumentKind.PROGRAMME))).replace("\u00a0", " ")
    assert "протокол № 4 от 28 марта 2024 г." in printed


def test_that_stamps_are_hidden_added_and_reset(school: Workspace) -> None:
    as_it_was = stamps(school)
    hide_stamp(school, 2)
    add_stamp(school)
    edit_stamp(school, 4, heading="РАССМОТРЕНО", lines="Управляющий совет")
    assert [stamp.title for stamp in stamps(school)] == ["ПРИНЯТО", "УТВЕРЖДЕНО", "РАССМОТРЕНО"]
    assert len(all_stamps_of(school.pack, read_facts(school))) == 4
    with pytest.raises(KnownError, match=r"programme\.stamps_full"):
        add_stamp(school)
    for place in (1, 3, 4):
        hide_stamp(school, place)
    assert stamps(school) == ()
    assert document_bytes(school, DocumentKind.PROGRAMME).startswith(b"%PDF")
    reset_stamps(school)
    assert stamps(school) == as_it_was
    records.undo(school)
    assert stamps(school) == ()


def test_that_a_stamp_taken_away_stands_as_the_methodology_has_it(school: Workspace) -> None:
    edit_stamp(school, 3, heading="ВВЕДЕНО В ДЕЙСТВИЕ")
    remove_stamp(school, 3)
    assert stamps(school)[2].title == "УТВЕРЖДЕНО"
    edit_stamp(school, 3, heading="ВВЕДЕНО В ДЕЙСТВИЕ")
    records.undo(school)
    assert stamps(school)[2].title == "УТВЕРЖДЕНО"


def test_that_words_in_braces_that_name_nothing_are_refused(school: Workspace) -> None:
    with pytest.raises(KnownError, match=r"programme\.stamp_words"):
        edit_stamp(school, 1, lines="протокол {номер}")
    with pytest.raises(KnownError, match=r"programme\.stamp_empty"):
        edit_stamp(school, 1, heading=" ", lines=" ")


def test_that_long_lines_are_printed_in_every_format(school: Workspace) -> None:
    edit_stamp(school, 1, heading="СОГЛАСОВАНО С УПРАВЛЯЮЩИМ СОВЕТОМ ШКОЛЫ", lines="\n".join(["Я" * 100] * 5))
    add_stamp(school)
    for form in info_of(DocumentKind.PROGRAMME).formats:
        assert document_bytes(school, DocumentKind.PROGRAMME, form=form)
