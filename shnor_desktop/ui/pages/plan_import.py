"""«Загрузить файл…»: a plan of Word or Excel read beside, looked through, added as one step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from shiboken6 import isValid

from shnor_desktop.services import plan_import
from shnor_desktop.services.records import Done
from shnor_desktop.ui.dialogs import choose_file
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.plan_review import Decision, PlanReview, PlanReviewDialog
from shnor_desktop.ui.tasks import Task

_SUFFIXES = (".docx", ".xlsx", ".xlsm", ".doc", ".xls", ".odt", ".ods", ".pdf", ".rtf")


class PlanImport(QObject):
    """Belongs to the page of the road map; files of office programs that are dropped on the page come here."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        self.dialog: PlanReviewDialog | None = None
        if not page.desk.is_read_only:
            page.setAcceptDrops(True)
            page.installEventFilter(self)

    def choose(self) -> None:
        """Ask for a file."""
        path = choose_file(self._page, "План мероприятий в таблице Word или Excel", plan_import.PATTERNS)
        if path is not None:
            self.take_files([path])

    def take_files(self, paths: Sequence[Path]) -> None:
        """Read the first file beside and show what would come of it."""
        if not paths or self._page.desk.is_read_only or (self.dialog is not None and isValid(self.dialog)):
            return
        workspace, path = self._page.desk.workspace, paths[0]

        def work(_task: Task) -> PlanReview:
            file = plan_import.read_plan_file(path)
            return PlanReview(file, plan_import.find_measures(workspace, file), plan_import.plan_places(workspace))

        self._page.run_long(f"Читаю «{path.name}»…", work, self._on_read, changes=False)
        if len(paths) > 1:
            words = Notice(f"Читается один файл: «{path.name}».", "Остальные не тронуты.", "Загрузите их по одному.")
            self._page.desk.say(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take plans dropped on the page; everything else goes on to the window."""
        if event.type() == QEvent.Type.DragEnter and isinstance(event, QDragEnterEvent) and _files(event):
            event.acceptProposedAction()
            return True
        if event.type() == QEvent.Type.Drop and isinstance(event, QDropEvent) and _files(event):
            event.acceptProposedAction()
            self.take_files(_files(event))
            return True
        return super().eventFilter(watched, event)

    def _on_read(self, review: PlanReview) -> None:
        self.dialog = PlanReviewDialog(self._page.desk, review, self._page.window())
        self.dialog.decided.connect(self._on_decided)
        self.dialog.open()

    def _on_decided(self, decision: Decision) -> None:
        desk = self._page.desk
        workspace = desk.workspace

        def work() -> Done:
            done = plan_import.add_measures(workspace, decision.file, decision.measures, decision.task, decision.stage)
            plan_import.remember_layouts(decision.file)
            return done

        def on_done(done: Done) -> None:
            words = f"{done.operation[:1].upper()}{done.operation[1:]}."
            desk.say(Notice(words, "", "Отменить всю загрузку можно одним шагом: Ctrl+Z."), MessageLevel.DONE)

        desk.write(work, on_done)


def _files(event: QDropEvent) -> list[Path]:
    """The files of office programs among what is dragged; none if there is anything else."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return paths if paths and all(path.suffix.lower() in _SUFFIXES for path in paths) else []
