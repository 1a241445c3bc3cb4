"""What a check of a store found: where, and whether the log is hurt or only what is made from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shnor_desktop.domain.errors import KnownError


class DamageKind(StrEnum):
    """What is hurt, in the order of how bad it is."""

    FILE = "file"
    FORM = "form"
    LOG = "log"
    BLOB = "blob"
    LOCAL = "local"
    PROJECTION = "projection"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was written. `reason` is for the log file and for support by phone."""

    kind: DamageKind
    reason: str
    table: str = ""
    place: str = ""
    school: str = ""

    @property
    def error(self) -> KnownError:
        """The finding as a failure, for which there are words."""
        details = {"table": self.table, "place": self.place, "school": self.school, "reason": self.reason}
        return KnownError(f"store.check_{self.kind}", **details)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What was looked through, and what was found."""

    findings: tuple[Finding, ...]
    schools: tuple[str, ...] = ()
    batches: int = 0
    values: int = 0
    rows: int = 0

    @property
    def is_clean(self) -> bool:
        """Nothing was found."""
        return not self.findings

    @property
    def can_be_projected_again(self) -> bool:
        """Only what is made from the log is hurt: `repair_projection` mends it, no backup is needed."""
        return bool(self.findings) and all(found.kind is DamageKind.PROJECTION for found in self.findings)


def few(findings: list[Finding], limit: int = 200) -> tuple[Finding, ...]:
    """The worst findings first, and no more than a person reads."""
    order = list(DamageKind)
    return tuple(sorted(findings, key=lambda found: order.index(found.kind))[:limit])
