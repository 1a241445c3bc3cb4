"""What a writer may: in its own school, up to its revocation, and alike on every replica, whatever came first."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shnor_desktop.domain.log import ChangeKey, Delete, Head, Set
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.storage.writer_rights import (
    BY_AUTHORITY,
    BY_PACKAGE,
    BY_SEALS,
    REPLICA_SCHOOL,
    REVOKED_KEY,
    ReplicaSchool,
    last_valid,
    revoked_body,
)
from tests.storage.merge_desks import GOAL, REMARK, SCHOOL, Desk, Key, Package, handmade, replayed

NOW = datetime(2024, 9, 2, tzinfo=UTC)
ROWS = {"раз": "g-1", "два": "g-2", "три": "g-3"}
OWNER = Key("owner", WriterRole.SCHOOL)

words = st.builds(
    ReplicaSchool,
    st.sampled_from(("", "school-1", "school-2")),
    st.sampled_from((BY_SEALS, BY_PACKAGE, BY_AUTHORITY)),
    st.tuples(st.booleans(), st.sampled_from(("2024", "2025")), st.sampled_from("ab")),
)


@given(words, words, words)
def test_that_words_on_a_replica_join_alike_in_every_order(
    one: ReplicaSchool, two: ReplicaSchool, third: ReplicaSchool
) -> None:
    def said(word: ReplicaSchool) -> tuple[str, int]:
        return word.school, word.told_by

    assert one.joined(one) == one
    if BY_AUTHORITY in (one.told_by, two.told_by, third.told_by):
        # of one key and one rank there is one certificate, and it names one school
        tops = {w.rank: w for w in (one, two, third) if w.told_by == BY_AUTHORITY}
        if any(tops[w.rank] != w for w in (one, two, third) if w.told_by == BY_AUTHORITY):
            return
        if any(w.told_by != BY_AUTHORITY and w.rank >= min(tops) for w in (one, two, third)):
            return  # what no authority issued is of a lower rank
    assert said(one.joined(two)) == said(two.joined(one))
    assert one.joined(two).joined(third) == one.joined(two.joined(third))


def test_that_a_copy_of_another_school_changes_nothing_and_is_named() -> None:
    desk, other = Desk(OWNER, "a", NOW), Desk(Key("other", WriterRole.SCHOOL), "b", NOW)
    desk.write([Set(GOAL, "g1", "title", "своя")])
    other.write([Set(GOAL, "g1", "title", "чужая"), Set(GOAL, "g2", "title", "чужая")])
    with desk.store.writing() as transaction:
        transaction.records.keep(
            REPLICA_SCHOOL, other.replica, ReplicaSchool("school-2", BY_PACKAGE, (False, "", "")).body
        )
    before = desk.tables(with_changes=False)
    done = desk.take_in(other.export({}))
    assert desk.tables(with_changes=False) == before
    assert [one.key for one in done.refused] == [ChangeKey(GOAL, "g1", "title"), ChangeKey(GOAL, "g2", "title")]
    assert replayed(desk)["goal"] == desk.tables()["goal"]
    with desk.store.writing() as transaction:  # it is of this school after all
        transaction.records.keep(
            REPLICA_SCHOOL, other.replica, ReplicaSchool(SCHOOL, BY_AUTHORITY, (True, "", "")).body
        )
        transaction.log.replay(SCHOOL)
    assert {row[6] for row in desk.tables()["goal"]} == {"g1", "g2"}


def test_that_a_change_that_its_role_may_not_make_is_named_and_the_rest_goes_on() -> None:
    desk, centre = Desk(OWNER, "a", NOW), Desk(Key("centre", WriterRole.MUNICIPAL), "b", NOW)
    sent = handmade(
        centre.replica,
        Head(0, ""),
        5,
        NOW,
        [(ChangeKey(GOAL, "g1", "title"), "нельзя", []), (ChangeKey(REMARK, "r1", "body"), "можно", [])],
    )
    done = desk.take_in(Package((sent,), (centre.key.sealed(centre.replica, sent.batch.head, NOW),)))
    assert [one.key.entity for one in done.refused] == [GOAL]
    assert [row[0] for row in desk.tables()["row_state"]] == [REMARK]


# --------------------------------------------------------------------------------------------------- revoked keys
class Stolen:
    """An owner, a centre, and a thief with the owner's key; what they send, in pieces."""

    def __init__(self) -> None:
        self.owner, self.centre = Desk(OWNER, "a", NOW), Desk(Key("centre", WriterRole.MUNICIPAL), "c", NOW)
        self.pieces: list[Package] = []
        for title in ("раз", "два", "три"):
            self.say(self.owner, Set(GOAL, "g1", "title", title), Set(GOAL, ROWS[title], "title", title))
        thief = Desk(OWNER, "thief", NOW)
        thief.take_in(self.owner.export({}))
        self.say(thief, Set(GOAL, "g1", "title", "краденое"), Set(GOAL, "thief", "title", "краденое"))
        self.say(thief, Delete(GOAL, "g-1"))
        self.centre.take_in(self.owner.export({}))
        self.centre.take_in(thief.export({}))
        self.say(self.centre, Set(REMARK, "r1", "body", "замечание"))
        self.honest = Desk(Key("deputy", WriterRole.SCHOOL), "d", NOW)
        self.honest.take_in(self.centre.export({}))
        self.say(self.honest, Set(GOAL, "g1", "title", "поверх краденого"), Set(GOAL, "thief", "kind", "поверх"))
        self.last = {(self.owner.replica, SCHOOL): 2}

    def say(self, desk: Desk, *requests: Set | Delete) -> None:
        before = desk.vector()
        desk.write(list(requests))
        self.pieces.append(desk.export(before))


