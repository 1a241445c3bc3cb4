"""The desk of a colleague: the granted pages stand first and write, the others only show and say why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from shnor_desktop.domain.findings import CHECK, EXCHANGE, PASSPORT, TODAY
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.shell.pages import PageSpec

_SHOWN = (EXCHANGE, PASSPORT)
"""What a colleague needs besides: the way back, and what the school is."""


def desks_of_pages(desk: Desk) -> Callable[[str], Desk]:
    """Which desk a page gets: at the school its own, at a colleague one that only shows where nothing was granted."""
    grant = desk.workspace.grant
    if grant is None or desk.is_read_only:
        return lambda _page: desk
    why = f"Эту страницу заполняет школа, у вас её видно не полностью. Вам поручено: {grant.titles}."
    shown = desk.viewing(desk.school, why)
    own = {*grant.parts, TODAY, CHECK, EXCHANGE}
    return lambda page: desk if page in own else shown


def arranged(desk: Desk, pages: Sequence[PageSpec]) -> list[PageSpec]:
    """The sidebar: at a colleague's desk the granted pages first; what is far from whole there is not in the list."""
    grant = desk.workspace.grant
    if grant is None:
        return list(pages)
    order = (*(page.id for page in pages if page.id in grant.parts), *_SHOWN)
    known = {page.id: page for page in pages}
    listed = [known[name] for name in order if name in known]
    return [*listed, *(replace(page, is_listed=False) for page in pages if page.id not in order)]
