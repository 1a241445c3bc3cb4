"""The merge as a pure function: heads, conflicts, deletions, and how far a chain counts."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shnor_desktop.domain.log import DELETED, ChangeKey, ChangeRef, Head, Seal, StoredValue, ValueState
from shnor_desktop.domain.merge import Acceptance, Conflict, FieldHead, accepted_head, merge_row

MOMENT = datetime(2024, 9, 2, tzinfo=UTC)
EMPTY = Head(0, "")


class Link(NamedTuple):
    """A batch as a link of a chain."""

    sequence: int
    name: str
    previous: str


def head(
    batch: str, value: object, *, lamport: int = 1, replica: str = "a", place: int = 0, knows: tuple[str, ...] = ()
) -> FieldHead:
    """A head whose batch is named by a letter."""
    stored = StoredValue(ValueState.PRESENT, "", value)  # type: ignore[arg-type]
    return FieldHead(ChangeRef(batch, place), lamport, replica, stored, frozenset(ChangeRef(name, 0) for name in knows))


def chain(length: int, mark: str = "", after: Head = EMPTY) -> list[Link]:
    """Batches that name each other; `mark` tells apart chains of the same length."""
    links: list[Link] = []
    for number in range(1, length + 1):
        previous = links[-1].name if links else after.name
        links.append(Link(after.sequence + number, f"{mark}{after.sequence + number}", previous))
    return links


def seal(sequence: int, name: str | None = None) -> Seal:
    """A seal whose signature somebody has verified."""
    return Seal("a", "school", Head(sequence, name or str(sequence)), "", b"", b"")


def test_that_the_later_of_two_heads_is_shown_and_both_are_kept() -> None:
    row = merge_row("goal", "g", {"title": [head("x", "старое", lamport=4), head("y", "новое", lamport=9)]})
    assert row is not None
    assert row.values == {"title": "новое"}
    key = ChangeKey("goal", "g", "title")
    assert row.conflicts == (Conflict(key, (ChangeRef("y", 0), ChangeRef("x", 0))),)


@given(st.permutations([("x", "a", 0), ("y", "b", 0), ("z", "b", 1), ("w", "b", 1)]))
def test_that_the_order_of_heads_decides_nothing(found: list[tuple[str, str, int]]) -> None:
    heads = [head(batch, batch, replica=replica, place=place) for batch, replica, place in found]
    row = merge_row("goal", "g", {"title": heads})
    assert row is not None
    assert row.values == {"title": "z"}
    assert [ref.batch for ref in row.conflicts[0].refs] == ["z", "w", "y", "x"]


@pytest.mark.parametrize(
    ("first", "second", "differ"), [(1, 1, False), ("а", "а", False), (1, True, True), (1, "1", True)]
)
def test_that_two_who_say_the_same_do_not_differ(first: object, second: object, differ: bool) -> None:
    row = merge_row("goal", "g", {"title": [head("x", first), head("y", second, replica="b")]})
    assert row is not None
    assert bool(row.conflicts) is differ


def test_that_a_value_that_was_left_out_waits_for_a_decision() -> None:
    absent = FieldHead(ChangeRef("x", 0), 1, "a", StoredValue(ValueState.ABSENT))
    row = merge_row("goal", "g", {"title": [absent, head("y", None, replica="b")]})
    assert row is not None
    assert row.conflicts


def test_that_a_row_is_deleted_by_who_knew_all_of_it() -> None:
    heads = {"title": [head("x", "цель")], DELETED: [head("d", True, lamport=2, knows=("x",))]}
    row = merge_row("goal", "g", heads)
    assert row is not None
    assert row.is_deleted
    assert not row.conflicts


def test_that_an_edit_which_the_deletion_did_not_know_keeps_the_row() -> None:
    heads = {"title": [head("y", "цель", lamport=5)], DELETED: [head("d", True, lamport=9, knows=("x",))]}
    row = merge_row("goal", "g", heads)
    assert row is not None
    assert not row.is_deleted
    key = ChangeKey("goal", "g", DELETED)
    assert row.conflicts == (Conflict(key, (ChangeRef("d", 0), ChangeRef("y", 0))),)


def test_that_what_several_deletions_knew_together_is_known() -> None:
    deletions = [head("d", True, knows=("x",)), head("e", True, replica="b", knows=("y",))]
    row = merge_row("goal", "g", {"title": [head("x", 1)], "kind": [head("y", 2)], DELETED: deletions})
    assert row is not None
    assert row.is_deleted


def test_that_a_deletion_knows_what_stands_before_it_in_its_batch_and_not_what_follows() -> None:
    deletion = head("d", True, place=1)
    before = merge_row("goal", "g", {"title": [head("d", "до", place=0)], DELETED: [deletion]})
    after = merge_row("goal", "g", {"title": [head("d", "после", place=2)], DELETED: [deletion]})
    assert before is not None
    assert before.is_deleted
    assert after is not None
    assert not after.is_deleted


def test_that_a_deletion_against_a_restoration_waits_for_a_decision() -> None:
    deletions = [head("d", True, lamport=2, knows=("x",)), head("r", False, lamport=3, replica="b")]
    row = merge_row("goal", "g", {"title": [head("x", "цель")], DELETED: deletions})
    assert row is not None
    assert not row.is_deleted
    assert [conflict.key.field for conflict in row.conflicts] == [DELETED]


def test_that_a_deleted_row_asks_for_no_decision_about_its_fields() -> None:
    heads = [head("x", "одно"), head("y", "другое", replica="b")]
    row = merge_row("goal", "g", {"title": heads, DELETED: [head("d", True, lamport=3, knows=("x", "y"))]})
    assert row is not None
    assert row.is_deleted
    assert not row.conflicts


def test_that_a_row_of_which_nothing_is_known_but_its_deletion_is_no_row() -> None:
    assert merge_row("goal", "g", {DELETED: [head("d", True)]}) is None


def test_that_a_chain_counts_up_to_its_newest_seal() -> None:
    found = accepted_head(chain(5), [seal(2), seal(3)], EMPTY)
    assert found == Acceptance(Head(3, "3"), ("1", "2", "3"), waiting=2)


def test_that_nothing_counts_without_a_seal() -> None:
    assert accepted_head(chain(3), [], EMPTY) == Acceptance(EMPTY, waiting=3)


def test_that_a_seal_beyond_what_is_stored_leaves_the_older_seal_in_force() -> None:
    assert accepted_head(chain(4), [seal(2), seal(9)], EMPTY).head == Head(2, "2")


def test_that_behind_a_hole_everything_waits() -> None:
    links = [link for link in chain(6) if link.sequence != 4]
    assert accepted_head(links, [seal(2), seal(5), seal(6)], EMPTY) == Acceptance(Head(2, "2"), ("1", "2"), waiting=3)


def test_that_a_hole_that_is_filled_lets_the_rest_count() -> None:
    beyond = chain(6)[2:]
    found = accepted_head(beyond, [seal(2), seal(6)], Head(2, "2"))
    assert found.head == Head(6, "6")
    assert found.names == ("3", "4", "5", "6")


def test_that_a_batch_put_in_the_place_of_another_neither_counts_nor_stops_it() -> None:
    forged = [*chain(2, "0", Head(2, "2")), Link(5, "00", "4"), *chain(4, "f")]
    found = accepted_head([*forged, *chain(5)], [seal(5)], EMPTY)
    assert found.head == Head(5, "5")
    assert found.names == ("1", "2", "3", "4", "5")
    assert not found.fork


def test_that_a_seal_of_a_wrong_place_counts_nothing() -> None:
    assert accepted_head(chain(5), [seal(5, "4"), seal(4, "5")], EMPTY).head == EMPTY


@pytest.mark.parametrize(
    ("links", "seals", "start", "counted"),
    [
        ([*chain(5), *chain(2, "f", Head(3, "3"))], [seal(5), seal(5, "f5")], EMPTY, {}),
        ([*chain(5), *chain(1, "f", Head(3, "3"))], [seal(5), seal(4, "f4")], EMPTY, {}),
        (chain(2, "f", Head(2, "2")), [seal(4, "f4")], Head(3, "3"), {}),
        ([], [seal(2, "f2")], Head(3, "3"), {1: "1", 2: "2", 3: "3"}),
        ([], [seal(3, "f3")], Head(3, "3"), {}),
    ],
)
def test_that_a_sealed_branch_beside_the_chain_is_a_fork(
    links: list[Link], seals: list[Seal], start: Head, counted: dict[int, str]
) -> None:
    found = accepted_head(links, seals, start, counted)
    assert found.fork
    assert found.head.name in ("", "3", "5", "f5")


def test_that_a_seal_of_what_counts_already_is_no_fork() -> None:
    found = accepted_head([], [seal(1), seal(3)], Head(3, "3"), {1: "1", 2: "2", 3: "3"})
    assert found == Acceptance(Head(3, "3"))


@given(st.integers(0, 8), st.sets(st.integers(1, 8)), st.sets(st.integers(1, 8)), st.randoms(use_true_random=False))
def test_that_what_counts_depends_on_what_is_there_alone(
    start: int, lost: set[int], sealed: set[int], shuffled: random.Random
) -> None:
    links = [link for link in chain(8) if link.sequence > start and link.sequence not in lost]
    forged = [Link(link.sequence, f"f{link.sequence}", link.previous) for link in links]
    seals = [seal(number) for number in sorted(sealed)]
    found = accepted_head([*links, *forged], seals, Head(start, str(start) if start else ""))
    everything = [*links, *forged]
    shuffled.shuffle(everything)
    shuffled.shuffle(seals)
    again = accepted_head(everything, seals, Head(start, str(start) if start else ""))
    assert again == found
    whole = start
    while whole + 1 <= 8 and whole + 1 not in lost:
        whole += 1
    assert found.head.sequence == max((n for n in sealed if start < n <= whole), default=start)
