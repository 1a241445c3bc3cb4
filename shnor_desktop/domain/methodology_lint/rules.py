"""The linter: every rule over one reading of the plan."""

from __future__ import annotations

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology_lint.chronology import lint_chronology
from shnor_desktop.domain.methodology_lint.coverage import lint_coverage
from shnor_desktop.domain.methodology_lint.finding import LintFinding, LintKind
from shnor_desktop.domain.methodology_lint.goals import lint_goals
from shnor_desktop.domain.methodology_lint.measures import lint_measures
from shnor_desktop.domain.methodology_lint.readings import plan_lines


def lint_pack(pack: Pack) -> tuple[LintFinding, ...]:
    """All defects of a pack that loads, by kind, then in the order of the plan."""
    lines = tuple(plan_lines(pack))
    found = [
        finding for rule in (lint_measures, lint_goals, lint_chronology, lint_coverage) for finding in rule(pack, lines)
    ]
    order = list(LintKind)
    return tuple(sorted(found, key=lambda finding: order.index(finding.kind)))
