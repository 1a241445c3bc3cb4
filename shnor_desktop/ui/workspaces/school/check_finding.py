"""One finding of the check: what is wrong, what to do, the way to the field, a reason for a warning that stays."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shnor_desktop.models.checks import CheckReason
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.check import CheckLine
from shnor_desktop.services.conflicts import Conflict
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.conflict_panel import ConflictPanel
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn

_WIDE = 90


class FindingPage(ScrollColumn):
    """What stands beside the list of findings."""

    reason_given = Signal(str)
    reason_withdrawn = Signal()
    version_kept = Signal(int)

    def __init__(self, read_only: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self._shown: object = None
        self._typed = ""
        self.conflict: ConflictPanel | None = None
        self.kind = SignText(self)
        self.text = label("", TextStyle.SECTION)
        self.do = label("")
        self.reason = FieldEditor(info_of(CheckReason).fields["reason"], parse)
        self.reason.edited.connect(self._on_reason_edited)
        self.keep = Button("Оставить с пояснением", icon="check")
        self.keep.clicked.connect(self._on_kept)
        self.withdraw = Button("Убрать пояснение", ButtonKind.LINK)
        self.withdraw.clicked.connect(self.reason_withdrawn)
        keep_row = QWidget(self)
        row = QHBoxLayout(keep_row)
        set_gaps(row, 0.5)
        row.addWidget(self.keep)
        row.addWidget(self.withdraw)
        row.addStretch(1)
        for widget in (self.kind, self.text, self.do, self.reason, keep_row):
            set_chars(widget, maximum=_WIDE)
            self.add(widget)

    def show_finding(self, line: CheckLine, conflict: Conflict | None) -> None:
        """Show a finding; a reason that is being typed for the same one stays."""
        if (line, conflict) == self._shown:
            return
        is_same = isinstance(self._shown, tuple) and self._shown[0].key == line.key
        self._shown = (line, conflict)
        if line.is_error:
            self.kind.set_words("Ошибка: с ней пакет не выгружается", "circle-alert", Tone.HIGH)
        elif line.reason:
            self.kind.set_words("Предупреждение оставлено с пояснением", "circle-check", Tone.LOW)
        else:
            words = "Предупреждение: исправьте или поясните, почему так"
            self.kind.set_words(words, "triangle-alert", Tone.MEDIUM)
        self.text.setText(line.text)
        self.do.setText(line.do)
        can_explain = not line.is_error and not self._read_only
        self.reason.setVisible(not line.is_error)
        self.reason.set_read_only(self._read_only)
        self.keep.setVisible(can_explain)
        self.withdraw.setVisible(can_explain and bool(line.reason))
        if not is_same:
            self.reason.forget()
            self._typed = line.reason
        self.reason.set_value(line.reason or None)
        self._show_conflict(conflict)

    def refuse(self, message: Worded) -> None:
        """Show why the reason was not kept."""
        self.reason.set_error(f"{message.what} {message.do}")

    def _show_conflict(self, conflict: Conflict | None) -> None:
        if self.conflict is not None:
            self.column.removeWidget(self.conflict)
            self.conflict.hide()
            self.conflict.deleteLater()
            self.conflict = None
        if conflict is not None:
            self.conflict = ConflictPanel(conflict, bool(self._read_only))
            self.conflict.kept.connect(self.version_kept)
            self.column.insertWidget(self.column.indexOf(self.do) + 1, self.conflict)

    def _on_reason_edited(self, _name: str, value: object) -> None:
        self._typed = str(value or "")
        self.reason.set_error("")

    def _on_kept(self) -> None:
        self.keep.setFocus()
        if not self._typed.strip():
            self.reason.set_error("Напишите пояснение: его увидит координатор.")
            self.reason.focus()
            return
        self.reason_given.emit(self._typed)
