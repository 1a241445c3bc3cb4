"""The rows of the road map as its table shows them: gathered under headings, filtered, with signs of state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from shnor_desktop.domain.facts import ProgrammeFact
from shnor_desktop.domain.findings import ROADMAP as PAGE
from shnor_desktop.domain.methodology import Measure as LibraryMeasure
from shnor_desktop.domain.occurrences import Deadlines, deadlines_of
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services.calendar import CalendarView, calendar_from, returned_of
from shnor_desktop.services.check import CheckLine, check_facts
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.roadmap import Grouping, MeasureRow, RoadMapGroup, RoadMapView, road_map_of
from shnor_desktop.services.roadmap_progress import RoadMapProgress, progress_of
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec, read_rows
from shnor_desktop.ui.theme import Tone
from shnor_desktop.ui.widgets.table import Column, Row
from shnor_desktop.ui.widgets.table_model import RowState

SPEC = RecordSpec(
    cls=Measure,
    columns=("title",),
    add="Добавить мероприятие",
    empty_title="Мероприятий пока нет",
    empty_text="Дорожная карта собирается из мероприятий методики с вашими сроками и ответственными и из своих.",
)
COLUMNS = [
    Column("title", "Мероприятие", 34, stretches=True),
    Column("owner", "Ответственный", 15),
    Column("deadline", "Срок", 15),
    Column("state", "Состояние", 16),
]
GROUP = "group:"
_DONE, _CANCELLED = "done", "cancelled"


class Kept(StrEnum):
    """Which rows are shown."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    GAPS = "gaps"
    DONE = "done"

    @property
    def words(self) -> str:
        """The choice as a person reads it."""
        return {
            "all": "Все мероприятия",
            "open": "Не выполненные",
            "overdue": "Просроченные",
            "gaps": "Заполнены не до конца",
            "done": "Выполненные",
        }[self.value]


@dataclass(frozen=True, slots=True)
class RoadMapData:
    """The road map in one grouping, with the values of its rows and what else could be done."""

    programme: ProgrammeFact | None
    view: RoadMapView
    rows: RecordRows
    errors: Mapping[str, Mapping[str, str]]
    warnings: Mapping[str, Mapping[str, str]]
    findings: tuple[CheckLine, ...]
    calendar: CalendarView
    deadlines: Deadlines
    library: tuple[LibraryMeasure, ...]
    problem_factors: frozenset[str]
    progress: RoadMapProgress

    def row(self, row_id: str) -> MeasureRow | None:
        """A measure by its id."""
        return next((row for row in self.view.rows if row.measure.id == row_id), None)

    def day_of(self, item_id: str) -> tuple[str, date] | None:
        """The measure and the day of the plan behind an open day of the calendar."""
        item = self.calendar.item(item_id)
        row = self.row(item.row) if item is not None else None
        if item is None or row is None:
            return None
        found = (one.planned for one in row.days.items if one.due == item.due and not one.is_closed)
        planned = next(found, None)
        return (item.row, planned) if planned is not None else None


def read_road_map(workspace: Workspace, school: str, grouping: Grouping) -> RoadMapData:
    """Everything in one reading; called off the interface thread."""
    facts, pack = read_facts(workspace, school), workspace.pack
    findings = check_facts(workspace, facts, school).by_page.get(PAGE, ())
    there = {item.library_code for item in facts.current(facts.measures)}
    active = frozenset(code for problem in facts.problems if problem.is_active for code in problem.factors)
    library = [measure for measure in pack.school_measures() if measure.id not in there]
    library.sort(key=lambda measure: active.isdisjoint(measure.factors))
    rows = read_rows(workspace, SPEC, school, findings)
    deadlines = deadlines_of(pack, facts)
    view = road_map_of(pack, facts, grouping)
    return RoadMapData(
        programme=facts.programme,
        view=view,
        rows=rows,
        errors=rows.errors,
        warnings=rows.warnings,
        findings=findings,
        calendar=calendar_from(pack, facts, deadlines, returned_of(workspace, school)),
        deadlines=deadlines,
        library=tuple(library),
        problem_factors=active,
        progress=progress_of(pack, facts, view),
    )


