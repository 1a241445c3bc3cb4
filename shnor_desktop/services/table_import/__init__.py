"""Any table of a school taken in: recognised by its contents, looked through, added as one step."""

from shnor_desktop.importers.school_tables import PATTERNS, SUFFIXES, Asked, ListLayout, TableKind, meanings_of
from shnor_desktop.services.table_import.applying import Imported, apply_plan, default_choice
from shnor_desktop.services.table_import.files import (
    TableFile,
    read_again,
    read_table_file,
    remember_layouts,
    with_answers,
    with_layout,
)
from shnor_desktop.services.table_import.plan import (
    RESULT_KINDS,
    AskedOf,
    Choice,
    ImportPlan,
    PlannedCell,
    PlannedRow,
    kind_caption,
    meaning_caption,
)
from shnor_desktop.services.table_import.planning import plan_import

__all__ = [
    "PATTERNS",
    "RESULT_KINDS",
    "SUFFIXES",
    "Asked",
    "AskedOf",
    "Choice",
    "ImportPlan",
    "Imported",
    "ListLayout",
    "PlannedCell",
    "PlannedRow",
    "TableFile",
    "TableKind",
    "apply_plan",
    "default_choice",
    "kind_caption",
    "meaning_caption",
    "meanings_of",
    "plan_import",
    "read_again",
    "read_table_file",
    "remember_layouts",
    "with_answers",
    "with_layout",
]
