"""The main window is used by mouse and keyboard."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.shell import MainWindow, PageSpec, SearchEntry
from shnor_desktop.ui.shell.navigation import NavigationButton
from shnor_desktop.ui.shell.palette import FindPalette
from shnor_desktop.ui.theme import Look
from shnor_desktop.ui.widgets.line import TypedLine
from tests.ui.typing_keys import type_text


class NotePage(QWidget):
    """A page with one field that remembers where it was told to go."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.line = TypedLine(self)
        self.line.setAccessibleName("Поле")
        self.line.setProperty("help_topic", "field:note")
        column = QVBoxLayout(self)
        column.addWidget(QLabel(words))
        column.addWidget(self.line)

    def open_target(self, target: str) -> None:
        self.targets.append(target)


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = MainWindow()
    qtbot.addWidget(made)
    specs = [
        PageSpec("today", "Сегодня", "calendar", lambda: NotePage("дела"), badge=3),
        PageSpec("staff", "Кадры", "users", lambda: NotePage("педагоги")),
        PageSpec("exchange", "Обмен", "package", lambda: NotePage("пакеты")),
    ]
    made.set_pages(specs, "Школа")
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def button(window: MainWindow, page: str) -> NavigationButton:
    return next(one for one in window.findChildren(NavigationButton) if one.page_id == page)


def test_that_the_window_says_what_it_waits_for_before_it_has_pages(qtbot: QtBot) -> None:
    window = MainWindow()
    qtbot.addWidget(window)
    shown = window.stack.currentWidget().findChild(QLabel)
    assert shown.text() == "Открываю данные школы…"


def test_that_the_title_of_the_window_names_no_person_and_no_school(window: MainWindow) -> None:
    assert window.windowTitle() == "ШНОР-Десктоп"


def test_that_a_click_on_a_noun_opens_its_page_and_makes_it_only_then(window: MainWindow, qtbot: QtBot) -> None:
    assert window.page("staff") is None
    with qtbot.waitSignal(window.page_opened):
        qtbot.mouseClick(button(window, "staff"), Qt.MouseButton.LeftButton)
    assert window.stack.currentWidget() is window.page("staff")


