"""«Обмен»: проверить → посмотреть, что уходит → заверить и передать; below, the packages, channels and colleagues."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services import packages
from shnor_desktop.services.calendar import Returned, returned_of
from shnor_desktop.services.channels import outgoing_folder
from shnor_desktop.services.check import CheckResult, check
from shnor_desktop.services.facts import today
from shnor_desktop.services.inbox import settle
from shnor_desktop.services.leaving import Leaving, leaving
from shnor_desktop.services.packages import Exported
from shnor_desktop.services.remark_feed import RemarkThread, threads
from shnor_desktop.services.teamwork import DelegationLine, delegations
from shnor_desktop.ui.dialogs import choose_files, choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.arrivals import PATTERN, Arrivals, Arrived
from shnor_desktop.ui.pages.channels_runner import runner_of
from shnor_desktop.ui.pages.leaving import ORDINARY, LeavingChoice, LeavingDialog
from shnor_desktop.ui.pages.outbox_panel import OutboxPanel, OutboxView, open_file, read_outbox
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.school.exchange_sections import JOURNAL, TEAM, later_sections
from shnor_desktop.ui.workspaces.school.exchange_step import STEPS, Step, leaving_words
from shnor_desktop.ui.workspaces.school.exchange_team import TeamPanel
from shnor_desktop.ui.workspaces.school.remarks import RemarksPanel, returned_words


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """What the page shows."""

    result: CheckResult
    leaving: Leaving
    outbox: OutboxView
    remarks: tuple[RemarkThread, ...]
    fingerprint: str
    parts: tuple[DelegationLine, ...] = ()
    returned: Returned | None = None
    days_left: int = 0

    @property
    def open_remarks(self) -> int:
        """Remarks that wait for the school."""
        return sum(1 for remark in self.remarks if remark.line.waits_for_school)


class ExchangePage(DeskPage):
    """One way in three steps; keys are never mentioned unless a centre asks for the digits."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        purpose = "Три шага до пакета для муниципального центра. Его можно отнести на флешке или отправить почтой."
        super().__init__(desk, "Обмен", purpose, parent)
        self._view: ExchangeView | None = None
        self._arrivals = Arrivals(self)
        self._arrivals.judged.connect(self._on_judged)
        self.header.set_primary(_SAVE, "package").setEnabled(False)
        self.header.primary_clicked.connect(self.save_package)
        self.header.add_secondary("Принять файл", "inbox", self.choose_receipts)
        self._steps = [Step(str(number), title) for number, title in enumerate(STEPS, 1)]
        self._steps[0].set_action("Открыть проверку", lambda: desk.open("check"))
        self._steps[1].set_action("Посмотреть, что уходит", self.show_leaving)
        self._steps[2].set_action("Сохранить в папку…", self.choose_folder)
        self.outbox = OutboxPanel(self)
        self.outbox.take_wanted.connect(self.take_files)
        self._table = self.outbox.table
        self.team = TeamPanel(self, open_file)
        self.parts = SegmentBar("Части страницы обмена")
        self.parts.chosen.connect(self._on_part_chosen)
        self._stack = QStackedWidget(self)
        self.news = SignText(self)
        self._to_remarks = Button("К замечаниям", ButtonKind.LINK, "arrow-right")
        self._to_remarks.clicked.connect(lambda: self.show_part(REMARKS))
        self.remarks = RemarksPanel(desk)
        self.remarks.send_again.connect(self._on_send_again)
        self._digits = label("", TextStyle.SMALL, Tone.MUTED)
        self._lay_out_sections()
        self.set_body(self._lay_out())

    def load(self) -> ExchangeView:
        """Check, preview and journal in one reading."""
        workspace = self.desk.workspace
        returned = returned_of(workspace)
        days_left = (returned.due - today(workspace)).days if returned else 0
        return ExchangeView(
            check(workspace),
            leaving(workspace),
            read_outbox(workspace),
            tuple(threads(workspace)),
            workspace.identity.certificate.fingerprint_words,
            tuple(delegations(workspace)),
            returned,
            days_left,
        )

    def show_data(self, snapshot: ExchangeView) -> None:
        """Show the steps and the journal."""
        self._view = snapshot
        result, leaves = snapshot.result, snapshot.leaving
        tone = Tone.LOW if result.is_clean else Tone.HIGH
        self._steps[0].set_state(result.summary, "circle-check" if result.is_clean else "circle-alert", tone)
        self._steps[1].set_state(leaving_words(leaves), "eye", Tone.MUTED)
        ready = _ready_words(snapshot) if result.is_clean else "Сначала исправьте ошибки: пакет с ними не примут."
        self._steps[2].set_state(ready, "package" if result.is_clean else "lock", Tone.MUTED)
        if self.header.primary is not None:
            self.header.primary.setText(_SEND if snapshot.outbox.has_channel else _SAVE)
            self.header.primary.setEnabled(result.is_clean and not self.desk.is_read_only)
        self._show_news(snapshot)
        self._digits.setText(f"Цифры для сверки с центром по телефону: {snapshot.fingerprint}")
        self.outbox.show_outbox(snapshot.outbox)
        self.team.show_parts(snapshot.parts)
        self.remarks.show_remarks(snapshot.remarks)
        self._refresh_section()

    def show_target(self, target: Target) -> None:
        """A remark that «Сегодня» or the check names."""
        if target.entity == "remark":
            self.show_part(REMARKS)
            self.remarks.show_remark(target.row)

    def show_part(self, part: str) -> None:
        """Show one of the parts under the steps."""
        self.parts.select(part)
        self._on_part_chosen(part)

    def choose_receipts(self) -> None:
        """Let the person choose files of the centre and take them in."""
        files = choose_files(self, "Принять квитанцию центра или часть работы", PATTERN)
        if files:
            self.take_files(files)

    def take_files(self, files: list[Path]) -> None:
        """Take in files that were chosen or dropped on the window."""
        self._arrivals.take_in(files)

    def _on_send_again(self) -> None:
        """«Исправлено, отправить снова»: with errors the check comes first."""
        if self._view is not None and not self._view.result.is_clean:
            self.desk.open("check")
        else:
            self.save_package()

    def show_leaving(self) -> None:
        """The list of what the next package carries; from it the package can be saved."""
        if self._view is None:
            return
        dialog = LeavingDialog(self._view.leaving, self._view.result.is_clean, self.window())
        dialog.accepted.connect(lambda: self.save_package(dialog.choice))
        dialog.open()

    def save_package(self, choice: LeavingChoice = ORDINARY) -> None:
        """Write the package: where a channel is on it goes by itself, else the person says where it is to lie."""
        if self._view is not None and self._view.outbox.has_channel:
            self.export_to(outgoing_folder(self.desk.workspace), choice)
        else:
            self.choose_folder(choice)

    def choose_folder(self, choice: LeavingChoice = ORDINARY) -> None:
        """Ask for a folder and write the package into it."""
        folder = choose_folder(self, "Куда сохранить пакет: папка или флешка")
        if folder is not None:
            self.export_to(folder, choice)

    def export_to(self, folder: Path, choice: LeavingChoice = ORDINARY) -> None:
        """Write the package; what came of it is said in words."""
        workspace = self.desk.workspace

        def work(task: Any) -> Exported:
            task.report(0, 0, "проверяем, заверяем, записываем")
            return packages.export_package(
                workspace, folder, full=choice.full, plain=choice.plain, impersonal=choice.impersonal
            )

        self.run_long("Готовим пакет", work, self._on_exported)

    def _on_exported(self, exported: Exported) -> None:
        size = f"{max(1, exported.size // 1024)} КБ"
        folder = exported.path.parent
        by_itself = self._view is not None and self._view.outbox.has_channel
        words = Notice(
            f"Пакет № {exported.number} сохранён: {exported.path.name} ({size}).",
            f"Папка: {folder}. {_CLOSED if exported.is_encrypted else _OPEN}",
            _GOES if by_itself else "Передайте файл в муниципальный центр и отметьте это ниже, в «Отправка и ответы».",
        )
        self.desk.say(words, MessageLevel.DONE, "Открыть папку", lambda: open_file(folder))
        if by_itself:
            runner_of(self.desk).round(force=True)

    def _on_judged(self, arrived: list[Arrived]) -> None:
        """What had come by a channel and waited is settled."""
        workspace = self.desk.workspace
        self.desk.write(lambda: settle(workspace, {one.file: one.verdict for one in arrived}))

    def _lay_out(self) -> QWidget:
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0.75, (1, 0.75, 1, 0.75))
        self._three = QWidget(body)
        steps = QHBoxLayout(self._three)
        set_gaps(steps, 0.75)
        for step in self._steps:
            steps.addWidget(step, 1)
        column.addWidget(self._three)
        news = QHBoxLayout()
        set_gaps(news, 0.5)
        news.addWidget(self.news, 1)
        news.addWidget(self._to_remarks)
        column.addLayout(news)
        column.addWidget(self.parts)
        column.addWidget(self._stack, 1)
        column.addWidget(self._digits)
        return body

    def _show_news(self, snapshot: ExchangeView) -> None:
        """What waits for the school: a returned package with its day, remarks without an answer."""
        words = [returned_words(snapshot.returned, snapshot.days_left)]
        if snapshot.open_remarks:
            words.append(f"Ждут ответа: {plural(snapshot.open_remarks, 'замечание', 'замечания', 'замечаний')}.")
        tone = Tone.HIGH if snapshot.returned and snapshot.days_left < 0 else Tone.MEDIUM
        said = " ".join(part for part in words if part)
        self.news.set_words(said, "undo-2" if snapshot.returned else "message-square", tone)
        self._to_remarks.setVisible(bool(said))
        left = f" · {snapshot.open_remarks}" if snapshot.open_remarks else ""
        self._titles[REMARKS] = f"Замечания{left}"
        self.parts.set_segments(list(self._titles.items()))

    def _lay_out_sections(self) -> None:
        """Sending, remarks and the parts of colleagues are there at once, the others when they are first opened."""
        self._sections: dict[str, QWidget] = {JOURNAL: self.outbox, REMARKS: self.remarks, TEAM: self.team}
        for widget in self._sections.values():
            self._stack.addWidget(widget)
        later = [(section.key, section.title) for section in later_sections()]
        first = {JOURNAL: "Отправка и ответы", REMARKS: "Замечания"}
        self._titles = {**first, **dict(later[:1]), TEAM: "Части у коллег", **dict(later[1:])}
        self.parts.set_segments(list(self._titles.items()))

    def _on_part_chosen(self, part: str) -> None:
        if part not in self._sections:
            section = next(section for section in later_sections() if section.key == part)
            self._sections[part] = section.make(self)
            self._stack.addWidget(self._sections[part])
        self._stack.setCurrentWidget(self._sections[part])
        self._three.setVisible(part == JOURNAL)  # the other parts get their room
        self._refresh_section()

    def _refresh_section(self) -> None:
        refresh = getattr(self._stack.currentWidget(), "refresh", None)
        if callable(refresh):
            refresh()


REMARKS = "remarks"
_CLOSED = "Файл зашифрован: прочесть его смогут только получатель и ваша школа."
_OPEN = "Файл не зашифрован: не оставляйте его там, где его откроют чужие."
_SAVE, _SEND = "Заверить и сохранить пакет", "Заверить и отправить пакет"
_GOES = "Он уйдёт сам, как только будет связь; состояние видно в таблице."


def _ready_words(view: ExchangeView) -> str:
    return "Пакет уйдёт сам, когда есть связь." if view.outbox.has_channel else "Пакет можно сохранить."
