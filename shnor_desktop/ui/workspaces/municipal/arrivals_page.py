"""«Приём»: a folder of packages at once; the quarantine; the log of what was taken in, to be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services import import_bench, import_runs, quarantine
from shnor_desktop.services.arrival_words import asking_letter
from shnor_desktop.services.import_bench import BenchResult, HowEnded, RunOptions
from shnor_desktop.services.import_runs import ImportRun
from shnor_desktop.services.package_folders import Found, find_packages
from shnor_desktop.services.quarantine import Quarantined
from shnor_desktop.ui.dialogs import choose_files, choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.arrivals import PATTERN
from shnor_desktop.ui.tasks import Task
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.municipal.arrivals_actions import (
    QuarantineActions,
    RunActions,
    ask_digits,
    open_folder_of,
    watch_of,
)
from shnor_desktop.ui.workspaces.municipal.arrivals_bench import BenchPane, summary_words
from shnor_desktop.ui.workspaces.municipal.arrivals_kept import QuarantinePane, RunsPane

_BENCH, _KEPT, _RUNS = "bench", "quarantine", "runs"
_PRINTS = "Таблица Excel (*.xlsx);;Документ PDF (*.pdf)"


@dataclass(frozen=True, slots=True)
class _Data:
    name: str
    entries: tuple[Quarantined, ...]
    runs: tuple[ImportRun, ...]


class ArrivalsPage(DeskPage):
    """Choose a folder, look at the verdicts, take the good ones in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        purpose = "Папка пакетов принимается за один раз: сначала вердикт по каждому файлу, затем запись."
        super().__init__(desk, "Приём", purpose, parent)
        self._name = ""
        self._found = Found((), ())
        self._rehearsed: BenchResult | None = None
        self.parts = SegmentBar("Части страницы")
        self.parts.chosen.connect(lambda _: self._show_part())
        self.header.add_secondary("Выбрать файлы", "file-text", self.choose_files)
        self.folder = self.header.add_secondary("Выбрать папку", "folder-open", self.choose_folder)
        self.header.set_primary("Принять", "inbox")
        self.header.primary_clicked.connect(self.take_in)
        self.bench = BenchPane(self)
        self.bench.folder_wanted.connect(self.choose_folder)
        self.bench.help_wanted.connect(lambda: self.ask_help("arrivals"))
        self.bench.confirm_wanted.connect(self._confirm_judged)
        self.bench.letter_wanted.connect(self._copy_letter)
        self.bench.place_wanted.connect(lambda place: open_folder_of(self._file(place)))
        self.kept, self.runs = QuarantinePane(self), RunsPane(self)
        self.quarantined = QuarantineActions(self, self.kept)
        self.log = RunActions(self, self.runs)
        self._stack = QStackedWidget(self)
        for pane in (self.bench, self.kept, self.runs):
            self._stack.addWidget(pane)
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(self.parts)
        column.addWidget(self._stack, 1)
        self.set_body(body)
        self._show_counts(_Data("", (), ()))
        self._show_primary()

    def load(self) -> _Data:
        """The quarantine and the runs."""
        workspace = self.desk.workspace
        with workspace.reading() as reader:
            name = reader.records.meta("name")
        return _Data(name, tuple(quarantine.entries(workspace)), tuple(import_runs.runs(workspace)))

    def show_data(self, snapshot: _Data) -> None:
        """Fill the quarantine and the log; the verdicts on the bench stay."""
        self._name = snapshot.name
        self._show_counts(snapshot)
        self.kept.show_entries(snapshot.entries)
        self.runs.show_runs(snapshot.runs)

    def choose_folder(self) -> None:
        """Let the person choose a folder; packages in folders inside it are found too."""
        folder = choose_folder(self, "Папка с пакетами школ")
        if folder is not None:
            self.take_files([folder])

    def choose_files(self) -> None:
        """Let the person choose packages."""
        files = choose_files(self, "Пакеты школ", PATTERN)
        if files:
            self.take_files(files)

    def take_files(self, files: list[Path]) -> None:
        """Judge files and folders that were chosen or dropped on the window; nothing is written yet."""
        workspace = self.desk.workspace

        def work(task: Task) -> tuple[Found, BenchResult]:
            skipped = [quarantine.folder_beside(workspace)]
            found = find_packages(files, recursive=True, without=skipped)
            return found, import_bench.rehearse(workspace, found.packages, watch_of(task))

        self.parts.select(_BENCH)
        self._show_part()
        self.run_long("Проверяю пакеты", work, self._on_rehearsed, changes=False)

    def open_target(self, target: str) -> None:
        """Files of another page, a path a line; or one of the parts of the page."""
        if target in (_BENCH, _KEPT, _RUNS):
            self.parts.select(target)
            self._show_part()
        elif target:
            self.take_files([Path(line) for line in target.split("\n")])
        self.refresh()

    def take_in(self) -> None:
        """Take in what was judged good; the others go to quarantine where that was left checked."""
        rehearsed = self._rehearsed
        if rehearsed is None:
            return
        keeps = self.bench.keeps_bad.isChecked()
        chosen = sorted(rehearsed.judged, key=lambda one: one.place)
        files = [one.file for one in chosen if keeps or one.verdict.code.is_fine]
        workspace, options = self.desk.workspace, RunOptions(keeps_bad=keeps)
        self.run_long(
            "Принимаю пакеты", lambda task: import_bench.run(workspace, files, options, watch_of(task)), self._on_run
        )

    def _on_rehearsed(self, given: tuple[Found, BenchResult]) -> None:
        self._found, result = given
        if not self._found.packages:
            self._rehearsed = None
            self.bench.show_nothing()
            others = len(self._found.others)
            self.desk.say(
                Notice("В этой папке нет пакетов.", f"Пакеты — файлы .shnor и .shnor.age. Других файлов: {others}."),
                MessageLevel.WARNING,
            )
        else:
            self._rehearsed = result if result.ended is HowEnded.DONE else None
            self.bench.show_result(result, self._found.others, is_rehearsal=True)
        self._show_primary()

    def _on_run(self, result: BenchResult) -> None:
        self._rehearsed = None
        self.bench.show_result(result, self._found.others, is_rehearsal=False)
        self._show_primary()
        kept = sum(1 for one in result.judged if one.quarantined)
        means = f"В карантине теперь {plural(kept, 'файл', 'файла', 'файлов')} из этой папки." if kept else ""
        level = MessageLevel.DONE if result.is_fine else MessageLevel.WARNING
        notice = Notice(summary_words(result, is_rehearsal=False), means)
        if result.run:
            self.desk.say(notice, level, "Журнал приёмов", lambda: self.open_target(_RUNS))
        else:
            self.desk.say(notice, level)
        self.refresh()

    def _show_primary(self) -> None:
        good = 0
        if self._rehearsed is not None:
            good = sum(1 for one in self._rehearsed.judged if one.verdict.code.value.startswith("accepted"))
        button = self.header.primary
        assert button is not None
        button.setText(f"Принять годные ({good})" if good else "Принять")
        button.setEnabled(good > 0 and not self.desk.is_read_only)
        button.updateGeometry()

    def _show_counts(self, data: _Data) -> None:
        kept = f"Карантин ({len(data.entries)})" if data.entries else "Карантин"
        self.parts.set_segments([(_BENCH, "Приём"), (_KEPT, kept), (_RUNS, "Журнал приёмов")])

    def _show_part(self) -> None:
        self._stack.setCurrentIndex((_BENCH, _KEPT, _RUNS).index(self.parts.current() or _BENCH))

    def _file(self, place: int) -> Path | None:
        one = self.bench.judged(place)
        return one.file if one is not None else None

    def _confirm_judged(self, place: int) -> None:
        one = self.bench.judged(place)
        if one is None:
            return
        workspace, files = self.desk.workspace, list(self._found.packages)

        def work(task: Task) -> tuple[Found, BenchResult]:
            import_bench.run(workspace, [one.file], RunOptions(one.verdict.fingerprint, keeps_bad=False))
            return self._found, import_bench.rehearse(workspace, files, watch_of(task))

        ask_digits(
            self,
            one.verdict.sender,
            one.verdict.fingerprint,
            lambda: self.run_long("Принимаю пакет", work, self._on_rehearsed),
        )

    def _copy_letter(self, place: int) -> None:
        one = self.bench.judged(place)
        if one is None:
            return
        QGuiApplication.clipboard().setText(asking_letter(one.verdict, self._name))
        self.desk.say(Notice("Просьба скопирована.", "", "Вставьте её в письмо школе: Ctrl+V."), MessageLevel.DONE)
