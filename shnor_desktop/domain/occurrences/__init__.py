"""When the measures of a road map fall due: their phrases as they are read here, and each occurrence."""

from shnor_desktop.domain.occurrences.following import change_words, followed, measure_of_days, newest_value
from shnor_desktop.domain.occurrences.occurrences import Occurrence, Occurrences, occurrences_of
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
    "change_words",
    "corrections_of",
    "deadlines_of",
    "followed",
    "measure_of_days",
    "newest_value",
    "normalised",
    "occurrences_of",
    "plan_of",
    "plan_of_pack",
    "stages_of_pack",
]
