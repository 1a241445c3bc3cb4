"""Line icons from SVG files, drawn in the colours of the active theme at the moment of painting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

ColourOf = Callable[[str], str]


class IconShapes:
    """The SVG texts of a folder and the renderers made of them, one per name and colour."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._texts: dict[str, str] = {}
        self._renderers: dict[tuple[str, str], QSvgRenderer | None] = {}

    def renderer(self, name: str, colour: str) -> QSvgRenderer | None:
        """A renderer of the icon in that colour; None while its file is missing."""
        key = (name, colour)
        if key not in self._renderers:
            self._renderers[key] = self._load(name, colour)
        return self._renderers[key]

    def _load(self, name: str, colour: str) -> QSvgRenderer | None:
        from PySide6.QtSvg import QSvgRenderer  # after first paint only: the empty frame needs no SVG

        if name not in self._texts:
            path = self._folder / f"{name}.svg"
            self._texts[name] = path.read_text(encoding="utf-8") if path.is_file() else ""
        text = self._texts[name]
        if not text:
            return None
        return QSvgRenderer(text.replace("currentColor", colour).encode("utf-8"))


class ThemedIcon(QIconEngine):
    """An icon that asks for its colour each time it is painted, so that a change of theme needs no new icon."""

    def __init__(self, shapes: IconShapes, name: str, token: str, colour_of: ColourOf) -> None:
        super().__init__()
        self._shapes = shapes
        self._name = name
        self._token = token
        self._colour_of = colour_of

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Draw the icon centred in the rectangle."""
        token = "text_muted" if mode == QIcon.Mode.Disabled else self._token
        renderer = self._shapes.renderer(self._name, self._colour_of(token))
        if renderer is None:
            return
        side = min(rect.width(), rect.height())
        left = rect.x() + (rect.width() - side) / 2
        top = rect.y() + (rect.height() - side) / 2
        renderer.render(painter, QRectF(left, top, side, side))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """The icon on a transparent ground."""
        pixmap = QPixmap(size)
        pixmap.fill(QtCore.Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> ThemedIcon:
        """The same icon for a detached copy."""
        return ThemedIcon(self._shapes, self._name, self._token, self._colour_of)
