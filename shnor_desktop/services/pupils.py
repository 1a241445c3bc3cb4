"""Pupils at risk by code: counts that name nobody, how the group changes, causes with what is advised."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import ProgressFact, RiskPupilFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import number, plural, short_date
from shnor_desktop.services import roadmap
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

SMALLEST_GROUP = 5
"""Prints break no smaller group down: a handful of pupils of one class are known to everybody."""
_HALF_YEARS = 4


@dataclass(frozen=True, slots=True)
class Counted:
    """How many pupils a class, a risk or a cause has."""

    code: str
    title: str
    pupils: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class GroupOnDay:
    """The size of the risk group on a day."""

    day: date
    pupils: int


@dataclass(frozen=True, slots=True)
class RiskSummary:
    """The risk group in numbers; `with_plan` and `informed` are parts of `pupils`."""

    pupils: int
    with_plan: int
    informed: int
    by_class: tuple[Counted, ...]
    by_risk: tuple[Counted, ...]
    by_cause: tuple[Counted, ...]
    history: tuple[GroupOnDay, ...]
    """The ends of the last half-years, then today."""
    steps_done: int = 0
    steps: int = 0

    @property
    def words(self) -> str:
        """«В группе риска 12 учеников, за полугодие стало меньше на 3»."""
        if not self.pupils and not any(point.pupils for point in self.history):
            return "В группе риска учеников нет."
        count = plural(self.pupils, "ученик", "ученика", "учеников")
        return f"В группе риска {count}. {self.change_words}".strip()

    @property
    def change_words(self) -> str:
        """How the group changed since the end of the last half-year; empty while nothing was kept then."""
        earlier = self.history[-2] if len(self.history) > 1 else None
        if earlier is None or not earlier.pupils:
            return ""
        change = self.pupils - earlier.pupils
        since = f"по сравнению с {short_date(earlier.day)} (было {earlier.pupils})"
        if not change:
            return f"Группа не изменилась {since}."
        verb = "выросла" if change > 0 else "снизилась"
        return f"Группа {verb} на {abs(change)} {since}."


@dataclass(frozen=True, slots=True)
class ProgressLine:
    """The measurements of a pupil in one subject, oldest first."""

    subject: str
    title: str
    points: tuple[ProgressFact, ...]

    @property
    def change(self) -> Decimal | None:
        """Percentage points from the first to the last; None while there is one measurement."""
        values = [point.percent for point in self.points if point.percent is not None]
        return values[-1] - values[0] if len(values) > 1 else None

    @property
    def words(self) -> str:
        """«от 30 % к 55 %: выше на 25 п. п.»; one measurement says only itself."""
        values = [point.percent for point in self.points if point.percent is not None]
        if not values:
            return "измерений нет"
        change = self.change
        if change is None:
            return f"{number(values[0])} %: одно измерение, о динамике судить рано"
        if not change:
            return f"{number(values[-1])} %: без изменений"
        way = "выше" if change > 0 else "ниже"
        return f"от {number(values[0])} % к {number(values[-1])} %: {way} на {number(abs(change))} п. п."


def risk_summary(workspace: Workspace, school: str | None = None) -> RiskSummary:
    """The risk group of a school in numbers."""
    return risk_summary_of(workspace.pack_of(school), read_facts(workspace, school))


def risk_summary_of(pack: Pack, facts: SchoolFacts) -> RiskSummary:
    """The same from facts that were read already."""
    pupils = [pupil for pupil in facts.risk_pupils if pupil.is_at_risk(facts.as_of)]
    known = {pupil.id for pupil in pupils}
    steps = [step for step in facts.pupil_steps if step.pupil in known and step.state != "cancelled"]
    planned = {step.pupil for step in steps}
    classes = {item.id: item.label for item in facts.classes}
    of_class: dict[str, list[str]] = {}
    for pupil in pupils:
        of_class.setdefault(pupil.school_class or "", []).append(pupil.id)
    by_class = [Counted(code, classes.get(code) or "класс не указан", len(found)) for code, found in of_class.items()]
    return RiskSummary(
        pupils=len(pupils),
        with_plan=sum(1 for pupil in pupils if pupil.id in planned),
        informed=sum(1 for pupil in pupils if pupil.parents_informed_on is not None),
        by_class=tuple(sorted(by_class, key=lambda item: (len(item.title), item.title))),
        by_risk=_of_list(pack, "pupil_risks", ((pupil.id, risk) for pupil in pupils for risk in pupil.risks)),
        by_cause=_of_list(pack, "failure_causes", _open_causes(facts, known)),
        history=_history(facts),
        steps_done=sum(1 for step in steps if step.state == "done"),
        steps=len(steps),
    )


def progress_of(facts: SchoolFacts, pupil: str, subjects: Mapping[str, str]) -> tuple[ProgressLine, ...]:
    """The progress of one pupil by subject; `subjects` gives their titles."""
    points = [item for item in facts.progress if item.pupil == pupil and item.measured_on is not None]
    points.sort(key=lambda item: item.measured_on or date.min)
    found = dict.fromkeys(item.subject or "" for item in points)
    return tuple(
        ProgressLine(code, subjects.get(code, code), tuple(item for item in points if (item.subject or "") == code))
        for code in found
    )


def with_advice(workspace: Workspace, values: Mapping[str, object]) -> Mapping[str, object]:
    """A cause of the workbook with what the methodology advises, where nothing else is advised."""
    advice = advice_of(workspace.pack, str(values.get("cause") or ""))
    return values if values.get("advice") or not advice else {**values, "advice": advice}


def advice_of(pack: Pack, cause: str) -> str:
    """What the methodology advises against a cause of failure; empty where it says nothing."""
    listed = next((item for item in pack.word_lists if item.code == "failure_causes"), None)
    return next((item.advice for item in listed.items if item.code == cause), "") if listed else ""


def measure_against(workspace: Workspace, cause: str) -> Done:
    """A measure of the road map against a frequent cause of failure; KnownError pupils.cause_absent."""
    summary = risk_summary(workspace)
    found = next((item for item in summary.by_cause if item.code == cause), None)
    if found is None:
        raise KnownError("pupils.cause_absent")
    count = plural(found.pupils, "ученика", "учеников", "учеников")
    values = {
        "title": f"Работа с причиной неуспешности «{found.title}»",
        "expected": f"Причина устранена не менее чем у половины: сейчас она отмечена у {count}",
        "evidence": "Рабочая тетрадь причин, измерения прогресса",
    }
    return roadmap.add_own(workspace, values)


def is_broken_down(pupils: int) -> bool:
    """Whether a print may break a group of so many down."""
    return pupils >= SMALLEST_GROUP


def printed_counts(items: Sequence[Counted]) -> tuple[tuple[str, str], ...]:
    """Counts as a print shows them: «менее 5» hides a handful whom everybody knows."""
    return tuple(
        (item.title, str(item.pupils) if is_broken_down(item.pupils) else f"менее {SMALLEST_GROUP}") for item in items
    )


def _open_causes(facts: SchoolFacts, known: set[str]) -> Iterable[tuple[str, str]]:
    for item in facts.failure_causes:
        if item.pupil in known and not item.is_removed:
            yield item.pupil or "", item.cause or ""


def _of_list(pack: Pack, code: str, pairs: Iterable[tuple[str, str]]) -> tuple[Counted, ...]:
    """Pupils by a word of a list of the methodology, most frequent first; a pupil counts once a word."""
    captions = dict(pack.code_list(code))
    found: dict[str, set[str]] = {}
    for pupil, word in pairs:
        found.setdefault(word, set()).add(pupil)
    counted = [Counted(word, captions.get(word, word), len(pupils)) for word, pupils in found.items() if word]
    return tuple(sorted(counted, key=lambda item: (-item.pupils, item.title)))


def _history(facts: SchoolFacts) -> tuple[GroupOnDay, ...]:
    """The ends of the half-years since the register is kept, then today."""
    points = [GroupOnDay(day, _size(facts.risk_pupils, day)) for day in _days(facts.as_of)]
    while len(points) > 1 and not points[0].pupils:
        points.pop(0)
    return tuple(points)


def _size(pupils: Sequence[RiskPupilFact], day: date) -> int:
    return sum(1 for pupil in pupils if pupil.since is not None and pupil.is_at_risk(day))


def _days(as_of: date) -> list[date]:
    """The ends of the last half-years of school (31 December, 31 May), then today."""
    ends = [date(year, *day) for year in (as_of.year - 2, as_of.year - 1, as_of.year) for day in ((5, 31), (12, 31))]
    past = [day for day in ends if day < as_of]
    return [*past[-_HALF_YEARS:], as_of]
