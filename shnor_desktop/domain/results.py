"""Results of a check paper (ВПР) as a workbook gives them, and the aggregates that are derived from them.

Pupils are known by codes only. The results judge the work of a school, never a teacher: there is no teacher here.
Sources: field notes 2.5 (layout and rules of ФИОКО 2026) and 2.2 (small samples).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from shnor_desktop.domain.errors import KnownError, Param

MARKS = (2, 3, 4, 5)
"""The marks of a check paper."""
JOURNAL_MARKS = (1, 2, 3, 4, 5)
DIFFICULTIES = ("", "Б", "П", "В")


@dataclass(frozen=True, slots=True)
class ResultWarning:
    """Something a person should know about a workbook that was read: a code with words like those of an error."""

    code: str
    params: Mapping[str, Param]

    def as_error(self) -> KnownError:
        """The same code and parameters, for whoever words it."""
        return KnownError(self.code, **self.params)


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the paper: «9.1», «1К1» (Cyrillic К); `difficulty` is Б, П, В or empty."""

    code: str
    max_score: int
    difficulty: str = ""


@dataclass(frozen=True, slots=True)
class PupilResult:
    """One pupil's row. `scores` follow the tasks of the workbook; None is «Х»: no score, no mark."""

    code: str
    class_name: str
    variant: str
    scores: tuple[int | None, ...]
    total: int | None
    mark: int | None
    journal_mark: int | None

    @property
    def has_result(self) -> bool:
        """Whether the pupil wrote the paper at all."""
        return self.total is not None or any(score is not None for score in self.scores)


