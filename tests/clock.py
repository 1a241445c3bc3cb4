"""A clock that stands still until a test moves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(slots=True)
class FixedClock:
    """Meets `shnor_desktop.domain.clock.Clock`; the first moment is a working morning of the school year."""

    moment: datetime = datetime(2024, 9, 2, 8, 0, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the moment that was set: an aware UTC datetime."""
        return self.moment

    def advance(self, by: timedelta | None = None, **parts: float) -> datetime:
        """Move on by a timedelta or by its parts (`advance(days=1)`), backwards too, and return the new moment."""
        self.moment += by if by is not None else timedelta(**parts)
        return self.moment
