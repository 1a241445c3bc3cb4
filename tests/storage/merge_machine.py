"""What users, carriers and accidents do to two to five desks of one school, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Engine

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import DELETED, Batch, ChangeKey, ChangeRequest, Delete, Head, Restore, Set
from shnor_desktop.domain.roles import WriterRole
from tests.storage.merge_desks import GOAL, REMARK, SCHOOL, Desk, Key, Package, copy_of, handmade, replayed
from tests.storage.merge_oracle import Edit, Knowledge, expected_rows, require_as_the_domain_says, role_may

ROLES = (WriterRole.SCHOOL, WriterRole.SCHOOL, WriterRole.MUNICIPAL, WriterRole.SCHOOL, WriterRole.METHODIST)
GOALS, REMARKS = ("g1", "g2", "g3"), ("r1",)
CLOCKS = (datetime(1984, 1, 1, tzinfo=UTC), datetime(2024, 9, 2, tzinfo=UTC), datetime(2061, 5, 9, tzinfo=UTC))

a_number = st.integers(0, 59)  # of any two to five desks each is as likely
a_goal = st.sampled_from(GOALS)
a_word = st.sampled_from(("альфа", "бета", "гамма", None))
goal_changes = st.one_of(
    st.builds(Set, st.just(GOAL), a_goal, st.sampled_from(("title", "kind")), a_word),
    st.builds(Set, st.just(GOAL), a_goal, st.just("goal"), st.sampled_from((*GOALS, None))),
)
deletions = st.one_of(st.builds(Delete, st.just(GOAL), a_goal), st.builds(Restore, st.just(GOAL), a_goal))
remark_changes = st.one_of(
    st.builds(Set, st.just(REMARK), st.sampled_from(REMARKS), st.sampled_from(("body", "answer", "state")), a_word),
    st.builds(Delete, st.just(REMARK), st.sampled_from(REMARKS)),
)
changes = st.one_of(goal_changes, goal_changes, goal_changes, deletions, remark_changes)


@dataclass(slots=True)
class Copy:
    """A backup of a desk."""

    desk: int
    replica: str
    engine: Engine
    knowledge: Knowledge


class Replicas(RuleBasedStateMachine):
    """After every step the desk that was touched is what the domain makes of its batches; at the end all are equal."""

    def __init__(self) -> None:
        super().__init__()
        self.desks: list[Desk] = []
        self.known: list[Knowledge] = []
        self.packages: list[Package] = []
        self.copies: list[Copy] = []
        self.edits: dict[str, list[Edit]] = {}
        self.touched: set[int] = set()

    @initialize(count=st.integers(2, 5))
    def begin(self, count: int) -> None:
        for number, role in enumerate(ROLES[:count]):
            self.desks.append(Desk(Key(f"owner-{number}", role), f"replica-{number}", CLOCKS[number % 3]))
            self.known.append(Knowledge())
        self._write(
            0, (Set(GOAL, "g1", "title", "основа"), Set(GOAL, "g2", "goal", "g1"), Set(GOAL, "g3", "goal", "g2"))
        )
        first = self._export(0, {})
        for number in range(1, count):
            self._take_in(number, first)

    # ------------------------------------------------------------------------------------------------ what users do
    @rule(at=a_number, wanted=changes, again=st.lists(changes, max_size=3), clock=st.sampled_from(CLOCKS))
    def write(self, at: int, wanted: ChangeRequest, again: Sequence[ChangeRequest], clock: datetime) -> None:
        number = at % len(self.desks)
        self.desks[number].now = clock
        self._write(number, (wanted, *again))

    @rule(at=a_number, wanted=goal_changes)
    def edit(self, at: int, wanted: ChangeRequest) -> None:
        self._write(at % len(self.desks), (wanted,))

    @rule(at=a_number, line=st.permutations(GOALS), is_upward=st.booleans())
    def place_below(self, at: int, line: list[str], is_upward: bool) -> None:
        """One goal below another below the third, written from the top or from the bottom."""
        placed = [Set(GOAL, below, "goal", above) for above, below in pairwise(line)]
        self._write(at % len(self.desks), (*placed[:: -1 if is_upward else 1], Set(GOAL, line[0], "title", "цель")))

    @rule(at=a_number, wanted=deletions)
    def delete_or_restore(self, at: int, wanted: ChangeRequest) -> None:
        self._write(at % len(self.desks), (wanted,))

    @rule(sender=a_number, receiver=a_number, is_full=st.booleans())
    def export(self, sender: int, receiver: int, is_full: bool) -> None:
        known = {} if is_full else self.desks[receiver % len(self.desks)].vector()
        self._export(sender % len(self.desks), known)

    # ------------------------------------------------------------------------------ what becomes of their packages
    @precondition(lambda self: self.packages)
    @rule(package=a_number, receiver=a_number)
    def deliver(self, package: int, receiver: int) -> None:
        """Late, twice, out of order, or never: as it comes."""
        self._take_in(receiver % len(self.desks), self.packages[package % len(self.packages)])

    @rule(sender=a_number, receiver=a_number)
    def exchange(self, sender: int, receiver: int) -> None:
        """A package that comes at once."""
        number = receiver % len(self.desks)
        self._take_in(number, self._export(sender % len(self.desks), self.desks[number].vector()))

    @rule(sender=a_number, receiver=a_number, lost=st.integers(1, 2**12 - 1), chain=a_number)
    def deliver_torn(self, sender: int, receiver: int, lost: int, chain: int) -> None:
        """A carrier lost a whole chain, or some batches and seals."""
        number = receiver % len(self.desks)
        whole = self._export(sender % len(self.desks), self.desks[number].vector())
        replicas = sorted({sent.batch.replica for sent in whole.batches})
        if lost % 2 and replicas:
            without = replicas[chain % len(replicas)]
            batches = tuple(sent for sent in whole.batches if sent.batch.replica != without)
            self._take_in(number, Package(batches, whole.seals))
            return
        batches = tuple(sent for place, sent in enumerate(whole.batches) if not lost >> place % 6 & 1)
        seals = tuple(seal for place, seal in enumerate(whole.seals) if not lost >> (6 + place % 6) & 1)
        self._take_in(number, Package(batches[::-1], seals))

    @rule(sender=a_number, receiver=a_number, again=st.booleans())
    def undo_import(self, sender: int, receiver: int, again: bool) -> None:
        """An import that is undone leaves what was there; imported again, it does what it did."""
        number = receiver % len(self.desks)
        desk, taken = self.desks[number], self._export(sender % len(self.desks), {})
        before, known = desk.tables(), self.known[number].copy()
        ingested = desk.take_in(taken)
        after = desk.tables()
        desk.log(lambda log: log.lower(ingested.advanced))
        assert desk.tables() == before
        self._arrived(number, taken)
        if again:
            self._take_in(number, taken)
            assert desk.tables() == after
        else:
            assert known.counted == self.known[number].counted
        self.touched.add(number)

    @rule(first=a_number, second=a_number, third=a_number, one=goal_changes, other=deletions)
    def relay(self, first: int, second: int, third: int, one: ChangeRequest, other: ChangeRequest) -> None:
        """The second stands on the first; to the third the second's work comes first."""
        a, b, c = (number % len(self.desks) for number in (first, second, third))
        self._write(a, (one,))
        self._take_in(b, self._export(a, {}))
        again = replace(one, value="поверх") if one.field != "goal" else one
        self._write(b, (again, replace(other, row=one.row)))
        package = self._export(b, {})
        late = tuple(sent for sent in package.batches if sent.batch.replica == self.desks[a].replica)
        self._take_in(c, Package(tuple(sent for sent in package.batches if sent not in late), package.seals))
        self._take_in(c, Package(late, ()))

    # ----------------------------------------------------------------------------------------- what accidents do
    @precondition(lambda self: len(self.copies) < 2)
    @rule(at=a_number)
    def back_up(self, at: int) -> None:
        number = at % len(self.desks)
        desk = self.desks[number]
        self.copies.append(Copy(number, desk.replica, copy_of(desk.engine), self.known[number].copy()))

    @rule(at=a_number, unsealed=goal_changes, lost=goal_changes, how=st.sampled_from(("sent", "lost", "late")))
    def lose_the_disk(self, at: int, unsealed: ChangeRequest, lost: ChangeRequest, how: str) -> None:
        """Work that the backup has and no package, and work that the backup has not: its package may still come."""
        number = at % len(self.desks)
        self._write(number, (unsealed,))
        self.back_up(number)
        self._write(number, (lost,))
        if how != "lost":
            self._export(number, {})
        if how == "sent":
            self._take_in((number + 1) % len(self.desks), self.packages[-1])
        self.restore_backup(len(self.copies) - 1)
        if how == "late":
            self._take_in(number, self.packages[-1])

    @precondition(lambda self: self.copies)
    @rule(pick=a_number)
    def restore_backup(self, pick: int) -> None:
        """The store is what it was; a new replica begins, names where, and says again what nobody else can have."""
        copy = self.copies.pop(pick % len(self.copies))
        desk = self.desks[copy.desk]
        desk.engine = copy.engine
        desk.copies += 1
        self.known[copy.desk] = copy.knowledge
        old = copy.knowledge.vector().get(copy.replica)
        desk.introduce(f"replica-{copy.desk}-{desk.copies}")
        for replica in sorted(set(desk.local_replicas()) - {desk.replica}):
            self._adopt(copy.desk, replica)
        first = desk.log(lambda log: log.chain(desk.replica, SCHOOL, log.head(desk.replica, SCHOOL)))[:1]
        if first and old and len(desk.local_replicas()) == 2:
            assert desk.log(lambda log: log.batch(first[0].name)).parent == (copy.replica, *old)
        self.touched.add(copy.desk)

    # ---------------------------------------------------------------------------------------- what attackers do
    @precondition(lambda self: self.packages)
    @rule(
        carrier=a_number,
        victim=a_number,
        receiver=a_number,
        how=st.sampled_from(("bare", "mallory", "own key", "twisted")),
    )
    def forge(self, carrier: int, victim: int, receiver: int, how: str) -> None:
        """A batch in another's name, at the place of one that is still to come, with no seal or with a wrong one."""
        desk, other = self.desks[carrier % len(self.desks)], self.desks[victim % len(self.desks)]
        if desk is other:
            return
        tip = desk.vector().get(other.replica, Head(0, ""))
        key = ChangeKey(GOAL, "g1", "title")
        forged = handmade(other.replica, tip, 2**40, desk.now, [(key, "подделка", [])])
        keys = {"mallory": Key("mallory", WriterRole.SCHOOL), "own key": desk.key, "twisted": other.key}
        seals = ()
        if how != "bare":
            seal = keys[how].sealed(other.replica, forged.batch.head, desk.now)
            seals = (replace(seal, signature=b"twisted") if how == "twisted" else seal,)
        number = receiver % len(self.desks)
        before, counted = self.desks[number].tables(), self.known[number].names()
        self._take_in(number, Package((forged,), seals))
        if self.known[number].names() == counted:  # it may end the undoing of an import
            assert self.desks[number].tables() == before
        self.packages.append(Package((forged, *self.packages[-1].batches), (*self.packages[-1].seals, *seals)))

    @rule(at=a_number, row=st.sampled_from((*GOALS, *REMARKS)), field=st.sampled_from(("title", "body", DELETED)))
    def overreach(self, at: int, row: str, field: str) -> None:
        """A writer whose program lets it write what it may not: sealed, but without effect anywhere."""
        number = at % len(self.desks)
        desk = self.desks[number]
        key = ChangeKey(GOAL if row in GOALS else REMARK, row, field)
        if role_may(desk.key.role, key) or (key.entity == GOAL) == (field == "body"):
            return
        refs = [edit.ref for edits in self.edits.values() for edit in edits if edit.key == key]
        value = field == DELETED or "нельзя"
        tip = desk.vector().get(desk.replica, Head(0, ""))
        sent = handmade(desk.replica, tip, 2**30 + tip.sequence, desk.now, [(key, value, refs)])
        before = desk.tables(with_changes=False)
        desk.take_in(Package((sent,), (desk.key.sealed(desk.replica, sent.batch.head, desk.now),)))
        assert desk.tables(with_changes=False) == before
        self._remember(number, sent.batch, [value], is_allowed=False)
        self._seal(number)

    # --------------------------------------------------------------------------------------------- what must hold
    @invariant()
    def touched_desks_are_as_the_domain_says(self) -> None:
        for number in sorted(self.touched):
            desk = self.desks[number]
            assert desk.vector() == self.known[number].vector()
            require_as_the_domain_says(desk)
        self.touched.clear()

    def teardown(self) -> None:
        """Everybody sends everything to everybody."""
        for _ in range(2):
            for sender in range(len(self.desks)):
                package = self.desks[sender].export({})
                self._seal(sender)
                for receiver in range(len(self.desks)):
                    self._take_in(receiver, package)
        self.touched_desks_are_as_the_domain_says()
        if self.desks:
            self._require_equal()
            self._require_what_causality_says()

    def _require_equal(self) -> None:
        first = self.desks[0]
        for desk in self.desks:
            assert desk.tables(with_changes=False) == first.tables(with_changes=False)
            assert desk.digest() == first.digest()
            tables = desk.tables()
            assert replayed(desk) == tables

    def _require_what_causality_says(self) -> None:
        for number, desk in enumerate(self.desks):
            counted = self.known[number].names()
            expected = expected_rows(edit for name in counted for edit in self.edits[name])
            with desk.store.reading() as reader:
                waiting = {tuple(found.key) for found in reader.conflicts(SCHOOL)}
            tables = desk.tables()
            deleted = {(row[0], row[1]): bool(row[4]) for row in tables["row_state"]}
            assert deleted == {key: row.is_deleted for key, row in expected.items()}
            assert waiting == {(*key, name) for key, row in expected.items() for name in row.open_fields}
            goals = {row[6]: row for row in tables[GOAL]}
            for (entity, row_id), row in expected.items():
                if entity == GOAL:
                    assert goals[row_id][2] == row.values.get("title")

    # ------------------------------------------------------------------------------------------------- bookkeeping
    def _write(self, number: int, requests: Sequence[ChangeRequest]) -> None:
        desk = self.desks[number]
        allowed = [one for one in requests if role_may(desk.key.role, key_of(one))]
        batch = desk.write(allowed) if allowed else None
        if batch is not None:
            self._remember(number, batch, wire_values(batch, allowed))

    def _export(self, number: int, known: Mapping[str, Head]) -> Package:
        self.packages.append(self.desks[number].export(known))
        self._seal(number)
        return self.packages[-1]

    def _remember(self, number: int, batch: Batch, values: Sequence[Any], *, is_allowed: bool = True) -> None:
        known = self.known[number]
        saw = known.names()
        if is_allowed:
            assert all(batch.lamport > edit.lamport for name in saw for edit in self.edits[name])
        self.edits[batch.name] = [
            Edit(ref, change.key, value, batch.lamport, batch.replica, saw, is_allowed)
            for ref, change, value in zip(batch_refs(batch), batch.changes, values, strict=True)
        ]
        self._count_own(number, batch)

    def _count_own(self, number: int, batch: Batch) -> None:
        known = self.known[number]
        known.arrived[batch.replica][batch.sequence] = batch.name
        known.counted[batch.replica] = batch.sequence
        self.touched.add(number)

    def _adopt(self, number: int, replica: str) -> None:
        desk = self.desks[number]
        batch = desk.log(lambda log: log.adopt(SCHOOL, replica, desk.writer, desk.now, "принято от копии"))
        if batch is None:
            return
        counted = self.known[number].names()
        old = [e for name in counted for e in self.edits[name] if e.replica == replica and e.is_allowed]
        edits = []
        for ref, change in zip(batch_refs(batch), batch.changes, strict=True):
            last = max((edit for edit in old if edit.key == change.key), key=lambda edit: edit.lamport)
            saw = last.saw | {last.ref.batch}
            edits.append(Edit(ref, change.key, last.value, batch.lamport, batch.replica, saw))
        self.edits[batch.name] = edits
        self._count_own(number, batch)

    def _seal(self, number: int) -> None:
        known, replica = self.known[number], self.desks[number].replica
        if known.counted.get(replica):
            known.sealed[replica].add(known.counted[replica])
        self.touched.add(number)

    def _arrived(self, number: int, package: Package) -> Knowledge:
        known = self.known[number]
        for sent in package.batches:
            if sent.batch.name in self.edits:
                known.arrived[sent.batch.replica][sent.batch.sequence] = sent.batch.name
        for seal in package.seals:
            if seal.head.name in self.edits:
                known.sealed[seal.replica].add(seal.head.sequence)
        return known

    def _take_in(self, number: int, package: Package) -> None:
        try:
            self.desks[number].take_in(package)
        except KnownError as error:
            raise AssertionError(error.code) from error
        known = self._arrived(number, package)
        known.advance({sent.batch.replica for sent in package.batches} | {seal.replica for seal in package.seals})
        self.touched.add(number)


def key_of(request: ChangeRequest) -> ChangeKey:
    """What a request is about."""
    return ChangeKey(request.entity, request.row, request.field if isinstance(request, Set) else DELETED)


def wire_values(batch: Batch, requests: Sequence[ChangeRequest]) -> list[Any]:
    """The values of a batch, from what was asked for."""
    said = {key_of(one): one.value if isinstance(one, Set) else isinstance(one, Delete) for one in requests}
    return [said[change.key] for change in batch.changes]


def batch_refs(batch: Batch) -> list[Any]:
    """The names of the changes of a batch."""
    from shnor_desktop.domain.log import ChangeRef

    return [ChangeRef(batch.name, place) for place in range(len(batch.changes))]
