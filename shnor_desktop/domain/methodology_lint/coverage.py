"""Who is left out, what is said twice, what must not stand in a methodology, and what people recorded by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology_lint.finding import LintCode, LintFinding, LintKind, Part
from shnor_desktop.domain.methodology_lint.readings import PlanLine

_WORD = re.compile(r"[а-яё]{4,}")
_SHORT = frozenset({"школ", "прог", "учас", "обра", "меро", "рабо", "прове", "орга", "разв", "реал"})
"""Beginnings of words that every plan is full of: alike in them is not alike."""
_ALIKE = 0.6
_PERSONAL = (
    re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    re.compile(r"(?:\+7|\b8)[\s(-]*\d{3,5}[\s)-]*\d{1,3}[\s-]*\d{2}[\s-]*\d{2}"),
)


def lint_coverage(pack: Pack, lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    """Tasks of nobody, territories without a curator, near-duplicates, personal data, recorded defects."""
    for task in pack.tasks:
        if task.lane is None:
            params = {"text": task.text, "stage": task.stage}
            place = f"этап {task.stage}"
            yield LintFinding(LintCode.TASK_UNASSIGNED, LintKind.COVERAGE, Part.STAGE_TASKS, task.id, place, params)
    for territory in pack.uncovered_territories() if pack.curators else ():
        yield LintFinding(
            LintCode.TERRITORY_UNCOVERED, LintKind.COVERAGE, Part.TERRITORIES, territory.id, territory.title
        )
    yield from _duplicates(lines)
    yield from _personal(pack)
    for defect in pack.source_defects:
        params = {"text": defect.text}
        yield LintFinding(
            LintCode.RECORDED, LintKind.RECORDED, Part.DEFECTS, defect.code, defect.place or "источник", params
        )


def _duplicates(lines: Sequence[PlanLine]) -> Iterator[LintFinding]:
    stems = {line.measure.id: stems_of(line.measure.title) for line in lines}
    for first, second in combinations(lines, 2):
        if alike(stems[first.measure.id], stems[second.measure.id]) < _ALIKE:
            continue
        params = {"other": second.place, "title": first.measure.title, "other_title": second.measure.title}
        yield LintFinding(
            LintCode.NEAR_DUPLICATE, LintKind.DUPLICATES, Part.MEASURES, first.measure.id, first.place, params
        )


def stems_of(title: str) -> tuple[str, ...]:
    """The first letters of the words that tell one measure from another, in order."""
    words = (word[:6] for word in _WORD.findall(title.lower()))
    return tuple(word for word in words if not word.startswith(tuple(_SHORT)))


def alike(first: tuple[str, ...], second: tuple[str, ...]) -> float:
    """How much two titles say the same, 0–1: common words of the shorter one and their order."""
    if len(first) < 2 or len(second) < 2:
        return 1.0 if first and first == second else 0.0
    common = len(set(first) & set(second))
    return (common / min(len(set(first)), len(set(second))) + SequenceMatcher(None, first, second).ratio()) / 2


def _personal(pack: Pack) -> Iterator[LintFinding]:
    texts = [(Part.MEASURES, item.id, item.title) for item in pack.measures]
    texts += [(Part.STAGE_TASKS, item.id, item.text) for item in pack.tasks]
    texts += [(Part.DOCUMENTS, item.code, f"{item.title} {item.guidance}") for item in pack.documents]
    for part, name, text in texts:
        found = next((match for pattern in _PERSONAL if (match := pattern.search(text))), None)
        if found:
            yield LintFinding(LintCode.PERSONAL_DATA, LintKind.RECORDED, part, name, name, {"found": found.group(0)})
