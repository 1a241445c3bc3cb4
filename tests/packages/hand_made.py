"""A school that writes its packages by hand: every key, row and moment comes from a seed, so that the bytes stay."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any
from uuid import UUID

from shnor_desktop.domain.canonical import WireValue, canonical_json
from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.log import (
    BatchHeader,
    Change,
    ChangeKey,
    ChangeRef,
    Head,
    Seal,
    StoredValue,
    ValueState,
    make_batch,
    value_digest,
)
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import subject_of
from shnor_desktop.exchange.compression import compress
from shnor_desktop.exchange.container import Member, write_to
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.package import BATCHES, COVER, MANIFEST, SEALS
from shnor_desktop.exchange.package_log import TravellingBatch, pack_batches, pack_seals
from shnor_desktop.services.replica_names import mark_of
from tests.exchange.sample import seeded

NOW = datetime(2024, 9, 2, 8, 0, tzinfo=UTC)
CODE = "72-014"
NAME = "МАОУ «Лесная СОШ»"
METHODOLOGY = {
    "hash": "6f03da8ef2f481fbc5f0429f22c1736f547ae59f025e02cf461220d747c3271b",
    "id": "tyumen-2024",
    "version": "1.1.0",
}
COVER_PDF = b"%PDF-1.7\n% what a person reads\n%%EOF\n"
Said = tuple[str, str, str, WireValue]
"""(entity, row, field, value)"""


@cache
def identity(
    seed: str = "school", code: str = CODE, role: WriterRole = WriterRole.SCHOOL, *, is_demo: bool = False
) -> Identity:
    """The same key and certificate for the same seed."""
    return Identity.create(subject_of(code, role, NAME, NAME, is_demo=is_demo), NOW, seeded(f"{seed} {code}"))


def row_id(seed: str) -> str:
    """An identifier that looks random."""
    return str(UUID(bytes=sha256(seed.encode()).digest()[:16], version=4))


@dataclass(slots=True)
class HandMade:
    """A school with its chain; what it says is put into batches, its packages are whatever a test wants."""

    writer: Identity = field(default_factory=identity)
    school: str = row_id("school")
    replica: str = ""
    made: list[TravellingBatch] = field(default_factory=list)
    head: Head = field(default_factory=lambda: Head(0, ""))
    moment: datetime = NOW

    def __post_init__(self) -> None:
        self.replica = self.replica or f"{row_id('replica')}.{mark_of(self.writer.certificate)}"

    @classmethod
    def usual(cls, writer: Identity | None = None) -> HandMade:
        """A school that is called something and has one teacher."""
        made = cls(writer or identity())
        teacher = row_id("teacher")
        made.says(
            ("school", made.school, "code", CODE),
            ("school", made.school, "short_name", NAME),
            ("school", made.school, "municipality", "Лесной муниципальный район"),
        )
        made.says(
            ("staff_member", teacher, "full_name", "Образцова Анна Ивановна"),
            ("staff_member", teacher, "birth_year", 1980),
            ("staff_member", teacher, "position", "teacher"),
        )
        return made

    def says(
        self, *said: Said, replaces: Sequence[ChangeRef] = (), keep: bool = True, **header: Any
    ) -> TravellingBatch:
        """The next batch of the chain; members of its header may be said otherwise. `keep` puts it in the package."""
        number = self.head.sequence + 1
        salts = [sha256(f"{number} {place} {one}".encode()).hexdigest()[:32] for place, one in enumerate(said)]
        changes = [
            Change(ChangeKey(*one[:3]), value_digest(salt, one[3]), tuple(replaces))
            for one, salt in zip(said, salts, strict=True)
        ]
        values = {
            "schema": 1,
            "replica": self.replica,
            "school": self.school,
            "sequence": number,
            "previous": self.head.name,
            "lamport": number,
            "time": self.moment,
            "author": self.writer.certificate.fingerprint[:32],
            "operation": "изменено",
        }
        batch = make_batch(BatchHeader(**{**values, **header}), changes)
        stored = tuple(StoredValue(ValueState.PRESENT, salt, one[3]) for one, salt in zip(said, salts, strict=True))
        sent = TravellingBatch(batch, stored)
        if keep:
            self.head = batch.head
            self.made.append(sent)
        return sent

    def seal(self, head: Head | None = None, signer: Identity | None = None, **other: Any) -> Seal:
        """A seal over the head of the chain, or over another one."""
        by = signer or self.writer
        bare = Seal(self.replica, self.school, head or self.head, iso_utc(self.moment), by.certificate.der, b"")
        bare = replace(bare, **other)
        return replace(bare, signature=by.sign(bare.signed_bytes()))

    def manifest(self, **said: Any) -> dict[str, Any]:
        """`package.json` before it is written; `said` replaces members of it."""
        certificate = self.writer.certificate
        usual: dict[str, Any] = {
            "answers": None,
            "counts": {
                "batches": len(self.made),
                "changes": sum(len(item.batch.changes) for item in self.made),
                "seals": 1,
                "datasets": 0,
            },
            "format": [1, 0],
            "kind": "school",
            "made_at": iso_utc(self.moment),
            "methodology": METHODOLOGY,
            "number": 1,
            "previous": "",
            "receiver": {"code": "", "fingerprint": "", "name": "муниципальный центр", "role": "municipal"},
            "schema": 1,
            "school": self.school,
            "school_code": certificate.code,
            "school_name": NAME,
            "sender": {
                "code": certificate.code,
                "fingerprint": certificate.fingerprint,
                "name": certificate.name,
                "role": certificate.role.value,
            },
            "vector": [[self.replica, self.head.sequence, self.head.name]],
        }
        return {**usual, **said}

    def members(
        self,
        batches: Sequence[TravellingBatch] | None = None,
        seals: Sequence[Seal] | None = None,
        more: Mapping[str, bytes] | None = None,
        **said: Any,
    ) -> dict[str, bytes]:
        """The members of a package of these contents, rightly counted unless `said` has other counts."""
        batches = self.made if batches is None else batches
        seals = [self.seal()] if seals is None else seals
        more = more or {}
        counts = {
            "batches": len(batches),
            "changes": sum(len(item.batch.changes) for item in batches),
            "seals": len(seals),
            "datasets": sum(1 for name in more if name.startswith("data/")),
        }
        return {
            MANIFEST: canonical_json(self.manifest(**{"counts": counts, **said})),
            BATCHES: pack_batches(batches),
            SEALS: pack_seals(seals),
            COVER: COVER_PDF,
            **more,
        }

    def raw(
        self, batches: bytes | None = None, seals: bytes | None = None, manifest: bytes | None = None
    ) -> dict[str, bytes]:
        """The members of a package with these bytes, whatever they are; the log is given unpacked."""
        found = self.members()
        if batches is not None:
            found[BATCHES] = compress(batches)
        if seals is not None:
            found[SEALS] = compress(seals)
        if manifest is not None:
            found[MANIFEST] = manifest
        return found

    def package(self, members: Mapping[str, bytes] | None = None, signer: Identity | None = None) -> bytes:
        """A container of these members, rightly signed."""
        stream = io.BytesIO()
        contents = self.members() if members is None else members
        write_to(
            stream,
            [Member(name, content) for name, content in contents.items()],
            signer or self.writer,
            self.moment,
        )
        return stream.getvalue()
