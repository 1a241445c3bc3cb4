"""Files that prove something: put beside a row, opened as a copy that nobody edits, saved elsewhere, removed.

The bytes lie in the store under their SHA-256, once however often they are attached; the row that names them is a
change of the log like any other, and the package takes the bytes along.
"""

from __future__ import annotations

import os
import shutil
import stat
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Set
from shnor_desktop.domain.russian import NBSP, number
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.models.attachments import Attachment, attachment_row, owner_of
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.registry import entities
from shnor_desktop.services import records
from shnor_desktop.services.attachment_kinds import media_type_of, opens_here, require_harmless, safe_name
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import show_value
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.paths import data_folder

MEBIBYTE = 1 << 20
LARGEST_FILE = 25 * MEBIBYTE
MUCH = 300 * MEBIBYTE
"""From this sum of a school's files on it is said that the package grows heavy; it may hold 512 MB."""
MOST_FILES = 40
"""Files beside one row."""
BLOB_KIND = "attachment"
_KEPT_OPEN_SECONDS = 24 * 3600
_CHUNK = MEBIBYTE


@dataclass(frozen=True, slots=True)
class Owner:
    """The row that files stand beside; `field` where they prove one field of it."""

    entity: str
    row: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file as a list shows it; `is_here` is False where only its row came."""

    id: str
    owner: Owner
    name: str
    size: int
    added: str
    note: str
    digest: str
    is_here: bool

    @property
    def size_words(self) -> str:
        """«1,4 МБ»."""
        return size_words(self.size)


@dataclass(frozen=True, slots=True)
class Attached:
    """The files of a row, and how much all files of the school take."""

    files: tuple[AttachedFile, ...]
    total: int

    @property
    def is_much(self) -> bool:
        """Whether the sum should be said, because a package has a limit."""
        return self.total > MUCH


def attached(workspace: Workspace, owner: Owner, school: str | None = None) -> Attached:
    """The files beside a row, by day and name."""
    files = all_files(workspace, school)
    of_owner = tuple(file for file in files if file.owner == owner)
    sizes = {file.digest: file.size for file in files if file.is_here}
    return Attached(of_owner, sum(sizes.values()))


def all_files(workspace: Workspace, school: str | None = None) -> list[AttachedFile]:
    """Every file of a school, by day and name."""
    place = school or workspace.school
    with workspace.reading() as reader:
        rows = sorted(reader.rows(Attachment, place), key=lambda row: (row.added_on or "", row.file_name or "", row.id))
        sizes = reader.records.blob_sizes(place) if rows else {}
    return [_file(row, sizes) for row in rows if row.owner_entity and row.owner_entity == owner_of(row.id)]


def counts(workspace: Workspace, entity: str, school: str | None = None) -> Mapping[str, int]:
    """How many files stand beside each row of an entity, for a column of its table."""
    found: dict[str, int] = {}
    for file in all_files(workspace, school):
        if file.owner.entity == entity:
            found[file.owner.row] = found.get(file.owner.row, 0) + 1
    return found


def add_file(workspace: Workspace, owner: Owner, path: Path, school: str | None = None) -> Done:
    """Put a file beside a row. KnownError `attachment.*` says in words why not; nothing is kept then."""
    return add_bytes(workspace, owner, path.name, _read(path), school)


def add_bytes(
    workspace: Workspace, owner: Owner, name: str, data: bytes, school: str | None = None, note: str = ""
) -> Done:
    """The same for bytes that were no file, such as a picture of the clipboard."""
    shown = safe_name(name)
    if not data:
        raise KnownError("attachment.empty", file=shown)
    if len(data) > LARGEST_FILE:
        raise KnownError("attachment.too_large", file=shown, limit_mb=LARGEST_FILE // MEBIBYTE)
    require_harmless(shown, data)
    place = school or workspace.school
    now = workspace.clock.now()
    row_id = attachment_row(owner.entity, new_row_id(now))
    with workspace.writing() as transaction:
        info = entities()[owner.entity]
        row = transaction.reader.row(info.cls, owner.row, place)
        if row is None or row.hidden:
            raise KnownError("attachment.row_missing")
        beside = [one for one in transaction.reader.rows(Attachment, place) if _is_of(one, owner)]
        if len(beside) >= MOST_FILES:
            raise KnownError("attachment.too_many", file=shown, limit=MOST_FILES)
        digest = transaction.records.put_blob(place, BLOB_KIND, data)
        same = next((one for one in beside if one.digest == digest), None)
        if same is not None:
            return Done("файл уже приложен", same.id)
        values = {
            "owner_entity": owner.entity,
            "owner_row": owner.row,
            "owner_field": owner.field or None,
            "file_name": shown,
            "note": note or None,
            "media_type": media_type_of(data),
            "size": len(data),
            "added_on": now.astimezone().date().isoformat(),
            "digest": digest,
        }
        requests = [Set(Attachment.log_name, row_id, field, value) for field, value in values.items() if value]
        operation = f"приложен файл: {info.caption.lower()}"  # without its name: what a step was called always travels
        batch = workspace.append(transaction, requests, operation, place)
    if batch is not None:
        workspace.undo_stack.done.append(batch.name)
        workspace.undo_stack.undone.clear()
    return Done(operation, row_id, batch.name if batch else "")


def add_files(workspace: Workspace, owner: Owner, paths: Sequence[Path], school: str | None = None) -> list[KnownError]:
    """Put several files beside a row; one bad file does not stop the others. What was refused comes back."""
    refused = []
    for path in paths:
        try:
            add_file(workspace, owner, path, school)
        except KnownError as error:
            refused.append(error)
    return refused


def remove_file(workspace: Workspace, attachment: str, school: str | None = None) -> Done:
    """Take a file away from its row; Ctrl+Z brings it back, so the bytes stay."""
    return records.remove(workspace, Attachment.log_name, attachment, school)


def save_file(workspace: Workspace, attachment: str, target: Path, school: str | None = None) -> Path:
    """Write a copy where the person says. KnownError attachment.gone, .bytes_missing, or what the disk says."""
    _, data = _bytes_of(workspace, attachment, school)
    with write_beside(target, "attachment", need=len(data)) as stream:
        stream.write(data)
    return target


def copy_to_open(workspace: Workspace, attachment: str, school: str | None = None) -> Path:
    """A copy that the system may open, read-only, in a folder of the user that is emptied after a day.

    What somebody else packed is judged anew: KnownError attachment.executable, .macros, .not_opened.
    """
    name, data = _bytes_of(workspace, attachment, school)
    require_harmless(name, data)
    if not opens_here(name, data):
        raise KnownError("attachment.not_opened", file=name)
    opened = data_folder() / "opened"
    _forget_old(opened)
    folder = opened / new_row_id(workspace.clock.now())
    folder.mkdir(parents=True, mode=0o700)
    target = folder / name
    with write_beside(target, "attachment", need=len(data)) as stream:
        stream.write(data)
    target.chmod(stat.S_IRUSR)
    return target


def size_words(size: int) -> str:
    """«820 КБ», «1,4 МБ»."""
    if size < MEBIBYTE:
        return f"{number(max(1, -(-size // 1024)))}{NBSP}КБ"
    tenths = -(-size * 10 // MEBIBYTE)
    return f"{tenths // 10},{tenths % 10}{NBSP}МБ" if tenths % 10 else f"{number(tenths // 10)}{NBSP}МБ"


def _read(path: Path) -> bytes:
    """The bytes of a file by pieces, no more than the limit: the size that a folder tells is not believed."""
    name = safe_name(path.name)
    if path.is_dir():
        raise KnownError("attachment.is_folder", file=name)
    parts, size = [], 0
    try:
        with path.open("rb") as stream:
            while part := stream.read(_CHUNK):
                size += len(part)
                if size > LARGEST_FILE:
                    raise KnownError("attachment.too_large", file=name, limit_mb=LARGEST_FILE // MEBIBYTE)
                parts.append(part)
    except FileNotFoundError as error:
        raise KnownError("attachment.file_missing", file=name) from error
    except OSError as error:
        raise KnownError("attachment.unreadable", file=name) from error
    return b"".join(parts)


def _is_of(row: Attachment, owner: Owner) -> bool:
    return (row.owner_entity, row.owner_row, row.owner_field or "") == (owner.entity, owner.row, owner.field)


def _file(row: Attachment, sizes: Mapping[str, int]) -> AttachedFile:
    digest = row.digest or ""
    return AttachedFile(
        id=row.id,
        owner=Owner(row.owner_entity or "", row.owner_row or "", row.owner_field or ""),
        name=safe_name(row.file_name or ""),
        size=sizes.get(digest, row.size or 0),
        added=show_value(_ADDED, row.added_on),
        note=row.note or "",
        digest=digest,
        is_here=digest in sizes,
    )


_ADDED = entities()[Attachment.log_name].fields["added_on"]


def _bytes_of(workspace: Workspace, attachment: str, school: str | None) -> tuple[str, bytes]:
    place = school or workspace.school
    with workspace.reading() as reader:
        row = reader.row(Attachment, attachment, place)
        if row is None or row.hidden:
            raise KnownError("attachment.gone")
        name = safe_name(row.file_name or "")
        data = reader.records.blob(place, row.digest or "")
    if data is None:
        raise KnownError("attachment.bytes_missing", file=name)
    return name, data


def _forget_old(folder: Path) -> None:
    """Remove the copies of yesterday and before; one that is still open stays until the next time."""
    if not folder.is_dir():
        return
    oldest = time.time() - _KEPT_OPEN_SECONDS
    for one in folder.iterdir():
        with suppress(OSError):
            if one.stat().st_mtime < oldest:
                for file in one.iterdir():
                    os.chmod(file, stat.S_IRUSR | stat.S_IWUSR)
                shutil.rmtree(one)
