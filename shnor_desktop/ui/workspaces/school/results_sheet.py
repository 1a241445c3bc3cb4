"""One sheet of results opened: marks, register, tasks from the least done, and the numbers themselves."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.results import Share
from shnor_desktop.domain.russian import number, share
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.services.results import JournalLine, SheetDetail, TaskLine
from shnor_desktop.ui.forms import RecordForm
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.charts import Bar, ChartPanel
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn

_KEY = ("procedure", "subject", "grade", "year")
_HIDDEN = (*_KEY, "dataset", "source")
_BORDERS = ("mark_3_from", "mark_4_from", "mark_5_from")
"""A workbook shows only the least score that somebody got: the true border may be typed."""
_CHART_CHARS = 90


class SheetView(QWidget):
    """Pictures first, the numbers below; of an imported sheet the numbers are read only."""

    field_edited = Signal(str, object)
    remove_requested = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.form: RecordForm | None = None
        self.title = label("", TextStyle.SECTION)
        self.source = label("", TextStyle.SMALL, Tone.MUTED)
        self.caution = SignText(self)
        self.facts = label("", TextStyle.BODY)
        self.marks = ChartPanel("Отметки", "Сколько обучающихся получили отметку.")
        self.journal = ChartPanel(
            "Отметки работы и журнала", "У скольких отметка ниже, такая же или выше, чем в журнале."
        )
        self.tasks = ChartPanel("Выполнение заданий", "От наименее выполненных; сумма баллов к наибольшей возможной.")
        self.numbers = label("Числа", TextStyle.SECTION)
        self.remove = Button("Удалить", ButtonKind.QUIET, "trash-2", "Удалить результат; вернуть можно по Ctrl+Z")
        self.remove.clicked.connect(self.remove_requested)
        if desk.is_read_only:
            self.remove.hide()
        top = QHBoxLayout()
        set_gaps(top, 0.5, (1, 0.5, 0.5, 0.25))
        top.addWidget(self.title, 1)
        top.addWidget(self.remove)
        self.area = ScrollColumn(gap=1.0)
        for widget in (self.source, self.caution, self.facts, self.marks, self.journal, self.tasks, self.numbers):
            self.area.add(widget)
            if isinstance(widget, ChartPanel):
                set_chars(widget, 30, _CHART_CHARS)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addLayout(top)
        column.addWidget(self.area, 1)

    def show_sheet(
        self,
        detail: SheetDetail,
        fields: Mapping[str, FieldInfo],
        values: Mapping[str, WireValue],
        errors: Mapping[str, str],
        is_other: bool,
    ) -> None:
        """Show a sheet; `is_other` when it is not the one that was shown before."""
        line = detail.line
        self.title.setText(line.title)
        self.source.setText(f"Источник: {line.source}")
        self.caution.set_words(line.caution, "info", Tone.MEDIUM)
        known = line.below_minimum.whole > 0
        parts = [f"качество {line.quality_shown}" if line.quality_shown else ""]
        parts += [f"средняя отметка {detail.mean_mark}" if detail.mean_mark else ""]
        if line.mean_score is not None and line.max_score:
            parts.append(f"средний балл {number(line.mean_score)} из {line.max_score}")
        self.facts.setText(" · ".join(part for part in parts if part))
        self.facts.setVisible(any(parts))
        self.marks.setVisible(known)
        if known:
            self.marks.set_bars(_mark_bars(detail), caption=f"Участников {line.participants}.")
        self.journal.setVisible(detail.journal is not None)
        if detail.journal is not None:
            self.journal.set_bars(_journal_bars(detail.journal), caption=f"Сравнили {detail.journal.n} отметок.")
        self.tasks.setVisible(bool(detail.tasks))
        if detail.tasks:
            self.tasks.set_bars([_task_bar(task) for task in detail.tasks], 100)
        self._fill_form(detail, fields, values, errors, is_other)

    def forget(self) -> None:
        """Another sheet comes."""
        if self.form is not None:
            self.form.forget()

    def leave_field(self) -> None:
        """What is being typed belongs to the sheet that is left."""
        self._desk.leave_form(self.form)

    def refuse(self, name: str, message: Worded) -> None:
        """Say under the field why a number was not taken."""
        if self.form is not None:
            self.form.editors[name].set_error(f"{message.what} {message.do}")

    def _fill_form(
        self,
        detail: SheetDetail,
        fields: Mapping[str, FieldInfo],
        values: Mapping[str, WireValue],
        errors: Mapping[str, str],
        is_other: bool,
    ) -> None:
        if self.form is None:
            self.form = RecordForm([field for name, field in fields.items() if name not in _HIDDEN], parse)
            self.form.field_edited.connect(self.field_edited)
            self.area.add(self.form)
        imported = "Числа взяты из загруженной книги. Чтобы изменить их, загрузите другую книгу."
        why = self._desk.why_read_only or (imported if detail.line.is_imported else "")
        self.numbers.setText("Числа из загруженной книги" if detail.line.is_imported else "Числа")
        self.form.set_record(values, errors, why)
        if detail.line.is_imported and not self._desk.why_read_only:
            for name in _BORDERS:
                self.form.set_field_read_only(name, "")
        if is_other:
            self.area.verticalScrollBar().setValue(0)


def _mark_bars(detail: SheetDetail) -> list[Bar]:
    whole = detail.line.below_minimum.whole
    bars = []
    for mark, count in detail.line.marks.items():
        tone = Tone.HIGH if mark == 2 else None
        bars.append(Bar(f"«{mark}»", count or 0, share(count or 0, whole), tone))
    return bars


def _journal_bars(journal: JournalLine) -> list[Bar]:
    def bar(words: str, part: Share, tone: Tone | None = None) -> Bar:
        return Bar(words, part.part, share(part.part, part.whole), tone)

    return [
        bar("ниже", journal.lowered, Tone.MEDIUM),
        bar("подтвердили", journal.confirmed),
        bar("выше", journal.raised, Tone.MEDIUM),
    ]


def _task_bar(task: TaskLine) -> Bar:
    tone = Tone.HIGH if task.is_weak else None
    shown = "нет данных" if task.percent is None else f"{number(task.percent)} %"
    words = " · ".join(part for part in (shown, task.verdict) if part)
    title = f"{task.code} · {task.difficulty}" if task.difficulty else task.code
    return Bar(title, float(task.percent or 0), words, tone)
