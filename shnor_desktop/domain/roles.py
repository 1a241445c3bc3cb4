"""Who may write: the role stands in the certificate of the writer."""

from __future__ import annotations

from enum import StrEnum


class WriterRole(StrEnum):
    """The role of the profile that made a change (subject OU of its certificate)."""

    SCHOOL = "school"
    METHODIST = "methodist"
    MUNICIPAL = "municipal"
    DELEGATE = "delegate"
    """A colleague who fills in parts of a school's work at home; what counts of it the school says in its own log."""
