"""The centre's registry of schools: a version a year, filled from packages where there are any, confirmed by a person.

A value that a package gives is computed each time and shows where it came from; a row holds only what a person typed,
and what a person typed counts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from shnor_desktop.domain.facts import CentreFacts, RegistryFact, SchoolFacts, fact_from
from shnor_desktop.domain.log import ChangeRequest, Restore, Set
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.municipality import RegisteredSchool
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.centre import school_ids, school_line
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind

RUNNING = frozenset({"running", "finished"})
"""States of a programme that is being carried out or was."""
CARRIED = ("code", "name", "categories", "included_since", "is_practice_site")
"""What a new year takes over from the year before; everything else is judged anew."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A value that a package gives, and the words that say so."""

    value: bool | int
    origin: str


@dataclass(frozen=True, slots=True)
class RegistryLine:
    """A school of the registry: what counts for it, and which values came from its package."""

    fact: RegistryFact
    school: str
    """The id of the school in this store; empty for one that has sent no package."""
    filled: Mapping[str, Filled] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentSchool:
    """A school that has sent a package and is not in the registry of the year."""

    school: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RegistryView:
    """The registry of one year as the page shows it."""

    years: tuple[int, ...]
    year: int
    lines: tuple[RegistryLine, ...]
    absent: tuple[SentSchool, ...]
    facts: CentreFacts

    @property
    def filled_count(self) -> int:
        """How many values came from packages and wait for a person's confirmation."""
        return sum(len(line.filled) for line in self.lines)


class StoreKey:
    """Lets a workspace stand in a cache key: equal for one store and one methodology."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self._identity = (workspace.store_id, workspace.pack.hash, today(workspace))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, StoreKey) and other._identity == self._identity

    def __hash__(self) -> int:
        return hash(self._identity)


def registry(workspace: Workspace, year: int | None = None) -> RegistryView:
    """The registry of a year; of the newest one, else of this year, where none is named."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    sent = _sent_schools(workspace)
    stored = _stored(workspace)
    years = tuple(sorted({fact.year for fact in stored if fact.year is not None}, reverse=True))
    this_year = today(workspace).year
    chosen = year if year is not None else next(iter(years), this_year)
    lines = tuple(_line(workspace, fact, sent) for fact in stored)
    facts = CentreFacts(as_of=today(workspace), registry=tuple(line.fact for line in lines))
    of_year = {fact.id: place for place, fact in enumerate(facts.of_year(chosen))}
    shown = sorted((line for line in lines if line.fact.id in of_year), key=lambda line: of_year[line.fact.id])
    codes = {line.fact.code for line in shown}
    absent = tuple(one for one in sent.values() if one.code not in codes)
    return RegistryView(years or (this_year,), chosen, tuple(shown), absent, facts)


def centre_facts(workspace: Workspace) -> CentreFacts:
    """The registry of every year, with what the packages give."""
    sent = _sent_schools(workspace)
    found = tuple(_line(workspace, fact, sent).fact for fact in _stored(workspace))
    return CentreFacts(as_of=today(workspace), registry=found)


def add_from_packages(workspace: Workspace, year: int) -> Done:
    """Enter the schools that have sent a package and are not in the registry of the year yet."""
    view = registry(workspace, year)
    rows = [{"year": year, "code": one.code, "name": one.name} for one in view.absent]
    words = f"внесены в реестр: {plural(len(rows), 'школа', 'школы', 'школ')}"
    return _begin(workspace, rows, words)


def begin_year(workspace: Workspace, year: int) -> Done:
    """Begin the registry of a year with the schools of the one before: names, categories and inclusion are taken over,
    what a school did is judged anew."""
    stored = _stored(workspace)
    earlier = max((fact.year for fact in stored if fact.year is not None and fact.year < year), default=None)
    there = {fact.code for fact in stored if fact.year == year}
    rows: list[dict[str, Any]] = []
    for item in records.rows(workspace, RegisteredSchool, workspace.centre):
        if item.year == earlier and item.code not in there and earlier is not None:
            rows.append({"year": year, **{name: getattr(item, name) for name in CARRIED}})
    return _begin(workspace, rows, f"начат реестр {year} года")


