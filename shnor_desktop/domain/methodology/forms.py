"""Forms that a school fills in: the diagnostic map and the monitoring forms."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.methodology.actors import Choice
from shnor_desktop.domain.methodology.terms import Polarity, QuestionKind


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator of a form.

    `thresholds` is empty or two numbers: the border between low and medium significance, then the border
    between medium and high. With `lower_better` the first is the smaller one (a value at or above a border is
    worse), with `higher_better` the greater one (a value below a border is worse).
    """

    code: str
    """Unique within the pack: `staff.highest_category`."""
    caption: str
    help: str
    kind: QuestionKind
    unit: str = ""
    polarity: Polarity = Polarity.NONE
    thresholds: tuple[Decimal, ...] = ()
    numerator: str = ""
    """Caption of the numerator of a share."""
    denominator: str = ""
    metric: str = ""
    """The registry's function that fills the answer from data already typed; empty = typed by hand."""
    choices: tuple[Choice, ...] = ()
    source: str = ""
    """Where the school finds the figure."""
    required: bool = True
    evidence_required: bool = False
    unconfirmed: bool = False
    """The thresholds are confirmed by no published source."""
    compare_previous_year: bool = True
    minimum: Decimal | None = None
    maximum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A titled group of questions, in the order of the paper form."""

    code: str
    title: str
    guidance: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: `diagnostic_map`, `school_processes`, `failure_prevention`."""

    id: str
    title: str
    short_title: str
    purpose: str
    """One sentence for the top of the page."""
    blocks: tuple[Block, ...]
    stage: str = ""
    source: str = ""
    unconfirmed: bool = False

    def questions(self) -> tuple[Question, ...]:
        """All questions in the order of the form."""
        return tuple(question for block in self.blocks for question in block.questions)