@dataclass(frozen=True, slots=True)
class ResultWorkbook:
    """One subject of one grade of one school.

    `subject_code` is empty for a subject the program does not know; `subject` is then the text of the workbook.
    `date`, `declared_participants` are None where the workbook does not say.
    """

    subject: str
    subject_code: str
    grade: int
    year: int
    date: date | None
    max_score: int
    school_name: str
    school_login: str
    declared_participants: int | None
    tasks: tuple[Task, ...]
    rows: tuple[PupilResult, ...]
    warnings: tuple[ResultWarning, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, kept as both numbers so that a figure can be opened and seen."""

    part: int
    whole: int

    @property
    def percent(self) -> Decimal | None:
        """Percent to one place, halves up; None of an empty whole."""
        return _rounded(Decimal(100 * self.part) / self.whole, "0.1") if self.whole else None


@dataclass(frozen=True, slots=True)
class JournalComparison:
    """The mark of the paper against the mark in the class register, over the pupils who have both.

    `far_apart` counts differences of two marks and more, which ФИОКО asks to look into.
    """

    n: int
    lowered: int
    confirmed: int
    raised: int
    far_apart: int


@dataclass(frozen=True, slots=True)
class TaskResult:
    """How a task was done. `points` is the share of all points that could be had: sum / (n × max), n = pupils who
    wrote the paper, a missing score counting as nothing (the rule of ФИОКО). `attempts` = pupils with a score."""

    task: Task
    attempts: int
    points: Share


@dataclass(frozen=True, slots=True)
class MarkSummary:
    """Marks of a group of pupils: a class or all of them."""

    participants: int
    no_mark: int
    marks: Mapping[int, int]
    mean_mark: Decimal | None
    quality: Share
    below_minimum: Share


@dataclass(frozen=True, slots=True)
class ResultAggregates:
    """Everything that is derived from a workbook at import and kept in tables."""

    overall: MarkSummary
    journal: JournalComparison
    primary_scores: Mapping[int, int]
    tasks: tuple[TaskResult, ...]
    classes: Mapping[str, MarkSummary]


def aggregate(workbook: ResultWorkbook) -> ResultAggregates:
    """All derived figures of a workbook."""
    classes: dict[str, list[PupilResult]] = {}
    for row in workbook.rows:
        classes.setdefault(row.class_name, []).append(row)
    return ResultAggregates(
        overall=mark_summary(workbook.rows),
        journal=journal_comparison(workbook.rows),
        primary_scores=primary_score_distribution(workbook),
        tasks=task_results(workbook),
        classes={name: mark_summary(classes[name]) for name in sorted(classes, key=class_order)},
    )


def mark_summary(rows: Iterable[PupilResult]) -> MarkSummary:
    """Counts of marks, mean, quality (4 and 5) and the share below the minimum («2»), over pupils with a mark."""
    rows = tuple(rows)
    counts = Counter(row.mark for row in rows if row.mark is not None)
    marked = counts.total()
    mean = Decimal(sum(mark * n for mark, n in counts.items())) / marked if marked else None
    return MarkSummary(
        participants=len(rows),
        no_mark=len(rows) - marked,
        marks={mark: counts[mark] for mark in MARKS},
        mean_mark=None if mean is None else _rounded(mean, "0.01"),
        quality=Share(counts[4] + counts[5], marked),
        below_minimum=Share(counts[2], marked),
    )


def journal_comparison(rows: Iterable[PupilResult]) -> JournalComparison:
    """Lowered, confirmed and raised marks against the register."""
    gaps = [row.mark - row.journal_mark for row in rows if row.mark is not None and row.journal_mark is not None]
    return JournalComparison(
        n=len(gaps),
        lowered=sum(gap < 0 for gap in gaps),
        confirmed=gaps.count(0),
        raised=sum(gap > 0 for gap in gaps),
        far_apart=sum(abs(gap) >= 2 for gap in gaps),
    )


def primary_score_distribution(workbook: ResultWorkbook) -> Mapping[int, int]:
    """Pupils by primary score, every score from 0 to the maximum named."""
    counts = Counter(row.total for row in workbook.rows if row.total is not None)
    return {score: counts[score] for score in range(workbook.max_score + 1)}


def task_results(workbook: ResultWorkbook) -> tuple[TaskResult, ...]:
    """How each task was done, in the order of the paper."""
    written = [row for row in workbook.rows if row.has_result]
    results = []
    for position, task in enumerate(workbook.tasks):
        scores = [score for row in written if (score := row.scores[position]) is not None]
        results.append(TaskResult(task, len(scores), Share(sum(scores), len(written) * task.max_score)))
    return tuple(results)


def class_order(name: str) -> tuple[int, str]:
    """Sorting key: 5А before 10А."""
    digits = re.match(r"\d{1,4}", name)
    return (int(digits.group()) if digits else 10_000, name)


def summary(workbook: ResultWorkbook, message: Callable[[ResultWarning], str]) -> dict[str, object]:
    """What the command line says of a workbook that was read; `message` words a warning."""
    overall = mark_summary(workbook.rows)
    return {
        "subject": workbook.subject,
        "grade": workbook.grade,
        "year": workbook.year,
        "participants": overall.participants,
        "tasks": len(workbook.tasks),
        "max_score": workbook.max_score,
        "marks": {str(mark): count for mark, count in overall.marks.items()},
        "no_mark": overall.no_mark,
        "warnings": [{"code": warning.code, "message": message(warning)} for warning in workbook.warnings],
    }


_INITIALS = re.compile(r"[A-ZА-ЯЁ][a-zа-яё]+\s*[A-ZА-ЯЁ]\.|\b[A-ZА-ЯЁ]\.\s*[A-ZА-ЯЁ]\.", re.UNICODE)
_TWO_WORDS = re.compile(r"[^\W\d_]{2,}[\s,]+[^\W\d_]{2,}")
_CYRILLIC_WORD = re.compile(r"[А-Яа-яЁё]{4,}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def looks_like_a_name(text: str) -> bool:
    """Whether a text that should be a class or a variant reads as a person: «Фамилия И. О.», «Фамилия Имя Отчество»."""
    words = [word for word in re.split(r"[\s,]+", text) if re.fullmatch(r"[А-ЯЁA-Z][а-яёa-z-]+", word)]
    return len(words) >= 3 or _INITIALS.search(text) is not None


def looks_personal(code: str) -> bool:
    """Whether a pupil's code reads as a name: a code has digits and at most a few letters beside them."""
    if not any(character.isdigit() for character in code):
        return _LETTERS.search(code) is not None
    return any(pattern.search(code) for pattern in (_CYRILLIC_WORD, _TWO_WORDS)) or looks_like_a_name(code)


def _rounded(value: Decimal, step: str) -> Decimal:
    return value.quantize(Decimal(step), rounding=ROUND_HALF_UP)
