"""Figures of what stands beside the lessons: additional education and the parents."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from shnor_desktop.domain.facts import GovernanceFact, SchoolFacts
from shnor_desktop.domain.facts.education import LITERACIES
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.counts import Counted, PartOfWhole
from shnor_desktop.domain.metrics.registry import Metric, metric, metric_by_year
from shnor_desktop.domain.metrics.values import (
    UNKNOWN,
    YES_NO,
    MetricPart,
    MetricValue,
    Missing,
    count,
    ref,
    share,
    yes_no,
)

WANTED_OFFERS = 3
_YEAR = timedelta(days=365)
_SATISFIED = PartOfWhole(
    "passport", Counted("satisfied", "Удовлетворены"), Counted("asked", "Ответили"), "На опрос никто не ответил"
)
_GOVERNING = PartOfWhole(
    "passport",
    Counted("parents_in_governance", "Участвуют в управлении школой"),
    Counted("parents", "Родителей всего"),
    "Родителей в школе нет",
)
_COVERED = PartOfWhole(
    "passport",
    Counted("pupils_extra", "Занимаются дополнительным образованием"),
    Counted("pupils", "Обучающихся всего"),
    "Обучающихся в школе нет",
)
_BELOW_BASE = PartOfWhole(
    "results",
    Counted("below_base", "Ниже базового уровня"),
    Counted("participants", "Участников"),
    "В оценке никто не участвовал",
)

_passport = partial(Metric, page="passport", polarity=Polarity.HIGHER_BETTER)
_NO_OFFERS = "Внесите в паспорте кружки и секции, которые доступны ученикам"


@metric_by_year(
    _passport(
        name="parents.share_satisfied",
        caption="Доля родителей, которых удовлетворяет качество образовательных услуг",
        numerator_caption="Удовлетворены",
        denominator_caption="Ответили родителей",
        entity="parent_survey",
        needs="Внесите в паспорте итоги опроса родителей",
    )
)
def share_satisfied(facts: SchoolFacts, year: int | None) -> MetricValue:
    """All surveys of the year together: each answer counts once. A survey without a day has no year."""
    years = {row.held_on.year for row in facts.surveys if row.held_on is not None and row.held_on <= facts.as_of}
    chosen = year if year is not None else max(years, default=None)
    rows = [row for row in facts.surveys if row.held_on is not None and row.held_on.year == chosen]
    return _SATISFIED.share([row for row in rows if row.held_on is not None and row.held_on <= facts.as_of], chosen)


@metric(
    _passport(
        name="parents.share_in_governance",
        caption="Доля родителей, участвующих в государственно-общественном управлении",
        numerator_caption="Участвуют в управлении",
        denominator_caption="Родителей всего",
        entity="school",
        needs="Укажите в паспорте, сколько всего родителей и сколько участвуют в управлении школой",
    )
)
def share_in_governance(facts: SchoolFacts) -> MetricValue:
    """By the passport; while it does not say, by the meetings of the last year: of each body the largest one."""
    school = facts.school
    largest = _largest_meetings(facts)
    if school is None or school.parents_in_governance is not None or not school.parents or not largest:
        return _GOVERNING.share(facts.schools[:1])
    seen = sum(item.parents or 0 for item in largest)
    if seen > school.parents:
        return _GOVERNING.share(facts.schools[:1])
    return share(seen, school.parents, (ref(item, note=f"на заседании {item.parents} чел.") for item in largest))


def _largest_meetings(facts: SchoolFacts) -> list[GovernanceFact]:
    """The meeting of each body of the last year to which most parents came."""
    found: dict[str, GovernanceFact] = {}
    for item in facts.governance:
        if item.held_on is None or not item.parents or not facts.as_of - _YEAR <= item.held_on <= facts.as_of:
            continue
        known = found.get(item.body or "")
        if known is None or (known.parents or 0) < item.parents:
            found[item.body or ""] = item
    return list(found.values())


@metric(
    _passport(
        name="extra.offers",
        caption="Число предложений дополнительного образования",
        unit="ед.",
        entity="extra_offer",
        needs=_NO_OFFERS,
    )
)
def offers(facts: SchoolFacts) -> MetricValue:
    return count(facts.offers) if facts.offers or _has_none(facts) else UNKNOWN


@metric(
    _passport(
        name="extra.three_offers",
        caption="Не менее трёх предложений дополнительного образования из разных сфер",
        unit=YES_NO,
        entity="extra_offer",
        needs=_NO_OFFERS,
    )
)
def three_offers(facts: SchoolFacts) -> MetricValue:
    """Of different spheres: three football teams are one. While a sphere is not named, «no» is not certain."""
    if not facts.offers and not _has_none(facts):
        return UNKNOWN
    spheres: set[str] = set()
    rows = []
    for offer in facts.offers:
        is_new = offer.sphere is not None and offer.sphere not in spheres
        spheres |= {offer.sphere} if offer.sphere is not None else set()
        rows.append(ref(offer, counted=is_new))
    unnamed = next((offer for offer in facts.offers if offer.sphere is None), None)
    if len(spheres) < WANTED_OFFERS and unnamed is not None:
        words = f"{unnamed.label}: не указана направленность"
        return MetricValue(None, rows=tuple(rows), missing=(_at(unnamed.entity, words, unnamed.id, "sphere"),))
    return yes_no(len(spheres) >= WANTED_OFFERS, rows)


@metric(
    _passport(
        name="extra.share_covered",
        caption="Охват дополнительным образованием",
        numerator_caption="Занимаются дополнительным образованием",
        denominator_caption="Всего обучающихся",
        entity="school",
        needs="Укажите в паспорте, сколько всего обучающихся и сколько занимаются дополнительным образованием",
    )
)
def share_covered(facts: SchoolFacts) -> MetricValue:
    return _COVERED.share(facts.schools[:1])


@metric_by_year(
    Metric(
        name="results.share_below_base_literacy",
        caption="Доля обучающихся ниже базового уровня функциональной грамотности",
        numerator_caption="Ниже базового уровня",
        denominator_caption="Участников оценки функциональной грамотности",
        polarity=Polarity.LOWER_BETTER,
        page="results",
        entity="literacy_check",
        needs="Внесите итоги оценки функциональной грамотности",
    )
)
def share_below_base_literacy(facts: SchoolFacts, year: int | None) -> MetricValue:
    known = {row.year for row in facts.literacy if row.year is not None and row.year <= facts.as_of.year}
    chosen = year if year is not None else max(known, default=None)
    rows = [row for row in facts.literacy if row.year == chosen]
    kinds = [kind for kind in LITERACIES if any(row.kind == kind for row in rows)]
    parts = tuple(
        MetricPart(kind, LITERACIES[kind], _BELOW_BASE.share([row for row in rows if row.kind == kind], chosen))
        for kind in kinds
    )
    found = _BELOW_BASE.share(rows, chosen)
    return MetricValue(
        found.value, found.numerator, found.denominator, found.rows, found.missing, chosen, parts, found.not_applicable
    )


def _has_none(facts: SchoolFacts) -> bool:
    """Whether the passport says that nobody takes part in additional education."""
    return facts.school is not None and facts.school.pupils_extra == 0


def _at(entity: str, words: str, row: str, field: str) -> Missing:
    return Missing("passport", entity, words, row, field)
