"""Writes a neutral document as one page of HTML for the site of a school: escaped text, no scripts, nothing loaded."""

from __future__ import annotations

from html import escape

from shnor_desktop.reports import content as c
from shnor_desktop.reports.printable_text import bound, printable

_STYLE = (
    "body{font-family:'PT Sans',Arial,sans-serif;max-width:60em;margin:1em auto;padding:0 1em;color:#1b1b1b;"
    "line-height:1.45;overflow-wrap:anywhere}"
    "h1,h2,h3{line-height:1.25;hyphens:auto}"
    "table{border-collapse:collapse;width:100%;margin:1em 0}"
    "th,td{border:1px solid #8c8c8c;padding:.35em .5em;text-align:left;vertical-align:top}"
    "th{background:#ececec}.center{text-align:center}.right{text-align:right}"
)
_SAFE = "default-src 'none'; style-src 'unsafe-inline'"  # a browser loads and runs nothing


def html_of(document: c.Document) -> bytes:
    """The page as UTF-8; equal documents give equal bytes. Signatures, stamps and turns of pages have no place here."""
    body = "\n".join(filter(None, map(_block, document.blocks)))
    title = _shown(document.title)
    return (
        '<!DOCTYPE html>\n<html lang="ru">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_SAFE}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    ).encode()


def _block(block: c.Block) -> str:
    match block:
        case c.Heading(text=text, level=level):
            return f"<h{level + 1}>{_shown(text)}</h{level + 1}>"
        case c.Paragraph(text=inline, align=align):
            return f"<p{_side(align)}>{_inline(inline)}</p>" if c.plain(inline).strip() else ""
        case c.Note(text=inline):
            return f"<p><em>{_inline(inline)}</em></p>"
        case c.ListBlock(items=items, numbered=numbered):
            tag = "ol" if numbered else "ul"
            return f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"
        case c.Table():
            return _table(block)
        case c.KeyValueTable(rows=rows):
            lines = (f'<tr><th scope="row">{_shown(key)}</th><td>{_cell(value)}</td></tr>' for key, value in rows)
            return f"<table>{''.join(lines)}</table>" if rows else ""
    return ""


def _table(table: c.Table) -> str:
    sides = [_side(column.align) for column in table.columns]
    head = "".join(f'<th scope="col">{_shown(column.title)}</th>' for column in table.columns)
    lines = [f"<thead><tr>{head}</tr></thead><tbody>"]
    for row in table.rows or (c.GroupRow(table.empty),):
        if isinstance(row, c.GroupRow):
            lines.append(f'<tr><th colspan="{len(sides)}">{_shown(row.text)}</th></tr>')
        else:
            cells = (f"<td{side}>{_cell(cell)}</td>" for cell, side in zip(row.cells, sides, strict=True))
            lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<table>{''.join(lines)}</tbody></table>"


def _side(align: c.Align) -> str:
    return f' class="{align.value}"' if align in (c.Align.CENTER, c.Align.RIGHT) else ""


def _cell(cell: c.Cell) -> str:
    return _shown(c.cell_text(cell)) if isinstance(cell, c.LevelCell) else _inline(cell)


def _inline(inline: c.Inline) -> str:
    if isinstance(inline, str):
        return _shown(inline)
    return "".join(f"<b>{_shown(run.text)}</b>" if run.bold else _shown(run.text) for run in inline)


def _shown(text: str) -> str:
    return escape(bound(printable(text))).replace("\n", "<br>")
