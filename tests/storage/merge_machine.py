"""What users, carriers and accidents do to two to five desks of one school, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shnor_desktop.domain.log import DELETED, ChangeKey, ChangeRequest, Delete, Head, Restore, Set
from shnor_desktop.domain.roles import WriterRole
from tests.storage.merge_desks import GOAL, REMARK, SCHOOL, Desk, Key, Package, copy_of, handmade
from tests.storage.merge_oracle import Knowledge, require_as_the_domain_says, role_may
from tests.storage.merge_world import Copy, World

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


class Replicas(World, RuleBasedStateMachine):
    """After every step the desk that was touched is what the domain makes of its batches; at the end all are equal."""

    @initialize(count=st.integers(2, 5))
    def begin(self, count: int) -> None:
        for number, role in enumerate(ROLES[:count]):
            self.desks.append(Desk(Key(f"owner-{number}", role), f"replica-{number}", CLOCKS[number % 3]))
            self.known.append(Knowledge())
        self.write_at(
            0, (Set(GOAL, "g1", "title", "основа"), Set(GOAL, "g2", "goal", "g1"), Set(GOAL, "g3", "goal", "g2"))
        )
        first = self.export_from(0, {})
        for number in range(1, count):
            self.take_in(number, first)

    # ------------------------------------------------------------------------------------------------ what users do
    @rule(at=a_number, wanted=changes, again=st.lists(changes, max_size=3), clock=st.sampled_from(CLOCKS))
    def write(self, at: int, wanted: ChangeRequest, again: Sequence[ChangeRequest], clock: datetime) -> None:
        number = at % len(self.desks)
        self.desks[number].now = clock
        self.write_at(number, (wanted, *again))

    @rule(at=a_number, wanted=goal_changes)
    def edit(self, at: int, wanted: ChangeRequest) -> None:
        self.write_at(at % len(self.desks), (wanted,))

    @rule(at=a_number, line=st.permutations(GOALS), is_upward=st.booleans())
    def place_below(self, at: int, line: list[str], is_upward: bool) -> None:
        """One goal below another below the third, written from the top or from the bottom."""
        placed = [Set(GOAL, below, "goal", above) for above, below in pairwise(line)]
        self.write_at(at % len(self.desks), (*placed[:: -1 if is_upward else 1], Set(GOAL, line[0], "title", "цель")))

    @rule(at=a_number, wanted=deletions)
    def delete_or_restore(self, at: int, wanted: ChangeRequest) -> None:
        self.write_at(at % len(self.desks), (wanted,))

    @rule(sender=a_number, receiver=a_number, is_full=st.booleans())
    def export(self, sender: int, receiver: int, is_full: bool) -> None:
        known = {} if is_full else self.desks[receiver % len(self.desks)].vector()
        self.export_from(sender % len(self.desks), known)

    # ------------------------------------------------------------------------------ what becomes of their packages
    @precondition(lambda self: self.packages)
    @rule(package=a_number, receiver=a_number)
    def deliver(self, package: int, receiver: int) -> None:
        """Late, twice, out of order, or never: as it comes."""
        self.take_in(receiver % len(self.desks), self.packages[package % len(self.packages)])

    @rule(sender=a_number, receiver=a_number)
    def exchange(self, sender: int, receiver: int) -> None:
        """A package that comes at once."""
        number = receiver % len(self.desks)
        self.take_in(number, self.export_from(sender % len(self.desks), self.desks[number].vector()))

    @rule(sender=a_number, receiver=a_number, lost=st.integers(1, 2**12 - 1), chain=a_number)
    def deliver_torn(self, sender: int, receiver: int, lost: int, chain: int) -> None:
        """A carrier lost a whole chain, or some batches and seals."""
        number = receiver % len(self.desks)
        whole = self.export_from(sender % len(self.desks), self.desks[number].vector())
        replicas = sorted({sent.batch.replica for sent in whole.batches})
        if lost % 2 and replicas:
            without = replicas[chain % len(replicas)]
            batches = tuple(sent for sent in whole.batches if sent.batch.replica != without)
            self.take_in(number, Package(batches, whole.seals))
            return
        batches = tuple(sent for place, sent in enumerate(whole.batches) if not lost >> place % 6 & 1)
        seals = tuple(seal for place, seal in enumerate(whole.seals) if not lost >> (6 + place % 6) & 1)
        self.take_in(number, Package(batches[::-1], seals))

    @rule(sender=a_number, receiver=a_number, again=st.booleans())
    def undo_import(self, sender: int, receiver: int, again: bool) -> None:
        """An import that is undone leaves what was there; imported again, it does what it did."""
        number = receiver % len(self.desks)
        desk, taken = self.desks[number], self.export_from(sender % len(self.desks), {})
        before, known = desk.tables(), self.known[number].copy()
        ingested = desk.take_in(taken)
        after = desk.tables()
        desk.log(lambda log: log.lower(ingested.advanced))
        assert desk.tables() == before
        self.arrived_with(number, taken)
        if again:
            self.take_in(number, taken)
            assert desk.tables() == after
        else:
            assert known.counted == self.known[number].counted
        self.touched.add(number)

    @rule(first=a_number, second=a_number, third=a_number, one=goal_changes, other=deletions)
    def relay(self, first: int, second: int, third: int, one: ChangeRequest, other: ChangeRequest) -> None:
        """The second stands on the first; to the third the second's work comes first."""
        a, b, c = (number % len(self.desks) for number in (first, second, third))
        self.write_at(a, (one,))
        self.take_in(b, self.export_from(a, {}))
        again = replace(one, value="поверх") if one.field != "goal" else one
        self.write_at(b, (again, replace(other, row=one.row)))
        package = self.export_from(b, {})
        late = tuple(sent for sent in package.batches if sent.batch.replica == self.desks[a].replica)
        self.take_in(c, Package(tuple(sent for sent in package.batches if sent not in late), package.seals))
        self.take_in(c, Package(late, ()))

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
        self.write_at(number, (unsealed,))
        self.back_up(number)
        self.write_at(number, (lost,))
        if how != "lost":
            self.export_from(number, {})
        if how == "sent":
            self.take_in((number + 1) % len(self.desks), self.packages[-1])
        self.restore_backup(len(self.copies) - 1)
        if how == "late":
            self.take_in(number, self.packages[-1])

    @precondition(lambda self: self.copies)
    @rule(pick=a_number)
    def restore_backup(self, pick: int) -> None:
        """The store is what it was; a new replica begins, names where, and says again what nobody else can have."""
        copy = self.copies.pop(pick % len(self.copies))
        desk = self.desks[copy.desk]
        desk.open(copy.engine)
        desk.copies += 1
        self.known[copy.desk] = copy.knowledge
        old = copy.knowledge.vector().get(copy.replica)
        desk.introduce(f"replica-{copy.desk}-{desk.copies}")
        for replica in sorted(set(desk.local_replicas()) - {desk.replica}):
            self.adopt(copy.desk, replica)
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
        self.take_in(number, Package((forged,), seals))
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
        self.remember(number, sent.batch, [value], is_allowed=False)
        self.seal(number)

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
                self.seal(sender)
                for receiver in range(len(self.desks)):
                    self.take_in(receiver, package)
        self.touched_desks_are_as_the_domain_says()
        if self.desks:
            self.require_equal()
            self.require_what_causality_says()
