"""Facts that are counted once a year or once a survey: levels, graduates, directions, offers, literacy, parents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from shnor_desktop.domain.facts.base import Fact

LEVELS: Mapping[str, str] = MappingProxyType({"primary": "НОО", "basic": "ООО", "secondary": "СОО"})
"""Levels of education by their codes, in order."""
GRADES_OF: Mapping[str, range] = MappingProxyType(
    {"primary": range(1, 5), "basic": range(5, 10), "secondary": range(10, 13)}
)
LITERACIES: Mapping[str, str] = MappingProxyType(
    {
        "reading": "читательская",
        "mathematical": "математическая",
        "scientific": "естественно-научная",
        "financial": "финансовая",
        "global": "глобальные компетенции",
        "creative": "креативное мышление",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectionFact(Fact):
    """A direction of in-depth or profile study."""

    entity = "study_direction"
    title_field = "title"

    title: str | None = None
    kind: str | None = None
    grades: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFact(Fact):
    """An offer of additional education."""

    entity = "extra_offer"
    title_field = "title"

    title: str | None = None
    sphere: str | None = None
    is_outside: bool | None = None
    pupils: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelFact(Fact):
    """A level of education in a school year."""

    entity = "education_level"

    year: int | None = None
    level: str | None = None
    pupils_in_depth: int | None = None
    lesson_minutes: int | None = None
    independent_minutes: int | None = None

    @property
    def label(self) -> str:
        """«ООО, 2023/2024»."""
        year = f"{self.year}/{self.year + 1}" if self.year is not None else ""
        return ", ".join(part for part in (LEVELS.get(self.level or "", self.level or ""), year) if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraduationFact(Fact):
    """The graduates of a year."""

    entity = "graduation"

    year: int | None = None
    level: str | None = None
    graduates: int | None = None
    passed_both: int | None = None
    certificates: int | None = None
    profile_pupils: int | None = None
    profile_chose: int | None = None
    profile_passed: int | None = None

    @property
    def label(self) -> str:
        """«Выпуск 2024 г., 9 класс»."""
        year = f"Выпуск {self.year} г." if self.year is not None else "Выпуск"
        return f"{year}, {self.level} класс" if self.level else year


@dataclass(frozen=True, slots=True, kw_only=True)
class LiteracyFact(Fact):
    """An assessment of functional literacy."""

    entity = "literacy_check"

    year: int | None = None
    kind: str | None = None
    grade: int | None = None
    participants: int | None = None
    below_base: int | None = None

    @property
    def label(self) -> str:
        """«читательская, 8 класс, 2024 г.»."""
        parts = (
            LITERACIES.get(self.kind or "", self.kind or ""),
            f"{self.grade} класс" if self.grade is not None else "",
            f"{self.year} г." if self.year is not None else "",
        )
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyFact(Fact):
    """A survey of the parents."""

    entity = "parent_survey"
    title_field = "question"

    held_on: date | None = None
    question: str | None = None
    asked: int | None = None
    satisfied: int | None = None
