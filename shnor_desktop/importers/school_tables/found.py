"""What a table was found to say: records of an entity with their values, what is doubted, what has to be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from shnor_desktop.domain.errors import Param


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at; its words stand under `table_doubt.<code>`."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FoundValue:
    """A value for a field, as it is typed. One that is not sure is not taken unless a person ticks it."""

    value: object
    is_sure: bool = True
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class FoundRecord:
    """One row of an entity. `stops` is why it is not taken unless a person confirms it («отчёт другой школы»)."""

    entity: str
    title: str
    place: str
    values: Mapping[str, FoundValue]
    doubts: tuple[Doubt, ...] = ()
    stops: Doubt | None = None
    children: tuple[FoundRecord, ...] = ()
    details: tuple[FoundRecord, ...] = ()
    """Rows that go with it without being asked about one by one: primary scores, groups of participants."""

    def value(self, name: str) -> object:
        """The value of a field, or None."""
        found = self.values.get(name)
        return None if found is None else found.value


@dataclass(frozen=True, slots=True)
class Question:
    """What a file does not say: «own», «subject», «grade», «year» or «procedure», with what there is to choose."""

    name: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a table gave."""

    records: tuple[FoundRecord, ...] = ()
    questions: tuple[Question, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    own: str = ""
    """The row or column that was taken for the school's own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person answered; empty parts are read from the file."""

    own: str = ""
    procedure: str = ""
    subject: str = ""
    grade: int | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class OwnSchool:
    """By what the school's own row is known; the words of its name are folded."""

    login: str = ""
    words: frozenset[str] = frozenset()
    year: int = 2100
    """The year of today: a later one has not come yet."""