def test_that_the_number_keys_open_pages_and_alt_left_returns(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    assert window.current_page_id() == "exchange"
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.current_page_id() == "today"


def test_that_a_badge_is_told_to_a_screen_reader(window: MainWindow) -> None:
    assert button(window, "today").accessibleName() == "Сегодня, ждут решения: 3"
    window.set_badge("today", 0)
    assert button(window, "today").accessibleName() == "Сегодня"


def test_that_ctrl_k_finds_by_parts_of_words_and_enter_goes_there(window: MainWindow, qtbot: QtBot) -> None:
    entries = [
        SearchEntry("Доля педагогов с высшей категорией", "поле", "staff", "share"),
        SearchEntry("Пакет № 3", "пакет", "exchange", "3"),
    ]
    window.set_search(lambda typed: [one for one in entries if one.matches(typed.casefold().split())])
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(FindPalette)
    type_text(palette.field, "выс пед")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    page = window.page("staff")
    assert isinstance(page, NotePage)
    assert page.targets == ["share"]


def test_that_ctrl_k_works_while_a_field_has_the_cursor(window: MainWindow, qtbot: QtBot) -> None:
    window.set_search(lambda typed: [])
    page = window.page("today")
    assert isinstance(page, NotePage)
    page.line.setFocus()
    type_text(page.line, "текст")
    page.line.home(False)
    qtbot.keyClick(page.line, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.findChild(FindPalette) is not None
    assert page.line.text() == "текст"


def test_that_ctrl_z_takes_back_typing_first_and_then_belongs_to_the_program(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("today")
    assert isinstance(page, NotePage)
    page.line.setFocus()
    qtbot.waitUntil(page.line.hasFocus)
    type_text(page.line, "а")
    with qtbot.assertNotEmitted(window.undo_requested):
        qtbot.keyClick(page.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page.line.text() == ""
    with qtbot.waitSignal(window.undo_requested):
        qtbot.keyClick(page.line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)


def test_that_f1_asks_for_the_help_of_the_field_with_the_cursor(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("today")
    assert isinstance(page, NotePage)
    page.line.setFocus()
    qtbot.waitUntil(page.line.hasFocus)
    with qtbot.waitSignal(window.help_requested) as asked:
        qtbot.keyClick(page.line, Qt.Key.Key_F1)
    assert asked.args == ["field:note"]


def test_that_the_status_line_offers_the_named_step_for_undo(window: MainWindow, qtbot: QtBot) -> None:
    window.set_status("Сохранено в 14:02", "изменена доля педагогов", "этап II · 24 дня")
    assert window.status.undo.text() == "Отменить: изменена доля педагогов"
    with qtbot.waitSignal(window.undo_requested):
        qtbot.mouseClick(window.status.undo, Qt.MouseButton.LeftButton)
    assert window.status.undo.focusPolicy() is Qt.FocusPolicy.NoFocus
    window.set_status("Сохранено в 14:03")
    assert window.status.undo.isHidden()


def test_that_a_message_says_all_three_things_and_its_button_does_one(window: MainWindow, qtbot: QtBot) -> None:
    pressed: list[bool] = []
    message = Notice(
        "Пакет не принят: отправитель не подтверждён.", "Файл мог быть изменён.", "Попросите выгрузить ещё раз."
    )
    window.show_message(message, MessageLevel.ERROR, "Отложить в карантин", lambda: pressed.append(True))
    assert all(part in window.messages.text.text() for part in (message.what, message.means, message.do))
    assert window.messages.accessibleName().startswith("Ошибка. Пакет не принят")
    qtbot.mouseClick(window.messages.button, Qt.MouseButton.LeftButton)
    assert pressed == [True]
    assert window.messages.isHidden()


def test_that_a_message_shows_markup_of_data_as_text(window: MainWindow) -> None:
    window.show_message(Notice("Файл <b>x</b> & y не открыт."))
    assert "&lt;b&gt;x&lt;/b&gt; &amp; y" in window.messages.text.text()


def test_that_files_dropped_anywhere_are_told_as_paths(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / "школа.shnor"))])
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    with qtbot.waitSignal(window.files_dropped) as dropped:
        window.dropEvent(event)
    assert dropped.args == [[str(tmp_path / "школа.shnor")]]


def test_that_twelve_nouns_fit_a_low_window_at_twice_the_text(qtbot: QtBot, look_of_the_program: Look) -> None:
    look_of_the_program.set_scale(2.0)
    window = MainWindow()
    qtbot.addWidget(window)
    window.set_pages([PageSpec(str(at), f"Страница {at}", "calendar", QWidget) for at in range(12)], "Школа")
    window.show()
    qtbot.waitExposed(window)
    assert (window.width(), window.height()) == (1366, 768)
    last = button(window, "11")
    assert last.geometry().bottom() < window.sidebar.height()
    assert last.toolTip().startswith("Страница 11")


def test_that_closing_the_window_ends_the_editing_of_the_field(window: MainWindow, qtbot: QtBot) -> None:
    page = window.page("today")
    assert isinstance(page, NotePage)
    page.line.setFocus()
    qtbot.waitUntil(page.line.hasFocus)
    type_text(page.line, "новое")
    with qtbot.waitSignals([page.line.editingFinished, window.closing], order="strict"):
        window.close()
    assert QApplication.focusWidget() is not page.line


def test_that_a_passing_message_goes_with_its_page_and_an_error_stays(window: MainWindow) -> None:
    window.open_page("today")
    window.show_message(Notice("Вставлено 3 строки."), MessageLevel.DONE)
    window.open_page("staff")
    assert window.messages.isHidden()
    window.show_message(Notice("На диске нет места."), MessageLevel.ERROR)
    window.open_page("today")
    assert not window.messages.isHidden()
