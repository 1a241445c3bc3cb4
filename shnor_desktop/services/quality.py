"""ВСОКО as a cycle: the year plan is offered, each control goes on to its note, its decision and the check of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.document_set import ADMINISTRATION
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import ControlFact, DecisionFact, NoteFact, SchoolFacts
from shnor_desktop.domain.log import ChangeRequest, Set
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.metrics.support import school_year_start
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.quality import Decision, QualityControl, QualityReport
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.quality_drafts import draft_note
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

DAYS_FOR_DECISION = 30
"""When a decision is to be checked, until a person says another day."""


class Step(StrEnum):
    """The steps of a control, in order."""

    PLANNED = "planned"
    HELD = "held"
    NOTE = "note"
    DECIDED = "decided"
    CHECKED = "checked"

    @property
    def caption(self) -> str:
        """As the head of a column names it."""
        return _CAPTIONS[self]


_CAPTIONS = {
    Step.PLANNED: "План",
    Step.HELD: "Проведён",
    Step.NOTE: "Справка",
    Step.DECIDED: "Решение",
    Step.CHECKED: "Проверено",
}


@dataclass(frozen=True, slots=True)
class CycleLine:
    """One control with what has come of it. `next` is the step that is missing; None when the cycle is closed."""

    control: ControlFact
    owner: str
    notes: tuple[NoteFact, ...]
    decisions: tuple[DecisionFact, ...]
    next: Step | None
    is_late: bool

    @property
    def note(self) -> NoteFact | None:
        """The newest note."""
        return max(self.notes, key=lambda note: (note.made_on or date.min, note.id), default=None)

    @property
    def unchecked(self) -> tuple[DecisionFact, ...]:
        """Decisions that nobody has checked yet."""
        return tuple(item for item in self.decisions if item.checked_on is None and item.state != "cancelled")

    @property
    def words_of_day(self) -> str:
        """The day of the plan; empty while there is none."""
        return short_date(self.control.due_on) if self.control.due_on else ""

    def words(self, step: Step) -> str:
        """What a cell of the line says; empty for a step that is still to come."""
        control, note = self.control, self.note
        if step is Step.PLANNED:
            return f"до {short_date(control.due_on)}" if control.due_on else "без срока"
        if step is Step.HELD:
            if control.state == "cancelled":
                return "отменён"
            if control.state == "held":
                return short_date(control.held_on) if control.held_on else "да"
            return "перенесён" if control.state == "moved" else ""
        if step is Step.NOTE:
            if note is None:
                return ""
            return "черновик" if note.generated else (short_date(note.made_on) if note.made_on else "есть")
        if step is Step.DECIDED:
            return f"принято {len(self.decisions)}" if self.decisions else ""
        checked = sum(1 for item in self.decisions if item.checked_on is not None)
        total = sum(1 for item in self.decisions if item.state != "cancelled" or item.checked_on is not None)
        return f"{checked} из {total}" if total else ""


@dataclass(frozen=True, slots=True)
class CycleView:
    """The controls of one school year by their days."""

    year: int
    years: tuple[int, ...]
    lines: tuple[CycleLine, ...]

    @property
    def closed(self) -> int:
        """Controls whose cycle is closed."""
        return sum(1 for line in self.lines if line.next is None)

    def line(self, control: str) -> CycleLine | None:
        """The line of a control."""
        return next((line for line in self.lines if line.control.id == control), None)


@dataclass(frozen=True, slots=True)
class OfferedControl:
    """A control that the year plan is offered; `origin` says where it comes from."""

    title: str
    area: str
    method: str
    classes: str
    due_on: date
    owner: str
    reviewed_at: str
    origin: str


def year_of(day: date) -> int:
    """The year in which the school year of a day begins; the summer belongs to the year that comes."""
    return day.year if day.month >= 7 else school_year_start(day).year


def cycle(workspace: Workspace, school: str | None = None, year: int | None = None) -> CycleView:
    """The controls of a school year, of the running one by default."""
    return cycle_of(read_facts(workspace, school), year)


def cycle_of(facts: SchoolFacts, year: int | None = None) -> CycleView:
    """The same from facts that were read already."""
    known = {control.year for control in facts.controls if control.year is not None}
    current = year_of(facts.as_of)
    chosen = year if year is not None else (current if current in known or not known else max(known))
    people = {person.id: person.label for person in facts.staff}
    found = [control for control in facts.controls if (control.year or current) == chosen]
    found.sort(key=lambda control: (control.due_on or date.max, control.label, control.id))
    lines = tuple(_line(facts, control, people.get(control.owner or "", "")) for control in found)
    return CycleView(chosen, tuple(sorted(known | {current, chosen}, reverse=True)), lines)


def offer_plan(pack: Pack, facts: SchoolFacts, year: int) -> tuple[OfferedControl, ...]:
    """Last year's controls a year later and the base plan of the methodology, without what the plan holds already."""
    there = {_folded(control.title) for control in facts.controls if control.year == year}
    owner = _usual_owner(facts)
    found: dict[str, OfferedControl] = {}
    for control in facts.controls:
        if control.year == year - 1 and control.due_on is not None and control.state != "cancelled" and control.label:
            found[_folded(control.title)] = OfferedControl(
                control.label,
                control.area or "",
                control.method or "",
                control.classes or "",
                _next_year(control.due_on),
                control.owner or owner,
                control.reviewed_at or "",
                f"план {year - 1}/{year} года",
            )
    for item in pack.control_templates:
        due = _last_of_month(year if item.month >= 8 else year + 1, item.month)
        offered = OfferedControl(
            item.title, item.area, item.method, item.classes, due, owner, item.reviewed_at, "основа плана"
        )
        found.setdefault(_folded(item.title), offered)
    return tuple(sorted((o for key, o in found.items() if key not in there), key=lambda o: (o.due_on, o.title)))


