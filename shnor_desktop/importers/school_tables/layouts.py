"""Which kind of table it is, where its heading stands and what each column holds; a person may say otherwise."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.importers.f1_layout import LOGIN, task_heading
from shnor_desktop.importers.school_tables.cells import number_of, plain
from shnor_desktop.importers.school_tables.kinds import (
    IGNORED,
    LABELS,
    MARK_COLUMNS,
    OTHER,
    OWN,
    PERCENT_COLUMNS,
    SCORE,
    TASK,
    TableKind,
    patterns_of,
    titled_kind,
)

_SEARCHED = 40
"""The heading stands within the first so many rows."""
_LOOKED_AT = 120
_HEIGHTS = (1, 2, 3)
_LONGEST = 200
"""More words than these are no heading."""
_BARE_TASK = re.compile(r"[1-9]\d?(?:[.,]\d{1,2}){0,2}\.?(?:[(\s]*[КK]\d{1,2}\)?)?(?:[.,]\d{1,2})?", re.IGNORECASE)
_DAY_AS_TASK = re.compile(r"(\d\d)\.(\d\d)\.(?:19|20)\d\d")
_TITLE_WORTH = 5.0
_EXPECTED_WORTH = 0.9
_CHANGES = re.compile(r"понизил|подтвердил|повысил")
_GROUP_OF_MARK = re.compile(r"групп\w*\s+балл|получивш\w*|гр\W*балл")
_DIFFICULTY = {"б", "п", "в"}


@dataclass(frozen=True, slots=True)
class ListLayout:
    """How a table is read. `meanings` and `headings` go by columns; the heading is `height` rows from `header` on.

    `score` is how sure the program is; nothing at 0.
    """

    kind: TableKind
    header: int
    height: int
    meanings: tuple[str, ...]
    headings: tuple[str, ...]
    score: float = 0.0

    @property
    def first(self) -> int:
        """The first row of data."""
        return self.header + self.height if self.header >= 0 else 0

    @property
    def signature(self) -> str:
        """The headings, as a short name; empty without them."""
        words = "|".join(plain(heading) for heading in self.headings)
        if not words.strip("|"):
            return ""
        return f"list:{hashlib.sha256(words.encode('utf-8')).hexdigest()[:32]}"

    def columns(self, *meanings: str) -> list[int]:
        """The columns that hold one of these."""
        return [at for at, meaning in enumerate(self.meanings) if meaning in meanings]

    def column(self, meaning: str) -> int:
        """The first column that holds this; -1 if none does."""
        return self.meanings.index(meaning) if meaning in self.meanings else -1


def find_layout(table: SourceTable, expected: Sequence[TableKind] = ()) -> ListLayout | None:
    """The kind that fits a table best, an expected one where it fits about as well; None if no kind is known."""
    table = _beginning(table)
    titled = titled_kind(plain(_title_words(table)))
    found = [layout for kind in TableKind if (layout := _best(table, kind, titled)) is not None]
    return max(found, key=lambda layout: layout.score + (layout.kind in expected) * _EXPECTED_WORTH, default=None)


def layout_as(table: SourceTable, kind: TableKind, header: int | None = None) -> ListLayout:
    """The table read as a kind that a person chose, from a row that they chose."""
    table = _beginning(table, header or 0)
    best = _best(table, kind, kind, header) or _best(table, kind, kind)
    if best is not None and (header is None or best.header == header):
        return best
    at = 0 if header is None else header
    headings = _headings(table, at, 1)
    return ListLayout(kind, at, 1, _meanings(table, kind, headings, at + 1), headings)


def _beginning(table: SourceTable, header: int = 0) -> SourceTable:
    """As much of a long table as tells what it is: every look at its width goes through all rows."""
    rows = table.rows[: header + _LOOKED_AT]
    spans = tuple(span for span in table.spans if span.bottom < len(rows))
    return replace(table, rows=rows, numbers=table.numbers[: len(rows)], spans=spans)


def _best(table: SourceTable, kind: TableKind, titled: TableKind | None, only: int | None = None) -> ListLayout | None:
    """The heading under which the most columns are known, if they are enough for this kind."""
    best: ListLayout | None = None
    rows = range(min(len(table.rows), _SEARCHED)) if only is None else [only]
    for at in rows:
        if at >= len(table.rows) or not any(table.rows[at]):
            continue
        for height in _HEIGHTS:
            if at + height > len(table.rows):
                break
            headings = _headings(table, at, height)
            meanings = _meanings(table, kind, headings, at + height)
            worth = _worth(table, kind, meanings, headings, at + height)
            if worth <= 0:
                continue
            if titled is not kind and kind in (TableKind.TASKS, TableKind.GROUPS) and meanings.count(TASK) < 3:
                continue
            score = worth - (height - 1) * 0.4 - at * 0.001 + (_TITLE_WORTH if titled is kind else 0)
            if best is None or score > best.score:
                best = ListLayout(kind, at, height, meanings, headings, score)
    return best


def _headings(table: SourceTable, at: int, height: int) -> tuple[str, ...]:
    """The words over each column; merged cells hold for all their columns."""
    lines = [list(table.rows[row]) + [""] * (table.width - len(table.rows[row])) for row in range(at, at + height)]
    for span in table.spans:
        if at <= span.top < at + height and span.right < table.width:
            for row in range(span.top, min(span.bottom, at + height - 1) + 1):
                for column in range(span.left, span.right + 1):
                    lines[row - at][column] = table.cell(span.top, span.left)
    return tuple(
        " ".join(dict.fromkeys(line[column] for line in lines if line[column])) for column in range(table.width)
    )


def _meanings(table: SourceTable, kind: TableKind, headings: Sequence[str], first: int) -> tuple[str, ...]:
    """What each column holds by its heading; a second column of a meaning is not read."""
    found: list[str] = []
    for heading in headings:
        meaning = _meaning(kind, heading)
        if meaning in found and meaning not in (TASK, SCORE, OTHER, OWN, IGNORED):
            meaning = IGNORED
        found.append(meaning)
    if kind is TableKind.PLANNED:
        _tell_schools(table, headings, found, first)
    elif kind is not TableKind.EXAMS and kind.is_result and not set(LABELS) & set(found):
        _tell_labels(table, found, first)
    return tuple(found)


@lru_cache(maxsize=4096)  # a table is looked at as every kind under many headings: hundreds of columns say the same
def _meaning(kind: TableKind, heading: str) -> str:
    words = plain(heading[:300])
    if not words or len(heading) > _LONGEST:
        return IGNORED
    if kind is TableKind.SCORES and words.isdecimal() and int(words) <= 200:
        return SCORE
    if kind.has_tasks and task_code(heading):
        return TASK
    for meaning in patterns_of(kind):
        if meaning.fits(words):
            return meaning.code
    return IGNORED


def _tell_labels(table: SourceTable, found: list[str], first: int) -> None:
    """The first column of words without a known heading says whose row it is."""
    for at, meaning in enumerate(found):
        cells = [table.cell(row, at) for row in range(first, min(len(table.rows), first + 12))]
        worded = [cell for cell in cells if cell and number_of(cell) is None]
        if meaning == IGNORED and len(worded) >= 1 and len(worded) * 2 >= len([cell for cell in cells if cell]):
            found[at] = "group"
            return


def _tell_schools(table: SourceTable, headings: Sequence[str], found: list[str], first: int) -> None:
    """Columns of figures without another meaning belong to schools and territories; one with a login is a school."""
    for at, meaning in enumerate(found):
        if meaning != IGNORED:
            continue
        cells = [table.cell(row, at) for row in range(first, min(len(table.rows), first + 12))]
        figures = [cell for cell in cells if number_of(cell) is not None]
        if figures and len(figures) * 2 >= len([cell for cell in cells if cell]):
            found[at] = OWN if LOGIN.search(headings[at]) and OWN not in found else OTHER


def _worth(table: SourceTable, kind: TableKind, meanings: Sequence[str], headings: Sequence[str], first: int) -> float:
    """How many columns are known; 0 where what this kind cannot do without is missing."""
    known = {meaning for meaning in meanings if meaning != IGNORED}
    numbers = {heading.strip() for heading in headings if heading.strip().isdecimal()}
    if kind is TableKind.MARKS and numbers - {"2", "3", "4", "5"}:
        return 0.0  # a table of tasks or scores has these numbers too
    if kind is TableKind.SCORES and "0" not in numbers:
        return 0.0
    if not _has_enough(table, kind, known, first):
        return 0.0
    return len(known - {OTHER}) + min(meanings.count(TASK), 8) * 0.3 + min(meanings.count(SCORE), 10) * 0.3


def _has_enough(table: SourceTable, kind: TableKind, known: set[str], first: int) -> bool:
    whose = bool(known & {*LABELS, "participants"})
    if kind is TableKind.MARKS:
        has_marks = set(MARK_COLUMNS) <= known or set(PERCENT_COLUMNS) <= known
        is_of_schools = bool(known & {"login", "school"})
        return has_marks and bool(known & set(LABELS)) and ("subject" not in known or is_of_schools)
    if kind is TableKind.JOURNAL:
        return {"lowered", "confirmed", "raised"} <= known or (whose and _labelled(table, first, _CHANGES, 2))
    if kind is TableKind.SCORES:
        return whose and SCORE in known
    if kind in (TableKind.TASKS, TableKind.GROUPS):
        has_groups = _labelled(table, first, _GROUP_OF_MARK, 2)
        return whose and TASK in known and has_groups is (kind is TableKind.GROUPS)
    if kind is TableKind.PLANNED:
        return bool(known & {"planned", "task_label"}) and (OWN in known or {"max_score", OTHER} <= known)
    return _list_has_enough(kind, known)


def _list_has_enough(kind: TableKind, known: set[str]) -> bool:
    if kind is TableKind.EXAMS:
        figures = known & {*MARK_COLUMNS, "mark_2_percent", "below", "below_percent", "mean_score"}
        return "subject" in known and bool(figures) and "login" not in known
    if kind is TableKind.STAFF:
        about = known & {"position", "category", "experience", "any_experience", "education", "subjects", "birth"}
        return bool(known & {"full_name", "surname"}) and bool(about - {"birth"} or len(known) > 3)
    return bool(known & {"class_name", "grade"}) and bool(known & {"pupils", "pupil"})


def _labelled(table: SourceTable, first: int, words: re.Pattern[str], least: int) -> bool:
    rows = range(first, min(len(table.rows), first + 40))
    return sum(1 for row in rows if any(words.search(plain(cell)) for cell in table.rows[row][:4])) >= least


def task_code(heading: str) -> str:
    """The number of a task that a heading names, «9.1», «1К1»; empty for anything else."""
    marked = task_heading(heading)
    if marked is not None:
        return marked.code
    day = _DAY_AS_TASK.fullmatch(heading.strip())
    if day is not None:  # Excel takes «1.2» for the first of February
        return f"{int(day[1])}.{int(day[2])}"
    bare = re.sub(r"^(?:задание|зад\.?|№)\s*", "", heading.strip(), flags=re.IGNORECASE)
    if not _BARE_TASK.fullmatch(bare):
        return ""
    return re.sub(r"[()\s]", "", bare).replace(",", ".").upper().replace("K", "К").strip(".")


def difficulty_row(table: SourceTable, columns: Iterable[int], rows: Iterable[int]) -> dict[int, str]:
    """The letters Б, П, В over or under the tasks, by column."""
    columns = list(columns)
    for row in rows:
        letters = {at: table.cell(row, at).strip() for at in columns if table.cell(row, at).strip()}
        if letters and all(plain(letter) in _DIFFICULTY for letter in letters.values()):
            return {at: letter.upper().replace("B", "В") for at, letter in letters.items()}
    return {}


def with_meanings(layout: ListLayout, meanings: Sequence[str]) -> ListLayout:
    """The same table with other columns."""
    return replace(layout, meanings=tuple(meanings))


def _title_words(table: SourceTable) -> str:
    above = [cell[:200] for row in table.rows[:12] for cell in row[:8] if cell]
    return " ".join([table.place, *above])
