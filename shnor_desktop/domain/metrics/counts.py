"""Shares of two counts that stand in the same row: what is empty or contradicts itself is named with its place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.facts import Fact
from shnor_desktop.domain.metrics.values import MetricValue, Missing, RowRef, does_not_apply, ref, share


@dataclass(frozen=True, slots=True)
class Counted:
    """A field that counts, with its caption as the form shows it."""

    field: str
    caption: str


@dataclass(frozen=True, slots=True)
class PartOfWhole:
    """Two counts of one row on a page; `none` says what it means that the whole is zero."""

    page: str
    part: Counted
    whole: Counted
    none: str

    def share(self, rows: Sequence[Fact], year: int | None = None) -> MetricValue:
        """Parts of all rows to the wholes of all rows, in percent; unknown while a row lacks a count."""
        missing = tuple(found for row in rows for found in self._missing(row))
        if missing or not rows:
            return MetricValue(None, missing=missing, year=year)
        part, whole = (sum(_count(row, one) or 0 for row in rows) for one in (self.part, self.whole))
        if whole <= 0:
            return does_not_apply(self.none, year)
        made = share(part, whole, tuple(self._ref(row) for row in rows))
        return MetricValue(made.value, part, whole, made.rows, year=year)

    def _ref(self, row: Fact) -> RowRef:
        return ref(row, note=f"{_count(row, self.part)} из {_count(row, self.whole)}")

    def _missing(self, row: Fact) -> list[Missing]:
        part, whole = _count(row, self.part), _count(row, self.whole)
        empty = [one for one in (self.whole, self.part) if _count(row, one) is None]
        if part is not None and whole is not None and part > whole:
            words = f"«{self.part.caption}» больше, чем «{self.whole.caption}»: исправьте одно из чисел"
            return [self._at(row, self.part, words)]
        if whole == 0:
            return []
        return [self._at(row, one, f"не заполнено «{one.caption}»") for one in empty]

    def _at(self, row: Fact, one: Counted, words: str) -> Missing:
        named = f"{row.label}: {words}" if row.label and row.entity != "school" else f"{words[0].upper()}{words[1:]}"
        return Missing(self.page, row.entity, named, row.id, one.field)


def _count(row: Fact, one: Counted) -> int | None:
    found: int | None = getattr(row, one.field)
    return found
