"""The programme: no section is empty and nothing hangs in the air between problem, goal, task and indicator."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.facts import IndicatorFact, ProgrammeFact
from shnor_desktop.domain.findings import PROGRAMME, CheckCode, Finding, about, short_label
from shnor_desktop.domain.methodology import Polarity
from shnor_desktop.domain.russian import long_date, number, plural

WRITTEN = frozenset({"text", "analysis"})
"""Contents of a section that a person writes; the others are built from what is typed elsewhere."""
ADOPTED = frozenset({"adopted", "under_review", "returned", "agreed", "approved", "running", "finished"})
APPROVED = frozenset({"approved", "running", "finished"})


def programme_findings(case: Case) -> Iterator[Finding]:
    """The passport of the programme, its text, its goals, its indicators."""
    programme = case.facts.programme
    if programme is None:
        yield Finding(CheckCode.PROGRAMME_ABSENT, PROGRAMME, "programme")
        return
    yield from _passport(case, programme)
    yield from _text(case)
    yield from _goals(case)
    yield from _indicators(case)
    with_measures = {measure.antirisk for measure in case.measures}
    for antirisk in case.facts.current(case.facts.antirisks):
        if antirisk.id not in with_measures:
            yield about(antirisk, CheckCode.ANTIRISK_WITHOUT_MEASURE, PROGRAMME)


def _passport(case: Case, programme: ProgrammeFact) -> Iterator[Finding]:
    starts, ends, pack = programme.starts_on, programme.ends_on, case.pack
    if starts is not None and ends is not None:
        if ends < starts:
            yield about(programme, CheckCode.PROGRAMME_DATES_REVERSED, PROGRAMME, "ends_on")
        elif starts < pack.period_start or ends > pack.period_end:
            field = "starts_on" if starts < pack.period_start else "ends_on"
            period = f"{long_date(pack.period_start)} — {long_date(pack.period_end)}"
            yield about(programme, CheckCode.PROGRAMME_OUTSIDE_PROJECT, PROGRAMME, field, period=period)
    if programme.state in ADOPTED and (is_blank(programme.council_protocol) or programme.council_date is None):
        yield about(programme, CheckCode.PROTOCOL_ABSENT, PROGRAMME, "council_protocol")
    if programme.state in APPROVED and (is_blank(programme.order_number) or programme.order_date is None):
        yield about(programme, CheckCode.ORDER_ABSENT, PROGRAMME, "order_number")


def _text(case: Case) -> Iterator[Finding]:
    paragraphs = case.facts.current(case.facts.paragraphs)
    for section in case.pack.programme_sections:
        own = [item for item in paragraphs if item.section == section.code and not is_blank(item.body)]
        params = {"section": section.title}
        if not own and section.required and section.content in WRITTEN:
            yield Finding(CheckCode.SECTION_EMPTY, PROGRAMME, "programme_paragraph", field=section.code, params=params)
        unread = [item for item in own if item.generated]
        if unread:
            words = plural(len(unread), "абзац", "абзаца", "абзацев")
            yield about(unread[0], CheckCode.PARAGRAPH_UNREAD, PROGRAMME, "body", paragraphs=words, **params)


def _goals(case: Case) -> Iterator[Finding]:
    goals = {item.id: item for item in case.goals if item.kind == "goal"}
    tasks = [item for item in case.goals if item.kind == "task"]
    if not goals:
        yield Finding(CheckCode.GOAL_ABSENT, PROGRAMME, "goal")
    else:
        answered = {goal.problem for goal in case.goals}
        for problem in case.facts.problems:
            if problem.is_active and problem.id not in answered:
                yield about(problem, CheckCode.PROBLEM_WITHOUT_GOAL, PROGRAMME)
    measured = {indicator.goal for indicator in case.indicators}
    for goal in goals.values():
        own = {goal.id} | {task.id for task in tasks if task.goal == goal.id}
        if own.isdisjoint(measured):
            yield about(goal, CheckCode.GOAL_WITHOUT_INDICATOR, PROGRAMME)
    served = {measure.task for measure in case.measures}
    for task in tasks:
        if goals and task.goal not in goals:
            yield about(task, CheckCode.TASK_WITHOUT_GOAL, PROGRAMME, "goal")
        if task.id not in served:
            yield about(task, CheckCode.TASK_WITHOUT_MEASURE, PROGRAMME)


def _indicators(case: Case) -> Iterator[Finding]:
    of_model = {item.id: item for item in case.pack.indicators}
    for indicator in case.indicators:
        if indicator.base is None:
            yield about(indicator, CheckCode.INDICATOR_WITHOUT_BASE, PROGRAMME, "base")
        if indicator.target is None:
            yield about(indicator, CheckCode.INDICATOR_WITHOUT_TARGET, PROGRAMME, "target")
        known = of_model.get(indicator.code or "")
        yield from _direction(indicator, known.polarity if known else Polarity.NONE)
    chosen = {indicator.code for indicator in case.indicators}
    for item in case.pack.indicators:
        if item.required and item.id not in chosen:
            params = {"indicator": short_label(item.title)}
            yield Finding(
                CheckCode.INDICATOR_OF_MODEL_ABSENT, PROGRAMME, "target_indicator", field=item.id, params=params
            )


def _direction(indicator: IndicatorFact, polarity: Polarity) -> Iterator[Finding]:
    base, target = indicator.base, indicator.target
    if base is None or target is None or polarity is Polarity.NONE:
        return
    words = {"base": number(base), "target": number(target)}
    if target == base:
        yield about(indicator, CheckCode.TARGET_EQUALS_BASE, PROGRAMME, "target", **words)
    elif (target > base) is not (polarity is Polarity.HIGHER_BETTER):
        yield about(indicator, CheckCode.TARGET_WORSE_THAN_BASE, PROGRAMME, "target", **words)
