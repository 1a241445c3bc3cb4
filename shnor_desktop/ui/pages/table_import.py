"""«Загрузить файл…» of results, staff and passport: any table, recognised by its contents, file after file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject

from shnor_desktop.domain import findings
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import ColumnKind
from shnor_desktop.services import plan_import
from shnor_desktop.services.table_import import (
    PATTERNS,
    Imported,
    TableKind,
    apply_plan,
    read_table_file,
    remember_layouts,
)
from shnor_desktop.services.wording import explain
from shnor_desktop.ui.dialogs import choose_files
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.table_review import TableDecision, TableReview, TableReviewDialog, review_of
from shnor_desktop.ui.tasks import Task

_PAGES = {"staff_member": findings.STAFF, "school_class": findings.PASSPORT}
_PLAN = {ColumnKind.TITLE, ColumnKind.DEADLINE}
Read = TableReview | Worded | Path


class TableImport(QObject):
    """Belongs to a page; `expected` kinds are preferred where a table could be several."""

    def __init__(self, page: DeskPage, title: str, expected: Sequence[TableKind] = ()) -> None:
        super().__init__(page)
        self._page = page
        self._title = title
        self._expected = tuple(expected)
        self._waiting: list[Path] = []
        self.dialog: TableReviewDialog | None = None

    def choose(self) -> None:
        """Ask for files."""
        self.take_files(choose_files(self._page, self._title, PATTERNS))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Look the files through one after another; those that come meanwhile wait."""
        if self._page.desk.is_read_only:
            return
        is_busy = self.dialog is not None or bool(self._waiting)
        self._waiting += paths
        if not is_busy:
            self._next()

    def _next(self) -> None:
        if not self._waiting:
            return
        path, expected, workspace = self._waiting[0], self._expected, self._page.desk.workspace

        def work(_task: Task) -> Read:
            try:
                file = read_table_file(path, expected)
                if not file.is_recognised and _is_plan(path):
                    return path
                return review_of(workspace, file)
            except KnownError as error:
                return explain(error)

        rest = len(self._waiting) - 1
        more = f" Ждут ещё: {rest}." if rest else ""
        self._page.run_long(f"Читаю «{path.name}»…{more}", work, self._on_read, changes=False)

    def _on_read(self, read: Read) -> None:
        self._waiting.pop(0)
        desk = self._page.desk
        if isinstance(read, TableReview) and not read.plan.is_unchanged:
            self._open(read)
            return
        if isinstance(read, TableReview) and read.plan.kinds and not read.plan.notes:
            words = Notice(f"«{read.file.name}»: всё это уже загружено.", f"Узнано: {read.plan.captions}.")
            desk.say(words, MessageLevel.INFO)
        elif isinstance(read, TableReview):
            self._open(read)
            return
        elif isinstance(read, Path):
            desk.open(findings.ROADMAP)
            take = getattr(desk.window.page(findings.ROADMAP), "take_files", None)
            if callable(take):
                take([read])
        else:
            desk.say(read, MessageLevel.ERROR)
        self._next()

    def _open(self, review: TableReview) -> None:
        self.dialog = TableReviewDialog(self._page.desk, review, self._page.window())
        self.dialog.decided.connect(self._on_decided)
        self.dialog.finished.connect(self._on_closed)
        self.dialog.open()

    def _on_closed(self, _result: int) -> None:
        self.dialog = None
        self._next()

    def _on_decided(self, decision: TableDecision) -> None:
        desk = self._page.desk
        workspace, review = desk.workspace, decision.review

        def work() -> Imported:
            done = apply_plan(workspace, review.plan, decision.choice)
            if not review.file.is_f1:
                remember_layouts(review.file)
            return done

        def on_done(done: Imported) -> None:
            undo = "Отменить всю загрузку можно одним шагом: Ctrl+Z." if done.done.changed else ""
            desk.say(Notice(done.words, "", undo), MessageLevel.DONE)
            target = next((_PAGES.get(row.entity, findings.RESULTS) for row in review.plan.rows), "")
            if target and target != getattr(self._page, "page_id", findings.RESULTS):
                desk.open(target)

        desk.write(work, on_done)


def _is_plan(path: Path) -> bool:
    """Whether a workbook of no known kind is a plan of measures with deadlines."""
    try:
        plan = plan_import.read_plan_file(path)
    except KnownError:
        return False
    return bool(plan.plan.rows) and any(layout.is_taken and layout.kinds >= _PLAN for layout in plan.layouts)
