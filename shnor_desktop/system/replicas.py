"""Which replica this profile is in a store: remembered beside the key, never in the store file.

A store that was restored, copied or moved shows a chain that is shorter or other than the one this profile sealed;
then a new replica starts. Format 1: {"<store id>": {"replica": id, "sealed": {"<school>": [sequence, name]}}}.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Head


@dataclass(frozen=True, slots=True)
class ReplicaMemory:
    """A replica of this profile and what it has sealed, per school."""

    replica: str
    sealed: dict[str, Head] = field(default_factory=dict)


class ReplicaRegister:
    """The file of this profile's replicas."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, store: str) -> ReplicaMemory | None:
        """What this profile remembers of a store."""
        entry = self._read().get(store)
        if entry is None:
            return None
        return ReplicaMemory(entry["replica"], {school: Head(*head) for school, head in entry["sealed"].items()})

    def put(self, store: str, memory: ReplicaMemory) -> None:
        """Remember; written beside, synced, renamed over."""
        entries = self._read()
        entries[store] = {"replica": memory.replica, "sealed": {k: list(head) for k, head in memory.sealed.items()}}
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
