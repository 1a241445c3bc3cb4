"""«Редакции»: the kept versions of the programme, one of them to be read, any two of them compared."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from shnor_desktop.domain.programme_difference import ProgrammeContent
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.documents import DocumentFormat
from shnor_desktop.services.programme_versions import (
    NOW,
    Comparison,
    VersionLine,
    bring_paragraph_back,
    content_of,
    difference,
    save_version,
)
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.theme import TextStyle, Tone, lines, set_chars, set_gaps, set_lines
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.workspaces.school.programme_compared import ComparedVersions

_WIDE = 110
_MOST_LINES = 8
_FORMATS = (DocumentFormat.PDF, DocumentFormat.DOCX)
_NONE = "Редакций ещё нет. Первая сохранится сама, когда программа сменит состояние; сохранить можно и сейчас."
_COLUMNS = (
    Column("number", "№", 4, True),
    Column("state", "Состояние", 22),
    Column("day", "Дата", 10),
    Column("author", "Кто сохранил", 18),
    Column("note", "Что изменено", 24, stretches=True),
)


class VersionsPane(ScrollColumn):
    """The list with what can be done with it; `print_wanted` tells the pair and the format of a paper."""

    print_wanted = Signal(str, object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._lines: tuple[VersionLine, ...] | None = None
        self._is_comparing = False
        self.title = label("Редакции программы", TextStyle.SECTION)
        self.words = label("", TextStyle.SMALL, Tone.MUTED)
        self.note = QLineEdit()
        self.note.setPlaceholderText("Что изменено (необязательно)")
        self.note.setAccessibleName("Что изменено в сохраняемой редакции")
        self.note.setMaxLength(400)
        set_lines(self.note, 1.85)
        self.save = Button("Сохранить редакцию", icon="save")
        self.save.clicked.connect(self._on_saved)
        self.note.returnPressed.connect(self._on_saved)
        self.table = RecordTable(list(_COLUMNS), "Редакции программы")
        self.table.row_activated.connect(self.open_version)
        self.old, self.new = _choice("Было: редакция"), _choice("Стало: редакция")
        self.compare = Button("Сравнить", icon="eye")
        self.compare.clicked.connect(self.show_comparison)
        self.printing = Button("Печать сравнения", icon="printer")
        self.printing.add_menu([(form.caption, partial(self._on_print, form)) for form in _FORMATS])
        self.compared = ComparedVersions()
        self.compared.bring_back.connect(self._on_brought_back)
        self._lay_out()

    def show_versions(self, found: tuple[VersionLine, ...]) -> None:
        """Show the list; what was compared with the programme of now is compared anew."""
        if found != self._lines:
            self._lines = found
            self._fill(found)
        if self._is_comparing:
            self.show_comparison()

    def open_version(self, row: str) -> None:
        """Read one version; nothing of it can be changed."""
        line = next((one for one in self._lines or () if one.id == row), None)
        if line is None:
            return
        self._is_comparing = False
        workspace, school = self.desk.workspace, self.desk.school

        def on_read(content: ProgrammeContent) -> None:
            self.compared.show_content(f"{line.title}, {line.day}. Только для чтения.", content)

        self.desk.read(lambda: content_of(workspace, row, school), on_read)

    def show_comparison(self) -> None:
        """Lay the two chosen versions beside each other."""
        old, new = self.pair()
        if not old or not new:
            return
        self._is_comparing = True
        workspace, school = self.desk.workspace, self.desk.school
        may = new == NOW and not self.desk.is_read_only

        def on_compared(found: Comparison) -> None:
            self.compared.show_comparison(found, may_bring_back=may)

        self.desk.read(lambda: difference(workspace, old, new, school), on_compared)

    def pair(self) -> tuple[str, str]:
        """The two that are chosen."""
        return str(self.old.currentData() or ""), str(self.new.currentData() or "")

    def _lay_out(self) -> None:
        saving = QWidget(self)
        row = FlowLayout(saving)
        set_gaps(row, 0.5)
        set_chars(self.note, 36)
        for widget in (self.note, self.save):
            row.addWidget(widget)
        saving.setVisible(not self.desk.is_read_only)
        self._choosing = QWidget(self)
        choosing = FlowLayout(self._choosing)
        set_gaps(choosing, 0.5)
        for words, combo in (("Было:", self.old), ("Стало:", self.new)):
            choosing.addWidget(_captioned(words, combo))
        choosing.addWidget(self.compare)
        choosing.addWidget(self.printing)
        for part in (self.title, self.words, saving, self.table, self._choosing, self.compared):
            set_chars(part, 30, _WIDE)
            self.add(part)

    def _fill(self, found: tuple[VersionLine, ...]) -> None:
        kept = plural(len(found), "редакция", "редакции", "редакций")
        hint = "Enter или двойной щелчок открывает редакцию для чтения."
        self.words.setText(f"Сохранено: {kept}. {hint}" if found else _NONE)
        self.table.setVisible(bool(found))
        self._choosing.setVisible(bool(found))
        self.table.set_rows([Row(one.id, _cells(one), ()) for one in found])
        self.table.setFixedHeight(lines(2.2) + min(len(found), _MOST_LINES) * lines(1.9))
        for combo, chosen in ((self.old, found[0].id if found else ""), (self.new, NOW)):
            was = combo.currentData() if combo.currentData() in {one.id for one in found} else chosen
            combo.clear()
            combo.addItem("как сейчас", NOW)
            for one in found:
                combo.addItem(f"{one.title}, {one.day}", one.id)
            combo.setCurrentIndex(max(0, combo.findData(was)))

    def _on_saved(self) -> None:
        workspace, note = self.desk.workspace, self.note.text()

        def on_done(done: object) -> None:
            self.note.clear()
            words = Notice("Редакция сохранена.", "К ней можно вернуться и сравнить с ней программу в любой день.")
            self.desk.say(words, MessageLevel.DONE)

        self.desk.write(lambda: save_version(workspace, note), on_done)

    def _on_brought_back(self, section: str, paragraph: str, text: str) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: bring_paragraph_back(workspace, section, paragraph, text))

    def _on_print(self, form: DocumentFormat) -> None:
        self.print_wanted.emit(":".join(self.pair()), form)


def _choice(name: str) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    return made


def _captioned(words: str, combo: QComboBox) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    set_gaps(row, 0.3)
    caption = label(words, wraps=False)
    set_chars(caption, 6)
    row.addWidget(caption)
    row.addWidget(combo)
    return made


def _cells(line: VersionLine) -> tuple[str, ...]:
    note = line.note if line.is_at_hand else "текст ещё не пришёл с пакетом"
    return (str(line.number), line.state, line.day, line.author, note)
