"""Categories of schools: each rule holds, does not, or cannot be judged yet, with the figure and what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.identification.low_results import LowResults, SheetJudgement
from shnor_desktop.domain.identification.verdicts import Verdict, verdict_of
from shnor_desktop.domain.methodology import Category, Identification, IdentificationRule, RuleKind
from shnor_desktop.domain.metrics import METRICS, YES_NO, MetricValue, Missing, compute
from shnor_desktop.domain.russian import NBSP, number, percent, plural, share

LOW_RESULTS_CATEGORY = Category(
    code="low_results",
    title="Низкие образовательные результаты",
    text="",
    rules=(IdentificationRule("low_results", "Низкие результаты оценочных процедур", RuleKind.LOW_RESULTS),),
    unconfirmed=True,
)
"""What a pack without categories of its own judges by: the common parameters alone."""


_MOST_NAMED = 6
"""So many procedures are named in a sentence; the table beside it has them all."""
_PROCEDURES = ("процедура", "процедуры", "процедур")


@dataclass(frozen=True, slots=True)
class RuleJudgement:
    """One rule over one school; `text` is the figure beside the threshold, or what is missing."""

    rule: IdentificationRule
    verdict: Verdict
    text: str
    figure: MetricValue | None = None
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryJudgement:
    """One category over one school."""

    category: Category
    verdict: Verdict
    rules: tuple[RuleJudgement, ...]

    @property
    def missing(self) -> tuple[Missing, ...]:
        """What to type before the category can be said; empty once it is certain."""
        if self.verdict is not Verdict.UNKNOWN:
            return ()
        return tuple(missing for rule in self.rules for missing in rule.missing)


def categories_of(rules: Identification) -> tuple[Category, ...]:
    """The pack's categories; of a pack that names none, low results alone."""
    return rules.categories or (LOW_RESULTS_CATEGORY,)


def judge_category(rules: Identification, category: Category, low: LowResults, facts: SchoolFacts) -> CategoryJudgement:
    """All rules of a category, and whether enough of them hold."""
    judged = tuple(_judge(rules, rule, low, facts) for rule in category.rules)
    held = sum(item.verdict is Verdict.HOLDS for item in judged)
    unknown = sum(item.verdict is Verdict.UNKNOWN for item in judged)
    verdict = verdict_of(held, unknown, max(category.needed, 1)) if judged else Verdict.UNKNOWN
    return CategoryJudgement(category, verdict, judged)


def _judge(rules: Identification, rule: IdentificationRule, low: LowResults, facts: SchoolFacts) -> RuleJudgement:
    if rule.kind is RuleKind.LOW_RESULTS:
        return RuleJudgement(rule, low.verdict, _low_text(rules, low), missing=low.missing)
    if rule.metric not in METRICS or rule.threshold is None:
        return RuleJudgement(rule, Verdict.UNKNOWN, "правило записано не полностью: нет показателя или порога")
    found = compute(rule.metric, facts)
    if found.not_applicable:
        return RuleJudgement(rule, Verdict.DOES_NOT, f"не применимо: {found.not_applicable}", found)
    if found.value is None:
        return RuleJudgement(rule, Verdict.UNKNOWN, _waits(found.missing), found, found.missing)
    is_most = rule.kind is RuleKind.AT_MOST
    exact = _exact(rule.metric, found)
    holds = exact <= rule.threshold if is_most else exact >= rule.threshold
    verdict = Verdict.HOLDS if holds else Verdict.DOES_NOT
    limit = f"порог: не {'больше' if is_most else 'меньше'}{NBSP}{_figure(rule.metric, rule.threshold)}"
    warning = f". {found.warning}".rstrip(".") if found.warning else ""
    return RuleJudgement(rule, verdict, f"{_shown(rule.metric, found)}, {limit}{warning}", found)


def _exact(metric: str, found: MetricValue) -> Decimal:
    """The share of the counts rather than its rounded figure: 29,96 % is not 30 %."""
    if METRICS[metric].unit == "%" and isinstance(found.numerator, int) and found.denominator:
        return Decimal(100 * found.numerator) / found.denominator
    return found.value or Decimal(0)


def _shown(metric: str, found: MetricValue) -> str:
    unit = METRICS[metric].unit
    if unit == "%" and isinstance(found.numerator, int) and found.denominator:
        return share(found.numerator, found.denominator)
    if unit == YES_NO:
        return "да" if found.value else "нет"
    return _figure(metric, found.value or Decimal(0))


def _figure(metric: str, value: Decimal) -> str:
    unit = METRICS[metric].unit
    if unit == "%":
        return percent(value)
    if unit == YES_NO:
        return "«да»" if value else "«нет»"
    return f"{number(value)}{NBSP}{unit}".strip()


def _waits(missing: tuple[Missing, ...]) -> str:
    return "; ".join(item.sentence for item in missing) or "данных нет"


def _low_text(rules: Identification, low: LowResults) -> str:
    limit = percent(rules.share_below_minimum)
    wanted = _in_procedures(low.needed)
    head = (
        f"в{NBSP}{_in_procedures(len(low.low))} за {low.period} доля участников ниже минимального уровня "
        f"не меньше {limit} (нужно: не менее чем в{NBSP}{wanted})"
    )
    if low.low:
        named = "; ".join(_clause(item) for item in low.low[:_MOST_NAMED])
        rest = len(low.low) - _MOST_NAMED
        return f"{head}: {named}" + (f"; и ещё {plural(rest, *_PROCEDURES)}" if rest > 0 else "")
    if low.counted:
        of = plural(len(low.counted), "процедуры", "процедур", "процедур")
        return (
            f"ни в одной из {of} за {low.period} доля участников ниже минимального уровня не достигла {limit} "
            f"(нужно: не менее чем в{NBSP}{wanted})"
        )
    return f"за {low.period} нет результатов, по которым это можно определить"


def _clause(item: SheetJudgement) -> str:
    return f"{item.sheet.label.replace(' г.', '')} — {item.shown}" + (f", {item.caution}" if item.caution else "")


def _in_procedures(count: int) -> str:
    return plural(count, "процедуре", "процедурах", "процедурах")
