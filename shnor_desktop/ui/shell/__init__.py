"""The frame of the window: Qt and the theme only, so that it is on the screen before any data.

The names beside MainWindow are loaded when they are asked for: the empty frame needs none of them.
"""

from typing import TYPE_CHECKING, Any

from shnor_desktop.ui.shell.window import MainWindow

if TYPE_CHECKING:
    from shnor_desktop.ui.shell.pages import PageSpec, SearchEntry

__all__ = ["MainWindow", "PageSpec", "SearchEntry"]


def __getattr__(name: str) -> Any:
    if name in ("PageSpec", "SearchEntry"):
        from shnor_desktop.ui.shell import pages

        return getattr(pages, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
