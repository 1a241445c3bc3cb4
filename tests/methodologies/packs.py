"""The shipped packs, and copies of one that tests may spoil."""

from __future__ import annotations

import shutil
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
    pack = shipped().pack("tyumen-2024")
    assert pack is not None, shipped().problems
    return pack


def copy_of_tyumen(folder: Path, name: str = "tyumen-2024") -> Path:
    """A pack folder that may be spoiled."""
    return shutil.copytree(PACKS / "tyumen-2024", folder / name)


def spoil(pack: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` in a file; the line where it stood, from 1."""
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text, old
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1
