"""Who may write: the role stands in the certificate of the writer."""

from __future__ import annotations

from enum import StrEnum


class WriterRole(StrEnum):
    """The role of the profile that made a change (subject OU of its certificate)."""

    SCHOOL = "school"
    METHODIST = "methodist"
    MUNICIPAL = "municipal"
