"""«Сравнение волн»: было → стало → изменение, by factor and by indicator, with the filter «только изменения»."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.domain.waves import Change, Wave
from shnor_desktop.services.document_kinds import DocumentFormat, DocumentKind, info_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.records import Done
from shnor_desktop.services.waves import (
    AnswerChange,
    Comparison,
    FactorChange,
    compare_waves,
    keep_wave,
    pairs_of,
    usual_pair,
)
from shnor_desktop.services.waves_documents import which_of
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.printing import save_document
from shnor_desktop.ui.pages.sheet import SHEET_CHARS
from shnor_desktop.ui.theme import Level, TextStyle, Tone, lines, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row

_TONES = {Change.BETTER: Tone.LOW, Change.WORSE: Tone.HIGH, Change.OTHER: Tone.MEDIUM, Change.UNKNOWN: Tone.MUTED}
_ROW_LINES = 3
_NO_CHANGES = "Изменений нет. Снимите «Только изменения», чтобы увидеть всё."
_NO_BEFORE = (
    "Сравнивать пока не с чем: в более ранней волне нет ни одного сохранённого ответа. Заполните её и зафиксируйте "
    "посчитанные значения; следующая волна встанет рядом сама."
)
_FACTOR_COLUMNS = [
    Column("factor", "Фактор риска", 26, stretches=True, least=20),
    Column("before", "Было", 14),
    Column("after", "Стало", 14),
    Column("change", "Изменение", 16),
    Column("note", "Примечание", 18),
]
_COLUMNS = [
    Column("caption", "Показатель", 26, stretches=True, least=20),
    Column("before", "Было", 16),
    Column("after", "Стало", 16),
    Column("change", "Изменение", 15),
    Column("note", "Примечание", 19),
]


@dataclass(frozen=True, slots=True)
class ComparisonData:
    """A form in two waves, and which pairs could be chosen."""

    found: Comparison
    pairs: tuple[tuple[Wave, Wave], ...]


class ComparisonPane(ScrollColumn):
    """Reads the comparison of one form by itself when it is shown."""

    question_opened = Signal(str, str)
    """Code of the question, id of the later wave."""

    def __init__(self, page: DeskPage, form: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = page
        self.desk: Desk = page.desk
        self.form = form
        self._data: ComparisonData | None = None
        self._pair = ("", "")
        self._ticket = 0
        self.pairs = QuietCombo(self)
        self.pairs.setAccessibleName("Какие волны сравнить")
        self.pairs.activated.connect(self._on_pair_chosen)
        self.only = QCheckBox("Только изменения", self)
        self.only.toggled.connect(lambda _: self._show())
        self.print = Button("Печать сравнения", icon="printer")
        self.print.add_menu(
            [(one.caption, partial(self._print, one)) for one in info_of(DocumentKind.WAVE_COMPARISON).formats]
        )
        self.summary = label("", TextStyle.BODY)
        self.unkept = SignText(self)
        self.keep = Button("Зафиксировать значения волны", icon="save")
        self.keep.clicked.connect(self.keep_before)
        self.factor_title = label("Факторы риска", TextStyle.SECTION)
        self.factors = RecordTable(_FACTOR_COLUMNS, "Факторы риска в двух волнах")
        self.answer_title = label("Показатели", TextStyle.SECTION)
        self.answers = RecordTable(_COLUMNS, "Показатели в двух волнах")
        self.answers.row_activated.connect(self._on_answer_opened)
        self.nothing = label("", TextStyle.BODY, Tone.MUTED)
        self._lay_out()

    def show_form(self, form: str) -> None:
        """Compare another form, or read the same anew."""
        if form != self.form:
            self.form, self._pair = form, ("", "")
        self.read()

    def read(self) -> None:
        """Read the comparison off the interface thread; a later reading wins."""
        self._ticket += 1
        ticket, workspace, school = self._ticket, self.desk.workspace, self.desk.school
        form, wanted = self.form, self._pair

        def work() -> ComparisonData | None:
            pack, facts = workspace.pack_of(school), read_facts(workspace, school)
            usual = usual_pair(pack, facts, form)
            if usual is None:
                return None
            pair = wanted if wanted[0] else (usual[0].id, usual[1].id)
            return ComparisonData(compare_waves(pack, facts, form, *pair), pairs_of(pack, form))

        def on_read(data: ComparisonData | None) -> None:
            if ticket == self._ticket:
                self._data = data
                self._show()

        self.desk.read(work, on_read)

    def keep_before(self) -> None:
        """Keep the computed figures of the earlier wave as they are today."""
        if self._data is None:
            return
        workspace, form, wave = self.desk.workspace, self.form, self._data.found.before

        def on_kept(done: Done) -> None:
            words = f"{done.operation[:1].upper()}{done.operation[1:]}."
            means = f"{wave.title}: новые данные этих значений больше не меняют."
            self.desk.say(Notice(words, means, "Ctrl+Z вернёт всё одним шагом."), MessageLevel.DONE)
            self.read()

        self.desk.write(lambda: keep_wave(workspace, form, wave.id), on_kept)

    def _lay_out(self) -> None:
        row = QWidget(self)
        flow = FlowLayout(row)
        set_gaps(flow, 0.6)
        for widget in (self.pairs, self.only, self.print):
            flow.addWidget(widget)
        for words in (self.summary, self.nothing):
            set_chars(words, maximum=SHEET_CHARS)
        kept = QWidget(self)
        holder = FlowLayout(kept)
        set_gaps(holder, 0.6)
        holder.addWidget(self.keep)
        self._kept = kept
        self.add(label("Сравнение волн", TextStyle.SECTION))
        parts: tuple[QWidget, ...] = (row, self.summary, self.unkept, kept, self.factor_title, self.factors)
        for part in (*parts, self.answer_title, self.answers, self.nothing):
            self.add(part)
        self.factors.set_row_lines(_ROW_LINES)
        self.answers.set_row_lines(_ROW_LINES)
        self.unkept.hide()

    def _show(self) -> None:
        data = self._data
        shown = (self.pairs, self.only, self.print, self.summary, self.factor_title, self.factors)
        for widget in (*shown, self.answer_title, self.answers, self._kept):
            widget.setVisible(data is not None)
        if data is None:
            self.unkept.set_words("", "", Tone.MUTED)
            self.nothing.setText("Эта форма собирается один раз: сравнивать не с чем.")
            return
        found = data.found
        self._fill_pairs(data)
        self.summary.setText(found.summary)
        self._show_unkept(found)
        is_only = self.only.isChecked()
        is_blank = not any(item.before for item in found.answers)
        factors = [item for item in found.factors if (item.change.is_change or not is_only) and not is_blank]
        answers = [item for item in found.answers if (item.moved.change.is_change or not is_only) and not is_blank]
        self._fill(self.factors, [_factor_row(item) for item in factors])
        self._fill(self.answers, [_answer_row(item) for item in answers])
        self.factor_title.setVisible(bool(factors))
        self.factors.setVisible(bool(factors))
        self.answer_title.setVisible(bool(answers))
        self.answers.setVisible(bool(answers))
        self.only.setVisible(not is_blank)
        self.print.setVisible(not is_blank)
        self.summary.setVisible(not is_blank)
        self.nothing.setText(_NO_BEFORE if is_blank else "" if answers else _NO_CHANGES)

    def _fill(self, table: RecordTable, rows: Sequence[Row]) -> None:
        table.set_rows(rows)
        height = table.verticalHeader().defaultSectionSize()
        table.setFixedHeight(table.header_height() + len(rows) * height + lines(0.3))

    def _fill_pairs(self, data: ComparisonData) -> None:
        self.pairs.clear()
        for first, second in data.pairs:
            self.pairs.addItem(f"{first.short} → {second.short}", (first.id, second.id))
        chosen = (data.found.before.id, data.found.after.id)
        at = next((n for n, (first, second) in enumerate(data.pairs) if (first.id, second.id) == chosen), 0)
        self.pairs.setCurrentIndex(at)
        self.pairs.setEnabled(len(data.pairs) > 1)
        set_chars(self.pairs, max(len(self.pairs.itemText(n)) for n in range(self.pairs.count())) + 4)
        days = f"{data.found.before.title}, до {short_date(data.found.before.due)}"
        self.pairs.setToolTip(f"{days} → {data.found.after.title}, до {short_date(data.found.after.due)}")

    def _show_unkept(self, found: Comparison) -> None:
        count = plural(found.unkept, "посчитанное значение", "посчитанных значения", "посчитанных значений")
        words = (
            f"{found.before.short}: не зафиксировано {count}. Пока это так, они меняются вместе с паспортом, кадрами "
            "и результатами, и сравнивать их не с чем. Зафиксируйте их, когда волна заполнена."
        )
        self.unkept.set_words(words if found.unkept else "", "info", Tone.MEDIUM)
        self._kept.setVisible(bool(found.unkept) and not self.desk.is_read_only)

    def _on_pair_chosen(self, at: int) -> None:
        pair = self.pairs.itemData(at)
        self._pair = (str(pair[0]), str(pair[1]))
        self.read()

    def _on_answer_opened(self, question: str) -> None:
        if self._data is not None:
            self.question_opened.emit(question, self._data.found.after.id)

    def _print(self, form: DocumentFormat) -> None:
        if self._data is not None:
            found = self._data.found
            which = which_of(self.form, found.before.id, found.after.id, only_changes=self.only.isChecked())
            save_document(self._page, DocumentKind.WAVE_COMPARISON, form, which)


def _factor_row(item: FactorChange) -> Row:
    before, after = Level(item.before.value), Level(item.after.value)
    cells = (item.title, _level(before), _level(after), item.change.words, item.note)
    return Row(item.factor, cells, (), tones=_tones(item.change))


def _answer_row(item: AnswerChange) -> Row:
    cells = (f"{item.number} {item.caption}", item.before or "—", item.after or "—", item.words, item.note)
    return Row(item.question, cells, (), tones=_tones(item.moved.change))


def _tones(change: Change) -> dict[str, Tone]:
    return {"change": _TONES[change], "note": Tone.MUTED} if change in _TONES else {"note": Tone.MUTED}


def _level(level: Level) -> str:
    return f"{level.sign} {level.word}"
