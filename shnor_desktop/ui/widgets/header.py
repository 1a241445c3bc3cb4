"""The head of a page: what it is, what it is for, what is still missing, and the one main action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.ui.theme import TextStyle, Tone, lines, look, set_gaps, set_text_style
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import LinkText, label

_DOTS = 10


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a page is: `filled` of `total`, its errors and warnings, and one more part («этап II, до 30.04»)."""

    filled: int
    total: int
    errors: int = 0
    warnings: int = 0
    extra: str = ""


class ProgressDots(QWidget):
    """●●●●●●●●○○: a share in ten dots, or in as many as there are steps."""

    def __init__(self, parent: QWidget | None = None, dots: int = _DOTS) -> None:
        super().__init__(parent)
        self._count = dots
        self._full = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_share(self, filled: int, total: int) -> None:
        """Fill the dots; none and all are kept for exactly none and all."""
        share = filled * self._count / total if total else 0
        self._full = (
            self._count if total and filled >= total else min(self._count - 1, max(int(filled > 0), int(share)))
        )
        self.setAccessibleName(f"Заполнено {filled} из {total}")
        self.update()

    def sizeHint(self) -> QSize:
        """The dots in a row."""
        return QSize(round(lines(0.7) * self._count), lines(1))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Full dots, then rings."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        step = self.width() / self._count
        radius = step * 0.3
        for at in range(self._count):
            centre = QPointF(step * (at + 0.5), self.height() / 2)
            is_full = at < self._full
            painter.setPen(look().colour("text_muted" if is_full else "border_strong"))
            painter.setBrush(look().colour("text_muted") if is_full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(centre, radius, radius)
        painter.end()


class PageHeader(QWidget):
    """Title, purpose, progress with links, secondary buttons and one primary button."""

    primary_clicked = Signal()
    progress_chosen = Signal(str)

    def __init__(self, title: str, purpose: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label(title, TextStyle.TITLE)
        self.purpose = label(purpose, TextStyle.BODY, Tone.MUTED)
        if not purpose:
            self.purpose.hide()
        self.primary: Button | None = None
        self._buttons = QWidget(self)
        self._actions = FlowLayout(self._buttons)
        set_gaps(self._actions, 0.5)
        self._dots = ProgressDots(self)
        self.progress = LinkText(self, wraps=True)
        set_text_style(self.progress, TextStyle.BODY)
        self.progress.link_chosen.connect(self.progress_chosen)
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        set_gaps(self._top, 0.5)
        self._top.addWidget(self.title, 1)
        self._top.addWidget(self._buttons)
        self._state = QWidget(self)
        state = FlowLayout(self._state)
        set_gaps(state, 0.5)
        state.addWidget(self._dots)
        state.addWidget(self.progress)
        self._state.hide()
        column = QVBoxLayout(self)
        set_gaps(column, 0.2, (1, 0.6, 1, 0.6))
        column.addLayout(self._top)
        column.addWidget(self.purpose)
        column.addWidget(self._state)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)  # not cut where its lines wrap

    def minimumSizeHint(self) -> QSize:
        """The buttons go below the title rather than make the window wider."""
        hint = super().minimumSizeHint()
        return QSize(min(hint.width(), lines(20)), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons under the title where both do not fit into one line; there they go on in further lines."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """A larger text needs more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._arrange()

    def _arrange(self) -> None:
        title = self.title.fontMetrics().horizontalAdvance(self.title.text())
        fits = title + self._actions.sizeHint().width() + lines(3) <= self.width()
        flow = QBoxLayout.Direction
        self._top.setDirection(flow.LeftToRight if fits else flow.TopToBottom)
        row = self._actions.sizeHint().width()
        self._buttons.setMinimumWidth(row if fits else 0)

    def set_title(self, title: str, purpose: str = "") -> None:
        """Replace title and purpose."""
        self.title.setText(title)
        self._arrange()
        self.purpose.setText(purpose)
        self.purpose.setVisible(bool(purpose))

    def set_primary(self, text: str, icon: str = "") -> Button:
        """The one main action of the page, a verb; tells by `primary_clicked`."""
        if self.primary is not None:
            self._actions.removeWidget(self.primary)
            self.primary.deleteLater()
        self.primary = Button(text, ButtonKind.PRIMARY, icon)
        self.primary.clicked.connect(self.primary_clicked)
        self._actions.addWidget(self.primary)
        self._arrange()
        return self.primary

    def add_secondary(self, text: str, icon: str = "", action: Callable[[], None] | None = None) -> Button:
        """A plain button left of the primary one; give it a menu with `Button.add_menu`."""
        button = Button(text, ButtonKind.PLAIN, icon)
        if action is not None:
            button.clicked.connect(lambda _=False: action())
        self._actions.addWidget(button)
        if self.primary is not None:
            self._actions.removeWidget(self.primary)
            self._actions.addWidget(self.primary)
        self._arrange()
        return button

    def set_progress(self, progress: Progress | None) -> None:
        """«заполнено 34 из 41 · 2 ошибки · 3 предупреждения»; the links are missing, errors, warnings, extra."""
        self._state.setVisible(progress is not None)
        if progress is None:
            return
        self._dots.set_share(progress.filled, progress.total)
        self._dots.setVisible(progress.total > 0)
        parts = [(f"заполнено {progress.filled} из {progress.total}", "missing")] if progress.total else []
        if progress.errors:
            parts.append((plural(progress.errors, "ошибка", "ошибки", "ошибок"), "errors"))
        if progress.warnings:
            words = plural(progress.warnings, "предупреждение", "предупреждения", "предупреждений")
            parts.append((words, "warnings"))
        if not progress.errors and not progress.warnings and progress.total and progress.filled >= progress.total:
            parts.append(("ошибок нет", ""))
        if progress.extra:
            parts.append((progress.extra, "extra"))
        self.progress.set_parts(parts)

    def paintEvent(self, event: QPaintEvent) -> None:
        """A line under the head."""
        painter = QPainter(self)
        painter.setPen(look().colour("border"))
        painter.drawLine(self.rect().bottomLeft(), self.rect().bottomRight())
        painter.end()
