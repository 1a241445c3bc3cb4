"""Skills: tasks of a paper gathered by the wording of what they check; a task without a wording stands for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shnor_desktop.domain.facts import TaskFact
from shnor_desktop.domain.methodology import Level, ResultReading
from shnor_desktop.domain.result_reading.paper import PaperDetail
from shnor_desktop.domain.result_reading.tasks import TaskReading, judged_task, task_place
from shnor_desktop.domain.russian import percent

_WORDS = {
    Level.HIGH: "недостаточно",
    Level.MEDIUM: "на границе",
    Level.LOW: "достаточно",
    Level.UNKNOWN: "вывод не делается",
}


@dataclass(frozen=True, slots=True)
class SkillCell:
    """How a skill was done in a year or by a group: a cell of the heat map. `n` is None where nobody knows."""

    percent: Decimal | None
    level: Level
    n: int | None = None

    @property
    def shown(self) -> str:
        """«57»; a dash where nothing is known."""
        return "—" if self.percent is None else str(self.percent.quantize(Decimal(1), ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class SkillReading:
    """One skill of the newest paper. `failed` is how many did not manage it, where that is known."""

    name: str
    is_worded: bool
    tasks: tuple[TaskReading, ...]
    percent: Decimal | None
    level: Level
    n: int | None
    failed: int | None = None
    cells: Mapping[str, SkillCell] | None = None
    """By the caption of a column: earlier years in which the same was checked, groups of participants."""

    @property
    def codes(self) -> str:
        """«3.1, 3.2»."""
        return ", ".join(task.code or "без номера" for task in self.tasks)

    @property
    def word(self) -> str:
        """«недостаточно», «на границе», «достаточно»."""
        return _WORDS[self.level]

    @property
    def shown(self) -> str:
        """«57,3 %»."""
        return percent(self.percent) if self.percent is not None else "—"

    @property
    def title(self) -> str:
        """The wording with the numbers of its tasks."""
        return f"{self.name} ({self.codes})" if self.is_worded else self.name


def read_skills(
    rules: ResultReading,
    tasks: Sequence[TaskReading],
    paper: PaperDetail | None,
    earlier: Mapping[int, Sequence[TaskFact]],
    participants: int,
) -> tuple[SkillReading, ...]:
    """The skills of the newest paper in the order of their first tasks, with the years and groups beside them.

    `earlier` are the tasks of earlier years; a year has a cell only where the same wording was checked, or, without
    wordings, where the paper had the same tasks with the same points.
    """
    gathered: dict[str, list[TaskReading]] = {}
    for task in tasks:
        gathered.setdefault(_key(task.skill) or f"\0{task.code}", []).append(task)
    same = {
        year: facts
        for year, facts in earlier.items()
        if _shape_of_facts(facts) == {(one.code, one.most) for one in tasks}
    }
    found = []
    for key, own in gathered.items():
        cells: dict[str, SkillCell] = {}
        for year in sorted(earlier):
            cell = _of_year(rules, key, own, earlier[year], is_same=year in same)
            if cell is not None:
                cells[str(year)] = cell
        for group in paper.groups if paper is not None else ():
            done = {code: group.percents[code] for code in (one.code for one in own) if code in group.percents}
            cells[group.name] = _cell(rules, own, done, group.pupils)
        found.append(_skill(rules, own, paper, participants, cells))
    return tuple(found)


def _skill(
    rules: ResultReading,
    own: Sequence[TaskReading],
    paper: PaperDetail | None,
    participants: int,
    cells: Mapping[str, SkillCell],
) -> SkillReading:
    words = own[0].skill
    done = {one.code: one.percent for one in own if one.percent is not None}
    level = skill_level(rules, [one.level for one in own])
    numbers = [one.n for one in own if one.n]
    failed = paper.failed([one.code for one in own]) if paper is not None else None
    if failed is None and len(own) == 1 and own[0].most == 1 and own[0].percent is not None and own[0].n:
        failed = int((own[0].n * (100 - own[0].percent) / 100).quantize(Decimal(1), ROUND_HALF_UP))
    return SkillReading(
        name=words or f"Задание {own[0].code}",
        is_worded=bool(words),
        tasks=tuple(own),
        percent=_weighed(own, done),
        level=level,
        n=max(numbers, default=participants) or None,
        failed=failed,
        cells=cells,
    )


def skill_level(rules: ResultReading, levels: Sequence[Level]) -> Level:
    """Red where most of its tasks are red by the majority of the methodology; yellow where any is not well done."""
    judged = [level for level in levels if level is not Level.UNKNOWN]
    if not judged:
        return Level.UNKNOWN
    red = judged.count(Level.HIGH)
    if red and Decimal(100 * red) / len(judged) >= rules.majority:
        return Level.HIGH
    return Level.MEDIUM if red or Level.MEDIUM in judged else Level.LOW


def _cell(
    rules: ResultReading, own: Sequence[TaskReading], done: Mapping[str, Decimal], pupils: int | None
) -> SkillCell:
    """Nothing is said of a group that is smaller than the methodology wants."""
    if pupils is None or pupils < rules.samples.group or len(done) < len(own):
        return SkillCell(None, Level.UNKNOWN, pupils)
    levels = [judged_task(rules, done[one.code], one.difficulty_code)[0] for one in own]
    return SkillCell(_weighed(own, done), skill_level(rules, levels), pupils)


def _of_year(
    rules: ResultReading, key: str, own: Sequence[TaskReading], facts: Sequence[TaskFact], *, is_same: bool
) -> SkillCell | None:
    if key.startswith("\0"):
        codes = {one.code for one in own}
        chosen = [fact for fact in facts if fact.code in codes] if is_same else []
    else:
        chosen = [fact for fact in facts if _key(fact.skill or "") == key]
    known = [fact for fact in chosen if fact.percent is not None]
    if not known:
        return None
    levels = [judged_task(rules, fact.percent, fact.difficulty)[0] for fact in known]
    whole = sum(fact.max_score or 1 for fact in known)
    done = sum(((fact.percent or Decimal(0)) * (fact.max_score or 1) for fact in known), Decimal(0)) / whole
    return SkillCell(done, skill_level(rules, levels), max((fact.attempts or 0 for fact in known), default=0) or None)


def _weighed(own: Sequence[TaskReading], done: Mapping[str, Decimal]) -> Decimal | None:
    """The share of all points that could be had for the tasks together."""
    known = [(done[one.code], one.most or 1) for one in own if one.code in done]
    whole = sum(most for _done, most in known)
    return sum((value * most for value, most in known), Decimal(0)) / whole if whole > 0 else None


def _shape_of_facts(facts: Sequence[TaskFact]) -> set[tuple[str, int | None]]:
    return {(fact.code or "", fact.max_score) for fact in facts}


def _key(words: str) -> str:
    """A wording in the form in which it is compared."""
    return " ".join(words.casefold().replace("ё", "е").split()).strip(" .;")


def in_order(skills: Sequence[SkillReading]) -> list[SkillReading]:
    """What asks for action first, then by the place in the paper."""
    order = {Level.HIGH: 0, Level.MEDIUM: 1, Level.UNKNOWN: 3, Level.LOW: 2}
    return sorted(skills, key=lambda skill: (order[skill.level], task_place(skill.tasks[0].code)))
