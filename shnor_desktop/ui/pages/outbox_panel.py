"""«Отправка и ответы»: every package with its track, sending it now or onto a flash drive, the proof to print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from shnor_desktop.services import journal, outbox, packages
from shnor_desktop.services.channels import channels
from shnor_desktop.services.delivery import Delivery
from shnor_desktop.services.delivery_views import delivery_words, marks
from shnor_desktop.services.document_kinds import DocumentFormat, DocumentKind
from shnor_desktop.services.documents import write_document
from shnor_desktop.services.drives import Drive, drives
from shnor_desktop.services.inbox import Fetched, waiting
from shnor_desktop.services.journal import PackageLine
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.ui.dialogs import choose_save
from shnor_desktop.ui.dialogs.qualified_signature import QualifiedDialog
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.channels_runner import Report, runner_of
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.theme import Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState

_LOOK_FOR_DRIVES_MS = 3000
_ROW_STATES = {
    "prepared": (RowState.WAITING, Tone.MUTED),
    "handed": (RowState.WAITING, Tone.MUTED),
    "received": (RowState.WAITING, Tone.MUTED),
    "accepted": (RowState.DONE, Tone.LOW),
    "returned": (RowState.WARNING, Tone.MEDIUM),
}
_COLUMNS = [
    Column("number", "№", 4, is_number=True),
    Column("made", "Дата", 11),
    Column("way", "Что", 17),
    Column("track", "Путь", 6),
    Column("state", "Состояние", 14),
]
_NOTHING = "Пакетов ещё нет. Здесь будет видно, докуда дошёл каждый и что на него ответили."
_ANSWER = Column("answer", "Ответ центра", 20, stretches=True)
_SCHOOL = Column("answer", "Школа", 20, stretches=True)


@dataclass(frozen=True, slots=True)
class OutboxView:
    """The packages, how each stands on its way, what came and waits for a person, and whether a channel is on."""

    lines: tuple[PackageLine, ...]
    deliveries: Mapping[str, Delivery]
    waiting: tuple[Fetched, ...]
    has_channel: bool


def read_outbox(workspace: Workspace, *, only_outgoing: bool = False) -> OutboxView:
    """Read it all; off the interface thread."""
    lines = [line for line in journal.journal(workspace) if line.is_outgoing or not only_outgoing]
    is_on = any(one.is_on for one in channels(workspace))
    return OutboxView(tuple(lines), outbox.deliveries(workspace), tuple(waiting(workspace)), is_on)


class OutboxPanel(QWidget):
    """The table, its tools, and what is said of the chosen package; `take_wanted` asks the page to take files in."""

    take_wanted = Signal(list)

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        self._desk = page.desk
        self._view = OutboxView((), {}, (), False)
        self._drives: list[Drive] = []
        self._trouble = ""
        self._is_centre = page.desk.workspace.kind is StoreKind.MUNICIPAL
        self.table = RecordTable([*_COLUMNS, _SCHOOL if self._is_centre else _ANSWER], "Отправка и ответы")
        self.table.set_row_lines(2)
        self.table.row_selected.connect(lambda _: self._show_tools())
        self.how = SignText(self)
        self.came = SignText(self)
        self.take = Button("Посмотреть, что пришло", ButtonKind.PLAIN, "inbox")
        self.take.clicked.connect(self._on_take_clicked)
        self._make_tools()
        column = QVBoxLayout(self)
        set_gaps(column, 0.5)
        column.addWidget(self._tools)
        column.addWidget(self.came)
        column.addWidget(self.table, 1)
        column.addWidget(self.how)
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_FOR_DRIVES_MS)
        self._look.timeout.connect(self._look_for_drives)
        self._look.start()
        runner = runner_of(page.desk)
        runner.done.connect(self._on_round_done)
        runner.busy_changed.connect(lambda _: self._show_tools())

    def show_outbox(self, view: OutboxView) -> None:
        """Show what was read; the chosen package stays chosen."""
        self._view = view
        self.table.set_rows([self._row(line) for line in view.lines])
        self._show_came()
        self._show_tools()

    def send_now(self) -> None:
        """«Отправить сейчас»: the chosen package, and what else waits."""
        line, desk = self._chosen(), self._desk
        workspace, is_again = desk.workspace, False
        if line is None or not line.is_outgoing:
            runner_of(desk).round(force=True)
            return
        is_again = line.id in self._view.deliveries and line.state != "prepared"

        def sent(delivery: Delivery) -> None:
            runner_of(desk).round(force=True, only=delivery.package)

        desk.write(lambda: outbox.enqueue(workspace, line.id, again=is_again), sent)

    def send_to(self, drive: Drive) -> None:
        """Copy the chosen package onto a drive."""
        line, desk = self._chosen(), self._desk
        if line is None:
            return

        def done(delivery: Delivery) -> None:
            proof = delivery.proofs[-1]
            words = f"Пакет № {line.number} записан на флешку {drive.title} и прочитан обратно."
            safely = "Извлеките флешку через «Безопасное извлечение»."
            desk.say(Notice(words, f"Папка: {proof.where}.", safely), MessageLevel.DONE)

        self._page.run_long(
            "Записываем на флешку", lambda _task: outbox.send_to_drive(desk.workspace, line.id, drive), done
        )

    def print_proof(self, line: PackageLine, form: DocumentFormat = DocumentFormat.PDF) -> None:
        """Ask where, and write the sheet that proves the delivery."""
        name = f"podtverzhdenie-peredachi_{line.number:03}.{form.value}"
        target = choose_save(self.window(), "Сохранить подтверждение", f"Документ (*.{form.value})", Path.home() / name)
        if target is not None:
            self.write_proof(line, target, form)

    def write_proof(self, line: PackageLine, target: Path, form: DocumentFormat = DocumentFormat.PDF) -> None:
        """Write the sheet into a file that was chosen."""
        workspace, kind = self._desk.workspace, DocumentKind.DELIVERY_PROOF

        def done(_written: object) -> None:
            words = Notice(f"Подтверждение сохранено: {target.name}.", f"Папка: {target.parent}.")
            self._desk.say(words, MessageLevel.DONE, "Открыть", lambda: open_file(target))

        self._page.run_long(
            "Готовим подтверждение",
            lambda _task: write_document(workspace, kind, target, line.school, form, which=line.id),
            done,
            changes=False,
        )

    def _make_tools(self) -> None:
        self._tools = QWidget(self)
        row = FlowLayout(self._tools)
        set_gaps(row, 0.5)
        self.send = Button("Отправить сейчас", ButtonKind.PLAIN, "send")
        self.send.clicked.connect(self.send_now)
        self.flash = Button("На флешку", ButtonKind.PLAIN, "usb")
        self.flash.clicked.connect(self._on_flash_clicked)
        self.from_flash = Button("Принять с флешки", ButtonKind.PLAIN, "usb")
        self.from_flash.clicked.connect(self._on_from_flash_clicked)
        self.handed = Button("Отметить переданным", ButtonKind.PLAIN, "check")
        self.handed.clicked.connect(self._on_handed_clicked)
        self.more = Button("Ещё", ButtonKind.PLAIN, "ellipsis")
        self._menu = QMenu(self.more)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.more.setMenu(self._menu)
        for button in (self.send, self.flash, self.handed, self.more, self.take, self.from_flash):
            row.addWidget(button)
        self.flash.hide()
        self.from_flash.hide()

    def _fill_menu(self) -> None:
        self._menu.clear()
        line = self._chosen()
        if line is None:
            return
        if line.path is not None:
            folder = line.path.parent
            self._menu.addAction("Открыть папку").triggered.connect(lambda: open_file(folder))
        if line.is_outgoing and line.state != "prepared":
            proof = self._menu.addMenu("Подтверждение передачи")
            for form in (DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.XLSX):
                proof.addAction(form.caption).triggered.connect(partial(self._on_proof_chosen, line, form))
        if line.is_outgoing and line.path is not None and not self._desk.is_read_only:
            path = line.path
            self._menu.addAction("УКЭП руководителя…").triggered.connect(lambda: self._sign(path))

    def _on_proof_chosen(self, line: PackageLine, form: DocumentFormat, _checked: bool = False) -> None:
        self.print_proof(line, form)

    def _sign(self, path: Path) -> None:
        dialog = QualifiedDialog(self._page, path)
        dialog.attached.connect(lambda _attached: self._desk.changed.emit())
        dialog.open()

    def _chosen(self) -> PackageLine | None:
        chosen = self.table.current_id()
        return next((line for line in self._view.lines if line.id == chosen), None)

    def _show_tools(self) -> None:
        line, may = self._chosen(), not self._desk.is_read_only
        is_ours = line is not None and line.is_outgoing and not line.superseded_by
        busy = runner_of(self._desk).is_busy
        self.send.setText("Отправляем…" if busy else "Отправить сейчас")
        self.send.setVisible(self._view.has_channel)
        self.send.setEnabled(may and not busy)
        self.handed.setEnabled(may and line is not None and line.state == "prepared" and line.is_outgoing)
        self.more.setEnabled(line is not None)
        writable = [drive for drive in self._drives if drive.is_writable]
        self.flash.setVisible(bool(writable))
        self.flash.setEnabled(may and is_ours)
        self.flash.setText(f"На флешку {writable[0].title}" if writable else "На флешку")
        self.take.setVisible(bool(self._view.waiting))
        count = sum(len(drive.waiting) for drive in self._drives)
        self.from_flash.setVisible(bool(count))
        self.from_flash.setText(f"Принять с флешки ({count})")
        words, is_trouble = delivery_words(self._view.deliveries.get(line.id) if line is not None else None)
        words = words if self._view.lines else _NOTHING
        self.how.set_words(words, "circle-alert" if is_trouble else "info", Tone.HIGH if is_trouble else Tone.MUTED)

    def _look_for_drives(self) -> None:
        if self.isVisible():
            self._desk.read(lambda: drives(self._desk.workspace), self._on_drives_read, lambda _error: None)

    def _on_drives_read(self, found: list[Drive]) -> None:
        if found != self._drives:
            self._drives = found
            self._show_tools()

    def _on_flash_clicked(self) -> None:
        drive = next((drive for drive in self._drives if drive.is_writable), None)
        if drive is not None:
            self.send_to(drive)

    def _on_from_flash_clicked(self) -> None:
        self.take_wanted.emit([path for drive in self._drives for path in drive.waiting])

    def _on_take_clicked(self) -> None:
        self.take_wanted.emit([Path(one.file) for one in self._view.waiting])

    def _on_handed_clicked(self) -> None:
        line = self._chosen()
        if line is not None:
            self._desk.write(lambda: packages.mark_handed(self._desk.workspace, line.id))

    def _on_round_done(self, report: Report) -> None:
        """A channel that could not be looked into is told in one quiet line."""
        self._trouble = ""
        if report.awaited:
            self._trouble = f"Пришли не все письма, остальные ожидаются: {'; '.join(report.awaited[:3])}."
        if report.failed:
            title, error = report.failed[0]
            self._trouble = f"Канал «{title}»: {explain(error).what}"
        self._show_came()

    def _show_came(self) -> None:
        names = ", ".join(one.name for one in self._view.waiting[:3])
        if names:
            self.came.set_words(f"Пришло и ждёт вас: {names}", "inbox", Tone.MEDIUM)
        else:
            self.came.set_words(self._trouble, "circle-alert", Tone.MUTED)

    def _row(self, line: PackageLine) -> Row:
        state, tone = _ROW_STATES.get(line.state, (RowState.NONE, Tone.MUTED))
        delivery = self._view.deliveries.get(line.id)
        if delivery is not None and delivery.needs_person:
            state, tone = RowState.ERROR, Tone.HIGH
        if not line.is_outgoing or line.superseded_by:
            state, tone = RowState.NONE, Tone.MUTED
        way = f"{'отправка' if line.is_outgoing else 'получено'}: {line.kind}"
        last = line.school_name if self._is_centre else line.decision_words
        cells = (str(line.number), line.made_on, way, marks(line), line.state_words, last)
        return Row(line.id, cells, (), state, {"state": tone, "track": tone}, line.file_name)


def open_file(path: Path) -> None:
    """Show a file or folder in the program of the system."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
