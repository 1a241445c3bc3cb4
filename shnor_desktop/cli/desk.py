"""Opening a store for a command: to be read beside a running program, or to be written under its lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shnor_desktop.cli.parsing import WrongCall
from shnor_desktop.cli.passphrase import key_of
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.centre import schools
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.services.workspace import StoreKind, Workspace


@contextmanager
def desk(path: Path) -> Iterator[Workspace]:
    """The desk of a store, closed at the end."""
    workspace = open_desk(path, system_clock(), key=key_of(path))
    try:
        yield workspace
    finally:
        workspace.close()


@contextmanager
def desk_for_reading(path: Path) -> Iterator[Workspace]:
    """The same without its lock, so that support can look while the program works; an older store is upgraded first."""
    key = key_of(path)
    try:
        workspace = open_desk(path, system_clock(), read_only=True, key=key)
    except KnownError as error:
        if error.code != "store.older_read_only":
            raise
        workspace = open_desk(path, system_clock(), key=key)
    try:
        yield workspace
    finally:
        workspace.close()


def school_of(workspace: Workspace, code: str | None) -> str:
    """The id of the school of a code; on the desk of a school its own when no code is named."""
    if workspace.kind is StoreKind.SCHOOL and not code:
        return workspace.school
    if not code:
        raise WrongCall("в хранилище центра много школ: укажите одну через --school КОД")
    return school_by_code(workspace, code)


def school_by_code(workspace: Workspace, code: str) -> str:
    """The id of the school of a code; KnownError call.no_such_school, .school_code_twice."""
    if workspace.kind is StoreKind.SCHOOL:
        with workspace.reading() as reader:
            if reader.records.meta("code") == code:
                return workspace.school
        raise KnownError("call.no_such_school", school=code)
    found = [line.id for line in schools(workspace) if line.code == code]
    if len(found) > 1:
        raise KnownError("call.school_code_twice", school=code, count=len(found))
    if not found:
        raise KnownError("call.no_such_school", school=code)
    return found[0]
