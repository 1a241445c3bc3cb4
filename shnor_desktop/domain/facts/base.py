"""What every fact has: the id of its row, the log name of its entity, a label for people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One row of one entity; `entity` is the log name of the entity, `title_field` the field that names the row."""

    entity: ClassVar[str] = ""
    title_field: ClassVar[str] = ""

    id: str = ""

    @property
    def label(self) -> str:
        """The row as a reader knows it; empty while it has no name."""
        value = getattr(self, self.title_field) if self.title_field else ""
        return " ".join(str(value).split()) if value is not None else ""
