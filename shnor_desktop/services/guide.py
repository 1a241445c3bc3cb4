"""The guide: the texts of `resources/help`, page by page, for the help window and as one printed document.

A text is Markdown of a few forms: «# » and «## » headings, «- » and «1. » lists, «**bold**», paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.reports.content import (
    Align,
    Block,
    Document,
    Heading,
    Inline,
    ListBlock,
    PageBreak,
    Paragraph,
    Run,
    Spacer,
    Typeface,
)
from shnor_desktop.services.document_files import Written, bytes_of, write_bytes
from shnor_desktop.services.document_kinds import DocumentFormat
from shnor_desktop.system.paths import resource

ORDER = (
    "first_steps",
    "today",
    "passport",
    "staff",
    "results",
    "map",
    "programme",
    "roadmap",
    "partners",
    "development",
    "pupils",
    "quality",
    "monitoring",
    "check",
    "exchange",
    "methodology",
    "schools",
    "review",
    "registry",
    "identification",
    "plan",
    "journal",
    "methodist",
    "visits",
    "keyboard",
    "whats_new",
)
"""How the guide is read: the way of a school's work, the centre's, the methodist's; a text that is not named last."""

TITLE = "Руководство по программе ШНОР-Десктоп"
_NUMBERED = re.compile(r"\d+\. ")
_BOLD = re.compile(r"\*\*(.+?)\*\*")


@dataclass(frozen=True, slots=True)
class GuideTopic:
    """One text of the guide; its id is the id of the page that it helps with."""

    id: str
    title: str
    text: str

    def matches(self, words: Sequence[str]) -> bool:
        """Whether all the words stand in it."""
        whole = self.text.casefold()
        return all(word in whole for word in words)


@cache
def topics() -> tuple[GuideTopic, ...]:
    """Every text, in the order of reading."""
    found = {path.stem: _topic(path) for path in sorted(Path(resource("help")).glob("*.md"))}
    order = [*(name for name in ORDER if name in found), *(name for name in found if name not in ORDER)]
    return tuple(found[name] for name in order)


def topic(name: str) -> GuideTopic:
    """A text by its id; KnownError guide.no_such_topic."""
    for one in topics():
        if one.id == name:
            return one
    raise KnownError("guide.no_such_topic", name=name, known=", ".join(one.id for one in topics()))


def guide_document(chosen: Sequence[GuideTopic] = ()) -> Document:
    """The whole guide, or some texts of it, to be printed."""
    wanted = tuple(chosen) or topics()
    blocks: list[Block] = []
    if len(wanted) > 1:
        blocks += [Heading(TITLE, 0), Spacer(), ListBlock(tuple(one.title for one in wanted), numbered=True)]
    for one in wanted:
        if blocks:
            blocks.append(PageBreak())
        blocks += list(_blocks(one.text, 0 if len(wanted) == 1 else 1))
    title = TITLE if len(wanted) > 1 else wanted[0].title
    return Document(title, tuple(blocks), Typeface.SANS, footer=TITLE)


def write_guide(target: Path, form: DocumentFormat = DocumentFormat.PDF, chosen: Sequence[GuideTopic] = ()) -> Written:
    """Write the guide into a file; a failure leaves what was there. KnownError document.*, report.*."""
    template = (resource("templates", "document.docx").read_bytes(), "document.docx")
    return write_bytes(target, bytes_of(guide_document(chosen), form, template))


def _topic(path: Path) -> GuideTopic:
    text = path.read_text(encoding="utf-8")
    title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), path.stem)
    return GuideTopic(path.stem, title, text)


def _blocks(text: str, top: int) -> Iterator[Block]:
    for part in _parts(text):
        first = part[0]
        if first.startswith("#"):
            level = len(first) - len(first.lstrip("#")) - 1
            yield Heading(first.lstrip("# "), min(top + level, 2))
        elif first.startswith("- "):
            yield ListBlock(tuple(_inline(item) for item in _items(part, "- ")))
        elif _NUMBERED.match(first):
            yield ListBlock(tuple(_inline(item) for item in _items(part, "")), numbered=True)
        else:
            yield Paragraph(_inline(" ".join(part)), Align.LEFT, first_line_indent=False)


def _parts(text: str) -> Iterator[list[str]]:
    """Headings, lists and paragraphs as their lines."""
    part: list[str] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("#"):
            if part:
                yield part
            yield [line]
            part = []
        elif line.strip():
            part.append(line.rstrip())
        elif part:
            yield part
            part = []


def _items(lines: Sequence[str], sign: str) -> Iterator[str]:
    """The items of a list; an indented line goes on with its item."""
    item = ""
    for line in lines:
        begins = line.startswith(sign) if sign else bool(_NUMBERED.match(line))
        if begins:
            if item:
                yield item
            item = line.removeprefix(sign) if sign else _NUMBERED.sub("", line, count=1)
        else:
            item += " " + line.strip()
    if item:
        yield item


def _inline(text: str) -> Inline:
    pieces = _BOLD.split(text)
    if len(pieces) == 1:
        return text
    return tuple(Run(piece, bold=at % 2 == 1) for at, piece in enumerate(pieces) if piece)
