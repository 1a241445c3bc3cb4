"""Taking workbooks «Ф1» in: read beside, shown what would change, then taken in as one step each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.russian import plural
from shnor_desktop.services import results
from shnor_desktop.services.results import ImportedResults, ResultsPreview
from shnor_desktop.services.wording import explain
from shnor_desktop.ui.dialogs import PreviewDialog, PreviewLine, choose_files
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.pages import DeskPage
from shnor_desktop.ui.tasks import Task
from shnor_desktop.ui.theme import Tone

PATTERN = "Книги Excel (*.xlsx *.xlsm *.xls);;Все файлы (*)"


@dataclass(frozen=True, slots=True)
class Looked:
    """A file with what its import would do, or why it is refused."""

    path: Path
    preview: ResultsPreview | None
    refusal: Worded | None = None


class WorkbookImport(QObject):
    """Belongs to the page of results."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        self.dialog: PreviewDialog | None = None

    def choose(self) -> None:
        """Ask for files."""
        self.preview(choose_files(self._page, "Книги «Ф1 Индивидуальные результаты»", PATTERN))

    def preview(self, paths: Sequence[Path]) -> None:
        """Read the files beside and show what their import would change."""
        if not paths or self._page.desk.is_read_only:
            return
        workspace = self._page.desk.workspace

        def look(task: Task) -> list[Looked]:
            found = []
            for at, path in enumerate(paths):
                task.report(at, len(paths), f"Читаю «{path.name}»")
                try:
                    found.append(Looked(path, results.preview_workbook(workspace, path)))
                except KnownError as error:
                    found.append(Looked(path, None, explain(error)))
            return found

        self._page.run_long("Читаю книгу…", look, self._on_looked, changes=False)

    def _on_looked(self, found: list[Looked]) -> None:
        good = [one for one in found if one.preview is not None and not one.preview.is_unchanged]
        refused = [one for one in found if one.refusal is not None]
        if not good:
            message = refused[0].refusal if refused else None
            level = MessageLevel.ERROR if refused else MessageLevel.INFO
            self._page.desk.say(message or Notice("Эти результаты уже загружены.", "Ничего не изменилось."), level)
            return
        lines = [line for one in found for line in _lines(one)]
        purpose = "Пока ничего не записано. Загрузка отменяется одним шагом: Ctrl+Z."
        self.dialog = PreviewDialog(
            "Что изменит загрузка", purpose, lines, "Загрузить", "Не загружать", self._page.window()
        )
        self.dialog.accepted.connect(lambda: self._take_in([one.path for one in good]))
        self.dialog.open()

    def _take_in(self, paths: Sequence[Path]) -> None:
        workspace = self._page.desk.workspace

        def work(task: Task) -> list[ImportedResults]:
            done = []
            for at, path in enumerate(paths):
                task.report(at, len(paths), f"Загружаю «{path.name}»")
                done.append(results.import_workbook(workspace, path))
            return done

        self._page.run_long("Загружаю…", work, self._on_taken_in)

    def _on_taken_in(self, done: list[ImportedResults]) -> None:
        if len(done) == 1:
            self._page.desk.say(Notice(done[0].words), MessageLevel.DONE)
        else:
            books = plural(len(done), "книга", "книги", "книг")
            self._page.desk.say(Notice(f"Загружено: {books}."), MessageLevel.DONE)


def _lines(looked: Looked) -> Iterator[PreviewLine]:
    if looked.refusal is not None:
        yield PreviewLine(f"«{looked.path.name}» не загрузится", "", looked.refusal.what, Tone.HIGH)
    for book in looked.preview.workbooks if looked.preview else ():
        people = f"{book.summary.get('participants', '')} участников"
        yield PreviewLine(book.title, people, book.words, Tone.NORMAL)
        for change in book.changes:
            yield PreviewLine(f"    {change.caption}", "", f"{change.old or 'пусто'} → {change.new or 'пусто'}")
        for warning in book.warnings:
            yield PreviewLine(f"    {warning.what}", "", warning.do or warning.means, Tone.MEDIUM)
