"""The rules that hold between the parts of a pack: ids, references, thresholds, metrics, dates, no cycles."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

from shnor_desktop.domain.methodology import (
    PLACEHOLDERS,
    Pack,
    Polarity,
    Question,
    QuestionKind,
    placeholders_in,
)
from shnor_desktop.methodologies.findings import Finding, KeyPath
from shnor_desktop.methodologies.identification_rules import check_identification, check_interviews, metrics_named

_NUMERIC = (QuestionKind.NUMBER, QuestionKind.PERCENT, QuestionKind.SHARE)
MAX_STAMPS = 4

IDENTIFIED = {
    "terms": "code",
    "lanes": "id",
    "roles": "id",
    "coordinator_functions": "id",
    "territories": "id",
    "curators": "id",
    "stages": "id",
    "tasks": "id",
    "monitoring_waves": "id",
    "forms": "id",
    "factors": "code",
    "problem_fields": "code",
    "directions": "code",
    "evidence_kinds": "code",
    "measures": "id",
    "programme_tasks": "id",
    "principles": "id",
    "programme_sections": "code",
    "antirisk_sections": "code",
    "programme_states": "code",
    "programme_risks": "code",
    "indicators": "id",
    "stamps": "code",
    "documents": "code",
    "plan_sections": "code",
    "expected_results": "code",
    "baselines": "code",
    "causes": "code",
    "activity_criteria": "code",
    "reports": "code",
    "interviews": "code",
    "projects": "code",
    "source_defects": "code",
    "word_lists": "code",
    "rubrics": "code",
    "order_templates": "code",
    "control_templates": "code",
}
"""The lists of a pack and the field that names their items."""

REFERENCES = (
    ("roles", "lane", "lanes"),
    ("curators", "territories", "territories"),
    ("tasks", "stage", "stages"),
    ("tasks", "lane", "lanes"),
    ("monitoring_waves", "form", "forms"),
    ("monitoring_waves", "stage", "stages"),
    ("forms", "stage", "stages"),
    ("problem_fields", "factor", "factors"),
    ("problem_fields", "measures", "measures"),
    ("problem_fields", "indicators", "indicators"),
    ("measures", "factors", "factors"),
    ("measures", "direction", "directions"),
    ("measures", "stage", "stages"),
    ("measures", "executors", "roles"),
    ("measures", "evidence", "evidence_kinds"),
    ("measures", "after", "measures"),
    ("programme_sections", "parent", "programme_sections"),
    ("antirisk_sections", "parent", "antirisk_sections"),
    ("programme_states", "next", "programme_states"),
    ("indicators", "factors", "factors"),
    ("documents", "stage", "stages"),
    ("measures", "section", "plan_sections"),
    ("measures", "tasks", "programme_tasks"),
    ("measures", "indicators", "indicators"),
    ("plan_sections", "executors", "roles"),
    ("plan_sections", "parent", "plan_sections"),
    ("directions", "executors", "roles"),
    ("indicators", "tasks", "programme_tasks"),
    ("expected_results", "indicators", "indicators"),
    ("causes", "measures", "measures"),
    ("documents", "made_by", "measures"),
    ("reports", "by", "lanes"),
    ("projects", "measures", "measures"),
    ("source_defects", "measures", "measures"),
)
"""Which field of which list names an item of which other list."""

_PERIODS = (("stages", "start", "end"), ("monitoring_waves", "start", "due"), ("measures", "start", "due"))
_GRAPHS = (
    ("measures", "after"),
    ("plan_sections", "parent"),
    ("programme_sections", "parent"),
    ("antirisk_sections", "parent"),
)


def check_pack(pack: Pack, known_metrics: Collection[str]) -> list[Finding]:
    """All faults of a pack whose types are right."""
    checks: tuple[Callable[[Pack], Iterator[Finding]], ...] = (
        _equal_names,
        _missing_references,
        _periods,
        _cycles,
        _questions,
        _factors,
        _templates,
        _executors,
        check_identification,
        check_interviews,
    )
    found = [finding for check in checks for finding in check(pack)]
    return [*found, *_unknown_metrics(pack, frozenset(known_metrics))]


def _named(pack: Pack, part: str) -> Iterator[tuple[int, str, Any]]:
    """Position, name and item of a list."""
    name = IDENTIFIED[part]
    for index, item in enumerate(getattr(pack, part)):
        yield index, getattr(item, name), item


def _all_questions(pack: Pack) -> Iterator[tuple[KeyPath, Question]]:
    for form_index, form in enumerate(pack.forms):
        for block_index, block in enumerate(form.blocks):
            for index, question in enumerate(block.questions):
                yield ("forms", form_index, "blocks", block_index, "questions", index), question


def _twice(named: Iterable[tuple[KeyPath, str]]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, name in named:
        if name in seen:
            yield Finding("methodology.id_twice", path, {"id": name})
        seen.add(name)


def _equal_names(pack: Pack) -> Iterator[Finding]:
    for part, field in IDENTIFIED.items():
        yield from _twice(((part, index, field), name) for index, name, _ in _named(pack, part))
    yield from _twice(((*path, "code"), question.code) for path, question in _all_questions(pack))
    for form_index, form in enumerate(pack.forms):
        yield from _twice(
            (("forms", form_index, "blocks", index, "code"), block.code) for index, block in enumerate(form.blocks)
        )
    for path, choices in _choice_lists(pack):
        yield from _twice(((*path, index, "code"), choice.code) for index, choice in enumerate(choices))


def _choice_lists(pack: Pack) -> Iterator[tuple[KeyPath, Any]]:
    for part in ("development", "partnership", "mentor_rule", "identification"):
        held = getattr(pack, part)
        for name in held.__slots__:
            value = getattr(held, name)
            if isinstance(value, tuple) and value and hasattr(value[0], "caption"):
                yield (part, name), value
    for path, question in _all_questions(pack):
        yield (*path, "choices"), question.choices


def _missing_references(pack: Pack) -> Iterator[Finding]:
    names = {part: {name for _, name, _ in _named(pack, part)} for part in IDENTIFIED}
    for part, field, target in REFERENCES:
        for index, _, item in _named(pack, part):
            yield from _unknown_names(getattr(item, field), (part, index, field), names[target])
    for index, state in enumerate(pack.programme_states):
        yield from _unknown_names(state.by, ("programme_states", index, "by"), names["lanes"] | names["roles"])
    codes = {question.code for _, question in _all_questions(pack)}
    for index, factor in enumerate(pack.factors):
        for position, indicator in enumerate(factor.indicators):
            path = ("factors", index, "indicators", position, "question")
            yield from _unknown_names(indicator.question, path, codes)


def _executors(pack: Pack) -> Iterator[Finding]:
    """Only roles that are marked so carry measures out."""
    roles = {role.id for role in pack.roles}
    executors = {role.id for role in pack.roles if role.executor}
    for part in ("measures", "plan_sections", "directions"):
        for index, _, item in _named(pack, part):
            for position, role in enumerate(item.executors):
                if role in roles and role not in executors:
                    yield Finding("methodology.not_an_executor", (part, index, "executors", position), {"id": role})


def _unknown_names(value: str | tuple[str, ...] | None, path: KeyPath, names: set[str]) -> Iterator[Finding]:
    if not value:
        return
    if isinstance(value, str):
        if value not in names:
            yield Finding("methodology.missing_reference", path, {"id": value})
        return
    for position, name in enumerate(value):
        if name not in names:
            yield Finding("methodology.missing_reference", (*path, position), {"id": name})


def _periods(pack: Pack) -> Iterator[Finding]:
    if pack.period_start > pack.period_end:
        yield Finding("methodology.period_reversed", ("period_end",))
    for part, start_field, end_field in _PERIODS:
        for index, _, item in _named(pack, part):
            start, end = getattr(item, start_field), getattr(item, end_field)
            if None not in (start, end) and start > end:
                yield Finding("methodology.period_reversed", (part, index, end_field))


def _cycles(pack: Pack) -> Iterator[Finding]:
    for part, field in _GRAPHS:
        graph: dict[str, tuple[str, ...]] = {}
        for _, name, item in _named(pack, part):
            value = getattr(item, field)
            graph[name] = value if isinstance(value, tuple) else ((value,) if value else ())
        for index, name, _ in _named(pack, part):
            if _reaches_itself(name, graph):
                yield Finding("methodology.cycle", (part, index, field), {"id": name})


def _reaches_itself(start: str, graph: Mapping[str, tuple[str, ...]]) -> bool:
    waiting, seen = list(graph[start]), set[str]()
    while waiting:
        name = waiting.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            waiting.extend(graph.get(name, ()))
    return False


def _questions(pack: Pack) -> Iterator[Finding]:
    for path, question in _all_questions(pack):
        yield from _question_thresholds(path, question)
        if question.kind is QuestionKind.SHARE and not (question.numerator and question.denominator):
            yield Finding("methodology.share_without_counts", path)
        if (question.kind is QuestionKind.CHOICE) != (len(question.choices) > 1):
            yield Finding("methodology.choices_misplaced", path)
        if None not in (question.minimum, question.maximum) and question.minimum > question.maximum:  # type: ignore[operator]
            yield Finding("methodology.limits_reversed", (*path, "maximum"))


def _question_thresholds(path: KeyPath, question: Question) -> Iterator[Finding]:
    thresholds, place = question.thresholds, (*path, "thresholds")
    if not thresholds:
        return
    if len(thresholds) != 2 or question.kind not in _NUMERIC or question.polarity is Polarity.NONE:
        yield Finding("methodology.thresholds_misplaced", place)
        return
    first, second = thresholds
    if question.polarity is Polarity.LOWER_BETTER and first >= second:
        yield Finding("methodology.thresholds_not_ascending", place)
    if question.polarity is Polarity.HIGHER_BETTER and first <= second:
        yield Finding("methodology.thresholds_not_descending", place)


def _factors(pack: Pack) -> Iterator[Finding]:
    questions = {question.code: question for _, question in _all_questions(pack)}
    for index, factor in enumerate(pack.factors):
        if len(factor.thresholds) != 2 or not 0 < factor.thresholds[0] < factor.thresholds[1] <= 100:
            yield Finding("methodology.factor_thresholds", ("factors", index, "thresholds"))
        for position, indicator in enumerate(factor.indicators):
            path = ("factors", index, "indicators", position)
            if indicator.weight <= 0:
                yield Finding("methodology.weight_not_positive", (*path, "weight"))
            question = questions.get(indicator.question)
            if question is not None and not _gives_level(question):
                yield Finding("methodology.indicator_without_level", (*path, "question"), {"id": question.code})


def _gives_level(question: Question) -> bool:
    if question.kind is QuestionKind.CHOICE:
        return all(choice.level is not None for choice in question.choices)
    if question.kind is QuestionKind.YES_NO:
        return question.polarity is not Polarity.NONE
    return bool(question.thresholds)


def _templates(pack: Pack) -> Iterator[Finding]:
    if len(pack.stamps) > MAX_STAMPS:
        yield Finding("methodology.too_many_stamps", ("stamps", MAX_STAMPS), {"limit": MAX_STAMPS})
    for part in ("programme_sections", "antirisk_sections"):
        for index, section in enumerate(getattr(pack, part)):
            yield from _unknown_placeholders((part, index, "draft"), section.draft)
    for index, stamp in enumerate(pack.stamps):
        for position, line in enumerate(stamp.lines):
            yield from _unknown_placeholders(("stamps", index, "lines", position), line)


def _unknown_placeholders(path: KeyPath, template: str) -> Iterator[Finding]:
    for name in placeholders_in(template):
        if name not in PLACEHOLDERS:
            yield Finding("methodology.unknown_placeholder", path, {"name": name})


def _unknown_metrics(pack: Pack, known: frozenset[str]) -> Iterator[Finding]:
    named = [((*path, "metric"), question.metric) for path, question in _all_questions(pack)]
    named += [(("indicators", index, "metric"), item.metric) for index, item in enumerate(pack.indicators)]
    named += metrics_named(pack)
    for path, metric in named:
        if metric and metric not in known:
            yield Finding("methodology.unknown_metric", path, {"metric": metric})
