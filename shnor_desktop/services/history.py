"""«История изменений»: the log of a school, an entity or a row in words, newest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.log import DELETED, ChangeKey, ValueState
from shnor_desktop.domain.russian import date_time
from shnor_desktop.models.fields import FieldKind
from shnor_desktop.models.registry import EntityInfo, entities
from shnor_desktop.models.staying import stays
from shnor_desktop.services import records
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.services.writers import writer_names
from shnor_desktop.storage.reading import HistoryLine

_SHOWN_LENGTH = 160


@dataclass(frozen=True, slots=True)
class HistoryStep:
    """One change as a person reads it: when, who, what was changed, from what to what."""

    when: str
    who: str
    what: str
    old: str
    new: str
    operation: str
    entity: str
    row: str
    field: str


def history_steps(
    workspace: Workspace, log_name: str = "", row_id: str = "", school: str | None = None
) -> list[HistoryStep]:
    """The newest changes of a school, an entity or a row."""
    lines = records.history(workspace, log_name, row_id, school)
    names = writer_names(workspace, school)
    before, known = _values_before(lines)
    titles = _reference_titles(workspace, lines, school)
    found = []
    for at, line in enumerate(lines):
        info = entities().get(line.key.entity)
        if line.state is ValueState.ABSENT and stays(line.key):  # it is the school's own
            continue
        if info is None or (line.state is ValueState.PRESENT and known[at] and before[at] == line.value):
            continue
        who = names.of(line)
        what, old, new = _words(workspace, info, line, before[at], titles)
        when = date_time(datetime.fromisoformat(line.time).astimezone())
        key = line.key
        found.append(HistoryStep(when, who, what, old, new, line.operation, key.entity, key.row, key.field))
    return found


def _values_before(lines: Sequence[HistoryLine]) -> tuple[list[WireValue], list[bool]]:
    """For each line the value that the same field had before it, and whether the lines reach that far.

    What another copy says again (a moved or restored store) is no change.
    """
    values: list[WireValue] = [None] * len(lines)
    are_known = [False] * len(lines)
    found: dict[ChangeKey, WireValue] = {}
    for at in range(len(lines) - 1, -1, -1):
        key = lines[at].key
        values[at], are_known[at] = found.get(key), key in found
        found[key] = lines[at].value
    return values, are_known


def _words(
    workspace: Workspace, info: EntityInfo, line: HistoryLine, before: WireValue, titles: Mapping[str, str]
) -> tuple[str, str, str]:
    if line.key.field == DELETED:
        word = "удалено" if line.value is True else "возвращено"
        return f"{info.caption}: {word}", "", ""
    if line.key.field not in info.fields:
        return f"{info.caption}: {line.key.field}", "", ""
    field = records.field_of(workspace, info, line.key.field)
    missing = "стёрто" if line.state is ValueState.ERASED else "не передано"
    new = missing if line.state is not ValueState.PRESENT else _cut(records.shown(field, line.value, titles))
    return field.caption, _cut(records.shown(field, before, titles)), new


def _reference_titles(workspace: Workspace, lines: Sequence[HistoryLine], school: str | None) -> dict[str, str]:
    wanted = set()
    for line in lines:
        info = entities().get(line.key.entity)
        field = info.fields.get(line.key.field) if info else None
        if field is not None and field.kind is FieldKind.REFERENCE:
            wanted.add(field.target)
    return {row: title for target in wanted for row, title in records.reference_choices(workspace, target, school)}


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1].rstrip() + "…"
