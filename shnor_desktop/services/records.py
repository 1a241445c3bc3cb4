"""The use cases that every entity shares: begin a row, edit a field, delete, bring back, undo, history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import (
    DELETED,
    Batch,
    ChangeKey,
    ChangeRef,
    ChangeRequest,
    Delete,
    Restore,
    Set,
    StoredValue,
    ValueState,
    parse_batch,
)
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.identity import keyed_row_id, new_row_id
from shnor_desktop.models.registry import EntityInfo, entity, info_of
from shnor_desktop.services import local_steps
from shnor_desktop.services.values import parse_value, show_value, wire_value
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.reading import ConflictRecord, HistoryLine
from shnor_desktop.storage.store import WriteTransaction

E = TypeVar("E", bound=Entity)


@dataclass(frozen=True, slots=True)
class Done:
    """What a use case changed; `operation` is what Ctrl+Z names. `row` is the row that was begun or edited."""

    operation: str
    row: str = ""
    batch: str = ""

    @property
    def changed(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.batch)


def rows(workspace: Workspace, cls: type[E], school: str | None = None) -> list[E]:
    """The rows of an entity of this school (or of `school` at a centre), oldest first."""
    with workspace.reading() as reader:
        return reader.rows(cls, school or workspace.school)


def row(workspace: Workspace, cls: type[E], row_id: str, school: str | None = None) -> E | None:
    """One row of this school (or of `school` at a centre) by its id."""
    with workspace.reading() as reader:
        return reader.row(cls, row_id, school or workspace.school)


def begin(workspace: Workspace, cls: type[Entity], values: Mapping[str, object], school: str | None = None) -> Done:
    """Begin a row with typed or wire values; a natural key that is there already means that row."""
    info = info_of(cls)
    parsed = {name: parse_value(field_of(workspace, info, name), value) for name, value in values.items()}
    row_id = row_id_for(workspace, info, parsed, school)
    operation = f"добавлено: {info.caption}"
    if info.natural_key:
        existing = row(workspace, cls, row_id, school)
        if existing is not None and not existing.hidden:
            raise KnownError("record.exists", entity=info.caption, title=_title(info, existing))
    requests: list[ChangeRequest] = [Set(info.log_name, row_id, name, value) for name, value in parsed.items()]
    batch = workspace.write([Restore(info.log_name, row_id), *requests], operation, school)
    return _done(operation, row_id, batch)


def row_id_for(
    workspace: Workspace, info: EntityInfo, values: Mapping[str, WireValue], school: str | None = None
) -> str:
    """The id of a row: from its natural key where it has one (keyed if personal), else new."""
    if not info.natural_key:
        return new_row_id(workspace.clock.now())
    secret = b""
    if any(info.fields[name].personal for name in info.natural_key):
        with workspace.reading() as reader:
            secret = bytes.fromhex(reader.records.meta("row_secret"))
    key = ["" if values.get(name) is None else str(values[name]) for name in info.natural_key]
    return keyed_row_id(school or workspace.school, info.log_name, key, secret)


def edit(
    workspace: Workspace, log_name: str, row_id: str, field: str, typed: object, school: str | None = None
) -> Done:
    """Set one field to what was typed; on disk when this returns. KnownError `value.*` for bad input."""
    return edit_many(workspace, log_name, row_id, {field: typed}, school)


def edit_many(
    workspace: Workspace, log_name: str, row_id: str, typed: Mapping[str, object], school: str | None = None
) -> Done:
    """Set several fields of one row as one step."""
    info = entity(log_name)
    fields = {name: field_of(workspace, info, name) for name in typed}
    requests = [Set(log_name, row_id, name, parse_value(fields[name], value)) for name, value in typed.items()]
    names = ", ".join(field.caption.lower() for field in fields.values())
    operation = f"изменено: {info.caption} — {names}"
    return _done(operation, row_id, workspace.write(requests, operation, school))


def remove(workspace: Workspace, log_name: str, row_id: str, school: str | None = None) -> Done:
    """Delete a row; it and its children come back with Ctrl+Z or from the history."""
    operation = f"удалено: {entity(log_name).caption}"
    return _done(operation, row_id, workspace.write([Delete(log_name, row_id)], operation, school))


def bring_back(workspace: Workspace, log_name: str, row_id: str, school: str | None = None) -> Done:
    """Bring a deleted row back."""
    operation = f"возвращено: {entity(log_name).caption}"
    return _done(operation, row_id, workspace.write([Restore(log_name, row_id)], operation, school))


def undo(workspace: Workspace) -> Done | None:
    """Take back the newest step of this session; None when there is none or a later change stands on it."""
    return _step(workspace, workspace.undo_stack.done, workspace.undo_stack.undone, "отменено")


def redo(workspace: Workspace) -> Done | None:
    """Do again what was taken back last."""
    return _step(workspace, workspace.undo_stack.undone, workspace.undo_stack.done, "повторено")


def undoable(workspace: Workspace) -> str:
    """The name of the step that Ctrl+Z takes back, empty when there is none."""
    return _operation(workspace, workspace.undo_stack.done)


def redoable(workspace: Workspace) -> str:
    """The name of the step that Ctrl+Y does again, empty when there is none."""
    return _operation(workspace, workspace.undo_stack.undone)


def history(workspace: Workspace, log_name: str = "", row_id: str = "", school: str | None = None) -> list[HistoryLine]:
    """«История изменений» of the school, an entity or a row, newest first."""
    with workspace.reading() as reader:
        return reader.history(school or workspace.school, log_name, row_id)


def conflicts(workspace: Workspace, school: str | None = None) -> list[ConflictRecord]:
    """The fields that wait for a person to decide."""
    with workspace.reading() as reader:
        return reader.conflicts(school or workspace.school)


def decide(workspace: Workspace, conflict: ConflictRecord, keep: HistoryLine, school: str | None = None) -> Done:
    """Keep one of two versions: a change that replaces both."""
    key = conflict.key
    operation = "решено: какое значение оставить"
    requests: list[ChangeRequest]
    if key.field == DELETED:
        requests = [Delete(key.entity, key.row) if keep.value is True else Restore(key.entity, key.row)]
    else:
        requests = [Set(key.entity, key.row, key.field, keep.value)]
    return _done(operation, key.row, workspace.write(requests, operation, school))


def field_of(workspace: Workspace, info: EntityInfo, name: str) -> FieldInfo:
    """A field with the choices that the methodology gives it."""
    return with_code_list(workspace, info.fields[name])


def with_code_list(workspace: Workspace, field: FieldInfo) -> FieldInfo:
    """Fill the choices of a field whose list stands in the pack."""
    if not field.code_list:
        return field
    from dataclasses import replace

    return replace(field, choices=tuple(workspace.pack.code_list(field.code_list)))


def fields_of(workspace: Workspace, cls: type[Entity]) -> dict[str, FieldInfo]:
    """The fields of an entity with their choices."""
    return {name: with_code_list(workspace, field) for name, field in info_of(cls).fields.items()}


def reference_choices(workspace: Workspace, target: str, school: str | None = None) -> tuple[tuple[str, str], ...]:
    """The rows that a reference may name: id and title, sorted by title."""
    info = entity(target)
    found = rows(workspace, info.cls, school)
    return tuple(sorted(((item.id, _title(info, item)) for item in found), key=lambda pair: pair[1].casefold()))


def wire_values(item: Entity) -> dict[str, WireValue]:
    """The values of a row in the form of the log."""
    return {name: wire_value(getattr(item, name)) for name in info_of(type(item)).fields}


def shown(field: FieldInfo, value: object, titles: Mapping[str, str] | None = None) -> str:
    """A value for a table cell; `titles` gives the words of references."""
    if field.kind is FieldKind.REFERENCE and isinstance(value, str):
        return (titles or {}).get(value, "")
    return show_value(field, value)


def _title(info: EntityInfo, item: Entity) -> str:
    value = getattr(item, info.title_field) if info.title_field else None
    if value is None:
        return info.caption
    suffix = getattr(item, item.title_suffix) if item.title_suffix else None
    return f"{show_value(info.fields[info.title_field], value)}{suffix or ''}"


def _done(operation: str, row_id: str, batch: Batch | None) -> Done:
    return Done(operation, row_id, batch.name if batch else "")


def _operation(workspace: Workspace, stack: Sequence[str]) -> str:
    if not stack:
        return ""
    if local_steps.is_local(stack[-1]):
        return local_steps.words(workspace, stack[-1])
    with workspace.reading() as reader:
        data = reader.batch_data(stack[-1])
    return parse_batch(data).operation if data else ""


def _step(workspace: Workspace, source: list[str], target: list[str], word: str) -> Done | None:
    """Append the inverse of a batch, only while no change of somebody else stands on one of its own."""
    if not source:
        return None
    if local_steps.is_local(source[-1]):
        return _local_step(workspace, source, target, word)
    with workspace.writing() as transaction:
        data = transaction.reader.batch_data(source[-1])
        if data is None:
            return None
        batch = parse_batch(data)
        found = transaction.log.replaced_values(batch)
        places = ((change.key, ChangeRef(batch.name, place)) for place, (change, _, _) in enumerate(found))
        heads = zip(places, (is_head for _, is_head, _ in found), strict=True)
        if not all(is_head or _stands(workspace, transaction, batch.school, *place) for place, is_head in heads):
            source.pop()
            return None
        begun = {(c.key.entity, c.key.row) for c, _, old in found if old is None} & _begun_rows(workspace, batch)
        requests: list[ChangeRequest] = [Delete(*pair) for pair in sorted(begun)]
        for change, _, old in found:
            if (change.key.entity, change.key.row) not in begun:
                requests.append(_inverse(change.key.entity, change.key.row, change.key.field, old))
        requests.sort(key=lambda one: isinstance(one, Delete))  # a row goes after its fields: an edit would show it
        words = batch.operation.split(": ", 1)[-1]
        inverse = workspace.append(transaction, requests, f"{word}: {words}", batch.school)
    source.pop()
    if inverse is None:
        return None
    target.append(inverse.name)
    workspace.undo_stack.taken_back[batch.name] = inverse.name
    return Done(inverse.operation, batch=inverse.name)


def _stands(workspace: Workspace, transaction: WriteTransaction, school: str, key: ChangeKey, ref: ChangeRef) -> bool:
    """Whether everything that was said after a change was taken back again, so that its value is the one in force."""
    taken_back = workspace.undo_stack.taken_back
    standing: list[str] = []
    while later := transaction.log.said_as(school, ref, key):
        if len(later) != 1:
            return False
        ref = later[0]
        if standing and taken_back.get(standing[-1]) == ref.batch:
            standing.pop()
        else:
            standing.append(ref.batch)
    return not standing


def _local_step(workspace: Workspace, source: list[str], target: list[str], word: str) -> Done | None:
    """The same for a step that is no batch: a move between versions of the methodology, an edit of its draft."""
    words = local_steps.words(workspace, source[-1])
    inverse = local_steps.take_back(workspace, source.pop())
    if not inverse:
        return None
    target.append(inverse)
    return Done(f"{word}: {words}", batch=inverse)


def _begun_rows(workspace: Workspace, batch: Batch) -> set[tuple[str, str]]:
    """Rows that had nothing before this batch, and nothing after it that was not taken back."""
    rows_of = {(change.key.entity, change.key.row) for change in batch.changes}
    begun = set()
    taken_back = workspace.undo_stack.taken_back
    own = {batch.name, *taken_back, *taken_back.values()}
    with workspace.reading() as reader:
        for log_name, row_id in rows_of:
            lines = reader.history(batch.school, log_name, row_id)
            if lines and lines[-1].ref.batch == batch.name and all(line.ref.batch in own for line in lines):
                begun.add((log_name, row_id))
    return begun


def _inverse(log_name: str, row_id: str, field: str, old: StoredValue | None) -> ChangeRequest:
    if field == DELETED:
        was_deleted = old is not None and old.value is True
        return Delete(log_name, row_id) if was_deleted else Restore(log_name, row_id)
    known = old is not None and old.state is ValueState.PRESENT
    return Set(log_name, row_id, field, old.value if known and old is not None else None)
