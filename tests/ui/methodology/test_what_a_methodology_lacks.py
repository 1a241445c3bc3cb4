"""A centre reads the findings of the linter where it edits its methodology."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.services import pack_drafts, pack_editing
from shnor_desktop.services.pack_lint import lint_groups
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.workspaces.municipal.methodology import LINT
from shnor_desktop.ui.workspaces.municipal.methodology import MethodologyPage as CentrePage
from tests.services.exchange_desks import Desks, desks, without_check
from tests.ui.methodology.test_methodology_in_windows import make_desk, open_centre

__all__ = ["desks", "make_desk", "without_check"]


def headings(page: CentrePage) -> list[str]:
    """The kinds of findings with their numbers, as shown."""
    return [card.heading for card in page.lint.lines.cards_model.cards if card.heading]


def expected(pack: Pack) -> list[str]:
    """The same from the linter."""
    return [f"{group.caption}: {group.count}" for group in lint_groups(pack)]


def test_that_what_a_version_lacks_is_listed_by_kind(
    qtbot: QtBot, make_desk: Callable[[Workspace], Desk], desks: Desks
) -> None:
    page = open_centre(qtbot, make_desk(desks.centre))
    page.show_part(LINT)
    qtbot.waitUntil(lambda: f"версия {desks.centre.pack.version}" in page.lint.words.text())
    assert headings(page) == expected(desks.centre.pack)


def test_that_of_a_draft_its_own_findings_are_listed_and_none_while_it_has_faults(
    qtbot: QtBot, make_desk: Callable[[Workspace], Desk], desks: Desks
) -> None:
    centre = desks.centre
    pack_editing.begin_draft(centre, centre.pack.hash)
    pack_editing.edit_field(centre, "measures/0", "number", "1.1")
    pack_editing.edit_field(centre, "measures/0", "deadline", "")
    page = open_centre(qtbot, make_desk(centre))
    page.show_part(LINT)
    qtbot.waitUntil(lambda: "черновик" in page.lint.words.text())
    draft = pack_drafts.read_draft(centre)
    assert draft is not None
    assert draft.examined.pack is not None
    assert headings(page) == expected(draft.examined.pack)
    assert headings(page) != expected(centre.pack)
    pack_editing.edit_field(centre, "measures/0", "title", "")
    page.refresh()
    qtbot.waitUntil(lambda: "Исправьте" in page.lint.words.text())
    assert not page.lint.lines.isVisible()


def test_that_an_empty_list_of_differences_draws_no_box(
    qtbot: QtBot, make_desk: Callable[[Workspace], Desk], desks: Desks
) -> None:
    page = open_centre(qtbot, make_desk(desks.centre))
    assert not page.versions.lines.isVisible()
