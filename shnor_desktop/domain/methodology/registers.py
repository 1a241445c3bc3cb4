"""The words that the registers and journals of a school choose from, and the rubrics of lesson visits."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListItem:
    """One word of a list; `group` gathers items in a menu, `advice` is what a person reads beside it."""

    code: str
    caption: str
    group: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class WordList:
    """A list that fields of the registers take their choices from, by its code."""

    code: str
    title: str
    items: tuple[ListItem, ...]
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class RubricScore:
    """A value that a criterion may have; `points` is empty where the scale does not count."""

    code: str
    caption: str
    points: int | None = None


@dataclass(frozen=True, slots=True)
class RubricCriterion:
    """What the visitor looks at; an obligatory one is asked for before the card is complete."""

    code: str
    text: str
    section: str
    obligatory: bool = False
    help: str = ""


@dataclass(frozen=True, slots=True)
class Rubric:
    """A card of a lesson visit: sections with criteria on one scale."""

    code: str
    title: str
    scale: tuple[RubricScore, ...]
    criteria: tuple[RubricCriterion, ...]
    source: str = ""
    unconfirmed: bool = False

    def sections(self) -> tuple[str, ...]:
        """The sections in order."""
        return tuple(dict.fromkeys(item.section for item in self.criteria))


@dataclass(frozen=True, slots=True)
class OrderTemplate:
    """A draft of an order: title, preamble and points with the placeholders of the programme's texts."""

    code: str
    title: str
    preamble: str
    points: tuple[str, ...]
    source: str = ""
    unconfirmed: bool = False


@dataclass(frozen=True, slots=True)
class ControlTemplate:
    """A control that a year plan of the internal quality assessment (ВСОКО) is offered, in its month."""

    code: str
    title: str
    area: str
    """A code of the list `control_areas`."""
    method: str = ""
    """A code of the list `control_methods`."""
    month: int = 9
    """1 to 12, within the school year; the control is due at its end."""
    classes: str = ""
    reviewed_at: str = ""
    """A code of the list `meeting_kinds`."""
    source: str = ""
    unconfirmed: bool = False
