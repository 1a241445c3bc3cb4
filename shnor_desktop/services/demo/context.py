"""Who learns at a demo school: the shares of pupils from which its level of risk and its social index come."""

from __future__ import annotations

from random import Random

from shnor_desktop.services.demo.drafting import SchoolDraft

_FAMILIES = {
    "parents_higher_education": (0, 60),
    "pupils_single_parent": (50, 0),
    "pupils_unemployed": (40, 0),
    "pupils_low_income": (60, 0),
    "pupils_large_family": (60, 0),
    "pupils_guardianship": (20, 0),
}
"""Percent of the pupils under the hardest conditions and under the easiest ones."""
_ASKED = frozenset(_FAMILIES) - {"pupils_guardianship"}
"""What only a talk with the families tells."""
_JITTER = 6


def context_of(draft: SchoolDraft) -> dict[str, int]:
    """Counts of pupils by their conditions; those of the group at risk are kept for the later steps."""
    profile, random = draft.profile, draft.random
    pupils = profile.pupils
    draft.pupils_at_risk = part_of(pupils, {"high": 31, "medium": 21, "low": 9}[profile.target("failure_risk")])
    groups = {
        "pupils_sen": part_of(pupils, {"high": 22, "medium": 14, "low": 8}[profile.target("sen")]),
        "pupils_not_native": part_of(pupils, {"high": 28, "medium": 15, "low": 4}[profile.target("language")]),
        "pupils_single_parent": part_of(pupils, random.randint(18, 29)),
        "pupils_low_income": part_of(pupils, random.randint(24, 41)),
        "pupils_large_family": part_of(pupils, random.randint(16, 27)),
        "pupils_unemployed": part_of(pupils, random.randint(4, 11)),
        "pupils_on_register": part_of(pupils, {"high": 8, "medium": 4, "low": 1}[profile.target("discipline")]),
        "pupils_guardianship": part_of(pupils, random.randint(2, 5)),
        "parents_higher_education": part_of(pupils, random.randint(9, 21)),
        "pupils_at_risk": draft.pupils_at_risk,
        "pupils_bussed": part_of(pupils, random.randint(15, 38)),
    }
    groups |= _families(draft)
    if profile.lacks_context:
        return {name: count for name, count in groups.items() if name not in _ASKED}
    return groups


def part_of(total: int, percent: int) -> int:
    """So many percent of a whole."""
    return round(total * percent / 100)


def _families(draft: SchoolDraft) -> dict[str, int]:
    """Counts for the conditions of the profile; drawn apart, so that the other numbers stay as they are."""
    profile = draft.profile
    if profile.families is None:
        return {}
    random = Random(f"families {profile.code}")
    found = {}
    for name, (hardest, easiest) in _FAMILIES.items():
        ease = min(100, max(0, profile.families + random.randint(-_JITTER, _JITTER)))
        found[name] = round(profile.pupils * (hardest + (easiest - hardest) * ease / 100) / 100)
    return found
