"""«Школы»: the centre's desk — who has sent what, how complete it is, where the risk is high."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services import centre
from shnor_desktop.services.centre import SchoolLine
from shnor_desktop.services.journal import STATES
from shnor_desktop.ui.dialogs import choose_files
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.arrivals import PATTERN, Arrivals, Arrived, VerdictTable
from shnor_desktop.ui.theme import Level, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, TablePanel
from shnor_desktop.ui.widgets.table_model import RowState
from shnor_desktop.ui.workspaces.municipal.captions import short_schools

_COLUMNS = [
    Column("name", "Школа", 25, stretches=True, least=24),
    Column("code", "Код", 7),
    Column("state", "Состояние", 12),
    Column("package", "Пакет", 16),
    Column("complete", "Карта заполнена", 14, is_number=True, hint="Сколько процентов диагностической карты заполнено"),
    Column("risk", "Значимость рисков", 20),
    Column("remarks", "Замечаний", 10, is_number=True, hint="Замечания, которые ещё не сняты и не приняты"),
    Column("measures", "Мероприятий", 11.5, is_number=True, hint="Мероприятия в дорожной карте школы"),
]
_STATES = {
    "received": (RowState.WAITING, Tone.MEDIUM),
    "accepted": (RowState.DONE, Tone.LOW),
    "returned": (RowState.WARNING, Tone.MEDIUM),
    "": (RowState.NONE, Tone.MUTED),
}
_TONES = {Level.HIGH: Tone.HIGH, Level.MEDIUM: Tone.MEDIUM, Level.LOW: Tone.LOW, Level.UNKNOWN: Tone.MUTED}


class SchoolsPage(DeskPage):
    """A table of the schools; Enter opens one, files are taken in by a button or dropped anywhere."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        purpose = "Кто прислал пакет и на каком этапе его рассмотрение. Откройте школу, чтобы прочитать и ответить."
        super().__init__(desk, "Школы", purpose, parent)
        self._arrivals = Arrivals(self)
        self._arrivals.judged.connect(self._on_judged)
        self.header.set_primary("Принять пакеты", "inbox")
        self.header.primary_clicked.connect(self.choose_packages)
        more = self.header.add_secondary("Ещё", "ellipsis")
        more.add_menu(
            [
                ("Пароль на данные…", desk.protection_requested.emit),
                ("Открыть другое рабочее место", desk.leave_requested.emit),
            ]
        )
        self.table = RecordTable(_COLUMNS, "Школы")
        self.table.row_activated.connect(self.open_school)
        open_button = Button("Открыть школу", ButtonKind.PLAIN, "arrow-right")
        open_button.clicked.connect(lambda: self.open_school(self.table.current_id()))
        self._panel = TablePanel(self.table, "Найти школу")
        self._panel.add_tool(open_button)
        self.verdicts = VerdictTable()
        self.verdicts.hide()
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(self._panel, 3)
        column.addWidget(self.verdicts, 1)
        self.set_body(body)
        self.show_reading("Читаем данные школ…")

    def load(self) -> list[SchoolLine]:
        """Every school of the centre."""
        return centre.schools(self.desk.workspace)

    def show_data(self, snapshot: list[SchoolLine]) -> None:
        """Fill the table, or say how the first school comes here."""
        if not snapshot:
            text = "Школа появляется здесь с первым принятым пакетом: файл .shnor с флешки, из почты или папки."
            empty = EmptyState("Пакетов ещё не было", text, "Принять пакеты", "inbox")
            empty.begin_requested.connect(self.choose_packages)
            self.show_empty(empty)
            return
        self.show_body()
        waiting = sum(1 for line in snapshot if line.state == "received")
        purpose = f"{plural(len(snapshot), 'школа', 'школы', 'школ')}. Ждут ответа: {waiting}."
        self.header.set_title("Школы", purpose)
        names = short_schools(line.name for line in snapshot)
        self.table.set_rows([_row(line, names[line.name]) for line in snapshot])

    def choose_packages(self) -> None:
        """Let the person choose packages and take them in."""
        files = choose_files(self, "Принять пакеты школ", PATTERN)
        if len(files) > 1:  # several go over the bench, where each verdict is seen before anything is written
            self.desk.open("arrivals", "\n".join(str(file) for file in files))
        elif files:
            self.take_files(files)

    def take_files(self, files: list[Path]) -> None:
        """Take in files that were chosen or dropped on the window."""
        self._arrivals.take_in(files)

    def open_school(self, school: str) -> None:
        """Open a school for reading and answering."""
        if school:
            self.desk.open("review", school)

    def _on_judged(self, arrived: list[Arrived]) -> None:
        self.verdicts.show_arrived(arrived)
        self.verdicts.show()
        self.refresh()


def _row(line: SchoolLine, name: str) -> Row:
    state, tone = _STATES.get(line.state, (RowState.NONE, Tone.MUTED))
    words = STATES["received"] if line.state == "received" else STATES.get(line.state, "пакета нет")
    words = "ждёт ответа" if line.state == "received" else words
    risk = Level(line.risk.level.value)
    risk_words = f"{risk.sign} {risk.word}: {_count(line, risk)}"
    package = f"№\u00a0{line.package.number} от {_day(line.package.made_at)}" if line.package else "—"
    cells = (
        name or "без названия",
        line.code,
        words,
        package,
        f"{line.completeness}\u00a0%",
        risk_words,
        str(line.open_remarks or "—"),
        str(line.measures or "—"),
    )
    order = {"high": 3, "medium": 2, "low": 1, "unknown": 0}
    keys = (
        name.casefold(),
        line.code,
        words,
        line.package.made_at if line.package else "",
        line.completeness,
        (order[risk.value], line.risk.high, line.risk.medium),
        line.open_remarks,
        line.measures,
    )
    full = (line.name or cells[0], *cells[1:])
    return Row(line.id, cells, keys, state, {"state": tone, "risk": _TONES[risk]}, full=full)


def _count(line: SchoolLine, level: Level) -> str:
    counts = {"high": line.risk.high, "medium": line.risk.medium, "low": line.risk.low, "unknown": line.risk.unknown}
    return plural(counts[level.value], "фактор", "фактора", "факторов")


def _day(moment: str) -> str:
    return f"{moment[8:10]}.{moment[5:7]}.{moment[:4]}"
