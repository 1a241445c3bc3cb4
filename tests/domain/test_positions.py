"""Positions in a list: always room between two neighbours, ordered by plain comparison of strings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shnor_desktop.domain.positions import DIGITS, between, is_position, position_at, spread

positions = st.text(DIGITS, min_size=1, max_size=8).filter(lambda text: text[-1] != "0")


@given(positions, positions)
def test_that_a_position_between_two_others_is_strictly_between_them(one: str, other: str) -> None:
    if one == other:
        return
    low, high = sorted((one, other))
    middle = between(low, high)
    assert low < middle < high
    assert is_position(middle)
    assert len(middle) <= max(len(low), len(high)) + 1


@given(positions)
def test_that_there_is_always_room_at_both_ends(position: str) -> None:
    first, last = between(None, position), between(position, None)
    assert first < position < last
    assert is_position(first)
    assert is_position(last)


@given(st.integers(0, 3000))
def test_that_spread_positions_are_ordered_distinct_and_short(n: int) -> None:
    found = spread(n)
    assert len(found) == n
    assert found == sorted(set(found))
    assert all(is_position(item) and len(item) <= 4 for item in found)


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=120))
def test_that_a_list_built_by_insertions_keeps_the_order_of_the_insertions(places: list[int]) -> None:
    ordered: list[str] = []
    for place in places:
        index = place % (len(ordered) + 1)
        ordered.insert(index, position_at(ordered, index))
    assert ordered == sorted(set(ordered))
    assert all(is_position(item) for item in ordered)


@pytest.mark.parametrize("at_end", [True, False])
def test_that_a_thousand_rows_added_at_one_end_have_short_positions(at_end: bool) -> None:
    position = between(None, None)
    for _ in range(1000):
        position = between(position, None) if at_end else between(None, position)
    assert len(position) <= 60


def test_that_rows_typed_one_after_another_in_the_middle_have_short_positions() -> None:
    position = "i"
    for _ in range(1000):
        position = between(position, "j")
    assert len(position) <= 60


def test_that_a_row_goes_behind_neighbours_that_share_one_place() -> None:
    assert "i" < position_at(["i", "i", "k"], 1) < "k"
    assert position_at(["i", "i"], 1) > "i"


@pytest.mark.parametrize(
    ("before", "after"), [("b", "a"), ("a", "a"), ("", None), (None, "a0"), ("A", None), (None, "я")]
)
def test_that_disorder_and_foreign_strings_are_refused(before: str | None, after: str | None) -> None:
    with pytest.raises(ValueError, match=r"no position|nothing fits"):
        between(before, after)
