"""The sidebar of a methodist."""

from __future__ import annotations

from shnor_desktop.services.methodist import curated_schools
from shnor_desktop.ui.pages import Desk, DeskState
from shnor_desktop.ui.pages.channels_start import begin_channels
from shnor_desktop.ui.pages.review_page import ReviewPage
from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.workspaces.methodist.connection import ConnectionPage
from shnor_desktop.ui.workspaces.methodist.exchange import ExchangePage
from shnor_desktop.ui.workspaces.methodist.schools import SchoolsPage
from shnor_desktop.ui.workspaces.methodist.visits import VisitsPage

FILES_PAGE = "schools"
"""The page that takes files dropped on the window."""


def methodist_pages(desk: Desk) -> list[PageSpec]:
    """The pages of a methodist, in the order of the sidebar."""
    begin_channels(desk)
    return [
        PageSpec("schools", "Школы", "school", lambda: SchoolsPage(desk)),
        PageSpec("review", "Рассмотрение", "clipboard-check", lambda: ReviewPage(desk)),
        PageSpec("visits", "Посещения", "users", lambda: VisitsPage(_desk_of_a_school(desk))),
        PageSpec("exchange", "Обмен", "package", lambda: ExchangePage(desk)),
        PageSpec("connection", "Связь", "inbox", lambda: ConnectionPage(desk)),
    ]


def _desk_of_a_school(desk: Desk) -> Desk:
    """The desk over one school at a time; changes made on either are told on both."""
    reasons = (desk.why_read_only, desk.who_may_change)
    own = Desk(desk.window, desk.workspace, desk.tasks, desk.failures, "", reasons, desk)
    desk.changed.connect(own.changed)
    own.changed.connect(desk.refresh_state)
    return own


def methodist_state(desk: Desk) -> DeskState:
    """Remarks that schools have mended wait on «Рассмотрение», own work that was not handed over on «Обмен»."""
    schools = curated_schools(desk.workspace)
    fixed = sum(one.fixed_remarks for one in schools)
    hand = sum(1 for one in schools if one.to_hand)
    return DeskState({"review": fixed, "exchange": hand})
