"""«Что уходит»: what the next package would carry, to whom, and what stays; nothing is sealed or written for it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from shnor_desktop.domain.log import ValueState
from shnor_desktop.exchange.limits import DEFAULT_LIMITS
from shnor_desktop.exchange.package_json import SCHOOL_PACKAGE
from shnor_desktop.models.attachments import Attachment
from shnor_desktop.models.registry import entity
from shnor_desktop.services.package_drafts import Draft, draft
from shnor_desktop.services.package_readers import reader_names
from shnor_desktop.services.private_drafts import without_personal_data
from shnor_desktop.services.workspace import Workspace

_MOST_FILES_NAMED = 5


@dataclass(frozen=True, slots=True)
class LeavingLine:
    """A line of the preview «что уходит»: how many rows of an entity have changes in the package."""

    entity: str
    caption: str
    rows: int
    has_personal: bool


@dataclass(frozen=True, slots=True)
class Leaving:
    """Everything that the next package would carry. `kept` are rows whose values stay in the school."""

    receiver: str
    lines: tuple[LeavingLine, ...]
    batches: int
    is_full: bool
    files: int
    file_bytes: int = 0
    kept: tuple[LeavingLine, ...] = ()
    file_names: tuple[str, ...] = ()
    """The first of the files, by their names."""
    readers: tuple[str, ...] = ()
    """Whom it is encrypted to besides this desk, by name; nobody while the receiver's key is not known."""
    impersonal: Leaving | None = None
    """The same without personal data, where that can be chosen."""

    @property
    def is_encrypted(self) -> bool:
        """Whether nobody on the way can read it."""
        return bool(self.readers)

    @property
    def has_personal(self) -> bool:
        """Whether anything in it is personal data."""
        return any(line.has_personal for line in self.lines)

    @property
    def is_too_large(self) -> bool:
        """Whether the files alone are more than a package holds."""
        return self.file_bytes > DEFAULT_LIMITS.total_bytes


def leaving(workspace: Workspace, school: str | None = None) -> Leaving:
    """Preview what the next package carries; nothing is sealed or written. Kept until something is.

    Not inside a unit of work: the reading of another thread waits for its end.
    """
    owner, version = school or workspace.school, workspace.store.version
    found: Leaving = workspace.kept_leaving.get(owner, (version,), lambda: _leaving(workspace, owner))
    return found


def _leaving(workspace: Workspace, school: str) -> Leaving:
    with workspace.writing() as transaction:
        found = draft(workspace, transaction, school)
        readers = reader_names(transaction.records, SCHOOL_PACKAGE, school, found.receiver)
    lean = replace(leaving_of(without_personal_data(found)), readers=readers)
    return replace(leaving_of(found), readers=readers, impersonal=lean)


def leaving_of(found: Draft) -> Leaving:
    """What a draft carries, by entity."""
    rows: dict[str, set[str]] = {}
    kept: dict[str, set[str]] = {}
    personal: set[str] = set()
    names: list[str] = []
    for item in found.batches:
        for change, value in zip(item.batch.changes, item.values, strict=True):
            goes = value.state is ValueState.PRESENT
            (rows if goes else kept).setdefault(change.key.entity, set()).add(change.key.row)
            field = entity(change.key.entity).fields.get(change.key.field)
            if goes and field is not None and field.personal:
                personal.add(change.key.entity)
            if goes and (change.key.entity, change.key.field) == (Attachment.log_name, "file_name"):
                names.append(str(value.value))
    is_full = any(item.batch.sequence == 1 for item in found.batches)
    return Leaving(
        found.receiver.name,
        tuple(LeavingLine(name, entity(name).plural, len(ids), name in personal) for name, ids in sorted(rows.items())),
        len(found.batches),
        is_full,
        len(found.files),
        found.files.total,
        tuple(
            LeavingLine(name, entity(name).plural, len(ids - rows.get(name, set())), False)
            for name, ids in sorted(kept.items())
            if ids - rows.get(name, set())
        ),
        tuple(dict.fromkeys(names))[:_MOST_FILES_NAMED] if found.files else (),
    )
