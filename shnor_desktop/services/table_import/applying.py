"""A plan written: what was ticked of it, as one step that Ctrl+Z takes back whole."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.records import Done
from shnor_desktop.services.results import DATASET
from shnor_desktop.services.table_import.plan import Choice, ImportPlan, PlannedRow
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind

_LISTED = {
    "staff_member": ("загружен список педагогов", "педагог", "педагога", "педагогов"),
    "school_class": ("загружен список классов", "класс", "класса", "классов"),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: rows begun and rows changed, the step for Ctrl+Z."""

    done: Done
    added: int = 0
    changed: int = 0

    @property
    def words(self) -> str:
        """What happened, in a sentence."""
        if not self.done.changed:
            return "Всё это уже есть. Ничего не изменилось."
        parts = [f"добавлено {self.added}"] if self.added else []
        parts += [f"изменено {self.changed}"] if self.changed else []
        said = f"{self.done.operation[:1].upper()}{self.done.operation[1:]}"
        return f"{said} ({', '.join(parts)})." if parts else f"{said}."


def default_choice(plan: ImportPlan, *, overwrite: bool = False, confirmed: bool = False) -> dict[str, set[str]]:
    """What is ticked at first; `overwrite` takes what replaces typed values too, `confirmed` rows that are stopped.

    Of two rows of a file that mean the same stored one the first is taken: the other waits for a person.
    """
    chosen: dict[str, set[str]] = {}
    meant: set[tuple[str, str]] = set()
    for row in plan.rows:
        stopped = bool(row.stops) and not confirmed
        fields = {cell.field for cell in row.cells if cell.is_offered or (overwrite and cell.replaces)}
        is_twin = (row.entity, row.row) in meant
        meant.add((row.entity, row.row))
        if row.changes and not stopped and not is_twin and (row.is_offered or fields or (confirmed and row.stops)):
            chosen[row.key] = fields
    return chosen


def apply_plan(workspace: Workspace, plan: ImportPlan, choice: Choice) -> Imported:
    """Write what was chosen as one step, or, on any fault, nothing. KnownError table.nothing_chosen."""
    require_kind(workspace, StoreKind.SCHOOL)
    rows = [row for row in plan.rows if row.key in choice and row.changes]
    begun = {row.row for row in rows if row.is_new}
    waiting = {row.row for row in plan.rows if row.is_new} - begun
    rows = [row for row in rows if row.needs not in waiting]
    if not rows:
        raise KnownError("table.nothing_chosen", file=plan.file)
    operation = _operation(plan, rows)
    with workspace.writing() as transaction:
        requests: list[ChangeRequest] = []
        for row in rows:
            requests += _requests(row, choice)
            if row.dataset is not None:
                transaction.records.put_blob(workspace.school, DATASET, row.dataset)
        batch = workspace.append(transaction, requests, operation) if requests else None
    if batch is not None:
        workspace.undo_stack.done.append(batch.name)
        workspace.undo_stack.undone.clear()
    first = next((row for row in rows if not row.needs), rows[0])
    done = Done(operation, first.row, batch.name if batch is not None else "")
    tops = [row for row in rows if not row.needs]
    added = sum(1 for row in tops if row.is_new)
    touched = {row.needs or row.row for row in rows} - {row.row for row in tops if row.is_new}
    return Imported(done, added, len(touched))


def _requests(row: PlannedRow, choice: Choice) -> list[ChangeRequest]:
    taken = set(choice[row.key])
    cells = [cell for cell in row.cells if cell.is_key or cell.field in taken]
    begins: list[ChangeRequest] = [Restore(row.entity, row.row)] if row.is_new else []
    return [*begins, *[Set(row.entity, row.row, cell.field, cell.value) for cell in cells], *row.extra]


def _operation(plan: ImportPlan, rows: list[PlannedRow]) -> str:
    tops = [row for row in rows if not row.needs] or rows
    words = _LISTED.get(tops[0].entity)
    if words is not None:
        start, one, few, many = words
        return f"{start}: {plural(len(tops), one, few, many)}"
    return "загружены результаты из файла"
