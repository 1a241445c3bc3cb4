"""Fields that two people changed without knowing of each other: the versions in words, and the decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import DELETED, ValueState
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.models.registry import entity
from shnor_desktop.services import records
from shnor_desktop.services.check import CONFLICT
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.services.writers import writer_names
from shnor_desktop.storage.reading import ConflictRecord, HistoryLine


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values between which a person decides; `is_shown` is the one that is shown meanwhile."""

    words: str
    when: str
    is_shown: bool
    who: str = ""
    """«этот компьютер», or the colleague, school or centre that wrote it."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that waits for a decision; `key` is that of its finding in the check."""

    key: str
    versions: tuple[Version, ...]
    place: str = ""
    """«Педагог: Стаж»: what the field belongs to."""
    may_decide: bool = True
    """Whether this desk may write the field: a centre decides on what is its own."""


def undecided(workspace: Workspace, school: str | None = None) -> dict[str, Conflict]:
    """The fields that wait, by the keys of their findings."""
    found = {}
    waiting = records.conflicts(workspace, school)
    names = writer_names(workspace, school)
    for record in waiting:
        titles = _titles(workspace, record, school)
        versions = tuple(
            Version(_words(workspace, line, titles), _when(line), at == 0, names.of(line))
            for at, line in enumerate(record.lines)
        )
        may = LogSchema().may_write(workspace.role, record.key)
        found[_key(record)] = Conflict(_key(record), versions, _place(workspace, record), may)
    return found


def keep_version(workspace: Workspace, conflict: Conflict, at: int, school: str | None = None) -> Done:
    """Keep one of the versions; KnownError check.conflict_decided when somebody has decided meanwhile,
    check.conflict_of_others where this desk may not write the field."""
    for record in records.conflicts(workspace, school):
        if _key(record) == conflict.key and at < len(record.lines):
            if not LogSchema().may_write(workspace.role, record.key):
                raise KnownError("check.conflict_of_others", place=_place(workspace, record))
            return records.decide(workspace, record, record.lines[at], school)
    raise KnownError("check.conflict_decided")


def _key(record: ConflictRecord) -> str:
    return ":".join((CONFLICT, record.key.entity, record.key.row, record.key.field))


def _words(workspace: Workspace, line: HistoryLine, titles: Mapping[str, str]) -> str:
    if line.key.field == DELETED:
        return "удалить запись" if line.value is True else "оставить запись"
    if line.state is not ValueState.PRESENT:
        return "стёрто" if line.state is ValueState.ERASED else "значение осталось на том компьютере"
    field = records.field_of(workspace, entity(line.key.entity), line.key.field)
    return records.shown(field, line.value, titles) or "пусто"


def _place(workspace: Workspace, record: ConflictRecord) -> str:
    info = entity(record.key.entity)
    if record.key.field == DELETED:
        return f"{info.caption}: удалить или оставить"
    return f"{info.caption}: {records.field_of(workspace, info, record.key.field).caption}"


def _titles(workspace: Workspace, record: ConflictRecord, school: str | None) -> Mapping[str, str]:
    """The words of references, where the field is one."""
    if record.key.field == DELETED:
        return {}
    target = entity(record.key.entity).fields[record.key.field].target
    return dict(records.reference_choices(workspace, target, school)) if target else {}


def _when(line: HistoryLine) -> str:
    """«Изменено 15.10.2024 в 14:02» from the time of the log."""
    moment = datetime.fromisoformat(line.time).astimezone()
    return f"Изменено {moment:%d.%m.%Y} в {moment:%H:%M}"
