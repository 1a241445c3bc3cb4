"""A block pasted into a table of records: shown before more than ten cells change, taken in as one step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.pasting import PastePlan, apply_paste, plan_paste
from shnor_desktop.ui.dialogs import PreviewDialog, PreviewLine
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.record_rows import RecordSpec
from shnor_desktop.ui.theme import Tone

_MOST_UNSEEN = 10


class RecordPaste(QObject):
    """Plans beside, asks, writes."""

    def __init__(self, desk: Desk, spec: RecordSpec, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self.spec = spec
        self._window = parent
        self.dialog: PreviewDialog | None = None

    def take(self, column: str, block: Sequence[Sequence[str]]) -> None:
        """A block that was pasted with the cursor in a column."""
        if self._desk.is_read_only:
            return
        desk, spec = self._desk, self.spec
        at = spec.columns.index(column) if column in spec.columns else 0
        columns = spec.columns[at:]
        fixed = {**spec.fixed, **spec.begun_with}
        desk.read(lambda: plan_paste(desk.workspace, spec.cls, block, columns, fixed, desk.school), self._on_planned)

    def _on_planned(self, plan: PastePlan) -> None:
        if not plan.rows:
            first = plan.problems[0] if plan.problems else None
            why = f"Строка {first.line}, «{first.caption}»: {first.text}" if first else "Такие строки уже есть."
            do = "Скопируйте и строку заголовков: тогда подойдут любые столбцы. Без неё порядок — как в таблице."
            self._desk.say(Notice("Вставлять нечего.", why, do))
        elif plan.cells <= _MOST_UNSEEN and not plan.problems:
            self._apply(plan)
        else:
            self._ask(plan)

    def _ask(self, plan: PastePlan) -> None:
        purpose = "Пока ничего не записано. Вставка отменяется одним шагом: Ctrl+Z."
        self.dialog = PreviewDialog(
            "Что изменит вставка", purpose, list(_lines(plan)), "Вставить", "Не вставлять", self._window.window()
        )
        self.dialog.accepted.connect(lambda: self._apply(plan))
        self.dialog.open()

    def _apply(self, plan: PastePlan) -> None:
        desk = self._desk

        def on_done(_: object) -> None:
            rows = plural(len(plan.rows), "строка", "строки", "строк")
            left = f"Пропущено ячеек: {len(plan.problems)}." if plan.problems else ""
            desk.say(Notice(f"Вставлено: {rows}.", left), MessageLevel.DONE)

        desk.write(lambda: apply_paste(desk.workspace, plan, desk.school), on_done)


def _lines(plan: PastePlan) -> Iterator[PreviewLine]:
    for problem in plan.problems:
        yield PreviewLine(f"Строка {problem.line}, «{problem.caption}»", "пропущено", problem.text, Tone.HIGH)
    for row in plan.rows:
        fields = plural(len(row.cells), "поле", "поля", "полей")
        yield PreviewLine(row.title, fields, "новая запись" if row.is_new else "изменится", Tone.NORMAL)
        for cell in () if row.is_new else row.cells:
            yield PreviewLine(f"    {cell.caption}", "", f"{cell.old or 'пусто'} → {cell.new or 'пусто'}")