def take_plan(workspace: Workspace, year: int, offered: Sequence[OfferedControl]) -> Done:
    """Write controls into the plan of a year as one step that one Ctrl+Z takes back."""
    requests: list[ChangeRequest] = []
    for item in offered:
        row = new_row_id(workspace.clock.now())
        values: dict[str, WireValue] = {
            "year": year,
            "title": item.title,
            "area": item.area,
            "method": item.method,
            "classes": item.classes,
            "due_on": item.due_on.isoformat(),
            "owner": item.owner,
            "reviewed_at": item.reviewed_at,
            "state": "planned",
        }
        requests += [Set(QualityControl.log_name, row, name, value) for name, value in values.items() if value != ""]
    operation = f"составлен план ВСОКО на {year}/{year + 1} год: контролей {len(offered)}"
    batch = workspace.write(requests, operation)
    return Done(operation, batch=batch.name if batch else "")


def hold(workspace: Workspace, control: str, day: date | None = None) -> Done:
    """Mark a control as held, on the day of the facts by default."""
    held = day or read_facts(workspace).as_of
    return records.edit_many(workspace, QualityControl.log_name, control, {"state": "held", "held_on": held})


def write_note(workspace: Workspace, control: str) -> Done:
    """Begin the note of a control with a draft from the data of the school, marked until a person has read it.

    KnownError quality.note_exists.
    """
    facts = read_facts(workspace)
    line = _known(facts, control)
    if line.notes:
        raise KnownError("quality.note_exists", control=line.control.label or "без названия")
    draft = draft_note(workspace.pack, facts, line.control)
    values: dict[str, object] = {
        "control": control,
        "title": draft.title,
        "made_on": facts.as_of,
        "looked_at": draft.looked_at,
        "found": draft.found,
        "conclusions": draft.conclusions,
        "advice": draft.advice,
        "generated": True,
    }
    if line.control.owner:
        values["author"] = line.control.owner
    return records.begin(workspace, QualityReport, values)


