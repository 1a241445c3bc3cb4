"""Taking in batches and seals that others wrote: stored first, counted as far as their own replica seals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select, update

from shnor_desktop.domain.canonical import encode_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeKey, Head, Seal, StoredValue, ValueState
from shnor_desktop.domain.merge import Acceptance, accepted_head
from shnor_desktop.storage import local
from shnor_desktop.storage.heads import RowKey
from shnor_desktop.storage.log_reading import EMPTY_HEAD, LogReading, SentBatch
from shnor_desktop.storage.statements import Statements, insert_into
from shnor_desktop.storage.tables import LOG_BATCH, LOG_SEAL, LOG_VALUE

Chain = tuple[str, str]
"""(replica, school)"""

_STATES = select(LOG_VALUE.c.place, LOG_VALUE.c.state).where(LOG_VALUE.c.batch == bindparam("batch"))
_JOINED = (
    update(LOG_VALUE)
    .where(LOG_VALUE.c.batch == bindparam("key_batch"), LOG_VALUE.c.place == bindparam("key_place"))
    .values(state=bindparam("state"), salt=bindparam("salt"), value=bindparam("value"))
)
_KNOWN_SEAL = select(LOG_SEAL.c.digest).where(
    LOG_SEAL.c.replica == bindparam("replica"),
    LOG_SEAL.c.school == bindparam("school"),
    LOG_SEAL.c.sequence == bindparam("sequence"),
    LOG_SEAL.c.name == bindparam("name"),
)


class RefusedChange(NamedTuple):
    """A change without effect, and the replica that made it."""

    replica: str
    key: ChangeKey


@dataclass(frozen=True, slots=True)
class Ingested:
    """What taking in batches did, per chain that was looked at."""

    before: Mapping[Chain, Head]
    after: Mapping[Chain, Acceptance]
    touched: frozenset[RowKey]
    refused: tuple[RefusedChange, ...] = ()
    """Changes that count from now on and have no effect, because their writer may not make them."""

    @property
    def advanced(self) -> dict[Chain, Head]:
        """The chains that count further now, with the heads that undo it: never the writer's own chain."""
        return {chain: head for chain, head in self.before.items() if self.after[chain].head != head}


def take_batch(statements: Statements, sent: SentBatch) -> bool:
    """Keep a foreign batch; whether it was new. KnownError log.values_do_not_match."""
    if len(sent.values) != len(sent.batch.changes):
        raise KnownError("log.values_do_not_match")
    if not sent.is_matched and any(
        not value.matches(change.digest) for value, change in zip(sent.values, sent.batch.changes, strict=True)
    ):
        raise KnownError("log.values_do_not_match")
    if statements.rows(_STATES, batch=sent.batch.name):
        return False
    store_batch(statements, sent)
    return True


def store_batch(statements: Statements, sent: SentBatch) -> None:
    """Write a batch with its values."""
    batch = sent.batch
    statements.run(
        insert_into(LOG_BATCH),
        name=batch.name,
        replica=batch.replica,
        school=batch.school,
        sequence=batch.sequence,
        previous=batch.previous,
        lamport=batch.lamport,
        time=batch.time.isoformat(),
        data=batch.data,
    )
    statements.insert(
        LOG_VALUE, [(batch.name, place, *_record(value).values()) for place, value in enumerate(sent.values)]
    )


def join_values(statements: Statements, sent: SentBatch) -> bool:
    """Keep values of a known batch that were left out before; whether there were any.

    An erasure is not taken over from a carrier: each replica confirms it by itself.
    """
    absent = {
        place
        for place, state in statements.rows(_STATES, batch=sent.batch.name)
        if state == ValueState.ABSENT and sent.values[place].state is ValueState.PRESENT
    }
    for place in sorted(absent):
        statements.run(_JOINED, key_batch=sent.batch.name, key_place=place, **_record(sent.values[place]))
    return bool(absent)


def _record(value: StoredValue) -> dict[str, object]:
    """The columns of a value whose digest was compared, or computed: it is canonical."""
    if value.state is not ValueState.PRESENT:
        return {"state": ValueState.ABSENT.value, "salt": "", "value": b""}
    return {"state": value.state.value, "salt": value.salt, "value": encode_canonical(value.value)}


def store_seal(connection: Connection, seal: Seal, *, anew: bool = False) -> bool:
    """Keep a seal; whether it was new. One of the same head stays, unless it is to be written `anew`."""
    record = {"replica": seal.replica, "school": seal.school, "sequence": seal.head.sequence, "name": seal.head.name}
    if not anew and Statements(connection).first(_KNOWN_SEAL, **record):
        return False
    signed = {"sealed_at": seal.sealed_at, "certificate": seal.certificate, "signature": seal.signature}
    local.put(connection, LOG_SEAL, {**record, **signed})
    return True


def acceptance(log: LogReading, chain: Chain, start: Head, new_seals: Iterable[Seal]) -> tuple[Acceptance, bool]:
    """How far a chain counts with what is stored now, and whether something that counted does not any more.

    A chain whose key is revoked is judged from its beginning, by the seals up to its last valid sequence alone: so
    what counts of it does not depend on what came before the revocation. A chain of this copy counts without seals.
    """
    replica, school = chain
    limit = log.limit(replica, school)
    if limit is not None and not log.is_local(replica):
        links = [link for link in log.links(replica, school).values() if link.sequence <= limit]
        seals = [seal for seal in log.seals(replica, school) if seal.head.sequence <= limit]
        found = accepted_head(links, seals, EMPTY_HEAD)
        kept = found.names[: start.sequence]
        if not start.sequence or (len(kept) == start.sequence and kept[-1] == start.name):
            return replace(found, names=found.names[start.sequence :]), False
        return found, True
    late = [seal.head.sequence for seal in new_seals if seal.head.sequence < start.sequence]
    counted: dict[int, str] = {}
    if late:
        passed = log.chain(replica, school, start, min(late) - 1)
        counted = {link.sequence: link.name for link in passed}
    beyond = log.links(replica, school, start.sequence).values()
    seals = [
        seal
        for seal in log.seals(replica, school)
        if (seal.head.sequence >= start.sequence or seal.head.sequence in counted)
        and (limit is None or seal.head.sequence <= limit)
    ]
    return accepted_head(beyond, seals, start, counted), False
