"""What stands under the three steps of «Обмен», part by part. A new part is a line here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from shnor_desktop.ui.pages import DeskPage
from shnor_desktop.ui.pages.channels_pane import ChannelsPane
from shnor_desktop.ui.pages.trust_own import ComputerPane

JOURNAL, CHANNELS, TEAM, COMPUTERS = "journal", "channels", "team", "computers"


@dataclass(frozen=True, slots=True)
class Section:
    """A part: `make` gets the page and gives a widget; if that has `refresh()`, it is called after every reading."""

    key: str
    title: str
    make: Callable[[DeskPage], QWidget]


def later_sections() -> tuple[Section, ...]:
    """The parts after «Отправка и ответы» and «Части у коллег», each made when it is first opened."""
    return (Section(CHANNELS, "Каналы", ChannelsPane), Section(COMPUTERS, "Этот компьютер", ComputerPane))
