"""What stands beside the marks of a paper: scores, borders of marks, gaps to the journal, groups. No person stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

from shnor_desktop.domain.facts import GroupFact, ResultFact, ScoreFact
from shnor_desktop.domain.results import (
    MARKS,
    ResultWorkbook,
    class_order,
    mark_summary,
    primary_score_distribution,
    task_results,
)

GROUP_WORDS = {mark: f"получили «{mark}»" for mark in MARKS}


@dataclass(frozen=True, slots=True)
class GroupDone:
    """How a group of participants did the tasks: percent by the code of the task."""

    name: str
    pupils: int | None
    percents: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class ClassMarks:
    """The marks of one class. Never read as the work of its teacher."""

    name: str
    participants: int
    marks: tuple[int, ...]
    below: int
    mean_mark: Decimal | None


@dataclass(frozen=True, slots=True)
class PaperDetail:
    """`borders` is the least score of each mark from «3», where scores and marks agree with one scale; `gaps` counts
    participants by the difference between the mark of the paper and the mark of the journal; `points` are the points
    for each task in one order of nameless participants, only of a workbook «Ф1»."""

    scores: Mapping[int, int]
    borders: Mapping[int, int]
    gaps: Mapping[int, int]
    groups: tuple[GroupDone, ...] = ()
    classes: tuple[ClassMarks, ...] = ()
    points: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    maxima: Mapping[str, int] = field(default_factory=dict)

    def failed(self, codes: Sequence[str]) -> int | None:
        """How many got less than half of the points for these tasks together; None where nobody knows."""
        known = [code for code in codes if code in self.points]
        most = sum(self.maxima[code] for code in known)
        if not known or len(known) < len(codes) or not most:
            return None
        return sum(1 for got in zip(*(self.points[code] for code in known), strict=True) if 2 * sum(got) < most)


def paper_detail(workbook: ResultWorkbook) -> PaperDetail:
    """The detail of a workbook that was imported."""
    gaps = Counter(
        row.mark - row.journal_mark for row in workbook.rows if row.mark is not None and row.journal_mark is not None
    )
    written = [row for row in workbook.rows if row.has_result]
    return PaperDetail(
        scores=primary_score_distribution(workbook),
        borders=_borders(workbook),
        gaps=dict(sorted(gaps.items())),
        groups=_groups(workbook),
        classes=_classes(workbook),
        points={task.code: tuple(row.scores[at] or 0 for row in written) for at, task in enumerate(workbook.tasks)},
        maxima={task.code: task.max_score for task in workbook.tasks},
    )


def paper_of(
    sheet: ResultFact, known: PaperDetail | None, scores: Iterable[ScoreFact], groups: Iterable[GroupFact]
) -> PaperDetail | None:
    """The detail of a sheet: from its workbook, filled up with what reports and people gave; None without anything."""
    typed = {3: sheet.mark_3_from, 4: sheet.mark_4_from, 5: sheet.mark_5_from}
    borders = {mark: least for mark, least in typed.items() if least is not None and least >= 0}
    if not _is_rising(borders):
        borders = {}
    if known is not None:
        merged = {**known.borders, **borders}
        return replace(known, borders=merged if _is_rising(merged) else known.borders)
    counted: dict[int, int] = {
        one.score: one.pupils for one in scores if one.score is not None and one.pupils and one.score >= 0
    }
    of_groups = _stored_groups(groups)
    if not counted and not of_groups:
        return None
    stated = sheet.max_score or 0
    most = max(max(counted, default=0), stated if stated <= _MOST_SCORE else 0)
    whole = {score: counted.get(score, 0) for score in range(most + 1)} if counted and most <= _MOST_SCORE else {}
    return PaperDetail(whole, borders, {}, of_groups)


_MOST_SCORE = 300


def _is_rising(borders: Mapping[int, int]) -> bool:
    least = [borders[mark] for mark in sorted(borders)]
    return all(first < second for first, second in pairwise(least))


def _stored_groups(groups: Iterable[GroupFact]) -> tuple[GroupDone, ...]:
    found: dict[str, tuple[int | None, dict[str, Decimal]]] = {}
    for one in groups:
        if one.cohort and one.code and one.percent is not None:
            found.setdefault(one.cohort, (one.pupils, {}))[1][one.code] = one.percent
    return tuple(GroupDone(name, pupils, done) for name, (pupils, done) in sorted(found.items()))


def _groups(workbook: ResultWorkbook) -> tuple[GroupDone, ...]:
    found = []
    for mark in MARKS:
        rows = tuple(row for row in workbook.rows if row.mark == mark)
        if rows:
            done = {one.task.code: one.points.percent for one in task_results(replace(workbook, rows=rows))}
            percents = {code: percent for code, percent in done.items() if percent is not None}
            found.append(GroupDone(GROUP_WORDS[mark], len(rows), percents))
    return tuple(found)


def _classes(workbook: ResultWorkbook) -> tuple[ClassMarks, ...]:
    names = sorted({row.class_name for row in workbook.rows}, key=class_order)
    if len(names) < 2:
        return ()
    found = []
    for name in names:
        one = mark_summary(row for row in workbook.rows if row.class_name == name)
        marks = tuple(one.marks[mark] for mark in MARKS)
        found.append(ClassMarks(name or "без класса", sum(marks), marks, marks[0], one.mean_mark))
    return tuple(found)


def _borders(workbook: ResultWorkbook) -> dict[int, int]:
    """A border is known where both marks beside it occur and no worse mark has a better score."""
    by_mark: dict[int, list[int]] = {}
    for row in workbook.rows:
        if row.mark is not None and row.total is not None:
            by_mark.setdefault(row.mark, []).append(row.total)
    found = {}
    for mark in (3, 4, 5):
        upper, lower = by_mark.get(mark), by_mark.get(mark - 1)
        if upper and lower and max(lower) < min(upper):
            found[mark] = min(upper)
    return found
