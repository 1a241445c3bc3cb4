"""A road map out of a file: read, looked through with what is doubted, and added to the programme as one step."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from shnor_desktop.domain.deadlines import DeadlineKind
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import MeasureFact, SchoolFacts, StaffFact
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.occurrences import Deadlines, deadlines_of
from shnor_desktop.domain.plan_table import (
    Column,
    ColumnKind,
    DoubtCode,
    PlanRow,
    PlanTable,
    SourceTable,
    TableLayout,
    find_layouts,
    read_plan,
    settled,
)
from shnor_desktop.domain.plan_table.plain_words import folded
from shnor_desktop.domain.positions import position_at, spread
from shnor_desktop.domain.russian import plural
from shnor_desktop.importers.road_map import PATTERNS, read_tables
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme import current_of, ensure_programme
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.system.plan_layouts import KeptLayout, keep_layouts, load_layouts

__all__ = [
    "BY_DATES",
    "PATTERNS",
    "FoundMeasure",
    "PlanFile",
    "PlanPlaces",
    "add_measures",
    "find_measures",
    "plan_places",
    "read_again",
    "read_plan_file",
    "remember_layouts",
]

BY_DATES = "by_dates"
"""In place of a stage: each measure by its own dates."""
_INFO = info_of(Measure)
_ORIGIN = re.compile(r"Из файла «[^»]*»(?:: № ([\d.IVX]+))?")
_OVERFLOW = ("title", "owner_text", "deadline", "expected", "evidence")
"""Fields that a file may overfill; the rest of their words goes to the note."""


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The tables of a file, how they are read, and the plan that comes of it."""

    name: str
    tables: tuple[SourceTable, ...]
    plan: PlanTable
    is_remembered: bool = False
    """A layout that a person mended earlier was used."""

    @property
    def layouts(self) -> tuple[TableLayout, ...]:
        """One layout a table."""
        return self.plan.columns


@dataclass(frozen=True, slots=True)
class FoundMeasure:
    """A row of the plan as a measure of the road map would be made of it; nothing is written yet."""

    at: int
    row: PlanRow
    values: Mapping[str, object]
    reading: str = ""
    """How the deadline is understood, in words."""
    is_understood: bool = False
    owner: str = ""
    """The person of the staff list who is named as the executor."""
    roles: tuple[str, ...] = ()
    """Codes of the roles of the methodology that are named as executors."""
    is_there: bool = False
    is_repeated: bool = False
    """It stands in the file twice, word for word; near repetitions may be two measures and are only said."""
    refusal: str = ""
    """Why it cannot be added as it is; empty if it can."""
    notes: tuple[str, ...] = field(default=())
    """What happens to words that do not fit."""

    @property
    def is_offered(self) -> bool:
        """Whether it is to be added unless a person says otherwise."""
        return not (self.is_there or self.is_repeated or self.refusal)


def read_plan_file(path: Path) -> PlanFile:
    """Read a file with the layouts that were mended before. KnownError road_map.* says why it cannot be read."""
    tables = read_tables(path)
    found = find_layouts(tables)
    kept = load_layouts()
    layouts = tuple(_as_kept(layout, kept) for layout in found)
    return PlanFile(path.name, tables, read_plan(tables, layouts), layouts != found)


def read_again(file: PlanFile, layouts: Sequence[TableLayout]) -> PlanFile:
    """The same tables under the layouts that a person chose."""
    return replace(file, plan=read_plan(file.tables, layouts))


def remember_layouts(file: PlanFile) -> None:
    """Keep what a person changed in the columns, for the next file with these headings."""
    found = find_layouts(file.tables)
    changed = {
        chosen.signature: KeptLayout(tuple(one.kind.value for one in chosen.columns), chosen.first - chosen.header)
        for chosen, guessed in zip(file.layouts, found, strict=True)
        if chosen.is_taken and chosen.signature and chosen.columns != guessed.columns
    }
    if changed:
        keep_layouts(changed)


@dataclass(frozen=True, slots=True)
class PlanPlaces:
    """Where measures may be put: tasks of the programme and stages of the methodology, as (code, words)."""

    tasks: tuple[tuple[str, str], ...] = ()
    stages: tuple[tuple[str, str], ...] = ()


def plan_places(workspace: Workspace) -> PlanPlaces:
    """What the measures of a file may be tied to."""
    facts = read_facts(workspace)
    tasks = [(goal.id, goal.label) for goal in facts.current(facts.goals) if goal.kind == "task"]
    return PlanPlaces(tuple(tasks), tuple(workspace.pack.code_list("stages")))


