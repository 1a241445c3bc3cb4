"""«Профиль рисков»: the factors as bars with sign and word, why each is so, and a level set by hand with its reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.methodology import LEVEL_CAPTIONS, Factor, Pack
from shnor_desktop.domain.russian import number, plural
from shnor_desktop.domain.scoring import Assessment, Step
from shnor_desktop.models.diagnostics import LEVELS, FactorLevel
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.diagnosis import FormView, set_factor_level
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.gradual import Gradual
from shnor_desktop.ui.pages.sheet import SHEET_CHARS, Sheet
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import Level, TextStyle, Tone, lines, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.charts import Bar, ChartPanel
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import LevelBadge, SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState

TONES = {Level.HIGH: Tone.HIGH, Level.MEDIUM: Tone.MEDIUM, Level.LOW: Tone.LOW, Level.UNKNOWN: Tone.UNKNOWN}
_AT_ONCE = 2
_STEP_COLUMNS = [
    Column("caption", "Показатель", 34, stretches=True),
    Column("value", "Значение", 17),
    Column("level", "Значимость", 16),
    Column("weight", "Вес", 5, is_number=True),
]
_COUNTED = (
    (Level.HIGH, "высокая"),
    (Level.MEDIUM, "средняя"),
    (Level.LOW, "низкая"),
    (Level.UNKNOWN, "не определена"),
)


class ProfileSection(ScrollColumn):
    """The last but one section of the map."""

    question_opened = Signal(str)
    problem_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.factors: dict[str, FactorSheet] = {}
        self._shown: dict[str, tuple[Assessment, bool]] = {}
        self._pack: Pack | None = None
        self._gradual = Gradual(self)
        self.chart = ChartPanel("Профиль рисков", "Чем длиннее полоса, тем выше значимость фактора: баллы из 100.")
        set_chars(self.chart, maximum=SHEET_CHARS)
        self.add(self.chart)
        self.add(label("Как получилась значимость", TextStyle.SECTION))

    def show_profile(self, view: FormView, answered: frozenset[str]) -> None:
        """Draw the bars and the factors; `answered` are those that a problem field in work answers."""
        pack = self._pack = self.desk.workspace.pack
        titles = {factor.code: factor.title for factor in pack.factors}
        self.chart.set_bars(self.chart_bars(view, titles), 100, _caption(view.profile))
        self._shown = {item.factor: (item, item.factor in answered) for item in view.profile}
        if not self.factors:
            known = [factor for item in view.profile if (factor := pack.factor(item.factor)) is not None]
            self._gradual.begin([partial(self._add_factor, factor, view.wave) for factor in known], _AT_ONCE)
            return
        for code in self.factors:
            self._fill(code)

    def chart_bars(self, view: FormView, titles: dict[str, str]) -> list[Bar]:
        """The bars in the order of the methodology."""
        return [_bar(titles.get(item.factor, item.factor), item) for item in view.profile]

    def show_factor(self, code: str) -> None:
        """Bring a factor into sight, its computation unfolded."""
        self._gradual.finish()
        sheet = self.factors.get(code)
        if sheet is not None:
            sheet.show_why()
            self.show_widget(sheet)

    def _add_factor(self, factor: Factor, wave: str) -> None:
        sheet = FactorSheet(factor, self.desk.why_read_only)
        sheet.question_opened.connect(self.question_opened)
        sheet.problem_wanted.connect(self.problem_wanted)
        sheet.level_set.connect(lambda level, reason: self._set_level(wave, factor.code, level, reason))
        self.factors[factor.code] = sheet
        self.add(sheet)
        self._fill(factor.code)

    def _fill(self, code: str) -> None:
        if code in self._shown and self._pack is not None:
            item, is_answered = self._shown[code]
            self.factors[code].show_assessment(item, self._pack, is_answered)

    def _set_level(self, wave: str, factor: str, level: str, reason: str) -> None:
        workspace, sheet = self.desk.workspace, self.factors[factor]
        self.desk.write(
            lambda: set_factor_level(workspace, wave, factor, level, reason), sheet.on_level_set, sheet.refuse
        )


class FactorSheet(Sheet):
    """One factor: level, how it follows from the answers, and the hand that may overrule it."""

    question_opened = Signal(str)
    problem_wanted = Signal(str)
    level_set = Signal(str, str)

    def __init__(self, factor: Factor, read_only: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.factor = factor
        self._item: Assessment | None = None
        self._read_only = read_only
        self.steps: RecordTable | None = None
        self.override: OverrideForm | None = None
        self.badge = LevelBadge()
        self.summary = label("", TextStyle.SMALL)
        self.why = self._link("почему", self.toggle_why)
        self.change = self._link("изменить значимость", self.toggle_override)
        self.back = self._link("вернуть посчитанную", lambda: self.level_set.emit("", ""))
        self.problem = self._link("взять в проблемные поля", lambda: self.problem_wanted.emit(factor.code))
        self.column.addWidget(label(factor.title, TextStyle.STRONG))
        row = QWidget(self)
        flow = FlowLayout(row)
        set_gaps(flow, 0.4)
        for widget in (self.badge, self.why, self.change, self.back, self.problem):
            flow.addWidget(widget)
        self.column.addWidget(row)
        self.column.addWidget(self.summary)

    def show_assessment(self, item: Assessment, pack: Pack, is_answered: bool) -> None:
        """Show the level and what it follows from."""
        self._item = item
        level = Level(item.level.value)
        self.set_level(level)
        by_hand = ", изменена вручную" if item.override else ""
        self.badge.set_level(level, f"значимость {level.word}{by_hand}")
        words = item.summary
        if item.override:
            words = f"Посчитано программой: {LEVEL_CAPTIONS[item.computed]}. {words}"
        self.summary.setText(words)
        self.change.setVisible(not self._read_only)
        self.back.setVisible(item.override is not None and not self._read_only)
        wants = level in (Level.HIGH, Level.MEDIUM) and not is_answered
        self.problem.setVisible(wants and not self._read_only)
        if self.steps is not None:
            self.steps.set_rows([_step_row(step) for step in item.steps])

    def show_why(self) -> None:
        """Unfold the computation."""
        if self.steps is None:
            self.steps = RecordTable(_STEP_COLUMNS, f"Показатели фактора: {self.factor.title}")
            self.steps.set_row_lines(2)
            self.steps.row_activated.connect(self.question_opened)
            self.column.addWidget(self.steps)
            steps = self._item.steps if self._item else ()
            self.steps.set_rows([_step_row(step) for step in steps])
            self.steps.setFixedHeight(lines(1.9) + len(steps) * lines(2.75))
        self.steps.show()

    def toggle_why(self) -> None:
        """«почему»."""
        if self.steps is None or self.steps.isHidden():
            self.show_why()
        else:
            self.steps.hide()

    def toggle_override(self) -> None:
        """«изменить значимость»: a level and the reason, or fold that away."""
        if self.override is None:
            self.override = OverrideForm(self.factor.title, self)
            self.override.submitted.connect(self.level_set)
            self.column.insertWidget(self.column.indexOf(self.summary) + 1, self.override)
            self.override.show()
        else:
            self.override.setVisible(self.override.isHidden())
        if not self.override.isHidden():
            self.override.begin(self._item)

    def on_level_set(self, _done: object) -> None:
        """It is stored: the form folds away."""
        if self.override is not None:
            self.override.hide()

    def refuse(self, message: Worded) -> None:
        """Show why the level was not changed."""
        if self.override is not None:
            self.override.reason.set_error(f"{message.what} {message.do}")
            self.override.reason.focus()

    def _link(self, words: str, action: Callable[[], None]) -> Button:
        made = Button(words, ButtonKind.LINK)
        made.set_small()
        made.setAccessibleName(f"{words}: {self.factor.title}")
        made.clicked.connect(lambda: action())
        return made


class OverrideForm(QWidget):
    """A level set by hand and why; nothing is kept until the button is pressed."""

    submitted = Signal(str, str)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fields = info_of(FactorLevel).fields
        self.level = FieldEditor(FieldInfo("level", FieldKind.CHOICE, "Какая значимость верна", choices=LEVELS), parse)
        self.reason = FieldEditor(fields["reason"], parse)
        self._values = {"level": "", "reason": ""}
        for editor in (self.level, self.reason):
            editor.edited.connect(self._on_edited)
        self.problem = SignText(self)
        self.problem.hide()
        keep = Button("Изменить значимость")
        keep.setAccessibleName(f"Сохранить изменённую значимость: {title}")
        keep.clicked.connect(self._on_kept)
        leave = Button("Не менять", ButtonKind.QUIET)
        leave.clicked.connect(self.hide)
        row = QHBoxLayout()
        set_gaps(row, 0.5)
        row.addWidget(keep)
        row.addWidget(leave)
        row.addStretch(1)
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, (0, 0.3, 0, 0.3))
        column.addWidget(self.level)
        column.addWidget(self.reason)
        column.addLayout(row)

    def begin(self, item: Assessment | None) -> None:
        """Begin with what is set already."""
        override = item.override if item else None
        self._values = {
            "level": override.level.value if override else "",
            "reason": override.reason if override else "",
        }
        self.level.set_value(self._values["level"] or None)
        self.reason.set_value(self._values["reason"] or None)
        self.reason.set_error("")
        self.level.focus()

    def _on_edited(self, name: str, value: object) -> None:
        self._values[name] = str(value or "")

    def _on_kept(self) -> None:
        self.setFocus()
        if not self._values["level"]:
            self.level.set_error("Выберите значимость: высокая, средняя или низкая.")
            return
        self.level.set_error("")
        self.submitted.emit(self._values["level"], self._values["reason"])


def _bar(title: str, item: Assessment) -> Bar:
    level = Level(item.level.value)
    score = item.shown_score
    words = f"{level.sign} {level.word}" + (f" · {score} из 100" if score is not None else "")
    return Bar(title, float(score or 0), words, TONES[level])


def _caption(profile: Sequence[Assessment]) -> str:
    counts = [(word, sum(1 for item in profile if item.level.value == level.value)) for level, word in _COUNTED]
    known = ", ".join(f"{word} — {count}" for word, count in counts if count)
    return f"{plural(len(profile), 'фактор', 'фактора', 'факторов')}: {known}. Полоса — баллы из 100."


def _step_row(step: Step) -> Row:
    level = Level(step.level.value)
    value = step.value or "нет данных"
    state = RowState.WARNING if step.is_missing else RowState.NONE
    cells = (step.caption, value, f"{level.sign} {level.word}", number(step.weight))
    return Row(step.code, cells, (), state, {"level": TONES[level]}, step.sentence)
