"""«Обмен»: проверить → посмотреть, что уходит → заверить и сохранить; below, the packages and their answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services import journal, packages
from shnor_desktop.services.attachments import size_words
from shnor_desktop.services.calendar import Returned, returned_of
from shnor_desktop.services.check import CheckResult, check
from shnor_desktop.services.facts import today
from shnor_desktop.services.journal import PackageLine
from shnor_desktop.services.packages import Exported, Leaving
from shnor_desktop.services.remark_feed import RemarkThread, threads
from shnor_desktop.services.teamwork import DelegationLine, delegations
from shnor_desktop.ui.dialogs import PreviewDialog, choose_files, choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.arrivals import PATTERN, Arrivals
from shnor_desktop.ui.pages.leaving import files_words, leaving_lines
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState
from shnor_desktop.ui.workspaces.school.exchange_team import TeamPanel
from shnor_desktop.ui.workspaces.school.remarks import RemarksPanel, returned_words

_ROW_STATES = {
    "prepared": (RowState.WAITING, Tone.MUTED),
    "handed": (RowState.WAITING, Tone.MUTED),
    "received": (RowState.WAITING, Tone.MUTED),
    "accepted": (RowState.DONE, Tone.LOW),
    "returned": (RowState.WARNING, Tone.MEDIUM),
}


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """What the page shows."""

    result: CheckResult
    leaving: Leaving
    lines: tuple[PackageLine, ...]
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
        self._arrivals.judged.connect(lambda _: self.refresh())
        self.header.set_primary("Заверить и сохранить пакет", "package").setEnabled(False)
        self.header.primary_clicked.connect(self.save_package)
        self.header.add_secondary("Принять файл", "inbox", self.choose_receipts)
        self._steps = [_Step(str(number), title) for number, title in enumerate(_STEPS, 1)]
        self._steps[0].set_action("Открыть проверку", lambda: desk.open("check"))
        self._steps[1].set_action("Посмотреть, что уходит", self.show_leaving)
        self._table = RecordTable(_COLUMNS, "Журнал пакетов")
        self._table.set_row_lines(2)
        self._table.row_selected.connect(lambda _: self._show_tools())
        self._handed = Button("Отметить переданным", ButtonKind.PLAIN, "send")
        self._handed.clicked.connect(self._on_handed_clicked)
        self._folder = Button("Открыть папку", ButtonKind.PLAIN, "folder-open")
        self._folder.clicked.connect(self._on_folder_clicked)
        self.team = TeamPanel(self, _open_folder)
        self.parts = SegmentBar("Журнал пакетов или части у коллег")
        self.parts.chosen.connect(self._on_part_chosen)
        self._stack = QStackedWidget(self)
        self._remarks = SignText(self)
        self.remarks = RemarksPanel(desk)
        self.remarks.send_again.connect(self._on_send_again)
        self._no_remarks = label(_NO_REMARKS, TextStyle.BODY, Tone.MUTED)
        self._no_remarks.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._digits = label("", TextStyle.SMALL, Tone.MUTED)
        self.set_body(self._lay_out())

    def load(self) -> ExchangeView:
        """Check, preview and journal in one reading."""
        workspace = self.desk.workspace
        returned = returned_of(workspace)
        days_left = (returned.due - today(workspace)).days if returned else 0
        return ExchangeView(
            check(workspace),
            packages.leaving(workspace),
            tuple(journal.journal(workspace)),
            tuple(threads(workspace)),
            workspace.identity.certificate.fingerprint_words,
            tuple(delegations(workspace)),
            returned,
            days_left,
        )

    def show_data(self, snapshot: ExchangeView) -> None:
        """Show the steps and the journal."""
        self._view = snapshot
        result, leaving = snapshot.result, snapshot.leaving
        tone = Tone.LOW if result.is_clean else Tone.HIGH
        self._steps[0].set_state(result.summary, "circle-check" if result.is_clean else "circle-alert", tone)
        self._steps[1].set_state(_leaving_words(leaving), "eye", Tone.MUTED)
        ready = "Пакет можно сохранить." if result.is_clean else "Сначала исправьте ошибки: пакет с ними не примут."
        self._steps[2].set_state(ready, "package" if result.is_clean else "lock", Tone.MUTED)
        if self.header.primary is not None:
            self.header.primary.setEnabled(result.is_clean and not self.desk.is_read_only)
        words = plural(snapshot.open_remarks, "замечание", "замечания", "замечаний")
        self._remarks.set_words(
            f"Ждут ответа: {words}." if snapshot.open_remarks else "", "message-square", Tone.MEDIUM
        )
        self._digits.setText(f"Цифры для сверки с центром по телефону: {snapshot.fingerprint}")
        self._table.set_rows([_row(line) for line in snapshot.lines])
        self.team.show_parts(snapshot.parts)
        self.remarks.show_remarks(snapshot.remarks)
        self.remarks.show_returned(
            returned_words(snapshot.returned, snapshot.days_left), is_late=snapshot.days_left < 0
        )
        has_remarks = bool(snapshot.remarks or snapshot.returned)
        self.remarks.setVisible(has_remarks)
        self._no_remarks.setVisible(not has_remarks)
        self._show_tools()

    def show_target(self, target: Target) -> None:
        """A remark that «Сегодня» or the check names."""
        if target.entity == "remark":
            self.remarks.show_remark(target.row)

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
        purpose = f"Получатель: {self._view.leaving.receiver}. Уходит только то, чего у него ещё нет."
        lines = leaving_lines(self._view.leaving)
        dialog = PreviewDialog("Что уходит", purpose, lines, "Заверить и сохранить", "Вернуться", self.window())
        dialog.do_button.setEnabled(self._view.result.is_clean and not self._view.leaving.is_too_large)
        dialog.accepted.connect(self.save_package)
        dialog.open()

    def save_package(self) -> None:
        """Ask for a folder and write the package into it."""
        folder = choose_folder(self, "Куда сохранить пакет: папка или флешка")
        if folder is not None:
            self.export_to(folder)

    def export_to(self, folder: Path) -> None:
        """Write the package; what came of it is said in words."""
        workspace = self.desk.workspace

        def work(task: Any) -> Exported:
            task.report(0, 0, "проверяем, заверяем, записываем")
            return packages.export_package(workspace, folder)

        self.run_long("Готовим пакет", work, self._on_exported)

    def _on_exported(self, exported: Exported) -> None:
        size = f"{max(1, exported.size // 1024)} КБ"
        words = Notice(
            f"Пакет № {exported.number} сохранён: {exported.path.name} ({size}).",
            f"Папка: {exported.path.parent}.",
            "Передайте файл в муниципальный центр и отметьте это в журнале.",
        )
        self.desk.say(words, MessageLevel.DONE, "Открыть папку", lambda: _open_folder(exported.path.parent))

    def _chosen(self) -> PackageLine | None:
        chosen = self._table.current_id()
        lines = self._view.lines if self._view else ()
        return next((line for line in lines if line.id == chosen), None)

    def _show_tools(self) -> None:
        line = self._chosen()
        self._handed.setEnabled(line is not None and line.state == "prepared")
        self._folder.setEnabled(line is not None and line.path is not None)

    def _on_handed_clicked(self) -> None:
        line = self._chosen()
        if line is not None:
            self.desk.write(lambda: packages.mark_handed(self.desk.workspace, line.id))

    def _on_folder_clicked(self) -> None:
        line = self._chosen()
        if line is not None and line.path is not None:
            _open_folder(line.path.parent)

    def _lay_out(self) -> QWidget:
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0.75, (1, 0.75, 1, 0.75))
        steps = QHBoxLayout()
        set_gaps(steps, 0.75)
        for step in self._steps:
            steps.addWidget(step, 1)
        column.addLayout(steps)
        column.addWidget(self._remarks)
        column.addWidget(MasterDetail(self._lay_out_journal(), self._lay_out_remarks(), 0.64, "К журналу"), 1)
        column.addWidget(self._digits)
        return body

    def _lay_out_remarks(self) -> QWidget:
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        set_gaps(column, 0, (0.75, 0.5, 0.5, 0))
        column.addWidget(self._no_remarks)
        column.addWidget(self.remarks, 1)
        return whole

    def _lay_out_journal(self) -> QWidget:
        journal_part = QWidget(self)
        column = QVBoxLayout(journal_part)
        set_gaps(column, 0.5)
        tools = QHBoxLayout()
        set_gaps(tools, 0.5)
        tools.addStretch(1)
        tools.addWidget(self._handed)
        tools.addWidget(self._folder)
        column.addLayout(tools)
        column.addWidget(self._table, 1)
        self._stack.addWidget(journal_part)
        self._stack.addWidget(self.team)
        self.parts.set_segments([(_JOURNAL, "Журнал пакетов"), (_TEAM, "Части у коллег")])
        whole = QWidget(self)
        under = QVBoxLayout(whole)
        set_gaps(under, 0.5)
        under.addWidget(self.parts)
        under.addWidget(self._stack, 1)
        return whole

    def _on_part_chosen(self, part: str) -> None:
        self._stack.setCurrentIndex(int(part == _TEAM))


_NO_REMARKS = "Замечаний центра нет. Они появятся здесь, когда придёт его ответ на пакет."
_JOURNAL, _TEAM = "journal", "team"
_STEPS = ("Проверить", "Посмотреть, что уходит", "Заверить и сохранить")
_COLUMNS = [
    Column("number", "№", 4, is_number=True),
    Column("made", "Дата", 11),
    Column("way", "Что", 17),
    Column("state", "Состояние", 14),
    Column("answer", "Ответ центра", 24, stretches=True),
]


class _Step(QWidget):
    """One of the three steps: its number, how it stands, and an action."""

    def __init__(self, number: str, title: str) -> None:
        super().__init__()
        self.setAccessibleName(f"Шаг {number}. {title}")
        self._state = SignText(self)
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0.4, 0)
        self._column.addWidget(label(f"{number}. {title}", TextStyle.SECTION))
        self._column.addWidget(self._state)
        self._column.addStretch(1)

    def set_state(self, words: str, icon: str, tone: Tone) -> None:
        """How the step stands."""
        self._state.set_words(words, icon, tone)

    def set_action(self, words: str, action: Any) -> None:
        """A link below the words."""
        button = Button(words, ButtonKind.LINK)
        button.clicked.connect(lambda _=False: action())
        self._column.insertWidget(2, button, 0, Qt.AlignmentFlag.AlignLeft)


def _leaving_words(leaving: Leaving) -> str:
    if not leaving.batches:
        return "Новых данных нет: у центра уже всё есть."
    rows = sum(line.rows for line in leaving.lines)
    words = plural(rows, "запись", "записи", "записей")
    files = f", {files_words(leaving.files)} ({size_words(leaving.file_bytes)})" if leaving.files else ""
    return f"{words}{files} для получателя «{leaving.receiver}»" + (", полный пакет." if leaving.is_full else ".")


def _row(line: PackageLine) -> Row:
    state, tone = _ROW_STATES.get(line.state, (RowState.NONE, Tone.MUTED))
    if not line.is_outgoing:
        state, tone = RowState.NONE, Tone.MUTED
    way = f"{'отправка' if line.is_outgoing else 'получено'}: {line.kind}"
    cells = (str(line.number), line.made_on, way, line.state_words, line.decision_words)
    return Row(line.id, cells, (), state, {"state": tone}, line.file_name)


def _open_folder(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
