"""What is wrong with a pack, and where: file, key and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shnor_desktop.domain.errors import KnownError, Param

KeyPath = tuple[str | int, ...]
"""Where a value stands in a pack: `("factors", 2, "thresholds")`; indexes from 0."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault of a pack as the checks see it, before it is known on which line it stands."""

    code: str
    path: KeyPath
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PackProblem:
    """A fault of a pack with its place; `line` is 0 where there is none (a missing file, a travelling pack)."""

    pack: str
    """The name of the pack's folder, or the id of a travelling pack."""
    code: str
    file: str
    key: str
    line: int
    params: Mapping[str, Param] = field(default_factory=dict)

    def as_error(self) -> KnownError:
        """The same as an error, so that it is worded like all others."""
        place: dict[str, Param] = {"pack": self.pack, "file": self.file, "key": self.key, "line": self.line}
        return KnownError(self.code, **place, **self.params)


def shown_key(path: KeyPath) -> str:
    """A path as people count: `factors[3].thresholds`, indexes from 1."""
    shown = ""
    for part in path:
        if isinstance(part, int):
            shown += f"[{part + 1}]"
        else:
            shown += f".{part}" if shown else part
    return shown
