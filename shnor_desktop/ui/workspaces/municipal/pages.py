"""The sidebar of a municipal centre."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shnor_desktop.services import centre
from shnor_desktop.services.attention import attention
from shnor_desktop.ui.pages import Desk, DeskState
from shnor_desktop.ui.pages.channels_start import begin_channels
from shnor_desktop.ui.shell.pages import PageSpec
from shnor_desktop.ui.workspaces.municipal.arrivals_page import ArrivalsPage
from shnor_desktop.ui.workspaces.municipal.identification import IdentificationPage
from shnor_desktop.ui.workspaces.municipal.journal import JournalPage
from shnor_desktop.ui.workspaces.municipal.methodology import MethodologyPage
from shnor_desktop.ui.workspaces.municipal.plan import PlanPage
from shnor_desktop.ui.workspaces.municipal.registry import RegistryPage
from shnor_desktop.ui.workspaces.municipal.review import ReviewPage
from shnor_desktop.ui.workspaces.municipal.schools import SchoolsPage
from shnor_desktop.ui.workspaces.municipal.trust import TrustPage

FILES_PAGE = "arrivals"
"""The page that takes files dropped on the window."""


def municipal_pages(desk: Desk) -> list[PageSpec]:
    """The pages of the centre, in the order of the sidebar."""
    begin_channels(desk)
    return [
        PageSpec("schools", "Школы", "school", lambda: SchoolsPage(desk)),
        PageSpec("arrivals", "Приём", "package", lambda: ArrivalsPage(desk)),
        PageSpec("review", "Рассмотрение", "clipboard-check", lambda: ReviewPage(desk)),
        PageSpec("registry", "Реестр", "list", lambda: RegistryPage(_own_desk(desk))),
        PageSpec("identification", "Выявление", "target", lambda: IdentificationPage(desk, "methodology")),
        PageSpec("plan", "План", "list-checks", lambda: PlanPage(_own_desk(desk))),
        PageSpec("methodology", "Методика", "book-open", lambda: MethodologyPage(desk)),
        PageSpec("channels", "Почта и папки", "inbox", lambda: _channels(desk)),
        PageSpec("trust", "Доверие", "shield-check", lambda: TrustPage(desk)),
        PageSpec("journal", "Журнал", "history", lambda: JournalPage(desk)),
    ]


def _channels(desk: Desk) -> QWidget:
    from shnor_desktop.ui.workspaces.municipal.channels import ChannelsPage  # with mail and network: when it is opened

    return ChannelsPage(desk)


def _own_desk(desk: Desk) -> Desk:
    """The desk over what the centre keeps of its own; changes made on either are told on this one."""
    workspace = desk.workspace
    own = Desk(desk.window, workspace, desk.tasks, desk.failures, workspace.centre, ("", ""), desk)
    desk.changed.connect(own.changed)
    return own


def municipal_state(desk: Desk) -> DeskState:
    """How many schools wait for an answer."""
    lines = centre.schools(desk.workspace)
    waiting = sum(1 for line in lines if line.state == "received")
    channels = attention(desk.workspace)
    return DeskState({"schools": waiting, "channels": channels.for_person}, channels.words)
