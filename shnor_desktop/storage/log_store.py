"""Appending to the log and taking in what others wrote; both end in the one projection."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.log import MAX_LAMPORT, Batch, BatchHeader, ChangeKey, ChangeRequest, Head, Seal, make_batch
from shnor_desktop.domain.merge import Acceptance
from shnor_desktop.storage import local
from shnor_desktop.storage.erasing import ErasedRows, Erasing
from shnor_desktop.storage.heads import HeadReading, RowKey
from shnor_desktop.storage.log_ingesting import (
    Chain,
    Ingested,
    RefusedChange,
    acceptance,
    join_values,
    store_batch,
    store_seal,
    take_batch,
)
from shnor_desktop.storage.log_planning import Planned, plan, say_again, say_for
from shnor_desktop.storage.log_reading import EMPTY_HEAD, LogReading, SentBatch
from shnor_desktop.storage.projection import Projection
from shnor_desktop.storage.tables import BLOB, LOG_BATCH, LOG_CHANGE, LOG_EDGE, LOG_VECTOR

__all__ = ["EMPTY_HEAD", "Chain", "Ingested", "LogStore", "RefusedChange", "RowKey", "SentBatch", "Writer"]

_STANDS_ON = (
    select(LOG_BATCH.c.name, LOG_BATCH.c.replica)
    .join(LOG_EDGE, LOG_EDGE.c.batch == LOG_BATCH.c.name)
    .where(LOG_EDGE.c.replaced_batch == bindparam("replaced"))
)
_CHAINS = select(LOG_VECTOR.c.replica, LOG_VECTOR.c.school).order_by(LOG_VECTOR.c.school, LOG_VECTOR.c.replica)
_ROWS_OF = select(LOG_CHANGE.c.entity, LOG_CHANGE.c.row).where(LOG_CHANGE.c.batch == bindparam("batch")).distinct()


@dataclass(frozen=True, slots=True)
class Writer:
    """Who appends: the replica of this profile and its author."""

    replica: str
    author: str


class LogStore(LogReading):
    """The log inside one write transaction."""

    def append(
        self, school: str, requests: Sequence[ChangeRequest], writer: Writer, now: datetime, operation: str = ""
    ) -> Batch | None:
        """Append one unit of work of this replica; None when it changes nothing. KnownError log.row_erased."""
        erasing = Erasing(self._connection, self._schema, school)
        if any(erasing.is_erased(key) for key in {(request.entity, request.row) for request in requests}):
            raise KnownError("log.row_erased")
        return self._append(school, plan(self._heads(school), requests), writer, now, operation)

    def adopt(self, school: str, replica: str, writer: Writer, now: datetime, operation: str) -> Batch | None:
        """Say again, as `writer`, what another local replica wrote and never sealed, or sealed with a key that was
        revoked then: elsewhere it does not count. None when there is nothing."""
        chain = self.chain(replica, school, self.head(replica, school))
        limit = self.limit(replica, school)
        seals = {seal.head.name for seal in self.seals(replica, school)}
        counting = [link for link in chain if link.name in seals and (limit is None or link.sequence <= limit)]
        sealed = max((link.sequence for link in counting), default=0)
        unsealed = [self.batch(link.name) for link in chain[sealed:]]
        planned = say_again(self._heads(school), {batch.name: batch for batch in unsealed})
        return self._append(school, planned, writer, now, operation)

    def take_over(
        self,
        school: str,
        sent: Sequence[SentBatch],
        may_write: Callable[[ChangeKey], bool],
        writer: Writer,
        now: datetime,
        operation: str,
    ) -> Batch | None:
        """Say as `writer` what somebody wrote whom this school asked to, as far as `may_write` goes.

        What was taken over before is not said again, so the same may come twice; what stands on it here is a conflict
        only where they did not know of each other. None when there is nothing new.
        """
        erased = Erasing(self._connection, self._schema, school).known()
        planned = [
            one
            for one in say_for(sent, may_write, lambda ref, key: self.said_as(school, ref, key))
            if (one[0].key.entity, one[0].key.row) not in erased
        ]
        return self._append(school, planned, writer, now, operation)

    def _append(
        self, school: str, planned: Sequence[Planned], writer: Writer, now: datetime, operation: str
    ) -> Batch | None:
        if not planned:
            return None
        self._require_rights(writer, school, planned)
        tip = self.head(writer.replica, school)
        header = BatchHeader(
            schema=self._schema.version,
            replica=writer.replica,
            school=school,
            sequence=tip.sequence + 1,
            previous=tip.name,
            lamport=min(self._lamport(school) + 1, MAX_LAMPORT),
            time=now,
            author=writer.author,
            operation=operation,
            parent=self._parent(writer.replica, school) if tip == EMPTY_HEAD else None,
        )
        batch = make_batch(header, [change for change, _ in planned])
        store_batch(self._statements, SentBatch(batch, tuple(value for _, value in planned)))
        self._advance((writer.replica, school), batch.head)
        self._projection(school).accept([batch])
        return batch

    def ingest(self, batches: Sequence[SentBatch], seals: Sequence[Seal]) -> Ingested:
        """Take in batches and seals whose signatures hold; what counts from now on is projected."""
        known = [sent for sent in batches if not take_batch(self._statements, sent)]
        completed = [sent.batch for sent in known if join_values(self._statements, sent)]
        new_seals = [seal for seal in seals if store_seal(self._connection, seal)]
        chains = {(sent.batch.replica, sent.batch.school) for sent in batches}
        chains |= {(seal.replica, seal.school) for seal in seals}
        before: dict[Chain, Head] = {}
        after: dict[Chain, Acceptance] = {}
        counted: dict[str, list[Batch]] = defaultdict(list)
        at_hand = {sent.batch.name: sent.batch for sent in batches}
        turned: set[str] = set()
        for chain in sorted(chains):
            before[chain] = self.head(*chain)
            late = [seal for seal in new_seals if (seal.replica, seal.school) == chain]
            after[chain], is_turned = acceptance(self, chain, before[chain], late)
            if after[chain].head != before[chain]:
                self._advance(chain, after[chain].head)
                counted[chain[1]].extend(at_hand.get(name) or self.batch(name) for name in after[chain].names)
            turned |= {chain[1]} if is_turned else set()
        for school in sorted(turned):
            counted.pop(school, None)
            self.replay(school)
        touched = self._refresh(completed)
        refused: list[RefusedChange] = []
        for school, found in counted.items():
            projection = self._projection(school)
            touched |= projection.accept(found)
            refused += [RefusedChange(*one) for one in projection.refused]
        old = {sent.batch.name for sent in known}
        for school in sorted({sent.batch.school for sent in batches}):
            self._erase_again(school, [name for name in at_hand if name not in old and at_hand[name].school == school])
        return Ingested(before, after, touched, tuple(refused))

    def _refresh(self, completed: Sequence[Batch]) -> frozenset[RowKey]:
        """Project again what stands on values that have just become known."""
        rows: dict[str, set[RowKey]] = defaultdict(set)
        for batch in completed:
            rows[batch.school].update(
                (entity, row) for entity, row in self._statements.rows(_ROWS_OF, batch=batch.name)
            )
        for school, found in rows.items():
            self._projection(school).refresh(found)
        return frozenset().union(*rows.values())

    def lower(self, heads: Mapping[Chain, Head]) -> None:
        """Undo an import: its chains (`Ingested.advanced`) count again only up to `heads`.

        KnownError log.import_has_dependents where local changes stand on what would be taken away.
        """
        lowered = {chain: head for chain, head in heads.items() if head.sequence < self.head(*chain).sequence}
        removed = {
            link.name
            for (replica, school), head in lowered.items()
            for link in self.chain(replica, school, self.head(replica, school), head.sequence)
        }
        if self._is_built_upon(removed):
            raise KnownError("log.import_has_dependents")
        for chain, head in lowered.items():
            self._advance(chain, head)
        for school in sorted({school for _, school in lowered}):
            self.replay(school)

    def erase(self, school: str, rows: Collection[RowKey], by: str) -> ErasedRows:
        """Erase rows with everything below and beside them, here and for ever; `by` names the order."""
        erasing = Erasing(self._connection, self._schema, school)
        found = erasing.erase(erasing.with_below(rows), by)
        self._projection(school).refresh(found.rows)
        for digest in sorted(found.files):
            local.remove(self._connection, BLOB, {"sha256": digest, "school": school})
        return found

    def with_below(self, school: str, rows: Collection[RowKey]) -> frozenset[RowKey]:
        """Rows with everything that stands below and beside them now: what an erasure takes."""
        return Erasing(self._connection, self._schema, school).with_below(rows)

    def is_erased(self, school: str, row: RowKey) -> bool:
        """Whether a row was erased here."""
        return Erasing(self._connection, self._schema, school).is_erased(row)

    def _erase_again(self, school: str, batches: Collection[str]) -> None:
        rows = Erasing(self._connection, self._schema, school).erase_again(batches)
        self._projection(school).refresh(rows)

    def replay(self, school: str) -> None:
        """Project a school again from its accepted batches."""
        projection = self._projection(school)
        projection.clear()
        projection.accept(self.accepted(school))

    def limit_revoked(self, marks: Collection[str], writer: str) -> frozenset[str]:
        """Count the chains of revoked keys again from their beginning; the schools where that changed something.

        What does not count any more stays stored, and what others said on it counts on as it is. The chain of the
        `writer` goes on until another one is begun here.
        """
        changed: set[str] = set()
        for replica, school in self._statements.rows(_CHAINS):
            head = self.head(replica, school)
            if replica.rpartition(".")[2] not in marks or replica == writer:
                continue
            if self.is_local(replica):
                limit = min(self.limit(replica, school) or 0, head.sequence)
                left = Head(limit, self.chain(replica, school, head)[limit - 1].name) if limit else EMPTY_HEAD
            else:
                left = acceptance(self, (replica, school), EMPTY_HEAD, ())[0].head
            if left != head:
                self._advance((replica, school), left)
                changed.add(school)
        for school in sorted(changed):
            self.replay(school)
        return frozenset(changed)

    def add_seal(self, seal: Seal) -> None:
        """Keep a seal of this replica; a newer certificate of its key goes before an older one."""
        store_seal(self._connection, seal, anew=True)

    def _is_built_upon(self, removed: set[str]) -> bool:
        ours = self._local_replicas()
        return any(
            replica in ours and batch not in removed
            for name in sorted(removed)
            for batch, replica in self._statements.rows(_STANDS_ON, replaced=name)
        )

    def _require_rights(self, writer: Writer, school: str, planned: Sequence[Planned]) -> None:
        role = self.role_in(writer.replica, school)
        for change, _ in planned:
            if role is None or not self._schema.may_write(role, change.key):
                raise BugError(f"{role} may not write {change.key.entity}.{change.key.field}")

    def _advance(self, chain: Chain, head: Head) -> None:
        key = {"replica": chain[0], "school": chain[1]}
        if head == EMPTY_HEAD:
            local.remove(self._connection, LOG_VECTOR, key)
        else:
            local.put(self._connection, LOG_VECTOR, {**key, "sequence": head.sequence, "name": head.name})

    def _heads(self, school: str) -> HeadReading:
        return HeadReading(self._statements, self._schema, school)

    def _projection(self, school: str) -> Projection:
        return Projection(self._connection, self._schema, lambda replica: self.role_in(replica, school), school)
