"""The first screen: three large choices, a short form for a new desk, and what is wrong when a store does not open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.services.methodology import PackChoice
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.record_draft import RecordDraft
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, look, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.progress import ProgressStrip
from shnor_desktop.ui.workspaces.start.wizard import METHODOLOGY, SchoolWizard

NEW_SCHOOL, OPEN, DEMO_SCHOOL, NEW_CENTRE, DEMO_CENTRE = "new_school", "open", "demo", "new_centre", "demo_centre"
NEW_METHODIST, DEMO_METHODIST = "new_methodist", "demo_methodist"
JOIN, RESTORE = "join", "restore"


@dataclass(frozen=True, slots=True)
class Choice:
    """A large choice: icon, what it is, for whom."""

    id: str
    icon: str
    title: str
    text: str


CHOICES = (
    Choice(NEW_SCHOOL, "school", "Новая школа", "Завести рабочее место своей школы: пять коротких шагов."),
    Choice(
        OPEN,
        "folder-open",
        "Открыть имеющееся",
        "Хранилище на этом компьютере или на флешке, либо часть работы, которую дала школа.",
    ),
    Choice(
        DEMO_SCHOOL,
        "graduation-cap",
        "Учебная школа",
        "Попробовать на выдуманной школе с данными за год. Ничего не испортите.",
    ),
)

_JOINING = (
    "Данные школы придут сюда с её пакетом или с ответом центра. Сначала центр подтвердит этот компьютер: файл "
    "запроса, слова по телефону, файл приглашения."
)


class ChoiceButton(QAbstractButton):
    """A large choice, worked by mouse and keyboard."""

    def __init__(self, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = choice
        self.setText(choice.title)
        self.setAccessibleName(choice.title)
        self.setAccessibleDescription(choice.text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        set_chars(self, 24, 72)

    def sizeHint(self) -> QSize:
        """Title over a line of text."""
        return QSize(chars(44), lines(3.6))

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Title over as many lines as the text takes."""
        flags = int(Qt.TextFlag.TextWordWrap)
        room = self.fontMetrics().boundingRect(0, 0, width - lines(4), 10_000, flags, self.choice.text)
        return room.height() + lines(2.7)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A raised sheet: icon at the left, title, text."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        active = self.hasFocus() or self.underMouse()
        painter.setPen(look().colour("focus" if self.hasFocus() else "border_strong" if active else "border"))
        painter.setBrush(look().colour("accent_soft" if self.isDown() or self.underMouse() else "surface_raised"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), lines(0.25), lines(0.25))
        side = lines(1.5)
        look().icon(self.choice.icon, "accent").paint(painter, lines(0.9), lines(0.75), side, side)
        left, width = lines(0.9) + side + lines(0.7), self.width() - lines(4)
        font = look().font()
        font.setPointSizeF(font.pointSizeF() * 1.2)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(look().colour("text"))
        painter.drawText(QRectF(left, lines(0.5), width, lines(1.5)), int(Qt.AlignmentFlag.AlignVCenter), self.text())
        painter.setFont(look().font())
        painter.setPen(look().colour("text_muted"))
        room = QRectF(left, lines(1.95), width, self.height() - lines(2.0))
        painter.drawText(room, int(Qt.TextFlag.TextWordWrap), self.choice.text)
        painter.end()


