"""What only the rows of a workbook show: scores, borders of the marks, gaps to the journal. No person stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from shnor_desktop.domain.results import ResultWorkbook, primary_score_distribution


@dataclass(frozen=True, slots=True)
class PaperDetail:
    """`borders` is the least score of each mark from «3», where scores and marks agree with one scale; `gaps` counts
    participants by the difference between the mark of the paper and the mark of the journal."""

    scores: Mapping[int, int]
    borders: Mapping[int, int]
    gaps: Mapping[int, int]


def paper_detail(workbook: ResultWorkbook) -> PaperDetail:
    """The detail of a workbook that was imported."""
    gaps = Counter(
        row.mark - row.journal_mark for row in workbook.rows if row.mark is not None and row.journal_mark is not None
    )
    return PaperDetail(primary_score_distribution(workbook), _borders(workbook), dict(sorted(gaps.items())))


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
