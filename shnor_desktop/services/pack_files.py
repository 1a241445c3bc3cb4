"""Methodology packs as files: examined in any folder, shown whole as plain data, written and taken as one file."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology.pack import NOT_OF_THE_FILE
from shnor_desktop.domain.metrics import known_metric_names
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.methodologies.examining import LARGEST
from shnor_desktop.methodologies.loader import load_pack, pack_to_canonical
from shnor_desktop.methodologies.shape import to_plain
from shnor_desktop.services import pack_shelf
from shnor_desktop.services.methodology import Packs, load_methodologies
from shnor_desktop.services.pack_shelf import PackSource, ShelfEntry
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind


def examine_packs(folder: Path | None = None) -> Packs:
    """The sound packs of a folder and the faults of the others; a folder that is itself a pack counts as one.

    KnownError methodology.no_packs for a folder without any.
    """
    if folder is not None and (folder / "pack.toml").is_file():
        pack, problems = load_pack(folder, known_metric_names())
        return Packs([pack] if pack else [], problems)
    found = load_methodologies(folder)
    if not found.packs and not found.problems:
        raise KnownError("methodology.no_packs", folder=str(folder or ""))
    return found


def pack_content(pack: Pack) -> dict[str, object]:
    """A pack as plain data, every field of it, empty ones too; with the hash by which it is named in packages."""
    plain = {
        item.name: to_plain(getattr(pack, item.name))
        for item in dataclasses.fields(pack)
        if item.name not in NOT_OF_THE_FILE
    }
    return {**plain, "hash": pack.hash}


def named_pack(name: str) -> Pack:
    """A pack by its id, or by the file that it was written to; KnownError methodology.unknown and those of a file."""
    found = load_methodologies().find(name)
    if found is not None:
        return found
    if not Path(name).is_file():
        raise KnownError("methodology.unknown", id=name)
    return read_pack_file(Path(name))


def write_pack_file(pack: Pack, target: Path) -> int:
    """Write a pack as it travels, whole or not at all; the size in bytes. An existing file is not touched."""
    if target.exists():
        raise KnownError("pack_editing.file_exists", file=target.name)
    data = pack_to_canonical(pack)
    with write_beside(target, "document", need=len(data)) as stream:
        stream.write(data)
    return len(data)


def read_pack_file(file: Path) -> Pack:
    """A pack from such a file, checked by every rule; KnownError pack_editing.*, methodology.*, json.*."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        raise KnownError("pack_editing.file_unreadable", file=file.name) from error
    return pack_shelf.read_received(data)


def take_pack_file(workspace: Workspace, file: Path) -> Pack:
    """Put the pack of a file on the shelf of a centre; to a school a methodology comes in a signed package only."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    pack = read_pack_file(file)
    with workspace.writing() as transaction:
        entry = ShelfEntry(pack.hash, PackSource.OWN, iso_utc(workspace.clock.now()))
        pack_shelf.keep(transaction.records, pack_to_canonical(pack), entry)
    return pack
