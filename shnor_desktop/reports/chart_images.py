"""A display list as a PNG picture, for writers that cannot draw lines themselves."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.reports.charts import PRINT_INKS, Anchor, Line, Picture, Shape, Text

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_DOTS_PER_INCH = 220
_FINER = 2  # shapes are drawn larger and made smaller again: their edges become smooth
_FACE = "GolosText-Regular.ttf"
_BODY = 100.0  # a text is measured at this size: hinting at small sizes would make it uneven
_ANCHORS = {Anchor.START: "ls", Anchor.MIDDLE: "ms", Anchor.END: "rs"}


def measure_with(fonts: Path) -> Callable[[str, float], float]:
    """How wide texts are in the face that `png_of` draws with; KnownError report.fonts_missing."""
    from PIL import ImageFont  # 40 ms: loaded when a picture is made

    try:
        face = ImageFont.truetype(str(fonts / _FACE), _BODY)
    except OSError as error:
        raise KnownError("report.fonts_missing", file=_FACE) from error
    return lambda text, size: float(face.getlength(text)) * size / _BODY


def png_of(picture: Picture, fonts: Path) -> bytes:
    """The picture on white paper, fit for print; KnownError report.fonts_missing."""
    from PIL import Image, ImageDraw

    scale = _DOTS_PER_INCH / 72
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    large = Image.new("RGB", (size[0] * _FINER, size[1] * _FINER), "white")
    draw = ImageDraw.Draw(large)
    for item in picture.items:
        _draw(item, draw, scale * _FINER, fonts)
    target = BytesIO()
    image = large.resize(size, Image.Resampling.BOX)
    image.save(target, "PNG", optimize=True, dpi=(_DOTS_PER_INCH, _DOTS_PER_INCH))
    return target.getvalue()


def _draw(item: Line | Shape | Text, draw: ImageDraw, scale: float, fonts: Path) -> None:
    ink = PRINT_INKS[item.ink]
    match item:
        case Line():
            ends = [(item.x1 * scale, item.y1 * scale), (item.x2 * scale, item.y2 * scale)]
            draw.line(ends, fill=ink, width=max(1, round(item.width * scale)))
        case Shape(filled=True):
            draw.polygon([(x * scale, y * scale) for x, y in item.points], fill=ink)
        case Shape():
            points = [(x * scale, y * scale) for x, y in (*item.points, item.points[0], item.points[1])]
            draw.line(points, fill=ink, width=max(1, round(item.width * scale)), joint="curve")
        case Text():
            from PIL import ImageFont

            face = ImageFont.truetype(str(fonts / _FACE), item.size * scale)
            draw.text((item.x * scale, item.y * scale), item.text, ink, face, anchor=_ANCHORS[item.anchor])
