"""Figures of a municipality, over the centre's registry of schools of one year; the newest unless one is asked for.

The whole is all schools of the municipality. A school that has not been judged yet leaves the figure unknown and is
named: it is not counted as «no».
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import CentreFacts, RegistryFact
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.metrics.registry import METRICS, Metric, register_municipal
from shnor_desktop.domain.metrics.values import MetricPart, MetricValue, Missing, count, ref, share_of_rows

PAGE = "registry"
CATEGORIES = {
    "low_results": "низкие результаты",
    "social": "сложные социальные условия",
    "resources": "дефицит кадров и ресурсов",
}
Rows = Sequence[RegistryFact]
ComputeOfRegistry = Callable[[Rows], MetricValue]

_registered: dict[str, ComputeOfRegistry] = {}
_municipal = partial(
    Metric,
    page=PAGE,
    entity="registered_school",
    needs="Внесите в реестр школы муниципалитета",
    by_year=True,
    of_people=False,
    is_municipal=True,
)
_share = partial(_municipal, denominator_caption="Школ муниципалитета", polarity=Polarity.HIGHER_BETTER)


def municipal_names() -> tuple[str, ...]:
    """The figures of a municipality, in the order of the registry's page."""
    return tuple(_registered)


def compute_municipal(name: str, facts: CentreFacts, year: int | None = None) -> MetricValue:
    """The figure of that name over the registry of a year; BugError for a name that is none of a municipality."""
    if name not in _registered:
        raise BugError(f"no municipal metric {name!r}")
    rows = facts.of_year(year)
    chosen = rows[0].year if rows else year
    if not rows:
        description = METRICS[name]
        missing = Missing(description.page, description.entity, description.needs)
        return MetricValue(None, missing=(missing,), year=chosen)
    return replace(_registered[name](rows), year=chosen)


def _metric(description: Metric) -> Callable[[ComputeOfRegistry], ComputeOfRegistry]:
    register_municipal(description)

    def register(function: ComputeOfRegistry) -> ComputeOfRegistry:
        _registered[description.name] = function
        return function

    return register


@_metric(_municipal(name="municipal.schools", caption="Школ в муниципалитете", unit="ед."))
def schools(rows: Rows) -> MetricValue:
    return count(rows)


@_metric(
    _share(
        name="municipal.share_registered",
        caption="Доля школ в реестре школ с низкими результатами и в сложных условиях",
        numerator_caption="Школ в реестре",
        polarity=Polarity.NONE,
    )
)
def share_registered(rows: Rows) -> MetricValue:
    parts = tuple(
        MetricPart(code, caption, share_of_rows([row for row in rows if code in row.categories], rows))
        for code, caption in CATEGORIES.items()
    )
    return replace(share_of_rows([row for row in rows if row.is_registered], rows), parts=parts)


@_metric(
    _share(
        name="municipal.share_included",
        caption="Доля школ, включённых в Программу",
        numerator_caption="Школ, включённых в Программу",
    )
)
def share_included(rows: Rows) -> MetricValue:
    """Included in this year or before; a year that has not come is no inclusion yet."""
    included = [row for row in rows if row.included_since is not None and row.included_since <= (row.year or 0)]
    return share_of_rows(included, rows)


@_metric(
    _share(
        name="municipal.share_succeeded",
        caption="Доля школ, где проект повышения качества успешно реализован",
        numerator_caption="Школ, где проект успешно реализован",
    )
)
def share_succeeded(rows: Rows) -> MetricValue:
    return _share_of_registered(rows, "has_succeeded", "не отмечено, завершён ли проект успешно")


@_metric(
    _share(
        name="municipal.share_in_events",
        caption="Доля школ, участвующих в межшкольных методических мероприятиях",
        numerator_caption="Школ реестра, участвующих в мероприятиях",
    )
)
def share_in_events(rows: Rows) -> MetricValue:
    return _share_of_registered(rows, "in_events", "не отмечено участие в межшкольных мероприятиях")


@_metric(
    _municipal(
        name="municipal.trained_staff",
        caption="Обучено педагогов и управленцев школ из реестра",
        unit="чел.",
        polarity=Polarity.HIGHER_BETTER,
    )
)
def trained_staff(rows: Rows) -> MetricValue:
    listed = [row for row in rows if row.is_registered]
    missing = _unjudged(listed, "trained_staff", "не указано, сколько человек обучено")
    refs = tuple(ref(row, note=f"{row.trained_staff} чел.") for row in listed if row.trained_staff is not None)
    if missing or not listed:
        return MetricValue(None, rows=refs, missing=missing or (_nobody_listed(),))
    total = sum(row.trained_staff or 0 for row in listed)
    return MetricValue(Decimal(total), total, None, refs)


@_metric(
    _share(
        name="municipal.share_realising",
        caption="Доля школ, успешно реализующих программу перехода",
        numerator_caption="Школ реестра, успешно реализующих программу",
    )
)
def share_realising(rows: Rows) -> MetricValue:
    return _share_of_registered(rows, "realises", "не отмечено, успешно ли реализуется программа")


@_metric(
    _share(
        name="municipal.share_disseminating",
        caption="Доля школ, участвующих в диссеминации опыта",
        numerator_caption="Школ реестра, распространяющих опыт",
    )
)
def share_disseminating(rows: Rows) -> MetricValue:
    return _share_of_registered(rows, "disseminates", "не отмечено, распространяет ли школа опыт")


@_metric(
    _share(
        name="municipal.share_analysed",
        caption="Доля школ, где проведён анализ данных",
        numerator_caption="Школ, где проведён анализ данных",
    )
)
def share_analysed(rows: Rows) -> MetricValue:
    return _judged(rows, rows, "is_analysed", "не отмечено, проведён ли анализ данных")


@_metric(
    _municipal(
        name="municipal.practice_sites",
        caption="Площадок успешной практики",
        unit="ед.",
        polarity=Polarity.HIGHER_BETTER,
    )
)
def practice_sites(rows: Rows) -> MetricValue:
    return count([row for row in rows if row.is_practice_site])


def _share_of_registered(rows: Rows, field: str, words: str) -> MetricValue:
    """Schools of the registry that do so, of all schools; those outside of the registry are not asked."""
    return _judged([row for row in rows if row.is_registered], rows, field, words)


def _judged(asked: Rows, rows: Rows, field: str, words: str) -> MetricValue:
    found = share_of_rows([row for row in asked if getattr(row, field)], rows)
    missing = _unjudged(asked, field, words)
    return MetricValue(None, rows=found.rows, missing=missing) if missing else found


def _unjudged(rows: Rows, field: str, words: str) -> tuple[Missing, ...]:
    empty = [row for row in rows if getattr(row, field) is None]
    return tuple(Missing(PAGE, row.entity, f"{row.label or row.code}: {words}", row.id, field) for row in empty)


def _nobody_listed() -> Missing:
    return Missing(PAGE, "registered_school", "Отметьте в реестре категории школ, которым нужна поддержка")
