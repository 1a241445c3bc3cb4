"""Goals, tasks, indicators, promised results: what measures nothing and what nothing measures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from shnor_desktop.domain.methodology import Indicator, IndicatorScope, Pack
from shnor_desktop.domain.methodology_lint.finding import LintCode, LintFinding, LintKind, Part
from shnor_desktop.domain.methodology_lint.readings import PlanLine
from shnor_desktop.domain.russian import number


def lint_goals(pack: Pack, lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    """The tree goal → task → measure → indicator."""
    own = own_indicators(pack)
    if not own:
        yield LintFinding(LintCode.NO_INDICATORS, LintKind.GOALS, Part.PACK, place="план")
    elif not any(item.for_goal for item in own):
        yield LintFinding(LintCode.GOAL_WITHOUT_INDICATOR, LintKind.GOALS, Part.PACK, place="цель")
    yield from _tasks(pack, own, lines)
    for item in own:
        yield from _indicator(item)
    yield from _targets(pack, own)
    for result in pack.expected_results:
        if not result.indicators:
            place, params = f"результат {result.number}", {"text": result.text}
            yield LintFinding(
                LintCode.RESULT_WITHOUT_INDICATOR, LintKind.GOALS, Part.EXPECTED, result.code, place, params
            )


def own_indicators(pack: Pack) -> tuple[Indicator, ...]:
    """The indicators of the source itself; suggestions of ours have no number and are marked unconfirmed."""
    of_source = (IndicatorScope.MUNICIPALITY,)
    return tuple(
        item
        for item in pack.indicators
        if item.number or (item.scope in of_source and (item.for_goal or not item.unconfirmed))
    )


def _tasks(pack: Pack, own: Sequence[Indicator], lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    measured = {task for item in own for task in item.tasks}
    served = {task for line in lines for task in line.measure.tasks}
    for task in pack.programme_tasks:
        place, params = f"задача {task.number}", {"text": task.text}
        if own and task.id not in measured:
            yield LintFinding(LintCode.TASK_WITHOUT_INDICATOR, LintKind.GOALS, Part.TASKS, task.id, place, params)
        if lines and task.id not in served:
            yield LintFinding(LintCode.TASK_WITHOUT_MEASURE, LintKind.GOALS, Part.TASKS, task.id, place, params)
    for line in lines:
        if served and not line.measure.tasks:
            params = {"title": line.measure.title}
            yield LintFinding(
                LintCode.MEASURE_WITHOUT_TASK, LintKind.GOALS, Part.MEASURES, line.measure.id, line.place, params
            )
    of_tasks = [item for item in own if item.number and not item.for_goal]
    if of_tasks and len(of_tasks) < len(pack.programme_tasks):
        counts: dict[str, str | int] = {"tasks": len(pack.programme_tasks), "indicators": len(of_tasks)}
        yield LintFinding(
            LintCode.INDICATORS_FEWER_THAN_TASKS, LintKind.GOALS, Part.INDICATORS, place="показатели", params=counts
        )


def _indicator(item: Indicator) -> Iterator[LintFinding]:
    place, params = f"показатель {item.number}".strip(), {"title": item.title}
    codes = (
        (LintCode.INDICATOR_WITHOUT_BASE, item.baseline is None),
        (LintCode.INDICATOR_WITHOUT_TARGET, item.target is None and not item.target_phrase),
        (LintCode.INDICATOR_NOT_COMPUTED, not item.metric),
    )
    for code, is_wanting in codes:
        if is_wanting:
            yield LintFinding(code, LintKind.GOALS, Part.INDICATORS, item.id, place, params)


def _targets(pack: Pack, own: Sequence[Indicator]) -> Iterator[LintFinding]:
    """Targets that cannot both hold, or that no whole number of schools can reach."""
    whole = next((item.denominator for item in pack.baselines if item.denominator), None)
    percents = [item for item in own if item.target is not None and item.unit == "%"]
    of_goal = [item for item in percents if item.for_goal]
    of_tasks = [item for item in percents if not item.for_goal and item.target is not None]
    for item in of_goal:
        higher = [other for other in of_tasks if (other.target or 0) > (item.target or 0)]
        if higher:
            params = {
                "goal": _percent(item.target),
                "tasks": ", ".join(dict.fromkeys(_percent(other.target) for other in higher)),
                "numbers": ", ".join(other.number for other in higher if other.number),
            }
            yield LintFinding(LintCode.GOAL_BELOW_TASK, LintKind.DATES, Part.INDICATORS, item.id, _place(item), params)
    for item in percents if whole else ():
        schools = (item.target or Decimal(0)) * Decimal(whole or 0) / 100
        nearest = schools.quantize(Decimal(1), ROUND_HALF_UP)
        reached = (nearest * 100 / Decimal(whole or 1)).quantize(Decimal(1), ROUND_HALF_UP)
        if reached != (item.target or Decimal(0)).quantize(Decimal(1), ROUND_HALF_UP):
            shown: dict[str, str | int] = {
                "target": _percent(item.target),
                "whole": whole or 0,
                "schools": number(schools),
            }
            yield LintFinding(LintCode.TARGET_NOT_WHOLE, LintKind.DATES, Part.INDICATORS, item.id, _place(item), shown)


def _place(item: Indicator) -> str:
    return "показатель цели" if item.for_goal else f"показатель {item.number}".strip()


def _percent(value: Decimal | None) -> str:
    return f"{number(value)} %" if value is not None else ""
