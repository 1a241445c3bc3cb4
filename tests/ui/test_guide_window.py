"""F1 opens the guide at the page that is worked on."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shnor_desktop.ui.pages import guide_window
from shnor_desktop.ui.pages.guide_window import GuideWindow


def test_that_the_guide_opens_at_a_topic_and_is_searched(qtbot: QtBot) -> None:
    window = GuideWindow(lambda _path: None)
    qtbot.addWidget(window)
    window.show_topic("roadmap")
    assert window.current_topic() == "roadmap"
    assert "Дорожная карта" in window.text.toPlainText()
    window.search.setText("ФИС ОКО")
    names = {window.list.item(at).text() for at in range(window.list.count())}
    assert "Результаты" in names
    assert len(names) < 10
    window.search.setText("слоновость")
    assert "Таких слов" in window.text.toPlainText()


def test_that_the_guide_is_printed_where_a_person_says(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    asked: list[Path] = []
    window = GuideWindow(asked.append)
    qtbot.addWidget(window)
    monkeypatch.setattr(guide_window, "choose_save", lambda *_: tmp_path / "guide.pdf")
    window._on_print_clicked()
    assert asked == [tmp_path / "guide.pdf"]
