"""The kit as a whole: pages of the gallery, lists, charts, dialogs."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.theme import Level, Look, Tone
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.cards import HistoryEntry, HistoryPanel, Section, SectionList, SectionState
from shnor_desktop.ui.widgets.charts import Bar, ChartPanel
from shnor_desktop.ui.widgets.header import PageHeader, Progress
from shnor_desktop.ui.widgets.labels import LevelBadge, label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState, Page, ScrollColumn
from shnor_desktop.ui.widgets.progress import ProgressStrip
from tests.ui.gallery import PAGES


@pytest.mark.parametrize("spec", PAGES, ids=lambda spec: spec.id)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_every_control_can_be_named_and_no_page_is_wider_than_the_window(
    spec: object, scale: float, qtbot: QtBot, look_of_the_program: Look
) -> None:
    look_of_the_program.set_scale(scale)
    page = spec.make()  # type: ignore[attr-defined]
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    QApplication.processEvents()
    shown = [one for one in page.findChildren(QWidget) if one.isVisibleTo(page)]
    controls = [one for one in shown if one.focusPolicy() & Qt.FocusPolicy.TabFocus]
    buddies = {label.buddy() for label in page.findChildren(QLabel) if label.buddy() is not None}
    nameless = [
        one
        for one in controls
        if not (one.accessibleName() or one in buddies or (isinstance(one, QAbstractButton) and one.text()))
        and one.parentWidget().metaObject().className() not in ("QComboBox", "QuietCombo")
        and not isinstance(one, QScrollArea)
    ]
    assert nameless == []
    assert page.minimumSizeHint().width() <= 1270


def test_that_each_part_of_the_progress_is_a_link(qtbot: QtBot) -> None:
    header = PageHeader("Диагностическая карта", "Ответьте за школу.")
    qtbot.addWidget(header)
    header.set_progress(Progress(34, 41, 2, 3, "этап II, до 30.04"))
    words = header.progress.accessibleName().replace("\u00a0", " ")
    assert words == "заполнено 34 из 41 · 2 ошибки · 3 предупреждения · этап II, до 30.04"
    with qtbot.waitSignal(header.progress_chosen) as chosen:
        header.progress.linkActivated.emit("errors")
    assert chosen.args == ["errors"]


def test_that_the_progress_wraps_rather_than_be_cut(qtbot: QtBot) -> None:
    header = PageHeader("Программа перехода")
    qtbot.addWidget(header)
    header.set_progress(Progress(33, 39, 6, 10, "не прочитано: 26 абзацев · состояние: на рассмотрении у координатора"))
    header.resize(400, 300)
    header.show()
    qtbot.waitExposed(header)
    line = header.progress.fontMetrics().lineSpacing()
    assert header.progress.width() <= 400
    assert header.progress.height() >= 2 * line
    header.resize(1300, 300)
    qtbot.waitUntil(lambda: header.progress.height() < 2 * line)


def test_that_a_complete_page_without_findings_says_so(qtbot: QtBot) -> None:
    header = PageHeader("Паспорт")
    qtbot.addWidget(header)
    header.set_progress(Progress(41, 41))
    assert header.progress.accessibleName() == "заполнено 41 из 41 · ошибок нет"


def test_that_a_page_has_one_primary_action_right_of_the_others(qtbot: QtBot) -> None:
    header = PageHeader("Паспорт")
    qtbot.addWidget(header)
    header.set_primary("Проверить")
    second = header.add_secondary("Печать")
    header.resize(900, 100)
    header.show()
    assert header.primary is not None
    assert second.x() < header.primary.x()
    with qtbot.waitSignal(header.primary_clicked):
        qtbot.mouseClick(header.primary, Qt.MouseButton.LeftButton)


def test_that_an_empty_page_offers_the_first_step_and_its_help(qtbot: QtBot) -> None:
    page = Page("Партнёры", "Журнал событий.")
    qtbot.addWidget(page)
    empty = EmptyState("Партнёра пока нет", "Здесь будут события.", "Указать партнёра")
    page.show_empty(empty)
    with qtbot.waitSignal(empty.begin_requested):
        qtbot.mouseClick(empty.button, Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(empty.help_requested):
        qtbot.mouseClick(empty.help, Qt.MouseButton.LeftButton)


def test_that_a_read_only_page_says_why_and_who_may(qtbot: QtBot) -> None:
    page = Page("Паспорт", "Сведения.")
    qtbot.addWidget(page)
    page.set_read_only("Паспорт отправлен.", "Изменять может координатор.")
    assert page.banner.text() == "Паспорт отправлен. Изменять может координатор."
    page.set_read_only("")
    assert page.banner.isHidden()


def test_that_a_badge_shows_sign_and_word(qtbot: QtBot) -> None:
    badge = LevelBadge(Level.HIGH, "значимость высокая")
    qtbot.addWidget(badge)
    assert badge.text() == "▲ значимость высокая"
    assert badge.accessibleName() == "значимость высокая"


def test_that_sections_show_how_far_they_are_and_keep_the_choice(qtbot: QtBot) -> None:
    blocks = SectionList()
    qtbot.addWidget(blocks)
    sections = [Section("staff", "Кадры", SectionState.DONE), Section("results", "Результаты", SectionState.ERRORS, 2)]
    blocks.set_sections(sections)
    assert [card.note for card in blocks.cards_model.cards] == ["✓", "!2"]
    with qtbot.waitSignal(blocks.card_chosen) as chosen:
        blocks.select("results")
    assert chosen.args == ["results"]
    blocks.set_sections(sections)
    assert blocks.current_id() == "results"


def test_that_the_history_shows_what_was_and_what_is(qtbot: QtBot) -> None:
    history = HistoryPanel()
    qtbot.addWidget(history)
    history.set_entries([HistoryEntry("14:02", "директор", "Срок", "", "31.12.2024")])
    assert history.cards_model.cards[0].text == "пусто → 31.12.2024\n14:02 · директор"


def test_that_a_narrow_window_shows_the_list_and_then_the_details(qtbot: QtBot) -> None:
    blocks = SectionList()
    blocks.set_sections([Section("staff", "Кадры", SectionState.DONE)])
    detail = QLabel("подробности")
    both = MasterDetail(blocks, detail)
    qtbot.addWidget(both)
    both.resize(400, 400)
    both.show()
    assert both.is_stacked
    assert not detail.isVisible()
    qtbot.mouseClick(
        blocks.viewport(), Qt.MouseButton.LeftButton, pos=blocks.visualRect(blocks.model().index(0, 0)).center()
    )
    assert detail.isVisible()
    assert not blocks.isVisible()
    qtbot.waitUntil(lambda: both.back.width() > 0)
    qtbot.mouseClick(both.back, Qt.MouseButton.LeftButton)
    assert blocks.isVisible()
    both.resize(1200, 400)
    assert blocks.isVisible()
    assert detail.isVisible()


def test_that_the_numbers_of_a_chart_are_a_table_one_click_away(qtbot: QtBot) -> None:
    panel = ChartPanel("Профиль риска", "41 показатель")
    qtbot.addWidget(panel)
    panel.set_bars([Bar("Кадры", 62, "62 % · 5 из 8", Tone.HIGH), Bar("Ресурсы", 12, "12 % · 1 из 8")], 100)
    panel.show()
    assert panel.chart.accessibleName() == "Кадры: 62 % · 5 из 8; Ресурсы: 12 % · 1 из 8"
    switch = next(one for one in panel.findChildren(Button) if one.text() == "Показать таблицей")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert panel._table.isVisible()
    assert switch.text() == "Показать картинкой"


def test_that_progress_shows_only_when_work_lasts_and_can_be_stopped(qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.begin("Проверяю пакет")
    assert strip.isHidden()
    qtbot.waitUntil(strip.isVisible)
    with qtbot.waitSignal(strip.stop_requested):
        qtbot.mouseClick(strip.stop, Qt.MouseButton.LeftButton)
    strip.end()
    assert strip.isHidden()


def test_that_the_careful_answer_of_a_question_has_the_focus(qtbot: QtBot) -> None:
    dialog = ConfirmDialog("Удалить?", "Вернуть можно через «Отменить».", "Удалить", "Оставить")
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.leave_button.hasFocus)
    with qtbot.waitSignal(dialog.rejected):
        qtbot.keyClick(dialog.leave_button, Qt.Key.Key_Space)


def test_that_words_narrower_than_a_full_column_keep_all_their_lines(qtbot: QtBot, look_of_the_program: Look) -> None:
    area = ScrollColumn()
    qtbot.addWidget(area)
    made = []
    for _ in range(12):
        sheet = Sheet()
        sheet.setMaximumWidth(400)
        words = label("слово " * 40)
        sheet.column.addWidget(words)
        area.add(sheet)
        made.append(words)
    area.resize(1100, 400)
    area.show()
    QApplication.processEvents()
    assert all(words.height() >= words.heightForWidth(words.width()) for words in made)
    area.clear()
    assert area.column.count() == 1
