"""A plan out of a file as parts of a methodology: plain rows in the form of a pack, for its editor to take in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.plan_table import PlanRow, PlanSection, settled
from shnor_desktop.domain.plan_table.executors import split_executors
from shnor_desktop.domain.plan_table.plain_words import folded
from shnor_desktop.services.plan_import import PlanFile

Plain = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PackParts:
    """Rows for `plan_sections`, `measures` and `roles` of a pack, and the words that the pack has no code for."""

    sections: tuple[Plain, ...]
    measures: tuple[Plain, ...]
    roles: tuple[Plain, ...] = ()
    """Executors that the pack has no role for: participants of the pack, and names that a person then places."""
    already_there: tuple[str, ...] = ()
    """Measures that the pack has under the same number and words; they are left out."""
    unknown_executors: tuple[str, ...] = ()
    """Names that are no role and no participant of the pack: they get roles of the centre, to be looked through."""
    unknown_evidence: tuple[str, ...] = ()


def pack_parts(pack: Pack, file: PlanFile, accepted: Mapping[int, Collection[int]] | None = None) -> PackParts:
    """The plan of a file in the form of a pack. What a row inherits from its section is left to the section.

    `accepted` names the repairs of a row by their place; a row that it leaves out gets the safe ones.
    """
    return _Maker(pack, file).parts(accepted or {})


class _Maker:
    """Gives codes; knows what the pack holds."""

    def __init__(self, pack: Pack, file: PlanFile) -> None:
        self._pack = pack
        self._file = file
        self._actors = {folded(role.title): role.id for role in pack.roles if role.executor}
        self._lanes = {folded(title): lane for lane in pack.lanes for title in (lane.title, lane.full_title)}
        self._role_ids = {role.id for role in pack.roles}
        self._roles: list[Plain] = []
        self._evidence = {folded(caption): code for code, caption in pack.code_list("evidence_kinds")}
        self._known = {(item.number, folded(item.title)) for item in pack.measures}
        self._ids = {item.id for item in pack.measures}
        self._codes: dict[str, str] = {}
        self._by_number: dict[str, str] = {}
        self._unknown: dict[str, None] = {}
        self._unknown_evidence: dict[str, None] = {}

    def parts(self, accepted: Mapping[int, Collection[int]]) -> PackParts:
        sections = [self._section(section) for section in self._file.plan.sections]
        measures, there = [], []
        for at, row in enumerate(self._file.plan.rows):
            made = settled(row, accepted.get(at))
            if (made.number, folded(made.title)) in self._known:
                there.append(f"{made.number} {made.title}".strip())
            else:
                measures.append(self._measure(made))
        return PackParts(
            sections=tuple(sections),
            measures=tuple(measures),
            roles=tuple(self._roles),
            already_there=tuple(there),
            unknown_executors=tuple(self._unknown),
            unknown_evidence=tuple(self._unknown_evidence),
        )

    def _section(self, section: PlanSection) -> Plain:
        taken = {one.code for one in self._pack.plan_sections} | set(self._codes.values())
        code = _free(section.number or f"section{len(self._codes) + 1}", taken)
        above = [number for number in self._by_number if section.number.startswith(f"{number}.")]
        parent = self._by_number[max(above, key=len)] if above else ""
        self._codes[section.label] = code
        if section.number:
            self._by_number[section.number] = code
        row = {
            "code": code,
            "title": section.title,
            "number": section.number,
            "deadline": " ".join(section.deadline.split()),
            "executors": self._actors_of(split_executors(section.executors)),
            "parent": parent,
        }
        return {name: value for name, value in row.items() if value}

    def _measure(self, row: PlanRow) -> Plain:
        prefix = self._pack.id.split("-", 1)[0]
        code = _free(f"{prefix}.{row.number or f'plan.{len(self._ids) + 1}'}", self._ids)
        self._ids.add(code)
        has_section = row.section in self._codes
        made = {
            "id": code,
            "title": row.title,
            "number": row.number,
            "section": self._codes.get(row.section, ""),
            "deadline": "" if row.deadline_inherited and has_section else row.deadline,
            "executors": [] if row.executors_inherited and has_section else self._actors_of(row.executors),
            "expected_result": row.result,
            "evidence": self._evidence_of(row.evidence),
            "source": f"{self._file.name}, {row.place}",
        }
        return {name: value for name, value in made.items() if value}

    def _actors_of(self, names: Collection[str]) -> list[str]:
        found = []
        for name in names:
            code = self._actors.get(folded(name)) or self._new_role(name)
            if code not in found:
                found.append(code)
        return found

    def _new_role(self, name: str) -> str:
        """The role that begins with a name: of the participant who is called so, else of the centre."""
        lane = self._lanes.get(folded(name))
        if lane is None:
            self._unknown.setdefault(name)
        others = [item.id for item in self._pack.lanes if not item.at_school] or [item.id for item in self._pack.lanes]
        home = lane.id if lane else ("centre" if "centre" in others else others[-1])
        code = _free(lane.id if lane else f"executor{len(self._roles) + 1}", self._role_ids)
        self._role_ids.add(code)
        role: Plain = {"id": code, "title": name, "lane": home, "executor": True, "source": self._file.name}
        self._roles.append(role if lane else {**role, "unconfirmed": True})
        titles = (name, lane.title, lane.full_title) if lane else (name,)
        self._actors.update({folded(title): code for title in titles})
        return code

    def _evidence_of(self, words: str) -> list[str]:
        found = []
        for name in split_executors(words):
            code = self._evidence.get(folded(name))
            if code is None:
                self._unknown_evidence.setdefault(name)
            elif code not in found:
                found.append(code)
        return found


def _free(code: str, taken: Collection[str]) -> str:
    """The code, or the first one after it that nobody has."""
    if code not in taken:
        return code
    return next(f"{code}-{at}" for at in range(2, len(taken) + 3) if f"{code}-{at}" not in taken)
