"""The causes of low results that the methodology names: how strong here, what shows it, where it is answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import CauseFact, ProblemFact, SchoolFacts
from shnor_desktop.domain.log import Restore, Set
from shnor_desktop.domain.methodology import Cause, Level, Measure, Pack
from shnor_desktop.domain.russian import plural
from shnor_desktop.domain.scoring import Assessment, Step
from shnor_desktop.domain.waves import current_wave, waves_of
from shnor_desktop.models.diagnostics import LEVELS, CauseMark, ProblemField
from shnor_desktop.models.pupils import FailureCause
from shnor_desktop.models.registry import info_of
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import MAP, form_view_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.problems import new_values, require_room, worrying_figures
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace

_WORRYING = (Level.HIGH, Level.MEDIUM)
_NO_GROUP = "Причины"
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class CauseView:
    """A cause with the school's mark; `suggested` are the red figures of the map that its measures answer."""

    cause: Cause
    mark: CauseFact | None
    level: Level | None
    """None while nobody has judged it."""
    before: Level | None
    """What it was in the map before this one."""
    facts: str
    suggested: str
    problem: ProblemFact | None
    measures: tuple[Measure, ...]

    @property
    def is_loose(self) -> bool:
        """Strong here, and no problem field in work answers it."""
        return self.level is Level.HIGH and not (self.problem and self.problem.is_active)


@dataclass(frozen=True, slots=True)
class CauseGroup:
    """Causes of one kind, as the methodology gathers them."""

    title: str
    causes: tuple[CauseView, ...]


@dataclass(frozen=True, slots=True)
class PupilCauses:
    """How often each cause stands in the depersonalised workbook: counts only, no pupil is named."""

    pupils: int
    counts: tuple[tuple[str, int], ...]
    """Captions with how many pupils have the cause, the most frequent first."""
    is_small: bool

    @property
    def words(self) -> str:
        """«Рабочая тетрадь причин: 7 учеников. Чаще всего: пробелы в знаниях — 4, …»."""
        if not self.pupils:
            return "Рабочая тетрадь причин по ученикам пока пуста."
        most = ", ".join(f"{caption} — {count}" for caption, count in self.counts[:_MOST_NAMED])
        size = f" Учеников мало (n = {self.pupils}): о школе в целом по ним не судят." if self.is_small else ""
        return (
            f"Рабочая тетрадь причин: {plural(self.pupils, 'ученик', 'ученика', 'учеников')}. Чаще всего: {most}.{size}"
        )


def causes(workspace: Workspace, school: str | None = None) -> tuple[CauseGroup, ...]:
    """The causes of the methodology with the marks of the school, in the map that counts now."""
    pack, facts = workspace.pack_of(school), read_facts(workspace, school)
    view = form_view_of(pack, facts)
    return causes_of(pack, facts, view.profile, view.wave)


def causes_of(pack: Pack, facts: SchoolFacts, profile: Sequence[Assessment], wave: str) -> tuple[CauseGroup, ...]:
    """The same from facts that were read already."""
    marks = {item.cause: item for item in facts.causes if item.wave == wave}
    waves = [item.id for item in waves_of(pack, MAP)]
    earlier = waves[: waves.index(wave)] if wave in waves else []
    before = {item.cause: item.level for past in earlier for item in facts.causes if item.wave == past and item.level}
    groups = dict.fromkeys(item.group or _NO_GROUP for item in pack.causes)
    return tuple(
        CauseGroup(
            title,
            tuple(
                _view(pack, facts, profile, cause, marks.get(cause.code), before.get(cause.code))
                for cause in pack.causes
                if (cause.group or _NO_GROUP) == title
            ),
        )
        for title in groups
    )


def pupil_causes(workspace: Workspace, school: str | None = None) -> PupilCauses:
    """The summary of the workbook by pupil; causes that were removed do not count."""
    rows = [row for row in records.rows(workspace, FailureCause, school) if not row.is_removed and row.cause]
    pairs = {(row.pupil, row.cause) for row in rows}
    captions = dict(workspace.pack_of(school).code_list("failure_causes"))
    counts = Counter(captions.get(str(cause), str(cause)) for _, cause in pairs)
    pupils = len({pupil for pupil, _ in pairs})
    ordered = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return PupilCauses(pupils, ordered, 0 < pupils < workspace.pack_of(school).identification.small_group)


def mark_cause(workspace: Workspace, cause: str, level: str, wave: str = "") -> Done:
    """Say how strong a cause is; the red figures of the map are written as its facts while those are empty."""
    view, chosen = _found(workspace, cause, wave)
    if level and level not in dict(LEVELS):
        raise BugError(f"no level {level!r}")
    values: dict[str, WireValue] = {"level": level or None}
    if level in _WORRYING and not view.facts and view.suggested:
        values["facts"] = view.suggested
    return _write(workspace, chosen, cause, values, f"причина: {view.cause.title}")


