"""Workbooks of ФИС ОКО for a demo school: pupils by codes, scores that add up, marks beside those of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from shnor_desktop.domain.results import PupilResult, ResultWorkbook, Task
from shnor_desktop.domain.school_subjects import subject_by_code
from shnor_desktop.services.demo.library import SchoolProfile, words

_BANDS: Mapping[int, tuple[int, int]] = {2: (18, 38), 3: (40, 60), 4: (62, 82), 5: (84, 100)}
"""Percent of the points for each mark."""
_EASE = {"Б": 6, "П": 3, "В": 1, "": 4}


@dataclass(frozen=True, slots=True)
class PaperPlan:
    """One paper of one grade: how many wrote it and what percent got which mark."""

    subject: str
    grade: int
    year: int
    participants: int
    low_percent: int
    good_percent: int
    lowered_percent: int


def marks_of(plan: PaperPlan) -> dict[int, int]:
    """Counts of the marks; they add up to the participants."""
    low = round(plan.participants * plan.low_percent / 100)
    good = round(plan.participants * plan.good_percent / 100)
    best = good // 5
    return {2: low, 3: plan.participants - low - good, 4: good - best, 5: best}


def paper(plan: PaperPlan, profile: SchoolProfile, random: Random) -> ResultWorkbook:
    """The workbook of a paper."""
    tasks = tuple(_task(text) for text in words("papers")["papers"][plan.subject]["tasks"])
    max_score = sum(task.max_score for task in tasks)
    ease = [_EASE[task.difficulty] * random.uniform(0.4, 1.3) for task in tasks]
    marks = [mark for mark, count in marks_of(plan).items() for _ in range(count)]
    random.shuffle(marks)
    rows = []
    for place, mark in enumerate(marks):
        low, high = _BANDS[mark]
        total = round(max_score * random.randint(low, high) / 100)
        code = str(plan.grade * 10_000 + 1 + place)
        journal = _journal(plan, mark, random)
        scores = _scores(tasks, ease, total, random)
        rows.append(PupilResult(code, f"{plan.grade}А", str(1 + place % 2), scores, total, mark, journal))
    subject = subject_by_code(plan.subject)
    return ResultWorkbook(
        subject=subject.name if subject else plan.subject,
        subject_code=plan.subject,
        grade=plan.grade,
        year=plan.year,
        date=date(plan.year, 4, 2 + plan.grade),
        max_score=max_score,
        school_name=f"МБОУ {profile.name} ООШ",
        school_login=profile.login,
        declared_participants=len(rows),
        tasks=tasks,
        rows=tuple(rows),
    )


def _task(text: str) -> Task:
    code, points, difficulty = text.split(":")
    return Task(code, int(points), difficulty)


def _journal(plan: PaperPlan, mark: int, random: Random) -> int:
    """The mark of the register: often higher than that of the paper."""
    drawn = random.random() * 100
    if drawn < plan.lowered_percent:
        return min(mark + 1, 5)
    return max(mark - 1, 3) if drawn > 95 and mark > 3 else max(mark, 2)


def _scores(tasks: tuple[Task, ...], ease: list[float], total: int, random: Random) -> tuple[int | None, ...]:
    """Points that add up to the total, easy tasks first."""
    scores = [0] * len(tasks)
    room = [place for place, task in enumerate(tasks) for _ in range(task.max_score)]
    for _ in range(total):
        place = random.choices(room, [ease[item] for item in room])[0]
        room.remove(place)
        scores[place] += 1
    return tuple(scores)
