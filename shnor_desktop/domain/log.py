"""The log of batches: the form in which every change of a school's data is kept, hashed, sent and merged.

Format 1. A batch is a canonical JSON object; its name is the SHA-256 of its bytes under a domain tag:

    f  format (1)              s  schema of the entities      r  replica          c  school
    n  sequence, from 1        p  name of the batch before    l  Lamport counter  t  wall time, only shown
    a  author, opaque          o  what the unit of work was   u  parent head of a replica that starts from a copy
    x  changes: [entity, row, field, digest of the value, [[batch, place] of each change that it replaces, ascending]]

The sequence runs per (replica, school). Values lie beside the batch with a salt each, so that a value can be left
out (absent) or erased while the chain still holds. A seal is a replica's signature over the head of its chain.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from shnor_desktop.domain.canonical import WireValue, canonical_json, encode_canonical, parse_canonical
from shnor_desktop.domain.clock import iso_utc, parse_utc
from shnor_desktop.domain.errors import BugError, KnownError

FORMAT = 1
DELETED = "@deleted"
"""The pseudo-field whose value true deletes a row; beside the deletion that it replaces it names every head that it
knew of the row, so that an edit that it did not know is seen to be one. It knows the changes before it in its batch."""
MAX_LAMPORT = 2**53 - 1
_LONGEST_OPERATION = 200

_BATCH_TAG = b"shnor batch 1\n"
_VALUE_TAG = b"shnor value 1\n"
_SEAL_TAG = b"shnor seal 1\n"
_HASH = re.compile(r"[0-9a-f]{64}")
_SALT = re.compile(r"[0-9a-f]{32}")
_ID = re.compile(r"[0-9A-Za-z@_.-]{1,80}")
_MEMBERS = frozenset("fsrcnpltaoux")


@dataclass(frozen=True, slots=True)
class Set:
    """Give a field of a row a value; the row begins with its first field."""

    entity: str
    row: str
    field: str
    value: WireValue


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete a row; its children hide with it."""

    entity: str
    row: str


@dataclass(frozen=True, slots=True)
class Restore:
    """Bring a deleted row back."""

    entity: str
    row: str


ChangeRequest = Set | Delete | Restore


class ChangeRef(NamedTuple):
    """A change by the name of its batch and its place in it."""

    batch: str
    place: int


class ChangeKey(NamedTuple):
    """What a change is about."""

    entity: str
    row: str
    field: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change as the batch holds it: the value only by its digest."""

    key: ChangeKey
    digest: str
    replaces: tuple[ChangeRef, ...]


class ValueState(StrEnum):
    """What is known of a value; the states of two copies join to the later one."""

    ABSENT = "absent"
    PRESENT = "present"
    ERASED = "erased"


class StoredValue(NamedTuple):
    """A value beside its batch. `salt` and `value` count only when PRESENT."""

    state: ValueState
    salt: str = ""
    value: WireValue = None

    def matches(self, digest: str) -> bool:
        """Whether a present value is the one that the batch names."""
        if self.state is not ValueState.PRESENT:
            return True
        return bool(_SALT.fullmatch(self.salt)) and value_digest(self.salt, self.value) == digest


class Head(NamedTuple):
    """The end of a chain: how many batches, and the name of the last."""

    sequence: int
    name: str


@dataclass(frozen=True, slots=True)
class Batch:
    """One unit of work as it is hashed; `data` are the exact bytes."""

    data: bytes
    name: str
    schema: int
    replica: str
    school: str
    sequence: int
    previous: str
    lamport: int
    time: datetime
    author: str
    operation: str
    parent: tuple[str, int, str] | None
    changes: tuple[Change, ...]

    @property
    def head(self) -> Head:
        """This batch as the end of its chain."""
        return Head(self.sequence, self.name)


@dataclass(frozen=True, slots=True)
class Seal:
    """A replica's word that its chain for a school ends, for now, at `head`."""

    replica: str
    school: str
    head: Head
    sealed_at: str
    certificate: bytes
    signature: bytes

    def signed_bytes(self) -> bytes:
        """What the signature covers."""
        fields = [self.replica, self.school, self.head.sequence, self.head.name, self.sealed_at]
        return _SEAL_TAG + canonical_json([*fields, hashlib.sha256(self.certificate).hexdigest()])


def value_digest(salt: str, value: WireValue) -> str:
    """The salted digest that stands for a value in its batch."""
    return value_bytes_digest(salt, canonical_json(value))


def value_bytes_digest(salt: str, data: bytes) -> str:
    """The same over the canonical bytes of the value; ValueError for a salt in another spelling."""
    if not _SALT.fullmatch(salt):
        raise ValueError("salt")
    return hashlib.sha256(_VALUE_TAG + bytes.fromhex(salt) + data).hexdigest()


