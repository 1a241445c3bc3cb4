"""Where what a replica wrote counts: a school's own copy in its own school, a revoked key's up to a sequence.

Both are kept by `services` when a certificate is met or revoked; without a word of them a replica counts everywhere.
A replica names its key by what stands behind the last dot of its name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.storage.statements import Statements
from shnor_desktop.storage.tables import KEPT, REPLICA

REPLICA_SCHOOL = "replica_school"
"""The kind of what is kept of the school whose own a replica is; its id is the replica."""
REVOKED_KEY = "revoked_key"
"""The kind of what is kept of a revoked key; its id is the mark of the key."""
BY_SEALS, BY_PACKAGE, BY_AUTHORITY = range(3)
_BOUND = frozenset({WriterRole.SCHOOL, WriterRole.DELEGATE})

_ROLE = select(REPLICA.c.role).where(REPLICA.c.replica == bindparam("replica"))
_KEPT = select(KEPT.c.body).where(KEPT.c.kind == bindparam("kind"), KEPT.c.id == bindparam("id"))


@dataclass(frozen=True, slots=True)
class ReplicaSchool:
    """The school in whose data a replica counts, "" where it counts in none, and the certificate that says so.

    `told_by` is what says it: a certificate of the authority (2), a package of the key (1), the school in whose data
    its seals were found (0).
    """

    school: str
    told_by: int
    rank: tuple[bool, str, str]
    """What makes one certificate of a key count before another: issued by an authority, its day, its fingerprint."""

    @classmethod
    def read(cls, body: str) -> ReplicaSchool:
        """From what is kept."""
        said = json.loads(body)
        return cls(said["school"], said["told_by"], tuple(said["rank"]))

    @property
    def body(self) -> str:
        """As it is kept."""
        return canonical_json({"school": self.school, "told_by": self.told_by, "rank": list(self.rank)}).decode()

    def joined(self, other: ReplicaSchool) -> ReplicaSchool:
        """What two words on one replica say together, whichever came first; two that differ say that it has none."""
        rank = max(self.rank, other.rank)
        if self.told_by != other.told_by:
            best = max(self, other, key=lambda one: one.told_by)
            return ReplicaSchool(best.school, best.told_by, rank)
        if self.told_by == BY_AUTHORITY:
            return max(self, other, key=lambda one: one.rank)
        return ReplicaSchool(self.school if self.school == other.school else "", self.told_by, rank)


def last_valid(body: str) -> dict[tuple[str, str], int]:
    """What is kept of a revoked key: by (replica, school) the last sequence that counts; 0 for any other chain."""
    return {(replica, school): int(last) for replica, school, last in json.loads(body)["last"]}


def revoked_body(last: Mapping[tuple[str, str], int]) -> str:
    """The same as it is kept."""
    return canonical_json({"last": [[*chain, last[chain]] for chain in sorted(last)]}).decode()


@dataclass(slots=True)
class WriterRights:
    """Reads both once for the lifetime of what asks."""

    statements: Statements
    _roles: dict[str, WriterRole | None] = field(default_factory=dict)
    _schools: dict[str, str | None] = field(default_factory=dict)
    _revoked: dict[str, Mapping[tuple[str, str], int] | None] = field(default_factory=dict)

    def role(self, replica: str) -> WriterRole | None:
        """The role that a replica's certificate gives it; None for one that is not known here."""
        if replica not in self._roles:
            found = self.statements.first(_ROLE, replica=replica)
            self._roles[replica] = WriterRole(found[0]) if found else None
        return self._roles[replica]

    def role_in(self, replica: str, school: str) -> WriterRole | None:
        """The role in which a replica writes about a school; None where nothing of it counts there."""
        role = self.role(replica)
        if role not in _BOUND:
            return role
        if replica not in self._schools:
            body = self._kept(REPLICA_SCHOOL, replica)
            self._schools[replica] = ReplicaSchool.read(body).school if body is not None else None
        own = self._schools[replica]
        return role if own is None or own == school else None

    def limit(self, replica: str, school: str) -> int | None:
        """The last sequence of a chain that may count; None where its key is not revoked."""
        mark = replica.rpartition(".")[2]
        if mark not in self._revoked:
            body = self._kept(REVOKED_KEY, mark)
            self._revoked[mark] = last_valid(body) if body is not None else None
        last = self._revoked[mark]
        return None if last is None else last.get((replica, school), 0)

    def _kept(self, kind: str, identifier: str) -> str | None:
        found = self.statements.first(_KEPT, kind=kind, id=identifier)
        return found[0] if found else None
