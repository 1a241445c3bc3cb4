"""Who of a list is in the staff already: names compared without ё, hyphens and apostrophes getting in the way."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.importers.school_tables import Doubt, FoundRecord
from shnor_desktop.importers.school_tables.staff_lists import has_initials, same_name, with_initials
from shnor_desktop.models.staff import StaffMember


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The stored person that a row means; none begins a new one. `stops` is why a person has to confirm it."""

    person: StaffMember | None = None
    note: Doubt | None = None
    stops: Doubt | None = None


class KnownPeople:
    """The staff of the school, by name."""

    def __init__(self, staff: list[StaffMember]) -> None:
        self._by_name: dict[str, list[StaffMember]] = {}
        self._by_initials: dict[str, list[StaffMember]] = {}
        for person in staff:
            name = person.full_name or ""
            self._by_name.setdefault(same_name(name), []).append(person)
            self._by_initials.setdefault(with_initials(name), []).append(person)

    def find(self, found: FoundRecord) -> KnownPerson:
        """Who is meant, by name and year of birth."""
        name, born = str(found.value("full_name") or ""), found.value("birth_year")
        same = self._by_name.get(same_name(name), [])
        if same:
            return self._of_same_name(same, born)
        return self._by_short_name(name, born)

    def _of_same_name(self, same: list[StaffMember], born: object) -> KnownPerson:
        fitting = [one for one in same if one.birth_year is None or born is None or one.birth_year == born]
        exact = [one for one in fitting if one.birth_year == born]
        if len(exact) == 1:
            return KnownPerson(exact[0])
        if len(fitting) == 1:
            return KnownPerson(fitting[0])
        if fitting:
            return KnownPerson(fitting[0], None, Doubt("which_person", {"count": len(fitting)}))
        return KnownPerson(None, None, Doubt("namesake", {"year": same[0].birth_year or 0}))

    def _by_short_name(self, name: str, born: object) -> KnownPerson:
        """«Иванова А. П.» is «Иванова Анна Петровна» if there is one such person."""
        short = with_initials(name)
        alike = [one for one in self._by_initials.get(short, []) if short] if short else []
        alike = [one for one in alike if has_initials(name) or has_initials(one.full_name or "")]
        alike = [one for one in alike if one.birth_year is None or born is None or one.birth_year == born]
        if len(alike) == 1:
            known = alike[0].full_name or ""
            return KnownPerson(alike[0], Doubt("same_initials", {"name": known[:80]}))
        if alike:
            return KnownPerson(None, None, Doubt("which_person", {"count": len(alike)}))
        return KnownPerson()
