"""Figures of what the school works with: buildings, computers, internet, distance."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.facts.school import CONDITIONS
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.registry import Metric, metric
from shnor_desktop.domain.metrics.values import UNKNOWN, MetricValue, Missing, RowRef, count, ratio, ref, share

_school = partial(Metric, page="passport", entity="school")


@metric(
    Metric(
        name="school.buildings",
        caption="Число зданий и филиалов",
        unit="ед.",
        page="passport",
        entity="building",
        needs="Добавьте в паспорт здания, где идут уроки",
    )
)
def buildings(facts: SchoolFacts) -> MetricValue:
    return count(facts.buildings) if facts.buildings else UNKNOWN


@metric(
    _school(
        name="school.pupils_per_computer",
        caption="Обучающихся на один компьютер",
        unit="чел.",
        numerator_caption="Всего обучающихся",
        denominator_caption="Компьютеров для обучающихся",
        polarity=Polarity.LOWER_BETTER,
        needs="Укажите в паспорте число обучающихся и число компьютеров для них",
    )
)
def pupils_per_computer(facts: SchoolFacts) -> MetricValue:
    school = facts.school
    if school is None or school.pupils is None or school.computers is None:
        return UNKNOWN
    if school.computers == 0:
        sentence = "Компьютеров для обучающихся нет: показатель не вычисляется, впишите его словами в комментарий"
        return MetricValue(
            None, school.pupils, 0, missing=(Missing("passport", "school", sentence, field="computers"),)
        )
    return ratio(school.pupils, school.computers, (ref(school),))


@metric(
    _school(
        name="school.internet_mbps",
        caption="Скорость интернета",
        unit="Мбит/с",
        polarity=Polarity.HIGHER_BETTER,
        needs="Укажите в паспорте скорость интернета (0, если его нет)",
    )
)
def internet_mbps(facts: SchoolFacts) -> MetricValue:
    return _typed(facts, "internet_mbps")


@metric(
    _school(
        name="school.distance_km",
        caption="Расстояние до муниципального центра",
        unit="км",
        needs="Укажите в паспорте расстояние до районного центра (0, если школа в нём)",
    )
)
def distance_km(facts: SchoolFacts) -> MetricValue:
    return _typed(facts, "distance_km")


@metric(
    _school(
        name="school.share_conditions_met",
        caption="Соответствие современным требованиям обучения",
        numerator_caption="Требований выполнено",
        denominator_caption="Требований в перечне",
        polarity=Polarity.HIGHER_BETTER,
        needs="Отметьте в паспорте, какие требования к условиям обучения выполняются",
        of_people=False,
    )
)
def share_conditions_met(facts: SchoolFacts) -> MetricValue:
    """Of the whole list; a code that the list does not know (a later version's) is not counted."""
    school = facts.school
    if school is None or not school.conditions:
        return UNKNOWN
    met = set(school.conditions)
    rows = (RowRef("school", school.id, caption, code in met) for code, caption in CONDITIONS.items())
    return share(len(met & set(CONDITIONS)), len(CONDITIONS), rows)


def _typed(facts: SchoolFacts, field: str) -> MetricValue:
    """A figure of the passport as it was typed."""
    school = facts.school
    value: Decimal | None = getattr(school, field) if school is not None else None
    if school is None or value is None:
        return UNKNOWN
    return MetricValue(value, value, None, (ref(school),))
