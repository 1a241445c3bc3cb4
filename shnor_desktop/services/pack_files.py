"""Methodology packs as files: examined in any folder, and shown whole as plain data."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.metrics import known_metric_names
from shnor_desktop.methodologies.loader import load_pack
from shnor_desktop.methodologies.shape import to_plain
from shnor_desktop.services.methodology import Packs, load_methodologies


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
    plain = {item.name: to_plain(getattr(pack, item.name)) for item in dataclasses.fields(pack)}
    return {**plain, "hash": pack.hash}
