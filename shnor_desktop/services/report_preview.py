"""A report as lines to be read on the screen before it is printed: the same content, its tables cut short."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from shnor_desktop.reports.content import Block, Heading, Inline, ListBlock, Note, Paragraph, Row, Table
from shnor_desktop.services.documents import DocumentKind, document
from shnor_desktop.services.workspace import Workspace

_MOST_ROWS = 6


class LineKind(StrEnum):
    """How a line is set."""

    HEADING = "heading"
    TEXT = "text"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """A heading, a paragraph, or the first rows of a table."""

    kind: LineKind
    text: str


def report_preview(workspace: Workspace, which: str, school: str | None = None) -> tuple[PreviewLine, ...]:
    """The report of a date from its first part on; errors as those of the document."""
    made = document(workspace, DocumentKind.REPORT_PERIOD, school, which)
    body = [block for block in made.blocks if not isinstance(block, Note)]
    begin = next((at for at, one in enumerate(body) if isinstance(one, Heading) and one.level), 0)
    return tuple(line for block in body[begin:] for line in _lines(block))


def _lines(block: Block) -> Iterator[PreviewLine]:
    match block:
        case Heading():
            yield PreviewLine(LineKind.HEADING, block.text)
        case Paragraph():
            yield PreviewLine(LineKind.TEXT, _words(block.text))
        case ListBlock():
            for item in block.items:
                yield PreviewLine(LineKind.TEXT, f"– {_words(item)}")
        case Table():
            yield PreviewLine(LineKind.TABLE, _table(block))


def _words(text: Inline) -> str:
    """The words of a paragraph; a blank line to be written on by hand is only hinted at."""
    words = text if isinstance(text, str) else "".join(run.text for run in text)
    return re.sub("_{3,}", "…", words)


def _table(table: Table) -> str:
    """The first rows of a table as lines; how many more there are is said."""
    rows = [row for row in table.rows if isinstance(row, Row)]
    lines = [" · ".join(str(cell).replace("\n", " ") for cell in row.cells if str(cell)) for row in rows[:_MOST_ROWS]]
    left = len(rows) - len(lines)
    return "\n".join((*lines, *((f"… и ещё строк: {left}",) if left > 0 else ())))
