"""The blocks of a document as the body of a Word file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

from shnor_desktop.reports import charts
from shnor_desktop.reports import content as c
from shnor_desktop.reports.chart_images import measure_with, png_of
from shnor_desktop.reports.charts import Picture
from shnor_desktop.reports.docx import tables
from shnor_desktop.reports.docx.markup import POINT, GridCell, GridRow, Look, field, grid, image, paragraph, run, runs
from shnor_desktop.reports.docx.numbering import Numbering
from shnor_desktop.reports.docx.page_turns import PageTurns
from shnor_desktop.reports.docx.styles import StyleIds, StyleName
from shnor_desktop.reports.printable_text import bound, printable
from shnor_desktop.reports.square_code import square_code

_BARS_IN_A_PICTURE = 12
_STRETCH = 1.2  # points of a title page for a percent of what is left of it
_CHART_SHARE = 0.98
_LINE = 14.0
_LEAD_IN = 120  # letters of a paragraph that leads to the table under it


class BodyWriter:
    """Turns blocks into paragraphs and tables, minding the width of the pages they stand on."""

    def __init__(self, document: Any, turns: PageTurns, fonts: Path) -> None:
        self._document = document
        self._turns = turns
        self._fonts = fonts
        self._styles = StyleIds(document)
        self._numbering = Numbering(document)
        self._headings: list[c.Heading] = []
        self._bookmark = 0
        self._picture = 0
        self._breaks_page = False
        self._is_kept = False
        self._is_last = False

    def stamps(self, content: c.StampRow) -> str:
        """The stamps of a title page, in their place."""
        found = tables.stamps(content, self._turns.room, self._styles, fills_place=True)
        return found or tables.stamp_place(self._styles)

    def blocks(self, blocks: tuple[c.Block, ...]) -> str:
        """The markup of all blocks."""
        self._headings = [one for one in blocks if isinstance(one, c.Heading) and one.level in (1, 2)]
        self._bookmark = 0
        written = []
        for number, block in enumerate(blocks, start=1):
            following = blocks[number] if number < len(blocks) else None
            self._is_kept = _keeps_with(block, following)
            # The next page begins by itself: a gap that does not fit would make an empty one.
            self._is_last = following is None or isinstance(following, c.PageBreak)
            written.append(self._block(block))
        return "".join(written)

    def begin_page(self) -> None:
        """Let the next paragraph begin a page."""
        self._breaks_page = True

    def _block(self, block: c.Block) -> str:
        if isinstance(block, c.PageBreak):
            return self._page_break(block)
        opening = ""
        if self._breaks_page and not isinstance(block, c.Heading | c.Paragraph):
            opening = paragraph("", self._styles[StyleName.UNDER_LINE], Look(page_break_before=True))
            self._breaks_page = False
        return opening + self._content(block)

    def _content(self, block: c.Block) -> str:
        room, styles = self._turns.room, self._styles
        match block:
            case c.Heading() | c.Paragraph() | c.Note() | c.Code() | c.ListBlock():
                return self._text(block)
            case c.Table():
                return tables.table(block, room, styles, is_kept=self._is_kept) + self._gap()
            case c.KeyValueTable():
                return tables.key_values(block, room, styles) + self._gap() if block.rows else ""
            case c.SignatureLine():
                return tables.signature_line(block, room, styles, is_kept=self._is_kept) + self._gap()
            case c.StampRow():
                return tables.stamps(block, room, styles) + self._gap() if block.stamps else ""
            case c.Spacer(lines=lines):
                return paragraph(
                    "", styles[StyleName.UNDER_LINE], Look(after=max(0, lines * _LINE - 9), keep_next=self._is_kept)
                )
            case c.Stretch(percent=percent):
                return paragraph("", styles[StyleName.UNDER_LINE], Look(after=percent * _STRETCH))
            case c.Contents():
                return self._contents()
            case c.RiskChart():
                return self._chart(block)
            case c.DrawnChart():
                return self._drawn_chart(block)
            case c.QrCode():
                return self._code_with_text(block)
        return ""

    def _text(self, block: c.Heading | c.Paragraph | c.Note | c.Code | c.ListBlock) -> str:
        styles = self._styles
        match block:
            case c.Heading():
                return self._heading(block)
            case c.Paragraph():
                return self._paragraph(block)
            case c.Note():
                return self._lines(block.text, styles[StyleName.NOTE], Look(keep_next=self._is_kept))
            case c.Code():
                return paragraph(run(printable(block.text)), styles[StyleName.CODE])
            case c.ListBlock():
                number = self._numbering.begin_numbers() if block.numbered else self._numbering.bullets
                style = styles[StyleName.NUMBERS if block.numbered else StyleName.BULLETS]
                return "".join(paragraph(runs(item), style, Look(number=number)) for item in block.items)

    def _heading(self, block: c.Heading) -> str:
        text = printable(block.text)
        if block.level == 0:
            return paragraph(run(text), self._styles[StyleName.TITLE], Look(page_break_before=self._page_begun()))
        style = self._styles[StyleName.HEADING_1 if block.level == 1 else StyleName.HEADING_2]
        name, self._bookmark = self._bookmark, self._bookmark + 1
        inner = f'<w:bookmarkStart w:id="{name}" w:name="_Toc{name:06}"/>{run(text)}<w:bookmarkEnd w:id="{name}"/>'
        return paragraph(inner, style, Look(page_break_before=self._page_begun()))

    def _paragraph(self, block: c.Paragraph) -> str:
        style = self._styles[StyleName.SMALL if block.small else StyleName.BODY]
        align = None if block.align is c.Align.JUSTIFY and not block.small else block.align
        look = Look(
            align=align,
            keep_next=self._is_kept or c.plain(block.text).rstrip().endswith(":"),
            page_break_before=self._page_begun(),
            no_indent=not block.first_line_indent,
        )
        return self._lines(block.text, style, look) if c.plain(block.text).strip() else ""

    def _lines(self, inline: c.Inline, style: str, look: Look | None = None) -> str:
        """A paragraph for every line of a plain text, one for text with marks."""
        look = look or Look()
        if not isinstance(inline, str):
            return paragraph(runs(inline), style, look)
        lines = [line for line in printable(inline).split("\n") if line.strip()]
        return "".join(paragraph(run(bound(line)), style, look) for line in lines)

    def _gap(self) -> str:
        """A low paragraph after a table: without it Word joins two tables; the last one takes no page of its own."""
        look = Look(keep_next=self._is_kept, after=0 if self._is_last else None, is_hair=self._is_last)
        return paragraph("", self._styles[StyleName.UNDER_LINE], look)

    def _page_begun(self) -> bool:
        begun, self._breaks_page = self._breaks_page, False
        return begun

    def _page_break(self, block: c.PageBreak) -> str:
        if block.landscape is None or block.landscape == self._turns.turned:
            self._breaks_page = True
            return ""
        mark = self._turns.turn(turned=block.landscape)
        self._breaks_page = False
        return paragraph("", self._styles[StyleName.UNDER_LINE], Look(section=mark))

    def _contents(self) -> str:
        """The list of headings. Each page is a field of its own: LibreOffice computes those, but no list of Word's."""
        lines = []
        for at, heading in enumerate(self._headings):
            page = field(f"PAGEREF _Toc{at:06} \\h", "", is_stale=True)
            line = f"{run(printable(heading.text))}<w:r><w:tab/></w:r>{page}"
            style = self._styles[StyleName.CONTENTS_1 if heading.level == 1 else StyleName.CONTENTS_2]
            lines.append(paragraph(f'<w:hyperlink w:anchor="_Toc{at:06}">{line}</w:hyperlink>', style))
        return "".join(lines)

    def _chart(self, block: c.RiskChart) -> str:
        if not block.bars:
            return ""
        bars = tuple(c.RiskBar(printable(bar.factor), bar.level, bar.score) for bar in block.bars)
        width, measure = self._turns.room / POINT * _CHART_SHARE, measure_with(self._fonts)
        found = []
        for at in range(0, len(bars), _BARS_IN_A_PICTURE):
            part = bars[at : at + _BARS_IN_A_PICTURE]
            drawn = self._drawn(charts.risk_profile(part, width, measure), charts.risk_words(part))
            found.append(paragraph(drawn, self._styles[StyleName.SMALL], Look(keep_next=bool(block.caption))))
        caption = paragraph(runs(block.caption), self._styles[StyleName.SMALL]) if block.caption else ""
        return "".join(found) + caption

    def _drawn_chart(self, block: c.DrawnChart) -> str:
        width = self._turns.room / POINT * _CHART_SHARE
        drawn = self._drawn(block.drawing(width, measure_with(self._fonts), charts.TEXT_SIZE), "; ".join(block.words))
        found = paragraph(drawn, self._styles[StyleName.SMALL], Look(keep_next=bool(block.caption)))
        return found + (paragraph(runs(block.caption), self._styles[StyleName.SMALL]) if block.caption else "")

    def _drawn(self, picture: Picture, words: str) -> str:
        relation, _image = self._document.part.get_or_add_image(BytesIO(png_of(picture, self._fonts)))
        self._picture += 1
        # Far above what a template numbers its own pictures with.
        return image(relation, 5000 + self._picture, (picture.width, picture.height), words)

    def _code_with_text(self, block: c.QrCode) -> str:
        picture = square_code(block.payload, block.size_mm)
        widths = tables.widths_of(
            [round(picture.width) + 12, round(self._turns.room / POINT - picture.width) - 12], self._turns.room
        )
        cell = self._styles[StyleName.CELL]
        cells = (
            GridCell(paragraph(self._drawn(picture, "Квадратный код"), cell)),
            GridCell(paragraph(runs(block.text), cell)),
        )
        return grid([GridRow(cells)], widths, lined=False) + self._gap()


def _keeps_with(block: c.Block, following: c.Block | None) -> bool:
    """Whether both stand on one page: a signature is not alone on the last one, short words stay with their table."""
    if isinstance(following, c.SignatureLine):
        return True
    is_table = isinstance(following, c.Table | c.KeyValueTable)
    return is_table and isinstance(block, c.Paragraph) and len(c.plain(block.text)) <= _LEAD_IN
