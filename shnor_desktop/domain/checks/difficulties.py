"""The register of difficulties: each has an action and a day, and what is called overcome was measured."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.facts import DifficultyFact
from shnor_desktop.domain.findings import RESULTS, CheckCode, Finding, about
from shnor_desktop.domain.russian import plural


def difficulties_findings(case: Case) -> Iterator[Finding]:
    """One warning of a kind for all lines together: a register of fifty lines asks for no fifty reasons.

    A measure of the road map is an action too.
    """
    measures = {measure.id for measure in case.facts.measures}
    open_rows = [one for one in case.facts.difficulties if one.is_open]
    idle = [one for one in open_rows if is_blank(one.action) and one.measure not in measures]
    yield from _of_all(idle, CheckCode.DIFFICULTY_NO_ACTION, "action")
    yield from _of_all([one for one in open_rows if one.due_on is None], CheckCode.DIFFICULTY_NO_DAY, "due_on")
    unmeasured = [one for one in case.facts.difficulties if one.state == "overcome" and one.percent_after is None]
    yield from _of_all(unmeasured, CheckCode.DIFFICULTY_NOT_MEASURED, "percent_after")


def _of_all(rows: Sequence[DifficultyFact], code: CheckCode, field: str) -> Iterator[Finding]:
    if rows:
        yield about(rows[0], code, RESULTS, field, rows=plural(len(rows), "строки", "строк", "строк"))
