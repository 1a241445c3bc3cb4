"""Labels in the text styles of the interface, and the badge of a level."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from shnor_desktop.ui.theme import Level, TextStyle, Tone, chars, lines, look, set_gaps, set_text_style, set_tone


class _Words(QLabel):
    """Words that tell their height for the width that they get, which is never over their greatest."""

    def heightForWidth(self, width: int) -> int:
        """Qt asks at the width of the whole column and would give room for too few lines."""
        return super().heightForWidth(min(width, self.maximumWidth()))


def label(
    text: str = "",
    style: TextStyle = TextStyle.BODY,
    tone: Tone | None = None,
    wraps: bool = True,
    parent: QWidget | None = None,
) -> QLabel:
    """A label of plain text that breaks its lines (unless `wraps` is off) and can be copied by mouse."""
    made = _Words(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    if style is not TextStyle.BODY:
        set_text_style(made, style)
    if tone is not None:
        set_tone(made, tone)
    if wraps:
        policy = made.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        made.setSizePolicy(policy)
    return made


class LinkText(QLabel):
    """A line of text some parts of which are links; tells the name of the link that was chosen."""

    link_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, wraps: bool = False) -> None:
        super().__init__(parent)
        self.setWordWrap(wraps)
        self._parts: list[tuple[str, str]] = []
        self._between = ""
        self._quiet = ""
        self.setTextFormat(Qt.TextFormat.RichText)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.linkActivated.connect(self.link_chosen)

    def set_parts(self, parts: list[tuple[str, str]], between: str = " · ", quiet: str = "") -> None:
        """Show (words, link name) one after another; an empty link name makes plain words, `quiet` is a muted link."""
        self._quiet = quiet
        self._parts = [(words, link) for words, link in parts if words]
        self._between = between
        self.setAccessibleName(between.join(words for words, _ in self._parts))
        self._draw()

    def sizeHint(self) -> QSize:
        """One line as long as its words, though it may be given less and wrap."""
        hint = super().sizeHint()
        if not self.wordWrap():
            return hint
        words = self._between.join(words for words, _ in self._parts)
        return QSize(self.fontMetrics().horizontalAdvance(words) + lines(0.25), lines(1.2))

    def minimumSizeHint(self) -> QSize:
        """A line that wraps asks for little."""
        return QSize(chars(12), lines(1)) if self.wordWrap() else super().minimumSizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Give the links the colour of the new theme, which rich text does not do by itself."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._parts:
            self._draw()

    def _draw(self) -> None:
        style = "text-decoration: none; color: "
        accent, muted = (look().tokens.colour(name) for name in ("accent", "text_muted"))
        made = [
            f'<a style="{style}{muted if link == self._quiet else accent}" href="{escape(link)}">{escape(words)}</a>'
            if link
            else escape(words)
            for words, link in self._parts
        ]
        self.setText(self._between.join(made))


class SignText(QWidget):
    """An icon before a line of words, in the colour of a tone: an error or a warning under a field."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = QLabel(self)
        self._icon = ""
        self._tone = Tone.NORMAL
        self.words = label("", TextStyle.SMALL)
        row = QHBoxLayout(self)
        set_gaps(row, 0.3)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def set_words(self, text: str, icon: str, tone: Tone) -> None:
        """Replace the words; an empty text hides the line."""
        self._icon = icon
        self._tone = tone
        self.words.setText(text)
        self.setAccessibleName(text)
        set_tone(self.words, tone)
        self._draw_sign()
        self.setVisible(bool(text))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew after a change of theme or scale."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.FontChange) and self._icon:
            self._draw_sign()

    def _draw_sign(self) -> None:
        side = lines(0.95)
        self._sign.setPixmap(look().icon(self._icon, self._tone.value).pixmap(side, side))


class LevelBadge(QWidget):
    """▲ высокая: sign, word and colour of a level on its soft ground."""

    def __init__(self, level: Level = Level.UNKNOWN, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._level = level
        self._text = text
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_level(level, text)

    def set_level(self, level: Level, text: str = "") -> None:
        """Show a level; `text` replaces its word («значимость высокая»)."""
        self._level = level
        self._text = text or level.word
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Sign and words as shown."""
        return f"{self._level.sign} {self._text}"

    def sizeHint(self) -> QSize:
        """The words with air around them."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + lines(0.8), lines(1.35))

    def minimumSizeHint(self) -> QSize:
        """A badge is never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A soft rounded ground and the words in the level's colour."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look().colour(f"{self._level.value}_soft"))
        radius = self.height() * 0.22
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        painter.setPen(look().colour(self._level.value))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()
