"""What can be done with a file in quarantine and with a run of the log; questions before what cannot be undone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from shnor_desktop.domain.russian import plural
from shnor_desktop.services import import_print, import_runs, quarantine
from shnor_desktop.services.import_runs import ImportRun, UndoneRun
from shnor_desktop.services.import_survey import Watch
from shnor_desktop.services.verdicts import Verdict
from shnor_desktop.ui.dialogs import ConfirmDialog, choose_save
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import DeskPage
from shnor_desktop.ui.tasks import Task
from shnor_desktop.ui.theme import TextStyle
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.workspaces.municipal.arrivals_kept import QuarantinePane, RunsPane

_PRINTS = "Таблица Excel (*.xlsx);;Документ PDF (*.pdf)"


class QuarantineActions(QObject):
    """Does what the pane of the quarantine asks for."""

    def __init__(self, page: DeskPage, pane: QuarantinePane) -> None:
        super().__init__(page)
        self._page = page
        self._pane = pane
        pane.confirm_wanted.connect(self._confirm_kept)
        pane.retry_wanted.connect(lambda name: self._retry(name))
        pane.back_wanted.connect(self._put_back)
        pane.delete_wanted.connect(self._ask_delete)
        pane.folder_wanted.connect(lambda name: open_folder_of(self._kept_path(name)))

    def _kept_path(self, name: str) -> Path | None:
        entry = self._pane.entry(name)
        return Path(entry.path) if entry is not None else None

    def _confirm_kept(self, name: str) -> None:
        entry = self._pane.entry(name)
        if entry is not None:
            ask_digits(self._page, entry.sender, entry.fingerprint, lambda: self._retry(name, entry.fingerprint))

    def _retry(self, name: str, trust: str = "") -> None:
        workspace = self._page.desk.workspace

        def on_done(verdict: Verdict) -> None:
            level = MessageLevel.DONE if verdict.code.is_fine else MessageLevel.WARNING
            self._page.desk.say(verdict.message, level)

        self._page.desk.write(lambda: quarantine.retry(workspace, name, trust), on_done)

    def _put_back(self, name: str) -> None:
        workspace = self._page.desk.workspace

        def on_done(path: Path) -> None:
            self._page.desk.say(
                Notice(f"Файл «{path.name}» снова на месте.", f"Папка: {path.parent}."), MessageLevel.DONE
            )

        self._page.desk.write(lambda: quarantine.put_back(workspace, name), on_done)

    def _ask_delete(self, name: str) -> None:
        entry = self._pane.entry(name)
        if entry is None:
            return
        words = "Файл исчезнет из карантина навсегда. Данные программы не изменятся; пакет можно попросить ещё раз."
        dialog = ConfirmDialog(f"Удалить «{entry.file}»?", words, "Удалить файл", "Оставить", self._page.window())
        workspace = self._page.desk.workspace
        dialog.accepted.connect(lambda: self._page.desk.write(lambda: quarantine.delete(workspace, name)))
        dialog.open()


class RunActions(QObject):
    """Does what the pane of the log asks for."""

    def __init__(self, page: DeskPage, pane: RunsPane) -> None:
        super().__init__(page)
        self._page = page
        self._pane = pane
        pane.run_chosen.connect(self._show_run)
        pane.undo_wanted.connect(self._ask_undo)
        pane.print_wanted.connect(self.ask_print)

    def ask_print(self, name: str) -> None:
        """Ask where to write the log of a run."""
        run = self._pane.shown
        if run is None or run.id != name:
            return
        target = choose_save(
            self._page.window(), "Сохранить журнал приёма", _PRINTS, Path.home() / f"priem_{name[:10]}.xlsx"
        )
        if target is not None:
            self.write_log(target, run)

    def write_log(self, target: Path, run: ImportRun) -> None:
        """Write the log of a run into a file that was chosen."""
        workspace = self._page.desk.workspace

        def on_written(_: object) -> None:
            words = Notice(f"Журнал приёма сохранён: {target.name}.", f"Папка: {target.parent}.")
            self._page.desk.say(words, MessageLevel.DONE, "Открыть папку", lambda: open_folder_of(target))

        self._page.run_long(
            "Готовлю документ", lambda _: import_print.write_run(workspace, target, run), on_written, changes=False
        )

    def _show_run(self, name: str) -> None:
        workspace = self._page.desk.workspace

        def on_read(run: ImportRun) -> None:
            if run.id == self._pane.table.current_id():
                self._pane.show_files(run)

        if name:
            self._page.desk.read(lambda: import_runs.run_of(workspace, name), on_read)

    def _ask_undo(self, name: str) -> None:
        run = self._pane.shown
        if run is None or run.id != name or not run.taken:
            return
        packages = plural(len(run.taken), "пакета", "пакетов", "пакетов")
        words = (
            f"Данные школ станут такими, какими были до этого приёма: отменится приём {packages}, с последнего. "
            "Что уже учтено в вашей более поздней работе, останется. Файлы можно принять снова."
        )
        dialog = ConfirmDialog("Отменить этот приём?", words, "Отменить приём", "Оставить", self._page.window())
        workspace = self._page.desk.workspace
        dialog.accepted.connect(
            lambda: self._page.run_long(
                "Отменяю приём", lambda task: import_runs.undo_run(workspace, name, watch_of(task)), self._on_undone
            )
        )
        dialog.open()

    def _on_undone(self, done: UndoneRun) -> None:
        what = f"Отменён приём: {plural(len(done.undone), 'пакет', 'пакета', 'пакетов')}."
        means = ""
        if done.refused:
            line, message = done.refused[0]
            means = f"Остались: {len(done.refused)}. «{Path(line.file).name}»: {message.text}"
        self._page.desk.say(Notice(what, means), MessageLevel.WARNING if done.refused else MessageLevel.DONE)
        self._page.refresh()


def ask_digits(page: DeskPage, sender: str, digits: str, do: Callable[[], object]) -> None:
    """Ask to compare the digits of a sender over the phone; `do` when they agree."""
    consequence = (
        "Файл цел, но этот отправитель присылает пакет впервые или с нового компьютера. "
        "Позвоните ему и сверьте цифры: они стоят на его сопроводительном листе, а ещё на странице «Обмен» школы "
        "или методиста, у центра – на странице «Доверие»."
    )
    dialog = ConfirmDialog(
        f"Подтвердить отправителя: {sender}?", consequence, "Цифры совпали, подтвердить", "Отложить", page.window()
    )
    dialog.extra.addWidget(label(digits, TextStyle.SECTION))
    dialog.accepted.connect(do)
    dialog.open()


def open_folder_of(file: Path | None) -> None:
    """Show the folder of a file in the system's own window."""
    if file is not None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))


def watch_of(task: Task) -> Watch:
    """Tells the strip under the header; whoever pressed «Прервать» ends it between two files."""

    def watch(done: int, total: int, words: str) -> bool:
        task.progressed.emit(done, total, words)
        return not task.is_stopped()

    return watch