def read_note(workspace: Workspace, note: str) -> Done:
    """A person has read the draft of a note."""
    return records.edit(workspace, QualityReport.log_name, note, "generated", False)


def decide(workspace: Workspace, note: str) -> Done:
    """Begin a management decision on a note: its first advice becomes the charge; owner and day are proposed."""
    facts = read_facts(workspace)
    found = next((item for item in facts.notes if item.id == note), None)
    if found is None:
        raise BugError(f"no note {note!r}")
    advice = next((line.strip(" –-•") for line in (found.advice or "").splitlines() if line.strip(" –-•")), "")
    values: dict[str, object] = {
        "title": (advice or f"Принять меры по справке «{found.label}»")[:500],
        "report": note,
        "due_on": facts.as_of + timedelta(days=DAYS_FOR_DECISION),
        "state": "open",
    }
    owner = found.author or _usual_owner(facts)
    if owner:
        values["owner"] = owner
    return records.begin(workspace, Decision, values)


def mark_checked(workspace: Workspace, decision: str) -> Done:
    """The director or a deputy has checked a decision today; one that was not marked as done is done now."""
    facts = read_facts(workspace)
    found = next((item for item in facts.decisions if item.id == decision), None)
    if found is None:
        raise BugError(f"no decision {decision!r}")
    values: dict[str, object] = {"checked_on": facts.as_of}
    checker = _director(facts)
    if checker:
        values["checked_by"] = checker
    if found.is_open:
        values |= {"state": "done", "done_on": facts.as_of}
    return records.edit_many(workspace, Decision.log_name, decision, values)


def _line(facts: SchoolFacts, control: ControlFact, owner: str) -> CycleLine:
    notes = tuple(note for note in facts.notes if note.control == control.id)
    own = {note.id for note in notes}
    decisions = tuple(item for item in facts.decisions if item.report in own)
    step = _next(control, notes, decisions)
    is_late = step is Step.HELD and control.due_on is not None and control.due_on < facts.as_of
    is_late = is_late or any(item.is_overdue(facts.as_of) for item in decisions)
    return CycleLine(control, owner, notes, decisions, step, is_late)


def _next(control: ControlFact, notes: Sequence[NoteFact], decisions: Sequence[DecisionFact]) -> Step | None:
    if control.state == "cancelled":
        return None
    if control.state != "held":
        return Step.HELD
    if not notes or any(note.generated for note in notes):
        return Step.NOTE
    if not decisions:
        return Step.DECIDED
    is_open = any(item.checked_on is None and item.state != "cancelled" for item in decisions)
    return Step.CHECKED if is_open else None


def _known(facts: SchoolFacts, control: str) -> CycleLine:
    found = next((item for item in facts.controls if item.id == control), None)
    if found is None:
        raise BugError(f"no control {control!r}")
    return _line(facts, found, "")


def _usual_owner(facts: SchoolFacts) -> str:
    """The first deputy, else the director; empty where the staff list names neither."""
    people = sorted((one for one in facts.staff if one.position in ADMINISTRATION), key=lambda one: one.label)
    deputies = [person.id for person in people if person.position == "deputy"]
    return deputies[0] if deputies else (people[0].id if people else "")


def _director(facts: SchoolFacts) -> str:
    return next((person.id for person in facts.staff if person.position == "director"), "")


def _folded(title: str | None) -> str:
    return " ".join((title or "").casefold().split())


def _next_year(day: date) -> date:
    """The same day a year later; 29 February becomes 28."""
    try:
        moved = day.replace(year=day.year + 1)
    except ValueError:
        moved = day.replace(year=day.year + 1, day=28)
    return moved - timedelta(days=max(0, moved.weekday() - 4))


def _last_of_month(year: int, month: int) -> date:
    """The last working day of a month: a Saturday or Sunday gives way to the Friday before."""
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last = first_of_next - timedelta(days=1)
    return last - timedelta(days=max(0, last.weekday() - 4))
