"""The data key of a closed store: 32 bytes that nothing prints, logs or writes down."""

from __future__ import annotations

from dataclasses import dataclass, field

from shnor_desktop.domain.errors import BugError

KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class StoreKey:
    """What the database is encrypted with."""

    raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.raw) != KEY_BYTES:
            raise BugError("a key of another length")

    def __reduce__(self) -> str:
        raise BugError("a key stays in its process")
