"""Problem fields: each one in work has causes, a place in the queue and a measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.errors import Param
from shnor_desktop.domain.facts import ProblemFact
from shnor_desktop.domain.findings import MAP, CheckCode, Finding, about, short_label
from shnor_desktop.domain.methodology import Level
from shnor_desktop.domain.waves import current_wave

MOST_ACTIVE = 10


def problems_findings(case: Case) -> Iterator[Finding]:
    """Only problems that are in work; the others wait."""
    active = [problem for problem in case.facts.problems if problem.is_active]
    if not active:
        yield Finding(CheckCode.PROBLEMS_ABSENT, MAP, "problem_field")
    if len(active) > MOST_ACTIVE:
        params = {"count": len(active), "most": MOST_ACTIVE}
        yield Finding(CheckCode.PROBLEMS_TOO_MANY, MAP, "problem_field", field="is_active", params=params)
    yield from _causes(case, active)
    ranks = Counter(problem.rank for problem in active)
    answered = _answered(case)
    for problem in active:
        yield from _problem(problem, ranks, answered)


def _causes(case: Case, active: Sequence[ProblemFact]) -> Iterator[Finding]:
    """A cause that is strong here and that no problem field in work speaks of."""
    wave = current_wave(case.pack, case.facts)
    working = {problem.id for problem in active}
    named = {line.strip() for problem in active for line in (problem.causes or "").splitlines()}
    titles = dict(case.pack.code_list("causes"))
    for mark in case.facts.causes:
        title = titles.get(mark.cause or "", "")
        if not title or mark.wave != wave or mark.level != Level.HIGH or mark.problem in working or title in named:
            continue
        params: dict[str, Param] = {"cause": short_label(title)}
        yield Finding(CheckCode.CAUSE_WITHOUT_PROBLEM, MAP, mark.entity, mark.id, mark.cause or "", params)


def _problem(problem: ProblemFact, ranks: Counter[int | None], answered: frozenset[str | None]) -> Iterator[Finding]:
    if is_blank(problem.causes):
        yield about(problem, CheckCode.PROBLEM_WITHOUT_CAUSES, MAP, "causes")
    if problem.id not in answered:
        yield about(problem, CheckCode.PROBLEM_WITHOUT_MEASURE, MAP)
    if not problem.factors:
        yield about(problem, CheckCode.PROBLEM_WITHOUT_FACTOR, MAP, "factors")
    if problem.rank is not None and ranks[problem.rank] > 1:
        yield about(problem, CheckCode.PROBLEM_RANK_TWICE, MAP, "rank", rank=problem.rank)


def _answered(case: Case) -> frozenset[str | None]:
    """Problems with a measure of their own or one of a task that answers them."""
    problem_of_task = {goal.id: goal.problem for goal in case.goals}
    direct = {measure.problem for measure in case.measures}
    through_task = {problem_of_task.get(measure.task or "") for measure in case.measures}
    return frozenset(direct | through_task)
