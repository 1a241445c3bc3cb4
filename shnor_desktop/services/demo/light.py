"""A demo school that sends only what schools are compared by: passport, results of three years, a begun map."""

from __future__ import annotations

from datetime import date

from shnor_desktop.models.school import School
from shnor_desktop.services.demo.answers import write_map
from shnor_desktop.services.demo.context import context_of
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.demo.library import district, partition, words
from shnor_desktop.services.demo.passport import GRADES
from shnor_desktop.services.demo.procedures import add_short_results

_SHARE_OF_MAP = 12
_YEARS = 3


def write_light(draft: SchoolDraft) -> None:
    """Everything in two steps: the school is one of many."""
    profile = draft.profile
    draft.class_sizes = partition(draft.random, profile.pupils, GRADES, max(1, profile.pupils // 60))
    director = draft.people.draw(is_female=True).name
    values = {
        "code": profile.code,
        "short_name": profile.short_name,
        "full_name": profile.full_name,
        "kind": "basic",
        "municipality": district(),
        "locality": profile.locality,
        "territory": profile.territory,
        "founder": str(words("schools")["founder"]),
        "director": director,
        "responsible": director,
        "pupils": profile.pupils,
        "pupils_as_of": min(date(2024, 9, 1), draft.as_of),
        **context_of(draft),
        "distance_km": profile.distance,
        "is_small": profile.pupils < 90,
    }
    draft.change(School, draft.workspace.school, values)
    for year in range(draft.as_of.year - _YEARS + 1, draft.as_of.year + 1):
        add_short_results(draft, year)
    draft.write("внесены паспорт и результаты для сравнения школ", date(2024, 9, 9))
    write_map(draft, _SHARE_OF_MAP)
