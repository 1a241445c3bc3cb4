"""The neutral content of a printed document: blocks of plain text, with no markup and no library.

Every text is data: it is printed as it stands, «<b>» included. Measures of pages are millimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shnor_desktop.domain.drawing import Drawing
from shnor_desktop.domain.methodology.terms import Level


class Typeface(StrEnum):
    """The hand of a whole document: PT Serif for programmes, Golos Text for sheets and tables."""

    SERIF = "serif"
    SANS = "sans"


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "justify"


ADDED_COLOUR, REMOVED_COLOUR = "1B5E20", "B71C1C"

# A level is always sign and word: colour is never the only bearer.
LEVEL_SIGNS = {Level.HIGH: "▲", Level.MEDIUM: "◆", Level.LOW: "●", Level.UNKNOWN: "○"}
LEVEL_WORDS = {
    Level.HIGH: "высокая",
    Level.MEDIUM: "средняя",
    Level.LOW: "низкая",
    Level.UNKNOWN: "не определена",
}


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style.

    What a comparison found is underlined and green when it was added, struck through and red when it was removed.
    """

    text: str
    bold: bool = False
    italic: bool = False
    is_added: bool = False
    is_removed: bool = False


Inline = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 0 is the title of the document, 1 a section, 2 a part of a section."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A body paragraph; a line feed in the text starts a new line."""

    text: Inline
    align: Align = Align.JUSTIFY
    first_line_indent: bool = True
    small: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A short remark set apart from the body by a rule on its left."""

    text: Inline


@dataclass(frozen=True, slots=True)
class Code:
    """A command to be typed: every line kept, nothing hyphenated."""

    text: str


@dataclass(frozen=True, slots=True)
class ListBlock:
    items: tuple[Inline, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class LevelCell:
    """A level as sign and word; `word` overrides the usual one."""

    level: Level
    word: str = ""

    @property
    def shown(self) -> str:
        return self.word or LEVEL_WORDS[self.level]


Cell = Inline | LevelCell


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is relative to the widths of the other columns."""

    title: str
    width: int
    align: Align = Align.LEFT


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One cell over all columns that names the rows after it; never the last line of a page."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table that may run over pages, its header repeated on each; `empty` is said without rows.

    `is_dense` sets a table of few columns in the smaller letters of wide ones, where those differ.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row | GroupRow, ...]
    empty: str = "Нет записей."
    is_dense: bool = False


@dataclass(frozen=True, slots=True)
class KeyValueTable:
    """Captions on the left, values on the right; `key_width` is percent of the page's width.

    `is_dense` sets it in smaller letters where that differs from other tables.
    """

    rows: tuple[tuple[str, Cell], ...]
    key_width: int = 36
    is_dense: bool = False


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """Position, a line to sign on, a name; what is empty stays blank to be filled by hand."""

    position: str
    name: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A block of requisites: «УТВЕРЖДЕНА», its lines, a place for the signature, a date line."""

    title: str
    lines: tuple[str, ...] = ()
    signature: SignatureLine | None = None
    date_line: str = ""


@dataclass(frozen=True, slots=True)
class StampRow:
    """None to four stamps: one stands on the right, two and three in a row, four two by two."""

    stamps: tuple[Stamp, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page; `landscape` turns the pages from here on, None leaves them as they are."""

    landscape: bool | None = None


@dataclass(frozen=True, slots=True)
class Spacer:
    """Empty lines of the body's height."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Empty space: `percent` of what is left of the page after `keep_mm` for what follows."""

    percent: int = 100
    keep_mm: int = 0


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of levels 1 and 2 with the numbers of their pages."""


@dataclass(frozen=True, slots=True)
class RiskBar:
    """One factor of a risk profile; `score` is 0 to 100, None where it could not be computed."""

    factor: str
    level: Level
    score: int | None


@dataclass(frozen=True, slots=True)
class RiskChart:
    """Horizontal bars of the factors, drawn by `charts.risk_profile`."""

    bars: tuple[RiskBar, ...]
    caption: str = ""


@dataclass(frozen=True, slots=True)
class DrawnChart:
    """Any chart, drawn for the width of the page; `words` say the same to who cannot see it. Lower than a page."""

    drawing: Drawing
    words: tuple[str, ...] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class QrCode:
    """A square code with words beside it."""

    payload: str
    text: Inline
    size_mm: int = 28


Block = (
    Heading
    | Paragraph
    | Note
    | Code
    | ListBlock
    | Table
    | KeyValueTable
    | SignatureLine
    | StampRow
    | PageBreak
    | Spacer
    | Stretch
    | Contents
    | RiskChart
    | DrawnChart
    | QrCode
)


@dataclass(frozen=True, slots=True)
class Cover:
    """What the title page says, by name: for a template that lays the page out in its own way."""

    founder: str = ""
    school: str = ""
    stamps: StampRow = StampRow(())
    mark: str = ""
    title: str = ""
    period: str = ""
    place_and_year: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `title` is also its metadata: no name of a person belongs there.

    `footer` is a small line at the bottom of every page. With `title_page` the first page bears
    neither number nor footer. With `cover` the blocks before the first PageBreak are made of it.
    """

    title: str
    blocks: tuple[Block, ...]
    typeface: Typeface = Typeface.SERIF
    landscape: bool = False
    footer: str = ""
    title_page: bool = False
    cover: Cover | None = None


def plain(inline: Inline) -> str:
    """The text without its styles."""
    return inline if isinstance(inline, str) else "".join(run.text for run in inline)


def texts(document: Document) -> tuple[str, ...]:
    """Every text of a document in reading order: for search, checks and comparison."""
    found = [document.title]
    for block in document.blocks:
        found.extend(_texts_of(block))
    found.append(document.footer)
    return tuple(text for text in found if text)


def _texts_of(block: Block) -> list[str]:
    match block:
        case Heading(text=text) | Code(text=text):
            return [text]
        case Paragraph(text=inline) | Note(text=inline) | QrCode(text=inline):
            return [plain(inline)]
        case ListBlock(items=items):
            return [plain(item) for item in items]
        case Table():
            return _texts_of_table(block)
        case KeyValueTable(rows=rows):
            return [text for key, value in rows for text in (key, cell_text(value))]
        case SignatureLine():
            return [block.position, block.name, block.day]
        case StampRow(stamps=stamps):
            return [text for stamp in stamps for text in _texts_of_stamp(stamp)]
        case DrawnChart(words=words, caption=caption):
            return [caption, *words]
        case RiskChart(bars=bars, caption=caption):
            return [caption, *(bar.factor for bar in bars)]
        case _:
            return []


def _texts_of_table(table: Table) -> list[str]:
    found = [column.title for column in table.columns]
    for row in table.rows:
        if isinstance(row, GroupRow):
            found.append(row.text)
        else:
            found.extend(cell_text(cell) for cell in row.cells)
    return found if table.rows else [*found, table.empty]


def _texts_of_stamp(stamp: Stamp) -> list[str]:
    signed = _texts_of(stamp.signature) if stamp.signature else []
    return [stamp.title, *stamp.lines, *signed, stamp.date_line]


def cell_text(cell: Cell) -> str:
    """What a cell says; a level as its sign and its word."""
    if isinstance(cell, LevelCell):
        return f"{LEVEL_SIGNS[cell.level]} {cell.shown}"
    return plain(cell)
