"""A comparison of two versions on the screen: words that came underlined, words that went struck through."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.programme_difference import (
    KIND_WORDS,
    ChangeKind,
    ParagraphChange,
    PartChange,
    PartRow,
    Piece,
    PieceKind,
    ProgrammeContent,
    RowChange,
    counts_in_words,
)
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.programme_versions import Comparison
from shnor_desktop.ui.pages.marked_text import Marked, MarkedText
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label

MOST_ROWS = 20
_WIDE = 110


class ComparedVersions(QWidget):
    """Two versions by section and by kind of row; `bring_back` tells section, paragraph and its earlier words."""

    bring_back = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0.6)
        set_chars(self, 30, _WIDE)

    def clear(self) -> None:
        """Show nothing."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def show_comparison(self, found: Comparison, *, may_bring_back: bool) -> None:
        """Everything that differs; `may_bring_back` where the second is the programme as it stands."""
        self.clear()
        difference = found.difference
        words = "Различий нет." if difference.is_empty else f"Всего: {counts_in_words(difference)}."
        self._put(label(f"Было: {found.old}. Стало: {found.new}.", TextStyle.STRONG))
        self._put(label(words, TextStyle.BODY, Tone.MUTED))
        for section in difference.sections:
            sheet = self._sheet(f"{section.number}. {section.title}" if section.number else section.title)
            for change in section.paragraphs:
                sheet.column.addWidget(MarkedText([f"{KIND_WORDS[change.kind]}. ", *change.pieces], sheet))
                if may_bring_back and change.kind in (ChangeKind.CHANGED, ChangeKind.REMOVED):
                    sheet.column.addWidget(self._back_button(section.code, change), 0, Qt.AlignmentFlag.AlignLeft)
        for part in difference.parts:
            self._show_part(part)

    def show_content(self, title: str, content: ProgrammeContent) -> None:
        """One version as it was, to be read."""
        self.clear()
        self._put(label(title, TextStyle.STRONG))
        for section in content.sections:
            sheet = self._sheet(f"{section.number}. {section.title}" if section.number else section.title)
            for paragraph in section.paragraphs:
                sheet.column.addWidget(MarkedText([Piece(PieceKind.SAME, paragraph.text)], sheet))
        for part in content.parts:
            sheet = self._sheet(part.title)
            rows: list[Marked] = [[row.title, Piece(PieceKind.SAME, _fields(row))] for row in part.rows]
            _show_rows(sheet, rows)

    def _show_part(self, part: PartChange) -> None:
        sheet = self._sheet(part.title)
        _show_rows(sheet, [_row_parts(row) for row in part.rows])

    def _back_button(self, section: str, change: ParagraphChange) -> Button:
        button = Button("Вернуть этот абзац", ButtonKind.LINK, "undo-2")
        button.set_small()
        button.setAccessibleName(f"Вернуть этот абзац: {change.old[:60]}")
        button.clicked.connect(lambda: self.bring_back.emit(section, change.id, change.old))
        return button

    def _sheet(self, title: str) -> Sheet:
        sheet = Sheet(gap=0.4)
        set_chars(sheet, 30, _WIDE)
        sheet.column.addWidget(label(title, TextStyle.SECTION))
        self._put(sheet)
        return sheet

    def _put(self, widget: QWidget) -> None:
        self._column.addWidget(widget)
        widget.show()


def _row_parts(row: RowChange) -> list[str | Piece]:
    """«Изменено: title», then a line for each field; of a removed row its name says all."""
    parts: list[str | Piece] = [f"{KIND_WORDS[row.kind]}: {row.title}"]
    if row.kind is ChangeKind.REMOVED:
        return parts
    for field in row.fields:
        if row.kind is ChangeKind.ADDED and field.new == row.title:
            continue
        parts += [Piece(PieceKind.SAME, f"\n{field.caption}: "), *field.pieces]
    return parts


def _fields(row: PartRow) -> str:
    return "".join(f"\n{caption}: {text}" for caption, text in row.fields if text != row.title)


def _apart(rows: Sequence[Marked]) -> list[str | Piece]:
    """All rows in one text, an empty line between: a label for each is laid out for seconds."""
    parts: list[str | Piece] = []
    for row in rows:
        parts += [Piece(PieceKind.SAME, "\n\n"), *row] if parts else row
    return parts


def _show_rows(sheet: Sheet, rows: Sequence[Marked]) -> None:
    """The first rows, and a button that shows some more: all of a long road map would be laid out for seconds."""
    sheet.column.addWidget(MarkedText(_apart(rows[:MOST_ROWS]), sheet))
    rest = rows[MOST_ROWS:]
    if not rest:
        return
    words = f"Показать ещё {min(len(rest), MOST_ROWS)} из {plural(len(rest), 'строки', 'строк', 'строк')}"
    more = Button(words, ButtonKind.LINK, "chevron-down")

    def on_asked() -> None:
        more.hide()
        more.deleteLater()
        _show_rows(sheet, rest)

    more.clicked.connect(on_asked)
    sheet.column.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
