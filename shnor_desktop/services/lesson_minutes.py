"""Minutes of independent work in visited lessons, as the passport asks for them by level of education."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.facts.education import GRADES_OF, LEVELS
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.models.education import EducationLevel
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.lesson_visits import school_year
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class MinutesOfLevel:
    """Of the lessons of a level visited in a school year: minutes in all, of them independent work.

    `typed` is what the passport says: the same two numbers, None where it says nothing.
    """

    year: int
    level: str
    lessons: int
    lesson_minutes: int
    independent_minutes: int
    typed: tuple[int | None, int | None]

    @property
    def is_taken(self) -> bool:
        """The passport says the same."""
        return self.typed == (self.lesson_minutes, self.independent_minutes)

    @property
    def words(self) -> str:
        """«ООО: 60 из 240 мин»."""
        return f"{LEVELS[self.level]}: {self.independent_minutes} из {self.lesson_minutes} мин"


def minutes_of(facts: SchoolFacts) -> tuple[MinutesOfLevel, ...]:
    """The levels with visited lessons of this school year whose both numbers are typed."""
    grades = {item.id: item.grade for item in facts.classes}
    year = school_year(facts.as_of)
    sums: dict[str, list[tuple[int, int]]] = {}
    for visit in facts.visits:
        day, whole, own = visit.visited_on, visit.lesson_minutes, visit.independent_minutes
        if day is None or day > facts.as_of or school_year(day) != year or whole is None or own is None:
            continue
        grade = grades.get(visit.school_class or "")
        level = next((code for code, span in GRADES_OF.items() if grade in span), None)
        if level is not None and own <= whole:
            sums.setdefault(level, []).append((whole, own))
    typed = {row.level: (row.lesson_minutes, row.independent_minutes) for row in facts.levels if row.year == year}
    return tuple(
        MinutesOfLevel(
            year, level, len(found), sum(one for one, _ in found), sum(one for _, one in found),
            typed.get(level, (None, None)),
        )
        for level in LEVELS
        if (found := sums.get(level))
    )  # fmt: skip


def take_minutes(workspace: Workspace) -> Done:
    """Put the minutes of the visits into the passport, as one step; KnownError teaching.no_minutes."""
    rows = minutes_of(read_facts(workspace))
    if not rows:
        raise KnownError("teaching.no_minutes")
    info = info_of(EducationLevel)
    requests: list[ChangeRequest] = []
    for item in rows:
        row = records.row_id_for(workspace, info, {"year": item.year, "level": item.level})
        requests.append(Restore(info.log_name, row))
        values: dict[str, WireValue] = {
            "year": item.year,
            "level": item.level,
            "lesson_minutes": item.lesson_minutes,
            "independent_minutes": item.independent_minutes,
        }
        requests += [Set(info.log_name, row, name, value) for name, value in values.items()]
    operation = "внесено в паспорт: минуты посещённых уроков"
    batch = workspace.write(requests, operation)
    return Done(operation, batch=batch.name if batch else "")
