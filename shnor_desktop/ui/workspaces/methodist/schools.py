"""«Школы»: the schools of a methodist — what is open in each, what was fixed, where a visit is planned."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.methodist import CuratedSchool, curated_schools
from shnor_desktop.ui.dialogs import choose_files
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.arrivals import PATTERN, Arrivals, Arrived, VerdictTable
from shnor_desktop.ui.theme import Level, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, TablePanel
from shnor_desktop.ui.widgets.table_model import RowState

_COLUMNS = [
    Column("name", "Школа", 25, stretches=True, least=26),
    Column("package", "Пакет", 15),
    Column("complete", "Карта", 7, is_number=True, hint="Сколько процентов диагностической карты заполнено"),
    Column("risk", "Значимость рисков", 18),
    Column("open", "Замечаний", 10, is_number=True, hint="Замечания, которые ещё не сняты и не приняты"),
    Column("fixed", "Исправлено", 10.5, is_number=True, hint="Школа отметила исправленными: проверьте и примите"),
    Column("visits", "Посещений", 10.5, is_number=True, hint="Посещения уроков, в скобках запланированные"),
    Column("hand", "Передать", 11, hint="Есть ли ваши записи, которых ещё нет ни в одном файле для школы"),
]
_TONES = {Level.HIGH: Tone.HIGH, Level.MEDIUM: Tone.MEDIUM, Level.LOW: Tone.LOW, Level.UNKNOWN: Tone.MUTED}
_ORDER = {"high": 3, "medium": 2, "low": 1, "unknown": 0}
_PURPOSE = "Ваши школы. Откройте школу, чтобы прочитать её работу и оставить замечания, или запишите посещение урока."
_EMPTY = (
    "Школа появляется здесь с первым принятым файлом. Попросите у школы пакет, который она готовит для центра, "
    "или полный пакет, и примите его: файл .shnor с флешки, из почты или папки."
)


class SchoolsPage(DeskPage):
    """A table of the schools; Enter opens one, files are taken in by a button or dropped anywhere."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Школы", _PURPOSE, parent)
        self._arrivals = Arrivals(self)
        self._arrivals.judged.connect(self._on_judged)
        self.header.set_primary("Принять пакет школы", "inbox")
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
        self._panel = TablePanel(self.table, "Найти школу")
        for words, icon, act in (
            ("Читать и замечать", "arrow-right", self.open_school),
            ("Посещения уроков", "clipboard-check", self.open_visits),
        ):
            button = Button(words, ButtonKind.PLAIN, icon)
            button.clicked.connect(lambda _=False, act=act: act(self.table.current_id()))
            self._panel.add_tool(button)
        self.verdicts = VerdictTable()
        self.verdicts.hide()
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(self._panel, 3)
        column.addWidget(self.verdicts, 1)
        self.set_body(body)
        self.show_reading("Читаем данные школ…")

    def load(self) -> list[CuratedSchool]:
        """Every school whose package was taken in."""
        return curated_schools(self.desk.workspace)

    def show_data(self, snapshot: list[CuratedSchool]) -> None:
        """Fill the table, or say how the first school comes here."""
        if not snapshot:
            empty = EmptyState("Школ ещё нет", _EMPTY, "Принять пакет школы", "inbox")
            empty.begin_requested.connect(self.choose_packages)
            empty.help_requested.connect(lambda: self.ask_help("methodist"))
            self.show_empty(empty)
            return
        self.show_body()
        fixed = sum(one.fixed_remarks for one in snapshot)
        words = f" Исправлено и ждёт вашей проверки: {fixed}." if fixed else ""
        self.header.set_title("Школы", f"{plural(len(snapshot), 'школа', 'школы', 'школ')}.{words}")
        self.table.set_rows([_row(one) for one in snapshot])

    def choose_packages(self) -> None:
        """Let the person choose packages and take them in."""
        files = choose_files(self, "Принять пакет школы", PATTERN)
        if files:
            self.take_files(files)

    def take_files(self, files: list[Path]) -> None:
        """Take in files that were chosen or dropped on the window."""
        self._arrivals.take_in(files)

    def open_school(self, school: str) -> None:
        """Open a school for reading and remarks."""
        if school:
            self.desk.open("review", school)

    def open_visits(self, school: str) -> None:
        """Open the lesson visits of a school."""
        if school:
            self.desk.open("visits", school)

    def _on_judged(self, arrived: list[Arrived]) -> None:
        self.verdicts.show_arrived(arrived)
        self.verdicts.show()
        self.refresh()


def _row(one: CuratedSchool) -> Row:
    line = one.line
    risk = Level(line.risk.level.value)
    counts = {"high": line.risk.high, "medium": line.risk.medium, "low": line.risk.low, "unknown": line.risk.unknown}
    package = line.package
    planned = f" ({one.planned})" if one.planned else ""
    day = f"{package.made_at[8:10]}.{package.made_at[5:7]}.{package.made_at[:4]}" if package else ""
    cells = (
        line.name or "без названия",
        f"№\u00a0{package.number} от {day}" if package else "—",
        f"{line.completeness}\u00a0%",
        f"{risk.sign} {risk.word}: {plural(counts[risk.value], 'фактор', 'фактора', 'факторов')}",
        str(one.open_remarks or "—"),
        str(one.fixed_remarks or "—"),
        f"{one.visits}{planned}" if one.visits else "—",
        "есть новое" if one.to_hand else "передано" if one.visits or one.open_remarks else "—",
    )
    keys = (
        line.name.casefold(),
        package.made_at if package else "",
        line.completeness,
        (_ORDER[risk.value], line.risk.high, line.risk.medium),
        one.open_remarks,
        one.fixed_remarks,
        one.visits,
        one.to_hand,
    )
    state = RowState.WAITING if one.fixed_remarks else RowState.NONE
    tones = {"risk": _TONES[risk], "hand": Tone.MEDIUM if one.to_hand else Tone.MUTED}
    return Row(line.id, cells, keys, state, tones)
