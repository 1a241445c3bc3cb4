"""What the shell is told about pages and about things that can be found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One noun of the sidebar; the page itself is made when it is first opened.

    The widget may have `open_target(target)` (a field or row to go to) and `refresh()` (called each time it is shown).
    """

    id: str
    title: str
    icon: str
    make: Callable[[], QWidget]
    badge: int = 0
    badge_hint: str = "ждут решения"
    is_listed: bool = True
    """Whether it stands in the sidebar; another page leads to one that does not."""


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """One line of the «Найти» palette: choosing it opens a page at a target."""

    title: str
    kind: str
    page: str
    target: str | None = None
    words: str = ""
    icon: str = ""

    def matches(self, typed: list[str]) -> bool:
        """Whether every typed word, already case-folded, is somewhere in the entry."""
        text = f"{self.title} {self.kind} {self.words}".casefold()
        return all(word in text for word in typed)
