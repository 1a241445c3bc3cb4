"""Tasks by the band of their difficulty, and whether their deficit is systemic."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.facts import TaskFact
from shnor_desktop.domain.methodology import Level, ResultReading, TaskBand
from shnor_desktop.domain.result_reading.statements import Statement, StatementKind, caution
from shnor_desktop.domain.russian import percent, plural, share

_DIFFICULTY = {"basic": "базовый", "advanced": "повышенный", "high": "высокий"}
_WORDS = {Level.HIGH: "недостаточно", Level.MEDIUM: "на границе", Level.LOW: "достаточно", Level.UNKNOWN: ""}
_LEAST_TASKS = 3
_NAMED = 8


@dataclass(frozen=True, slots=True)
class TaskReading:
    """One task: how much of its points was got, and what that means at its difficulty."""

    code: str
    difficulty: str
    percent: Decimal | None
    n: int | None
    level: Level
    word: str
    """«недостаточно», «на границе», «достаточно», or why nothing is said."""
    skill: str = ""
    """The wording of what it checks; empty where no report gave one."""
    most: int | None = None
    """The most points."""
    difficulty_code: str = ""

    @property
    def shown(self) -> str:
        """«57,3 %»."""
        return percent(self.percent) if self.percent is not None else "—"


def read_tasks(rules: ResultReading, tasks: Iterable[TaskFact], participants: int) -> tuple[TaskReading, ...]:
    """The tasks of a sheet in the order of the paper."""
    bands = {band.difficulty: band for band in rules.bands}
    found = [_task(task, bands.get(task.difficulty or ""), participants) for task in tasks]
    return tuple(sorted(found, key=lambda task: task_place(task.code)))


def deficit(
    rules: ResultReading,
    tasks: Sequence[TaskReading],
    participants: int,
    skills: Sequence[tuple[str, Level]] = (),
) -> Statement | None:
    """What the tasks say together; None where too few can be judged.

    `skills` are the worded skills with their levels: where they are known, they decide whether it is systemic.
    """
    judged = [task for task in tasks if task.level is not Level.UNKNOWN]
    if len(judged) < _LEAST_TASKS:
        return None
    if participants < rules.samples.group:
        words = f"Участников меньше {rules.samples.group}: по заданиям вывод не делается, посмотрите сами работы."
        return Statement(StatementKind.TASKS, Level.UNKNOWN, words, participants)
    red = [task for task in judged if task.level is Level.HIGH]
    carries = caution(participants, rules.samples)
    of = share(len(red), len(judged))
    of_skills = _skills_deficit(rules, skills)
    if of_skills:
        words = f"{of_skills} Недостаточно выполнены задания {_codes(red)} — {of} заданий."
        return Statement(StatementKind.TASKS, Level.HIGH, words, participants, carries)
    if not skills and red and Decimal(100 * len(red)) / len(judged) >= rules.majority:
        words = f"Системный дефицит: недостаточно выполнены задания {_codes(red)} — {of} заданий."
        return Statement(StatementKind.TASKS, Level.HIGH, words, participants, carries)
    if red:
        words = f"Недостаточно выполнены задания {_codes(red)} — {of} заданий."
        return Statement(StatementKind.TASKS, Level.MEDIUM, words, participants, carries)
    near = [task for task in judged if task.level is Level.MEDIUM]
    words = f"Недостаточно выполненных заданий нет (всего {plural(len(judged), 'задание', 'задания', 'заданий')})."
    if near:
        words += f" На границе: {_codes(near)}."
    return Statement(StatementKind.TASKS, Level.LOW, words, participants, carries)


def _skills_deficit(rules: ResultReading, skills: Sequence[tuple[str, Level]]) -> str:
    judged = [(name, level) for name, level in skills if level is not Level.UNKNOWN]
    red = [name for name, level in judged if level is Level.HIGH]
    if len(judged) < _LEAST_TASKS or not red or Decimal(100 * len(red)) / len(judged) < rules.majority:
        return ""
    return f"Системный дефицит: недостаточно освоены {share(len(red), len(judged))} умений."


def _task(task: TaskFact, band: TaskBand | None, participants: int) -> TaskReading:
    level, word = _judge(task.percent, task.difficulty, band)
    difficulty = _DIFFICULTY.get(task.difficulty or "", task.difficulty or "")
    return TaskReading(
        code=task.code or "",
        difficulty=difficulty,
        percent=task.percent,
        n=task.attempts or participants or None,
        level=level,
        word=word,
        skill=task.skill or "",
        most=task.max_score,
        difficulty_code=task.difficulty or "",
    )


def judged_task(rules: ResultReading, done: Decimal | None, difficulty: str | None) -> tuple[Level, str]:
    """The level of one task and its word: «недостаточно», «на границе», «достаточно», or why nothing is said."""
    band = next((band for band in rules.bands if band.difficulty == difficulty), None)
    return _judge(done, difficulty, band)


def _judge(done: Decimal | None, difficulty: str | None, band: TaskBand | None) -> tuple[Level, str]:
    if done is None:
        return Level.UNKNOWN, "нет данных"
    if not 0 <= done <= 100:
        return Level.UNKNOWN, "проверьте число"
    if band is None:
        return Level.UNKNOWN, "сложность не указана" if not difficulty else "границ нет в методике"
    level = Level.LOW if done >= band.sufficient else Level.HIGH if done < band.insufficient else Level.MEDIUM
    return level, _WORDS[level]


def task_place(code: str) -> tuple[tuple[int, str], ...]:
    """Sorting key: 9.1 before 10."""
    return tuple((int(digits or 0), rest) for digits, rest in re.findall(r"(\d{0,6})(\D*)", code))


def _codes(tasks: Sequence[TaskReading]) -> str:
    named = ", ".join(task.code or "без номера" for task in tasks[:_NAMED])
    rest = len(tasks) - _NAMED
    return f"{named} и ещё {rest}" if rest > 0 else named
