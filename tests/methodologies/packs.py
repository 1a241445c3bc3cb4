"""The shipped packs, and copies of one that tests may spoil."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.metrics import known_metric_names
from shnor_desktop.methodologies import LoadedPacks, load_packs
from shnor_desktop.system.paths import resource

PACKS = resource("methodologies")
METRICS = frozenset(known_metric_names())


@cache
def shipped() -> LoadedPacks:
    return load_packs(PACKS, METRICS)


def tyumen() -> Pack:
    return pack_of("tyumen-2024")


def pack_of(pack_id: str) -> Pack:
    """A shipped pack."""
    pack = shipped().pack(pack_id)
    assert pack is not None, shipped().problems
    return pack


def copy_of_tyumen(folder: Path, name: str = "tyumen-2024") -> Path:
    """A pack folder that may be spoiled, with the common part that it inherits beside it."""
    if not (folder / "common").exists():
        shutil.copytree(PACKS / "common", folder / "common")
    return shutil.copytree(PACKS / "tyumen-2024", folder / name)


@dataclass(frozen=True)
class Spoilt:
    """A place in a file, as problems name it."""

    file: str
    line: int


def spoil(pack: Path, file: str, old: str, new: str) -> Spoilt:
    """Replace the first `old` in a file of the pack, else in that of the common part; where it stood, from 1."""
    shown, path = file, pack / file
    if not path.exists() or old not in path.read_text(encoding="utf-8"):
        shown, path = f"../common/{file}", pack.parent / "common" / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return Spoilt(shown, text[: text.index(old)].count("\n") + 1)
