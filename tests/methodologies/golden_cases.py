"""Golden cases of a pack: read from TOML, made into facts, and what the pack makes of them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from shnor_desktop.domain.facts import ResultFact, SchoolContext, SchoolFacts
from shnor_desktop.domain.identification import identify
from shnor_desktop.domain.methodology import Measure, Pack, Question
from shnor_desktop.domain.russian import NBSP
from shnor_desktop.domain.scoring import Answer, Figure, assess_answer

_GOLDEN = Path(__file__).parent / "golden"
_DECIMALS = ("distance_km", "internet_mbps")


@dataclass(frozen=True)
class GoldenCase:
    """One table of a golden file."""

    data: Mapping[str, Any]

    def __str__(self) -> str:
        return str(self.data.get("name") or self.data.get("question") or self.data.get("indicator"))

    def verdicts(self, pack: Pack, on: date) -> dict[str, str]:
        """The verdict of each category over the school of the case."""
        school = {name: Decimal(held) if name in _DECIMALS else held for name, held in self.data["school"].items()}
        facts = SchoolFacts(
            as_of=on,
            results=tuple(_sheet(*line) for line in self.data["results"]),
            schools=(SchoolContext(id="s", **school),) if school else (),
        )
        found = identify(pack.identification, facts)
        return {item.category.code: item.verdict.value for item in found.categories}

    def level(self, pack: Pack) -> tuple[str, str]:
        """Level and sentence of the answer of the case."""
        step = assess_answer(question_of(pack, self.data["question"]), self._answer())
        return step.level.value, step.sentence.replace(NBSP, " ")

    def _answer(self) -> Answer:
        if "numerator" in self.data:
            return Figure(None, self.data["numerator"], self.data["denominator"])
        chosen: bool | str = self.data["yes"] if "yes" in self.data else self.data["choice"]
        return chosen


def golden(name: str, part: str) -> list[GoldenCase]:
    """The cases of one part of a golden file."""
    tables: dict[str, list[dict[str, Any]]] = tomllib.loads((_GOLDEN / name).read_text(encoding="utf-8"))
    return [GoldenCase(table) for table in tables[part]]


def question_of(pack: Pack, code: str) -> Question:
    found = pack.question(code)
    assert found is not None, code
    return found


def measure_of(pack: Pack, number: str) -> Measure:
    """The measure that the source's plan numbers so."""
    found: list[Measure] = [item for item in pack.plan_measures() if item.number == number]
    assert len(found) == 1, number
    return found[0]


def _sheet(subject: str, grade: int, year: int, participants: int, low: int) -> ResultFact:
    return ResultFact(
        id=f"{subject}{grade}{year}",
        procedure="vpr",
        subject=subject,
        grade=grade,
        year=year,
        participants=participants,
        mark_2=low,
        mark_3=participants - low,
        mark_4=0,
        mark_5=0,
    )