def confirm_filled(workspace: Workspace, row: str, fields: Mapping[str, Filled]) -> Done:
    """Keep what the package gives as the centre's own judgement."""
    values = {name: one.value for name, one in fields.items()}
    return records.edit_many(workspace, RegisteredSchool.log_name, row, values, workspace.centre)


def _begin(workspace: Workspace, rows: list[dict[str, Any]], operation: str) -> Done:
    info = info_of(RegisteredSchool)
    requests: list[ChangeRequest] = []
    first = ""
    for values in rows:
        row = records.row_id_for(workspace, info, values, workspace.centre)
        first = first or row
        requests.append(Restore(info.log_name, row))
        requests += [Set(info.log_name, row, name, value) for name, value in values.items() if value is not None]
    batch = workspace.write(requests, operation, workspace.centre) if requests else None
    return Done(operation, first, batch.name if batch else "")


def _stored(workspace: Workspace) -> list[RegistryFact]:
    if not workspace.centre:
        return []
    return [fact_from(RegistryFact, row) for row in records.rows(workspace, RegisteredSchool, workspace.centre)]


def _sent_schools(workspace: Workspace) -> dict[str, SentSchool]:
    """The schools that have sent a package, by code."""
    found = {}
    for school in school_ids(workspace):
        with workspace.reading() as reader:
            digest = reader.projection_digest(school)
        card = _card(StoreKey(workspace), school, digest)
        if card.code:
            found[card.code] = card
    return dict(sorted(found.items()))


@lru_cache(maxsize=512)
def _card(key: StoreKey, school: str, digest: str) -> SentSchool:
    card = records.row(key.workspace, School, school, school)
    return SentSchool(school, (card.code if card else None) or "", (card.short_name if card else None) or "")


def _line(workspace: Workspace, fact: RegistryFact, sent: Mapping[str, SentSchool]) -> RegistryLine:
    card = sent.get(fact.code or "")
    if card is None or fact.year is None:
        return RegistryLine(fact, card.school if card else "")
    with workspace.reading() as reader:
        digest = reader.projection_digest(card.school)
    since = min(fact.included_since or fact.year, fact.year)
    given = _given(StoreKey(workspace), card.school, digest, (since, fact.year))
    filled = {name: one for name, one in given.items() if getattr(fact, name) is None}
    values: dict[str, Any] = {name: one.value for name, one in filled.items()}
    return RegistryLine(replace(fact, **values), card.school, filled)


@lru_cache(maxsize=1024)
def _given(key: StoreKey, school: str, digest: str, years: tuple[int, int]) -> dict[str, Filled]:
    """What the package of a school says of the year of the registry (the second of `years`), and of those that were
    trained since it was included (the first); kept until its data change."""
    facts = read_facts(key.workspace, school)
    since, year = years
    found = {"in_events": _events(facts, year), "trained_staff": _trained(facts, since, year)}
    if year == facts.as_of.year:
        found |= _of_today(key.workspace, facts, school)
    return {name: one for name, one in found.items() if one is not None}


def _events(facts: SchoolFacts, year: int) -> Filled | None:
    held = [event for event in facts.events if event.held_on is not None and event.held_on.year == year]
    if not held and not facts.partners:
        return None
    words = plural(len(held), "событие", "события", "событий")
    return Filled(bool(held), f"из пакета: {words} с партнёрами")


def _trained(facts: SchoolFacts, since: int, year: int) -> Filled | None:
    if not facts.staff:
        return None
    trained = [one for one in facts.staff if one.last_training and since <= one.last_training.year <= year]
    when = f"в {year} году" if since == year else f"в {since}–{year} годах"
    words = f"из пакета: курсы {when}, проверьте тему"
    return Filled(len(trained), words)


def _of_today(workspace: Workspace, facts: SchoolFacts, school: str) -> dict[str, Filled]:
    """What is known of the present state alone: the diagnostic map and the state of the programme."""
    line = school_line(workspace, school)
    found = {}
    if line.questions and facts.answers:
        words = f"из пакета: в карте {line.answered} из {line.questions}"
        found["is_analysed"] = Filled(line.answered == line.questions, words)
    state = facts.programme.state if facts.programme is not None else None
    caption = dict(workspace.pack.code_list("programme_states")).get(state or "", state or "")
    if state is not None:
        words = f"из пакета: программа — {caption}"
        found["realises"] = Filled(state in RUNNING, words)
    return found
