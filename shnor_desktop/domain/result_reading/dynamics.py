"""The share below the minimum over the years, only of one procedure in one subject and one grade."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shnor_desktop.domain.methodology import Level, ResultReading
from shnor_desktop.domain.result_reading.statements import Statement, StatementKind, caution, points
from shnor_desktop.domain.russian import share
from shnor_desktop.domain.sheet_counts import SheetCounts

_ENOUGH_YEARS = 3


COMPARABLE = "Годы сравнимы, только если проверялись те же блоки и умения."


def dynamics(
    rules: ResultReading, sheets: Sequence[SheetCounts], shapes: Mapping[str, frozenset[tuple[str, int | None]]]
) -> Statement | None:
    """What the sound sheets of one series say, the newest first; None of a single year.

    `shapes` are the tasks of a sheet with their points: papers of other tasks are hardly comparable.
    """
    if len(sheets) < 2:
        return None
    newest, oldest = sheets[0], sheets[-1]
    growth = newest.share - oldest.share
    smallest = min(sheet.participants for sheet in sheets)
    carries = " ".join(part for part in (caution(smallest, rules.samples), _differing(sheets, shapes)) if part)
    figures = (
        f"{oldest.sheet.year}: {share(oldest.below, oldest.participants)} → "
        f"{newest.sheet.year}: {share(newest.below, newest.participants)}"
    )
    change = f"{'+' if growth > 0 else ''}{points(growth)}"
    if len(sheets) < _ENOUGH_YEARS:
        words = f"Доля «2»: {figures} ({change}). Двух лет мало, чтобы говорить о динамике."
        return Statement(StatementKind.DYNAMICS, Level.UNKNOWN, words, smallest, carries)
    if growth >= rules.worsening_points:
        level, verdict = Level.HIGH, "Отрицательная динамика"
    elif growth <= -rules.worsening_points:
        level, verdict = Level.LOW, "Положительная динамика"
    else:
        level, verdict = Level.LOW, "Заметного роста доли «2» нет"
    return Statement(StatementKind.DYNAMICS, level, f"{verdict}. Доля «2»: {figures} ({change}).", smallest, carries)


def _differing(sheets: Sequence[SheetCounts], shapes: Mapping[str, frozenset[tuple[str, int | None]]]) -> str:
    """Papers of another length or of other tasks are of other contents."""
    known = {sheet.sheet.max_score for sheet in sheets if sheet.sheet.max_score}
    if len(known) > 1:
        shown = " и ".join(str(score) for score in sorted(known))
        return f"Наибольший балл работ отличался ({shown}): проверьте, что проверялись те же умения."
    if len({shapes[sheet.sheet.id] for sheet in sheets if shapes.get(sheet.sheet.id)}) > 1:
        return "Наборы заданий разных лет не совпадают: сравнивайте только общие умения."
    return ""
