"""A month as a table of weeks: the days with what falls due on them; by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shnor_desktop.domain.russian import long_date, plural
from shnor_desktop.ui.theme import lines, look, set_lines
from shnor_desktop.ui.widgets.month_model import DAYS, CellLines, DayMark, Index, MonthModel, cell_lines

__all__ = ["CellLines", "DayMark", "MonthGrid", "MonthModel", "cell_lines", "small_font"]

_LEAST_LINES, _ROW_LINES, _WIDE = 12.0, 2.1, 9.0


class _DayDelegate(QStyledItemDelegate):
    """The number of the day and the lines under it."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, MonthModel)
        day, rect = model.day(index), option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, look().colour("accent_soft"))
        elif day.month != model.first.month:
            painter.fillRect(rect, look().colour("surface_sunken"))
        painter.setPen(look().colour("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        small = small_font(option.font)
        metrics = QFontMetrics(small)
        marks = model.marks_on(day)
        layout = cell_lines(len(marks), rect.height(), metrics.lineSpacing())
        self._paint_number(painter, rect, day, model, option.font, layout)
        painter.setFont(small)
        inner = rect.adjusted(lines(0.25), 0, -lines(0.2), 0)
        for at, mark in enumerate(marks[: layout.shown]):
            line = QRect(inner.left(), rect.top() + layout.top + at * layout.step, inner.width(), layout.step)
            painter.setPen(look().colour(mark.tone.value))
            words = mark.words if line.width() > lines(_WIDE) else mark.short
            painter.drawText(line, 0, metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width()))
        self._paint_rest(painter, inner, marks, layout, metrics)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(look().colour("focus"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def _paint_number(
        self, painter: QPainter, rect: QRect, day: date, model: MonthModel, font: QFont, layout: CellLines
    ) -> None:
        is_today = day == model.today
        own = QFont(font)
        own.setWeight(QFont.Weight.Medium if is_today else QFont.Weight.Normal)
        painter.setFont(own)
        room = QRect(rect.left() + lines(0.25), rect.top() + 1, rect.width() - lines(0.5), layout.top - 1)
        words = f"{day.day} сегодня" if is_today else str(day.day)
        if is_today and painter.fontMetrics().horizontalAdvance(words) > room.width():
            words = str(day.day)
        tone = "accent" if is_today else "text" if day.month == model.first.month else "text_muted"
        painter.setPen(look().colour(tone))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)
        if is_today:
            width = min(painter.fontMetrics().horizontalAdvance(words), room.width())
            painter.fillRect(QRect(room.left(), room.bottom() - 1, width, 2), look().colour("accent"))

    def _paint_rest(
        self, painter: QPainter, inner: QRect, marks: Sequence[DayMark], layout: CellLines, metrics: QFontMetrics
    ) -> None:
        """«ещё 3»; where there is no room for a line it stands beside the number of the day."""
        if not layout.rest:
            return
        hidden = marks[layout.shown :]
        is_late = any(mark.is_late for mark in hidden)
        sign = "▲ " if is_late else ""
        words = (
            f"{sign}ещё {layout.rest}" if layout.shown else f"{sign}{plural(layout.rest, 'срок', 'срока', 'сроков')}"
        )
        painter.setPen(look().colour("high" if is_late else "accent"))
        fits = layout.top + (layout.shown + 1) * layout.step <= inner.height() + 2
        top = inner.top() + (layout.top + layout.shown * layout.step if fits else 1)
        side = Qt.AlignmentFlag.AlignLeft if fits else Qt.AlignmentFlag.AlignRight
        line = QRect(inner.left(), top, inner.width(), layout.step)
        painter.drawText(line, int(side), metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width()))


class MonthGrid(QTableView):
    """Tells which mark was opened, or taken to another day, and which month is shown after the keys have left it.

    A mark that may be moved is dragged with the mouse; by keyboard the menu of the day offers the same (`mark_moved`
    then tells no day: the person is asked for it).
    """

    mark_opened = Signal(str)
    mark_moved = Signal(str, object)
    month_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.month = MonthModel(self)
        self.setModel(self.month)
        self.setItemDelegate(_DayDelegate(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
            header.setMinimumSectionSize(1)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        set_lines(self, _LEAST_LINES)
        self._pressed: DayMark | None = None
        self._pressed_at = QPoint()
        self.dragged: DayMark | None = None

    def set_marks(self, marks: Sequence[DayMark], today: date) -> None:
        """Replace what is shown; the chosen day stays."""
        chosen = self.chosen_day()
        self.month.set_marks(marks, today)
        self.choose(chosen or today)

    def chosen_day(self) -> date | None:
        """The day with the cursor."""
        index = self.currentIndex()
        return self.month.day(index) if index.isValid() else None

    def choose(self, day: date) -> None:
        """Put the cursor on a day; its month comes into sight. The first and last year of time are not shown."""
        if not date.min.year < day.year < date.max.year:
            return
        if (day.year, day.month) != (self.month.first.year, self.month.first.month):
            self.month.show_month(day)
            set_lines(self, 1.6 + self.month.rowCount() * _ROW_LINES)
            self.month_changed.emit()
        elif not self.month.index_of(day).isValid():
            self.month.show_month(day)
        self.setCurrentIndex(self.month.index_of(day))

    def turn(self, months: int) -> None:
        """So many months on or back, on the same day where that month has it."""
        day = self.chosen_day() or self.month.first
        at = day.year * 12 + day.month - 1 + months
        year, month = divmod(at, 12)
        if not date.min.year < year < date.max.year:
            return
        last = ((date(year, month + 1, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)).day
        self.choose(date(year, month + 1, min(day.day, last)))

    def open_day(self, day: date, place: QPoint | None = None) -> None:
        """Open the one thing of a day, or let one of several be chosen."""
        marks = self.month.marks_on(day)
        if len(marks) == 1:
            self.mark_opened.emit(marks[0].id)
        elif marks:
            rect = self.visualRect(self.month.index_of(day))
            self.make_menu(day).popup(place or self.viewport().mapToGlobal(rect.bottomLeft()))

    def make_menu(self, day: date) -> QMenu:
        """All that is due on a day, to choose from; what may be moved has its own entry."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setAccessibleName(f"Сроки на {long_date(day)}")
        marks = self.month.marks_on(day)
        for mark in marks:
            words = menu.fontMetrics().elidedText(mark.words, Qt.TextElideMode.ElideRight, lines(26))
            entry = menu.addAction(words.replace("&", "&&"))
            entry.setToolTip(mark.hint)
            entry.triggered.connect(lambda _=False, name=mark.id: self.mark_opened.emit(name))
        movable = [mark for mark in marks if mark.is_movable]
        if movable:
            menu.addSeparator()
        for mark in movable:
            words = menu.fontMetrics().elidedText(f"Перенести: {mark.title}", Qt.TextElideMode.ElideRight, lines(26))
            entry = menu.addAction(words.replace("&", "&&"))
            entry.triggered.connect(lambda _=False, name=mark.id: self.mark_moved.emit(name, None))
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the day under the mouse, or of the chosen one by the keyboard."""
        is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if is_mouse else self.currentIndex()
        if index.isValid() and self.month.marks_on(self.month.day(index)):
            rect = self.visualRect(index)
            place = event.globalPos() if is_mouse else self.viewport().mapToGlobal(rect.bottomLeft())
            self.make_menu(self.month.day(index)).popup(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows by day and week across months, PgUp and PgDn by month, Enter opens."""
        if event.key() == Qt.Key.Key_Escape and self.dragged is not None:
            self._end_drag()
            return
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -DAYS, Qt.Key.Key_Down: DAYS}
        day = self.chosen_day()
        if event.key() in steps and day is not None:
            self.choose(day + timedelta(days=steps[Qt.Key(event.key())]))
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turn(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and day is not None:
            self.open_day(day)
        elif event.key() == Qt.Key.Key_Home and self.month.today is not None:
            self.choose(self.month.today)
        else:
            super().keyPressEvent(event)

    def mark_at(self, place: QPoint) -> DayMark | None:
        """The mark under a point of the table."""
        index = self.indexAt(place)
        if not index.isValid():
            return None
        marks, layout = self._laid_out(index)
        at = layout.at(place.y() - self.visualRect(index).top())
        return marks[at] if 0 <= at < layout.shown else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The day is chosen; «ещё 3» shows the rest; a mark waits for the release, or is dragged."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        day = self.month.day(index)
        marks, layout = self._laid_out(index)
        at = layout.at(place.y() - self.visualRect(index).top())
        if day.month == self.month.first.month:
            self.setCurrentIndex(index)
        if 0 <= at < layout.shown:
            self._pressed, self._pressed_at = marks[at], place
        elif layout.rest and (at >= layout.shown or not layout.shown):
            self.open_day(day, event.globalPosition().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A mark that may be moved goes with the mouse; the day below it is shown."""
        place = event.position().toPoint()
        pressed = self._pressed
        if pressed is not None and pressed.is_movable and self.dragged is None:
            if (place - self._pressed_at).manhattanLength() >= QApplication.startDragDistance():
                self.dragged = pressed
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        elif pressed is None:
            over = self.mark_at(place)
            shape = Qt.CursorShape.OpenHandCursor if over and over.is_movable else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        if self.dragged is not None:
            index = self.indexAt(place)
            if index.isValid():
                self.setCurrentIndex(index)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A mark that was not dragged opens; one that was is told with its new day."""
        pressed, dragged = self._pressed, self.dragged
        self._end_drag()
        if pressed is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if dragged is None:
            self.mark_opened.emit(pressed.id)
            return
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.month.day(index) != dragged.day:
            self.mark_moved.emit(dragged.id, self.month.day(index))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nothing beside what the first press has done."""

    def _laid_out(self, index: Index) -> tuple[list[DayMark], CellLines]:
        marks = self.month.marks_on(self.month.day(index))
        step = QFontMetrics(small_font(self.font())).lineSpacing()
        return marks, cell_lines(len(marks), self.visualRect(index).height(), step)

    def _end_drag(self) -> None:
        self._pressed = self.dragged = None
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)


def small_font(font: QFont) -> QFont:
    """The font of the marks."""
    small = QFont(font)
    small.setPointSizeF(font.pointSizeF() * 0.88)
    return small
