"""The three answers of a rule: yes, no, and «cannot be said yet»."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What a rule, or a category, says of a school."""

    HOLDS = "holds"
    DOES_NOT = "does_not"
    UNKNOWN = "unknown"


def verdict_of(held: int, unknown: int, needed: int) -> Verdict:
    """Of `needed` signs so many hold and so many may hold yet."""
    if held >= needed:
        return Verdict.HOLDS
    return Verdict.UNKNOWN if held + unknown >= needed else Verdict.DOES_NOT
