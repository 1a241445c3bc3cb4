"""The waves of a form: which there are, which one counts, what is better and what is worse."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from shnor_desktop.domain.facts import AnswerFact, SchoolFacts
from shnor_desktop.domain.methodology import Choice, Level, Pack, Polarity, Question, QuestionKind
from shnor_desktop.domain.methodology.project_year import moved_to
from shnor_desktop.domain.scoring import NOT_APPLICABLE, Figure
from shnor_desktop.domain.waves import (
    MAP_FORM,
    Change,
    compare,
    compare_levels,
    current_wave,
    differs,
    typed_answer,
    waves_of,
)
from shnor_desktop.services.methodology import load_methodologies

PACKS = {pack.id: pack for pack in load_methodologies().packs}
SHARE = Question("q", "Доля", "", QuestionKind.SHARE, "%", Polarity.HIGHER_BETTER, (Decimal(50), Decimal(25)))
TODAY = date(2024, 9, 2)


def figure(part: int, whole: int) -> Figure:
    return Figure(Decimal(part) * 100 / whole, part, whole)


@pytest.fixture(params=sorted(PACKS))
def pack(request: pytest.FixtureRequest) -> Pack:
    return PACKS[request.param]


def test_that_every_methodology_has_two_waves_of_the_map_or_more(pack: Pack) -> None:
    waves = waves_of(pack, MAP_FORM)
    assert len(waves) >= 2
    assert len({wave.id for wave in waves}) == len(waves)
    assert all(len(wave.id) <= 20 for wave in waves), "the field of the store takes twenty letters"
    assert [wave.number for wave in waves] == list(range(1, len(waves) + 1))
    assert waves[0].id == str(pack.period_start.year)
    assert all(first.due <= second.due for first, second in itertools.pairwise(waves))


def test_that_a_project_in_another_year_keeps_the_answers_of_its_map(pack: Pack) -> None:
    moved = moved_to(pack, pack.period_start.year + 3)
    own, other = waves_of(pack, MAP_FORM), waves_of(moved, MAP_FORM)
    assert [wave.id for wave in other] == [wave.id for wave in own]
    assert [wave.due.year for wave in other] == [wave.due.year + 3 for wave in own]
    assert str(pack.period_start.year + 3) in other[0].title


def test_that_the_waves_of_a_monitoring_are_those_of_its_methodology() -> None:
    assert [wave.id for wave in waves_of(PACKS["lebedyan-2018"], "programme_results")] == [
        "programme_results.1",
        "programme_results.2",
        "programme_results.3",
    ]
    assert len(waves_of(PACKS["smolensk-2020-2021"], "work_programmes")) == 6


def test_that_a_wave_counts_only_when_people_have_answered_all_of_it(pack: Pack) -> None:
    form = pack.form(MAP_FORM)
    assert form is not None
    first, *_, last = waves_of(pack, MAP_FORM)
    asked = [question.code for question in form.questions() if question.required and not question.metric]
    rows = [AnswerFact(id=code, form=MAP_FORM, wave=last.id, question=code, value="1") for code in asked]
    whole = SchoolFacts(as_of=TODAY, answers=tuple(rows))
    assert current_wave(pack, whole) == last.id
    assert current_wave(pack, replace(whole, answers=tuple(rows[1:]))) == first.id
    only_words = replace(rows[0], value=None, comment="уточняем")
    assert current_wave(pack, replace(whole, answers=(only_words, *rows[1:]))) == first.id


@pytest.mark.parametrize(
    ("polarity", "before", "after", "change", "by"),
    [
        (Polarity.HIGHER_BETTER, figure(4, 22), figure(6, 22), Change.BETTER, "+9,1 п. п."),
        (Polarity.HIGHER_BETTER, figure(6, 22), figure(4, 22), Change.WORSE, "−9,1 п. п."),
        (Polarity.LOWER_BETTER, figure(6, 22), figure(4, 22), Change.BETTER, "−9,1 п. п."),
        (Polarity.NONE, figure(6, 22), figure(4, 22), Change.OTHER, "−9,1 п. п."),
        (Polarity.HIGHER_BETTER, Figure(Decimal("18.21")), Figure(Decimal("18.24")), Change.SAME, ""),
        (Polarity.HIGHER_BETTER, None, figure(4, 22), Change.UNKNOWN, ""),
        (Polarity.HIGHER_BETTER, figure(4, 22), NOT_APPLICABLE, Change.UNKNOWN, ""),
        (Polarity.HIGHER_BETTER, figure(0, 22), figure(22, 22), Change.BETTER, "+100 п. п."),
    ],
)
def test_that_the_direction_follows_the_polarity(
    polarity: Polarity, before: object, after: object, change: Change, by: str
) -> None:
    moved = compare(replace(SHARE, polarity=polarity), before, after, 10)  # type: ignore[arg-type]
    assert (moved.change, moved.by.replace("\u00a0", " ")) == (change, by)


def test_that_a_choice_is_compared_by_its_levels() -> None:
    choices = (
        Choice("good", "Есть", level=Level.LOW),
        Choice("half", "Частично", level=Level.MEDIUM),
        Choice("also", "Отчасти", level=Level.MEDIUM),
        Choice("free", "Другое"),
    )
    asked = Question("c", "Система", "", QuestionKind.CHOICE, choices=choices)
    assert compare(asked, "half", "good", 10).change is Change.BETTER
    assert compare(asked, "good", "half", 10).change is Change.WORSE
    assert compare(asked, "half", "also", 10).change is Change.OTHER
    assert compare(asked, "half", "free", 10).change is Change.OTHER
    assert compare(asked, "half", "half", 10).change is Change.SAME


def test_that_yes_and_no_are_compared_by_what_is_better() -> None:
    asked = Question("y", "План есть", "", QuestionKind.YES_NO, polarity=Polarity.HIGHER_BETTER)
    assert compare(asked, False, True, 10).change is Change.BETTER
    bad = replace(asked, polarity=Polarity.LOWER_BETTER)
    assert compare(bad, False, True, 10).change is Change.WORSE


def test_that_a_lower_significance_is_better_and_an_unknown_one_is_not_judged() -> None:
    assert compare_levels(Level.HIGH, Level.MEDIUM) is Change.BETTER
    assert compare_levels(Level.LOW, Level.HIGH) is Change.WORSE
    assert compare_levels(Level.LOW, Level.LOW) is Change.SAME
    assert compare_levels(Level.UNKNOWN, Level.LOW) is Change.UNKNOWN


def test_that_every_change_is_told_in_words() -> None:
    assert all(any(letter.isalpha() for letter in change.words) for change in Change)


def test_that_two_people_differ_only_where_a_reader_sees_it() -> None:
    assert not differs(SHARE, figure(4, 22), Figure(Decimal("18.2")))
    assert differs(SHARE, figure(4, 22), figure(5, 22))
    assert not differs(SHARE, None, figure(5, 22))


def test_that_an_answer_that_no_person_can_read_is_no_answer() -> None:
    row = AnswerFact(id="r", question="q", value="примерно половина")
    assert typed_answer(SHARE, row) is None
    for text in ("-", "NaN", "Infinity", "1e999999999", "9" * 41):
        assert typed_answer(SHARE, replace(row, value=text)) is None, text
    counts = replace(row, numerator=4, denominator=0)
    assert typed_answer(SHARE, counts) is None, "a share of nothing"
