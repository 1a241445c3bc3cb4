"""The line of tokens that the grammar walks along, and the pieces that its parsers find in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum, auto
from functools import cache
from typing import Any

from shnor_desktop.domain.deadlines.calendar import Element, Grain, Piece
from shnor_desktop.domain.deadlines.reading import PlanPeriod, Times
from shnor_desktop.domain.deadlines.tokens import Kind, Token
from shnor_desktop.domain.deadlines.words import Role, Sense


class Part(StrEnum):
    """What a chunk of the phrase contributes."""

    SPANS = auto()
    FREQUENCY = auto()
    PICK = auto()
    ONGOING = auto()
    SCHEDULE = auto()
    EVENT = auto()
    DEMAND = auto()
    STAGE = auto()
    EXCEPT = auto()
    THEN = auto()
    EACH_YEAR = auto()
    LABEL = auto()
    FILLER = auto()
    APPROXIMATE = auto()


class Bound(StrEnum):
    """How spans bound the work."""

    AT = auto()
    DUE = auto()
    """Up to the span, itself included or not."""
    FROM = auto()


class PickOf(StrEnum):
    """What is picked in every unit of repetition."""

    DAYS = auto()
    """Days of a month by number."""
    WEEKDAYS = auto()
    PIECE = auto()
    """Its beginning, end, n-th week or ten days."""
    MONTH = auto()
    """Its n-th month."""


MONTH_AFTER = 100
"""The first month after the unit; 101 is the second."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A place inside every unit: «последняя пятница месяца», «до 10 числа месяца, следующего за отчётным кварталом»."""

    of: PickOf
    unit: Grain | None = None
    """The unit when the phrase names it."""
    days: tuple[tuple[int, int], ...] = ()
    """First and last day of the month; -1 is its last day, -2 the last working one."""
    nths: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    piece: Piece = Piece.WHOLE
    grain: Grain | None = None
    """For n-th weeks and ten days."""
    month: int = 0
    """Which month of the unit: 1 is the first, -1 the last, `MONTH_AFTER` the one after it; 0 is the unit itself."""
    is_due: bool = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """What one parser found from token `begin` up to token `end`."""

    part: Part
    begin: int
    end: int
    elements: tuple[Element, ...] = ()
    bound: Bound = Bound.AT
    is_inclusive: bool = True
    each_year: bool = False
    grain: Grain | None = None
    step: int = 1
    times: Times | None = None
    pick: Pick | None = None
    text: str = ""
    numbers: tuple[int, ...] = ()
    is_sure: bool = True
    is_optional: bool = False
    core: int = 0
    """Where the words end that decide the meaning, when a description follows them."""
    is_ongoing: bool = False
    is_sure_monthly: bool = False
    """Sure when a frequency beside it says that the unit is a month."""
    is_sure_of_unit: bool = False
    """Sure when any frequency beside it says what the unit is."""
    is_weak: bool = False
    """Stands only beside something that is understood."""
    is_aside: bool = False
    """A part of its own: in brackets, after a label."""


@cache
def _alternatives(phrases: str) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(phrase.split()) for phrase in phrases.split("|")), key=len, reverse=True))


@dataclass(frozen=True, slots=True)
class Line:
    """Tokens with an END behind them, the clean text that they came from, and the plan that they speak of."""

    tokens: Sequence[Token]
    text: str
    plan: PlanPeriod
    memory: dict[tuple[str, int], Any] = field(default_factory=dict, compare=False, repr=False)
    """What a rule found at a place, so that it is looked for once."""

    def at(self, position: int) -> Token:
        """The token there; END behind the last."""
        return self.tokens[position] if position < len(self.tokens) else self.tokens[-1]

    def words(self, position: int, phrases: str) -> int | None:
        """The place behind one of the phrases («не позднее|не позже»), the longest that fits."""
        for phrase in _alternatives(phrases):
            place = position
            for word in phrase:
                if self.at(place).text != word and not self._is_comma_before(place, word):
                    break
                place += 1 + int(self.at(place).text != word)
            else:
                return place
        return None

    def _is_comma_before(self, place: int, word: str) -> bool:
        """A comma that writers put before «чем»."""
        return word == "чем" and self.at(place).text == "," and self.at(place + 1).text == "чем"

    def skip(self, position: int, phrases: str) -> int:
        """The place behind one of the phrases, or the same place."""
        place = self.words(position, phrases)
        return position if place is None else place

    def sense(self, position: int, role: Role) -> Sense | None:
        """The sense of the word there that has this role."""
        return self.at(position).sense(role)

    def skip_roles(self, position: int, *roles: Role) -> int:
        """The place behind any words of these roles."""
        while any(self.sense(position, role) for role in roles):
            position += 1
        return position

    def is_sign(self, position: int, signs: str) -> bool:
        """One of these signs stands there."""
        token = self.at(position)
        return token.kind is Kind.SIGN and token.text in signs

    def number(self, position: int) -> int | None:
        """A number without a unit: digits or a word that counts."""
        token = self.at(position)
        if token.kind is Kind.NUMBER:
            return token.number
        count = token.sense(Role.COUNT)
        return count.number if count else None

    def ordinal(self, position: int) -> int | None:
        """Digits, a roman number or a word that orders; -1 is the last."""
        token = self.at(position)
        if token.kind is Kind.NUMBER:
            return token.number
        if token.kind is Kind.WORD and token.roman:
            return token.roman
        order = token.sense(Role.ORDINAL)
        return order.number if order else None

    def unit(self, position: int) -> Grain | None:
        """The unit of time that the word names."""
        sense = self.sense(position, Role.UNIT)
        return Grain(sense.name) if sense else None

    def is_opening(self, position: int) -> bool:
        """Only signs, labels and words like «срок» stand before it."""
        return all(
            token.kind is Kind.SIGN or any(token.sense(role) for role in (Role.FILLER, Role.LABEL, Role.EVENT_NOUN))
            for token in self.tokens[:position]
        )

    def is_guess(self, begin: int, end: int) -> bool:
        """A word there was mended by guess."""
        return any(token.is_guess for token in self.tokens[begin:end])

    def slice(self, begin: int, end: int) -> str:
        """The text of the tokens as the phrase has it, without the signs around it."""
        if begin >= end:
            return ""
        return self.text[self.at(begin).start : self.at(end - 1).end].strip(" ,;:.-–—()")
