"""Forms: what is typed is told when the field is left, bad input stays with its reason."""

from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.ui.forms import BadInput, FieldEditor, FieldNotes, QuestionCard, RecordForm, parse_typed, shown_text
from shnor_desktop.ui.forms.choices import BooleanEditor, ChoiceEditor, ChoicesEditor, ReferenceEditor
from shnor_desktop.ui.forms.editors import PAUSE_MS, DateEditor, GrowingText, LineEditor, LongTextEditor
from shnor_desktop.ui.theme import Level
from tests.ui.typing_keys import type_text

SHARE = FieldInfo("share", FieldKind.DECIMAL, "Доля педагогов", unit="%", minimum=Decimal(0), maximum=Decimal(100))
PUPILS = FieldInfo("pupils", FieldKind.INTEGER, "Обучающихся", unit="чел.")
NAME = FieldInfo("name", FieldKind.TEXT, "Наименование", "Как в уставе.", max_length=20)
DAY = FieldInfo("day", FieldKind.DATE, "Дата")
PLACE = FieldInfo("place", FieldKind.CHOICE, "Место", choices=(("village", "село"), ("town", "город")))
MANY = FieldInfo("many", FieldKind.CHOICES, "Есть", choices=(("lib", "библиотека"), ("gym", "спортзал")))
MENTOR = FieldInfo("mentor", FieldKind.REFERENCE, "Наставник", target="staff")
ANSWER = FieldInfo("answer", FieldKind.BOOLEAN, "Есть интернат")
STORY = FieldInfo("story", FieldKind.LONG_TEXT, "Особенности", max_length=20_000)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (SHARE, "18,20", "18.2"),
        (SHARE, " 1,0 % ", "1"),
        (SHARE, "100", "100"),
        (SHARE, "0,0", "0"),
        (PUPILS, "1 234", 1234),
        (DAY, "1.3.2024", "2024-03-01"),
        (DAY, "01/03/24", "2024-03-01"),
        (DAY, "2024-02-29", "2024-02-29"),
        (NAME, "  Школа и\u0306 ", "Школа й"),
        (NAME, "   ", None),
    ],
)
def test_that_typed_text_is_read_as_people_write_it(field: FieldInfo, typed: str, value: object) -> None:
    assert parse_typed(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (SHARE, "много"),
        (SHARE, "101"),
        (SHARE, "-1"),
        (SHARE, "1e3"),
        (SHARE, "NaN"),
        (PUPILS, "2,5"),
        (DAY, "31.02.2024"),
        (DAY, "завтра"),
        (NAME, "х" * 21),
    ],
)
def test_that_text_that_is_no_value_is_refused_in_words(field: FieldInfo, typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        parse_typed(field, typed)
    assert refused.value.message.endswith(".")


def test_that_stored_values_are_shown_as_people_write_them() -> None:
    assert shown_text(SHARE, Decimal("18.2")) == "18,2"
    assert shown_text(DAY, "2024-03-01") == "01.03.2024"
    assert shown_text(NAME, None) == ""


@pytest.fixture
def form(qtbot: QtBot) -> RecordForm:
    made = RecordForm([SHARE, NAME, PUPILS, DAY, PLACE, MANY, MENTOR, ANSWER, STORY])
    made.set_options("mentor", [("1", "Педагог первый"), ("2", "Педагог второй")])
    made.set_record({"share": Decimal("18.2"), "name": "Школа"})
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    return made


def line(form: RecordForm, name: str) -> LineEditor:
    editor = form.editors[name].editor
    assert isinstance(editor, LineEditor)
    return editor


def retype(form: RecordForm, qtbot: QtBot, name: str, text: str) -> None:
    form.focus_field(name)
    qtbot.waitUntil(line(form, name).line.hasFocus)
    line(form, name).line.selectAll()
    type_text(line(form, name).line, text)


def test_that_a_value_is_told_when_its_field_is_left(form: RecordForm, qtbot: QtBot) -> None:
    retype(form, qtbot, "share", "20,5")
    with qtbot.waitSignal(form.field_edited) as told:
        form.focus_field("name")
    assert told.args == ["share", "20.5"]


def test_that_enter_goes_to_the_next_field_and_tells_the_value_once(form: RecordForm, qtbot: QtBot) -> None:
    told = QSignalSpy(form.field_edited)
    retype(form, qtbot, "share", "20")
    qtbot.keyClick(line(form, "share").line, Qt.Key.Key_Return)
    assert line(form, "name").line.hasFocus()
    form.focus_field("pupils")
    assert [told.at(at) for at in range(told.count())] == [["share", "20"]]


def test_that_leaving_a_field_without_a_change_tells_nothing(form: RecordForm, qtbot: QtBot) -> None:
    told = QSignalSpy(form.field_edited)
    retype(form, qtbot, "share", "18,20")
    form.focus_field("name")
    assert told.count() == 0
    assert line(form, "share").line.text() == "18,2"


def test_that_bad_input_stays_in_the_field_with_the_reason_under_it(form: RecordForm, qtbot: QtBot) -> None:
    told = QSignalSpy(form.field_edited)
    retype(form, qtbot, "share", "много")
    form.focus_field("name")
    form.set_record({"share": "18.2", "name": "Школа"})
    assert told.count() == 0
    assert line(form, "share").line.text() == "много"
    assert "нужно число" in form.editors["share"].problem_text()


def test_that_a_reason_goes_when_the_input_is_mended(form: RecordForm, qtbot: QtBot) -> None:
    retype(form, qtbot, "share", "много")
    form.focus_field("name")
    retype(form, qtbot, "share", "30")
    form.focus_field("name")
    assert form.editors["share"].problem_text() == ""


def test_that_a_refresh_does_not_disturb_what_is_being_typed(form: RecordForm, qtbot: QtBot) -> None:
    retype(form, qtbot, "name", "Новое")
    form.set_record({"share": "18.2", "name": "Школа"})
    assert line(form, "name").line.text() == "Новое"


def test_that_an_emptied_field_tells_nothing_as_its_value(form: RecordForm, qtbot: QtBot) -> None:
    form.focus_field("name")
    qtbot.waitUntil(line(form, "name").line.hasFocus)
    line(form, "name").line.selectAll()
    qtbot.keyClick(line(form, "name").line, Qt.Key.Key_Delete)
    with qtbot.waitSignal(form.field_edited) as told:
        form.focus_field("share")
    assert told.args == ["name", None]


def test_that_a_choice_is_told_at_once_and_an_unknown_code_is_kept(form: RecordForm, qtbot: QtBot) -> None:
    editor = form.editors["place"].editor
    assert isinstance(editor, ChoiceEditor)
    with qtbot.waitSignal(form.field_edited) as told:
        editor.combo.setFocus()
        qtbot.keyClick(editor.combo, Qt.Key.Key_Down)
    assert told.args == ["place", "village"]
    form.set_record({"place": "hamlet"})
    assert editor.combo.currentText() == "hamlet"


def test_that_yes_and_no_are_unanswered_until_one_is_pressed(form: RecordForm, qtbot: QtBot) -> None:
    editor = form.editors["answer"].editor
    assert isinstance(editor, BooleanEditor)
    assert not editor.yes.isChecked()
    assert not editor.no.isChecked()
    with qtbot.waitSignal(form.field_edited) as told:
        editor.no.click()
    assert told.args == ["answer", False]


def test_that_several_choices_are_told_together(form: RecordForm, qtbot: QtBot) -> None:
    form.set_record({"many": ("lib",)})
    editor = form.editors["many"].editor
    assert isinstance(editor, ChoicesEditor)
    with qtbot.waitSignal(form.field_edited) as told:
        editor._boxes["gym"].click()
    assert told.args == ["many", ["lib", "gym"]]


def test_that_a_reference_is_found_by_a_part_of_its_name(form: RecordForm, qtbot: QtBot) -> None:
    editor = form.editors["mentor"].editor
    assert isinstance(editor, ReferenceEditor)
    editor.combo.lineEdit().setText("второй")
    with qtbot.waitSignal(form.field_edited) as told:
        editor.combo.lineEdit().editingFinished.emit()
    assert told.args == ["mentor", "2"]
    editor.combo.lineEdit().setText("третий")
    editor.combo.lineEdit().editingFinished.emit()
    assert "нет в списке" in form.editors["mentor"].problem_text()


def test_that_a_long_text_is_told_when_it_is_left_and_grows(form: RecordForm, qtbot: QtBot) -> None:
    editor = form.editors["story"].editor
    assert isinstance(editor, LongTextEditor)
    low = editor.text.height()
    form.focus_field("story")
    qtbot.waitUntil(editor.text.hasFocus)
    editor.text.insertPlainText("\n".join("строка" for _ in range(8)))
    assert editor.text.height() > low
    with qtbot.waitSignal(form.field_edited) as told:
        form.focus_field("name")
    assert told.args[0] == "story"


def test_that_a_paragraph_is_kept_after_a_pause_and_the_text_under_the_cursor_stays(
    form: RecordForm, qtbot: QtBot
) -> None:
    editor = form.editors["story"].editor
    assert isinstance(editor, LongTextEditor)
    form.focus_field("story")
    qtbot.waitUntil(editor.text.hasFocus)
    with qtbot.waitSignal(form.field_edited, timeout=PAUSE_MS + 3000) as told:
        editor.text.insertPlainText("Школа стоит у реки ")
    assert told.args == ["story", "Школа стоит у реки"]
    form.set_record({"story": "Школа стоит у реки"})
    assert editor.text.toPlainText() == "Школа стоит у реки "
    assert editor.text.textCursor().position() == len("Школа стоит у реки ")


def test_that_a_day_picked_in_the_calendar_is_told(form: RecordForm, qtbot: QtBot) -> None:
    editor = form.editors["day"].editor
    assert isinstance(editor, DateEditor)
    with qtbot.waitSignal(form.field_edited) as told:
        editor._on_day_picked("01.03.2024")
    assert told.args == ["day", "2024-03-01"]


def test_that_last_year_is_taken_over_by_one_button(qtbot: QtBot) -> None:
    field = FieldEditor(SHARE)
    qtbot.addWidget(field)
    field.set_notes(FieldNotes(origin="4 из 22", last_year="2023: 13,6", last_value=Decimal("13.6")))
    take = next(button for button in field.findChildren(QPushButton) if button.text() == "2023: 13,6")
    with qtbot.waitSignal(field.edited) as told:
        qtbot.mouseClick(take, Qt.MouseButton.LeftButton)
    assert told.args == ["share", "13.6"]


def test_that_a_question_shows_its_level_and_tells_which_action_was_asked(qtbot: QtBot) -> None:
    card = QuestionCard(SHARE, "1.1")
    qtbot.addWidget(card)
    card.set_answer("18.2", FieldNotes(level=Level.HIGH, level_text="ниже порога 25 %", actions=(("why", "почему"),)))
    assert any(label.text() == "ниже порога 25 %" for label in card.findChildren(QLabel))
    why = next(button for button in card.findChildren(QPushButton) if button.text() == "почему")
    with qtbot.waitSignal(card.action_requested) as asked:
        qtbot.mouseClick(why, Qt.MouseButton.LeftButton)
    assert asked.args == ["share", "why"]


def test_that_a_read_only_record_can_be_read_but_not_changed(form: RecordForm, qtbot: QtBot) -> None:
    form.set_record({"name": "Школа"}, read_only="Отправлено координатору")
    assert line(form, "name").line.isReadOnly()
    assert form.editors["name"].editor.toolTip() == "Отправлено координатору"


def test_that_every_field_of_a_form_has_a_name_for_a_screen_reader(form: RecordForm) -> None:
    assert [name for name, one in form.editors.items() if not one.editor.input().accessibleName()] == []


def test_that_a_stored_long_text_is_shown_in_a_new_form(qtbot: QtBot) -> None:
    form = RecordForm([FieldInfo("goal", FieldKind.LONG_TEXT, "Цель")])
    qtbot.addWidget(form)
    form.set_record({"goal": "Освоить отбор заданий"})
    assert [text.toPlainText() for text in form.findChildren(GrowingText)] == ["Освоить отбор заданий"]