def revoke(desk: Desk, *lasts: dict[tuple[str, str], int]) -> None:
    with desk.store.writing() as transaction:
        for last in lasts:
            body = transaction.records.kept_one(REVOKED_KEY, "owner")
            known = last_valid(body) if body is not None else last
            joined = {chain: min(known[chain], said) for chain, said in last.items() if chain in known}
            transaction.records.keep(REVOKED_KEY, "owner", revoked_body(joined))
        transaction.log.limit_revoked(["owner"], desk.replica)


@pytest.mark.parametrize("seed", range(25))
def test_that_a_revocation_has_one_effect_whenever_it_comes(seed: int) -> None:
    stolen, chance = Stolen(), random.Random(seed)
    digests = set()
    for number in range(4):
        reader = Desk(Key(f"reader-{number}", WriterRole.SCHOOL), f"r{number}", NOW)
        events: list[Callable[[], object]] = [lambda p=piece, r=reader: r.take_in(p) for piece in stolen.pieces]
        events += [lambda r=reader: revoke(r, stolen.last)] * chance.choice((1, 2))
        events += [lambda r=reader: r.take_in(chance.choice(stolen.pieces)) for _ in range(3)]
        chance.shuffle(events)
        for event in events:
            event()
        for piece in stolen.pieces:
            reader.take_in(piece)
        digests.add(reader.digest())
        tables = reader.tables()
        assert replayed(reader) == tables
        goals = {row[6]: row[2] for row in tables["goal"]}
        assert goals == {"g1": "поверх краденого", "g-1": "раз", "g-2": "два", "thief": None}
        assert all(row[5] is not None for row in tables["row_state"])
        assert reader.vector()[stolen.owner.replica].sequence == 2
    assert len(digests) == 1


def test_that_a_chain_that_a_revocation_does_not_name_counts_nothing() -> None:
    stolen, reader = Stolen(), Desk(Key("reader", WriterRole.SCHOOL), "r", NOW)
    for piece in stolen.pieces:
        reader.take_in(piece)
    revoke(reader, {})
    assert stolen.owner.replica not in reader.vector()
    assert "g-2" not in {row[6] for row in reader.tables()["goal"]}


def test_that_nothing_takes_a_revocation_back() -> None:
    stolen, reader = Stolen(), Desk(Key("reader", WriterRole.SCHOOL), "r", NOW)
    for piece in stolen.pieces:
        reader.take_in(piece)
    for last in ({(stolen.owner.replica, SCHOOL): 1}, {(stolen.owner.replica, SCHOOL): 3}):
        revoke(reader, last)
        assert reader.vector()[stolen.owner.replica].sequence == 1


def test_that_what_this_copy_wrote_under_a_revoked_key_is_said_again() -> None:
    """The owner's computer was lost and found: its work beyond the revocation comes back under the new key."""
    stolen = Stolen()
    desk, old = stolen.owner, stolen.owner.replica
    desk.write([Set(GOAL, "g1", "title", "не отправлено")])
    desk.key = Key("owner-again", WriterRole.SCHOOL)
    desk.introduce("new")
    with desk.store.writing() as transaction:
        transaction.records.keep(REVOKED_KEY, "owner", revoked_body(stolen.last))
        transaction.log.adopt(SCHOOL, old, desk.writer, NOW, "принято от прежнего ключа")
        transaction.log.limit_revoked(["owner"], desk.replica)
    desk.take_in(stolen.pieces[2])  # an echo of what does not count any more
    assert {row[6]: row[2] for row in desk.tables()["goal"]} == {
        "g1": "не отправлено",
        "g-1": "раз",
        "g-2": "два",
        "g-3": "три",
    }
    assert desk.vector()[old].sequence == 2
    reader = Desk(Key("reader", WriterRole.SCHOOL), "r", NOW)
    revoke(reader, stolen.last)
    reader.take_in(desk.export({}))
    assert reader.digest() == desk.digest()
    assert replayed(reader)["goal"] == replayed(desk)["goal"]
