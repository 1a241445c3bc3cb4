"""The rows of pupils of an F1 workbook."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Never

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.results import (
    JOURNAL_MARKS,
    MARKS,
    PupilResult,
    ResultWarning,
    Task,
    looks_like_a_name,
    looks_personal,
)
from shnor_desktop.domain.results_dataset import MAX_ROWS, MAX_TEXT
from shnor_desktop.importers.f1_layout import Column, folded, is_no_mark
from shnor_desktop.importers.workbook_rows import Cell, text_of

_TOTALS = ("итого", "всего", "средн")
_MAX_CODE = 40
_MAX_LABEL = 40


@dataclass(frozen=True, slots=True)
class PupilTable:
    """Where the columns are: `task_columns` follow `tasks`."""

    file: str
    columns: dict[Column, int]
    tasks: tuple[Task, ...]
    task_columns: tuple[int, ...]
    max_score: int


@dataclass(frozen=True, slots=True)
class Pupils:
    """The rows that were read, what they say of the school, and what to warn of."""

    rows: tuple[PupilResult, ...]
    school_name: str
    school_login: str
    warnings: tuple[ResultWarning, ...]


def read_pupils(rows: tuple[tuple[Cell, ...], ...], first_number: int, table: PupilTable) -> Pupils:
    """Read the rows under the header; `first_number` is the first one's number in the file."""
    pupils: list[PupilResult] = []
    schools: dict[str, str] = {}
    wrong_sums: list[int] = []
    for number, cells in enumerate(rows, start=first_number):
        row = _Row(cells, number, table)
        if not row.is_pupil():
            continue
        pupil = row.read()
        if pupil.total is not None and pupil.total != sum(score or 0 for score in pupil.scores):
            wrong_sums.append(number)
        pupils.append(pupil)
        schools.setdefault(row.text(Column.SCHOOL).lower(), row.text(Column.SCHOOL_NAME))
        if len(pupils) > MAX_ROWS:
            raise KnownError("results.too_large", file=table.file, limit=f"участников больше {MAX_ROWS}")
    _require_one_school(schools, table.file)
    if not pupils:
        raise KnownError("results.no_rows", file=table.file)
    login, name = next(((login, name) for login, name in schools.items() if login), ("", next(iter(schools.values()))))
    return Pupils(tuple(pupils), name[:MAX_TEXT], login[:MAX_TEXT], _warnings(pupils, wrong_sums))


def _require_one_school(schools: dict[str, str], file: str) -> None:
    logins = [login for login in schools if login]
    if len(logins) > 1:
        raise KnownError("results.several_schools", file=file, count=len(logins))


def _warnings(pupils: list[PupilResult], wrong_sums: list[int]) -> tuple[ResultWarning, ...]:
    warnings = []
    if wrong_sums:
        params: dict[str, str | int] = {"count": len(wrong_sums), "row": wrong_sums[0]}
        warnings.append(ResultWarning("results.sum_differs", params))
    unmarked = sum(pupil.mark is None for pupil in pupils)
    if unmarked:
        warnings.append(ResultWarning("results.no_marks", {"count": unmarked}))
    twins = sum(count - 1 for count in Counter(pupil.code for pupil in pupils).values())
    if twins:
        warnings.append(ResultWarning("results.twin_codes", {"count": twins}))
    return tuple(warnings)


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Cell, ...]
    number: int
    table: PupilTable

    def text(self, column: Column) -> str:
        place = self.table.columns.get(column)
        return "" if place is None else text_of(self._cell(place))

    def _cell(self, place: int) -> Cell:
        return self.cells[place] if place < len(self.cells) else None

    def is_pupil(self) -> bool:
        """Not an empty row, not a line of totals; a row of figures without a code is refused."""
        first = next((folded(text_of(cell)) for cell in self.cells if cell is not None), "")
        if first.startswith(_TOTALS) or folded(self.text(Column.CODE)).startswith(_TOTALS):
            return False
        if self.text(Column.CODE):
            return True
        places = (*self.table.task_columns, self.table.columns[Column.TOTAL])
        if any(self._cell(place) is not None for place in places):
            raise KnownError("results.no_code", file=self.table.file, row=self.number)
        return False

    def read(self) -> PupilResult:
        scores = tuple(
            self._points(self._cell(place), task.code, task.max_score)
            for task, place in zip(self.table.tasks, self.table.task_columns, strict=True)
        )
        total = self._cell(self.table.columns[Column.TOTAL])
        return PupilResult(
            code=self._code(),
            class_name=self._label(Column.CLASS),
            variant=self._label(Column.VARIANT),
            scores=scores,
            total=self._points(total, Column.TOTAL.value, self.table.max_score),
            mark=self._mark(Column.MARK, MARKS),
            journal_mark=self._mark(Column.JOURNAL_MARK, JOURNAL_MARKS),
        )

    def _code(self) -> str:
        code = self.text(Column.CODE)
        if looks_personal(code):
            self._refuse_name(Column.CODE)
        if len(code) > _MAX_CODE:
            self._refuse(Column.CODE.value, code)
        return code

    def _label(self, column: Column) -> str:
        text = self.text(column)
        if looks_like_a_name(text):
            self._refuse_name(column)
        if len(text) > _MAX_LABEL:
            self._refuse(column.value, text)
        return text

    def _points(self, cell: Cell, column: str, maximum: int) -> int | None:
        points = self._number(cell, column)
        if points is not None and points > maximum:
            raise KnownError(
                "results.score_above_max",
                file=self.table.file,
                row=self.number,
                column=column,
                score=str(points)[:20],
                max=maximum,
            )
        return points

    def _mark(self, column: Column, allowed: tuple[int, ...]) -> int | None:
        place = self.table.columns.get(column)
        if place is None:
            return None
        mark = self._number(self._cell(place), column.value)
        if mark is not None and mark not in allowed:
            self._refuse(column.value, str(mark))
        return mark

    def _number(self, cell: Cell, column: str) -> int | None:
        if isinstance(cell, int) and cell >= 0:
            return cell
        text = text_of(cell)
        if is_no_mark(text):
            return None
        whole, _point, fraction = text.replace(",", ".").partition(".")
        if len(whole) > 9 or not (whole.isascii() and whole.isdigit()) or fraction.strip("0"):
            self._refuse(column, text)
        return int(whole)

    def _refuse(self, column: str, value: str) -> Never:
        raise KnownError(
            "results.bad_value", file=self.table.file, row=self.number, column=column, value=value[:_MAX_LABEL]
        )

    def _refuse_name(self, column: Column) -> Never:
        """The name itself is not repeated: the message may reach a log."""
        raise KnownError("results.personal_names", file=self.table.file, row=self.number, column=column.value)
