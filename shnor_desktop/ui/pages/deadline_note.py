"""Under a field with a deadline: how it is read, corrected in one click and remembered for the methodology."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.deadlines import Window
from shnor_desktop.domain.occurrences import Deadlines
from shnor_desktop.services import deadlines as service
from shnor_desktop.services.deadlines import Correction
from shnor_desktop.ui.forms import FieldEditor
from shnor_desktop.ui.forms.deadline import PLAN, Corrected, CorrectionPanel, ReadingLine
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import set_gaps

_PAUSE_MS = 200
_LONGEST = 200
_PHRASES = {
    "month": "ежемесячно",
    "quarter": "ежеквартально",
    "term": "раз в четверть",
    "half_year": "раз в полугодие",
    "year": "раз в год",
}


def add_below(editor: FieldEditor, note: QWidget) -> None:
    """Put a widget under the editor of a field, inside its place in the form."""
    layout = editor.layout()
    assert layout is not None
    layout.addWidget(note)


class DeadlineNote(QWidget):
    """The reading of one phrase. `owner` is whose corrections are written; None is the school of the desk."""

    def __init__(self, desk: Desk, owner: str | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.owner = owner
        self._phrase = ""
        self._stage: str | None = None
        self._deadlines: Deadlines | None = None
        self._typed: tuple[str, Deadlines, str | None] | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_paused)
        self.line = ReadingLine(self)
        self.line.correct_requested.connect(self._on_correct_requested)
        self.panel: CorrectionPanel | None = None
        column = QVBoxLayout(self)
        set_gaps(column, 0.2)
        column.addWidget(self.line)

    def show_phrase(self, phrase: str | None, deadlines: Deadlines, stage: str | None = None) -> None:
        """Show how a phrase is read in a plan; another phrase closes the panel of the one before."""
        words = (phrase or "").strip()
        if words != self._phrase and self.panel is not None:
            self.panel.hide()
        self._phrase, self._deadlines, self._stage = words, deadlines, stage
        if len(words) > _LONGEST:
            self.line.set_reading(f"не прочитано: срок словами не длиннее {_LONGEST} знаков", False, False)
            return
        found = deadlines.read(words, stage)
        self.line.set_reading(found.words(deadlines.on), found.is_sure, bool(words) and not self.desk.is_read_only)

    def show_typed(self, phrase: str, deadlines: Deadlines, stage: str | None = None) -> None:
        """The same for text that is being typed: read after a pause."""
        self._typed = (phrase, deadlines, stage)
        self._pause.start()

    def _on_paused(self) -> None:
        if self._typed is not None:
            self.show_phrase(*self._typed)

    def _on_correct_requested(self) -> None:
        deadlines = self._deadlines
        if deadlines is None:
            return
        if self.panel is None:
            self.panel = CorrectionPanel(parse, self)
            self.panel.kept.connect(self._on_kept)
            self.panel.taken_back.connect(self._on_taken_back)
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self.panel)
        if not self.panel.isHidden():
            self.panel.hide()
            return
        series = {name: deadlines.by_program(words).reading.windows for name, words in _PHRASES.items()}
        series[PLAN] = (Window(deadlines.plan.start, deadlines.plan.end),)
        found = deadlines.read(self._phrase, self._stage)
        self.panel.begin(found.reading, found.is_corrected, series)

    def _on_kept(self, said: Corrected) -> None:
        workspace, phrase, owner = self.desk.workspace, self._phrase, self.owner
        correction = Correction(said.kind, said.windows, said.times, said.event, said.is_optional, said.note)
        self.desk.write(
            lambda: service.correct(workspace, phrase, correction, owner), lambda _: self._close(), self._refuse
        )

    def _on_taken_back(self) -> None:
        workspace, phrase, owner = self.desk.workspace, self._phrase, self.owner
        self.desk.write(lambda: service.take_back(workspace, phrase, owner), lambda _: self._close(), self._refuse)

    def _close(self) -> None:
        if self.panel is not None:
            self.panel.hide()

    def _refuse(self, message: Worded) -> None:
        if self.panel is not None:
            self.panel.refuse(f"{message.what} {message.do}")
