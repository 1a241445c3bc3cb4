"""Quarantine: bad files lie in a folder beside the store with the reason in words, and wait for a person.

A file keeps its name; beside it lies a `.txt` for whoever looks into the folder. It can be tried again (after the
sender was confirmed by phone), put back where it came from, or deleted. Kept as kind `quarantine`, by SHA-256.
"""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.limits import DEFAULT_LIMITS, MEBIBYTE
from shnor_desktop.exchange.package import free_path
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.services.verdicts import Verdict, VerdictCode
from shnor_desktop.services.workspace import Workspace

KIND = "quarantine"
_CHUNK = MEBIBYTE
_UNSEEN = frozenset({"package.file_missing", "package.unreadable"})


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file in quarantine. `path` is where it lies now, `origin` where it came from."""

    id: str
    file: str
    path: str
    origin: str
    code: str
    cause: str
    what: str
    means: str
    do: str
    sender: str
    number: int
    school: str
    fingerprint: str
    put_at: str

    @property
    def verdict(self) -> VerdictCode:
        """The verdict that brought it here."""
        return VerdictCode(self.code)

    @property
    def waits_for_call(self) -> bool:
        """Whether it can be taken in as soon as its sender is confirmed by phone."""
        return bool(self.fingerprint)


def folder_beside(workspace: Workspace) -> Path:
    """The quarantine of a store: a folder beside it."""
    path = workspace.store.path
    return path.with_name(f"{path.stem}-карантин")


def is_kept(verdict: Verdict) -> bool:
    """Whether a file with this verdict goes to quarantine: it is bad, and it could be read at all."""
    return not verdict.code.is_fine and verdict.code is not VerdictCode.NOT_STORED and verdict.cause not in _UNSEEN


def entries(workspace: Workspace) -> list[Quarantined]:
    """What lies in quarantine, newest first."""
    with workspace.reading() as reader:
        found = [kept_value(body, Quarantined) for body in reader.records.kept(KIND).values()]
    return sorted(found, key=lambda one: (one.put_at, one.file), reverse=True)


def entry(workspace: Workspace, identifier: str) -> Quarantined:
    """One of them; KnownError quarantine.not_here."""
    with workspace.reading() as reader:
        body = reader.records.kept_one(KIND, identifier)
    if body is None:
        raise KnownError("quarantine.not_here")
    return kept_value(body, Quarantined)


def put(
    workspace: Workspace, file: Path, verdict: Verdict, folder: Path | None = None, *, move: bool = False
) -> Quarantined:
    """Copy or move a bad file into quarantine with its reason; the same bytes once.

    KnownError quarantine.too_large, quarantine.disk_full and others of a folder, OSError of the file.
    """
    folder = folder or folder_beside(workspace)
    if not move and file.stat().st_size > DEFAULT_LIMITS.total_bytes:
        raise KnownError("quarantine.too_large", file=file.name, limit_mb=DEFAULT_LIMITS.total_bytes // MEBIBYTE)
    name = _digest(file)
    with workspace.reading() as reader:
        body = reader.records.kept_one(KIND, name)
    known = kept_value(body, Quarantined) if body is not None else None
    if known is not None and Path(known.path).exists():
        target = Path(known.path)
        if move and file.resolve() != target.resolve():
            file.unlink()
    else:
        folder.mkdir(parents=True, exist_ok=True)
        target = free_path(folder, file.name)
        _bring(file, target, move=move)
    found = Quarantined(
        id=name,
        file=file.name,
        path=str(target),
        origin=known.origin if known is not None else str(file),
        code=verdict.code.value,
        cause=verdict.cause,
        what=verdict.message.what,
        means=verdict.message.means,
        do=verdict.message.do,
        sender=verdict.sender,
        number=verdict.number,
        school=verdict.school,
        fingerprint=verdict.fingerprint,
        put_at=iso_utc(workspace.clock.now()),
    )
    _explain_beside(found)
    with workspace.writing() as transaction:
        transaction.records.keep(KIND, name, kept_json(found))
    return found


def retry(workspace: Workspace, identifier: str, trust: str = "") -> Verdict:
    """Try a file again; `trust` is the fingerprint that was compared by phone. What is taken in leaves the quarantine.

    KnownError quarantine.not_here, quarantine.file_missing.
    """
    found = _present(entry(workspace, identifier))
    verdict = import_package(workspace, Path(found.path), trust)
    if verdict.code.is_fine:
        _leave(workspace, found)
    elif verdict.code is not VerdictCode.NOT_STORED:
        put(workspace, Path(found.path), verdict, Path(found.path).parent)
    return verdict


def put_back(workspace: Workspace, identifier: str, folder: Path | None = None) -> Path:
    """Move a file back to where it came from, or into a folder; where it lies then.

    KnownError quarantine.not_here, .file_missing, .folder_missing and others of a folder.
    """
    found = _present(entry(workspace, identifier))
    origin = Path(found.origin)
    folder = folder or origin.parent
    if not folder.is_dir():
        raise KnownError("quarantine.folder_missing", folder=str(folder))
    if origin.parent == folder and origin.exists() and _digest(origin) == found.id:  # it was copied from there
        _leave(workspace, found)
        return origin
    target = free_path(folder, found.file)
    _bring(Path(found.path), target, move=True)
    _leave(workspace, found)
    return target


def delete(workspace: Workspace, identifier: str) -> None:
    """Delete a file from quarantine for ever; one that somebody took out already is only forgotten."""
    _leave(workspace, entry(workspace, identifier))


def _present(found: Quarantined) -> Quarantined:
    if not Path(found.path).is_file():
        raise KnownError("quarantine.file_missing", file=found.file, folder=str(Path(found.path).parent))
    return found


def _leave(workspace: Workspace, found: Quarantined) -> None:
    with workspace.writing() as transaction:
        transaction.records.drop(KIND, found.id)
    for path in (Path(found.path), _words_beside(found)):
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _bring(file: Path, target: Path, *, move: bool) -> None:
    size = file.stat().st_size
    if move:
        with suppress(OSError):  # another disk: copied, then removed
            file.rename(target)
            return
    with file.open("rb") as source, write_beside(target, "quarantine", need=size) as stream:
        shutil.copyfileobj(source, stream, _CHUNK)
    if move:
        file.unlink()


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


def _words_beside(found: Quarantined) -> Path:
    path = Path(found.path)
    return path.with_name(f"{path.name}.txt")


def _explain_beside(found: Quarantined) -> None:
    lines = [
        f"Файл: {found.file}",
        f"Вердикт: {found.verdict.caption}",
        *([f"Отправитель: {found.sender}"] if found.sender else []),
        *([f"Пакет № {found.number}"] if found.number else []),
        "",
        *(line for line in (found.what, found.means, found.do) if line),
        "",
        f"Откуда: {found.origin}",
        f"Положен в карантин: {found.put_at}",
        "Данные программы не изменились. Принять, вернуть или удалить файл можно на странице «Приём», «Карантин».",
    ]
    data = "\r\n".join(lines).encode("utf-8-sig", "replace")
    with write_beside(_words_beside(found), "quarantine", need=len(data)) as stream:
        stream.write(data)
