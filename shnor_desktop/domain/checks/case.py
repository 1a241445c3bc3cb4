"""Everything that the rules of the check look at, put together once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.facts import AnswerFact, GoalFact, IndicatorFact, MeasureFact, SchoolFacts
from shnor_desktop.domain.methodology import Form, Level, Pack
from shnor_desktop.domain.scoring import Answer, Assessment, Override, assess_pack
from shnor_desktop.domain.waves import answers_of, current_wave

MAP_FORM = "diagnostic_map"


@dataclass(frozen=True, slots=True)
class Case:
    """One school under the check. `answers` are the typed and the computed ones, by the codes of the questions."""

    facts: SchoolFacts
    pack: Pack
    answers: Mapping[str, Answer]

    @property
    def as_of(self) -> date:
        """The day of the check."""
        return self.facts.as_of

    @property
    def map_form(self) -> Form | None:
        """The diagnostic map of the methodology."""
        return self.pack.form(MAP_FORM)

    @property
    def measures(self) -> tuple[MeasureFact, ...]:
        """Rows of the current road map that are to be done or were done."""
        return tuple(item for item in self.facts.current(self.facts.measures) if item.state != "cancelled")

    @property
    def goals(self) -> tuple[GoalFact, ...]:
        """Goals and tasks of the current programme."""
        return self.facts.current(self.facts.goals)

    @property
    def indicators(self) -> tuple[IndicatorFact, ...]:
        """Target indicators of the current programme."""
        return self.facts.current(self.facts.indicators)

    def stored_answers(self, form: str) -> dict[str, AnswerFact]:
        """What a person typed in a form, in the wave that counts now, by question."""
        return answers_of(self.facts, form, current_wave(self.pack, self.facts, form))

    def assessments(self) -> tuple[Assessment, ...]:
        """The levels of all factors; a level by hand counts only with its reason, in its wave of the map."""
        wave = current_wave(self.pack, self.facts)
        overrides = {
            row.factor: Override(Level(row.level), row.reason)
            for row in self.facts.factor_levels
            if row.factor
            and (row.wave or wave) == wave
            and row.level in set(Level)
            and row.reason
            and row.reason.strip()
        }
        return assess_pack(self.pack, self.answers, overrides)


def is_blank(value: object) -> bool:
    """Nothing is typed: no value, only spaces, an empty list. Zero and «нет» are answers."""
    if isinstance(value, str):
        return not value.strip()
    return value is None or value == ()
