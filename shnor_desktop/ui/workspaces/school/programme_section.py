"""A section of the programme on its sheet: heading, paragraphs, and the table that the program builds."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shnor_desktop.domain.methodology import SectionContent
from shnor_desktop.services import programme_freshness, programme_text
from shnor_desktop.services.programme_sections import SectionView
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.programme_paragraph import ParagraphEditor
from shnor_desktop.ui.workspaces.school.programme_print import PrintedTable

_WIDE = 110
_WHERE = {"map": "Изменить на странице «ДТК»", "roadmap": "Открыть «Дорожную карту»"}


class SectionSheet(ScrollColumn):
    """Shows one section and writes its paragraphs."""

    row_opened = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.editors: dict[str, ParagraphEditor] = {}
        self.view: SectionView | None = None
        self.table: PrintedTable | None = None
        self._focus_next = ""
        self.sheet = Sheet(gap=0.6)
        set_chars(self.sheet, 30, _WIDE)
        self.heading = label("", TextStyle.SECTION)
        self.guidance = label("", TextStyle.SMALL, Tone.MUTED)
        self.problem = SignText(self)
        self.problem.hide()
        self.read_all = Button("Весь раздел прочитан", ButtonKind.LINK, "check")
        self.read_all.clicked.connect(self._on_all_read)
        self.add_text = Button("Добавить абзац", ButtonKind.LINK, "plus")
        self.add_text.clicked.connect(self._on_added)
        self.where = Button("", ButtonKind.LINK, "arrow-right")
        self.where.clicked.connect(lambda: self.desk.open(self.view.page if self.view else "programme"))
        self._lay_out()

    def show_section(self, view: SectionView, problem: str = "") -> None:
        """Show a section; editors that stay keep what is being typed."""
        self.view = view
        section = view.section
        self.heading.setText(f"{section.number}. {section.title}")
        self.guidance.setText(section.guidance)
        self.guidance.setVisible(bool(section.guidance))
        self.problem.set_words(problem, "circle-alert", Tone.HIGH)
        self._show_paragraphs(view)
        self._show_table(view)
        editable = not self.desk.is_read_only
        self.read_all.setVisible(view.unread > 1 and editable)
        self.add_text.setVisible(editable)
        self.where.setText(_WHERE.get(view.page, ""))
        self.where.setVisible(view.page in _WHERE)
        if self._focus_next in self.editors:
            self.focus_paragraph(self._focus_next)
            self._focus_next = ""

    def focus_paragraph(self, row: str) -> None:
        """Bring a paragraph into sight with the cursor in it."""
        editor = self.editors.get(row)
        if editor is not None:
            self.show_widget(editor)
            editor.focus()

    def _lay_out(self) -> None:
        column = self.sheet.column
        for widget in (self.heading, self.guidance, self.problem):
            column.addWidget(widget)
        self._paragraphs_at = column.count()
        actions = QWidget(self)
        row = QHBoxLayout(actions)
        set_gaps(row, 0.5)
        for button in (self.add_text, self.read_all, self.where):
            row.addWidget(button)
        row.addStretch(1)
        column.addWidget(actions)
        self.add(self.sheet)

    def _show_paragraphs(self, view: SectionView) -> None:
        wanted = [paragraph.id for paragraph in view.paragraphs]
        if list(self.editors) != wanted:
            self._draw_paragraphs(wanted)
        for paragraph in view.paragraphs:
            self.editors[paragraph.id].show_paragraph(paragraph, view.stale.get(paragraph.id))

    def _draw_paragraphs(self, wanted: Sequence[str]) -> None:
        column, kept = self.sheet.column, self.editors
        for row, editor in kept.items():
            column.removeWidget(editor)
            if row not in wanted:
                editor.hide()
                editor.deleteLater()
        self.editors = {}
        for place, row in enumerate(wanted):
            editor = kept.get(row) or self._make_editor(row, place + 1)
            self.editors[row] = editor
            column.insertWidget(self._paragraphs_at + place, editor)
            editor.show()

    def _make_editor(self, row: str, place: int) -> ParagraphEditor:
        editor = ParagraphEditor(row, place, self.desk.why_read_only, self.sheet)
        editor.changed.connect(self._on_changed)
        editor.read.connect(lambda row: self._write(lambda: programme_text.mark_read(self.desk.workspace, [row])))
        editor.renewed.connect(lambda row: self._write(lambda: programme_freshness.renew(self.desk.workspace, row)))
        editor.left_alone.connect(lambda row: self._write(lambda: programme_freshness.leave(self.desk.workspace, row)))
        editor.moved.connect(self._on_moved)
        editor.split.connect(self._on_split)
        editor.removed.connect(
            lambda row: self._write(lambda: programme_text.remove_paragraph(self.desk.workspace, row))
        )
        return editor

    def _show_table(self, view: SectionView) -> None:
        if self.table is not None and self.table.shown == view.table:
            return
        if self.table is not None:
            self.sheet.column.removeWidget(self.table)
            self.table.hide()
            self.table.deleteLater()
            self.table = None
        is_typed_below = view.section.content is SectionContent.INDICATORS
        if view.table is not None and view.table.rows and not is_typed_below:
            opens = view.section.content is SectionContent.GOALS
            self.table = PrintedTable(view.table, view.section.title, opens, self.sheet)
            self.table.row_opened.connect(self.row_opened)
            at = self._paragraphs_at + len(self.editors)
            self.sheet.column.insertWidget(at, self.table)
            self.table.show()

    def _write(self, work: Callable[[], object]) -> None:
        self.desk.write(work)

    def _on_changed(self, row: str, body: str) -> None:
        workspace = self.desk.workspace
        self._write(lambda: programme_text.edit_paragraph(workspace, row, body))

    def _on_all_read(self) -> None:
        workspace = self.desk.workspace
        rows = [one.id for one in self.view.paragraphs if one.generated] if self.view else []
        self._write(lambda: programme_text.mark_read(workspace, rows))

    def _on_added(self) -> None:
        workspace, view = self.desk.workspace, self.view
        if view is not None:
            code = view.section.code
            self.desk.write(lambda: programme_text.add_paragraph(workspace, code), self._on_begun)

    def _on_begun(self, done: object) -> None:
        self._focus_next = str(getattr(done, "row", ""))

    def _on_moved(self, row: str, step: int) -> None:
        at = list(self.editors).index(row) + step
        if 0 <= at < len(self.editors):
            workspace = self.desk.workspace
            self._write(lambda: programme_text.move_paragraph(workspace, row, at))

    def _on_split(self, row: str, offset: int) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: programme_text.split_paragraph(workspace, row, offset), self._on_begun)
