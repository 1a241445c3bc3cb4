"""What is read from a table of a plan: rows, sections, columns, and what looks wrong in them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Span:
    """Merged cells, counted from zero, the last row and column included; the words stand in the first cell."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table as it stands in a file. `numbers` are the numbers of its rows as a person counts them."""

    place: str
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    spans: tuple[Span, ...] = ()
    heading: str = ""
    """The paragraph above the table."""

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(row) for row in self.rows), default=0)

    def cell(self, row: int, column: int) -> str:
        """The words of a cell; empty outside the table."""
        return self.rows[row][column] if row < len(self.rows) and column < len(self.rows[row]) else ""


class ColumnKind(StrEnum):
    """What a column of a plan holds."""

    NUMBER = "number"
    TITLE = "title"
    DEADLINE = "deadline"
    EXECUTORS = "executors"
    RESULT = "result"
    EVIDENCE = "evidence"
    NOTE = "note"
    SECTION = "section"
    MARK = "mark"
    """A quarter or a month: a sign in the cell says that the measure falls there."""
    LANE = "lane"
    """A participant: the cell lists what they do at the stage of the row."""
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading as it stands in the file."""

    kind: ColumnKind
    heading: str = ""


@dataclass(frozen=True, slots=True)
class TableLayout:
    """How a table is read: `first` is the first row of data; `header` is -1 where there is no heading."""

    columns: tuple[Column, ...]
    header: int
    first: int
    is_taken: bool = True

    @property
    def signature(self) -> str:
        """The headings by which a layout that a person mended is known again; empty without headings."""
        words = [" ".join(column.heading.casefold().split()) for column in self.columns]
        return "|".join(words) if self.header >= 0 and any(words) else ""

    @property
    def kinds(self) -> frozenset[ColumnKind]:
        """The kinds that are there."""
        return frozenset(column.kind for column in self.columns)


class DoubtCode(StrEnum):
    """What looks wrong. Their words stand in the texts of the interface."""

    SOFT_HYPHEN = "soft_hyphen"
    SPACES = "spaces"
    LINE_BREAKS = "line_breaks"
    BOX = "box"
    BROKEN_WORD = "broken_word"
    GLUED_WORDS = "glued_words"
    LOOK_ALIKE = "look_alike"
    SHORT_I = "short_i"
    STRAY_CAPITAL = "stray_capital"
    STRAY_NUMBER = "stray_number"
    CAPITALS_TAIL = "capitals_tail"
    DOUBLE_WORD = "double_word"
    DOUBLE_LINE = "double_line"
    WORD_ORDER = "word_order"
    LOWER_START = "lower_start"
    GLUED_EXECUTORS = "glued_executors"
    DUPLICATE = "duplicate"
    REPEATED = "repeated"
    CONTINUED = "continued"
    NUMBER_DATE = "number_date"
    NUMBER_ZERO = "number_zero"
    NUMBER_TWICE = "number_twice"
    STRAY_ROW = "stray_row"
    SECTION_EMPTY = "section_empty"
    HEADER_ABSENT = "header_absent"
    COLUMN_IGNORED = "column_ignored"


SAFE = frozenset(
    {
        DoubtCode.SOFT_HYPHEN,
        DoubtCode.SPACES,
        DoubtCode.LINE_BREAKS,
        DoubtCode.BOX,
        DoubtCode.NUMBER_DATE,
    }
)
"""Mended unless a person says no: only signs that nobody typed are touched."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that looks wrong in a field: the words as they are, and as they might be; None where nobody can tell.

    For the whole of a plan `field` is empty and `before` names the place.
    """

    code: DoubtCode
    field: str
    before: str
    after: str | None = None

    @property
    def is_repair(self) -> bool:
        """Whether there is something to accept or refuse."""
        return self.after is not None

    @property
    def is_safe(self) -> bool:
        """Whether the repair is made unless a person refuses it."""
        return self.is_repair and self.code in SAFE


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A heading inside the plan; its deadline and executors hold for the rows that have none of their own."""

    number: str
    title: str
    deadline: str = ""
    executors: str = ""
    place: str = ""

    @property
    def label(self) -> str:
        """The number with the words."""
        return f"{self.number}. {self.title}" if self.number else self.title


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A measure of the plan. Words are as in the file, line ends too; `settled` makes the accepted repairs.

    `section` is the label of the nearest heading above; `place` says where in the file the row stands.
    """

    number: str
    title: str
    deadline: str = ""
    deadline_inherited: bool = False
    executors: tuple[str, ...] = ()
    executors_inherited: bool = False
    executors_text: str = ""
    result: str = ""
    evidence: str = ""
    note: str = ""
    section: str = ""
    place: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A plan as it was read from the tables of one file; `columns` has one layout a table."""

    sections: tuple[PlanSection, ...] = ()
    rows: tuple[PlanRow, ...] = ()
    columns: tuple[TableLayout, ...] = ()
    doubts: tuple[Doubt, ...] = ()
