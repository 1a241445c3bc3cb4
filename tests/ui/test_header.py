"""The head of a page keeps all its buttons in sight, and headings of lists keep their words, whatever the room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shnor_desktop.ui.theme import Look
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.header import PageHeader, ProgressDots

WORDS = ("Показать в папке", "Загрузить файл…", "Печать", "Сравнить версии", "Изменить шаблон")


def places(header: PageHeader) -> list[tuple[int, int, int]]:
    """Left, right and bottom of each button in the header."""
    found = []
    for button in header.findChildren(Button):
        at = button.mapTo(header, QPoint(0, 0))
        found.append((at.x(), at.x() + button.width(), at.y() + button.height()))
    return found


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("width", [420, 800, 1366])
def test_that_no_button_of_the_head_is_cut_where_many_stand_in_a_narrow_window(
    qtbot: QtBot, look_of_the_program: Look, scale: float, width: int
) -> None:
    look_of_the_program.set_scale(scale)
    header = PageHeader("Дорожная карта", "Кто, что, к какому сроку делает.")
    qtbot.addWidget(header)
    for words in WORDS:
        header.add_secondary(words, "printer")
    primary = header.set_primary("Добавить мероприятие", "plus")
    header.show()
    header.resize(width, header.heightForWidth(width))
    QApplication.processEvents()
    header.resize(width, header.heightForWidth(width))
    QApplication.processEvents()
    widest = max(button.sizeHint().width() for button in header.findChildren(Button))
    for left, right, bottom in places(header):
        assert left >= 0
        assert right <= max(width, widest + 2 * left)
        assert bottom <= header.height()
    buttons = header.findChildren(Button)
    if width > widest * 1.2:
        assert all(button.width() >= button.sizeHint().width() for button in buttons)
    at = primary.mapTo(header, QPoint(0, 0))
    others = [one for one in buttons if one is not primary]
    assert all((at.y(), at.x()) > (one.mapTo(header, QPoint()).y(), one.mapTo(header, QPoint()).x()) for one in others)


def test_that_the_buttons_stand_beside_a_short_title_where_there_is_room(qtbot: QtBot) -> None:
    header = PageHeader("Кадры")
    qtbot.addWidget(header)
    header.add_secondary("Печать")
    header.set_primary("Добавить")
    header.show()
    header.resize(1300, 100)
    QApplication.processEvents()
    lefts = [left for left, _, _ in places(header)]
    assert min(lefts) > 900


def test_that_a_long_heading_takes_two_lines_and_keeps_its_counts(qtbot: QtBot) -> None:
    name = "Заместители директора, классные руководители, педагог-психолог, социальный педагог, " * 4
    cards = CardList("Сроки")
    qtbot.addWidget(cards)
    cards.set_cards(
        [Card("a", "Первое", heading=f"{name} · 14 сроков, ▲ просрочено 2"), Card("b", "Второе", heading="Кто · 1")]
    )
    cards.resize(420, 400)
    cards.show()
    QApplication.processEvents()
    delegate = cards.itemDelegate()
    width = cards.viewport().width()
    words, high = delegate._heading(cards.cards_model.cards[0].heading, width)  # type: ignore[attr-defined]
    _, low = delegate._heading("Кто · 1", width)  # type: ignore[attr-defined]
    assert words.endswith("… · 14 сроков, ▲ просрочено 2")
    line = cards.fontMetrics().lineSpacing()
    assert high >= 2 * line
    assert low < high


def test_that_a_way_of_five_steps_has_five_dots(qtbot: QtBot, look_of_the_program: Look) -> None:
    dots, ten = ProgressDots(dots=5), ProgressDots()
    qtbot.addWidget(dots)
    qtbot.addWidget(ten)
    dots.set_share(1, 5)
    assert dots.sizeHint().width() * 2 == pytest.approx(ten.sizeHint().width(), abs=2)
    assert dots.accessibleName() == "Заполнено 1 из 5"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_enter_presses_a_button_as_the_space_bar_does(
    qtbot: QtBot, look_of_the_program: Look, key: Qt.Key
) -> None:
    pressed: list[bool] = []
    button = Button("Дальше")
    qtbot.addWidget(button)
    button.clicked.connect(lambda: pressed.append(True))
    button.show()
    qtbot.keyClick(button, key)
    assert pressed == [True]
