"""The risk profile as a display list."""

from __future__ import annotations

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.reports.charts import Ink, Shape, Text, risk_profile, wrap
from shnor_desktop.reports.content import RiskBar


def half_size(text: str, size: float) -> float:
    """Every letter is half as wide as the size."""
    return len(text) * size / 2


def profile(*bars: RiskBar) -> tuple[list[Shape], list[Text]]:
    items = risk_profile(bars, 400, half_size).items
    return [item for item in items if isinstance(item, Shape)], [item for item in items if isinstance(item, Text)]


def bar_length(shape: Shape) -> float:
    xs = [x for x, _ in shape.points]
    return max(xs) - min(xs)


def test_that_a_bar_is_as_long_as_its_score() -> None:
    shapes, _ = profile(RiskBar("А", Level.HIGH, 80), RiskBar("Б", Level.HIGH, 40))
    assert round(bar_length(shapes[1]) / bar_length(shapes[3]), 6) == 2


def test_that_every_factor_has_a_sign_of_its_level() -> None:
    shapes, _ = profile(*(RiskBar("А", level, None) for level in Level))
    assert [shape.ink for shape in shapes] == [Ink.HIGH, Ink.MEDIUM, Ink.LOW, Ink.UNKNOWN]
    assert [shape.filled for shape in shapes] == [True, True, True, False]
    assert len({len(shape.points) for shape in shapes[:3]}) == 3


def test_that_a_factor_without_a_score_says_so() -> None:
    _, texts = profile(RiskBar("А", Level.UNKNOWN, None))
    assert [text.text for text in texts] == ["А", "нет данных"]


def test_that_nothing_leaves_the_picture() -> None:
    bars = [RiskBar("превысокомногорассмотрительствующий " * 4, Level.MEDIUM, 100)] * 5
    picture = risk_profile(bars, 400, half_size)
    for item in picture.items:
        if isinstance(item, Shape):
            assert all(0 <= x <= 400 and 0 <= y <= picture.height for x, y in item.points)
        if isinstance(item, Text):
            assert item.x + half_size(item.text, item.size) <= 400
            assert item.y <= picture.height


def test_that_lines_keep_to_the_width_and_lose_no_letter() -> None:
    text = "слово " + "ы" * 50 + " конец"
    lines = wrap(text, 40, 8, half_size)
    assert all(half_size(line, 8) <= 40 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