def find_measures(
    workspace: Workspace, file: PlanFile, accepted: Mapping[int, Collection[int]] | None = None
) -> tuple[FoundMeasure, ...]:
    """Every row as a measure: deadlines read, executors recognised, those that are there already marked.

    `accepted` names the repairs of a row by their place; a row that it leaves out gets the safe ones.
    """
    require_kind(workspace, StoreKind.SCHOOL)
    facts = read_facts(workspace)
    reader = _Reader(workspace, facts, deadlines_of(workspace.pack, facts), file.name)
    chosen = accepted or {}
    return tuple(reader.measure(at, settled(row, chosen.get(at))) for at, row in enumerate(file.plan.rows))


def add_measures(
    workspace: Workspace, file: PlanFile, measures: Sequence[FoundMeasure], task: str = "", stage: str = ""
) -> Done:
    """Add measures to the road map of the current programme as one step, which Ctrl+Z takes back.

    A programme that is not begun is begun before it, as a step of its own. Without `task` or `stage` the check asks;
    with `BY_DATES` each measure gets the stage in which it begins, as far as its deadline is understood.
    """
    require_kind(workspace, StoreKind.SCHOOL)
    fitting = [measure for measure in measures if not measure.refusal]
    if not fitting:
        raise KnownError("road_map.nothing_chosen")
    ensure_programme(workspace)
    facts = read_facts(workspace)
    common: dict[str, object] = {"programme": current_of(facts).id, "task": task, "state": "planned"}
    fields = records.fields_of(workspace, Measure)
    positions = [item.position or "" for item in facts.current(facts.measures)]
    requests: list[ChangeRequest] = []
    for measure, position in zip(fitting, _places_after(positions, len(fitting)), strict=True):
        row = records.row_id_for(workspace, _INFO, {})
        own_stage = _stage_at(workspace.pack, measure) if stage == BY_DATES else stage
        values = {**common, "stage": own_stage, "position": position, **measure.values}
        parsed = {name: parse_value(fields[name], value) for name, value in values.items()}
        requests.append(Restore(Measure.log_name, row))
        requests += [Set(Measure.log_name, row, name, value) for name, value in parsed.items() if value is not None]
    count = plural(len(fitting), "мероприятие", "мероприятия", "мероприятий")
    operation = f"загружена дорожная карта: {count}"  # without the file's name: what a step was called always travels
    batch = workspace.write(requests, operation)
    return Done(operation, "", batch.name if batch else "")


def _stage_at(pack: Pack, measure: FoundMeasure) -> str:
    """The stage in which a measure begins; empty without a day or between the stages."""
    day = measure.values.get("starts_on") or measure.values.get("due_on")
    return next((one.id for one in pack.stages if isinstance(day, date) and one.start <= day <= one.end), "")


def _places_after(positions: Sequence[str], count: int) -> list[str]:
    """Places in order after all others: within one step, so that a thousand of them are not a thousand steps long."""
    last = max(positions, default="")
    step = position_at([last], 1) if last else ""
    return [f"{step}{place}" for place in spread(count)]


