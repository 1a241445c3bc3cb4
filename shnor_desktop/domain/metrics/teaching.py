"""Figures of how the school teaches: directions, in-depth study, electives, individual plans, distance courses,
independent work in a lesson."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial

from shnor_desktop.domain.facts import LevelFact, SchoolFacts
from shnor_desktop.domain.facts.education import GRADES_OF, LEVELS
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.counts import Counted, PartOfWhole
from shnor_desktop.domain.metrics.grades import NINTH, SENIOR, absence_of, levels_of, pupils_in
from shnor_desktop.domain.metrics.registry import Metric, metric, metric_by_year
from shnor_desktop.domain.metrics.values import (
    UNKNOWN,
    YES_NO,
    MetricPart,
    MetricValue,
    Missing,
    count,
    does_not_apply,
    ref,
    refs,
    share,
    yes_no,
)

_MINUTES = PartOfWhole(
    "passport",
    Counted("independent_minutes", "Из них самостоятельная работа учеников"),
    Counted("lesson_minutes", "Посещённые уроки: минут всего"),
    "Уроки в этом году не посещали",
)
_HOURS = PartOfWhole(
    "passport",
    Counted("grade9_elective_hours", "Из них элективные курсы"),
    Counted("grade9_hours", "Учебных часов в 9 классе за год"),
    "Учебных часов в 9 классе нет",
)

_INDEPENDENT = "Доля времени урока на самостоятельную работу"

_teaching = partial(Metric, page="passport", polarity=Polarity.HIGHER_BETTER)
_school = partial(_teaching, entity="school")
_levels = partial(_teaching, entity="education_level")
_lessons = partial(
    _levels,
    numerator_caption="Минут самостоятельной работы",
    denominator_caption="Минут посещённых уроков",
    needs="Внесите в паспорте по уровням образования, сколько минут посещённых уроков заняла самостоятельная работа",
    of_people=False,
)


@metric(
    _teaching(
        name="teaching.directions",
        caption="Число направлений углублённого и профильного изучения",
        unit="ед.",
        entity="study_direction",
        needs="Внесите в паспорте направления углублённого и профильного изучения",
    )
)
def directions(facts: SchoolFacts) -> MetricValue:
    """A true zero where no level of this year has a pupil who studies in depth."""
    if facts.directions:
        return count(facts.directions)
    levels = _of_year(facts, _newest(facts))
    if levels and all(row.pupils_in_depth == 0 for row in levels):
        return MetricValue(Decimal(0), 0, None, refs(levels))
    return UNKNOWN


@metric(
    _levels(
        name="teaching.share_in_depth",
        caption="Доля обучающихся по программам углублённого и профильного изучения",
        numerator_caption="Обучаются углублённо",
        denominator_caption="Всего обучающихся",
        needs="Внесите в паспорте по уровням образования, сколько учеников учатся углублённо",
    )
)
def share_in_depth(facts: SchoolFacts) -> MetricValue:
    rows = _of_year(facts, _newest(facts))
    missing = [*_absent_levels(facts, rows), *(_unfilled(row) for row in rows if row.pupils_in_depth is None)]
    school = facts.school
    total = school.pupils if school is not None else None
    if not total:
        missing.append(Missing("passport", "school", "Укажите в паспорте, сколько всего обучающихся", field="pupils"))
    parts = _parts(facts, rows, lambda row: _in_depth_of(facts, row))
    if missing or not rows or not total:
        return MetricValue(None, missing=tuple(missing) if rows else (), parts=parts)
    part = sum(row.pupils_in_depth or 0 for row in rows)
    if part > total:
        words = "Учатся углублённо больше, чем всего обучающихся: исправьте одно из чисел"
        return MetricValue(None, missing=(Missing("passport", rows[0].entity, words, rows[0].id, "pupils_in_depth"),))
    made = share(part, total, (ref(row, note=f"{row.pupils_in_depth} чел.") for row in rows))
    return MetricValue(made.value, part, total, made.rows, parts=parts)


@metric(
    _school(
        name="teaching.share_elective_time_grade9",
        caption="Доля учебного времени на элективные курсы в 9 классах",
        numerator_caption="Часов элективных курсов за год",
        denominator_caption="Учебных часов в 9 классе за год",
        needs="Укажите в паспорте учебные часы 9 класса и часы элективных курсов",
        of_people=False,
    )
)
def share_elective_time_grade9(facts: SchoolFacts) -> MetricValue:
    reason = absence_of(facts, NINTH)
    if reason:
        return does_not_apply(reason)
    return _HOURS.share(facts.schools[:1])


@metric(
    _school(
        name="teaching.share_individual_plans",
        caption="Доля старшеклассников с индивидуальным учебным планом",
        numerator_caption="Учатся по индивидуальному плану",
        denominator_caption="Обучающихся 10–11 классов",
        needs="Внесите в паспорте 10–11 классы и число учеников с индивидуальным учебным планом",
    )
)
def share_individual_plans(facts: SchoolFacts) -> MetricValue:
    reason = absence_of(facts, SENIOR)
    if reason:
        return does_not_apply(reason)
    seniors = pupils_in(facts, SENIOR)
    school = facts.school
    planned = school.pupils_individual_plan if school is not None else None
    missing = []
    if seniors is None:
        missing.append(Missing("passport", "school_class", "Внесите в паспорте 10–11 классы с числом обучающихся"))
    if planned is None:
        words = "Не заполнено в паспорте: «Старшеклассников с индивидуальным учебным планом»"
        missing.append(Missing("passport", "school", words, field="pupils_individual_plan"))
    if school is None or seniors is None or planned is None:
        return MetricValue(None, missing=tuple(missing))
    if planned > seniors:
        words = "Учеников с индивидуальным планом больше, чем учеников 10–11 классов: исправьте одно из чисел"
        return MetricValue(None, missing=(Missing("passport", "school", words, field="pupils_individual_plan"),))
    classes = [item for item in facts.classes if item.grade in SENIOR]
    return share(planned, seniors, (ref(item, note=f"{item.pupils} чел.") for item in classes))


@metric(
    _school(
        name="teaching.distance_courses",
        caption="Дистанционные курсы",
        unit=YES_NO,
        needs="Ответьте в паспорте, есть ли дистанционные курсы",
    )
)
def distance_courses(facts: SchoolFacts) -> MetricValue:
    found = _answered(facts, "distance_courses")
    others = distance_courses_for_others(facts)
    own = MetricPart("own", "для своих обучающихся", found)
    if found.value is None:
        return MetricValue(None, parts=(own, MetricPart("others", "для обучающихся других школ", others)))
    parts = (own, MetricPart("others", "для обучающихся других школ", others))
    return MetricValue(found.value, found.numerator, found.denominator, found.rows, parts=parts)


@metric(
    _school(
        name="teaching.distance_courses_for_others",
        caption="Дистанционные курсы для обучающихся других школ",
        unit=YES_NO,
        needs="Ответьте в паспорте, открыты ли дистанционные курсы для учеников других школ",
    )
)
def distance_courses_for_others(facts: SchoolFacts) -> MetricValue:
    """Without courses there are none for others either."""
    school = facts.school
    if school is not None and school.distance_courses is False:
        return yes_no(False, (ref(school),))
    return _answered(facts, "distance_courses_for_others")


@metric_by_year(_lessons(name="teaching.share_independent_work", caption=_INDEPENDENT))
def share_independent_work(facts: SchoolFacts, year: int | None) -> MetricValue:
    chosen = year if year is not None else _newest(facts)
    rows = _of_year(facts, chosen)
    parts = _parts(facts, rows, lambda row: _MINUTES.share([row], chosen))
    absent = _absent_levels(facts, rows) if rows and year is None else []
    if absent:
        return MetricValue(None, missing=tuple(absent), year=chosen, parts=parts)
    found = _MINUTES.share(rows, chosen)
    return MetricValue(
        found.value,
        found.numerator,
        found.denominator,
        found.rows,
        found.missing,
        chosen,
        parts,
        found.not_applicable,
    )


def _register_level(level: str) -> None:
    @metric_by_year(
        _lessons(
            name=f"teaching.share_independent_work_{level}",
            caption=f"{_INDEPENDENT}: {LEVELS[level]}",
        )
    )
    def share_of_level(facts: SchoolFacts, year: int | None) -> MetricValue:
        chosen = year if year is not None else _newest(facts)
        rows = [row for row in _of_year(facts, chosen) if row.level == level]
        reason = absence_of(facts, GRADES_OF[level])
        if reason and not rows:
            return does_not_apply(reason, chosen)
        return _MINUTES.share(rows, chosen)


for _level in LEVELS:
    _register_level(_level)


def _newest(facts: SchoolFacts) -> int | None:
    """The newest school year that has levels; one that has not come yet is a slip of the hand."""
    return max(
        (row.year for row in facts.levels if row.year is not None and row.year <= facts.as_of.year), default=None
    )


def _of_year(facts: SchoolFacts, year: int | None) -> list[LevelFact]:
    order = list(LEVELS)
    found = [row for row in facts.levels if row.year == year and row.level in LEVELS]
    return sorted(found, key=lambda row: order.index(row.level or ""))


def _parts(facts: SchoolFacts, rows: list[LevelFact], of: Callable[[LevelFact], MetricValue]) -> tuple[MetricPart, ...]:
    """The figure of every level: not applicable where the school has none of it, unknown where no row is typed."""
    by_level = {row.level: row for row in rows}
    made = []
    for level, caption in LEVELS.items():
        row, reason = by_level.get(level), absence_of(facts, GRADES_OF[level])
        if row is not None:
            made.append(MetricPart(level, caption, of(row)))
        elif reason:
            made.append(MetricPart(level, caption, does_not_apply(reason)))
        elif rows:
            made.append(MetricPart(level, caption, MetricValue(None, missing=(_absent(level),))))
    return tuple(made)


def _in_depth_of(facts: SchoolFacts, row: LevelFact) -> MetricValue:
    total = pupils_in(facts, GRADES_OF[row.level or ""])
    if row.pupils_in_depth is None:
        return MetricValue(None, missing=(_unfilled(row),))
    if not total:
        words = f"Внесите в паспорте классы уровня {LEVELS[row.level or '']} с числом обучающихся"
        return MetricValue(None, missing=(Missing("passport", "school_class", words),))
    if row.pupils_in_depth > total:
        words = f"{row.label}: учатся углублённо больше, чем учеников в классах"
        return MetricValue(None, missing=(Missing("passport", row.entity, words, row.id, "pupils_in_depth"),))
    return share(row.pupils_in_depth, total, (ref(row, note=f"{row.pupils_in_depth} из {total}"),))


def _absent_levels(facts: SchoolFacts, rows: list[LevelFact]) -> list[Missing]:
    typed = {row.level for row in rows}
    return [_absent(level) for level in levels_of(facts) if level not in typed]


def _absent(level: str) -> Missing:
    return Missing("passport", "education_level", f"Добавьте в паспорте уровень образования {LEVELS[level]}")


def _unfilled(row: LevelFact) -> Missing:
    words = f"{row.label}: не заполнено «Учатся по углублённым и профильным программам»"
    return Missing("passport", row.entity, words, row.id, "pupils_in_depth")


def _answered(facts: SchoolFacts, field: str) -> MetricValue:
    school = facts.school
    answer: bool | None = getattr(school, field) if school is not None else None
    if school is None or answer is None:
        return UNKNOWN
    return yes_no(answer, (ref(school),))
