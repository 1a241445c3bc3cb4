"""Figures of the staff list. Everyone on the list counts, as the page «Кадры» shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import partial

from shnor_desktop.domain.facts import SchoolFacts, StaffFact
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.registry import Metric, metric
from shnor_desktop.domain.metrics.values import (
    UNKNOWN,
    MetricValue,
    Missing,
    count,
    ratio,
    ref,
    share_of_rows,
)
from shnor_desktop.domain.russian import plural

CORE_SUBJECTS = frozenset({"russian", "math"})
TRAINING_YEARS = 3
YOUNG_BELOW = 35
_NO_STAFF = "Заполните список педагогов"

_staff = partial(Metric, page="staff", entity="staff_member", needs=_NO_STAFF)
_share = partial(_staff, denominator_caption="Всего педагогов")


def is_training_overdue(person: StaffFact, as_of: date) -> bool:
    """The last courses ended more than three years ago, or there were none."""
    if person.last_training is None:
        return True
    return _years_later(person.last_training, TRAINING_YEARS) < as_of


def gives_lessons(person: StaffFact) -> bool:
    """A teacher by post, or anyone with a subject."""
    return person.position in ("teacher", "primary_teacher") or bool(person.subjects)


def teaches_core_subject(person: StaffFact) -> bool:
    """A teacher of Russian or mathematics, whom the model wants to have a mentor."""
    return not CORE_SUBJECTS.isdisjoint(person.subjects)


@metric(_staff(name="staff.count", caption="Педагогов", unit="чел."))
def staff_count(facts: SchoolFacts) -> MetricValue:
    return count(facts.staff) if facts.staff else UNKNOWN


@metric(
    _share(
        name="staff.share_highest_category",
        caption="Доля педагогов с высшей категорией",
        numerator_caption="Педагогов с высшей категорией",
        polarity=Polarity.HIGHER_BETTER,
    )
)
def share_highest_category(facts: SchoolFacts) -> MetricValue:
    return _share_with(facts, "category", "категория", lambda person: person.category == "highest")


@metric(
    _share(
        name="staff.share_any_category",
        caption="Доля педагогов с высшей или первой категорией",
        numerator_caption="Педагогов с категорией",
        polarity=Polarity.HIGHER_BETTER,
    )
)
def share_any_category(facts: SchoolFacts) -> MetricValue:
    return _share_with(facts, "category", "категория", lambda person: person.category in ("highest", "first"))


@metric(
    _share(
        name="staff.share_under_35",
        caption="Доля педагогов моложе 35 лет",
        numerator_caption="Педагогов моложе 35 лет",
        polarity=Polarity.HIGHER_BETTER,
    )
)
def share_under_35(facts: SchoolFacts) -> MetricValue:
    def is_young(person: StaffFact) -> bool:
        return person.birth_year is not None and facts.as_of.year - person.birth_year < YOUNG_BELOW

    return _share_with(facts, "birth_year", "год рождения", is_young)


@metric(
    _share(
        name="staff.share_pension_age",
        caption="Доля педагогов пенсионного возраста",
        numerator_caption="Педагогов пенсионного возраста",
        polarity=Polarity.LOWER_BETTER,
    )
)
def share_pension_age(facts: SchoolFacts) -> MetricValue:
    return share_of_rows([person for person in facts.staff if person.retired], facts.staff)


@metric(
    _share(
        name="staff.share_training_overdue",
        caption="Доля педагогов с просроченным повышением квалификации",
        numerator_caption="Педагогов без курсов за три года",
        polarity=Polarity.LOWER_BETTER,
    )
)
def share_training_overdue(facts: SchoolFacts) -> MetricValue:
    return share_of_rows([person for person in facts.staff if is_training_overdue(person, facts.as_of)], facts.staff)


@metric(
    _share(
        name="staff.share_project_technology",
        caption="Доля педагогов, применяющих проектную технологию на уроках",
        numerator_caption="Педагогов, применяющих проектную технологию",
        denominator_caption="Педагогов, которые ведут уроки",
        polarity=Polarity.HIGHER_BETTER,
        needs="Заполните список педагогов и отметьте, кто применяет проектную технологию",
    )
)
def share_project_technology(facts: SchoolFacts) -> MetricValue:
    teaching = replace(facts, staff=tuple(person for person in facts.staff if gives_lessons(person)))
    return _share_with(
        teaching, "project_technology", "ответ о проектной технологии", lambda person: bool(person.project_technology)
    )


@metric(
    _share(
        name="staff.share_trained_for_categories",
        caption="Доля педагогов, прошедших курсы по работе с разными категориями обучающихся",
        numerator_caption="Педагогов, прошедших такие курсы",
        polarity=Polarity.HIGHER_BETTER,
        needs="Заполните список педагогов и отметьте, кто прошёл курсы по работе с категориями обучающихся",
    )
)
def share_trained_for_categories(facts: SchoolFacts) -> MetricValue:
    return _share_with(
        facts,
        "trained_for_categories",
        "ответ, прошёл ли курсы по категориям",
        lambda person: bool(person.trained_for_categories),
    )


@metric(
    Metric(
        name="staff.vacancies",
        caption="Вакансий педагогов",
        unit="ед.",
        polarity=Polarity.LOWER_BETTER,
        page="passport",
        entity="school",
        needs="Укажите в паспорте, сколько вакансий педагогов (0, если их нет)",
    )
)
def vacancies(facts: SchoolFacts) -> MetricValue:
    school = facts.school
    if school is None or school.vacancies is None:
        return UNKNOWN
    return MetricValue(Decimal(school.vacancies), school.vacancies, None, (ref(school),))


@metric(
    _staff(
        name="staff.mean_workload",
        caption="Средняя учебная нагрузка педагога",
        unit="ч в неделю",
        numerator_caption="Часов в неделю всего",
        denominator_caption="Педагогов с нагрузкой",
        polarity=Polarity.LOWER_BETTER,
        needs="Укажите нагрузку педагогов в списке кадров",
    )
)
def mean_workload(facts: SchoolFacts) -> MetricValue:
    loaded = [(person, person.workload) for person in facts.staff if person.workload is not None]
    total = sum((hours for _, hours in loaded), Decimal(0))
    return ratio(total, len(loaded), (ref(person, note=f"{hours.normalize():f} ч") for person, hours in loaded))


@metric(
    _staff(
        name="staff.core_subject_teachers",
        caption="Учителей русского языка и математики",
        unit="чел.",
        needs="Укажите предметы педагогов в списке кадров",
    )
)
def core_subject_teachers(facts: SchoolFacts) -> MetricValue:
    if not any(person.subjects for person in facts.staff):
        return UNKNOWN
    return count([person for person in facts.staff if teaches_core_subject(person)])


@metric(
    _staff(
        name="staff.share_mentored_core_subjects",
        caption="Доля учителей русского языка и математики, у которых есть наставник",
        numerator_caption="Учителей с наставником",
        denominator_caption="Учителей русского языка и математики, которым нужен наставник",
        polarity=Polarity.HIGHER_BETTER,
        needs="Укажите предметы педагогов и отметьте в их ИОМ, есть ли наставник",
    )
)
def share_mentored_core_subjects(facts: SchoolFacts) -> MetricValue:
    """Those who need no mentor are left out; one without a plan is one without a mentor."""
    mentoring: dict[str | None, set[str | None]] = {}
    for plan in facts.plans:
        mentoring.setdefault(plan.teacher, set()).add(plan.mentoring)
    states = [(person, mentoring.get(person.id, set())) for person in facts.staff if teaches_core_subject(person)]
    needing = [(person, found) for person, found in states if "has" in found or "not_needed" not in found]
    if states and not needing:
        sentence = "Наставник никому не требуется: показатель не вычисляется"
        return MetricValue(None, 0, 0, missing=(Missing("development", "development_plan", sentence),))
    mentored = [person for person, found in needing if "has" in found]
    return share_of_rows(mentored, [person for person, _ in needing])


def _share_with(facts: SchoolFacts, field: str, named: str, holds: Callable[[StaffFact], bool]) -> MetricValue:
    """A share that is unknown while the field is empty for anyone on the list."""
    gaps = [person for person in facts.staff if getattr(person, field) is None]
    if gaps:
        return MetricValue(None, missing=_gaps(gaps, field, named))
    return share_of_rows([person for person in facts.staff if holds(person)], facts.staff)


def _gaps(people: Sequence[StaffFact], field: str, named: str) -> tuple[Missing, ...]:
    found = plural(len(people), "педагога", "педагогов", "педагогов")
    sentence = f"Не указана {named} у {found}" if named.endswith("я") else f"Не указан {named} у {found}"
    return (Missing("staff", "staff_member", sentence, people[0].id, field),)


def _years_later(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)
