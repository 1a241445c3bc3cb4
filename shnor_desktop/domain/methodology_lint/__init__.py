"""What a methodology leaves open or contradicts: the defects of its source, found by rules where rules can."""

from shnor_desktop.domain.methodology_lint.finding import LintCode, LintFinding, LintKind, Part
from shnor_desktop.domain.methodology_lint.rules import lint_pack

__all__ = ["LintCode", "LintFinding", "LintKind", "Part", "lint_pack"]
