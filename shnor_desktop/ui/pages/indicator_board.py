"""Indicators as a table with the chosen one opened beside it: its parts, its gaps as links, the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from shnor_desktop.domain.checks import PAGE_OF_ENTITY
from shnor_desktop.domain.metrics import METRICS, Missing, RowRef
from shnor_desktop.services.indicators import IndicatorLine
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import Level, TextStyle, Tone, lines
from shnor_desktop.ui.widgets.labels import LinkText, SignText, label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, TablePanel
from shnor_desktop.ui.widgets.table_model import RowState

_COLUMNS = (
    Column("title", "Показатель", 30, stretches=True),
    Column("value", "Значение", 15, hint="С числом тех, из кого считали"),
    Column("target", "Цель", 8),
    Column("judged", "Как стоит", 17, hint="К цели или к прошлому значению"),
)
_PARTS = (Column("part", "Уровень или часть", 24, stretches=True), Column("value", "Значение", 24))
_ROWS = (Column("row", "Запись", 26, stretches=True), Column("part", "В расчёте", 19))
_TONES = {Level.HIGH: Tone.HIGH, Level.MEDIUM: Tone.MEDIUM, Level.LOW: Tone.LOW, Level.UNKNOWN: Tone.MUTED}
_MOST_ROWS = 9
_MOST_GAPS = 4


@dataclass(frozen=True, slots=True)
class BoardLine:
    """An indicator with what a page adds to it: `notes` stand under the figure, `extra` rows under the counted ones."""

    line: IndicatorLine
    notes: tuple[str, ...] = ()
    extra: tuple[RowRef, ...] = ()


class IndicatorDetail(ScrollColumn):
    """One indicator, opened. Tells (page, target) of the place that was chosen."""

    place_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=0.5)
        self._missing: tuple[Missing, ...] = ()
        self._rows: tuple[RowRef, ...] = ()
        self._page = ""
        self.title = label("", TextStyle.SECTION)
        self.value = label("", TextStyle.TITLE)
        self.judged = label("")
        self.formula = label("", TextStyle.SMALL, Tone.MUTED)
        self.warning = SignText()
        self.missing = LinkText(self, wraps=True)
        self.missing.link_chosen.connect(self._on_missing_chosen)
        self.notes = label("", TextStyle.SMALL, Tone.MUTED)
        self.parts = RecordTable(_PARTS, "Части показателя")
        self.rows_caption = label("", TextStyle.SMALL, Tone.MUTED)
        self.rows = RecordTable(_ROWS, "Строки расчёта")
        self.rows.row_activated.connect(self._on_row_opened)
        words = (self.title, self.value, self.judged, self.warning, self.missing, self.formula, self.notes)
        for widget in (*words, self.parts, self.rows_caption, self.rows):
            self.add(widget)

    def show_line(self, shown: BoardLine) -> None:
        """Fill the panel."""
        line = shown.line
        described = METRICS.get(line.metric)
        self._page = described.page if described else "programme"
        self._missing, self._rows = line.missing, (*line.rows, *shown.extra)
        self.title.setText(f"{line.number}. {line.title}" if line.number else line.title)
        self.value.setText(line.shown)
        told = (f"Цель: {line.target_words}." if line.target_words else "", _sentence(line.judged), line.previous)
        _put(self.judged, " ".join(one for one in told if one))
        _put(self.formula, _formula(line))
        self.warning.set_words(line.value.warning, "triangle-alert", Tone.MEDIUM)
        _put(
            self.notes,
            "\n".join((*((f"{line.value.not_applicable}.",) if line.value.not_applicable else ()), *shown.notes)),
        )
        self._show_missing()
        self._show_parts(line)
        self._show_rows(line)
        self.verticalScrollBar().setValue(0)

    def _show_missing(self) -> None:
        parts = [("Не хватает: ", "")]
        for at, one in enumerate(self._missing[:_MOST_GAPS]):
            parts += [("; " if at else "", ""), (one.sentence, str(at))]
        left = len(self._missing) - _MOST_GAPS
        self.missing.set_parts([*parts, (f"; и ещё {left}" if left > 0 else ".", "")], "")
        self.missing.setVisible(bool(self._missing))

    def _show_parts(self, line: IndicatorLine) -> None:
        rows = [Row(part.code, (part.caption, _part_words(part.shown, part.value.warning))) for part in line.parts]
        self.parts.set_rows(rows)
        self.parts.setVisible(bool(rows))
        self.parts.setFixedHeight(_height(len(rows)))

    def _show_rows(self, line: IndicatorLine) -> None:
        rows = self._rows
        self.rows.set_rows([_row(at, row) for at, row in enumerate(rows)])
        self.rows.setVisible(bool(rows))
        self.rows.setFixedHeight(_height(min(len(rows), _MOST_ROWS)))
        counted = sum(1 for row in rows if row.counted)
        of = f"Учтено: {counted} из {len(rows)}." if counted != len(rows) else f"Строк: {len(rows)}."
        _put(self.rows_caption, f"{of} Двойной щелчок или Enter открывает запись." if rows else "")

    def _on_missing_chosen(self, at: str) -> None:
        one = self._missing[int(at)]
        self.place_wanted.emit(one.page, str(Target(one.entity, one.row, one.field)))

    def _on_row_opened(self, at: str) -> None:
        row = self._rows[int(at)]
        self.place_wanted.emit(PAGE_OF_ENTITY.get(row.entity) or self._page, str(Target(row.entity, row.id)))


class IndicatorBoard(MasterDetail):
    """The table and the opened indicator."""

    place_wanted = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.table = RecordTable(_COLUMNS, "Показатели")
        self.table.set_row_lines(3)
        self.detail = IndicatorDetail()
        self._lines: dict[str, BoardLine] = {}
        super().__init__(TablePanel(self.table), self.detail, 0.62, "К показателям", parent)
        self.table.row_selected.connect(self._on_row_selected)
        self.detail.place_wanted.connect(self.place_wanted)

    def show_lines(self, shown: Sequence[BoardLine]) -> None:
        """Fill the table; the chosen indicator stays chosen."""
        self._lines = {one.line.id: one for one in shown}
        self.table.set_rows([_line_row(one.line) for one in shown])
        chosen = self.table.current_id()
        if chosen not in self._lines and shown:
            chosen = shown[0].line.id
            self.table.select(chosen)
        if chosen in self._lines:
            self.detail.show_line(self._lines[chosen])
        self.detail.setVisible(bool(shown))

    def select(self, indicator: str) -> None:
        """Open an indicator."""
        if indicator in self._lines:
            self.table.select(indicator)
            self.detail.show_line(self._lines[indicator])
            self.show_detail()

    def show_first_missing(self) -> None:
        """Open the first indicator that waits for data."""
        wanted = next((name for name, one in self._lines.items() if one.line.missing), "")
        self.select(wanted)

    def _on_row_selected(self, indicator: str) -> None:
        if indicator in self._lines:
            self.detail.show_line(self._lines[indicator])


def _line_row(line: IndicatorLine) -> Row:
    level = Level(line.level.value)
    judged = f"{level.sign} {line.judged}" if line.judged else ""
    title = f"{line.number}. {line.title}" if line.number else line.title
    state = RowState.WARNING if line.missing else RowState.NONE
    tones = {"judged": _TONES[level]}
    if not line.is_known:
        tones["value"] = Tone.MUTED
    value = f"{line.shown}, малая группа" if line.value.warning else line.shown
    hint = line.value.warning or (line.missing[0].sentence if line.missing else line.value.not_applicable)
    keys = (title.casefold(), line.value.value, line.target, level.value)
    return Row(line.id, (title, value, line.target_words, judged), keys, state, tones, hint=hint)


def _formula(line: IndicatorLine) -> str:
    if not line.numerator_caption or not line.denominator_caption:
        return ""
    return f"Считаем: {_lower(line.numerator_caption)} / {_lower(line.denominator_caption)}."


def _row(at: int, row: RowRef) -> Row:
    words = "учтено" if row.counted else "не учтено"
    tones = {} if row.counted else {"part": Tone.MUTED}
    state = RowState.DONE if row.counted else RowState.NONE
    return Row(str(at), (row.label or "без названия", f"{words}: {row.note}" if row.note else words), (), state, tones)


def _part_words(shown: str, warning: str) -> str:
    return f"{shown}, малая группа" if warning else shown


def _put(widget: QLabel, text: str) -> None:
    widget.setText(text)
    widget.setVisible(bool(text))


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}." if words else ""


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _height(rows: int) -> int:
    return lines(1.9) + max(1, rows) * lines(1.75)
