"""The truth of a store: batches hash to their names, chains reach their first batch, values match their digests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Batch, Head, Seal, ValueState, parse_batch, value_bytes_digest
from shnor_desktop.storage.findings import DamageKind, Finding
from shnor_desktop.storage.raw_rows import Row, is_well_typed, key_text, scan
from shnor_desktop.storage.tables import KEPT, LOG_BATCH, LOG_SEAL, LOG_VALUE, LOG_VECTOR, REPLICA
from shnor_desktop.storage.writer_rights import REVOKED_KEY, last_valid

VerifySeal = Callable[[Seal], bool]
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class _Link:
    """What is remembered of a batch while the log is read."""

    replica: str
    school: str
    sequence: int
    previous: str
    digests: tuple[str, ...]


@dataclass(slots=True)
class LogExamination:
    """Reads the log once; `school` limits what is judged."""

    connection: Any
    school: str | None = None
    verify_seal: VerifySeal | None = None
    links: dict[str, _Link] = field(default_factory=dict)
    values: int = 0

    def run(self) -> Iterator[Finding]:
        """All findings, batches first."""
        yield from self._batches()
        yield from self._values()
        heads = {
            (row[0], row[1]): Head(row[2], row[3]) for row in scan(self.connection, LOG_VECTOR) if self._wanted(row[1])
        }
        yield from self._chains(heads)
        yield from self._seals(heads)

    def _wanted(self, school: str) -> bool:
        return self.school is None or school == self.school

    def _batches(self) -> Iterator[Finding]:
        for row in scan(self.connection, LOG_BATCH):
            batch, reason = _read_batch(row)
            if batch is None or reason:
                yield Finding(DamageKind.LOG, reason, "log_batch", key_text(LOG_BATCH, row))
                continue
            digests = tuple(change.digest for change in batch.changes)
            self.links[batch.name] = _Link(batch.replica, batch.school, batch.sequence, batch.previous, digests)

    def _values(self) -> Iterator[Finding]:
        seen: dict[str, int] = {}
        for row in scan(self.connection, LOG_VALUE):
            link = self.links.get(row[0])
            if link is not None and not self._wanted(link.school):
                continue
            self.values += 1
            reason = _fault_of_value(row, link)
            if reason:
                yield Finding(DamageKind.LOG, reason, "log_value", key_text(LOG_VALUE, row))
            else:
                seen[row[0]] = seen.get(row[0], 0) | 1 << row[1]
        for name, link in self.links.items():
            if self._wanted(link.school) and seen.get(name, 0) != (1 << len(link.digests)) - 1:
                yield Finding(DamageKind.LOG, "a value of the batch is missing", "log_value", name, link.school)

    def _chains(self, heads: dict[tuple[str, str], Head]) -> Iterator[Finding]:
        for (replica, school), head in heads.items():
            at, name = head.sequence, head.name
            while at:
                link = self.links.get(name)
                if link is None or (link.replica, link.school, link.sequence) != (replica, school, at):
                    yield Finding(DamageKind.LOG, f"the chain breaks at {at}", "log_batch", f"{replica} {name}", school)
                    break
                at, name = at - 1, link.previous

    def _seals(self, heads: dict[tuple[str, str], Head]) -> Iterator[Finding]:
        sealed: set[tuple[str, str, Head]] = set()
        for row in scan(self.connection, LOG_SEAL):
            if not self._wanted(row[1]):
                continue
            if (
                not is_well_typed(LOG_SEAL, row)
                or not _HASH.fullmatch(row[3])
                or row[2] < 1
                or not row[5]
                or not row[6]
            ):
                yield Finding(DamageKind.LOG, "not the form of a seal", "log_seal", key_text(LOG_SEAL, row))
                continue
            seal = Seal(row[0], row[1], Head(row[2], row[3]), row[4], row[5], row[6])
            if self.verify_seal is not None and not self.verify_seal(seal):
                yield Finding(
                    DamageKind.LOG, "the signature does not hold", "log_seal", key_text(LOG_SEAL, row), row[1]
                )
                continue
            sealed.add((seal.replica, seal.school, seal.head))
        local = {row[0] for row in scan(self.connection, REPLICA) if row[4]}
        for (replica, school), head in heads.items():
            if replica not in local and (replica, school, head) not in sealed:
                yield Finding(DamageKind.LOG, "a foreign chain counts beyond its seals", "log_vector", replica, school)
            limit = self._limit(replica, school)
            if replica not in local and limit is not None and head.sequence > limit:
                yield Finding(DamageKind.LOG, "a chain counts beyond its revocation", "log_vector", replica, school)

    def _limit(self, replica: str, school: str) -> int | None:
        """The last sequence that counts of a chain whose key is revoked; None where it is not."""
        if not self.connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (KEPT.name,)).fetchone():
            return None  # a backup of an older form
        query = f'SELECT body FROM "{KEPT.name}" WHERE kind = ? AND id = ?'
        found = self.connection.execute(query, (REVOKED_KEY, replica.rpartition(".")[2])).fetchone()
        try:
            return None if found is None else last_valid(found[0]).get((replica, school), 0)
        except (ValueError, TypeError, KeyError):
            return None  # the digest of the row tells it


def _read_batch(row: Row) -> tuple[Batch | None, str]:
    if not is_well_typed(LOG_BATCH, row):
        return None, "a value of another type"
    try:
        batch = parse_batch(row[7])
    except KnownError as error:
        return None, error.code
    return batch, "" if row == batch_row(batch) else "the batch says something else than its columns"


def batch_row(batch: Batch) -> Row:
    """A batch as `log_batch` holds it."""
    start = (batch.name, batch.replica, batch.school, batch.sequence, batch.previous, batch.lamport)
    return (*start, batch.time.isoformat(), batch.data)


def _fault_of_value(row: Row, link: _Link | None) -> str:
    if not is_well_typed(LOG_VALUE, row):
        return "a value of another type"
    _, place, state, salt, value = row
    if link is None:
        return "a value without its batch"
    if not 0 <= place < len(link.digests):
        return "a value at a place that the batch has not"
    if state == ValueState.PRESENT:
        try:
            same = value_bytes_digest(salt, value) == link.digests[place]
        except ValueError:
            return "a salt in another spelling"
        return "" if same else "the value does not match its digest"
    if state not in tuple(ValueState) or salt or value:
        return "an unknown state"
    return ""
