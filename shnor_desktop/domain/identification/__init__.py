"""Whether a school belongs to the categories of a methodology, and why: rules are data, every figure has its n.

Source of the rule of low results: field notes 2.2 (not confirmed, so all its figures are parameters of the pack).
"""

from shnor_desktop.domain.identification.categories import CategoryJudgement, RuleJudgement
from shnor_desktop.domain.identification.explanation import explanation, paragraph, parameters, short_words
from shnor_desktop.domain.identification.judging import IdentificationResult, identify
from shnor_desktop.domain.identification.low_results import LowResults, SheetJudgement, SheetStatus, low_results
from shnor_desktop.domain.identification.verdicts import Verdict

__all__ = [
    "CategoryJudgement",
    "IdentificationResult",
    "LowResults",
    "RuleJudgement",
    "SheetJudgement",
    "SheetStatus",
    "Verdict",
    "explanation",
    "identify",
    "low_results",
    "paragraph",
    "parameters",
    "short_words",
]
