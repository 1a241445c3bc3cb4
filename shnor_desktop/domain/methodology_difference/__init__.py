"""What two versions of a methodology differ in: by part, item and field, found over the dataclasses themselves."""

from shnor_desktop.domain.methodology_difference.comparing import (
    ChangeKind,
    FieldChange,
    ItemChange,
    PartDifference,
    difference,
)
from shnor_desktop.domain.methodology_difference.naming import name_field_of, name_of, title_of

__all__ = [
    "ChangeKind",
    "FieldChange",
    "ItemChange",
    "PartDifference",
    "difference",
    "name_field_of",
    "name_of",
    "title_of",
]
