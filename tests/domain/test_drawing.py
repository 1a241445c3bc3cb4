"""Charts as display lists: everything lies inside the picture, every figure and sign is there without colour."""

from __future__ import annotations

import pytest

from shnor_desktop.domain.drawing import Drawing, Item, Line, Picture, Shape, Text
from shnor_desktop.domain.drawing.charts import (
    ChartBar,
    HeatCell,
    HeatRow,
    YearBar,
    bars,
    distribution,
    heat_map,
    marks_by_year,
    titled,
)
from shnor_desktop.domain.drawing.svg import svg_of
from shnor_desktop.domain.methodology import Level

LONG = "Умение " + "решать-неразрывно" * 12


def measure(text: str, size: float) -> float:
    return len(text) * size * 0.55


CHARTS: dict[str, Drawing] = {
    "bars": bars([ChartBar(LONG, 40, "40 % · недостаточно", Level.HIGH, 30), ChartBar("Б", 0, "0 %")], 100),
    "marks": marks_by_year([YearBar("2024, n = 20", (5, 6, 7, 2)), YearBar("2023, n = 1", (0, 0, 0, 1))]),
    "scores": distribution({score: score % 7 for score in range(61)}, {3: 20, 4: 35, 5: 50}, [20]),
    "heat": heat_map(
        [f"получили «{at}»" for at in range(8)],
        [HeatRow(LONG, tuple(HeatCell("57", Level.HIGH) for _ in range(8))), HeatRow("Б", ())],
    ),
    "none": distribution({}, {}),
}


def points(item: Item) -> list[tuple[float, float]]:
    match item:
        case Line():
            return [(item.x1, item.y1), (item.x2, item.y2)]
        case Shape():
            return list(item.points)
        case Text():
            return [(item.x, item.y)]


def drawn(name: str, width: float = 480) -> Picture:
    return titled(CHARTS[name], "Название", "Подпись, n = 20")(width, measure, 9.0)


@pytest.mark.parametrize("name", CHARTS)
@pytest.mark.parametrize("width", [120.0, 480.0, 1400.0])
def test_that_nothing_is_drawn_beside_the_picture(name: str, width: float) -> None:
    picture = drawn(name, width)
    for item in picture.items:
        for x, y in points(item):
            assert -1 <= x <= picture.width + 1, item
            assert -1 <= y <= picture.height + 1, item


def test_that_marks_are_told_by_their_words_and_the_worst_by_a_hatch() -> None:
    items = drawn("marks").items
    words = [item.text for item in items if isinstance(item, Text)]
    assert {"«2» 25 %", "«3» 30 %"} <= set(words)
    assert sum(1 for item in items if isinstance(item, Line)) > 5


def test_that_a_heap_at_a_border_has_a_sign_and_the_border_its_score() -> None:
    words = [item.text for item in drawn("scores").items if isinstance(item, Text)]
    assert "«3» с 20" in words
    assert any(isinstance(item, Shape) and len(item.points) == 4 for item in drawn("scores").items)


def test_that_a_picture_file_is_well_formed_and_keeps_hostile_words_as_words() -> None:
    from xml.etree import ElementTree

    hostile = bars([ChartBar('<script>&"\x07', 1, "1")])
    written = svg_of(hostile(300, measure, 9.0), 'Название <b> & "')
    root = ElementTree.fromstring(written)
    assert root.tag.endswith("svg")
    assert "<script>" not in written
    assert written == svg_of(hostile(300, measure, 9.0), 'Название <b> & "')
