"""Upright and turned pages with their numbers, and the story that fills them."""

from __future__ import annotations

from io import BytesIO

from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageTemplate,
    Paragraph,
    Spacer,
)
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Table as Grid

from shnor_desktop.reports import charts
from shnor_desktop.reports import content as c
from shnor_desktop.reports.charts import Ink
from shnor_desktop.reports.pdf import drawings, fonts, tables
from shnor_desktop.reports.pdf.contents import HeadedTemplate, contents
from shnor_desktop.reports.pdf.paragraphs import body_paragraphs, paragraph
from shnor_desktop.reports.pdf.styles import INKS, PAGE_HEIGHT, PAGE_WIDTH, TURNED, UPRIGHT, Margins, Styles
from shnor_desktop.reports.printable_text import printable
from shnor_desktop.reports.square_code import square_code

_UPRIGHT, _TURNED = "upright", "turned"
_FACE_OF_CELLS = ("FONTNAME", (0, 0), (-1, -1), fonts.regular(fonts.SANS))
_BARS_IN_A_PICTURE = 12
_SHORT_TEXT = 300  # letters of a paragraph that goes over to the next page with a signature
_ROOM_UNDER_HEADING = 40 * mm  # a heading with less than this below it goes to the next page


def print_pages(document: c.Document) -> bytes:
    """The document as a PDF file; equal documents give equal bytes."""
    target = BytesIO()
    template = HeadedTemplate(
        target,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        title=printable(document.title),
        author="",
        subject="",
        creator="",
        keywords="",
        lang="ru-RU",
        invariant=1,
        initialFontName=fonts.regular(fonts.SANS),
        allowSplitting=1,
    )
    pages = [_page(_UPRIGHT, UPRIGHT, document), _page(_TURNED, TURNED, document)]
    template.addPageTemplates(pages[::-1] if document.landscape else pages)
    story = _Story(document).flowables()
    if any(isinstance(block, c.Contents) for block in document.blocks):
        template.multiBuild(story)
    else:
        template.build(story)
    return target.getvalue()


def _frame_width(margins: Margins, *, turned: bool) -> float:
    side: float = PAGE_HEIGHT if turned else PAGE_WIDTH
    return side - margins.left - margins.right


def _page(name: str, margins: Margins, document: c.Document) -> PageTemplate:
    turned = name == _TURNED
    width, height = (PAGE_HEIGHT, PAGE_WIDTH) if turned else (PAGE_WIDTH, PAGE_HEIGHT)
    frame = Frame(
        margins.left,
        margins.bottom,
        width - margins.left - margins.right,
        height - margins.top - margins.bottom,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
        id=name,
    )

    def furnish(canvas: Canvas, _template: BaseDocTemplate) -> None:
        _furnish(canvas, document, margins, width, height)

    return PageTemplate(id=name, frames=[frame], onPage=furnish, pagesize=(width, height))


def _furnish(canvas: Canvas, document: c.Document, margins: Margins, width: float, height: float) -> None:
    """Number in the middle of the top margin, footer in the bottom one; a title page has neither."""
    number = canvas.getPageNumber()
    if number == 1 and document.title_page:
        return
    canvas.saveState()
    canvas.setFillColor(INKS[Ink.MUTED])
    if number > 1:
        canvas.setFont(fonts.regular(fonts.SANS), 9)
        canvas.drawCentredString(width / 2, height - min(margins.top, 20 * mm) * 0.6, str(number))
    if document.footer:
        canvas.setFont(fonts.regular(fonts.SANS), 7.5)
        room = width - margins.left - margins.right
        footer = charts.wrap(printable(document.footer), room, 7.5, drawings.measure)[0]
        canvas.drawString(margins.left, margins.bottom * 0.5, footer)
    canvas.restoreState()


