"""Problem fields: offered by the risk profile with the figures they rest on, taken into work, answered by measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shnor_desktop.domain.checks.problems import MOST_ACTIVE
from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.facts import MeasureFact, ProblemFact, SchoolFacts
from shnor_desktop.domain.log import Set
from shnor_desktop.domain.methodology import Level, Measure, Pack
from shnor_desktop.domain.methodology import ProblemField as ProblemTemplate
from shnor_desktop.domain.scoring import Assessment, Step
from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import form_view_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

_WORRYING = (Level.HIGH, Level.MEDIUM)
_ORDER = {Level.HIGH: 0, Level.MEDIUM: 1, Level.LOW: 2, Level.UNKNOWN: 3}


@dataclass(frozen=True, slots=True)
class SuggestedProblem:
    """A problem field that the methodology offers for a factor of this school.

    `facts` is one line a figure: «Доля педагогов с высшей категорией: 4 из 22 (18,2 %)».
    """

    template: str
    factor: str
    factor_title: str
    level: Level
    title: str
    description: str
    causes: tuple[str, ...]
    facts: str
    task: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class ProblemCard:
    """A problem field of the school: its factors, what answers it already, what could."""

    problem: ProblemFact
    level: Level
    """The worst level of its factors."""
    factor_titles: tuple[str, ...]
    measures: tuple[MeasureFact, ...]
    suggested: tuple[Measure, ...]

    @property
    def is_unanswered(self) -> bool:
        """In work, and nothing of the road map answers it."""
        return bool(self.problem.is_active) and not self.measures


def suggest(workspace: Workspace, school: str | None = None) -> tuple[SuggestedProblem, ...]:
    """What the risk profile offers and the school has not taken yet: high factors first."""
    facts = read_facts(workspace, school)
    return suggestions(workspace.pack, facts, form_view_of(workspace.pack, facts).profile)


def suggestions(pack: Pack, facts: SchoolFacts, profile: Sequence[Assessment]) -> tuple[SuggestedProblem, ...]:
    """The same from facts that were read already."""
    answered = {factor for problem in facts.problems for factor in problem.factors}
    worrying = [item for item in profile if item.level in _WORRYING and item.factor not in answered]
    worrying.sort(key=lambda item: (_ORDER[item.level], -(item.score or 0)))
    return tuple(
        _suggested(pack, facts, item, template)
        for item in worrying
        for template in pack.problem_fields
        if template.factor == item.factor
    )


def accept(workspace: Workspace, suggestion: SuggestedProblem) -> Done:
    """Take a suggested problem into work, after those that are there; KnownError problems.too_many."""
    values = {
        "title": suggestion.title,
        "factors": [suggestion.factor],
        "causes": "\n".join(suggestion.causes),
        "facts": suggestion.facts,
    }
    return _begin(workspace, values)


def add_own(workspace: Workspace, title: str, factors: Sequence[str] = (), causes: str = "") -> Done:
    """Take a problem into work that the school words itself; KnownError problems.too_many."""
    return _begin(workspace, {"title": title, "factors": list(factors), "causes": causes})


def set_active(workspace: Workspace, row: str, *, is_active: bool) -> Done:
    """Take a problem into work or put it off; KnownError problems.too_many."""
    if is_active:
        require_room(read_facts(workspace), but=row)
    return records.edit(workspace, ProblemField.log_name, row, "is_active", is_active)


def put_in_order(workspace: Workspace, rows: Sequence[str]) -> Done:
    """Rank the problems as they stand in `rows`, the most important first."""
    requests = [Set(ProblemField.log_name, row, "rank", place) for place, row in enumerate(rows, start=1)]
    operation = "изменено: очерёдность проблемных полей"
    batch = workspace.write(requests, operation)
    return Done(operation, batch=batch.name if batch else "")


def cards(workspace: Workspace, school: str | None = None) -> tuple[ProblemCard, ...]:
    """The problem fields of the school in their order, those in work first."""
    facts = read_facts(workspace, school)
    return cards_of(workspace.pack, facts, form_view_of(workspace.pack, facts).profile)


def cards_of(pack: Pack, facts: SchoolFacts, profile: Sequence[Assessment]) -> tuple[ProblemCard, ...]:
    """The same from facts that were read already."""
    levels = {item.factor: item.level for item in profile}
    titles = {factor.code: factor.title for factor in pack.factors}
    return tuple(
        ProblemCard(
            problem=problem,
            level=min((levels.get(code, Level.UNKNOWN) for code in problem.factors), key=_ORDER.__getitem__)
            if problem.factors
            else Level.UNKNOWN,
            factor_titles=tuple(titles.get(code, code) for code in problem.factors),
            measures=measures_of(facts, problem),
            suggested=_missing_measures(pack, facts, problem.factors),
        )
        for problem in in_order(facts.problems)
    )


def in_order(problems: Sequence[ProblemFact]) -> tuple[ProblemFact, ...]:
    """Problems in work by rank, then those that wait."""
    return tuple(sorted(problems, key=lambda item: (not item.is_active, item.rank or 99, item.id)))


def measures_for(workspace: Workspace, problem: str) -> tuple[Measure, ...]:
    """Measures of the methodology for a problem that the road map does not hold yet, best first."""
    facts = read_facts(workspace)
    found = next((item for item in facts.problems if item.id == problem), None)
    if found is None:
        raise BugError(f"no problem field {problem!r}")
    return _missing_measures(workspace.pack, facts, found.factors)


def measures_of(facts: SchoolFacts, problem: ProblemFact) -> tuple[MeasureFact, ...]:
    """The rows of the road map that answer a problem: named directly or through a task."""
    tasks = {goal.id for goal in facts.current(facts.goals) if goal.problem == problem.id}
    ordered = sorted(facts.current(facts.measures), key=lambda item: (item.stage or "", item.position or "", item.id))
    return tuple(
        measure
        for measure in ordered
        if measure.state != "cancelled" and (measure.problem == problem.id or measure.task in tasks)
    )


def worrying_figures(steps: Sequence[Step]) -> str:
    """The figures behind a level, one a line; those that raise it, or all that are known."""
    known = [step for step in steps if step.value]
    raising = [step for step in known if step.level in _WORRYING]
    return "\n".join(f"{step.caption}: {step.value}" for step in raising or known)


def _begin(workspace: Workspace, values: Mapping[str, object]) -> Done:
    facts = read_facts(workspace)
    require_room(facts)
    return records.begin(workspace, ProblemField, new_values(facts, values))


def new_values(facts: SchoolFacts, values: Mapping[str, object]) -> dict[str, object]:
    """The fields of a problem that is taken into work after those that are there."""
    rank = max((item.rank or 0 for item in facts.problems), default=0) + 1
    return {**values, "rank": min(rank, 99), "is_active": True}


def require_room(facts: SchoolFacts, but: str = "") -> None:
    """KnownError problems.too_many when ten problem fields are in work already."""
    active = [item for item in facts.problems if item.is_active and item.id != but]
    if len(active) >= MOST_ACTIVE:
        raise KnownError("problems.too_many", limit=MOST_ACTIVE)


def _suggested(pack: Pack, facts: SchoolFacts, item: Assessment, template: ProblemTemplate) -> SuggestedProblem:
    factor = pack.factor(item.factor)
    return SuggestedProblem(
        template=template.code,
        factor=item.factor,
        factor_title=factor.title if factor else item.factor,
        level=item.level,
        title=template.title,
        description=template.description,
        causes=template.causes,
        facts=worrying_figures(item.steps),
        task=template.task,
        measures=_missing_measures(pack, facts, (item.factor,)),
    )


def _missing_measures(pack: Pack, facts: SchoolFacts, factors: Sequence[str]) -> tuple[Measure, ...]:
    there = {measure.library_code for measure in facts.current(facts.measures)}
    found = dict.fromkeys(measure for factor in factors for measure in pack.measures_for(factor))
    return tuple(measure for measure in found if measure.id not in there)
