"""A section of the programme with what is typed under its text: the passport, the indicators, the antirisks."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.findings import PROGRAMME as PAGE
from shnor_desktop.domain.methodology import SectionContent
from shnor_desktop.models.programme import (
    AntiriskProgramme,
    Goal,
    Programme,
    ProgrammeParagraph,
    TargetIndicator,
)
from shnor_desktop.services.programme_sections import SectionView
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.workspaces.school.programme_data import ProgrammeData
from shnor_desktop.ui.workspaces.school.programme_section import SectionSheet
from shnor_desktop.ui.workspaces.school.programme_tables import AntiriskTools, IndicatorTable, PassportForm


class SectionPane(SectionSheet):
    """Shows one section; `node_opened` tells (entity, row) of what is edited in a form of its own."""

    node_opened = Signal(str, str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._data: ProgrammeData | None = None
        self.passport: PassportForm | None = None
        self.indicators = IndicatorTable(desk)
        self.indicators.row_opened.connect(lambda row: self.node_opened.emit(TargetIndicator.log_name, row))
        self.antirisks = AntiriskTools(desk)
        self.antirisks.row_opened.connect(lambda row: self.node_opened.emit(AntiriskProgramme.log_name, row))
        self.add(self.indicators)
        self.add(self.antirisks)
        self.row_opened.connect(self._on_row_opened)

    def show_data(self, view: SectionView, data: ProgrammeData) -> None:
        """Show a section and the part that belongs under it."""
        self._data = data
        section = view.section
        lines = [line for line in data.findings if line.entity == ProgrammeParagraph.log_name and not line.row]
        self.show_section(view, next((line.text for line in lines if line.field == section.code), ""))
        self._show_passport(section.content is SectionContent.PASSPORT, data)
        self.indicators.setVisible(section.content is SectionContent.INDICATORS)
        self.antirisks.setVisible(section.content is SectionContent.ANTIRISK)
        if section.content is SectionContent.INDICATORS:
            self.indicators.show_rows(data)
        elif section.content is SectionContent.ANTIRISK:
            self.antirisks.show_rows(data)
        # What was put in just now becomes visible by an event; only then is the whole as high as it will be.
        QTimer.singleShot(0, self.inside.updateGeometry)

    def _show_passport(self, is_shown: bool, data: ProgrammeData) -> None:
        if is_shown and self.passport is None:
            self.passport = PassportForm(self.desk, data.rows.fields[Programme.log_name])
            self.add(self.passport)
        if self.passport is not None:
            self.passport.setVisible(is_shown)
            if is_shown:
                self.passport.show_programme(data)

    def _on_row_opened(self, at: int) -> None:
        """A row of the printed table of goals opens its goal; those of other pages open the page."""
        if self.view is None or self._data is None:
            return
        if self.view.section.content is SectionContent.GOALS:
            rows = self._data.rows
            goals = [node for node in self._data.tree.walk() if node.entity == Goal.log_name and node.row]
            roots = [node for node in goals if rows.values[node.entity, node.row].get("kind") == "goal"]
            if at < len(roots):
                self.node_opened.emit(Goal.log_name, roots[at].row)
        elif self.view.page != PAGE:
            self.desk.open(self.view.page)
