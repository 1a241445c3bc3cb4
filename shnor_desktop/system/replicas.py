"""Which replica this profile is in a store: remembered beside the key, never in the store file.

A store that was restored shows a chain that is shorter or other than the one this profile sealed; then a new replica
starts. So it does for a copy: a file at another place while the first one is still there. Format 1:
{"<store id>": {"replica": id, "place": path, "sealed": {"<school>": [sequence, name]}}}; copies stand under
"<store id>@<mark of the place>".
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Head

_MARK = 16


def _spelled(place: Path) -> str:
    """A place as it is kept: below the user's folder from there on, so that the user is not named."""
    spelled, home = os.path.normcase(os.path.realpath(place)), os.path.normcase(os.path.realpath(Path.home()))
    return os.path.join("~", os.path.relpath(spelled, home)) if Path(spelled).is_relative_to(home) else spelled


def _key(entries: Mapping[str, Any], store: str, place: Path) -> str:
    """Under what name a store is remembered: a moved one under its own, a copy of one that is still there beside it."""
    first = entries.get(store, {}).get("place", "")
    spelled = _spelled(place)
    if first in ("", spelled) or not Path(first).expanduser().is_file():
        return store
    return f"{store}@{hashlib.sha256(os.fsencode(spelled)).hexdigest()[:_MARK]}"


@dataclass(frozen=True, slots=True)
class ReplicaMemory:
    """A replica of this profile and what it has sealed, per school."""

    replica: str
    sealed: dict[str, Head] = field(default_factory=dict)
    place: str = ""
    """Where the store lay; set by the register."""

    def is_at(self, place: Path) -> bool:
        """Whether the store lies where it lay."""
        return self.place == _spelled(place)


class ReplicaRegister:
    """The file of this profile's replicas."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, store: str, place: Path) -> ReplicaMemory | None:
        """What this profile remembers of a store that lies there."""
        entries = self._read()
        entry = entries.get(_key(entries, store, place))
        if entry is None:
            return None
        sealed = {school: Head(*head) for school, head in entry["sealed"].items()}
        return ReplicaMemory(entry["replica"], sealed, entry.get("place", ""))

    def put(self, store: str, memory: ReplicaMemory, place: Path) -> None:
        """Remember; written beside, synced, renamed over."""
        entries = self._read()
        sealed = {school: list(head) for school, head in memory.sealed.items()}
        entry = {"replica": memory.replica, "place": _spelled(place), "sealed": sealed}
        entries[_key(entries, store, place)] = entry
        data = json.dumps(entries, ensure_ascii=False, indent=1, sort_keys=True).encode("utf-8")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            beside = self._path.with_suffix(".new")
            with beside.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(self._path)
        except OSError as error:
            raise KnownError("profile.not_written", folder=str(self._path.parent)) from error

    def _read(self) -> dict[str, Any]:
        try:
            entries = json.loads(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise KnownError("profile.damaged", file=str(self._path)) from error
        return entries if isinstance(entries, dict) else {}
