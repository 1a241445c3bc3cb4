"""Russian plural forms, numbers, shares and dates."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from shnor_desktop.domain import russian

WORDS = ("мероприятие", "мероприятия", "мероприятий")


@pytest.mark.parametrize(
    ("n", "expected"),
    [
        (0, "мероприятий"),
        (1, "мероприятие"),
        (2, "мероприятия"),
        (4, "мероприятия"),
        (5, "мероприятий"),
        (11, "мероприятий"),
        (12, "мероприятий"),
        (14, "мероприятий"),
        (21, "мероприятие"),
        (22, "мероприятия"),
        (25, "мероприятий"),
        (101, "мероприятие"),
        (111, "мероприятий"),
        (112, "мероприятий"),
        (1001, "мероприятие"),
    ],
)
def test_that_a_noun_agrees_with_its_number(n: int, expected: str) -> None:
    assert russian.plural_form(n, *WORDS) == expected


def test_that_a_number_and_its_noun_stay_on_one_line() -> None:
    assert russian.plural(5, *WORDS) == "5\u00a0мероприятий"


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1234, None, "1\u00a0234"),
        (Decimal("1234.50"), None, "1\u00a0234,5"),
        (Decimal("1234567.891"), 1, "1\u00a0234\u00a0567,9"),
        (Decimal("2.25"), 1, "2,3"),
        (Decimal(-7), None, "\u22127"),
        (Decimal("-0.04"), 1, "0,0"),
        (Decimal("1E+3"), None, "1\u00a0000"),
        (Decimal("18.2"), 2, "18,20"),
    ],
)
def test_that_a_number_is_written_the_russian_way(value: Decimal | int, places: int | None, expected: str) -> None:
    assert russian.number(value, places) == expected


def test_that_a_number_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        russian.number(Decimal("NaN"))


@pytest.mark.parametrize(
    ("n", "of", "expected"),
    [
        (4, 22, "4 из 22 (18,2 %)"),
        (11, 22, "11 из 22 (50 %)"),
        (0, 22, "0 из 22 (0 %)"),
        (22, 22, "22 из 22 (100 %)"),
        (0, 0, "0 из 0"),
        (1, 30000, "1 из 30 000 (менее 0,1 %)"),
        (29999, 30000, "29 999 из 30 000 (более 99,9 %)"),
    ],
)
def test_that_a_share_shows_its_counts(n: int, of: int, expected: str) -> None:
    assert russian.share(n, of).replace("\u00a0", " ") == expected


def test_that_dates_are_written_in_both_official_ways() -> None:
    assert russian.long_date(date(2024, 3, 1)) == "1\u00a0марта\u00a02024\u00a0г."
    assert russian.short_date(date(2024, 3, 1)) == "01.03.2024"


def test_that_a_moment_is_shown_in_the_zone_asked_for() -> None:
    moment = datetime(2024, 12, 31, 20, 5, tzinfo=UTC)
    assert russian.date_time(moment) == "31.12.2024 20:05"
    assert russian.date_time(moment, timezone(timedelta(hours=5))) == "01.01.2025 01:05"
