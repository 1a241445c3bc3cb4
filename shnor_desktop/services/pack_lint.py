"""What a methodology leaves open or contradicts, in words; a methodology with findings works all the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.methodology_lint import LintCode, LintFinding, LintKind, lint_pack
from shnor_desktop.services.wording import explain, has_words, phrase
from shnor_desktop.system.wording import Message

KIND_CAPTIONS: dict[LintKind, str] = {
    LintKind.MISSING: "Чего нет",
    LintKind.RESULT: "Результаты",
    LintKind.GOALS: "Цели, задачи и показатели",
    LintKind.CHRONOLOGY: "Порядок во времени",
    LintKind.DATES: "Сроки и числа",
    LintKind.DUPLICATES: "Повторы",
    LintKind.COVERAGE: "Кто остался без дела или без помощи",
    LintKind.RECORDED: "Замечено при чтении источника",
}

_MANY = 4
"""From so many findings of one sort on they are told in one sentence."""


@dataclass(frozen=True, slots=True)
class LintLine:
    """A finding with its words."""

    finding: LintFinding
    message: Message


@dataclass(frozen=True, slots=True)
class LintGroup:
    """The findings of one kind: one sentence each, those that repeat themselves put into one."""

    kind: LintKind
    caption: str
    sentences: tuple[str, ...]
    count: int


def lint(pack: Pack) -> tuple[LintLine, ...]:
    """Every finding about a methodology, by kind, then in the order of its plan."""
    return tuple(LintLine(finding, explain(finding.as_error())) for finding in lint_pack(pack))


def lint_groups(pack: Pack) -> tuple[LintGroup, ...]:
    """The same for reading: by kind, and more than three findings of one sort in one sentence with their places."""
    groups = []
    for kind, lines in groupby(lint(pack), key=lambda line: line.finding.kind):
        own = list(lines)
        groups.append(LintGroup(kind, KIND_CAPTIONS[kind], tuple(_sentences(own)), len(own)))
    return tuple(groups)


def _sentences(lines: Sequence[LintLine]) -> Iterator[str]:
    counts = Counter(line.finding.code for line in lines)
    told: set[LintCode] = set()
    for line in lines:
        code = line.finding.code
        words = f"lint.many.{code.value}"
        if counts[code] < _MANY or not has_words(words):
            yield line.message.what
        elif code not in told:
            told.add(code)
            places = ", ".join(other.finding.place for other in lines if other.finding.code is code)
            yield phrase(words, count=counts[code], places=places)
