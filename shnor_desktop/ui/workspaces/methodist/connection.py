"""«Связь»: what of a methodist's files is on its way, the channels, and how this computer stands with the centre."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.services.inbox import settle
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.arrivals import Arrivals, Arrived
from shnor_desktop.ui.pages.channels_pane import ChannelsPane
from shnor_desktop.ui.pages.outbox_panel import OutboxPanel, OutboxView, read_outbox
from shnor_desktop.ui.pages.trust_own import ComputerPane
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.segments import SegmentBar

_PURPOSE = "Файлы для школ и центра уходят сами, когда есть связь. Центр узнаёт этот компьютер без звонка."
_OUTBOX, _CHANNELS, _COMPUTER = "outbox", "channels", "computer"


class ConnectionPage(DeskPage):
    """Three parts, each of which other desks have too."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Связь", _PURPOSE, parent)
        self._arrivals = Arrivals(self)
        self._arrivals.judged.connect(self._on_judged)
        self.outbox = OutboxPanel(self)
        self.outbox.take_wanted.connect(self.take_files)
        self.channels = ChannelsPane(self)
        self.computer = ComputerPane(self)
        self.parts = SegmentBar("Части страницы")
        self.parts.set_segments([(_OUTBOX, "Отправка и ответы"), (_CHANNELS, "Каналы"), (_COMPUTER, "Этот компьютер")])
        self.parts.chosen.connect(self._on_part_chosen)
        self._stack = QStackedWidget(self)
        for part in (self.outbox, self.channels, self.computer):
            self._stack.addWidget(part)
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0.5, (1, 0.5, 1, 0.75))
        column.addWidget(self.parts)
        column.addWidget(self._stack, 1)
        self.set_body(body)

    def load(self) -> OutboxView:
        """The files that were made here."""
        return read_outbox(self.desk.workspace, only_outgoing=True)

    def show_data(self, snapshot: OutboxView) -> None:
        """Show how far each has come; the shown part reads for itself."""
        self.outbox.show_outbox(snapshot)
        shown = self._stack.currentWidget()
        if shown is self.channels or shown is self.computer:
            shown.refresh()

    def take_files(self, files: list[Path]) -> None:
        """Take in what came and waits."""
        self._arrivals.take_in(files)

    def _on_judged(self, arrived: list[Arrived]) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: settle(workspace, {one.file: one.verdict for one in arrived}))

    def _on_part_chosen(self, part: str) -> None:
        if part == _OUTBOX:
            self._stack.setCurrentWidget(self.outbox)
            return
        shown = self.channels if part == _CHANNELS else self.computer
        self._stack.setCurrentWidget(shown)
        shown.refresh()
