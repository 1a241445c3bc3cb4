"""A plan in a table of a document: which column holds what, which rows are measures, and what looks wrong in them."""

from shnor_desktop.domain.plan_table.columns import find_layout
from shnor_desktop.domain.plan_table.reading import find_layouts, read_plan, settled
from shnor_desktop.domain.plan_table.terms import (
    SAFE,
    Column,
    ColumnKind,
    Doubt,
    DoubtCode,
    PlanRow,
    PlanSection,
    PlanTable,
    SourceTable,
    Span,
    TableLayout,
)

__all__ = [
    "SAFE",
    "Column",
    "ColumnKind",
    "Doubt",
    "DoubtCode",
    "PlanRow",
    "PlanSection",
    "PlanTable",
    "SourceTable",
    "Span",
    "TableLayout",
    "find_layout",
    "find_layouts",
    "read_plan",
    "settled",
]
