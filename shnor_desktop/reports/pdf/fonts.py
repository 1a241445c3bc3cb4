"""Registers the shipped fonts with reportlab, once in a process."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from shnor_desktop.domain.errors import KnownError

SERIF = "PTSerif"
SANS = "GolosText"

_FAMILIES = {
    SERIF: ("PTSerif-Regular", "PTSerif-Bold", "PTSerif-Italic", "PTSerif-BoldItalic"),
    # Golos Text has no italic: stress in a sheet is the medium weight.
    SANS: ("GolosText-Regular", "GolosText-Bold", "GolosText-Medium", "GolosText-Bold"),
}
_lock = Lock()


def bold(family: str) -> str:
    """The name of the bold face of a registered family."""
    return _FAMILIES[family][1]


def regular(family: str) -> str:
    """The name of the regular face of a registered family."""
    return _FAMILIES[family][0]


def register(folder: Path) -> None:
    """Make the faces in `folder` known; KnownError("report.fonts_missing") where one cannot be read."""
    with _lock:
        known = set(pdfmetrics.getRegisteredFontNames())
        for family, faces in _FAMILIES.items():
            for face in dict.fromkeys(faces):
                if face not in known:
                    _register_face(folder / f"{face}.ttf", face)
            normal, strong, italic, strong_italic = faces
            pdfmetrics.registerFontFamily(family, normal, strong, italic, strong_italic)


def _register_face(file: Path, face: str) -> None:
    try:
        pdfmetrics.registerFont(TTFont(face, str(file)))
    except (TTFError, OSError) as error:
        raise KnownError("report.fonts_missing", file=file.name) from error
