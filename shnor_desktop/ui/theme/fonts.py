"""The fonts that ship with the program; the system's sans stands in while a file is missing."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase

BASE_POINTS = 10.5
INTERFACE_FAMILY = "Golos Text"
PRINT_FAMILY = "PT Serif"


def load_fonts(folder: Path, prefix: str = "") -> list[str]:
    """Register every TrueType file of the folder whose name starts with `prefix`; the families found."""
    families: list[str] = []
    for path in sorted(folder.glob(f"{prefix}*.ttf")):
        number = QFontDatabase.addApplicationFont(str(path))
        families += QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
    return families


def interface_font(scale: float) -> QFont:
    """The font of the interface at a text scale of 1.0 to 2.0."""
    font = QFont()
    font.setFamilies([INTERFACE_FAMILY, "Segoe UI", "Noto Sans", "DejaVu Sans"])
    font.setPointSizeF(BASE_POINTS * scale)
    return font


def print_font(points: float = 11.0) -> QFont:
    """The serif of printed bodies, for previews of documents."""
    font = QFont()
    font.setFamilies([PRINT_FAMILY, "PT Astra Serif", "Liberation Serif", "DejaVu Serif"])
    font.setPointSizeF(points)
    return font


def with_tabular_figures(font: QFont) -> QFont:
    """The same font with digits of one width, for columns of numbers."""
    tabular = QFont(font)
    tabular.setFeature(QFont.Tag.fromString("tnum"), 1)
    return tabular
