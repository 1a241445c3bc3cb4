"""A small school made up for the tests of the services."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.services.desks import SchoolCard, create_school_desk
from shnor_desktop.services.workspace import Workspace

CARD = SchoolCard(
    code="72-014",
    short_name="МАОУ «Лесная СОШ»",
    full_name="Муниципальное автономное общеобразовательное учреждение «Лесная средняя общеобразовательная школа»",
    municipality="Лесной муниципальный район",
    locality="село Лесное",
    director="Образцова Анна Ивановна",
    kind="secondary",
    territory="village",
    support_level="regional",
)


def make_school_workspace(tmp_path: Path, clock: Clock) -> Workspace:
    """The desk of a school of which only its card is known."""
    return create_school_desk(tmp_path / "school.shnor-db", CARD, clock, is_demo=True)
