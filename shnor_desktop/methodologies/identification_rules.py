"""The rules inside identification, the social index, the reading of results and the interviews of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shnor_desktop.domain.methodology import IndexItem, Pack, Polarity, RuleKind, SocialIndex, TaskBand
from shnor_desktop.domain.social_index import FEWEST_SCHOOLS
from shnor_desktop.methodologies.findings import Finding, KeyPath

_MOST_SCHOOLS = 1000
_HALF = 50
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def metrics_named(pack: Pack) -> list[tuple[KeyPath, str]]:
    """Every metric that identification and the index name, with its place."""
    named: list[tuple[KeyPath, str]] = []
    for index, category in enumerate(pack.identification.categories):
        for position, rule in enumerate(category.rules):
            named.append((("identification", "categories", index, "rules", position, "metric"), rule.metric))
    items = pack.social_index.items if pack.social_index else ()
    named += [(("social_index", "items", index, "metric"), item.metric) for index, item in enumerate(items)]
    return named


def check_identification(pack: Pack) -> Iterator[Finding]:
    """Shares, thresholds in their order, rules that can be judged, weights."""
    rule = pack.identification
    if not 0 < rule.share_below_minimum <= 100:
        yield Finding("methodology.share_out_of_range", ("identification", "share_below_minimum"))
    yield from _twice([item.code for item in rule.categories], ("identification", "categories"))
    for index, category in enumerate(rule.categories):
        path: KeyPath = ("identification", "categories", index)
        yield from _twice([item.code for item in category.rules], (*path, "rules"))
        if not 1 <= category.needed <= max(len(category.rules), 1):
            yield Finding("methodology.needed_out_of_range", (*path, "needed"), {"rules": len(category.rules)})
        for position, item in enumerate(category.rules):
            needs_metric = item.kind is not RuleKind.LOW_RESULTS
            if needs_metric and (not item.metric or item.threshold is None):
                yield Finding("methodology.rule_incomplete", (*path, "rules", position))
    yield from _index(pack)
    for index, band in enumerate(pack.result_reading.bands if pack.result_reading else ()):
        yield from _band(("result_reading", "bands", index), band)


def check_interviews(pack: Pack) -> Iterator[Finding]:
    """Times of the clock, each slot ending after it begins."""
    for index, session in enumerate(pack.interviews):
        for position, slot in enumerate(session.slots):
            path: KeyPath = ("interviews", index, "slots", position)
            for name in ("starts", "ends"):
                if not _TIME.fullmatch(getattr(slot, name)):
                    yield Finding("methodology.not_a_time", (*path, name))
            if slot.starts >= slot.ends:
                yield Finding("methodology.period_reversed", (*path, "ends"))


def _index(pack: Pack) -> Iterator[Finding]:
    items: tuple[IndexItem, ...] = pack.social_index.items if pack.social_index else ()
    yield from _twice([item.code for item in items], ("social_index", "items"))
    if pack.social_index is not None:
        yield from _comparison(pack.social_index)
    for index, item in enumerate(items):
        path: KeyPath = ("social_index", "items", index)
        if item.weight <= 0:
            yield Finding("methodology.weight_not_positive", (*path, "weight"))
        if item.minimum >= item.maximum:
            yield Finding("methodology.limits_reversed", (*path, "maximum"))
        if item.polarity is Polarity.NONE:
            yield Finding("methodology.index_without_direction", (*path, "polarity"))


def _comparison(table: SocialIndex) -> Iterator[Finding]:
    if not FEWEST_SCHOOLS <= table.schools_for_expectation <= _MOST_SCHOOLS:
        limits = {"least": FEWEST_SCHOOLS, "most": _MOST_SCHOOLS}
        yield Finding(
            "methodology.schools_for_expectation_out_of_range", ("social_index", "schools_for_expectation"), limits
        )
    if not 0 < table.harder_share <= _HALF:
        yield Finding("methodology.harder_share_out_of_range", ("social_index", "harder_share"))


def _band(path: KeyPath, band: TaskBand) -> Iterator[Finding]:
    if not 0 <= band.insufficient < band.sufficient <= 100:
        yield Finding("methodology.band_reversed", (*path, "sufficient"))


def _twice(names: list[str], path: KeyPath) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name in names[:index]:
            yield Finding("methodology.id_twice", (*path, index, "code"), {"id": name})
