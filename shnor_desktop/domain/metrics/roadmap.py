"""Figures of the road map of the current programme.

Cancelled rows do not count, nor «при необходимости» that nobody began.
"""

from __future__ import annotations

from functools import partial

from shnor_desktop.domain.facts import MeasureFact, SchoolFacts
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.registry import Metric, metric
from shnor_desktop.domain.metrics.values import UNKNOWN, MetricValue, count, share_of_rows

_roadmap = partial(Metric, page="roadmap", entity="measure", needs="Добавьте мероприятия в дорожную карту")


@metric(
    _roadmap(
        name="roadmap.share_done",
        caption="Доля выполненных мероприятий дорожной карты",
        numerator_caption="Выполнено",
        denominator_caption="Всего мероприятий",
        polarity=Polarity.HIGHER_BETTER,
    )
)
def share_done(facts: SchoolFacts) -> MetricValue:
    counted = _counted(facts)
    return share_of_rows([measure for measure in counted if measure.state == "done"], counted)


@metric(
    _roadmap(
        name="roadmap.share_done_on_time",
        caption="Доля мероприятий дорожной карты, выполненных в срок",
        numerator_caption="Выполнено в срок",
        denominator_caption="Мероприятий с наступившим сроком",
        polarity=Polarity.HIGHER_BETTER,
        needs="Сроки мероприятий ещё не наступили или не указаны",
    )
)
def share_done_on_time(facts: SchoolFacts) -> MetricValue:
    """Of those whose deadline has come; one that is due today may still be done today."""
    due = [
        measure
        for measure in _counted(facts)
        if not measure.is_optional and (day := facts.last_day(measure)) is not None and day < facts.as_of
    ]
    return share_of_rows([measure for measure in due if _is_done_on_time(measure, facts)], due)


@metric(
    _roadmap(
        name="roadmap.overdue",
        caption="Просрочено мероприятий дорожной карты",
        unit="ед.",
        polarity=Polarity.LOWER_BETTER,
    )
)
def overdue(facts: SchoolFacts) -> MetricValue:
    counted = _counted(facts)
    if not counted:
        return UNKNOWN
    return count([measure for measure in counted if facts.late_day(measure) is not None])


@metric(_roadmap(name="roadmap.count", caption="Мероприятий в дорожной карте", unit="ед."))
def measures_count(facts: SchoolFacts) -> MetricValue:
    counted = _counted(facts)
    return count(counted) if counted else UNKNOWN


def _counted(facts: SchoolFacts) -> list[MeasureFact]:
    return [
        measure
        for measure in facts.current(facts.measures)
        if measure.state != "cancelled" and not (measure.is_optional and measure.state in (None, "planned"))
    ]


def _is_done_on_time(measure: MeasureFact, facts: SchoolFacts) -> bool:
    day = facts.last_day(measure)
    if measure.state != "done" or day is None:
        return False
    return measure.done_on is None or measure.done_on <= day
