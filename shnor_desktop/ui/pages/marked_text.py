"""Text with the marks of a comparison: words that came underlined, words that went struck through."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.programme_difference import Piece, PieceKind
from shnor_desktop.ui.theme import look
from shnor_desktop.ui.widgets.printed_text import PrintedText

Marked = Sequence[str | Piece]


class MarkedText(PrintedText):
    """Text with pieces of a comparison."""

    def __init__(self, parts: Marked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_parts(parts)

    def set_parts(self, parts: Marked) -> None:
        """Show something else."""
        self._parts = list(parts)
        self.setAccessibleName(spoken(self._parts))
        self.draw()

    def html(self) -> str:
        """The pieces with their marks."""
        return "".join(_html(part) for part in self._parts)


def spoken(parts: Marked) -> str:
    """What a screen reader says: the marks in words."""
    words = {PieceKind.ADDED: "добавлено", PieceKind.REMOVED: "исключено"}
    found = []
    for part in parts:
        if isinstance(part, str):
            found.append(part.replace("\n", " "))
        else:
            found.append(f"[{words[part.kind]}: {part.text}]" if part.kind in words else part.text)
    return "".join(found)


def _html(part: str | Piece) -> str:
    if isinstance(part, str):
        return f"<b>{escape(part)}</b>".replace("\n", "<br>")
    text = escape(part.text).replace("\n", "<br>")
    if part.kind is PieceKind.SAME:
        return text
    tag, token = ("u", "low") if part.kind is PieceKind.ADDED else ("s", "high")
    gap = " " if part.kind is PieceKind.ADDED and not part.text[:1].isspace() else ""
    return f'{gap}<{tag} style="color: {look().tokens.colour(token)}">{text}</{tag}>'
