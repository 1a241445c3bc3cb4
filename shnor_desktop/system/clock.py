"""The clock of the computer."""

from __future__ import annotations

from datetime import UTC, datetime


class SystemClock:
    """The present moment as the computer says it; it may be decades off, so nothing is ordered by it."""

    def now(self) -> datetime:
        """An aware UTC datetime."""
        return datetime.now(UTC)
