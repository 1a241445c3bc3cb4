"""The social index of a school (ИСБШ), and its results beside what is expected in its conditions (DESIGN, rule 5)."""

from shnor_desktop.domain.social_index.expectation import (
    FEWEST_SCHOOLS,
    Band,
    Comparison,
    Expectation,
    SchoolPoint,
    compare,
)
from shnor_desktop.domain.social_index.groups import ContextGroup, context_groups
from shnor_desktop.domain.social_index.index import IndexLine, IndexValue, social_index
from shnor_desktop.domain.social_index.words import (
    DEFAULT_NOTE,
    band_words,
    expectation_words,
    expected_words,
    figure_words,
    group_words,
    index_words,
    result_words,
)

__all__ = [
    "DEFAULT_NOTE",
    "FEWEST_SCHOOLS",
    "Band",
    "Comparison",
    "ContextGroup",
    "Expectation",
    "IndexLine",
    "IndexValue",
    "SchoolPoint",
    "band_words",
    "compare",
    "context_groups",
    "expectation_words",
    "expected_words",
    "figure_words",
    "group_words",
    "index_words",
    "result_words",
    "social_index",
]
