"""Signs of objectivity: the gap between paper and journal, and heaps of scores at the borders of marks.

A heap is a possible sign only: the order of ФИОКО wants more analysis before anything is said of it.
"""

from __future__ import annotations

from decimal import Decimal
from statistics import fmean

from shnor_desktop.domain.facts import ResultFact
from shnor_desktop.domain.methodology import Level, ResultReading
from shnor_desktop.domain.result_reading.paper import PaperDetail
from shnor_desktop.domain.result_reading.statements import Statement, StatementKind, caution
from shnor_desktop.domain.russian import plural, share

_HEAP = 2
"""So many times more than at the scores beside it."""
_HEAP_PEOPLE = 3
_BESIDE = 2


def journal_gap(rules: ResultReading, sheet: ResultFact, paper: PaperDetail | None) -> Statement | None:
    """Differences of the pack's size where the workbook shows them, else the lowered and raised marks; None without."""
    if paper is not None and paper.gaps:
        return _by_rows(rules, paper)
    counts = (sheet.lowered, sheet.confirmed, sheet.raised)
    known = [count for count in counts if count is not None]
    n = sum(known)
    if len(known) < len(counts) or n <= 0:
        return None
    if min(known) < 0 or n > (sheet.participants or 0):
        words = f"Сравнение с журналом не сходится: сравнили {n}, а участников {sheet.participants or 0}."
        return Statement(StatementKind.JOURNAL, Level.UNKNOWN, words, n)
    words = (
        f"Ниже, чем в журнале, — {share(sheet.lowered or 0, n)}, выше — {share(sheet.raised or 0, n)}. "
        f"На сколько отметок, видно только из книги Ф1."
    )
    level = Level.MEDIUM if _is_majority(rules, sheet.lowered or 0, sheet.raised or 0, n) else Level.UNKNOWN
    return Statement(StatementKind.JOURNAL, level, words, n, caution(n, rules.samples))


def _by_rows(rules: ResultReading, paper: PaperDetail) -> Statement:
    n = sum(paper.gaps.values())
    far = sum(count for gap, count in paper.gaps.items() if abs(gap) >= max(rules.journal_gap, 1))
    size = plural(max(rules.journal_gap, 1), "отметку", "отметки", "отметок")
    lowered = sum(count for gap, count in paper.gaps.items() if gap < 0)
    raised = sum(count for gap, count in paper.gaps.items() if gap > 0)
    rest = f"Всего ниже — {share(lowered, n)}, выше — {share(raised, n)}."
    if far:
        words = f"Отличие от журнала на {size} и больше: {share(far, n)}. Разберите, почему. {rest}"
        return Statement(StatementKind.JOURNAL, Level.MEDIUM, words, n, caution(n, rules.samples))
    words = f"Отличия от журнала на {size} и больше нет. {rest}"
    level = Level.MEDIUM if _is_majority(rules, lowered, raised, n) else Level.LOW
    return Statement(StatementKind.JOURNAL, level, words, n, caution(n, rules.samples))


def _is_majority(rules: ResultReading, lowered: int, raised: int, n: int) -> bool:
    """Whether most marks went the same way: then the marking of the journal is looked into, whatever the size."""
    return Decimal(100 * max(lowered, raised)) / n >= rules.majority


def border_heaps(rules: ResultReading, paper: PaperDetail | None) -> Statement | None:
    """Scores at which many more stand than beside them, right where a better mark begins; None where none is seen."""
    if paper is None:
        return None
    n = sum(paper.scores.values())
    if n < rules.samples.distribution_approximate:
        return None
    heaps = heaped_scores(rules, paper)
    if not heaps:
        return None
    shown = "; ".join(
        f"«{mark}» с {plural(score, 'балла', 'баллов', 'баллов')} — {paper.scores[score]} чел." for mark, score in heaps
    )
    words = (
        f"Возможный признак: скопление работ на границе отметки ({shown}). Само по себе ничего не доказывает, "
        "нужен дополнительный анализ работ."
    )
    return Statement(StatementKind.BORDERS, Level.MEDIUM, words, n, caution(n, rules.samples))


def heaped_scores(rules: ResultReading, paper: PaperDetail) -> list[tuple[int, int]]:
    """Marks with the scores they begin at, where many more works stand than beside; none of too few works."""
    if sum(paper.scores.values()) < rules.samples.distribution_approximate:
        return []
    return [(mark, score) for mark, score in sorted(paper.borders.items()) if _is_heap(paper, score)]


def _is_heap(paper: PaperDetail, score: int) -> bool:
    here = paper.scores.get(score, 0)
    beside = [
        paper.scores[at] for at in range(score - _BESIDE, score + _BESIDE + 1) if at != score and at in paper.scores
    ]
    if here < _HEAP_PEOPLE or not beside:
        return False
    return here >= _HEAP * max(1.0, fmean(beside)) and here > paper.scores.get(score - 1, 0)