def set_facts(workspace: Workspace, cause: str, facts: str, wave: str = "") -> Done:
    """Say what shows a cause."""
    view, chosen = _found(workspace, cause, wave)
    value = parse_value(info_of(CauseMark).fields["facts"], facts)
    return _write(workspace, chosen, cause, {"facts": value}, f"в чём видно: {view.cause.title}")


def to_problem(workspace: Workspace, cause: str, problem: str = "", wave: str = "") -> Done:
    """Answer a cause by a problem field: one that is there (its causes get a line), else a new one; one step.

    KnownError problems.too_many, causes.no_problem.
    """
    view, chosen = _found(workspace, cause, wave)
    facts = read_facts(workspace)
    info = info_of(ProblemField)
    if problem:
        found = next((item for item in facts.problems if item.id == problem), None)
        if found is None:
            raise KnownError("causes.no_problem")
        lines = [line for line in (found.causes or "").splitlines() if line.strip()]
        typed: dict[str, object] = {"causes": "\n".join(dict.fromkeys([*lines, view.cause.title]))}
        row = problem
    else:
        require_room(facts)
        own = {
            "title": view.cause.title,
            "factors": _factors_of(workspace.pack, view.cause, facts),
            "causes": view.cause.title,
            "facts": view.facts or view.suggested,
        }
        typed = new_values(facts, own)
        row = records.row_id_for(workspace, info, {})
    fields = records.fields_of(workspace, ProblemField)
    requests = [Set(info.log_name, row, name, parse_value(fields[name], value)) for name, value in typed.items()]
    operation = f"причина взята в проблемное поле: {view.cause.title}"
    return _write(workspace, chosen, cause, {"problem": row}, operation, requests, row)


def measures_of_cause(pack: Pack, facts: SchoolFacts, cause: Cause) -> tuple[Measure, ...]:
    """The measures that the methodology advises for a cause and the road map does not hold yet."""
    there = {measure.library_code for measure in facts.current(facts.measures)}
    known = (pack.measure(code) for code in cause.measures)
    return tuple(measure for measure in known if measure is not None and measure.id not in there)


def _view(
    pack: Pack,
    facts: SchoolFacts,
    profile: Sequence[Assessment],
    cause: Cause,
    mark: CauseFact | None,
    before: str | None,
) -> CauseView:
    named = mark.problem if mark else None
    return CauseView(
        cause=cause,
        mark=mark,
        level=_level(mark.level if mark else None),
        before=_level(before),
        facts=(mark.facts if mark else None) or "",
        suggested=worrying_figures(_red_steps(pack, profile, cause)) if cause.measures else "",
        problem=next((item for item in facts.problems if item.id == named), None),
        measures=measures_of_cause(pack, facts, cause),
    )


def _level(code: str | None) -> Level | None:
    return Level(code) if code and code in set(Level) else None


def _red_steps(pack: Pack, profile: Sequence[Assessment], cause: Cause) -> tuple[Step, ...]:
    """The red indicators of the factors that the measures against this cause are meant for; without any the yellow."""
    factors = _aimed(pack, cause)
    found = {step.code: step for item in profile if item.factor in factors for step in item.steps}
    red = tuple(step for step in found.values() if step.level is Level.HIGH)
    return red or tuple(step for step in found.values() if step.level is Level.MEDIUM)


def _aimed(pack: Pack, cause: Cause) -> frozenset[str]:
    measures = (pack.measure(code) for code in cause.measures)
    return frozenset(factor for measure in measures if measure for factor in measure.factors)


def _factors_of(pack: Pack, cause: Cause, facts: SchoolFacts) -> list[str]:
    """The worrying factors that a new problem field stands for."""
    aimed = _aimed(pack, cause)
    profile = form_view_of(pack, facts).profile
    return [item.factor for item in profile if item.factor in aimed and item.level in _WORRYING]


def _found(workspace: Workspace, cause: str, wave: str) -> tuple[CauseView, str]:
    pack, facts = workspace.pack, read_facts(workspace)
    chosen = wave or current_wave(pack, facts)
    profile = form_view_of(pack, facts, MAP, chosen).profile
    for group in causes_of(pack, facts, profile, chosen):
        for view in group.causes:
            if view.cause.code == cause:
                return view, chosen
    raise BugError(f"no cause {cause!r}")


def _write(
    workspace: Workspace,
    wave: str,
    cause: str,
    values: dict[str, WireValue],
    operation: str,
    more: Sequence[Set] = (),
    row: str = "",
) -> Done:
    info = info_of(CauseMark)
    key: dict[str, WireValue] = {"wave": wave, "cause": cause}
    mark = records.row_id_for(workspace, info, key)
    requests = [Set(info.log_name, mark, name, value) for name, value in {**key, **values}.items()]
    batch = workspace.write([*more, Restore(info.log_name, mark), *requests], operation)
    return Done(operation, row or mark, batch.name if batch else "")
