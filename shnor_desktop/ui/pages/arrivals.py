"""Taking files in: one verdict each, in words; an unknown sender is confirmed by digits read over the phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from shnor_desktop.services.arrivals import Verdict, VerdictCode, import_package
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.tasks import Task
from shnor_desktop.ui.theme import TextStyle, Tone
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState

PATTERN = "Пакеты ШНОР-Десктоп (*.shnor *.shnor.age);;Все файлы (*)"
_STATES = {
    VerdictCode.ACCEPTED: (RowState.DONE, Tone.LOW),
    VerdictCode.ACCEPTED_WITH_REMARKS: (RowState.WARNING, Tone.MEDIUM),
    VerdictCode.ALREADY_HERE: (RowState.NONE, Tone.MUTED),
    VerdictCode.OLDER: (RowState.NONE, Tone.MUTED),
}


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file with what became of it."""

    file: Path
    verdict: Verdict


class Arrivals(QObject):
    """Takes files in for a page: progress under its header, verdicts by `judged`, questions about senders."""

    judged = Signal(list)

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page

    def take_in(self, files: Sequence[Path], trust: str = "") -> None:
        """Take in files one after another; one bad file never stops the others."""
        workspace = self._page.desk.workspace

        def work(task: Task) -> list[Arrived]:
            found: list[Arrived] = []
            for at, file in enumerate(files):
                task.report(at, len(files), file.name)
                found.append(Arrived(file, import_package(workspace, file, trust)))
            return found

        self._page.run_long("Проверяем и принимаем пакеты", work, self._on_done)

    def _on_done(self, arrived: list[Arrived]) -> None:
        self.judged.emit(arrived)
        self._tell(arrived)
        unknown = next((one for one in arrived if one.verdict.fingerprint), None)
        if unknown is not None:
            self._ask(unknown)

    def _tell(self, arrived: list[Arrived]) -> None:
        if len(arrived) == 1:
            verdict = arrived[0].verdict
            notes = " ".join(verdict.note_words)
            message = verdict.message
            level = MessageLevel.DONE if verdict.code.is_fine else MessageLevel.ERROR
            level = MessageLevel.WARNING if verdict.code is VerdictCode.SENDER_UNKNOWN or notes else level
            words = Notice(message.what, message.means, f"{message.do} {notes}".strip(), message.code)
            self._page.desk.say(words, level)
            return
        fine = sum(1 for one in arrived if one.verdict.code.is_fine)
        level = MessageLevel.DONE if fine == len(arrived) else MessageLevel.WARNING
        self._page.desk.say(
            Notice(f"Принято {fine} из {len(arrived)}.", "Вердикт по каждому файлу — в таблице."), level
        )

    def _ask(self, unknown: Arrived) -> None:
        verdict = unknown.verdict
        question = f"Подтвердить отправителя: {verdict.sender}?"
        consequence = (
            "Файл цел, но этот отправитель присылает пакет впервые или с нового компьютера. "
            "Позвоните ему и сверьте цифры: они стоят на его сопроводительном листе, а ещё на странице «Обмен» школы "
            "или методиста, у центра – на странице «Доверие»."
        )
        dialog = ConfirmDialog(question, consequence, "Цифры совпали, подтвердить", "Отложить", self._page.window())
        dialog.extra.addWidget(label(verdict.fingerprint, TextStyle.SECTION))
        dialog.accepted.connect(lambda: self.take_in([unknown.file], verdict.fingerprint))
        dialog.open()


class VerdictTable(RecordTable):
    """The verdicts of the last files, in words."""

    def __init__(self, parent: QWidget | None = None) -> None:
        columns = [
            Column("file", "Файл", 36, stretches=True),
            Column("school", "Отправитель", 28),
            Column("verdict", "Вердикт", 26),
            Column("words", "Пояснение", 50),
        ]
        super().__init__(columns, "Вердикты по файлам", parent)
        self.set_row_lines(2)

    def show_arrived(self, arrived: Sequence[Arrived]) -> None:
        """Show a list of files with their verdicts."""
        self.set_rows([self._row(at, one.verdict) for at, one in enumerate(arrived)])

    @staticmethod
    def _row(at: int, verdict: Verdict) -> Row:
        state, tone = _STATES.get(verdict.code, (RowState.ERROR, Tone.HIGH))
        notes = " ".join(verdict.note_words)
        words = f"{verdict.message.means or verdict.message.what} {notes}".strip()
        cells = (verdict.file, verdict.sender, verdict.code.caption, words)
        return Row(str(at), cells, (), state, {"verdict": tone}, verdict.message.text)