class StartPage(QWidget):
    """It knows no store: what was chosen and typed is told by signals."""

    chosen = Signal(str)
    school_wanted = Signal(dict)
    centre_wanted = Signal(dict)
    methodist_wanted = Signal(dict)
    joining_wanted = Signal(dict)
    action_chosen = Signal(str)

    def __init__(
        self,
        school: SchoolWizard,
        centre_fields: Sequence[FieldInfo],
        methodist_fields: Sequence[FieldInfo] = (),
        joining_fields: Sequence[FieldInfo] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.strip = ProgressStrip(self)
        self.stack = QStackedWidget(self)
        self.stack.addWidget(self._make_choices())
        self.school = school
        self.stack.addWidget(school)
        school.left.connect(self.show_choices)
        self.centre = self._make_form("Рабочее место центра", centre_fields, "Завести центр")
        self.school.finished.connect(self.school_wanted)
        self.centre.submitted.connect(self.centre_wanted)
        self.methodist = self._make_form("Рабочее место методиста", methodist_fields, "Завести рабочее место")
        self.methodist.submitted.connect(self.methodist_wanted)
        self.joining = self._make_form("Ещё один компьютер школы", joining_fields, "Завести и подключить", _JOINING)
        self.joining.submitted.connect(self.joining_wanted)
        self._packs: Mapping[str, PackChoice] = {}
        self.about = self._add_about(self.centre)
        self.about_methodist = self._add_about(self.methodist)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.strip)
        column.addWidget(self.stack, 1)

    def show_choices(self) -> None:
        """Show the three choices."""
        self.stack.setCurrentIndex(0)

    def set_methodologies(self, packs: Sequence[PackChoice]) -> None:
        """The methodologies to begin a desk with; they are read while the page is looked at."""
        self._packs = {one.id: one for one in packs}
        self.school.set_methodologies(packs)
        for form in (self.centre.form, self.methodist.form):
            if METHODOLOGY in form.editors:
                form.set_options(METHODOLOGY, self._choices())

    def show_school(self) -> None:
        """Ask for what the desk of a school needs, step by step."""
        self.stack.setCurrentWidget(self.school)
        self.school.show_step(0)

    def show_centre(self) -> None:
        """Ask for what the desk of a centre needs."""
        self.centre.begin({METHODOLOGY: self._choices()})
        self.about.setText("")
        self.stack.setCurrentWidget(self.centre)

    def show_methodist(self) -> None:
        """Ask for what the desk of a methodist needs."""
        self.methodist.begin({METHODOLOGY: self._choices()})
        self.about_methodist.setText("")
        self.stack.setCurrentWidget(self.methodist)

    def show_problem(self, message: Worded, actions: Mapping[str, str]) -> None:
        """Say why a store does not open, with the buttons (name: words) that mend it; the first is the main one."""
        self.problem.set_words(message.what, "triangle-alert", Tone.MEDIUM)
        self.problem_text.setText(" ".join(part for part in (message.means, message.do) if part))
        while self._actions.count():
            item = self._actions.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        for at, (name, words) in enumerate(actions.items()):
            button = Button(words, ButtonKind.PLAIN if at else ButtonKind.PRIMARY)
            button.clicked.connect(lambda _=False, name=name: self.action_chosen.emit(name))
            self._actions.addWidget(button)
        self._problem_box.show()
        self.show_choices()

    def hide_problem(self) -> None:
        """The store is being opened again."""
        self._problem_box.hide()

    def buttons(self) -> list[ChoiceButton]:
        """The large choices, in order."""
        return self.findChildren(ChoiceButton)

    def _make_choices(self) -> QWidget:
        area = ScrollColumn(gap=0.75, margins=2.0)
        area.add(label("С чего начнём", TextStyle.TITLE))
        area.add(self._make_problem())
        for choice in CHOICES:
            button = ChoiceButton(choice)
            button.clicked.connect(lambda _=False, name=choice.id: self._on_chosen(name))
            area.add(button)
        area.add(label("Другие рабочие места", TextStyle.STRONG))
        row = QWidget(self)
        flow = FlowLayout(row)
        set_gaps(flow, 0.5)
        for name, words, icon in (
            (JOIN, "Ещё один компьютер школы или взамен утраченного", "school"),
            (RESTORE, "Вернуть ключи по листу восстановления", "key-round"),
            (NEW_CENTRE, "Рабочее место муниципального центра", "building-2"),
            (NEW_METHODIST, "Я методист или куратор", "users"),
            (DEMO_CENTRE, "Учебный центр с восемнадцатью школами", "graduation-cap"),
            (DEMO_METHODIST, "Учебный методист с тремя школами", "graduation-cap"),
        ):
            plain = Button(words, ButtonKind.PLAIN, icon)
            plain.clicked.connect(lambda _=False, name=name: self._on_chosen(name))
            flow.addWidget(plain)
        area.add(row)
        return area

    def _make_problem(self) -> QWidget:
        self._problem_box = QWidget(self)
        set_chars(self._problem_box, 24, 92)
        self.problem = SignText(self._problem_box)
        self.problem_text = label("", TextStyle.BODY)
        holder = QWidget(self._problem_box)
        self._actions = FlowLayout(holder)
        set_gaps(self._actions, 0.5)
        column = QVBoxLayout(self._problem_box)
        set_gaps(column, 0.5, (0, 0.25, 0, 0.75))
        column.addWidget(self.problem)
        column.addWidget(self.problem_text)
        column.addWidget(holder)
        self._problem_box.hide()
        return self._problem_box

    def _make_form(
        self, title: str, fields: Sequence[FieldInfo], do_text: str, purpose: str = "Всё это можно поправить позже."
    ) -> RecordDraft:
        form = RecordDraft(title, fields, do_text, purpose=purpose)
        form.leave.setText("Назад")
        form.left.connect(self.show_choices)
        self.stack.addWidget(form)
        return form

    def _add_about(self, form: RecordDraft) -> QLabel:
        """What the chosen methodology is, under the choice."""
        words = label("", TextStyle.SMALL, Tone.MUTED)
        set_chars(words, 24, 92)
        form.column.insertWidget(form.column.indexOf(form.form) + 1, words)
        form.form.field_edited.connect(lambda name, value: self._show_about(words, name, value))
        return words

    def _show_about(self, words: QLabel, name: str, value: object) -> None:
        if name == METHODOLOGY:
            found = self._packs.get(str(value or ""))
            words.setText(found.words if found else "")

    def _choices(self) -> tuple[tuple[str, str], ...]:
        return tuple((one.id, one.title) for one in self._packs.values())

    def _on_chosen(self, name: str) -> None:
        if name == NEW_SCHOOL:
            self.show_school()
        elif name == NEW_CENTRE:
            self.show_centre()
        elif name == NEW_METHODIST:
            self.show_methodist()
        elif name == JOIN:
            self.joining.begin({})
            self.stack.setCurrentWidget(self.joining)
        else:
            self.chosen.emit(name)
