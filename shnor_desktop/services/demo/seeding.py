"""Everything that a seed gives: random numbers, ids of rows, keys and a clock that walks through the demo's year."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import subject_of
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.services.desks import ROW_SECRET_BYTES, DeskIds

DEMO_DAY = date(2024, 10, 15)
"""The day on which the demo stands still, whatever the calendar says: the programme of 2024 is under way."""
KEYS_MADE = datetime(2024, 1, 15, 6, 0, tzinfo=UTC)


@dataclass(slots=True)
class DemoClock:
    """A clock that shows the moment it was set to: the history of a demo store reads like a year of work."""

    moment: datetime

    def now(self) -> datetime:
        """The moment that was set."""
        return self.moment

    def move_to(self, day: date, hour: int = 9) -> None:
        """Go on to a working hour of a day, never back."""
        self.moment = max(self.moment + timedelta(minutes=1), datetime.combine(day, time(hour, 20), UTC))


class Seeded:
    """The random numbers and ids of one school or centre of a demo: the same seed and code give the same."""

    def __init__(self, seed: int, code: str) -> None:
        self.code = code
        self._name = f"shnor demo {seed} {code}"
        self.random = Random(self._name)
        self._rows = Random(f"{self._name} rows")
        self._next_row = int(KEYS_MADE.timestamp() * 1000)

    def row_id(self) -> str:
        """An id of version 7 whose time only counts up: rows sort in the order in which they were made."""
        self._next_row += 1
        value = self._next_row << 80 | self._rows.getrandbits(80)
        value = value & ~(0xF << 76) | 0x7 << 76
        value = value & ~(0x3 << 62) | 0x2 << 62
        return str(uuid.UUID(int=value))

    def desk_ids(self) -> DeskIds:
        """The id of the school and its secret from the seed. The store's id is new each time: two files made from
        one seed are two stores, so that their replicas never share a chain."""
        source = Random(f"{self._name} ids")
        school = str(uuid.UUID(int=source.getrandbits(128), version=4))
        return DeskIds(str(uuid.uuid4()), school, source.randbytes(ROW_SECRET_BYTES))

    def identity(self, role: WriterRole, name: str) -> Identity:
        """The key and certificate, known in advance to whoever knows the seed: for demo data alone."""
        entropy = Random(f"{self._name} key").randbytes
        return Identity.create(subject_of(self.code, role, name, name, is_demo=True), KEYS_MADE, entropy)
