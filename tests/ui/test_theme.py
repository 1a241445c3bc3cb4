"""Colours, sizes, icons and fonts of the look."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontDatabase, QFontMetrics, QFontMetricsF, QPalette
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shnor_desktop.ui.theme import (
    Level,
    Look,
    TextStyle,
    Tone,
    contrast,
    load_tokens,
    set_gaps,
    set_text_style,
    set_tone,
)
from shnor_desktop.ui.theme.fonts import INTERFACE_FAMILY, with_tabular_figures
from shnor_desktop.ui.theme.tokens import text_pairs
from shnor_desktop.ui.widgets.labels import LinkText
from shnor_desktop.ui.widgets.words import cut_to_lines

THEMES = sorted((Path(__file__).parents[2] / "resources" / "themes").glob("*.toml"))


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_that_all_text_has_a_contrast_of_four_and_a_half_to_one(path: Path) -> None:
    tokens = load_tokens(path)
    weak = {
        f"{text} on {ground}": round(contrast(tokens.colour(text), tokens.colour(ground)), 2)
        for text, ground in text_pairs(tokens)
        if contrast(tokens.colour(text), tokens.colour(ground)) < 4.5
    }
    assert weak == {}


@pytest.mark.parametrize("path", THEMES, ids=lambda path: path.stem)
def test_that_a_chart_has_at_most_six_colours_that_stand_out_from_the_ground(path: Path) -> None:
    tokens = load_tokens(path)
    assert len(set(tokens.series)) == len(tokens.series) <= 6
    assert all(contrast(colour, tokens.colour("surface")) >= 2.5 for colour in tokens.series)


def test_that_a_level_is_told_by_sign_and_word_besides_its_colour() -> None:
    assert len({level.sign for level in Level}) == len({level.word for level in Level}) == 4


def test_that_the_font_of_the_interface_comes_with_the_program() -> None:
    assert INTERFACE_FAMILY in QFontDatabase.families()


def test_that_figures_of_tables_have_one_width(look_of_the_program: Look) -> None:
    metrics = QFontMetricsF(with_tabular_figures(look_of_the_program.font()))
    assert metrics.horizontalAdvance("1111") == metrics.horizontalAdvance("0000")


def test_that_a_greater_text_scales_fonts_and_gaps_of_what_is_shown(look_of_the_program: Look) -> None:
    box = QWidget()
    title = QLabel("Программа", box)
    set_text_style(title, TextStyle.TITLE)
    layout = QVBoxLayout(box)
    layout.addWidget(title)
    set_gaps(layout, 0.5, 1)
    size, gap = title.font().pointSizeF(), layout.spacing()
    box.show()
    look_of_the_program.set_scale(2.0)
    assert title.font().pointSizeF() == pytest.approx(2 * size)
    assert abs(layout.spacing() - 2 * gap) <= 1


def test_that_a_change_of_theme_reaches_palette_and_tones(look_of_the_program: Look) -> None:
    words = QLabel("срок прошёл")
    set_tone(words, Tone.HIGH)
    words.show()
    before = words.palette().color(QPalette.ColorRole.WindowText)
    look_of_the_program.set_theme("dark")
    assert words.palette().color(QPalette.ColorRole.WindowText) != before
    assert words.palette().color(QPalette.ColorRole.WindowText) == look_of_the_program.colour("high")


def test_that_an_icon_takes_the_colour_of_the_theme_that_is_active_when_it_is_painted(
    look_of_the_program: Look,
) -> None:
    icon = look_of_the_program.icon("calendar", "accent")
    light = icon.pixmap(QSize(32, 32)).toImage()
    look_of_the_program.set_theme("dark")
    assert icon.pixmap(QSize(32, 32)).toImage() != light


def test_that_a_missing_icon_leaves_its_place_empty(look_of_the_program: Look) -> None:
    image = look_of_the_program.icon("no-such-icon").pixmap(QSize(16, 16)).toImage()
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(16) for y in range(16))


def test_that_links_take_the_colour_of_a_new_theme(qtbot: QtBot, look_of_the_program: Look) -> None:
    links = LinkText()
    qtbot.addWidget(links)
    links.set_parts([("2 ошибки", "errors")])
    links.show()
    look_of_the_program.set_theme("dark")
    qtbot.waitUntil(lambda: look_of_the_program.tokens.colour("accent") in links.text())


@pytest.mark.parametrize("width", [60, 120, 200])
def test_that_cut_words_fill_the_lines_they_have(width: int, look_of_the_program: Look) -> None:
    metrics = QFontMetrics(look_of_the_program.font())
    cut = cut_to_lines(metrics, "Провести заседание педагогического совета по итогам диагностики школы", width, 2)
    assert len(cut.split("\n")) == 2
    assert cut.endswith("…")
    assert max(metrics.horizontalAdvance(row) for row in cut.split("\n")) <= width
