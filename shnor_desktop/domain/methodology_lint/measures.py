"""Defects of single measures: what they lack, results that nobody can verify, words that hide a deadline."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology_lint.finding import LintCode, LintFinding, LintKind, Part
from shnor_desktop.domain.methodology_lint.readings import WITHOUT_DATES, PlanLine

_VAGUE = re.compile(
    r"^(повышени|улучшени|уменьшени|снижени|развити|совершенствовани|рост\b|обеспечени|укреплени|формирование условий|"
    r"создание условий|активизаци|оптимизаци)",
    re.IGNORECASE,
)
_FREQUENCY = re.compile(r"\b(ежемесячн|ежеквартальн|ежегодн|еженедельн|регулярн|систематическ)\w*", re.IGNORECASE)
_OPTIONAL = re.compile(r"при необходимости|по возможности|по мере необходимости", re.IGNORECASE)
_REPEATED = 3
"""So many measures with one result say nothing about any of them."""


def lint_measures(pack: Pack, lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    """Every numbered measure on its own, then the plan as a whole."""
    for line in lines:
        yield from _missing(pack, line)
        yield from _result(line)
        yield from _wording(line)
    yield from _repeated_results(lines)
    yield from _numbers(pack, lines)
    if lines and not any(line.reading and line.reading.kind not in WITHOUT_DATES for line in lines):
        yield LintFinding(LintCode.NO_DATES, LintKind.DATES, Part.PACK, place="план", params={"count": len(lines)})


def _about(line: PlanLine, code: LintCode, kind: LintKind, **params: str | int) -> LintFinding:
    measure = line.measure
    return LintFinding(code, kind, Part.MEASURES, measure.id, line.place, {"title": measure.title, **params})


def _missing(pack: Pack, line: PlanLine) -> Iterator[LintFinding]:
    if not line.phrase and line.measure.due is None:
        yield _about(line, LintCode.NO_DEADLINE, LintKind.MISSING)
    elif not line.measure.deadline and line.phrase:
        yield _about(line, LintCode.DEADLINE_INHERITED, LintKind.MISSING, phrase=line.phrase)
    if line.reading is not None and not line.reading.recognised:
        part = "; ".join(line.reading.unparsed) or line.phrase
        yield _about(line, LintCode.DEADLINE_UNREAD, LintKind.DATES, phrase=line.phrase, part=part)
    if not pack.executors_of(line.measure):
        yield _about(line, LintCode.NO_EXECUTOR, LintKind.MISSING)


def _result(line: PlanLine) -> Iterator[LintFinding]:
    result = line.measure.expected_result
    if not result:
        yield _about(line, LintCode.NO_RESULT, LintKind.RESULT)
    elif is_unverifiable(result):
        yield _about(line, LintCode.RESULT_UNVERIFIABLE, LintKind.RESULT, result=result)


def is_unverifiable(result: str) -> bool:
    """A promise of growth or improvement without a number: nobody can say whether it came true."""
    return bool(_VAGUE.match(result.strip())) and not re.search(r"\d", result)


def _wording(line: PlanLine) -> Iterator[LintFinding]:
    text = " ".join([line.measure.title, *line.measure.details])
    found = _FREQUENCY.search(text)
    if found and line.reading is not None and line.reading.times is None:
        yield _about(line, LintCode.FREQUENCY_IN_TITLE, LintKind.DATES, word=found.group(0), phrase=line.phrase)
    optional = _OPTIONAL.search(f"{text} {line.phrase}")
    if optional and not line.measure.optional:
        yield _about(line, LintCode.OPTIONAL_NOT_MARKED, LintKind.DATES, word=optional.group(0).lower())


def _repeated_results(lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    counts = Counter(line.measure.expected_result for line in lines if line.measure.expected_result)
    for result, count in counts.items():
        if count >= _REPEATED and is_unverifiable(result):
            places = ", ".join(line.measure.number for line in lines if line.measure.expected_result == result)
            params: dict[str, str | int] = {"result": result, "count": count, "numbers": places}
            yield LintFinding(LintCode.RESULT_REPEATED, LintKind.RESULT, Part.MEASURES, place="план", params=params)


def _numbers(pack: Pack, lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    """«2.1.1» where nothing is numbered «2.1»."""
    known = {section.number.rstrip(".") for section in pack.plan_sections} | {line.measure.number for line in lines}
    seen: set[str] = set()
    for line in lines:
        heading, _, last = line.measure.number.rstrip(".").rpartition(".")
        if heading and last and heading not in known and heading not in seen:
            seen.add(heading)
            yield _about(line, LintCode.NUMBER_WITHOUT_HEADING, LintKind.MISSING, heading=heading)
