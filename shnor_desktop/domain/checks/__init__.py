"""The check of a school («Проверка»): pure rules, one module a page, until «Ошибок нет»."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from shnor_desktop.domain.checks.case import Case
from shnor_desktop.domain.checks.development import development_findings
from shnor_desktop.domain.checks.diagnostic_map import map_findings, wave_findings
from shnor_desktop.domain.checks.difficulties import difficulties_findings
from shnor_desktop.domain.checks.partners import partners_findings
from shnor_desktop.domain.checks.passport import passport_findings
from shnor_desktop.domain.checks.problems import problems_findings
from shnor_desktop.domain.checks.programme import programme_findings
from shnor_desktop.domain.checks.pupils import pupils_findings
from shnor_desktop.domain.checks.quality import quality_findings
from shnor_desktop.domain.checks.required import (
    PAGE_OF_ENTITY,
    RequiredField,
    required_findings,
    rows_under_check,
)
from shnor_desktop.domain.checks.results import results_findings
from shnor_desktop.domain.checks.roadmap import roadmap_findings
from shnor_desktop.domain.checks.staff import staff_findings
from shnor_desktop.domain.checks.stages import monitoring_findings, remark_findings, stages_findings
from shnor_desktop.domain.checks.teaching import teaching_findings
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.findings import PAGES, CheckCode, Finding, Severity
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.scoring import Answer

__all__ = ["PAGE_OF_ENTITY", "RequiredField", "check_school", "required_findings"]

Rule = Callable[[Case], Iterator[Finding]]

RULES: tuple[Rule, ...] = (
    stages_findings,
    passport_findings,
    staff_findings,
    results_findings,
    difficulties_findings,
    map_findings,
    wave_findings,
    problems_findings,
    programme_findings,
    roadmap_findings,
    partners_findings,
    development_findings,
    teaching_findings,
    pupils_findings,
    quality_findings,
    monitoring_findings,
    remark_findings,
)


def check_school(
    facts: SchoolFacts, pack: Pack, answers: Mapping[str, Answer], required: Iterable[RequiredField]
) -> tuple[Finding, ...]:
    """Everything that stands between the school and «Ошибок нет», in the order of the pages, errors first.

    `answers` are those of the forms, typed and computed, by the codes of their questions. An empty required
    field that a rule has its own words for is told once.
    """
    case = Case(facts, pack, answers)
    told = [finding for rule in RULES for finding in rule(case)]
    places = {(finding.entity, finding.row, finding.field) for finding in told}
    for finding in required_findings(rows_under_check(case), required):
        if (finding.entity, finding.row, finding.field) not in places:
            told.append(finding)
    return tuple(sorted(told, key=_order))


def _order(finding: Finding) -> tuple[int, bool, bool]:
    is_last = finding.code is CheckCode.REQUIRED_EMPTY
    return PAGES.index(finding.page), finding.severity is not Severity.ERROR, is_last
