"""A place that a page can be opened at: an entity, a row of it, a field of the row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """Written «entity:row:field»; parts at the end may be left out."""

    entity: str = ""
    row: str = ""
    field: str = ""

    @classmethod
    def of(cls, text: str) -> Target:
        """Read a target as the window and the search pass it."""
        parts = (*text.split(":", 2), "", "", "")
        return cls(*parts[:3])

    def __str__(self) -> str:
        return ":".join((self.entity, self.row, self.field)).rstrip(":")
