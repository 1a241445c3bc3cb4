"""What the demo is made of: names, schools, papers, events and texts from `resources/demo`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

from shnor_desktop.system.paths import resource


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person."""

    name: str
    is_female: bool


@dataclass(frozen=True, slots=True)
class SchoolProfile:
    """What is told of one demo school before anything is drawn. `fill`: full, map, begun or light (only what schools
    are compared by); `state` of the programme; `decision` of the centre, empty while there is none."""

    code: str
    name: str
    locality: str
    territory: str
    pupils: int
    distance: int
    high: tuple[str, ...]
    medium: tuple[str, ...]
    decision: str
    support_level: str = ""
    staff: int = 0
    measures: int = 0
    events: int = 0
    plans: int = 0
    fill: str = "light"
    state: str = ""
    families: int | None = None
    """Conditions in the families, from 0, the hardest, to 100; None leaves them to the numbers of the school."""
    lacks_context: bool = False
    """Whether the questions about families are not answered yet."""
    worsening: tuple[str, ...] = ()
    """Papers whose results get worse by the year: «math:8»."""
    lowered: int | None = None
    """Percent of marks under those of the journal, where it is not that of the level."""
    left_out: tuple[str, ...] = ()
    """Measures of the methodology that the road map does not hold yet."""
    is_main: bool = False

    @property
    def is_light(self) -> bool:
        """Whether the school sends only what schools are compared by."""
        return self.fill == "light"

    @property
    def short_name(self) -> str:
        """«МБОУ «Заречная ООШ»»."""
        return f"МБОУ «{self.name} ООШ»"

    @property
    def full_name(self) -> str:
        """The name of the statutes."""
        return (
            f"Муниципальное бюджетное общеобразовательное учреждение «{self.name} основная общеобразовательная школа»"
        )

    @property
    def login(self) -> str:
        """The login of the school at ФИС ОКО: of the demo alone."""
        return f"edu{self.code.replace('-', '0')}"

    def target(self, factor: str) -> str:
        """The level that the typed answers of a factor are drawn for."""
        if factor in self.high:
            return "high"
        return "medium" if factor in self.medium else "low"


@cache
def words(name: str) -> Mapping[str, Any]:
    """A file of `resources/demo`."""
    return tomllib.loads(resource("demo", f"{name}.toml").read_text("utf-8"))


def main_school() -> SchoolProfile:
    """The demo school."""
    return _profile(words("schools")["school"], is_main=True)


def other_schools() -> tuple[SchoolProfile, ...]:
    """The schools of the demo centre."""
    return tuple(_profile(item) for item in words("schools")["others"])


def district() -> str:
    """The invented municipality."""
    return str(words("schools")["district"])


def _profile(item: Mapping[str, Any], *, is_main: bool = False) -> SchoolProfile:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in item.items()}
    return SchoolProfile(**values, is_main=is_main)


class People:
    """Draws invented people; no name twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._names = words("names")
        self._surnames: list[str] = []
        self._used: set[str] = set()

    def draw(self, *, is_female: bool | None = None) -> Person:
        """One person; mostly women, as in schools, unless asked."""
        female = self._random.random() < 0.86 if is_female is None else is_female
        parts = self._names["female" if female else "male"]
        while True:
            stem = self._surname()
            first, patronymic = self._random.choice(parts["first"]), self._random.choice(parts["patronymic"])
            name = f"{stem}{'а' if female else ''} {first} {patronymic}"
            if name not in self._used:
                self._used.add(name)
                return Person(name, female)

    def _surname(self) -> str:
        if not self._surnames:
            self._surnames = list(self._names["surnames"]["stems"])
            self._random.shuffle(self._surnames)
        return self._surnames.pop()


def initials(name: str) -> str:
    """«Берестинова А. И.»."""
    surname, *others = name.split()
    return " ".join([surname, *(f"{other[0]}." for other in others)])


def partition(random: Random, total: int, parts: int, spread: int) -> list[int]:
    """A whole divided into near equal parts that add up to it."""
    sizes = [total // parts] * parts
    for place in range(total - sum(sizes)):
        sizes[place] += 1
    for _ in range(parts):
        giver, taker = random.sample(range(parts), 2)
        moved = random.randint(0, spread)
        if sizes[giver] - moved >= max(4, total // parts - 2 * spread):
            sizes[giver] -= moved
            sizes[taker] += moved
    return sizes


def pick(random: Random, items: Sequence[Any], count: int) -> list[Any]:
    """Some of the items, in their order."""
    chosen = sorted(random.sample(range(len(items)), min(count, len(items))))
    return [items[place] for place in chosen]
