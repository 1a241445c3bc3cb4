"""What a table of a file is and what each of its columns holds; a person mends it over the table itself."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget

from shnor_desktop.services.table_import import (
    ListLayout,
    TableFile,
    TableKind,
    kind_caption,
    meaning_caption,
    meanings_of,
    read_again,
    with_layout,
)
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.pages.choice_header import SHOWN_COLUMNS, ChoiceHeader, SourceModel
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_gaps, set_text_style
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label

_NOT_READ = "Не загружать эту таблицу"
_FIRST_CHOICES = 40
_MANY = {"ignored", "task", "score", "other"}
"""What several columns may hold at once."""


class TableColumns(QWidget):
    """Tells by `file_changed` how a person wants the file to be read."""

    file_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._file: TableFile | None = None
        self.tables = QuietCombo(self)
        self.tables.setAccessibleName("Лист файла")
        self.tables.activated.connect(lambda _at: self._show_table())
        self.kinds = QuietCombo(self)
        self.kinds.setAccessibleName("Что это за таблица")
        self.kinds.activated.connect(lambda _at: self._on_kind_chosen())
        self.header = QuietCombo(self)
        self.header.setAccessibleName("Строка заголовков")
        self.header.activated.connect(lambda _at: self._on_kind_chosen(int(self.header.currentData())))
        self.said = SignText(self)
        self.view = QTableView(self)
        self.view.setAccessibleName("Начало таблицы, как она записана в файле")
        self.model = SourceModel(self)
        self.choices = ChoiceHeader(self.view)
        self.choices.choice_made.connect(self._on_column_chosen)
        self.view.setHorizontalHeader(self.choices)
        self.view.setModel(self.model)
        self.view.setWordWrap(True)
        self.view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        set_text_style(self.view, TextStyle.FIGURES)
        for kind in TableKind:
            self.kinds.addItem(kind_caption(kind), kind.value)
        self.kinds.insertItem(0, _NOT_READ, "")
        self._lay_out()

    def show_file(self, file: TableFile) -> None:
        """Show the tables; the one that was looked at stays."""
        is_other = self._file is None or self._file.tables is not file.tables
        self._file = file
        at = self.tables.currentIndex()
        if is_other:
            at = next((place for place, layout in enumerate(file.layouts) if layout is not None), 0)
        self.tables.clear()
        for table, layout in zip(file.tables, file.layouts, strict=True):
            self.tables.addItem(f"{table.place}: {kind_caption(layout.kind) if layout else 'не загружается'}")
        self.tables.setCurrentIndex(at)
        self.tables.setVisible(len(file.tables) > 1)
        self._show_table()

    def _lay_out(self) -> None:
        tools = QWidget(self)
        flow = FlowLayout(tools)
        set_gaps(flow, 0.6)
        flow.addWidget(self.tables)
        flow.addWidget(label("Это", TextStyle.BODY, Tone.MUTED, wraps=False))
        flow.addWidget(self.kinds)
        flow.addWidget(label("Заголовки в строке", TextStyle.BODY, Tone.MUTED, wraps=False))
        flow.addWidget(self.header)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (0, 0.5, 0, 0))
        column.addWidget(tools)
        column.addWidget(self.said)
        column.addWidget(self.view, 1)

    @property
    def _at(self) -> int:
        return max(0, self.tables.currentIndex())

    def _show_table(self) -> None:
        if self._file is None:
            return
        table, layout = self._file.tables[self._at], self._file.layouts[self._at]
        self.kinds.setCurrentIndex(self.kinds.findData(layout.kind.value if layout else ""))
        self.header.clear()
        for row in range(min(len(table.rows), _FIRST_CHOICES)):
            words = " ".join(" ".join(table.rows[row][:12]).split())
            self.header.addItem(f"{table.numbers[row]}: {words[:36] or 'пусто'}", row)
        self.header.setCurrentIndex(self.header.findData(layout.header if layout else 0))
        self.header.setEnabled(layout is not None)
        self._say(layout)
        width = min(table.width, SHOWN_COLUMNS)
        meanings = layout.meanings[:width] if layout else ("ignored",) * width
        headings = layout.headings[:width] if layout else ("",) * width
        read = frozenset(at for at, meaning in enumerate(meanings) if meaning != "ignored")
        self.model.show(table, layout.first if layout else 0, read)
        options = [(code, meaning_caption(layout.kind, code)) for code in meanings_of(layout.kind)] if layout else []
        self.choices.set_columns(meanings, headings, options or [("ignored", "Не читать")])
        self.view.clearSpans()
        for span in table.spans[:500]:
            if span.bottom < self.model.rowCount() and span.right < width:
                self.view.setSpan(span.top, span.left, span.bottom - span.top + 1, span.right - span.left + 1)
        for at in range(width):
            self.view.setColumnWidth(at, chars(12 if meanings[at] in ("task", "score") else 22))
        self.view.verticalHeader().setDefaultSectionSize(lines(2.6))
        self.view.verticalHeader().setMinimumWidth(chars(4))
        self.view.scrollToTop()

    def _say(self, layout: ListLayout | None) -> None:
        if layout is None:
            words = "Таблица не узнана. Выберите, что это, и укажите, что в столбцах."
            self.said.set_words(words, "circle-alert", Tone.MEDIUM)
        elif layout.score <= 0:
            words = "Заголовки этой таблицы не узнаны целиком. Проверьте, что в каждом столбце."
            self.said.set_words(words, "triangle-alert", Tone.MEDIUM)
        elif self._file is not None and self._file.is_remembered:
            self.said.set_words("Столбцы расставлены так, как вы исправляли раньше.", "info", Tone.MUTED)
        else:
            self.said.set_words("", "", Tone.NORMAL)

    def _on_kind_chosen(self, header: int | None = None) -> None:
        if self._file is not None:
            code = str(self.kinds.currentData() or "")
            self.file_changed.emit(with_layout(self._file, self._at, TableKind(code) if code else None, header))

    def _on_column_chosen(self, at: int, meaning: str) -> None:
        layout = self._file.layouts[self._at] if self._file is not None else None
        if self._file is None or layout is None:
            return
        meanings = list(layout.meanings)
        if meaning not in _MANY:
            meanings = ["ignored" if one == meaning else one for one in meanings]
        meanings[at] = meaning
        layouts = list(self._file.layouts)
        layouts[self._at] = replace(layout, meanings=tuple(meanings), score=max(layout.score, 0.5))
        self.file_changed.emit(read_again(self._file, layouts))
