"""The register of difficulties: each has an action and a day, and what is called overcome was measured."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.findings import RESULTS, CheckCode, Finding, about


def difficulties_findings(case: Case) -> Iterator[Finding]:
    """Row by row; a measure of the road map is an action too."""
    measures = {measure.id for measure in case.facts.measures}
    for one in case.facts.difficulties:
        if one.is_open and is_blank(one.action) and one.measure not in measures:
            yield about(one, CheckCode.DIFFICULTY_NO_ACTION, RESULTS, "action")
        if one.is_open and one.due_on is None:
            yield about(one, CheckCode.DIFFICULTY_NO_DAY, RESULTS, "due_on")
        if one.state == "overcome" and one.percent_after is None:
            yield about(one, CheckCode.DIFFICULTY_NOT_MEASURED, RESULTS, "percent_after")
