"""Facts of the passport: the school, its buildings, classes and staff."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from shnor_desktop.domain.facts.base import Fact

CONDITIONS: Mapping[str, str] = MappingProxyType(
    {
        "repair": "здание не требует капитального ремонта",
        "comfort": "отопление, водопровод и тёплые туалеты",
        "meals": "горячее питание для всех",
        "gym": "спортивный зал или площадка",
        "medical": "медицинский кабинет",
        "access": "доступная среда для детей с ОВЗ",
        "safety": "охрана и пожарная сигнализация",
        "laboratories": "оборудованные кабинеты физики, химии, биологии",
        "computers": "компьютерный класс не старше пяти лет",
        "internet": "интернет на уроках",
        "library": "библиотека с учебниками на каждого",
        "platform": "электронный журнал и обучающая платформа",
    }
)
"""What a school that meets modern conditions has, by code; the list is a proposal of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolContext(Fact):
    """Passport and context of the school."""

    entity = "school"
    title_field = "short_name"

    code: str | None = None
    short_name: str | None = None
    full_name: str | None = None
    kind: str | None = None
    municipality: str | None = None
    locality: str | None = None
    territory: str | None = None
    director: str | None = None
    support_level: str | None = None
    pupils: int | None = None
    pupils_as_of: date | None = None
    pupils_sen: int | None = None
    pupils_not_native: int | None = None
    pupils_single_parent: int | None = None
    pupils_low_income: int | None = None
    pupils_large_family: int | None = None
    pupils_unemployed: int | None = None
    pupils_on_register: int | None = None
    pupils_guardianship: int | None = None
    parents_higher_education: int | None = None
    pupils_at_risk: int | None = None
    pupils_bussed: int | None = None
    distance_km: Decimal | None = None
    is_small: bool | None = None
    computers: int | None = None
    internet_mbps: Decimal | None = None
    vacancies: int | None = None
    psychologist: bool | None = None
    speech_therapist: bool | None = None
    social_teacher: bool | None = None
    grade9_hours: int | None = None
    grade9_elective_hours: int | None = None
    pupils_individual_plan: int | None = None
    distance_courses: bool | None = None
    distance_courses_for_others: bool | None = None
    pupils_extra: int | None = None
    parents: int | None = None
    parents_in_governance: int | None = None
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingFact(Fact):
    """A building or branch."""

    entity = "building"
    title_field = "name"

    name: str | None = None
    is_branch: bool | None = None
    pupils: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassFact(Fact):
    """A class of the current year."""

    entity = "school_class"

    grade: int | None = None
    letter: str | None = None
    pupils: int | None = None
    building: str | None = None

    @property
    def label(self) -> str:
        """«5А», «7 класс»."""
        if self.grade is None:
            return ""
        return f"{self.grade}{self.letter}" if self.letter else f"{self.grade} класс"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffFact(Fact):
    """A person of the staff list."""

    entity = "staff_member"
    title_field = "full_name"

    full_name: str | None = None
    position: str | None = None
    subjects: tuple[str, ...] = ()
    birth_year: int | None = None
    education: str | None = None
    experience: int | None = None
    category: str | None = None
    last_training: date | None = None
    workload: Decimal | None = None
    is_external: bool | None = None
    retired: bool | None = None
    project_technology: bool | None = None
    trained_for_categories: bool | None = None
