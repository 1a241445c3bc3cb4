"""«Реестр»: all schools of the municipality year by year, and the figures that come from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.metrics import METRICS
from shnor_desktop.domain.metrics.municipal import compute_municipal
from shnor_desktop.domain.russian import NBSP, plural
from shnor_desktop.models.municipality import RegisteredSchool
from shnor_desktop.services import registry
from shnor_desktop.services.indicators import CentreIndicator, centre_indicators, shown_value
from shnor_desktop.services.registry import Filled, RegistryView
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.indicator_board import IndicatorBoard
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRow, RecordRows, RecordSpec, read_rows
from shnor_desktop.ui.theme import TextStyle, Tone, lines, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import LinkText, label
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.municipal.captions import short_categories, short_schools
from shnor_desktop.ui.workspaces.municipal.registry_lines import board_lines, municipal_lines

PAGE = "registry"
_SCHOOLS, _INDICATORS = "schools", "indicators"
_SPEC = RecordSpec(
    cls=RegisteredSchool,
    columns=("name", "code", "categories", "in_events", "trained_staff", "realises", "disseminates"),
    add="Добавить школу",
    empty_title="Реестр школ",
    empty_text=(
        "Здесь стоят все школы муниципалитета, и те, что не присылают пакетов: от их числа считают доли. "
        "Список можно набрать или вставить из Excel: скопируйте строки с заголовками и нажмите Ctrl+V."
    ),
    first=("code", "name"),
    titles={
        "code": "Код",
        "in_events": "Меропр.",
        "trained_staff": "Обучено",
        "realises": "Реализует",
        "disseminates": "Опыт",
    },
    widths={
        "name": 18,
        "code": 6.5,
        "categories": 13,
        "in_events": 7,
        "trained_staff": 8,
        "realises": 9,
        "disseminates": 6,
    },
    stretching=("name",),
    least={"name": 17},
    row_lines=2,
)
_SHORT = {
    "municipal.schools": "Школ",
    "municipal.share_registered": "в реестре",
    "municipal.share_included": "включены",
    "municipal.share_succeeded": "проект завершён успешно",
    "municipal.share_in_events": "участвуют в мероприятиях",
    "municipal.trained_staff": "обучено",
    "municipal.share_realising": "реализуют программу",
    "municipal.share_disseminating": "распространяют опыт",
    "municipal.share_analysed": "анализ проведён",
    "municipal.practice_sites": "площадок практики",
}
_DOT = f"{NBSP}· "
_BETWEEN = ", "
_YES_NO = {True: "да", False: "нет"}


@dataclass(frozen=True, slots=True)
class RegistryData:
    """The registry of the chosen year, its rows for the table, and the indicators over the municipality."""

    view: RegistryView
    rows: RecordRows
    figures: tuple[tuple[str, str, str], ...]
    """Name of the metric, its short caption, its value as shown; empty where there are no data."""
    indicators: tuple[CentreIndicator, ...]


class _Figures(LinkText):
    """Links that wrap and are never cut: as high as their words need at the width that the layout has settled on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, wraps=True)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.timeout.connect(self._fit)

    def set_parts(self, parts: list[tuple[str, str]], between: str = " · ", quiet: str = "") -> None:
        """Show other words."""
        super().set_parts(parts, between, quiet)
        self._settled.start(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width needs another height."""
        super().resizeEvent(event)
        self._settled.start(0)

    def _fit(self) -> None:
        if self.isVisible():
            self.setFixedHeight(max(1, self.heightForWidth(self.width())))


class RegistryPage(DeskPage):
    """The list of a year with the form of a school; above it the figures, each opens its rows. `desk` is the centre's
    own: its school is the aggregate that the registry lives in."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        purpose = "Все школы муниципалитета по годам. Из реестра программа считает показатели центра."
        super().__init__(desk, "Реестр", purpose, parent)
        self.year: int | None = None
        self.panels: dict[int, RecordPanel] = {}
        self._data: RegistryData | None = None
        self.parts = SegmentBar("Части страницы")
        self.parts.set_segments([(_SCHOOLS, "Школы"), (_INDICATORS, "Показатели муниципалитета")])
        self.parts.chosen.connect(self._show_part)
        self.years = SegmentBar("Годы реестра")
        self.years.chosen.connect(lambda year: self.choose_year(int(year)))
        self.figures = _Figures(self)
        self.figures.link_chosen.connect(self._on_figure_chosen)
        self.filled = label("", TextStyle.SMALL, Tone.MUTED)
        self.absent = label("", TextStyle.SMALL)
        self.enter = Button("Внести в реестр", ButtonKind.PLAIN, "plus")
        self.enter.clicked.connect(self._on_enter_clicked)
        self.board = IndicatorBoard()
        self.board.place_wanted.connect(self._on_place_wanted)
        self.lists = QStackedWidget()
        self.stack = QStackedWidget()
        self.stack.addWidget(self.lists)
        self.stack.addWidget(self.board)
        self.stack.setMinimumHeight(lines(14))
        self.begin_year = self.header.add_secondary("Начать новый год", "copy", self._on_begin_year_clicked)
        self.header.set_primary(_SPEC.add, "plus")
        self.header.primary_clicked.connect(self._on_add_clicked)
        for widget in (self.absent, self.enter, self.figures, self.filled):
            widget.hide()
        self.set_body(self.add_history(self._lay_out()))
        self.show_reading("Читаем реестр…")

    def load(self) -> RegistryData:
        """The registry of the chosen year, and the figures of the municipality."""
        workspace = self.desk.workspace
        view = registry.registry(workspace, self.year)
        rows = read_rows(workspace, replace(_SPEC, fixed={"year": view.year}), workspace.centre)
        figures = []
        for name, caption in _SHORT.items():
            value = compute_municipal(name, view.facts, view.year)
            unit = "" if METRICS[name].unit == "ед." else METRICS[name].unit
            figures.append((name, caption, shown_value(value, unit) if value.value is not None else ""))
        return RegistryData(view, _with_filled(rows, view), tuple(figures), centre_indicators(workspace, view.year))

    def show_data(self, snapshot: RegistryData) -> None:
        """Fill the years, the figures, the list and the board."""
        self._data = snapshot
        self.show_body()
        view = snapshot.view
        self.year = view.year
        years = sorted({*view.years, view.year}, reverse=True)
        self.years.set_segments([(str(year), f"{year} год") for year in years])
        self.years.select(str(view.year))
        self._show_figures(snapshot)
        self._show_hints(view)
        panel = self._panel(view.year)
        panel.show_rows(snapshot.rows)
        self.lists.setCurrentWidget(panel)
        self._show_part(self.parts.current())
        pack = self.desk.workspace.pack
        self.board.show_lines([*municipal_lines(view, pack), *board_lines(snapshot.indicators)])

    def show_target(self, target: Target) -> None:
        """Open a school at a field, or an indicator."""
        if target.entity == _INDICATORS:
            self.show_indicator(target.row)
            return
        self._show_part(_SCHOOLS)
        if self.year is not None and target.row:
            self.panels[self.year].select(target.row, target.field)

    def history_of(self) -> tuple[str, str]:
        """The chosen school of the registry."""
        panel = self.panels.get(self.year or 0)
        return RegisteredSchool.log_name, panel.current if panel is not None else ""

    def choose_year(self, year: int) -> None:
        """Show the registry of another year."""
        self.year = year
        self.refresh()

    def show_indicator(self, name: str) -> None:
        """Open a figure with the rows behind it."""
        self._show_part(_INDICATORS)
        self.board.select(name)

    def _lay_out(self) -> QWidget:
        hints = QHBoxLayout()
        set_gaps(hints, 0.5, (1, 0.1, 1, 0.2))
        hints.addWidget(self.absent)
        hints.addWidget(self.enter)
        hints.addStretch(1)
        facts = QVBoxLayout()
        set_gaps(facts, 0.2, (1, 0.4, 1, 0.2))
        facts.addWidget(self.figures)
        facts.addWidget(self.filled)
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(self.parts)
        column.addWidget(self.years)
        column.addLayout(facts)
        column.addLayout(hints)
        column.addWidget(self.stack, 1)
        return body

    def _panel(self, year: int) -> RecordPanel:
        if year not in self.panels:
            panel = RecordPanel(self.desk, replace(_SPEC, fixed={"year": year}), 0.6)
            panel.help_requested.connect(lambda: self.ask_help(PAGE))
            panel.row_chosen.connect(lambda _row: self.refresh_history())
            self.panels[year] = panel
            self.lists.addWidget(panel)
        return self.panels[year]

    def _show_figures(self, data: RegistryData) -> None:
        """Plain captions with the figures as links; those without data are only counted."""
        known = [(caption, shown.replace(" ", NBSP), name) for name, caption, shown in data.figures if shown]
        parts: list[tuple[str, str]] = []
        for caption, shown, name in known:
            parts += [(_DOT if parts else "", ""), (f"{caption}: ", ""), (shown, name)]
        empty = len(data.figures) - len(known)
        if empty:
            words = f"нет данных: {plural(empty, 'показатель', 'показателя', 'показателей')}"
            parts += [(_DOT if parts else "", ""), (words, _INDICATORS)]
        self.figures.set_parts(parts, "", _INDICATORS)

    def _on_figure_chosen(self, name: str) -> None:
        if name == _INDICATORS:
            self._show_part(_INDICATORS)
        else:
            self.show_indicator(name)

    def _show_hints(self, view: RegistryView) -> None:
        count = view.filled_count
        values = plural(count, "значение", "значения", "значений")
        words = f"Из пакетов школ взято: {values}. В таблице они со звёздочкой; впишите своё, если решили иначе."
        self.filled.setText(words if count else "")
        schools = plural(len(view.absent), "школа", "школы", "школ")
        self.absent.setText(f"Пакеты прислали, но в реестре {view.year} года нет: {schools}.")
        self.absent.setVisible(bool(view.absent))
        self.enter.setVisible(bool(view.absent) and not self.desk.is_read_only)

    def _show_part(self, part: str) -> None:
        self.parts.select(part)
        self.stack.setCurrentWidget(self.board if part == _INDICATORS else self.lists)
        has_lines = self._data is not None and bool(self._data.view.lines)
        self.figures.setVisible(part != _INDICATORS and has_lines)
        self.filled.setVisible(part != _INDICATORS and bool(self.filled.text()))

    def _on_add_clicked(self) -> None:
        self._show_part(_SCHOOLS)
        if self.year is not None:
            self.panels[self.year].begin_draft()

    def _on_enter_clicked(self) -> None:
        workspace, year = self.desk.workspace, self.year
        if year is not None:
            self.desk.write(lambda: registry.add_from_packages(workspace, year))

    def _on_begin_year_clicked(self) -> None:
        workspace = self.desk.workspace
        if self._data is None:
            return
        wanted = max(self._data.view.years) + 1 if self._data.view.lines else self._data.view.year
        self.desk.write(lambda: registry.begin_year(workspace, wanted), lambda _done: self.choose_year(wanted))

    def _on_place_wanted(self, page: str, target: str) -> None:
        place = Target.of(target)
        if place.entity == RegisteredSchool.log_name:
            self.show_target(place)
        elif place.entity == "school" and place.row:
            self.desk.open("review", place.row)
        elif page != PAGE:
            self.desk.open("schools")


def _with_filled(rows: RecordRows, view: RegistryView) -> RecordRows:
    """The rows with the values that packages give, marked by an asterisk, and where they come from."""
    filled = {line.fact.id: line.filled for line in view.lines if line.filled}
    names = short_schools(row.cells[0] for row in rows.rows)
    made = tuple(_row_with(row, filled.get(row.id, {}), names[row.cells[0]]) for row in rows.rows)
    origins = {row: {name: _origin(one) for name, one in given.items()} for row, given in filled.items()}
    return replace(rows, rows=made, origins=origins)


def _row_with(row: RecordRow, filled: Mapping[str, Filled], school: str) -> RecordRow:
    """The cells as they are shown: in short, a dash for nothing; those in full are copied and found."""
    full = dict(zip(_SPEC.columns, row.cells, strict=True))
    full |= {name: _words(one) for name, one in filled.items() if name in full}
    shown = {name: cell or "—" for name, cell in full.items()}
    shown |= {name: f"{full[name]}*" for name in filled if name in full}
    categories = short_categories(title for title in full["categories"].split(_BETWEEN) if title)
    shown |= {"name": school or "без названия", "categories": categories or "—"}
    return replace(row, cells=tuple(shown.values()), full=tuple(full.values()))


def _words(one: Filled) -> str:
    return _YES_NO[one.value] if isinstance(one.value, bool) else str(one.value)


def _origin(one: Filled) -> str:
    return f"{_words(one)} · {one.origin}"
