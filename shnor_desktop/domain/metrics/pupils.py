"""Figures of the pupils: the social context of the school, from its passport and classes."""

from __future__ import annotations

from decimal import Decimal

from shnor_desktop.domain.facts import RiskPupilFact, SchoolFacts
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.registry import Metric, metric
from shnor_desktop.domain.metrics.values import UNKNOWN, MetricValue, Missing, ratio, ref, refs, share

_AT_RISK = "pupils_at_risk"
_NO_PUPILS = Missing("passport", "school", "Укажите в паспорте, сколько всего обучающихся", field="pupils")


@metric(
    Metric(
        name="pupils.count",
        caption="Численность обучающихся",
        unit="чел.",
        page="passport",
        entity="school",
        needs=_NO_PUPILS.sentence,
    )
)
def pupils_count(facts: SchoolFacts) -> MetricValue:
    school = facts.school
    if school is None or school.pupils is None:
        return MetricValue(None, missing=(_NO_PUPILS,))
    return MetricValue(Decimal(school.pupils), school.pupils, None, (ref(school),))


@metric(
    Metric(
        name="pupils.per_class",
        caption="Средняя наполняемость класса",
        unit="чел.",
        numerator_caption="Обучающихся в классах",
        denominator_caption="Классов",
        page="passport",
        entity="school_class",
        needs="Заполните в паспорте список классов с числом обучающихся",
    )
)
def pupils_per_class(facts: SchoolFacts) -> MetricValue:
    sizes = [(item, item.pupils) for item in facts.classes if item.pupils is not None]
    if len(sizes) < len(facts.classes):
        return UNKNOWN
    rows = (ref(item, note=f"{pupils} чел.") for item, pupils in sizes)
    return ratio(sum(pupils for _, pupils in sizes), len(sizes), rows)


def share_of_pupils(facts: SchoolFacts, field: str, caption: str) -> MetricValue:
    """A group of pupils, counted in the passport, as a share of all."""
    school = facts.school
    total = school.pupils if school is not None else None
    group: int | None = getattr(school, field) if school is not None else None
    registered = _registered(facts) if field == _AT_RISK and group is None else ()
    if total and len(registered) in range(1, total + 1):
        return share(len(registered), total, refs(registered))
    missing = (
        *((_NO_PUPILS,) if not total else ()),
        *(
            (Missing("passport", "school", f"Не заполнено в паспорте: «{caption}»", field=field),)
            if group is None
            else ()
        ),
    )
    if school is None or not total or group is None:
        return MetricValue(None, missing=missing)
    return share(group, total, (ref(school, note=f"{group} из {total}"),))


def _registered(facts: SchoolFacts) -> tuple[RiskPupilFact, ...]:
    """The pupils of the register of the risk group, which is read where the passport does not count them."""
    return tuple(pupil for pupil in facts.risk_pupils if pupil.is_at_risk(facts.as_of))


# name, field of the passport, caption of the share, caption of the group, polarity
_GROUPS = (
    (
        "pupils.share_sen",
        "pupils_sen",
        "Доля обучающихся с ОВЗ",
        "Обучающихся с ОВЗ и инвалидностью",
        Polarity.LOWER_BETTER,
    ),
    (
        "pupils.share_not_native_russian",
        "pupils_not_native",
        "Доля обучающихся, для которых русский язык не родной",
        "Русский язык не родной",
        Polarity.LOWER_BETTER,
    ),
    (
        "pupils.share_single_parent",
        "pupils_single_parent",
        "Доля обучающихся из неполных семей",
        "Из неполных семей",
        Polarity.LOWER_BETTER,
    ),
    (
        "pupils.share_low_income",
        "pupils_low_income",
        "Доля обучающихся из малообеспеченных семей",
        "Из малообеспеченных семей",
        Polarity.LOWER_BETTER,
    ),
    (
        "pupils.share_large_family",
        "pupils_large_family",
        "Доля обучающихся из многодетных семей",
        "Из многодетных семей",
        Polarity.NONE,
    ),
    (
        "pupils.share_unemployed_parents",
        "pupils_unemployed",
        "Доля обучающихся из семей, где родители не работают",
        "Из семей, где родители не работают",
        Polarity.LOWER_BETTER,
    ),
    (
        "pupils.share_on_register",
        "pupils_on_register",
        "Доля обучающихся, состоящих на учёте",
        "Состоят на учёте",
        Polarity.LOWER_BETTER,
    ),
    (
        "pupils.share_guardianship",
        "pupils_guardianship",
        "Доля обучающихся под опекой",
        "Под опекой",
        Polarity.LOWER_BETTER,
    ),
    (
        "pupils.share_parents_higher_education",
        "parents_higher_education",
        "Доля обучающихся, у которых оба родителя с высшим образованием",
        "Оба родителя с высшим образованием",
        Polarity.HIGHER_BETTER,
    ),
    (
        "pupils.share_bussed",
        "pupils_bussed",
        "Доля обучающихся на подвозе",
        "На подвозе",
        Polarity.LOWER_BETTER,
    ),
    (
        "risk.share_at_risk",
        _AT_RISK,
        "Доля обучающихся группы риска учебной неуспешности",
        "Группа риска учебной неуспешности",
        Polarity.LOWER_BETTER,
    ),
)
GROUP_FIELDS: tuple[tuple[str, str], ...] = (
    *((field, group) for _, field, _, group, _ in _GROUPS),
    ("pupils_extra", "Занимаются дополнительным образованием"),
)
"""Fields of the passport that count a part of the pupils, with their captions."""


def _register_group(name: str, field: str, caption: str, group: str, polarity: Polarity) -> None:
    @metric(
        Metric(
            name=name,
            caption=caption,
            numerator_caption=group,
            denominator_caption="Всего обучающихся",
            polarity=polarity,
            page="passport",
            entity="school",
            needs=f"Не заполнено в паспорте: «{group}»",
        )
    )
    def share_of_group(facts: SchoolFacts) -> MetricValue:
        return share_of_pupils(facts, field, group)


for _group in _GROUPS:
    _register_group(*_group)
