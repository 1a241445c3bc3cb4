"""«Почему»: how the level of an answer came about, with the rows behind its figure."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.methodology import LEVEL_CAPTIONS, Pack, Polarity, Question
from shnor_desktop.domain.metrics import METRICS, RowRef
from shnor_desktop.domain.russian import number
from shnor_desktop.domain.scoring import Assessment
from shnor_desktop.services.diagnosis import QuestionView
from shnor_desktop.ui.theme import TextStyle, Tone, lines, set_gaps
from shnor_desktop.ui.widgets.labels import LinkText, label
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState

_COLUMNS = [Column("row", "Запись", 36, stretches=True), Column("part", "В расчёте", 28)]
_MOST_ROWS = 8


class WhyPanel(QWidget):
    """Sentence, thresholds, rows, and the factors that the answer counts for."""

    row_opened = Signal(str)
    factor_opened = Signal(str)

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sentence = label("")
        self.thresholds = label("", TextStyle.SMALL, Tone.MUTED)
        self.factors = LinkText(self)
        self.factors.setWordWrap(True)
        self.factors.link_chosen.connect(self.factor_opened)
        self.rows_caption = label("", TextStyle.SMALL, Tone.MUTED)
        self.table = RecordTable(_COLUMNS, f"Строки расчёта: {caption}")
        self.table.row_activated.connect(self.row_opened)
        column = QVBoxLayout(self)
        set_gaps(column, 0.3, (0, 0.3, 0, 0))
        for widget in (self.sentence, self.thresholds, self.factors, self.rows_caption, self.table):
            column.addWidget(widget)

    def show_answer(self, view: QuestionView, pack: Pack, profile: Sequence[Assessment]) -> None:
        """Fill the panel."""
        self.sentence.setText(f"{view.step.sentence}.")
        words = thresholds_words(view.question)
        if words and view.question.unconfirmed:
            words += " Опубликованного источника у порогов нет: они заданы методикой программы."
        self.thresholds.setText(words)
        self.thresholds.setVisible(bool(words))
        self._show_factors(view, pack, profile)
        self._show_rows(view)

    def _show_factors(self, view: QuestionView, pack: Pack, profile: Sequence[Assessment]) -> None:
        parts = [("Влияет на факторы: ", "")]
        for item in profile:
            factor = pack.factor(item.factor)
            if factor is not None and any(step.code == view.question.code for step in item.steps):
                between = "" if len(parts) == 1 else "; "
                parts += [(between, ""), (f"{factor.title} ({LEVEL_CAPTIONS[item.level]})", item.factor)]
        self.factors.set_parts(parts, "")
        self.factors.setVisible(len(parts) > 1)

    def _show_rows(self, view: QuestionView) -> None:
        rows = view.rows
        has_rows = bool(rows)
        self.table.setVisible(has_rows)
        self.rows_caption.setVisible(has_rows)
        if not has_rows:
            return
        metric = METRICS.get(view.question.metric)
        named = metric.numerator_caption if metric else ""
        counted = sum(1 for row in rows if row.counted)
        words = f"{named}: {counted} из {len(rows)}." if counted != len(rows) and named else f"Строк: {len(rows)}."
        self.rows_caption.setText(f"{words} Двойной щелчок или Enter открывает запись.")
        self.table.set_rows([_row(at, row) for at, row in enumerate(rows)])
        self.table.setFixedHeight(lines(1.9) + min(len(rows), _MOST_ROWS) * lines(1.75))


def thresholds_words(question: Question) -> str:
    """«Средняя значимость — от 25 до 40 %, высокая — ниже 25 %»; empty where nothing is compared."""
    if len(question.thresholds) != 2 or question.polarity is Polarity.NONE:
        return ""
    low, high = (number(border) for border in question.thresholds)
    unit = f" {question.unit}" if question.unit else ""
    if question.polarity is Polarity.LOWER_BETTER:
        return f"Пороги: средняя значимость — от {low}{unit}, высокая — от {high}{unit}."
    return f"Пороги: средняя значимость — ниже {low}{unit}, высокая — ниже {high}{unit}."


def _row(at: int, row: RowRef) -> Row:
    words = "учтено" if row.counted else "не учтено"
    part = f"{words}: {row.note}" if row.note else words
    tones = {} if row.counted else {"part": Tone.MUTED}
    return Row(str(at), (row.label, part), (), RowState.DONE if row.counted else RowState.NONE, tones)
