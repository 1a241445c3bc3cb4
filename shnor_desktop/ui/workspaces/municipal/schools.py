"""«Школы»: the centre's desk — who has sent what, how complete it is, where the risk is high."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services import centre
from shnor_desktop.services.centre import SchoolLine
from shnor_desktop.services.journal import STATES
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.school_list import RISK_TONES, ListWords, SchoolListPage, package_words, risk_of
from shnor_desktop.ui.theme import Tone
from shnor_desktop.ui.widgets.table import Column, Row
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
_WORDS = ListWords(
    purpose="Кто прислал пакет и на каком этапе его рассмотрение. Откройте школу, чтобы прочитать и ответить.",
    take_in="Принять пакеты",
    choose="Принять пакеты школ",
    empty_title="Пакетов ещё не было",
    empty_text="Школа появляется здесь с первым принятым пакетом: файл .shnor с флешки, из почты или папки.",
    empty_help="schools",
)


class SchoolsPage(SchoolListPage):
    """The schools of a centre."""

    words = _WORDS
    columns = _COLUMNS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.add_tool("Открыть школу", "arrow-right", self.open_school)

    def load(self) -> list[SchoolLine]:
        """Every school of the centre."""
        return centre.schools(self.desk.workspace)

    def show_data(self, snapshot: list[SchoolLine]) -> None:
        """Fill the table, or say how the first school comes here."""
        if not snapshot:
            self.show_no_schools()
            return
        self.show_body()
        waiting = sum(1 for line in snapshot if line.state == "received")
        purpose = f"{plural(len(snapshot), 'школа', 'школы', 'школ')}. Ждут ответа: {waiting}."
        self.header.set_title("Школы", purpose)
        names = short_schools(line.name for line in snapshot)
        self.table.set_rows([_row(line, names[line.name]) for line in snapshot])

    def take_chosen(self, files: list[Path]) -> None:
        """Several go over the bench, where each verdict is seen before anything is written."""
        if len(files) > 1:
            self.desk.open("arrivals", "\n".join(str(file) for file in files))
        else:
            self.take_files(files)


def _row(line: SchoolLine, name: str) -> Row:
    state, tone = _STATES.get(line.state, (RowState.NONE, Tone.MUTED))
    words = STATES["received"] if line.state == "received" else STATES.get(line.state, "пакета нет")
    words = "ждёт ответа" if line.state == "received" else words
    risk, risk_words, risk_key = risk_of(line)
    cells = (
        name or "без названия",
        line.code,
        words,
        package_words(line),
        f"{line.completeness}\u00a0%",
        risk_words,
        str(line.open_remarks or "—"),
        str(line.measures or "—"),
    )
    keys = (
        name.casefold(),
        line.code,
        words,
        line.package.made_at if line.package else "",
        line.completeness,
        risk_key,
        line.open_remarks,
        line.measures,
    )
    full = (line.name or cells[0], *cells[1:])
    return Row(line.id, cells, keys, state, {"state": tone, "risk": RISK_TONES[risk]}, full=full)
