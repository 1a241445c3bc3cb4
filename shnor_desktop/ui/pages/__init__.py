"""What every workspace builds its pages from: the desk that they share, the page over it, records, history.

Workspaces do not know each other; what two of them show (a school's records read by its centre) lives here.
"""

from shnor_desktop.ui.pages.desk import Desk, DeskState
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.target import Target

__all__ = ["Desk", "DeskPage", "DeskState", "Target"]
