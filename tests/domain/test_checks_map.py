"""Rules of the diagnostic map and its problem fields."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from shnor_desktop.domain.facts import AnswerFact, FactorLevelFact, ProblemFact, SchoolFacts
from shnor_desktop.domain.scoring import Figure
from tests.domain.checked_school import ANSWERS, SOUND, codes, found, spoilt, with_more


def answered(question: str, **fields: Any) -> SchoolFacts:
    return with_more("answers", AnswerFact(id="x", form="diagnostic_map", wave="2024", question=question, **fields))


def test_that_a_required_question_without_an_answer_is_an_error_at_that_question() -> None:
    finding = found(answers={"staff.plan": True})[0]
    assert (finding.code, finding.page, finding.field) == ("map.unanswered", "map", "staff.highest")
    assert finding.params["question"] == "Доля педагогов с высшей категорией"


def test_that_a_question_that_is_not_required_may_stay_empty() -> None:
    assert "staff.hours" not in ANSWERS
    assert codes() == []


def test_that_what_is_typed_and_cannot_be_read_is_said_so() -> None:
    finding = found(answered("staff.hours", value="много"))[0]
    assert (finding.code, finding.row, finding.field) == ("map.unreadable", "x", "staff.hours")


@pytest.mark.parametrize(
    ("question", "value"),
    [("staff.highest", Decimal(101)), ("staff.highest", Decimal(-1)), ("staff.hours", Decimal(61))],
)
def test_that_a_value_lies_within_its_bounds(question: str, value: Decimal) -> None:
    assert codes(answers={**ANSWERS, question: value})[0] == "map.out_of_range"


def test_that_a_part_is_not_greater_than_its_whole() -> None:
    facts = answered("staff.highest", numerator=3, denominator=2)
    answers = {**ANSWERS, "staff.highest": Figure(Decimal(150), 3, 2)}
    finding = found(facts, answers=answers)[0]
    assert (finding.code, finding.params["part"], finding.params["whole"]) == ("map.part_exceeds_whole", 3, 2)


def test_that_an_answer_that_needs_a_document_names_it() -> None:
    finding = found(spoilt("answers", "a1", evidence=" "))[0]
    assert (finding.code, finding.row, finding.needs_reason) == ("map.evidence_absent", "a1", True)
    assert codes(replace(SOUND, answers=SOUND.answers[1:])) == ["map.evidence_absent"]


def test_that_a_question_that_does_not_apply_wants_only_a_comment() -> None:
    known = {"staff.plan": True}
    assert codes(answered("staff.highest", not_applicable=True, comment="Один педагог"), answers=known) == []
    assert codes(answered("staff.highest", not_applicable=True), answers=known) == ["map.not_applicable_unexplained"]


def test_that_answers_of_an_older_wave_give_way_to_the_newest() -> None:
    older = AnswerFact(id="old", form="diagnostic_map", wave="2023", question="staff.plan", value="yes")
    assert codes(with_more("answers", older)) == []


def test_that_a_level_set_by_hand_has_a_reason() -> None:
    level = FactorLevelFact(id="f", wave="2024", factor="staff_deficit", level="low", reason=" ")
    finding = found(with_more("factor_levels", level))[0]
    assert (finding.code, finding.row) == ("map.level_without_reason", "f")
    assert codes(with_more("factor_levels", replace(level, reason="Приняты двое"))) == []


def test_that_a_factor_of_high_significance_wants_a_problem_in_work_or_a_reason() -> None:
    high = {**ANSWERS, "staff.highest": Figure(Decimal(10), 1, 10)}
    assert codes(answers=high) == []
    idle = with_more("problems", ProblemFact(id="p2", title="Мало", factors=("staff_deficit",)))
    spoilt_problem = replace(SOUND.problems[0], factors=("other",))
    finding = found(replace(idle, problems=(spoilt_problem, idle.problems[1])), answers=high)[0]
    assert (finding.code, finding.field, finding.needs_reason) == ("map.high_without_problem", "staff_deficit", True)


def test_that_a_level_raised_by_hand_with_a_reason_counts() -> None:
    level = FactorLevelFact(id="f", factor="staff_deficit", level="high", reason="Двое уходят летом")
    facts = replace(spoilt("problems", "p1", factors=("other",)), factor_levels=(level,))
    assert codes(facts) == ["map.high_without_problem"]


# ----------------------------------------------------------------------------------------------------------- problems
def problem(number: int, **fields: Any) -> ProblemFact:
    return replace(SOUND.problems[0], id=f"q{number}", rank=number, **fields)


def test_that_at_least_one_problem_is_in_work() -> None:
    assert codes(spoilt("problems", "p1", is_active=False)) == ["problems.absent"]


def test_that_a_problem_names_its_causes() -> None:
    assert codes(spoilt("problems", "p1", causes="")) == ["problems.without_causes"]


def test_that_a_problem_has_a_measure_of_its_own_or_through_a_task() -> None:
    assert codes(spoilt("goals", "g2", problem=None)) == ["problems.without_measure"]
    direct = tuple(replace(item, problem="p1") for item in SOUND.measures)
    assert codes(replace(spoilt("goals", "g2", problem=None), measures=direct)) == []


def test_that_a_cancelled_measure_answers_no_problem() -> None:
    cancelled = tuple(replace(item, state="cancelled", note="Причина") for item in SOUND.measures)
    assert "problems.without_measure" in codes(replace(SOUND, measures=cancelled))


def test_that_a_problem_without_a_factor_is_a_warning() -> None:
    finding = found(spoilt("problems", "p1", factors=()))[0]
    assert (finding.code, finding.needs_reason) == ("problems.without_factor", True)


def test_that_no_more_than_ten_problems_are_in_work() -> None:
    ten = [problem(number) for number in range(2, 11)]
    assert "problems.too_many" not in codes(with_more("problems", *ten))
    assert "problems.too_many" in codes(with_more("problems", *ten, problem(11)))


def test_that_two_problems_in_one_place_of_the_queue_are_a_warning() -> None:
    twice = codes(with_more("problems", problem(1)))
    assert twice.count("problems.rank_twice") == 2


def test_that_a_problem_that_waits_is_asked_nothing() -> None:
    assert codes(with_more("problems", ProblemFact(id="w", title="Потом"))) == []