class _Reader:
    """Makes measures of rows; knows the school, its roles and its road map."""

    def __init__(self, workspace: Workspace, facts: SchoolFacts, deadlines: Deadlines, file: str) -> None:
        self._deadlines = deadlines
        self._file = file
        self._limits = {name: info.max_length for name, info in records.fields_of(workspace, Measure).items()}
        self._roles = {folded(role.title): role.id for role in workspace.pack.roles}
        positions = dict(records.fields_of(workspace, StaffMember)["position"].choices)
        self._staff = _people(facts.staff, positions)
        self._directions = {folded(item.title): item.code for item in workspace.pack.directions}
        self._known: dict[str, list[str]] = {}
        for item in facts.current(facts.measures):
            self._known.setdefault(folded(item.title or ""), []).append(_number_of(item))

    def measure(self, at: int, row: PlanRow) -> FoundMeasure:
        """A row with everything that is said of it."""
        found = self._deadlines.read(row.deadline)
        starts, due = self._deadlines.span(found) if found.is_sure else (None, None)
        owner, owner_label = self._owner(row.executors)
        values: dict[str, object] = {
            "title": row.title,
            "deadline": row.deadline,
            "starts_on": starts,
            "due_on": due,
            "owner": owner,
            "owner_text": ", ".join(row.executors),
            "expected": row.result,
            "evidence": row.evidence,
            "direction": self._direction(row),
            "is_optional": True if found.reading.kind is DeadlineKind.ON_DEMAND else None,
        }
        notes, refusal = self._fit(values, row)
        numbers = self._known.get(folded(row.title), [])
        return FoundMeasure(
            at=at,
            row=row,
            values={name: value for name, value in values.items() if value},
            reading=found.words(self._deadlines.on),
            is_understood=found.is_sure,
            owner=owner_label,
            roles=tuple(self._roles[folded(name)] for name in row.executors if folded(name) in self._roles),
            is_there=any(not (number and row.number) or number == row.number for number in numbers),
            is_repeated=any(doubt.code is DoubtCode.REPEATED for doubt in row.doubts),
            refusal=refusal,
            notes=notes,
        )

    def _direction(self, row: PlanRow) -> str | None:
        """The section of the methodology that is called as the heading of the row, or as the row itself."""
        names = (row.section, row.section.split(". ", 1)[-1], row.title)
        return next((self._directions[folded(one)] for one in names if folded(one) in self._directions), None)

    def _owner(self, executors: Sequence[str]) -> tuple[str, str]:
        """The first person whom the executors name and no other person answers to."""
        for name in executors:
            people = self._staff.get(folded(name), [])
            if len(people) == 1:
                return people[0].id, people[0].label
        return "", ""

    def _fit(self, values: dict[str, object], row: PlanRow) -> tuple[tuple[str, ...], str]:
        """Shorten what is too long and keep the rest in the note; a row that fits nowhere is refused."""
        origin = f"Из файла «{self._file[:80]}»" + (f": № {row.number}" if row.number else "")
        parts = [f"{origin}, раздел «{row.section[:120]}»." if row.section else f"{origin}."]
        notes = []
        for name in _OVERFLOW:
            text = str(values[name] or "")
            if len(text) > self._limits[name]:
                head, rest = _cut(text, self._limits[name])
                values[name] = head
                caption = _INFO.fields[name].caption
                parts.append(f"{caption}, продолжение: {rest}")
                notes.append(f"{caption}: не помещается целиком, продолжение — в примечании.")
        parts += [row.note] if row.note else []
        if not row.title:
            return (), "После исправлений от названия ничего не осталось. Снимите отметки с исправлений."
        whole = " ".join(parts)
        if len(whole) > self._limits["note"]:
            values["note"] = None
            length = max(len(row.title), len(row.result), len(row.note), len(row.executors_text))
            return (), f"В ячейке {length} знаков: в мероприятие столько не помещается. Сократите её в файле."
        values["note"] = whole
        return tuple(notes), ""


def _cut(text: str, limit: int) -> tuple[str, str]:
    """The beginning that fits, broken at a space, and the rest."""
    at = text.rfind(" ", 0, limit - 1)
    at = at if at > limit // 2 else limit - 1
    return f"{text[:at].rstrip()}…", text[at:].strip()


def _people(staff: Sequence[StaffFact], positions: Mapping[str, str]) -> dict[str, list[StaffFact]]:
    """Whom a name or a post in a plan may mean."""
    found: dict[str, list[StaffFact]] = {}
    for person in staff:
        names = {folded(person.full_name or ""), folded(positions.get(person.position or "", ""))}
        surname, *others = (person.full_name or "").split()[:3] or [""]
        initials = " ".join(name[0] for name in others)
        names |= {folded(f"{surname} {initials}"), folded(f"{initials} {surname}"), folded(surname)}
        for name in names - {""}:
            found.setdefault(name, []).append(person)
    return found


def _number_of(measure: MeasureFact) -> str:
    """The number that a measure had in the file that it came from."""
    origin = _ORIGIN.match(measure.note or "")
    return (origin[1] or "").rstrip(".") if origin else ""


def _as_kept(layout: TableLayout, kept: Mapping[str, KeptLayout]) -> TableLayout:
    mended = kept.get(layout.signature) if layout.signature else None
    if mended is None or len(mended.kinds) != len(layout.columns):
        return layout
    known = {kind.value for kind in ColumnKind}
    if not known.issuperset(mended.kinds):
        return layout
    columns = tuple(
        Column(ColumnKind(kind), column.heading) for kind, column in zip(mended.kinds, layout.columns, strict=True)
    )
    return replace(layout, columns=columns, first=layout.header + max(1, mended.skip), is_taken=True)
