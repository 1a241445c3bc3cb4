"""«Школы»: the schools of a methodist — what is open in each, what was fixed, where a visit is planned."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.methodist import CuratedSchool, curated_schools
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.school_list import RISK_TONES, ListWords, SchoolListPage, package_words, risk_of
from shnor_desktop.ui.theme import Tone
from shnor_desktop.ui.widgets.table import Column, Row
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
_WORDS = ListWords(
    purpose=(
        "Ваши школы. Откройте школу, чтобы прочитать её работу и оставить замечания, или запишите посещение урока."
    ),
    take_in="Принять пакет школы",
    choose="Принять пакет школы",
    empty_title="Школ ещё нет",
    empty_text=(
        "Школа появляется здесь с первым принятым файлом. Попросите у школы пакет, который она готовит для центра, "
        "или полный пакет, и примите его: файл .shnor с флешки, из почты или папки."
    ),
    empty_help="methodist",
)


class SchoolsPage(SchoolListPage):
    """The schools of a methodist."""

    words = _WORDS
    columns = _COLUMNS

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.add_tool("Читать и замечать", "arrow-right", self.open_school)
        self.add_tool("Посещения уроков", "clipboard-check", self.open_visits)

    def load(self) -> list[CuratedSchool]:
        """Every school whose package was taken in."""
        return curated_schools(self.desk.workspace)

    def show_data(self, snapshot: list[CuratedSchool]) -> None:
        """Fill the table, or say how the first school comes here."""
        if not snapshot:
            self.show_no_schools()
            return
        self.show_body()
        fixed = sum(one.fixed_remarks for one in snapshot)
        words = f" Исправлено и ждёт вашей проверки: {fixed}." if fixed else ""
        self.header.set_title("Школы", f"{plural(len(snapshot), 'школа', 'школы', 'школ')}.{words}")
        self.table.set_rows([_row(one) for one in snapshot])

    def open_visits(self, school: str) -> None:
        """Open the lesson visits of a school."""
        if school:
            self.desk.open("visits", school)


def _row(one: CuratedSchool) -> Row:
    line = one.line
    risk, risk_words, risk_key = risk_of(line)
    planned = f" ({one.planned})" if one.planned else ""
    cells = (
        line.name or "без названия",
        package_words(line),
        f"{line.completeness}\u00a0%",
        risk_words,
        str(one.open_remarks or "—"),
        str(one.fixed_remarks or "—"),
        f"{one.visits}{planned}" if one.visits else "—",
        "есть новое" if one.to_hand else "передано" if one.visits or one.open_remarks else "—",
    )
    keys = (
        line.name.casefold(),
        line.package.made_at if line.package else "",
        line.completeness,
        risk_key,
        one.open_remarks,
        one.fixed_remarks,
        one.visits,
        one.to_hand,
    )
    state = RowState.WAITING if one.fixed_remarks else RowState.NONE
    tones = {"risk": RISK_TONES[risk], "hand": Tone.MEDIUM if one.to_hand else Tone.MUTED}
    return Row(line.id, cells, keys, state, tones)
