"""The frame of the window: it imports Qt and the theme only, so that it is on the screen before any data."""

from shnor_desktop.ui.shell.pages import PageSpec, SearchEntry
from shnor_desktop.ui.shell.window import MainWindow

__all__ = ["MainWindow", "PageSpec", "SearchEntry"]