def table_rows(data: RoadMapData, kept: Kept) -> list[Row]:
    """The rows under the headings of their groups."""
    made: list[Row] = []
    for group in data.view.groups:
        own = [row for row in group.rows if _is_kept(row, kept, data)]
        if own:
            made.append(_heading(group, own))
        made += [_row(row, data) for row in own]
    return made


def state_words(row: MeasureRow) -> str:
    """«просрочено на 12 дней», «выполнено 15.04.2024», «через 3 дня»."""
    measure = row.measure
    kept = f", {row.kept_words}" if row.kept_words and (row.days.done or row.days.is_marked) else ""
    if row.is_overdue and row.days_left is not None:
        return f"просрочено на {plural(-row.days_left, 'день', 'дня', 'дней')}{kept}"
    if measure.state == _DONE and measure.done_on is not None:
        return f"{row.state} {short_date(measure.done_on)}{kept}"
    if row.occurrences > 1 and row.nearest is not None:
        return f"{row.state}{kept}, срок {short_date(row.nearest.due)}"
    return f"{row.state}{kept}"


def _is_kept(row: MeasureRow, kept: Kept, data: RoadMapData) -> bool:
    if kept is Kept.OPEN:
        return row.measure.state not in (_DONE, _CANCELLED)
    if kept is Kept.OVERDUE:
        return row.is_overdue
    if kept is Kept.GAPS:
        return bool(row.gaps or data.errors.get(row.measure.id))
    return kept is Kept.ALL or row.measure.state == _DONE


def _heading(group: RoadMapGroup, own: list[MeasureRow]) -> Row:
    late = sum(1 for row in own if row.is_overdue)
    done = sum(1 for row in own if row.measure.state == _DONE)
    words = f"готово {done} из {len(own)}"
    tones = {"state": Tone.MUTED, "deadline": Tone.HIGH}
    late_words = f"просрочено {late}" if late else ""
    cells = (group.title, "", late_words, words)
    return Row(f"{GROUP}{group.code}", cells, (), tones=tones, is_strong=True, is_heading=True)


def _row(row: MeasureRow, data: RoadMapData) -> Row:
    measure = row.measure
    errors, warnings = data.errors.get(measure.id, {}), data.warnings.get(measure.id, {})
    state, tone = RowState.NONE, Tone.NORMAL
    if row.is_overdue:
        state, tone = RowState.ERROR, Tone.HIGH
    elif measure.state == _DONE:
        state, tone = RowState.DONE, Tone.LOW
    elif measure.state == _CANCELLED:
        tone = Tone.MUTED
    elif row.gaps or errors or warnings:
        state, tone = RowState.WARNING, Tone.NORMAL
    elif measure.state == "in_progress":
        state = RowState.WAITING
    cells = (measure.label, row.owner or "—", _deadline(row), state_words(row))
    nearest = row.nearest.due if row.nearest else measure.due_on
    due = nearest.isoformat() if nearest else None
    keys = (measure.label.casefold(), row.owner.casefold(), due, state_words(row))
    tones = {"state": tone, "deadline": Tone.HIGH if row.is_overdue else Tone.NORMAL}
    if measure.state == _CANCELLED:
        tones = dict.fromkeys(("title", "owner", "deadline", "state"), Tone.MUTED)
    if not row.reading.is_sure and measure.deadline and measure.due_on is None and state is RowState.NONE:
        state = RowState.WARNING
    gaps = [row.reading.words(data.deadlines.on), *row.changes, *row.gaps, *errors.values(), *warnings.values()]
    hint = "\n".join([measure.label, *(gap for gap in gaps if gap)])
    return Row(measure.id, cells, keys, state, tones, hint)


def _deadline(row: MeasureRow) -> str:
    """The words of the plan, and the day that the nearest one has now where it was moved."""
    words = row.measure.deadline or "—"
    moved = row.nearest if row.nearest is not None and row.nearest.is_moved else None
    return f"{words} → {short_date(moved.due)}" if moved is not None else words