def batch_name(data: bytes) -> str:
    """The name of a batch: the tagged hash of its bytes."""
    return hashlib.sha256(_BATCH_TAG + data).hexdigest()


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """All of a batch but its changes."""

    schema: int
    replica: str
    school: str
    sequence: int
    previous: str
    lamport: int
    time: datetime
    author: str
    operation: str = ""
    parent: tuple[str, int, str] | None = None


def make_batch(header: BatchHeader, changes: Sequence[Change]) -> Batch:
    """Write a batch in its canonical bytes."""
    if not changes:
        raise BugError("a batch holds at least one change")
    fields = [header.replica, header.school, header.author, *(part for c in changes for part in c.key)]
    hashes = [
        header.previous or "0" * 64,
        *(c.digest for c in changes),
        *(r.batch for c in changes for r in c.replaces),
    ]
    if not all(map(_ID.fullmatch, fields)) or not all(map(_HASH.fullmatch, hashes)) or len(header.operation) > 200:
        raise BugError("not the form of a batch")
    if any(later <= earlier for change in changes for earlier, later in pairwise(change.replaces)):
        raise BugError("what a change replaces is named once, in order")
    canonical_json(header.operation)  # the only free text
    data = encode_canonical(
        {
            "f": FORMAT,
            "s": header.schema,
            "r": header.replica,
            "c": header.school,
            "n": header.sequence,
            "p": header.previous,
            "l": header.lamport,
            "t": iso_utc(header.time),
            "a": header.author,
            "o": header.operation,
            "u": list(header.parent) if header.parent else None,
            "x": [[*change.key, change.digest, [list(ref) for ref in change.replaces]] for change in changes],
        }
    )
    said = {name: getattr(header, name) for name in BatchHeader.__slots__}
    said["time"] = header.time.astimezone(UTC).replace(microsecond=0)
    return Batch(data=data, name=batch_name(data), changes=tuple(changes), **said)


def parse_batch(data: bytes) -> Batch:
    """Read and check the bytes of a batch; KnownError log.batch_malformed or log.batch_newer."""
    members = parse_canonical(data)
    if not isinstance(members, dict):
        raise KnownError("log.batch_malformed")
    written_in = members.get("f")
    if type(written_in) is int and written_in > FORMAT:
        raise KnownError("log.batch_newer")
    if set(members) != _MEMBERS:
        raise KnownError("log.batch_malformed")
    try:
        return _read_batch(data, members)
    except (ValueError, TypeError, KeyError) as error:
        raise KnownError("log.batch_malformed") from error


def _read_batch(data: bytes, members: dict[str, Any]) -> Batch:
    sequence = _natural(members["n"])
    previous = members["p"]
    if (previous == "") != (sequence == 1) or (previous and not _HASH.fullmatch(previous)):
        raise ValueError("previous")
    if members["f"] != FORMAT or not isinstance(members["x"], list) or not members["x"]:
        raise ValueError("format")
    if not isinstance(members["o"], str) or len(members["o"]) > _LONGEST_OPERATION:
        raise ValueError("operation")
    return Batch(
        data=data,
        name=batch_name(data),
        schema=_natural(members["s"]),
        replica=_identifier(members["r"]),
        school=_identifier(members["c"]),
        sequence=sequence,
        previous=previous,
        lamport=_natural(members["l"]),
        time=parse_utc(members["t"]),
        author=_identifier(members["a"]),
        operation=members["o"],
        parent=_read_parent(members["u"]),
        changes=tuple(_read_change(item) for item in members["x"]),
    )


def _read_parent(item: object) -> tuple[str, int, str] | None:
    if item is None:
        return None
    if not isinstance(item, list):
        raise ValueError("parent")
    replica, sequence, name = item
    return _identifier(replica), _natural(sequence), _hash(name)


def _read_change(item: object) -> Change:
    if not isinstance(item, list):
        raise ValueError("change")
    entity, row, field, digest, replaces = item
    if not isinstance(replaces, list):
        raise ValueError("replaces")
    refs = tuple(map(_read_ref, replaces))
    if len(refs) > 1 and any(later <= earlier for earlier, later in pairwise(refs)):
        raise ValueError("replaces")
    key = ChangeKey(_identifier(entity), _identifier(row), _identifier(field))
    return Change(key, _hash(digest), refs)


def _read_ref(item: Any) -> ChangeRef:
    name, place = item
    if isinstance(place, bool) or not isinstance(place, int) or place < 0:
        raise ValueError("place")
    return ChangeRef(_hash(name), place)


def _natural(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MAX_LAMPORT:
        raise ValueError("number")
    return value


@lru_cache(maxsize=4096)  # entities and fields come again and again, and a row once for each of its fields
def _identifier(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError("identifier")
    return value


def _hash(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError("hash")
    return value