class _Story:
    """Turns blocks into flowables, minding the width of the pages they stand on."""

    def __init__(self, document: c.Document) -> None:
        self._document = document
        self._styles = Styles(document.typeface)
        self._turned = document.landscape

    def flowables(self) -> list[Flowable]:
        story: list[Flowable] = []
        kept: list[Flowable] = []
        is_signed = False

        def flush() -> None:
            # A signature does not stand alone on the last page.
            story.extend([KeepTogether(kept.copy())] if is_signed else kept)
            kept.clear()

        for block in self._document.blocks:
            made = self._flowables_of(block)
            if isinstance(block, c.SignatureLine):
                is_signed = True
            elif not isinstance(block, c.Spacer):
                flush()
                is_signed = False
            (kept if _may_be_kept(block) else story).extend(made)
        flush()
        # reportlab makes no page at all of an empty story.
        return story or [Spacer(1, 1)]

    @property
    def _width(self) -> float:
        return _frame_width(TURNED if self._turned else UPRIGHT, turned=self._turned)

    def _flowables_of(self, block: c.Block) -> list[Flowable]:
        match block:
            case c.Heading() | c.Paragraph() | c.Note() | c.Code() | c.ListBlock():
                return self._text(block)
            case c.Table():
                return [tables.table(block, self._width, self._styles), Spacer(1, self._styles.line / 2)]
            case c.KeyValueTable():
                grid = [tables.key_values(block, self._width, self._styles)] if block.rows else []
                return [*grid, Spacer(1, self._styles.line / 2)]
            case c.SignatureLine():
                return [tables.signature_line(block, self._width, self._styles)]
            case c.StampRow():
                stamps = tables.stamps(block, self._width, self._styles)
                return [stamps] if stamps is not None else []
            case c.PageBreak():
                return self._page_break(block)
            case c.Spacer():
                return [Spacer(1, block.lines * self._styles.line)]
            case c.Stretch():
                return [drawings.ElasticSpace(block.percent, block.keep_mm * mm)]
            case c.Contents():
                return [contents(self._styles)]
            case c.RiskChart() | c.DrawnChart():
                return self._chart(block) if isinstance(block, c.RiskChart) else self._drawn_chart(block)
            case c.QrCode():
                return [self._code_with_text(block)]

    def _text(self, block: c.Heading | c.Paragraph | c.Note | c.Code | c.ListBlock) -> list[Flowable]:
        styles = self._styles
        match block:
            case c.Heading(level=0):
                return [paragraph(block.text, styles.heading(0))]
            case c.Heading():
                heading = paragraph(block.text, styles.heading(block.level))
                return [CondPageBreak(_ROOM_UNDER_HEADING), heading]
            case c.Paragraph():
                style = styles.body(block.align, indent=block.first_line_indent, small=block.small)
                return list(body_paragraphs(block.text, style))
            case c.Note():
                return [self._set_apart(body_paragraphs(block.text, styles.note()))]
            case c.Code():
                return [self._set_apart([paragraph(line, styles.code()) for line in block.text.split("\n")])]
            case c.ListBlock():
                return [
                    flowable
                    for number, item in enumerate(block.items, start=1)
                    for flowable in self._list_item(number, item, block)
                ]

    def _list_item(self, number: int, item: c.Inline, block: c.ListBlock) -> list[Flowable]:
        style = self._styles.item()
        flowables = body_paragraphs(item, style)
        if flowables:
            flowables[0].bulletText = f"{number}." if block.numbered else "–"
        return list(flowables)

    def _set_apart(self, inner: list[Paragraph]) -> Flowable:
        style = [
            _FACE_OF_CELLS,
            ("LINEBEFORE", (0, 0), (0, -1), 1.5, INKS[Ink.BORDER]),
            ("LEFTPADDING", (0, 0), (-1, -1), 8),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
        ]
        line = self._styles.line
        return Grid(
            [[inner]], colWidths=[self._width], splitInRow=1, style=style, spaceBefore=line / 4, spaceAfter=line / 2
        )

    def _page_break(self, block: c.PageBreak) -> list[Flowable]:
        if block.landscape is None or block.landscape == self._turned:
            return [NewPage()]
        self._turned = block.landscape
        return [NextPageTemplate(_TURNED if self._turned else _UPRIGHT), NewPage()]

    def _chart(self, block: c.RiskChart) -> list[Flowable]:
        if not block.bars:
            return []
        bars = tuple(c.RiskBar(printable(bar.factor), bar.level, bar.score) for bar in block.bars)
        width, measure = self._width, drawings.measure
        pictures = [
            drawings.Drawn(charts.risk_profile(bars[at : at + _BARS_IN_A_PICTURE], width, measure))
            for at in range(0, len(bars), _BARS_IN_A_PICTURE)
        ]
        caption = self._styles.body(c.Align.LEFT, indent=False, small=True)
        under = [paragraph(block.caption, caption)] if block.caption else []
        return [*pictures, Spacer(1, 4), *under]

    def _drawn_chart(self, block: c.DrawnChart) -> list[Flowable]:
        picture = drawings.Drawn(block.drawing(self._width, drawings.measure, charts.TEXT_SIZE))
        caption = self._styles.body(c.Align.LEFT, indent=False, small=True)
        return [picture, Spacer(1, 4), *([paragraph(block.caption, caption)] if block.caption else [])]

    def _code_with_text(self, block: c.QrCode) -> Flowable:
        code = drawings.Drawn(square_code(block.payload, block.size_mm))
        text = paragraph(block.text, self._styles.body(c.Align.LEFT, indent=False, small=False))
        style = [
            _FACE_OF_CELLS,
            ("LEFTPADDING", (0, 0), (0, 0), 0),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (1, 0), (1, 0), 10),
        ]
        return Grid([[code, text]], colWidths=[code.width + 2, self._width - code.width - 2], style=style)


def _may_be_kept(block: c.Block) -> bool:
    """What may go over to the next page together with a signature."""
    if isinstance(block, c.Paragraph):
        return len(c.plain(block.text)) <= _SHORT_TEXT
    return isinstance(block, c.Spacer | c.SignatureLine)
