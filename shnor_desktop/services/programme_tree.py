"""The tree problem → goal → task → measure, indicator: what hangs in the air is marked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from shnor_desktop.domain.facts import Fact, GoalFact, MeasureFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.problems import in_order
from shnor_desktop.services.programme_drafts import indicators_in_order
from shnor_desktop.services.workspace import Workspace


class NodeKind(StrEnum):
    """What stands at a place of the tree."""

    PROBLEM = "problem"
    GOAL = "goal"
    TASK = "task"
    MEASURE = "measure"
    INDICATOR = "indicator"


class Gap(StrEnum):
    """What a place of the tree may miss, in the words that it is marked with."""

    GOAL = "нет цели"
    TASK = "нет задачи"
    INDICATOR = "нет показателя"
    MEASURE = "нет мероприятий"
    BASE = "нет исходного значения"
    TARGET = "нет целевого значения"
    LOOSE_TASK = "не отнесена к цели"
    LOOSE_INDICATOR = "не привязан к цели"
    LOOSE_MEASURE = "не отнесено к задаче"
    OWNER = "нет ответственного"
    OWNER_UNCHOSEN = "ответственный не выбран"
    DEADLINE = "нет срока"
    EVIDENCE = "нет подтверждения"


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A place of the tree; `row` is empty for a place that only gathers what belongs to nothing.

    `hanging` says what is missing in words («нет мероприятий»).
    """

    kind: NodeKind
    entity: str
    row: str
    title: str
    hanging: tuple[str, ...] = ()
    children: tuple[TreeNode, ...] = ()

    @property
    def is_hanging(self) -> bool:
        """Whether something is missing here."""
        return bool(self.hanging)

    def walk(self) -> Iterator[TreeNode]:
        """This place and all below it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True, slots=True)
class ProgrammeTree:
    """The whole programme as a tree of problems."""

    problems: tuple[TreeNode, ...]

    def walk(self) -> Iterator[TreeNode]:
        """Every place of the tree."""
        for problem in self.problems:
            yield from problem.walk()

    @property
    def hanging(self) -> int:
        """How many places miss something."""
        return sum(1 for node in self.walk() if node.is_hanging)


def tree(workspace: Workspace, school: str | None = None) -> ProgrammeTree:
    """The current programme as a tree."""
    return tree_of(workspace.pack_of(school), read_facts(workspace, school))


def tree_of(pack: Pack, facts: SchoolFacts) -> ProgrammeTree:
    """The same from facts that were read already."""
    return _Builder(pack, facts).build()


class _Builder:
    """Puts the rows of the programme under each other; each row stands once."""

    def __init__(self, pack: Pack, facts: SchoolFacts) -> None:
        goals = sorted(facts.current(facts.goals), key=lambda item: (item.position or "", item.id))
        self.problems = [item for item in in_order(facts.problems) if item.is_active]
        self.goals = [item for item in goals if item.kind != "task"]
        self.tasks = [item for item in goals if item.kind == "task"]
        self.indicators = indicators_in_order(pack, facts)
        measures = [item for item in facts.current(facts.measures) if item.state != "cancelled"]
        self.measures = sorted(measures, key=lambda item: (item.position or "", item.id))

    def build(self) -> ProgrammeTree:
        """Problems in their order, then what answers none of them."""
        known = {problem.id for problem in self.problems}
        found = []
        for problem in self.problems:
            goals = tuple(self._goal(goal) for goal in self.goals if goal.problem == problem.id)
            missing = () if goals else (Gap.GOAL,)
            found.append(_node(NodeKind.PROBLEM, problem, missing, goals))
        loose = [self._goal(goal) for goal in self.goals if goal.problem not in known]
        loose += self._without_goal()
        if loose:
            found.append(TreeNode(NodeKind.PROBLEM, "problem_field", "", "Без проблемного поля", (), tuple(loose)))
        return ProgrammeTree(tuple(found))

    def _goal(self, goal: GoalFact) -> TreeNode:
        tasks = [task for task in self.tasks if task.goal == goal.id]
        own = {goal.id, *(task.id for task in tasks)}
        missing: list[Gap] = []
        if not any(indicator.goal in own for indicator in self.indicators):
            missing.append(Gap.INDICATOR)
        if not tasks:
            missing.append(Gap.TASK)
        children = (*(self._task(task) for task in tasks), *self._indicators(goal.id))
        return _node(NodeKind.GOAL, goal, tuple(missing), children)

    def _task(self, task: GoalFact, *more: Gap) -> TreeNode:
        measures = tuple(_measure(item) for item in self.measures if item.task == task.id)
        missing = () if measures else (Gap.MEASURE,)
        return _node(NodeKind.TASK, task, (*more, *missing), (*measures, *self._indicators(task.id)))

    def _indicators(self, goal: str) -> tuple[TreeNode, ...]:
        found = []
        for item in self.indicators:
            if item.goal == goal:
                blanks = (("base", Gap.BASE), ("target", Gap.TARGET))
                missing = tuple(words for name, words in blanks if getattr(item, name) is None)
                found.append(_node(NodeKind.INDICATOR, item, missing))
        return tuple(found)

    def _without_goal(self) -> list[TreeNode]:
        goals, tasks = {goal.id for goal in self.goals}, {task.id for task in self.tasks}
        nodes = [self._task(task, Gap.LOOSE_TASK) for task in self.tasks if task.goal not in goals]
        measures = tuple(_measure(item, Gap.LOOSE_MEASURE) for item in self.measures if item.task not in tasks)
        if measures:
            nodes.append(TreeNode(NodeKind.TASK, "goal", "", "Без задачи", (), measures))
        loose = [item for item in self.indicators if item.goal not in goals | tasks]
        nodes += [_node(NodeKind.INDICATOR, item, (Gap.LOOSE_INDICATOR,)) for item in loose]
        return nodes


def measure_gaps(measure: MeasureFact) -> tuple[str, ...]:
    """What a row of the road map misses: owner, deadline, evidence."""
    gaps = []
    if not measure.owner and not (measure.owner_text or "").strip():
        gaps.append(Gap.OWNER)
    if measure.due_on is None and not measure.is_optional:
        gaps.append(Gap.DEADLINE)
    if not (measure.evidence or "").strip():
        gaps.append(Gap.EVIDENCE)
    return tuple(gaps)


def _measure(measure: MeasureFact, *more: Gap) -> TreeNode:
    """A measure; executors in words alone leave nobody of the school to answer for it."""
    gaps = measure_gaps(measure)
    if not measure.owner and Gap.OWNER not in gaps:
        gaps = (Gap.OWNER_UNCHOSEN, *gaps)
    return _node(NodeKind.MEASURE, measure, (*more, *gaps))


def _node(kind: NodeKind, row: Fact, hanging: tuple[str, ...], children: tuple[TreeNode, ...] = ()) -> TreeNode:
    return TreeNode(kind, row.entity, row.id, row.label or "без названия", hanging, children)
