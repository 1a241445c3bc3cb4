"""A page of the window: header, banner of a read-only state, and a body or what to do while there is none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.ui.theme import TextStyle, Tone, chars, look, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.header import PageHeader
from shnor_desktop.ui.widgets.labels import SignText, label


class EmptyState(QWidget):
    """What will be here, one button that begins it, and «Как это сделать»."""

    begin_requested = Signal()
    help_requested = Signal()

    def __init__(
        self,
        title: str,
        text: str,
        button: str = "",
        icon: str = "plus",
        has_help: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        inner = QVBoxLayout()
        set_gaps(inner, 0.5)
        inner.addWidget(label(title, TextStyle.SECTION))
        inner.addWidget(label(text, TextStyle.BODY, Tone.MUTED))
        row = QHBoxLayout()
        set_gaps(row, 0.5, (0, 0.5, 0, 0))
        if button:
            self.button = Button(button, ButtonKind.PRIMARY, icon)
            self.button.clicked.connect(self.begin_requested)
            row.addWidget(self.button)
        if has_help:
            self.help = Button("Как это сделать", ButtonKind.LINK)
            self.help.clicked.connect(self.help_requested)
            row.addWidget(self.help)
        row.addStretch(1)
        inner.addLayout(row)
        box = QWidget(self)
        box.setLayout(inner)
        set_chars(box, 30, 72)
        column = QVBoxLayout(self)
        set_gaps(column, 0, (1, 2, 1, 1))
        column.addWidget(box)
        column.addStretch(1)


class ReadOnlyBanner(QWidget):
    """Why nothing can be changed here and who may."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line = SignText(self)
        row = QHBoxLayout(self)
        set_gaps(row, 0.5, (1, 0.35, 1, 0.35))
        row.addWidget(self._line, 1)
        self.hide()

    def set_reason(self, why: str, who: str = "") -> None:
        """«Программа отправлена координатору.», «Изменять может координатор.»; empty hides the banner."""
        self._line.set_words(f"{why} {who}".strip(), "lock", Tone.MUTED)
        self.setVisible(bool(why))

    def text(self) -> str:
        """The words shown."""
        return self._line.words.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A quiet ground across the page."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), look().colour("surface_sunken"))
        painter.end()


class ScrollColumn(QScrollArea):
    """A column that scrolls; its content starts at the left and keeps its own greatest width."""

    def __init__(self, parent: QWidget | None = None, gap: float = 0.75, margins: float = 1.0) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inside = QWidget(self)
        self.column = QVBoxLayout(self.inside)
        set_gaps(self.column, gap, margins)
        self.column.addStretch(1)
        self.setWidget(self.inside)

    def add(self, widget: QWidget) -> None:
        """Append a widget to the column."""
        self.column.insertWidget(self.column.count() - 1, widget)

    def clear(self) -> None:
        """Remove all widgets of the column."""
        while self.column.count() > 1:
            item = self.column.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()

    def show_widget(self, widget: QWidget) -> None:
        """Scroll until a widget of the column is in sight."""
        self.ensureWidgetVisible(widget, 0, chars(4))


class Page(QWidget):
    """Base of the pages. A subclass makes its body with `set_body` and fills it in `refresh`."""

    def __init__(self, title: str, purpose: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.header = PageHeader(title, purpose, self)
        self.banner = ReadOnlyBanner(self)
        self._page_stack = QStackedWidget(self)
        self._page_body: QWidget | None = None
        self._page_empty: QWidget | None = None
        self._page_reading: QWidget | None = None
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.header)
        column.addWidget(self.banner)
        column.addWidget(self._page_stack, 1)
        self.setAccessibleName(title)

    def set_body(self, body: QWidget) -> None:
        """The widget under the header: it gets all the room that is left, and scrolls where that is too little."""
        if self._page_body is not None:
            self._page_stack.removeWidget(self._page_body)
            self._page_body.deleteLater()
        room = QScrollArea(self)
        room.setWidgetResizable(True)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setWidget(body)
        self._page_body = room
        self._page_stack.addWidget(room)
        self._page_stack.setCurrentWidget(room)

    def show_empty(self, empty: EmptyState) -> None:
        """Show what to do first instead of the body."""
        if self._page_empty is not None:
            self._page_stack.removeWidget(self._page_empty)
            self._page_empty.deleteLater()
        self._page_empty = empty
        self._page_stack.addWidget(empty)
        self._page_stack.setCurrentWidget(empty)

    def show_reading(self, words: str) -> None:
        """Say quietly that the data are on their way: «Читаем данные школ…»; the body or the empty page ends it."""
        self._page_reading = QWidget(self)
        column = QVBoxLayout(self._page_reading)
        set_gaps(column, 0, (1, 1, 1, 1))
        column.addWidget(label(words, TextStyle.BODY, Tone.MUTED))
        column.addStretch(1)
        self._page_stack.addWidget(self._page_reading)
        self._page_stack.setCurrentWidget(self._page_reading)

    @property
    def is_reading(self) -> bool:
        """Whether the first data of the page are on their way."""
        return self._page_reading is not None and self._page_stack.currentWidget() is self._page_reading

    def show_body(self) -> None:
        """Show the body again."""
        if self._page_body is not None:
            self._page_stack.setCurrentWidget(self._page_body)

    def set_read_only(self, why: str, who: str = "") -> None:
        """Show the banner of a read-only page; empty hides it."""
        self.banner.set_reason(why, who)
