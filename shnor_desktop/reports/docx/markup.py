"""WordprocessingML as text: runs, paragraphs and tables with fixed grids, every text of data escaped.

Text is built and parsed once: a table of 600 rows takes a fraction of a second instead of half a minute.
Widths are twentieths of a point, as the format has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from shnor_desktop.reports.content import ADDED_COLOUR, REMOVED_COLOUR, Align, Inline, Run
from shnor_desktop.reports.printable_text import printable

NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{path}"'
    for prefix, path in (
        ("w", "wordprocessingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("pic", "drawingml/2006/picture"),
    )
)
POINT = 20
MILLIMETRE = 1440 / 25.4
_EMU_IN_POINT = 12700
_JUSTIFIED = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "both"}


_ADDED = f'<w:color w:val="{ADDED_COLOUR}"/><w:u w:val="single"/>'
_REMOVED = f'<w:strike/><w:color w:val="{REMOVED_COLOUR}"/>'


def run(text: str, *, bold: bool = False, italic: bool = False, change: str = "") -> str:
    """One stretch of text; a line feed is a new line, a soft hyphen a place to divide a word."""
    marks = "".join(mark for mark, is_set in (("<w:b/>", bold), ("<w:i/>", italic)) if is_set) + change
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    lines = []
    for line in text.split("\n"):
        parts = [f'<w:t xml:space="preserve">{escape(part)}</w:t>' if part else "" for part in line.split("\u00ad")]
        lines.append("<w:softHyphen/>".join(parts))
    return f"<w:r>{properties}{'<w:br/>'.join(lines)}</w:r>"


def change_of(one: Run) -> str:
    """The marks of what was added or removed, in the order of the schema."""
    return _ADDED if one.is_added else _REMOVED if one.is_removed else ""


def runs(inline: Inline, *, bold: bool = False) -> str:
    """The stretches of an inline text; controls and invisible marks are left out."""
    if isinstance(inline, str):
        return run(printable(inline), bold=bold)
    return "".join(
        run(printable(one.text), bold=one.bold or bold, italic=one.italic, change=change_of(one)) for one in inline
    )


@dataclass(frozen=True, slots=True)
class Look:
    """How a paragraph differs from its style; `before` and `after` in points, `number` is that of the list.

    A hair is a paragraph one point high.
    """

    align: Align | None = None
    keep_next: bool = False
    page_break_before: bool = False
    before: float | None = None
    after: float | None = None
    no_indent: bool = False
    is_hair: bool = False
    number: int | None = None
    section: str = ""


PLAIN = Look()


def paragraph(inner: str, style: str, look: Look = PLAIN) -> str:
    """A paragraph of a style, `style` being its id in the template; the parts stand in the order of the schema."""
    parts = [f"<w:pStyle w:val={quoteattr(style)}/>"] if style else []
    if look.keep_next:
        parts.append("<w:keepNext/>")
    if look.page_break_before:
        parts.append("<w:pageBreakBefore/>")
    if look.number is not None:
        parts.append(f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{look.number}"/></w:numPr>')
    distances = "".join(
        f' w:{name}="{round(value * POINT)}"'
        for name, value in (("before", look.before), ("after", look.after))
        if value is not None
    )
    if look.is_hair:
        distances += f' w:line="{POINT}" w:lineRule="exact"'
    if distances:
        parts.append(f"<w:spacing{distances}/>")
    if look.no_indent:
        parts.append('<w:ind w:firstLine="0"/>')
    if look.align is not None:
        parts.append(f'<w:jc w:val="{_JUSTIFIED[look.align]}"/>')
    return f"<w:p><w:pPr>{''.join(parts)}{look.section}</w:pPr>{inner}</w:p>"


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell with its paragraphs; `under` draws a line to sign on, `fill` is a colour without «#»."""

    inner: str
    fill: str = ""
    span: int = 1
    under: bool = False
    middle: bool = False
    bottom: bool = False


@dataclass(frozen=True, slots=True)
class GridRow:
    cells: tuple[GridCell, ...]
    is_header: bool = False
    may_split: bool = False
    least_height: int = 0


def grid(rows: Sequence[GridRow], widths: Sequence[int], *, lined: bool = True, gutter: int = 0) -> str:
    """A table whose columns keep their widths in every editor: in the grid and in each cell. `gutter` parts columns."""
    padding = 80 if lined else 0
    right = padding + gutter
    properties = (
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        + ("" if lined else '<w:tblInd w:w="0" w:type="dxa"/>')
        + (_ALL_LINES if lined else "")
        + '<w:tblLayout w:type="fixed"/>'
        + f'<w:tblCellMar><w:top w:w="{padding // 3}" w:type="dxa"/><w:left w:w="{padding}" w:type="dxa"/>'
        + f'<w:bottom w:w="{padding // 3}" w:type="dxa"/><w:right w:w="{right}" w:type="dxa"/></w:tblCellMar>'
        + '<w:tblLook w:val="0420" w:firstRow="1" w:noHBand="0" w:noVBand="1"/>'
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(_row(row, widths) for row in rows)
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{body}</w:tbl>"


_ALL_LINES = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="595959"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)
_UNDER = '<w:tcBorders><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:tcBorders>'


def _row(row: GridRow, widths: Sequence[int]) -> str:
    properties = "" if row.may_split else "<w:cantSplit/>"
    if row.least_height:
        properties += f'<w:trHeight w:val="{row.least_height}" w:hRule="atLeast"/>'
    if row.is_header:
        properties += "<w:tblHeader/>"
    cells, at = [], 0
    for cell in row.cells:
        cells.append(_cell(cell, sum(widths[at : at + cell.span])))
        at += cell.span
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(cell: GridCell, width: int) -> str:
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>'
    if cell.span > 1:
        properties += f'<w:gridSpan w:val="{cell.span}"/>'
    if cell.under:
        properties += _UNDER
    if cell.fill:
        properties += f'<w:shd w:val="clear" w:color="auto" w:fill="{cell.fill}"/>'
    if cell.middle or cell.bottom:
        properties += f'<w:vAlign w:val="{"center" if cell.middle else "bottom"}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{cell.inner}</w:tc>"


def field(code: str, shown: str, *, is_stale: bool = False) -> str:
    """A field of Word with what it shows until it is computed; a stale one is computed when the file is opened."""
    dirty = ' w:dirty="true"' if is_stale else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{dirty}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f"{run(shown)}"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def image(relation: str, number: int, size: tuple[float, float], words: str) -> str:
    """A picture in the line, `size` in points; `words` are said where it cannot be seen."""
    width, height = (round(side * _EMU_IN_POINT) for side in size)
    name = quoteattr(f"Рисунок {number}")
    described = quoteattr(printable(words).replace("\n", " "))
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
        f'<wp:docPr id="{number}" name={name} descr={described}/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{number}" name={name}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
