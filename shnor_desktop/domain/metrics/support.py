"""Figures of what accompanies the programme: partner schools and development plans."""

from __future__ import annotations

from datetime import date
from functools import partial

from shnor_desktop.domain.facts import EventFact, SchoolFacts
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.registry import Metric, metric
from shnor_desktop.domain.metrics.values import UNKNOWN, MetricValue, count, share_of_rows

_SCHOOL_YEAR_BEGINS = 9
"""September."""

_partners = partial(Metric, unit="ед.", polarity=Polarity.HIGHER_BETTER, page="partners")
_plans = partial(Metric, polarity=Polarity.HIGHER_BETTER, page="development", entity="development_plan")


def school_year_start(day: date) -> date:
    """1 September of the school year of a day."""
    return date(day.year if day.month >= _SCHOOL_YEAR_BEGINS else day.year - 1, _SCHOOL_YEAR_BEGINS, 1)


@metric(
    _partners(
        name="partners.schools",
        caption="Число школ-партнёров",
        entity="partner_school",
        needs="Добавьте школу-партнёра",
    )
)
def partner_schools(facts: SchoolFacts) -> MetricValue:
    return count(facts.partners) if facts.partners else UNKNOWN


@metric(
    _partners(
        name="partners.events_held",
        caption="Проведено мероприятий со школами-партнёрами",
        entity="partner_event",
        needs="Добавьте школу-партнёра и внесите события",
    )
)
def events_held(facts: SchoolFacts) -> MetricValue:
    """Since the beginning of the project: all that are typed and whose day has come."""
    return _events(facts, date.min)


@metric(
    _partners(
        name="partners.events_held_school_year",
        caption="Проведено мероприятий со школами-партнёрами с начала учебного года",
        entity="partner_event",
        needs="Добавьте школу-партнёра и внесите события",
    )
)
def events_held_school_year(facts: SchoolFacts) -> MetricValue:
    return _events(facts, school_year_start(facts.as_of))


@metric(
    _plans(
        name="development.share_teachers_with_plan",
        caption="Доля педагогов с ИОМ",
        numerator_caption="Педагогов с ИОМ",
        denominator_caption="Всего педагогов",
        needs="Заполните список педагогов",
    )
)
def share_teachers_with_plan(facts: SchoolFacts) -> MetricValue:
    planned = {plan.teacher for plan in facts.plans}
    return share_of_rows([person for person in facts.staff if person.id in planned], facts.staff)


@metric(
    _plans(
        name="development.share_plans_completed",
        caption="Доля завершённых ИОМ",
        numerator_caption="Завершённых ИОМ",
        denominator_caption="Всего ИОМ",
        needs="Составьте ИОМ педагогов",
    )
)
def share_plans_completed(facts: SchoolFacts) -> MetricValue:
    return share_of_rows([plan for plan in facts.plans if plan.state == "done"], facts.plans)


def _events(facts: SchoolFacts, since: date) -> MetricValue:
    """With a partner and no event the figure is a true zero; without a partner it is unknown."""
    if not facts.partners and not facts.events:
        return UNKNOWN

    def is_held(event: EventFact) -> bool:
        return event.is_held(facts.as_of) and event.held_on is not None and since <= event.held_on

    return count([event for event in facts.events if is_held(event)])
