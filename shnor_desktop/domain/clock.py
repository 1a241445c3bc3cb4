"""Time is passed in: nothing below the services asks the system for it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol

_FIRST_YEAR, _LAST_YEAR = 1970, 2999  # what the C library of Windows turns into local time


class Clock(Protocol):
    """Gives the present moment as an aware UTC datetime."""

    def now(self) -> datetime: ...


def iso_utc(moment: datetime) -> str:
    """The canonical form of a moment: UTC, whole seconds, «2024-03-01T09:05:00Z»."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def parse_utc(text: str) -> datetime:
    """Read what `iso_utc` wrote; ValueError for any other spelling, and for years that not every system can show."""
    moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    if iso_utc(moment) != text or not _FIRST_YEAR <= moment.year <= _LAST_YEAR:
        raise ValueError(text)
    return moment
