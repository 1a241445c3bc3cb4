"""The desks of one school with what travels between them, and what must be true of them by causality alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import DELETED, Batch, ChangeKey, ChangeRef, ChangeRequest, Delete, Head, Set
from tests.storage.merge_desks import GOAL, SCHOOL, Desk, Package, replayed
from tests.storage.merge_oracle import Edit, Knowledge, expected_rows, role_may


@dataclass(slots=True)
class Copy:
    """A backup of a desk."""

    desk: int
    replica: str
    engine: Engine
    knowledge: Knowledge


class World:
    """Every desk with what it knows, every edit with what its author had seen."""

    def __init__(self) -> None:
        super().__init__()
        self.desks: list[Desk] = []
        self.known: list[Knowledge] = []
        self.packages: list[Package] = []
        self.copies: list[Copy] = []
        self.edits: dict[str, list[Edit]] = {}
        self.touched: set[int] = set()

    def write_at(self, number: int, requests: Sequence[ChangeRequest]) -> None:
        """What a desk may write of that."""
        desk = self.desks[number]
        allowed = [one for one in requests if role_may(desk.key.role, key_of(one))]
        batch = desk.write(allowed) if allowed else None
        if batch is not None:
            self.remember(number, batch, wire_values(batch, allowed))

    def export_from(self, number: int, known: Mapping[str, Head]) -> Package:
        """A package for a receiver with that vector; it stays on the way for ever."""
        self.packages.append(self.desks[number].export(known))
        self.seal(number)
        return self.packages[-1]

    def remember(self, number: int, batch: Batch, values: Sequence[Any], *, is_allowed: bool = True) -> None:
        """An acknowledged batch, with what its desk had seen."""
        known = self.known[number]
        saw = known.names()
        if is_allowed:
            assert all(batch.lamport > edit.lamport for name in saw for edit in self.edits[name])
        self.edits[batch.name] = [
            Edit(ref, change.key, value, batch.lamport, batch.replica, saw, is_allowed)
            for ref, change, value in zip(batch_refs(batch), batch.changes, values, strict=True)
        ]
        self.count_own(number, batch)

    def count_own(self, number: int, batch: Batch) -> None:
        """What a desk wrote counts at once for itself."""
        known = self.known[number]
        known.arrived[batch.replica][batch.sequence] = batch.name
        known.counted[batch.replica] = batch.sequence
        self.touched.add(number)

    def adopt(self, number: int, replica: str) -> None:
        """Say again what a lost replica had not sealed."""
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
        self.count_own(number, batch)

    def seal(self, number: int) -> None:
        """The chain of a desk is sealed as far as it goes."""
        known, replica = self.known[number], self.desks[number].replica
        if known.counted.get(replica):
            known.sealed[replica].add(known.counted[replica])
        self.touched.add(number)

    def arrived_with(self, number: int, package: Package) -> Knowledge:
        """What a package brings; forged batches are nothing that was ever written."""
        known = self.known[number]
        for sent in package.batches:
            if sent.batch.name in self.edits:
                known.arrived[sent.batch.replica][sent.batch.sequence] = sent.batch.name
        for seal in package.seals:
            if seal.head.name in self.edits:
                known.sealed[seal.replica].add(seal.head.sequence)
        return known

    def take_in(self, number: int, package: Package) -> None:
        """An import, which never fails for what a package lacks."""
        try:
            self.desks[number].take_in(package)
        except KnownError as error:
            raise AssertionError(error.code) from error
        known = self.arrived_with(number, package)
        known.advance({sent.batch.replica for sent in package.batches} | {seal.replica for seal in package.seals})
        self.touched.add(number)

    def require_equal(self) -> None:
        """Every desk shows the same, and a replay of each makes the same."""
        first = self.desks[0]
        for desk in self.desks:
            assert desk.tables(with_changes=False) == first.tables(with_changes=False)
            assert desk.digest() == first.digest()
            tables = desk.tables()
            assert replayed(desk) == tables

    def require_what_causality_says(self) -> None:
        """What nobody replaced with open eyes is there: shown, or waiting for a decision."""
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


def key_of(request: ChangeRequest) -> ChangeKey:
    """What a request is about."""
    return ChangeKey(request.entity, request.row, request.field if isinstance(request, Set) else DELETED)


def wire_values(batch: Batch, requests: Sequence[ChangeRequest]) -> list[Any]:
    """The values of a batch, from what was asked for."""
    said = {key_of(one): one.value if isinstance(one, Set) else isinstance(one, Delete) for one in requests}
    return [said[change.key] for change in batch.changes]


def batch_refs(batch: Batch) -> list[ChangeRef]:
    """The names of the changes of a batch."""
    return [ChangeRef(batch.name, place) for place in range(len(batch.changes))]
