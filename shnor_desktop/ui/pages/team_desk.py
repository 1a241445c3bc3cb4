"""The desk of a colleague: the pages of the granted parts write, the others only show and say why."""

from __future__ import annotations

from collections.abc import Callable

from shnor_desktop.domain.findings import CHECK, EXCHANGE, TODAY
from shnor_desktop.ui.pages.desk import Desk


def desks_of_pages(desk: Desk) -> Callable[[str], Desk]:
    """Which desk a page gets: at the school its own, at a colleague one that only shows where nothing was granted."""
    grant = desk.workspace.grant
    if grant is None or desk.is_read_only:
        return lambda _page: desk
    why = f"Эту страницу заполняет школа, у вас её видно не полностью. Вам поручено: {grant.titles}."
    shown = desk.viewing(desk.school, why)
    own = {*grant.parts, TODAY, CHECK, EXCHANGE}
    return lambda page: desk if page in own else shown
