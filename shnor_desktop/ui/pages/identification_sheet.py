"""«Почему школа попала»: categories with their reasons, the procedures behind them, the index with its weights."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.identification import CategoryJudgement, SheetJudgement, SheetStatus, Verdict, paragraph
from shnor_desktop.domain.metrics import Missing
from shnor_desktop.domain.russian import number
from shnor_desktop.domain.social_index import IndexLine, IndexValue, figure_words, index_words
from shnor_desktop.services.identification import SchoolIdentification
from shnor_desktop.ui.pages.sheet import SHEET_CHARS, Sheet
from shnor_desktop.ui.theme import Level, TextStyle, Tone, set_chars
from shnor_desktop.ui.widgets.labels import LevelBadge, LinkText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.words import kept_together

VERDICTS = {
    Verdict.HOLDS: (Level.HIGH, "отнесена"),
    Verdict.DOES_NOT: (Level.LOW, "не отнесена"),
    Verdict.UNKNOWN: (Level.UNKNOWN, "не хватает данных"),
}
_SHEETS = (
    Column("sheet", "Процедура", 20, stretches=True, least=16),
    Column("share", "Ниже мин.", 9, hint="Доля участников ниже минимального уровня"),
    Column("status", "Вывод", 10.8),
)
_INDEX = (
    Column("item", "Признак", 20, stretches=True, least=15),
    Column("value", "Значение", 12),
    Column("weight", "Вес, %", 6, is_number=True, hint="Доля среди весов, которые известны"),
    Column("adds", "Вклад", 6, is_number=True, hint="Сколько баллов индекса даёт признак"),
)
_STATUSES = {
    SheetStatus.LOW: (Level.HIGH, "низкий"),
    SheetStatus.NOT_LOW: (Level.LOW, "не низкий"),
    SheetStatus.LEFT_OUT: (Level.UNKNOWN, "не учтён"),
    SheetStatus.UNREADABLE: (Level.UNKNOWN, "исправьте"),
}
TONES = {Level.HIGH: Tone.HIGH, Level.MEDIUM: Tone.MEDIUM, Level.LOW: Tone.LOW, Level.UNKNOWN: Tone.MUTED}


class IdentificationSheet(ScrollColumn):
    """One school. Tells which missing figure was chosen, as (page, target)."""

    missing_chosen = Signal(str, str)

    def __init__(self, parent: QWidget | None = None, *, has_links: bool = False) -> None:
        super().__init__(parent, gap=0.6)
        self._has_links = has_links
        self._item: SchoolIdentification | None = None
        self._shown: object = None
        self._notes: tuple[str, ...] = ()

    def text(self) -> str:
        """The explanation as it is copied into a letter."""
        if self._item is None:
            return ""
        index = self._item.index
        parts = [self._item.name, *self._item.paragraphs]
        if index is not None:
            parts.append(f"{index.table.title}, версия весов {index.table.version}: {index_words(index)}.")
        return "\n\n".join(part for part in (*parts, *self._notes) if part)

    def show_school(
        self, item: SchoolIdentification, notes: Sequence[str] = (), parameters: Sequence[tuple[str, str]] = ()
    ) -> None:
        """Show a school; `notes` are the comparison and what stands under it."""
        shown = (item, tuple(notes), tuple(parameters))
        if shown == self._shown:
            return
        self._shown, self._item, self._notes = shown, item, tuple(notes)
        self.clear()
        self.add(label(item.name or "Школа без названия", TextStyle.SECTION))
        for judged in item.result.categories:
            self.add(_CategorySheet(judged))
        if item.missing:
            self._add_missing(item.missing)
        self._add_procedures(item)
        if item.index is not None:
            self._add_index(item.index)
        for note in notes:
            self.add(_wide(label(kept_together(note), TextStyle.BODY if note is notes[0] else TextStyle.SMALL)))
        if parameters:
            self.add(label("Параметры методики", TextStyle.SECTION))
            self.add(_wide(label("\n".join(f"{caption}: {value}" for caption, value in parameters), TextStyle.SMALL)))
        self.verticalScrollBar().setValue(0)

    def _add_missing(self, missing: Sequence[Missing]) -> None:
        self.add(label("Каких данных не хватает", TextStyle.SECTION))
        if not self._has_links:
            sentences = dict.fromkeys(one.sentence for one in missing)
            self.add(_wide(label("\n".join(f"— {sentence}" for sentence in sentences), TextStyle.SMALL)))
            return
        for one in missing:
            link = LinkText(self, wraps=True)
            target = ":".join((one.entity, one.row, one.field)).rstrip(":")
            link.set_parts([(one.sentence, f"{one.page}|{target}")])
            link.link_chosen.connect(self._on_link_chosen)
            self.add(link)

    def _on_link_chosen(self, name: str) -> None:
        page, _, target = name.partition("|")
        self.missing_chosen.emit(page, target)

    def _add_procedures(self, item: SchoolIdentification) -> None:
        low = item.result.low
        sheets = [one for one in low.sheets if one.status is not SheetStatus.OTHER]
        self.add(label(f"Процедуры за {low.period}", TextStyle.SECTION))
        if not sheets:
            self.add(label("Результаты за эти годы не внесены.", TextStyle.BODY, Tone.MUTED))
            return
        table = _WholeTable(_SHEETS, f"Процедуры за {low.period}")
        table.set_rows([_sheet_row(at, one) for at, one in enumerate(sheets)])
        self.add(table)

    def _add_index(self, index: IndexValue) -> None:
        table = index.table
        self.add(label(table.title, TextStyle.SECTION))
        mark = ", веса не подтверждены" if table.unconfirmed else ""
        self.add(_wide(label(f"{_capital(index_words(index))}. Таблица весов, версия {table.version}{mark}.")))
        rows = _WholeTable(_INDEX, table.title)
        rows.set_rows([_index_row(line) for line in index.lines])
        self.add(rows)
        if table.text:
            self.add(_wide(label(table.text, TextStyle.SMALL, Tone.MUTED)))


class _WholeTable(RecordTable):
    """A short table that is as high as its rows, so that only the column around it scrolls."""

    def __init__(self, columns: Sequence[Column], name: str) -> None:
        super().__init__(columns, name)
        self.set_row_lines(2)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_chars(self, 30, SHEET_CHARS)
        self.horizontalScrollBar().rangeChanged.connect(self._fit_height)
        self.rows_model.modelReset.connect(self._fit_height)

    def changeEvent(self, event: QEvent) -> None:
        """A larger text makes higher rows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_height()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The column scrolls, not the table."""
        event.ignore()

    def _fit_height(self) -> None:
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() > bar.minimum() else 0
        rows = self.rows_model.rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(self.header_height() + rows + below)


class _CategorySheet(Sheet):
    """One category: its verdict as sign and word, and the reasons."""

    def __init__(self, judged: CategoryJudgement, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        level, word = VERDICTS[judged.verdict]
        self.set_level(level)
        self.column.addWidget(label(judged.category.title, TextStyle.STRONG))
        self.column.addWidget(LevelBadge(level, word))
        self.column.addWidget(label(kept_together(paragraph(judged))))


def _sheet_row(at: int, one: SheetJudgement) -> Row:
    level, word = _STATUSES[one.status]
    note = one.reason or one.caution
    status = f"{level.sign} {word}"
    cells = (kept_together(one.sheet.label or "Результат без названия"), one.shown or "—", status)
    keys = (cells[0].casefold(), one.counts.share if one.counts.is_sound else -1, word)
    hint = f"{cells[0]}: {note}" if note else cells[0]
    named = (f"{cells[0]}\n{note}" if note else cells[0], *cells[1:])
    return Row(str(at), named, keys, tones={"status": TONES[level]}, hint=hint)


def _index_row(line: IndexLine) -> Row:
    weight = number(line.weight, 1) if line.is_known else "—"
    adds = number(line.contribution, 1) if line.contribution is not None else "—"
    tones = {} if line.is_known else {"value": Tone.MUTED}
    keys = (line.item.title.casefold(), line.figure.value if line.figure.value is not None else -1)
    return Row(
        line.item.code, (line.item.title, figure_words(line), weight, adds), (*keys, line.weight, adds), tones=tones
    )


def _wide(widget: QWidget) -> QWidget:
    set_chars(widget, 20, SHEET_CHARS)
    return widget


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}" if words else words
