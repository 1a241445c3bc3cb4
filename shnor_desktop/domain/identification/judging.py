"""All categories of a methodology over one school."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.identification.categories import CategoryJudgement, categories_of, judge_category
from shnor_desktop.domain.identification.low_results import LowResults, low_results
from shnor_desktop.domain.identification.verdicts import Verdict
from shnor_desktop.domain.methodology import Identification
from shnor_desktop.domain.metrics import Missing


@dataclass(frozen=True, slots=True)
class IdentificationResult:
    """The school under every category, with the sheets behind its low results."""

    rules: Identification
    low: LowResults
    categories: tuple[CategoryJudgement, ...]

    @property
    def held(self) -> tuple[CategoryJudgement, ...]:
        """Categories that the school is in; there may be several."""
        return self._of(Verdict.HOLDS)

    @property
    def unknown(self) -> tuple[CategoryJudgement, ...]:
        """Categories that cannot be said yet."""
        return self._of(Verdict.UNKNOWN)

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What to type before the open categories can be said, each thing once."""
        found = [missing for item in self.unknown for missing in item.missing]
        return tuple(dict.fromkeys(found))

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the categories that the school is in."""
        return tuple(item.category.code for item in self.held)

    def _of(self, verdict: Verdict) -> tuple[CategoryJudgement, ...]:
        return tuple(item for item in self.categories if item.verdict is verdict)


def identify(rules: Identification, facts: SchoolFacts) -> IdentificationResult:
    """Judge one school, as of the day of its facts."""
    low = low_results(rules, facts)
    judged = tuple(judge_category(rules, category, low, facts) for category in categories_of(rules))
    return IdentificationResult(rules, low, judged)
