"""What a file would change: every record beside the row that is stored, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.school_subjects import SUBJECTS
from shnor_desktop.importers.school_tables import (
    Asked,
    Doubt,
    FoundRecord,
    FoundValue,
    ListLayout,
    OwnSchool,
    Question,
    TableKind,
    read_records,
)
from shnor_desktop.importers.school_tables.own_rows import words_of
from shnor_desktop.importers.school_tables.staff_lists import has_initials, same_name, with_initials
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.registry import EntityInfo, entity, info_of
from shnor_desktop.models.results import PROCEDURES, ResultSheet, ResultTask
from shnor_desktop.models.school import Building, School, SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import records
from shnor_desktop.services.results import known_login
from shnor_desktop.services.table_import.details import with_details
from shnor_desktop.services.table_import.f1_rows import f1_rows
from shnor_desktop.services.table_import.files import TableFile, require_recognised
from shnor_desktop.services.table_import.known_people import KnownPeople
from shnor_desktop.services.table_import.plan import F1, AskedOf, ImportPlan, PlannedCell, PlannedRow, doubt_words
from shnor_desktop.services.values import parse_value, show_value
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.storage.reading import Reader
from shnor_desktop.system.wording import explain, phrase

LOADED = "загружен"
"""How the steps of imports begin: a value that such a step wrote was not typed by hand."""
_MOST_GRADES = 11
_YEARS_OFFERED = 6


def plan_import(workspace: Workspace, file: TableFile) -> ImportPlan:
    """Everything that the file would change. KnownError table.not_recognised for a file of no known kind."""
    require_kind(workspace, StoreKind.SCHOOL)
    require_recognised(file)
    with workspace.reading() as reader:
        if file.is_f1:
            rows = f1_rows(workspace, reader, file.path)
            return ImportPlan(file.name, (F1,), tuple(_numbered(rows)))
        return _Planner(workspace, reader, file).plan()


def _numbered(rows: Sequence[PlannedRow]) -> Iterator[PlannedRow]:
    for at, row in enumerate(rows):
        yield replace(row, key=str(at))


@dataclass(slots=True)
class _Gathered:
    rows: list[PlannedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    questions: list[AskedOf] = field(default_factory=list)
    seen: dict[tuple[str, str], Mapping[str, object]] = field(default_factory=dict)


class _Planner:
    """Knows what is stored; one for each plan."""

    def __init__(self, workspace: Workspace, reader: Reader, file: TableFile) -> None:
        self._workspace = workspace
        self._reader = reader
        self._file = file
        self._year = workspace.clock.now().year
        self._own = _own_school(workspace, reader)
        self._people = KnownPeople(records.rows(workspace, StaffMember))
        self._classes = {
            (one.grade, (one.letter or "").casefold()): one for one in records.rows(workspace, SchoolClass)
        }
        self._buildings = {same_name(one.name or ""): one.id for one in records.rows(workspace, Building)}
        self._fields: dict[str, dict[str, FieldInfo]] = {}

    def plan(self) -> ImportPlan:
        """All tables of the file that are of a known kind."""
        found = _Gathered()
        kinds = []
        for at, (table, layout) in enumerate(zip(self._file.tables, self._file.layouts, strict=True)):
            if layout is None:
                continue
            kinds.append(layout.kind.value)
            asked = self._file.asked.get(at, Asked())
            reading = read_records(table, layout, self._own, asked, self._file.name)
            found.notes += [doubt_words(doubt) for doubt in reading.doubts]
            found.questions += [self._question(at, layout, one) for one in reading.questions]
            for record in reading.records:
                self._add(record, found)
            if not reading.records and not reading.questions:
                found.notes.append(phrase("table_doubt.no_rows", place=table.place))
        return ImportPlan(
            self._file.name, tuple(kinds), tuple(_numbered(found.rows)), tuple(found.notes), tuple(found.questions)
        )

    def _add(self, record: FoundRecord, found: _Gathered) -> None:
        info = entity(record.entity)
        stored, row, notes, stops = self._stored(info, record)
        seen = found.seen.get((info.log_name, row))
        values = {name: one.value for name, one in record.values.items()}
        if seen is not None and seen != values:
            stops = stops or doubt_words(Doubt("row_twice"))
        elif seen is not None:
            return
        found.seen[info.log_name, row] = values
        parent = self._row(info, record, stored, row, notes, stops)
        lacking = self._lacking(info, parent)
        if lacking:
            found.notes.append(lacking.strip())
            return
        parent = with_details(self._workspace, self._reader, parent, record.details)
        found.rows.append(parent)
        tasks = [self._child(child, row, parent) for child in record.children]
        found.rows += [task for task in tasks if task.changes]
        if tasks and not any(task.changes for task in tasks):
            words = doubt_words(Doubt("tasks_there", {"count": len(tasks)}))
            at = found.rows.index(parent)
            found.rows[at] = replace(parent, notes=(*parent.notes, words))

    def _child(self, child: FoundRecord, sheet: str, parent: PlannedRow) -> PlannedRow:
        info = info_of(ResultTask)
        record = replace(child, values={"sheet": FoundValue(sheet), **child.values})
        key: dict[str, WireValue] = {"sheet": sheet, "code": str(child.value("code"))}
        row = records.row_id_for(self._workspace, info, key)
        stored = self._reader.row(ResultTask, row, self._workspace.school)
        made = self._row(info, record, stored, row, [], parent.stops)
        return replace(made, needs=sheet, title=f"{child.title} · {parent.title}")

    def _stored(self, info: EntityInfo, record: FoundRecord) -> tuple[Entity | None, str, list[str], str]:
        """The stored row that a record means, its id, and what is to be said of that."""
        if info.cls is StaffMember:
            known = self._people.find(record)
            notes = [doubt_words(known.note)] if known.note else []
            stops = doubt_words(known.stops) if known.stops else ""
            if known.person is not None:
                return known.person, known.person.id, notes, stops
            return *self._by_key(info, record), notes, stops
        if info.cls is SchoolClass:
            letter = str(record.value("letter") or "").casefold()
            one = self._classes.get((_int(record.value("grade")), letter))
            if one is not None:
                return one, one.id, [], ""
        return *self._by_key(info, record), [], ""

    def _by_key(self, info: EntityInfo, record: FoundRecord) -> tuple[Entity | None, str]:
        key = {name: _wire_key(record.value(name)) for name in info.natural_key}
        row = records.row_id_for(self._workspace, info, key)
        return self._reader.row(info.cls, row, self._workspace.school), row

    def _row(
        self,
        info: EntityInfo,
        record: FoundRecord,
        stored: Entity | None,
        row: str,
        notes: list[str],
        stops: str,
    ) -> PlannedRow:
        is_new = stored is None or stored.hidden
        old = records.wire_values(stored) if stored is not None and not is_new else {}
        cells, problems = [], []
        for name, value in record.values.items():
            if value.doubt is not None and (value.value is None or old.get(name) is None):
                problems.append(self._captioned(info, name, doubt_words(value.doubt)))
            cell, problem = self._cell(info, name, value, old, row)
            cells += [cell] if cell is not None else []
            problems += [self._captioned(info, name, problem)] if problem else []
        words = [doubt_words(doubt) for doubt in record.doubts]
        if record.stops is not None:
            stops = doubt_words(record.stops)
        if is_new and info.cls is StaffMember and record.value("birth_year") is None:
            words.append(doubt_words(Doubt("no_birth")))
        source = self._source(info, is_new, cells, stored)
        said = (*notes, *words, *problems)
        every = tuple(cells + source)
        return PlannedRow(info.log_name, row, record.title, record.place, is_new, every, said, stops)

    def _lacking(self, info: EntityInfo, row: PlannedRow) -> str:
        """What a new row cannot be written without and has not; empty if it has all."""
        has = {cell.field for cell in row.cells}
        names = [name for name in info.natural_key if info.fields[name].required and name != "birth_year"]
        lacking = [info.fields[name].caption for name in names if row.is_new and name not in has]
        if not lacking:
            return ""
        why = " ".join(row.notes)
        return f"{row.title[:80]} ({row.place}): {phrase('table_doubt.key_lacking', fields=', '.join(lacking))} {why}"

    def _source(
        self, info: EntityInfo, is_new: bool, cells: Sequence[PlannedCell], stored: Entity | None
    ) -> list[PlannedCell]:
        """Where the figures of a result come from: the name of the file, unless a workbook Ф1 stands behind them."""
        if info.cls is not ResultSheet or not cells:
            return []
        if not is_new and isinstance(stored, ResultSheet) and (stored.dataset or stored.source):
            return []
        name = self._file.name[:300]
        return [PlannedCell("source", info.fields["source"].caption, name, "", name, is_key=True)]

    def _cell(
        self, info: EntityInfo, name: str, found: FoundValue, old: Mapping[str, WireValue], row: str
    ) -> tuple[PlannedCell | None, str]:
        one = self._fields_of(info)[name]
        if found.value is None or found.value == []:
            return None, ""
        try:
            value = self._value(info, one, found.value)
        except KnownError as error:
            return None, explain(error).what
        if value is None:
            return None, doubt_words(Doubt("building_unknown", {"name": str(found.value)[:60]}))
        known = old.get(name)
        if known == value or (name == "full_name" and _says_no_more(str(value), str(known or ""))):
            return None, ""
        is_key = name in info.natural_key or name == info.parent
        offered, note = self._offer(info, row, name, known, found) if not is_key or known is not None else (True, "")
        before, shown = show_value(one, known), show_value(one, value)
        return PlannedCell(name, one.caption, value, before, shown, offered, note, is_key and not old), ""

    def _offer(self, info: EntityInfo, row: str, name: str, known: WireValue, found: FoundValue) -> tuple[bool, str]:
        """Whether a field is ticked at first: not what is doubted, and not over what a person typed."""
        note = doubt_words(found.doubt) if found.doubt is not None else ""
        if known is None:
            return found.is_sure, note
        lines = self._reader.history(self._workspace.school, info.log_name, row, name, limit=1)
        if info.cls in (ResultSheet, ResultTask) and self._has_dataset(info, row):
            return False, f"{phrase('table_doubt.from_f1')} {note}".strip()
        if lines and lines[0].operation.startswith(LOADED):
            return found.is_sure, note
        return False, f"{phrase('table_doubt.typed')} {note}".strip()

    def _has_dataset(self, info: EntityInfo, row: str) -> bool:
        school = self._workspace.school
        if info.cls is ResultTask:
            task = self._reader.row(ResultTask, row, school)
            row = (task.sheet or "") if task is not None else ""
        sheet = self._reader.row(ResultSheet, row, school) if row else None
        return sheet is not None and bool(sheet.dataset)

    def _value(self, info: EntityInfo, one: FieldInfo, value: object) -> WireValue:
        if info.cls is ResultSheet and one.name == "subject":
            return str(value)  # an unknown subject is kept as it is written
        if one.name == "building":
            return self._buildings.get(same_name(str(value)))
        if one.name in ("sheet",):
            return str(value)
        return parse_value(one, value)

    def _fields_of(self, info: EntityInfo) -> dict[str, FieldInfo]:
        if info.log_name not in self._fields:
            self._fields[info.log_name] = records.fields_of(self._workspace, info.cls)
        return self._fields[info.log_name]

    def _captioned(self, info: EntityInfo, name: str, words: str) -> str:
        return f"{info.fields[name].caption}: {words[:1].lower()}{words[1:]}"

    def _question(self, at: int, layout: ListLayout, question: Question) -> AskedOf:
        options: Sequence[tuple[str, str]]
        if question.name == "subject":
            options = [(one.code, one.name) for one in SUBJECTS]
        elif question.name == "grade":
            options = [(str(grade), f"{grade} класс") for grade in range(1, _MOST_GRADES + 1)]
        elif question.name == "year":
            options = [(str(self._year - back), f"{self._year - back} г.") for back in range(_YEARS_OFFERED)]
        elif question.name == "procedure":
            options = PROCEDURES
        else:
            options = [(option, option) for option in question.options]
        is_column = layout.kind is TableKind.PLANNED and question.name == "own"
        caption = phrase("table_question.own_column" if is_column else f"table_question.{question.name}")
        return AskedOf(at, question.name, caption, tuple(options))


def _own_school(workspace: Workspace, reader: Reader) -> OwnSchool:
    school = reader.row(School, workspace.school, workspace.school)
    names = f"{school.short_name or ''} {school.full_name or ''} {school.locality or ''}" if school is not None else ""
    return OwnSchool(known_login(workspace, reader), words_of(names), workspace.clock.now().year)


def _says_no_more(name: str, known: str) -> bool:
    """Whether a name is the known one in another spelling, or a shorter one."""
    return same_name(name) == same_name(known) or (has_initials(name) and with_initials(name) == with_initials(known))


def _wire_key(value: object) -> WireValue:
    return value if value is None or isinstance(value, int | str) else str(value)


def _int(value: object) -> int | None:
    return value if isinstance(value, int) else None
