"""Text with the marks of a comparison: words that came underlined, words that went struck through."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from shnor_desktop.domain.programme_difference import Piece, PieceKind
from shnor_desktop.ui.theme import TextStyle, chars, lines, look, set_text_style

Marked = Sequence[str | Piece]


class MarkedText(QLabel):
    """Text with pieces of a comparison, in the face of the page; its colours follow the theme."""

    def __init__(self, parts: Marked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        look().load_print_face()
        self._parts = list(parts)
        self._heights: dict[int, int] = {}
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        self.setSizePolicy(policy)
        set_text_style(self, TextStyle.PRINT)
        self.setAccessibleName(spoken(self._parts))
        self._draw()

    def set_parts(self, parts: Marked) -> None:
        """Show something else."""
        self._parts = list(parts)
        self.setAccessibleName(spoken(self._parts))
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """The marks take the colours of the new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._heights = {}
        elif event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def heightForWidth(self, width: int) -> int:
        """Measured once a width: layouts ask many times, and each answer lays the whole text out."""
        if width not in self._heights:
            self._heights[width] = super().heightForWidth(width)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """As wide as the sheet; the height follows from the width."""
        return QSize(chars(60), lines(1.5))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for a large text."""
        return QSize(chars(24), lines(1.2))

    def _draw(self) -> None:
        self._heights = {}
        self.setText("".join(_html(part) for part in self._parts))


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
