"""A form of the draft as the school will see it, before anything is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.services.diagnosis import FormView
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.questions import FormPanel
from shnor_desktop.ui.theme import set_gaps
from shnor_desktop.ui.widgets.segments import SegmentBar


class FormPreview(QWidget):
    """The forms of the pack to choose from, and the chosen one; nothing can be typed in it."""

    form_chosen = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.forms = SegmentBar("Формы")
        self.forms.chosen.connect(self.form_chosen)
        self.panel: FormPanel | None = None
        self._pack: Pack | None = None
        self._column = QVBoxLayout(self)
        set_gaps(self._column, 0)
        self._column.addWidget(self.forms)

    def show_preview(self, pack: Pack | None, view: FormView) -> None:
        """Show a form; one of changed data is drawn anew, because its blocks may be others."""
        if self.panel is None or pack != self._pack:
            if self.panel is not None:
                self._column.removeWidget(self.panel)
                self.panel.deleteLater()
            why = "Так форму увидит школа. Правится она в таблицах черновика."
            self.panel = FormPanel(self.desk.viewing("", why))
            self._column.addWidget(self.panel, 1)
        self._pack = self.panel.pack = pack
        self.forms.set_segments([(one.id, one.short_title) for one in pack.forms] if pack else [])
        self.forms.select(view.form.id)
        self.panel.show_form(view)
