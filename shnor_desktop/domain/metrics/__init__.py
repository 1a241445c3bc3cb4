"""Named figures over what a school has typed, each with its counts and the rows behind it.

A new metric is a function with a `Metric` in one of the modules imported here.
"""

from shnor_desktop.domain.metrics import (
    beside_lessons,
    graduates,
    municipal,
    pupils,
    resources,
    results,
    roadmap,
    staff,
    support,
    teaching,
)
from shnor_desktop.domain.metrics.registry import METRICS, Metric, compute, known_metric_names
from shnor_desktop.domain.metrics.values import YES_NO, MetricPart, MetricValue, Missing, RowRef

__all__ = [
    "METRICS",
    "YES_NO",
    "Metric",
    "MetricPart",
    "MetricValue",
    "Missing",
    "RowRef",
    "beside_lessons",
    "compute",
    "graduates",
    "known_metric_names",
    "municipal",
    "pupils",
    "resources",
    "results",
    "roadmap",
    "staff",
    "support",
    "teaching",
]
