"""«Почта и папки»: the answers, the methodology and the invitations of a centre on their way, and the channels."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.answers import AnswerDue, answers_due, make_answers
from shnor_desktop.services.inbox import settle
from shnor_desktop.services.packages import Exported
from shnor_desktop.services.wording import Message
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.arrivals import Arrivals, Arrived
from shnor_desktop.ui.pages.channels_pane import ChannelsPane
from shnor_desktop.ui.pages.channels_runner import runner_of
from shnor_desktop.ui.pages.outbox_panel import OutboxPanel, OutboxView, read_outbox
from shnor_desktop.ui.theme import Tone, set_gaps
from shnor_desktop.ui.widgets.labels import SignText
from shnor_desktop.ui.widgets.segments import SegmentBar

_PURPOSE = "Ответы, методика и приглашения уходят школам сами, когда есть связь; пакеты школ приходят сюда же."
_OUTBOX, _CHANNELS = "outbox", "channels"


@dataclass(frozen=True, slots=True)
class ChannelsView:
    """What is on its way, and which answers are ready to be given."""

    outbox: OutboxView
    due: tuple[AnswerDue, ...]


class ChannelsPage(DeskPage):
    """One button gives every answer that is ready."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Почта и папки", _PURPOSE, parent)
        self._view = ChannelsView(OutboxView((), {}, (), False), ())
        self._arrivals = Arrivals(self)
        self._arrivals.judged.connect(self._on_judged)
        self.header.set_primary("Отправить все ответы", "send").setEnabled(False)
        self.header.primary_clicked.connect(self.send_answers)
        self.due = SignText(self)
        self.outbox = OutboxPanel(self)
        self.outbox.take_wanted.connect(self.take_files)
        self.channels = ChannelsPane(self)
        self.parts = SegmentBar("Части страницы")
        self.parts.set_segments([(_OUTBOX, "Отправка и ответы"), (_CHANNELS, "Каналы")])
        self.parts.chosen.connect(self._on_part_chosen)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.outbox)
        self._stack.addWidget(self.channels)
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0.5, (1, 0.5, 1, 0.75))
        column.addWidget(self.due)
        column.addWidget(self.parts)
        column.addWidget(self._stack, 1)
        self.set_body(body)

    def load(self) -> ChannelsView:
        """The packages that were made here, and the answers that are ready."""
        workspace = self.desk.workspace
        return ChannelsView(read_outbox(workspace, only_outgoing=True), tuple(answers_due(workspace)))

    def show_data(self, snapshot: ChannelsView) -> None:
        """Fill the table and count the answers."""
        self._view = snapshot
        self.outbox.show_outbox(snapshot.outbox)
        count = len(snapshot.due)
        if self.header.primary is not None:
            words = "Отправить все ответы" if snapshot.outbox.has_channel else "Подготовить все ответы"
            self.header.primary.setText(f"{words} ({count})" if count else words)
            self.header.primary.setEnabled(bool(count) and not self.desk.is_read_only)
        names = ", ".join(one.name for one in snapshot.due[:5]) + (" и другие" if count > 5 else "")
        said = f"Ждут ответа: {names}." if count else ""
        self.due.set_words(said, "message-square", Tone.MEDIUM)
        if self._stack.currentWidget() is self.channels:
            self.channels.refresh()

    def send_answers(self) -> None:
        """Make the receipt of every school that was decided on; where a channel is on they go by themselves."""
        workspace = self.desk.workspace
        self.run_long("Готовим ответы", lambda _task: make_answers(workspace), self._on_made)

    def take_files(self, files: list[Path]) -> None:
        """Take in what came and waits."""
        self._arrivals.take_in(files)

    def _on_made(self, result: tuple[list[Exported], list[tuple[str, Message]]]) -> None:
        made, failed = result
        words = plural(len(made), "ответ готов", "ответа готовы", "ответов готовы")
        has_channel = self._view.outbox.has_channel
        then = "Они уходят сами; состояние видно в таблице." if has_channel else "Передайте файлы школам."
        folder = f"Папка: {made[0].path.parent}." if made else ""
        if failed:
            name, message = failed[0]
            self.desk.say(Notice(f"{words}; не вышло: {name}.", message.what, message.do), MessageLevel.WARNING)
        else:
            self.desk.say(Notice(f"{words}.".capitalize(), folder, then), MessageLevel.DONE)
        if has_channel:
            runner_of(self.desk).round(force=True)

    def _on_judged(self, arrived: list[Arrived]) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: settle(workspace, {one.file: one.verdict for one in arrived}))

    def _on_part_chosen(self, part: str) -> None:
        self._stack.setCurrentWidget(self.channels if part == _CHANNELS else self.outbox)
        if part == _CHANNELS:
            self.channels.refresh()
