"""The social index of a school (ИСБШ), and its results beside what is expected in its conditions (DESIGN, rule 5)."""

from shnor_desktop.domain.social_index.expectation import (
    ENOUGH_SCHOOLS,
    Band,
    Comparison,
    Expectation,
    SchoolPoint,
    compare,
)
from shnor_desktop.domain.social_index.groups import ContextGroup, context_groups
from shnor_desktop.domain.social_index.index import IndexLine, IndexValue, social_index

__all__ = [
    "ENOUGH_SCHOOLS",
    "Band",
    "Comparison",
    "ContextGroup",
    "Expectation",
    "IndexLine",
    "IndexValue",
    "SchoolPoint",
    "compare",
    "context_groups",
    "social_index",
]
