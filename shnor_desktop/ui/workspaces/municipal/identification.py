"""«Выявление»: the schools of the centre with categories, conditions and results beside what is expected."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.identification import short_words
from shnor_desktop.domain.russian import number, plural
from shnor_desktop.domain.social_index import Band, expected_words, result_words
from shnor_desktop.services.documents import Written
from shnor_desktop.services.identification import CentreIdentification, SchoolIdentification, centre_identification
from shnor_desktop.services.identification_print import identification_file_name, write_identification
from shnor_desktop.ui.dialogs import choose_save
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.identification_sheet import IdentificationSheet
from shnor_desktop.ui.theme import TextStyle, Tone, lines, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import LinkText, label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, RowState, TablePanel
from shnor_desktop.ui.widgets.words import kept_together
from shnor_desktop.ui.workspaces.municipal.captions import short_categories, short_schools

_COLUMNS = [
    Column("name", "Школа", 20, stretches=True, least=16.9),
    Column("categories", "Категории", 10.8),
    Column("low", "Низких", 7.5, is_number=True, hint="Процедур с низким результатом из всех учтённых"),
    Column("index", "ИСБШ", 5.5, is_number=True, hint="Индекс социального благополучия: чем больше, тем легче условия"),
    Column("band", "К ожидаемому", 12, hint="Результат рядом с тем, чего ждут в таких условиях"),
    Column("missing", "Нет данных", 9.8, is_number=True, hint="Сколько чисел нужно внести"),
]
_PATTERN = "Документ PDF (*.pdf)"
_SHORT = {Band.ABOVE: "↑ выше", Band.WITHIN: "в пределах", Band.BELOW: "↓ ниже", Band.UNKNOWN: "—"}
_RESILIENT = "резильентная"
_BANDS = {Band.ABOVE: Tone.LOW, Band.WITHIN: Tone.NORMAL, Band.BELOW: Tone.MEDIUM, Band.UNKNOWN: Tone.MUTED}


class IdentificationPage(DeskPage):
    """Schools at the left, why the chosen one is (not) identified at the right."""

    def __init__(self, desk: Desk, editor_page: str = "", parent: QWidget | None = None) -> None:
        purpose = "К каким категориям относятся школы и почему. Школы сравнивают с учётом условий, без мест и рейтинга."
        super().__init__(desk, "Выявление", purpose, parent)
        self._data: CentreIdentification | None = None
        self._editor_page = editor_page
        self.current = ""
        self.header.add_secondary("Печать: все школы", "printer", lambda: self.ask_print(""))
        self.header.set_primary("Печать: эта школа", "printer")
        self.header.primary_clicked.connect(lambda: self.ask_print(self.current))
        self.parameters = LinkText(self, wraps=True)
        self.parameters.link_chosen.connect(lambda _name: self.desk.open(self._editor_page))
        self.table = RecordTable(_COLUMNS, "Школы")
        self.table.set_row_lines(2)
        self.table.setMinimumHeight(lines(10.5))
        self.table.row_selected.connect(self._on_row_selected)
        self.context = label("", TextStyle.SMALL, Tone.MUTED)
        self.groups = label("", TextStyle.SMALL)
        self.groups.hide()
        self.unfold = Button("Школы в похожих условиях", ButtonKind.LINK, "chevron-down")
        self.unfold.set_small()
        self.unfold.clicked.connect(lambda: self.groups.setVisible(self.groups.isHidden()))
        self.sheet = IdentificationSheet()
        self.copy = Button("Скопировать текст", ButtonKind.PLAIN, "copy", "Пояснение для письма или справки")
        self.copy.clicked.connect(self.copy_text)
        self.review = Button("Открыть школу", ButtonKind.QUIET, "arrow-right")
        self.review.clicked.connect(lambda: self.desk.open("review", self.current))
        self.set_body(self._lay_out())
        self.show_reading("Читаем данные школ…")

    def load(self) -> CentreIdentification:
        """Every school, judged by the rules of the methodology."""
        return centre_identification(self.desk.workspace)

    def show_data(self, snapshot: CentreIdentification) -> None:
        """Fill the table and the school beside it."""
        self._data = snapshot
        if not snapshot.schools:
            text = "Категории определяются по данным из пакетов школ: паспорту и результатам процедур."
            empty = EmptyState("Пакетов ещё не было", text, "К списку школ", "list")
            empty.begin_requested.connect(lambda: self.desk.open("schools"))
            empty.help_requested.connect(lambda: self.ask_help("identification"))
            self.show_empty(empty)
            return
        self.show_body()
        self._show_words(snapshot)
        names = short_schools(item.name for item in snapshot.schools)
        self.table.set_rows([_row(snapshot, item, names[item.name]) for item in snapshot.schools])
        if snapshot.school(self.current) is None:
            self.current = snapshot.schools[0].id
        self.table.blockSignals(True)
        self.table.select(self.current)
        self.table.blockSignals(False)
        self._show_school()

    def show_target(self, target: Target) -> None:
        """Show the school of that id."""
        if self._data is not None and self._data.school(target.entity) is not None:
            self.table.select(target.entity)
            self.split.show_detail()

    def copy_text(self) -> None:
        """Put the explanation on the clipboard."""
        QGuiApplication.clipboard().setText(self.sheet.text())
        self.desk.say(
            Notice("Пояснение скопировано.", "", "Вставьте его в письмо или справку: Ctrl+V."), MessageLevel.DONE
        )

    def print_page(self) -> None:
        """Ctrl+P: the school that is shown."""
        self.ask_print(self.current)

    def ask_print(self, school: str) -> None:
        """Ask where to save the document of a school, or of all."""
        workspace = self.desk.workspace

        def on_named(name: str) -> None:
            target = choose_save(self.window(), "Сохранить документ", _PATTERN, Path.home() / name)
            if target is not None:
                self.write_to(target, school)

        self.desk.read(lambda: identification_file_name(workspace, school), on_named)

    def write_to(self, target: Path, school: str) -> None:
        """Write the document into a file that was chosen."""
        workspace = self.desk.workspace

        def on_written(written: Written) -> None:
            words = Notice(f"Документ сохранён: {written.path.name}.", f"Папка: {written.path.parent}.")
            self.desk.say(words, MessageLevel.DONE, "Открыть", lambda: _open(written.path))

        self.run_long(
            "Готовлю документ", lambda _task: write_identification(workspace, target, school), on_written, changes=False
        )

    def _lay_out(self) -> QWidget:
        left = QWidget(self)
        column = QVBoxLayout(left)
        set_gaps(column, 0)
        column.addWidget(TablePanel(self.table, "Найти школу", whole_rows=True), 1)
        below = QVBoxLayout()
        set_gaps(below, 0.25, (1, 0.4, 1, 0.5))
        below.addWidget(self.context)
        below.addWidget(self.unfold, 0, Qt.AlignmentFlag.AlignLeft)
        below.addWidget(self.groups)
        column.addLayout(below)
        right = QWidget(self)
        beside = QVBoxLayout(right)
        set_gaps(beside, 0)
        tools = QHBoxLayout()
        set_gaps(tools, 0.5, (1, 0.5, 1, 0))
        tools.addWidget(self.copy)
        tools.addWidget(self.review)
        tools.addStretch(1)
        beside.addLayout(tools)
        beside.addWidget(self.sheet, 1)
        self.split = MasterDetail(left, right, 0.59, "К списку школ")
        body = QWidget(self)
        whole = QVBoxLayout(body)
        set_gaps(whole, 0)
        top = QHBoxLayout()
        set_gaps(top, 0, (1, 0.4, 1, 0))
        top.addWidget(self.parameters, 1)
        whole.addLayout(top)
        whole.addWidget(self.split, 1)
        return body

    def _show_words(self, data: CentreIdentification) -> None:
        shown = "; ".join(f"{caption.lower()} — {value}" for caption, value in data.parameters[:2])
        mark = " (не подтверждено)" if data.is_unconfirmed else ""
        self.parameters.set_parts(
            [
                (kept_together(f"Правила: {shown}{mark}."), ""),
                ("изменить в методике" if self._editor_page else "", "editor"),
            ],
            " ",
        )
        self.groups.setText("\n".join(data.group_lines))
        self.unfold.setVisible(bool(data.groups))
        self.context.setText(" ".join(part for part in (data.comparison.why_not, data.note) if part))
        held = sum(1 for item in data.schools if item.result.held)
        open_ = sum(1 for item in data.schools if item.result.unknown)
        words = f"{plural(len(data.schools), 'школа', 'школы', 'школ')}, отнесены к категориям: {held}"
        resilient = sum(1 for item in data.schools if _is_resilient(data, item.id))
        words += f", резильентных: {resilient}" if resilient else ""
        self.header.set_title("Выявление", f"{words}. Не хватает данных: {open_}. Места и рейтинга нет.")

    def _on_row_selected(self, school: str) -> None:
        self.current = school
        self._show_school()

    def _show_school(self) -> None:
        item = self._data.school(self.current) if self._data is not None else None
        if item is None or self._data is None:
            return
        notes = (self._data.comparison_words(item.id), self._data.note)
        self.sheet.show_school(item, notes, self._data.parameters)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _is_resilient(data: CentreIdentification, school: str) -> bool:
    expectation = data.expectation(school)
    return expectation is not None and expectation.is_resilient


def _row(data: CentreIdentification, item: SchoolIdentification, name: str) -> Row:
    expectation = data.expectation(item.id)
    low, index = item.result.low, item.index.value if item.index is not None else None
    band = expectation.band if expectation is not None else Band.UNKNOWN
    missing = len(item.missing)
    words = short_words(item.result)
    is_resilient = _is_resilient(data, item.id)
    cells = (
        name or item.code or "без названия",
        _short_categories(item) or words,
        f"{len(low.low)} из {len(low.counted)}",
        number(index, 1) if index is not None else "—",
        f"{_SHORT[band]}\n{_RESILIENT}" if is_resilient else _SHORT[band],
        str(missing) if missing else "—",
    )
    full = (item.name or cells[0], words, *cells[2:4], cells[4].replace("\n", ", "), cells[5])
    keys = (cells[0].casefold(), cells[1], len(low.low), index if index is not None else -1, cells[4], missing)
    state = RowState.WARNING if item.result.unknown else RowState.NONE
    reached = f"Достигли минимального: {result_words(expectation)}" if expectation is not None else ""
    resilient = "Резильентная школа: условия из самых трудных, результат выше ожидаемого" if is_resilient else ""
    expected = f"Ожидается: {expected_words(expectation)}"
    hint = "\n".join(part for part in (full[0], words, reached, expected, resilient) if part)
    tones = {"band": _BANDS[band]}
    return Row(item.id, cells, keys, state, tones, hint, is_strong=bool(item.result.held), full=full)


def _short_categories(item: SchoolIdentification) -> str:
    """The categories in short; empty where none is held or some are open: then `short_words` says it."""
    if item.result.unknown:
        return ""
    return short_categories(one.category.title for one in item.result.held)
