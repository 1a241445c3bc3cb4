"""Named figures over what a school has typed, each with its counts and the rows behind it.

A new metric is a function with a `Metric` in one of the modules imported here.
"""

from shnor_desktop.domain.metrics import pupils, resources, results, roadmap, staff, support
from shnor_desktop.domain.metrics.registry import METRICS, Metric, compute, known_metric_names
from shnor_desktop.domain.metrics.values import MetricValue, Missing, RowRef

__all__ = [
    "METRICS",
    "Metric",
    "MetricValue",
    "Missing",
    "RowRef",
    "compute",
    "known_metric_names",
    "pupils",
    "resources",
    "results",
    "roadmap",
    "staff",
    "support",
]
