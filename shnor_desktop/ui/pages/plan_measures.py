"""The measures that a file would bring: ticks at the left, the chosen one with everything doubted at the right."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QCheckBox, QStyle, QStyledItemDelegate, QStyleOptionButton, QVBoxLayout, QWidget

from shnor_desktop.domain.plan_table import Doubt, PlanRow
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.services.plan_import import FoundMeasure
from shnor_desktop.services.wording import phrase
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, look, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, TablePanel

_COLUMNS = (
    Column("take", "", 3, hint="Добавить"),
    Column("number", "№", 6),
    Column("title", "Мероприятие", 34, stretches=True),
    Column("deadline", "Срок", 18),
    Column("executors", "Исполнители", 20),
    Column("said", "Проверьте", 14),
)
Index = QModelIndex | QPersistentModelIndex


class TickTable(RecordTable):
    """Rows with a tick before each; Space or a click on it tells `ticked`."""

    ticked = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None, columns: Sequence[Column] = _COLUMNS) -> None:
        super().__init__(columns, name, parent)
        self.chosen: set[str] = set()
        self.setItemDelegateForColumn(0, _TickDelegate(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks."""
        if event.key() == Qt.Key.Key_Space and self.current_id():
            self.ticked.emit(self.current_id())
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the tick changes it and opens nothing."""
        index = self.indexAt(event.position().toPoint())
        is_tick = index.isValid() and index.column() == 0
        was_blocked = self.blockSignals(is_tick)
        super().mouseReleaseEvent(event)
        self.blockSignals(was_blocked)
        if is_tick:
            self.ticked.emit(self.rows_model.shown[index.row()].id)


class _TickDelegate(QStyledItemDelegate):
    """The tick of a row in the look of the other ticks."""

    def paint(self, painter: QPainter, option: QStyleOptionButton, index: Index) -> None:
        table = self.parent()
        assert isinstance(table, TickTable)
        box = QStyleOptionButton()
        rect = option.rect  # type: ignore[attr-defined]
        if option.state & QStyle.StateFlag.State_Selected:  # type: ignore[attr-defined]
            painter.fillRect(rect, look().colour("accent_soft"))
        painter.setPen(look().colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        style = table.style()
        side = lines(0.9)
        box.rect = rect.adjusted((rect.width() - side) // 2, (rect.height() - side) // 2, 0, 0)  # type: ignore[attr-defined]
        box.rect.setSize(QSize(side, side))  # type: ignore[attr-defined]
        is_chosen = table.rows_model.shown[index.row()].id in table.chosen
        on = QStyle.StateFlag.State_On if is_chosen else QStyle.StateFlag.State_Off
        box.state = QStyle.StateFlag.State_Enabled | on  # type: ignore[attr-defined]
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, box, painter, table)


class MeasuresView(QWidget):
    """`chosen_changed` and `accepted_changed(row, places)` tell what a person decided."""

    chosen_changed = Signal()
    accepted_changed = Signal(int, list)
    all_accepted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = TickTable("Мероприятия из файла")
        self.table.set_row_lines(2)
        self.table.ticked.connect(self._on_ticked)
        self.table.row_selected.connect(lambda _row: self._show_card())
        self.panel = TablePanel(self.table, "Найти")
        self.everything = Button("Принять все исправления", icon="check")
        self.everything.clicked.connect(self.all_accepted)
        self.panel.add_tool(self.everything)
        self.card = MeasureCard()
        self.card.accepted_changed.connect(self.accepted_changed)
        self.card.take_clicked.connect(self._on_ticked)
        self.split = MasterDetail(self.panel, self.card, 0.66)
        self._measures: Sequence[FoundMeasure] = ()
        self._rows: Sequence[PlanRow] = ()
        self._accepted: Mapping[int, Collection[int]] = {}
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.split)

    def show_measures(
        self,
        rows: Sequence[PlanRow],
        measures: Sequence[FoundMeasure],
        accepted: Mapping[int, Collection[int]],
        chosen: Collection[int],
    ) -> None:
        """Show the rows; `rows` are as in the file, `measures` as they would be added."""
        self._rows, self._measures, self._accepted = rows, measures, accepted
        self.table.chosen = {str(at) for at in chosen}
        self.table.set_rows([_row(measure, rows[measure.at], accepted) for measure in measures])
        repairs = sum(1 for row in rows for doubt in row.doubts if doubt.is_repair and not doubt.is_safe)
        self.everything.setVisible(repairs > 0)
        self.everything.set_hint(f"Предложено: {plural(repairs, 'исправление', 'исправления', 'исправлений')}")
        if not self.table.current_id() and measures:
            self.table.select(str(measures[0].at))
        self._show_card()

    @property
    def chosen(self) -> set[int]:
        """The places of the rows that are to be added."""
        return {int(row) for row in self.table.chosen}

    def _show_card(self) -> None:
        current = self.table.current_id()
        measure = next((one for one in self._measures if str(one.at) == current), None)
        if measure is not None:
            row = self._rows[measure.at]
            self.card.show_measure(measure, row, self._accepted.get(measure.at), current in self.table.chosen)

    def _on_ticked(self, row: str) -> None:
        measure = next((one for one in self._measures if str(one.at) == row), None)
        if measure is None or measure.refusal:
            return
        self.table.chosen ^= {row}
        self.table.viewport().update()
        self._show_card()
        self.chosen_changed.emit()


class MeasureCard(ScrollColumn):
    """One measure as it would be added, with ticks for what would be mended."""

    accepted_changed = Signal(int, list)
    take_clicked = Signal(str)

    def show_measure(
        self, measure: FoundMeasure, row: PlanRow, accepted: Collection[int] | None, is_chosen: bool
    ) -> None:
        """Replace what is shown."""
        self.clear()
        take = QCheckBox("Добавить в дорожную карту", self)
        take.setChecked(is_chosen)
        take.setEnabled(not measure.refusal)
        take.clicked.connect(lambda: self.take_clicked.emit(str(measure.at)))
        self.add(take)
        for words, icon, tone in _signs(measure):
            sign = SignText()
            sign.set_words(words, icon, tone)
            self.add(sign)
        title, *others = _parts(measure)
        self._add_part(*title)
        self._add_doubts(measure.at, row, accepted)
        for caption, text in others:
            self._add_part(caption, text)
        self.verticalScrollBar().setValue(0)

    def _add_part(self, caption: str, text: str) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        set_gaps(column, 0.1)
        column.addWidget(label(caption, TextStyle.SMALL, Tone.MUTED))
        column.addWidget(label(text))
        self.add(box)

    def _add_doubts(self, at: int, row: PlanRow, accepted: Collection[int] | None) -> None:
        if not row.doubts:
            return
        self.add(label("Что в словах файла вызвало сомнение", TextStyle.STRONG))
        for place, doubt in enumerate(row.doubts):
            is_on = doubt.is_safe if accepted is None else place in accepted
            self.add(self._doubt(at, row, place, doubt, is_on))

    def _doubt(self, at: int, row: PlanRow, place: int, doubt: Doubt, is_on: bool) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        set_gaps(column, 0.1)
        words = phrase(f"plan_doubt.{doubt.code}")
        if doubt.is_repair:
            tick = QCheckBox(words, box)
            tick.setChecked(is_on)
            tick.clicked.connect(lambda on: self._on_clicked(at, row, place, on))
            tick.setObjectName(f"doubt-{place}")
            column.addWidget(tick)
            shown = f"{_seen(doubt.before)} → {_seen(doubt.after or '') or 'пусто'}"
        else:
            sign = SignText(box)
            sign.set_words(f"{words}.", "triangle-alert", Tone.MEDIUM)
            column.addWidget(sign)
            shown = _seen(doubt.before)
        column.addWidget(label(shown, TextStyle.SMALL, Tone.MUTED))
        return box

    def _on_clicked(self, at: int, row: PlanRow, place: int, is_on: bool) -> None:
        ticks = [(one, self.findChild(QCheckBox, f"doubt-{one}")) for one in range(len(row.doubts))]
        wanted = {one for one, tick in ticks if tick is not None and tick.isChecked()}
        wanted = wanted | {place} if is_on else wanted - {place}
        self.accepted_changed.emit(at, sorted(wanted))

    def sizeHint(self) -> QSize:
        """Wide enough for a sentence."""
        return QSize(chars(36), lines(16))


def _seen(text: str) -> str:
    """Signs that are not seen are shown by others."""
    return text.replace("\n", "⏎").replace("\t", "⇥").replace("\u00ad", "¬")


def _row(measure: FoundMeasure, row: PlanRow, accepted: Mapping[int, Collection[int]]) -> Row:
    kept = accepted.get(measure.at)
    open_doubts = [
        doubt
        for place, doubt in enumerate(row.doubts)
        if not doubt.is_safe and not (kept is not None and place in kept)
    ]
    shown = measure.row
    state, tone = "", Tone.MUTED
    if measure.refusal:
        state, tone = "не помещается", Tone.HIGH
    elif measure.is_there:
        state = "уже есть"
    elif open_doubts:
        state, tone = plural(len(open_doubts), "сомнение", "сомнения", "сомнений"), Tone.MEDIUM
    elif shown.deadline and not measure.is_understood:
        state, tone = "проверьте срок", Tone.MEDIUM
    elif not shown.deadline:
        state, tone = "нет срока", Tone.MEDIUM
    cells = ("", shown.number, shown.title[:400], shown.deadline, ", ".join(shown.executors), state)
    return Row(str(measure.at), cells, tones={"said": tone}, hint=f"{shown.title[:300]}\n{shown.place}")


def _signs(measure: FoundMeasure) -> list[tuple[str, str, Tone]]:
    found = []
    if measure.refusal:
        found.append((measure.refusal, "circle-alert", Tone.HIGH))
    if measure.is_there:
        found.append(("Такое мероприятие в дорожной карте уже есть.", "info", Tone.MUTED))
    found += [(words, "info", Tone.MUTED) for words in measure.notes]
    return found


def _parts(measure: FoundMeasure) -> list[tuple[str, str]]:
    """Caption and words of every filled field, what was inherited said so."""
    row = measure.row
    number = f"№ {row.number}. " if row.number else ""
    due = measure.values.get("due_on")
    day = short_date(due) if isinstance(due, date) else ""
    deadline = row.deadline + (" (из заголовка раздела)" if row.deadline_inherited else "")
    who = ", ".join(row.executors) + (" (из заголовка раздела)" if row.executors_inherited else "")
    found = [
        ("Мероприятие", f"{number}{row.title[:1500]}"),
        ("Срок", deadline or "не указан: укажите в дорожной карте"),
        ("Как понят срок", measure.reading if row.deadline else ""),
        ("Дата в календаре", day or ("программа её не поставит: укажите сами" if row.deadline else "")),
        ("Исполнители", who or "не указаны"),
        ("Ответственный по списку педагогов", measure.owner),
        ("Ожидаемый результат", row.result[:1500]),
        ("Чем подтверждается", row.evidence[:600]),
        ("Примечание", row.note[:600]),
        ("Раздел", row.section),
        ("Где в файле", row.place),
    ]
    return [(caption, words) for caption, words in found if words]
