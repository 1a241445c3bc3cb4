"""Levels of answers and factors."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import (
    Aggregation,
    Choice,
    Factor,
    FactorIndicator,
    Level,
    Polarity,
    Question,
    QuestionKind,
)
from shnor_desktop.domain.russian import NBSP
from shnor_desktop.domain.scoring import (
    NOT_APPLICABLE,
    Answer,
    Assessment,
    Figure,
    Override,
    assess_answer,
    assess_factor,
    shown_answer,
)

LOW_IS_GOOD = Question(
    code="below",
    caption="Ниже минимума",
    help="—",
    kind=QuestionKind.SHARE,
    unit="%",
    polarity=Polarity.LOWER_BETTER,
    thresholds=(Decimal(15), Decimal(30)),
)
HIGH_IS_GOOD = Question(
    code="category",
    caption="Высшая категория",
    help="—",
    kind=QuestionKind.SHARE,
    unit="%",
    polarity=Polarity.HIGHER_BETTER,
    thresholds=(Decimal(40), Decimal(25)),
)
CHOSEN = Question(
    code="career",
    caption="Профориентация",
    help="—",
    kind=QuestionKind.CHOICE,
    choices=(Choice("yes", "Ведётся", Level.LOW), Choice("no", "Не ведётся", Level.HIGH)),
)
QUESTIONS = {question.code: question for question in (LOW_IS_GOOD, HIGH_IS_GOOD, CHOSEN)}


def factor(aggregation: Aggregation = Aggregation.WEIGHTED) -> Factor:
    return Factor(
        code="F",
        number=1,
        title="Фактор",
        description="—",
        indicators=(
            FactorIndicator("below", Decimal(2)),
            FactorIndicator("category"),
            FactorIndicator("career"),
        ),
        aggregation=aggregation,
    )


def assessed(answers: dict[str, Answer], aggregation: Aggregation = Aggregation.WEIGHTED) -> Assessment:
    return assess_factor(factor(aggregation), QUESTIONS, answers)


@pytest.mark.parametrize(
    ("value", "level"), [("14.9", Level.LOW), ("15", Level.MEDIUM), ("29.9", Level.MEDIUM), ("30", Level.HIGH)]
)
def test_that_a_value_at_a_border_is_worse_where_less_is_better(value: str, level: Level) -> None:
    assert assess_answer(LOW_IS_GOOD, Decimal(value)).level is level


@pytest.mark.parametrize(
    ("value", "level"), [("40", Level.LOW), ("39.9", Level.MEDIUM), ("25", Level.MEDIUM), ("24.9", Level.HIGH)]
)
def test_that_a_value_at_a_border_is_better_where_more_is_better(value: str, level: Level) -> None:
    assert assess_answer(HIGH_IS_GOOD, Decimal(value)).level is level


def test_that_the_sentence_shows_the_counts_and_the_threshold() -> None:
    step = assess_answer(HIGH_IS_GOOD, Figure(Decimal("18.2"), 4, 22))
    assert step.sentence.replace(NBSP, " ") == "4 из 22 (18,2 %) — ниже порога 25 %: значимость высокая"


def test_that_counts_alone_are_enough_for_a_share() -> None:
    assert assess_answer(LOW_IS_GOOD, Figure(None, 3, 10)).level is Level.HIGH


def test_that_a_share_of_nobody_is_unknown() -> None:
    assert assess_answer(LOW_IS_GOOD, Figure(None, 0, 0)).level is Level.UNKNOWN


def test_that_a_small_group_carries_a_caution_with_its_n() -> None:
    assert "n = 7" in assess_answer(LOW_IS_GOOD, Figure(None, 2, 7)).caution
    assert assess_answer(LOW_IS_GOOD, Figure(None, 2, 10)).caution == ""


def test_that_a_choice_is_shown_by_its_caption_and_an_unknown_one_verbatim() -> None:
    assert shown_answer(CHOSEN, "no") == "Не ведётся"
    assert shown_answer(CHOSEN, "gone") == "gone"
    assert assess_answer(CHOSEN, "gone").level is Level.UNKNOWN


def test_that_weights_count_in_the_mean() -> None:
    result = assessed({"below": Decimal(50), "category": Decimal(50), "career": "yes"})
    assert (result.level, result.score) == (Level.MEDIUM, Decimal(50))


def test_that_the_worst_indicator_decides_where_the_pack_says_so() -> None:
    result = assessed({"below": Decimal(0), "category": Decimal(50), "career": "no"}, Aggregation.WORST)
    assert result.level is Level.HIGH


def test_that_one_bad_indicator_is_enough_for_the_worst_while_others_are_missing() -> None:
    result = assessed({"career": "no"}, Aggregation.WORST)
    assert result.level is Level.HIGH
    assert result.missing == ("below", "category")


def test_that_missing_answers_that_could_change_the_level_leave_it_unknown_and_are_named() -> None:
    result = assessed({"category": Decimal(50), "career": "yes"})
    assert result.level is Level.UNKNOWN
    assert result.missing == ("below",)
    assert "«Ниже минимума»" in result.summary


def test_that_nothing_known_has_no_score() -> None:
    result = assessed({})
    assert (result.level, result.score) == (Level.UNKNOWN, None)


def test_that_what_does_not_concern_the_school_is_not_missing() -> None:
    result = assessed({"below": NOT_APPLICABLE, "category": Decimal(10), "career": NOT_APPLICABLE})
    assert (result.level, result.missing) == (Level.HIGH, ())


def test_that_a_factor_that_does_not_concern_the_school_is_unknown_in_words() -> None:
    result = assessed(dict.fromkeys(QUESTIONS, NOT_APPLICABLE))
    assert result.level is Level.UNKNOWN
    assert "ни один показатель не применим" in result.summary


def test_that_an_override_stands_beside_the_computed_level_with_its_reason() -> None:
    answers: dict[str, Answer] = {"below": Decimal(0), "category": Decimal(50), "career": "yes"}
    result = assess_factor(factor(), QUESTIONS, answers, Override(Level.HIGH, "Ушли два учителя"))
    assert (result.level, result.computed) == (Level.HIGH, Level.LOW)
    assert "Ушли два учителя" in result.summary


def test_that_an_override_without_a_reason_is_refused() -> None:
    with pytest.raises(KnownError) as caught:
        assess_factor(factor(), QUESTIONS, {}, Override(Level.LOW, "  "))
    assert caught.value.code == "methodology.override_without_reason"


def test_that_half_a_point_goes_up_wherever_it_is_shown() -> None:
    item = replace(assessed({}), score=Decimal("12.5"))
    assert item.shown_score == 13
    assert replace(item, score=None).shown_score is None
