"""What the program builds in a section, shown as on the printed page: pairs of a passport, a table with its lines."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.programme_sections import Cells, SectionTable
from shnor_desktop.ui.theme import look
from shnor_desktop.ui.widgets.printed_text import PrintedText

MOST_ROWS = 24
_WIDE = 7  # so many columns do not fit the page side by side


class PrintedTable(PrintedText):
    """A table in the face of the page; with `opens`, the first words of a row are a link told by `row_opened`.

    Only the first rows of a very long table are drawn: the rest is printed and edited on its own page.
    """

    row_opened = Signal(int)
    least_lines = 3.0

    def __init__(self, table: SectionTable, title: str, opens: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shown = table
        self._opens = opens
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setAccessibleName(f"{title}: {_count(len(table.rows))}")
        self.linkActivated.connect(lambda link: self.row_opened.emit(int(link)))
        self.draw()

    def html(self) -> str:
        """The first rows with their lines, and how many are left."""
        table = self.shown
        rows = table.rows[:MOST_ROWS]
        is_pairs = not any(table.columns)
        grouped = len(table.columns) >= _WIDE
        line = look().tokens.colour("border_strong")
        head = "" if is_pairs else _row(_without_group(table.columns) if grouped else table.columns, "th")
        body, group = "", ""
        for at, row in enumerate(rows):
            if grouped and row[1] != group:
                group = row[1]
                body += f'<tr><td colspan="{len(row) - 1}"><b>{escape(group)}</b></td></tr>'
            body += self._body_row(at, _without_group(row) if grouped else row)
        left = len(table.rows) - len(rows)
        more = f"<p>…и ещё {_count(left)}: они печатаются, а здесь не показаны.</p>" if left > 0 else ""
        points = look().font().pointSizeF() * (0.9 if grouped else 1.0)
        style = f"border-collapse: collapse; border-color: {line}; font-size: {points:.1f}pt"
        border = "0" if is_pairs else "1"
        opening = f'<table width="100%" border="{border}" cellspacing="0" cellpadding="5" style="{style}">'
        return f"{opening}{head}{body}</table>{more}"

    def _body_row(self, at: int, row: Cells) -> str:
        if not self._opens:
            return _row(row, "td")
        accent = look().tokens.colour("accent")
        cells = [_cell(text) for text in row]
        cells[1] = f'<a style="color: {accent}; text-decoration: none" href="{at}">{cells[1]}</a>'
        return "<tr>" + "".join(f'<td valign="top">{cell}</td>' for cell in cells) + "</tr>"


def _without_group(row: Cells) -> Cells:
    """A wide table has its second column (the stage) as headings between the rows."""
    return (row[0], *row[2:])


def _row(cells: Cells, tag: str) -> str:
    made = "".join(f'<{tag} valign="top" align="left">{_cell(text)}</{tag}>' for text in cells)
    return f"<tr>{made}</tr>"


def _cell(text: str) -> str:
    """Escaped, its lines kept, very long words broken so that the table stays within the page."""
    words = []
    for word in text.split(" "):
        parts = [word[at : at + 24] for at in range(0, len(word), 24)] if len(word) > 26 else [word]
        words.append("&#8203;".join(escape(part) for part in parts))
    return " ".join(words).replace("\n", "<br>") or "—"


def _count(number: int) -> str:
    return plural(number, "строка", "строки", "строк")
