"""When the measures of a road map fall due: their phrases as they are read here, and each occurrence."""

from shnor_desktop.domain.occurrences.occurrences import Occurrence, Occurrences, late_days, occurrences_of
from shnor_desktop.domain.occurrences.readings import (
    MAX_WINDOWS,
    WAITING,
    Deadlines,
    PhraseReading,
    corrections_of,
    deadlines_of,
    normalised,
    plan_of,
    plan_of_pack,
    stages_of_pack,
)

__all__ = [
    "MAX_WINDOWS",
    "WAITING",
    "Deadlines",
    "Occurrence",
    "Occurrences",
    "PhraseReading",
    "corrections_of",
    "deadlines_of",
    "late_days",
    "normalised",
    "occurrences_of",
    "plan_of",
    "plan_of_pack",
    "stages_of_pack",
]
