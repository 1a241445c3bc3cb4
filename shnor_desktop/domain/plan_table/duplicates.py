"""Measures that stand twice in a plan, letter for letter or nearly so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from shnor_desktop.domain.plan_table.plain_words import folded, stems

_ALIKE = 0.9
_SHARED = 0.75
_FEWEST_WORDS = 3
_MOST_IN_COMMON = 40
"""A word that stands in more titles than this tells nothing apart, and is not looked up."""


def near_duplicates(titles: Sequence[str]) -> Iterator[tuple[int, int]]:
    """(later, earlier) for each title that repeats an earlier one."""
    plain = [folded(title)[:600] for title in titles]
    words = [stems(title) for title in plain]
    known: dict[str, int] = {}
    with_word: dict[str, list[int]] = defaultdict(list)
    for at, title in enumerate(plain):
        if not title:
            continue
        if title in known:
            yield at, known[title]
            continue
        earlier = _closest(at, plain, words, with_word)
        if earlier is not None:
            yield at, earlier
        known[title] = at
        for word in words[at]:
            with_word[word].append(at)


def _closest(
    at: int, plain: Sequence[str], words: Sequence[frozenset[str]], with_word: dict[str, list[int]]
) -> int | None:
    own = words[at]
    if len(own) < _FEWEST_WORDS:
        return None
    shared: dict[int, int] = defaultdict(int)
    for word in own:
        if len(with_word[word]) <= _MOST_IN_COMMON:
            for other in with_word[word]:
                shared[other] += 1
    for other in sorted(shared, key=lambda one: -shared[one])[:3]:
        both = len(own & words[other]) / len(own | words[other])
        if both < _SHARED:
            continue
        if both > 0.95 or SequenceMatcher(None, plain[at], plain[other], autojunk=False).ratio() >= _ALIKE:
            return other
    return None
