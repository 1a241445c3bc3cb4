"""Deadlines as the program reads them: in the plan of the programme, corrected by people, followed by the dates."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.deadlines import DeadlineKind, PlanPeriod, Window
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import MeasureFact, ReadingFact
from shnor_desktop.domain.log import ChangeRequest, Delete, Restore, Set
from shnor_desktop.domain.occurrences import MAX_WINDOWS, WAITING, Deadlines, PhraseReading, deadlines_of, normalised
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.deadlines import DeadlineReading
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import StoreKind, Workspace

_INFO = info_of(DeadlineReading)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person says that a phrase means."""

    kind: str
    windows: tuple[Window, ...] = ()
    times: str = ""
    event: str = ""
    is_optional: bool = False
    note: str = ""


def read_deadlines(workspace: Workspace, school: str | None = None) -> Deadlines:
    """The same, read from the store."""
    return deadlines_of(workspace.pack_of(school), read_facts(workspace, school))


def correct(workspace: Workspace, phrase: str, correction: Correction, school: str | None = None) -> Done:
    """Remember how a phrase is to be read in this methodology; the dates of its measures that came from the reading
    follow, in the same step. KnownError deadline.no_phrase, .no_windows, .reversed, .too_many, .outside_plan.
    """
    if not phrase.strip():
        raise KnownError("deadline.no_phrase")
    _require_sound(correction)
    _require_in_plan(correction, read_deadlines(workspace, school).plan)
    values: dict[str, object] = {
        "pack": workspace.pack.id,
        "phrase": normalised(phrase),
        "kind": correction.kind,
        "windows": windows_text(correction.windows),
        "times": correction.times,
        "event": correction.event,
        "is_optional": correction.is_optional or None,
        "note": correction.note,
    }
    parsed = {name: parse_value(_INFO.fields[name], value) for name, value in values.items()}
    row = records.row_id_for(workspace, _INFO, parsed, school)
    requests: list[ChangeRequest] = [Restore(_INFO.log_name, row)]
    requests += [Set(_INFO.log_name, row, name, value) for name, value in parsed.items()]
    fact = ReadingFact(**{name: value for name, value in parsed.items() if value is not None})  # type: ignore[arg-type]
    return _write_followed(workspace, phrase, fact, requests, "исправлено чтение срока", row, school)


def take_back(workspace: Workspace, phrase: str, school: str | None = None) -> Done:
    """Read a phrase as the program does again."""
    key: dict[str, WireValue] = {"pack": workspace.pack.id, "phrase": normalised(phrase)}
    row = records.row_id_for(workspace, _INFO, key, school)
    requests: list[ChangeRequest] = [Delete(_INFO.log_name, row)]
    return _write_followed(workspace, phrase, None, requests, "возвращено чтение срока программой", row, school)


def edit_phrase(workspace: Workspace, row: str, phrase: object) -> Done:
    """Change the deadline of a measure in words; dates that came from the reading, or are empty, follow."""
    facts = read_facts(workspace)
    measure = next((item for item in facts.measures if item.id == row), None)
    values: dict[str, object] = {"deadline": phrase}
    if measure is not None:
        deadlines = deadlines_of(workspace.pack, facts)
        was, wanted = deadlines.of(measure), deadlines.read(str(phrase or ""), measure.stage)
        values |= followed_dates(measure, deadlines, was, wanted)
        if wanted.is_optional and not measure.is_optional:
            values["is_optional"] = True
    return records.edit_many(workspace, Measure.log_name, row, values)


def followed_dates(
    measure: MeasureFact, deadlines: Deadlines, was: PhraseReading, now: PhraseReading
) -> dict[str, object]:
    """The dates that change with the reading: those that a person set are left alone."""
    (old_start, old_due), (start, due) = deadlines.span(was), deadlines.span(now)
    changed: dict[str, object] = {}
    if measure.starts_on in (None, old_start) and measure.starts_on != start:
        changed["starts_on"] = start
    if measure.due_on in (None, old_due) and measure.due_on != due:
        changed["due_on"] = due
    return changed


def windows_text(windows: Sequence[Window]) -> str:
    """Windows as the store keeps them."""
    pairs = sorted({(window.start.isoformat(), window.end.isoformat()) for window in windows})
    return json.dumps(pairs, separators=(",", ":")) if pairs else ""


def _write_followed(
    workspace: Workspace,
    phrase: str,
    fact: ReadingFact | None,
    requests: list[ChangeRequest],
    operation: str,
    row: str,
    school: str | None,
) -> Done:
    """Write the correction with the dates of the measures that have the phrase; a centre's plan has no measures."""
    is_own_plan = workspace.kind is StoreKind.SCHOOL and school in (None, workspace.school)
    if is_own_plan:
        facts = read_facts(workspace)
        before = deadlines_of(workspace.pack, facts)
        others = {key: item for key, item in (before.corrections or {}).items() if key != normalised(phrase)}
        after = replace(before, corrections={**others, normalised(phrase): fact} if fact is not None else others)
        for measure in facts.current(facts.measures):
            if normalised(measure.deadline or "") == normalised(phrase):
                was, now = before.of(measure), after.of(measure)
                for name, value in followed_dates(measure, before, was, now).items():
                    wire = value.isoformat() if isinstance(value, date) else None
                    requests.append(Set(Measure.log_name, measure.id, name, wire))
    batch = workspace.write(requests, operation, school)
    return Done(operation, row, batch.name if batch else "")


def _require_in_plan(correction: Correction, plan: PlanPeriod) -> None:
    """Days of another plan would be kept and never read."""
    windows = correction.windows
    if windows and all(one.end < plan.start or one.start > plan.end for one in windows):
        raise KnownError("deadline.outside_plan", start=short_date(plan.start), end=short_date(plan.end))


def _require_sound(correction: Correction) -> None:
    if DeadlineKind(correction.kind) not in WAITING and not correction.windows:
        raise KnownError("deadline.no_windows")
    if any(window.end < window.start for window in correction.windows):
        raise KnownError("deadline.reversed")
    if len(correction.windows) > MAX_WINDOWS:
        raise KnownError("deadline.too_many", limit=MAX_WINDOWS, count=len(correction.windows))
