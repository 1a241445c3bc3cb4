"""What was promised in words against what was held."""

from __future__ import annotations

from datetime import date

import pytest

from shnor_desktop.domain.facts import EventFact, PartnerFact
from shnor_desktop.domain.partnership import ends_soon, promise_of

TODAY = date(2024, 12, 10)


def _partner(frequency: str | None, until: date | None = date(2025, 3, 24)) -> PartnerFact:
    return PartnerFact(id="p", agreement_date=date(2024, 3, 25), agreement_until=until, frequency=frequency)


def _event(day: date, state: str | None = None) -> EventFact:
    return EventFact(id=day.isoformat(), partner="p", held_on=day, state=state)


def test_that_quarters_without_an_event_are_named() -> None:
    promise = promise_of(_partner("не реже 1 раза в четверть"), [_event(date(2024, 4, 18))], TODAY)
    assert [period.title for period in promise.lacking] == ["I четверть 2024/25"]
    assert [period.title for period in promise.periods if not period.is_over] == ["II четверть 2024/25"]


def test_that_a_planned_event_is_not_held() -> None:
    planned = [_event(date(2024, 9, 18), "planned"), _event(date(2024, 4, 18), "cancelled")]
    assert len(promise_of(_partner("раз в четверть"), planned, TODAY).lacking) == 2


def test_that_a_few_days_of_a_period_are_not_asked_for() -> None:
    promise = promise_of(_partner("ежемесячно"), [], TODAY)
    assert promise.periods[0].title == "апрель 2024"


@pytest.mark.parametrize(
    ("words", "understood"), [("по договорённости", False), ("как получится", False), (None, True)]
)
def test_that_words_without_a_frequency_promise_nothing(words: str | None, understood: bool) -> None:
    promise = promise_of(_partner(words), [], TODAY)
    assert (promise.is_understood, promise.periods) == (understood, ())


def test_that_nothing_is_asked_after_the_end_of_the_agreement() -> None:
    promise = promise_of(_partner("раз в месяц", date(2024, 5, 31)), [], TODAY)
    assert [period.title for period in promise.lacking] == ["апрель 2024", "май 2024"]


def test_that_an_agreement_without_dates_promises_nothing_yet() -> None:
    assert promise_of(PartnerFact(frequency="раз в месяц"), [], TODAY).periods == ()


def test_that_an_agreement_that_ends_within_two_months_ends_soon() -> None:
    assert ends_soon(_partner(None, date(2025, 1, 15)), TODAY)
    assert not ends_soon(_partner(None, date(2025, 3, 24)), TODAY)
    assert not ends_soon(_partner(None, date(2024, 12, 9)), TODAY)


def test_that_nobody_is_asked_for_a_meeting_in_the_summer_holidays() -> None:
    titles = [period.title for period in promise_of(_partner("ежемесячно"), [], TODAY).periods]
    assert "июнь 2024" in titles
    assert not {"июль 2024", "август 2024"} & set(titles)


def test_that_an_agreement_for_ever_is_read_for_a_year() -> None:
    promise = promise_of(_partner("ежедневно", date(9999, 12, 31)), [], TODAY)
    assert len(promise.periods) < 800
