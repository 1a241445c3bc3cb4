"""A new school in five short steps: who you are, the school, the methodology, lists that are there, the first year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.services.methodology import PackChoice
from shnor_desktop.ui.dialogs import choose_files
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.record_draft import RecordDraft
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.header import ProgressDots
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn

METHODOLOGY, POSITION, NAME, YEAR = "methodology", "position", "person", "project_year"
LISTS = "lists"
_WIDE = 92
_PATTERN = "Таблицы (*.xlsx *.xlsm *.csv);;Все файлы (*)"
_TITLES = ("Кто вы", "Школа", "Методика", "Списки, которые уже есть", "Сроки этапов")
_POSITIONS = (
    ("director", "директор"),
    ("deputy", "заместитель директора"),
    ("responsible", "ответственный за проект"),
)
_ABOUT_YOU = (
    FieldInfo(POSITION, FieldKind.CHOICE, "Должность", choices=_POSITIONS, required=True),
    FieldInfo(NAME, FieldKind.TEXT, "Фамилия, имя, отчество", "Как печатается в документах.", max_length=200),
)
_ABOUT_SCHOOL = (
    "Как в уставе. Код школы ещё не выдали — впишите любой свой. Всё это можно поправить позже в «Паспорте»."
)
_YEAR_FIELD = FieldInfo(
    YEAR,
    FieldKind.INTEGER,
    "Первый год проекта",
    "Год, в котором у вашей школы начинается первый этап. Этапы и сроки методики перейдут на него.",
    required=True,
    minimum=None,
)


class WizardStep(RecordDraft):
    """A step that asks for fields; going back keeps what was typed."""

    def values(self) -> Mapping[str, object]:
        """What was typed or chosen so far."""
        return dict(self._values)

    def put(self, name: str, value: object) -> None:
        """Fill a field in for the person, who may change it."""
        self._values[name] = value
        self.form.set_record({one.name: self._values.get(one.name) for one in self._fields})

    def _on_leave_clicked(self) -> None:
        self.left.emit()


class ListsStep(ScrollColumn):
    """Tables that the school has already; each is shown before anything of it is taken."""

    submitted = Signal(dict)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=0.75)
        self.files: list[Path] = []
        self.add(label(_TITLES[3], TextStyle.SECTION))
        words = (
            "Список педагогов, список классов, отчёты ФИС ОКО, таблицы ОГЭ и ЕГЭ: Excel или CSV, столбцы в любом "
            "порядке. Программа узнает, о чём таблица, и покажет, что из неё возьмёт. Этот шаг можно пропустить: "
            "файл всегда можно перетащить в окно."
        )
        text = label(words, TextStyle.BODY, Tone.MUTED)
        set_chars(text, 24, _WIDE)
        self.add(text)
        self.chosen = label("", TextStyle.BODY)
        self.add(self.chosen)
        holder = QWidget(self)
        row = FlowLayout(holder)
        set_gaps(row, 0.5)
        self.do_button = Button("Пропустить", ButtonKind.PRIMARY, "chevron-right")
        self.do_button.clicked.connect(lambda: self.submitted.emit({}))
        pick = Button("Выбрать файлы…", ButtonKind.PLAIN, "folder-open")
        pick.clicked.connect(self._on_pick_clicked)
        back = Button("Назад")
        back.clicked.connect(self.left)
        for button in (self.do_button, pick, back):
            row.addWidget(button)
        self.add(holder)

    def set_files(self, files: Sequence[Path]) -> None:
        """The tables to show when the desk is open."""
        self.files = list(dict.fromkeys(files))
        self.chosen.setText("\n".join(path.name for path in self.files))
        self.do_button.setText("Дальше" if self.files else "Пропустить")

    def _on_pick_clicked(self) -> None:
        self.set_files([*self.files, *choose_files(self.window(), "Списки школы", _PATTERN)])


class SchoolWizard(QWidget):
    """Tells `finished` with all values and the chosen files under `LISTS`; nothing is made before."""

    finished = Signal(dict)
    left = Signal()

    def __init__(self, school_fields: Sequence[FieldInfo], methodology: FieldInfo, today: date) -> None:
        super().__init__()
        self._today = today
        self._packs: Mapping[str, PackChoice] = {}
        you = self._make(
            0, _ABOUT_YOU, "Имя директора встанет в подписях документов, остальных — в сведениях об ответственных."
        )
        self.school = self._make(1, school_fields, _ABOUT_SCHOOL)
        self.method = self._make(
            2, (methodology,), "Если модели вашего региона нет, возьмите ближайшую: центр пришлёт свою."
        )
        self.lists = ListsStep()
        self.year = self._make(3 + 1, (_YEAR_FIELD,), "Поправить можно в «Паспорте».", "Завести школу")
        self.steps: tuple[WizardStep | ListsStep, ...] = (you, self.school, self.method, self.lists, self.year)
        self.about = label("", TextStyle.SMALL, Tone.MUTED)
        self.stages = label("", TextStyle.BODY)
        for words, step in ((self.about, self.method), (self.stages, self.year)):
            set_chars(words, 24, _WIDE)
            step.column.insertWidget(step.column.indexOf(step.form) + 1, words)
        self.method.form.field_edited.connect(self._on_methodology_edited)
        self.year.form.field_edited.connect(lambda _name, _value: self._show_stages())
        self.where = label("", TextStyle.SMALL, Tone.MUTED)
        self.dots = ProgressDots(self, len(self.steps))
        self.stack = QStackedWidget()
        for at in range(len(self.steps)):
            self._add(at, self.steps[at])
        column = QVBoxLayout(self)
        set_gaps(column, 0.25, (1, 0.75, 0, 0))
        column.addWidget(self.where)
        column.addWidget(self.dots)
        column.addWidget(self.stack, 1)
        self.show_step(0)

    def set_methodologies(self, packs: Sequence[PackChoice]) -> None:
        """The methodologies to choose from; they are read while the first steps are filled in."""
        self._packs = {one.id: one for one in packs}
        self.method.form.set_options(METHODOLOGY, tuple((one.id, one.title) for one in packs))

    def show_step(self, at: int) -> None:
        """Show a step with the cursor in its first field."""
        self.stack.setCurrentIndex(at)
        self.where.setText(f"Шаг {at + 1} из {len(self.steps)}: {_TITLES[at].lower()}")
        self.dots.set_share(at + 1, len(self.steps))
        step = self.steps[at]
        if isinstance(step, WizardStep):
            step.focus_first()

    def refuse(self, message: Worded) -> None:
        """Show at the last step why the desk was not begun; what was typed stays."""
        self.year.refuse(message)

    def _add(self, at: int, step: WizardStep | ListsStep) -> None:
        self.stack.addWidget(step)
        step.left.connect(self._on_back)
        step.submitted.connect(lambda _values: self._on_done(at))

    def _make(self, at: int, fields: Sequence[FieldInfo], purpose: str, do_text: str = "Дальше") -> WizardStep:
        icon = "check" if at + 1 == len(_TITLES) else "chevron-right"
        step = WizardStep(_TITLES[at], fields, do_text, purpose=purpose, icon=icon)
        step.leave.setText("Назад")
        return step

    def _on_back(self) -> None:
        at = self.stack.currentIndex()
        if at == 0:
            self.left.emit()
        else:
            self.show_step(at - 1)

    def _on_done(self, at: int) -> None:
        if at + 1 < len(self.steps):
            self.show_step(at + 1)
            if self.steps[at + 1] is self.year:
                self._propose_year()
            return
        values = {
            name: value for one in self.steps if isinstance(one, WizardStep) for name, value in one.values().items()
        }
        self.finished.emit({**values, LISTS: list(self.lists.files)})

    def _pack(self) -> PackChoice | None:
        return self._packs.get(str(self.method.values().get(METHODOLOGY) or ""))

    def _on_methodology_edited(self, _name: str, value: object) -> None:
        found = self._packs.get(str(value or ""))
        self.about.setText(found.words if found else "")
        if found is not None and self.year.values().get(YEAR) is not None:
            self.year.put(YEAR, found.likely_year(self._today))

    def _propose_year(self) -> None:
        found = self._pack()
        if found is not None and self.year.values().get(YEAR) is None:
            self.year.put(YEAR, found.likely_year(self._today))
        self._show_stages()

    def _show_stages(self) -> None:
        """The stages with their days in the chosen year, and where the school stands today."""
        found, year = self._pack(), self.year.values().get(YEAR)
        if found is None or not isinstance(year, int):
            self.stages.setText("")
            return
        lines = []
        for stage in found.stages_in(year):
            mark = " — сейчас" if stage.start <= self._today <= stage.end else ""
            lines.append(f"{stage.title}: {short_date(stage.start)} — {short_date(stage.end)}{mark}")
        self.stages.setText("\n".join(lines))
