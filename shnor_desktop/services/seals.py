"""Which seals of a package hold, and what their writers may: by the certificates that are trusted here.

A seal holds by its signature, by a key that is trusted here, and for a replica of that key. What the replica may is
said by the best certificate of its key among those that are trusted here: one that the authority issued goes before
one that a person confirmed by its digits, a newer one before an older one. So it does not depend on which came first,
and a key that signs itself a higher role gains nothing by it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Seal
from shnor_desktop.exchange.certificates import Certificate, parse_certificate
from shnor_desktop.exchange.raw_signature import verify_signature
from shnor_desktop.services import authorities
from shnor_desktop.services.replica_names import is_of_key, mark_of
from shnor_desktop.storage.records import ReplicaRecord
from shnor_desktop.storage.store import WriteTransaction
from shnor_desktop.storage.writer_rights import BY_AUTHORITY, BY_PACKAGE, BY_SEALS, REPLICA_SCHOOL, ReplicaSchool


def sound_seals(transaction: WriteTransaction, seals: Sequence[Seal], vouched: Collection[str] = ()) -> list[Seal]:
    """Seals whose signature holds and whose key is trusted here; what their replicas may is settled by the way.

    `vouched` are certificates, by their fingerprints, for which the sender of the package answers.
    """
    trust = Trust.of(transaction, vouched)
    sound = []
    for seal in seals:
        certificate = certificate_of(seal)
        if certificate is not None and trust.knows_key(seal.replica, certificate) and is_signed(seal, certificate):
            sound.append(seal)
    _settle(transaction, trust, sound)
    return sound


def settle_rights(transaction: WriteTransaction) -> None:
    """Judge every replica that is known here anew: somebody is trusted now who was not."""
    log = transaction.log
    trust = Trust.of(transaction)
    chains = [(replica, school) for school in transaction.reader.schools() for replica in log.vector(school)]
    _settle(transaction, trust, [seal for chain in chains for seal in log.seals(*chain)])


@dataclass(slots=True)
class Trust:
    """The certificates that count here."""

    transaction: WriteTransaction
    fingerprints: frozenset[str]
    known: dict[str, ReplicaRecord]
    _issued: dict[str, bool] = field(default_factory=dict)
    _of_keys: dict[str, tuple[Certificate, ...]] | None = None

    @classmethod
    def of(cls, transaction: WriteTransaction, vouched: Collection[str] = ()) -> Trust:
        """As it stands now."""
        known = {record.replica: record for record in transaction.records.replicas()}
        own = {record.fingerprint for record in known.values() if record.is_local}
        signers = {signer.fingerprint for signer in transaction.records.signers()}
        return cls(transaction, frozenset({*own, *vouched, *signers}), known)

    def names(self, certificate: Certificate) -> bool:
        """Whether this very certificate counts: a person confirmed it, or the authority issued it."""
        return certificate.fingerprint in self.fingerprints or self.is_issued(certificate)

    def is_issued(self, certificate: Certificate) -> bool:
        """Whether the authority that is trusted here issued it."""
        if certificate.fingerprint not in self._issued:
            self._issued[certificate.fingerprint] = is_issued(self.transaction, certificate)
        return self._issued[certificate.fingerprint]

    def knows_key(self, replica: str, certificate: Certificate) -> bool:
        """Whether the key may seal here, be it under another certificate than the one that is trusted."""
        return replica in self.known or self.names(certificate) or bool(self.of_key(certificate))

    def of_key(self, certificate: Certificate) -> tuple[Certificate, ...]:
        """The certificates that count here and are of the key of another one."""
        if self._of_keys is None:  # seldom asked for, and a centre knows a thousand
            self._of_keys = {}
            for signer in self.transaction.records.signers():
                found = parse_certificate(signer.certificate)
                self._of_keys[mark_of(found)] = (*self._of_keys.get(mark_of(found), ()), found)
        return self._of_keys.get(mark_of(certificate), ())


def is_issued(transaction: WriteTransaction, certificate: Certificate) -> bool:
    """Whether the authority that is trusted here issued a certificate."""
    return authorities.is_issued(transaction.records, certificate)


def certificate_of(seal: Seal) -> Certificate | None:
    """The certificate of a seal, None where it is none."""
    try:
        return parse_certificate(seal.certificate)
    except KnownError:
        return None


def is_signed(seal: Seal, certificate: Certificate) -> bool:
    """Whether the key of this certificate made the seal, for a replica of that key."""
    return is_of_key(seal.replica, certificate) and verify_signature(
        seal.certificate, seal.signed_bytes(), seal.signature
    )


def _settle(transaction: WriteTransaction, trust: Trust, seals: Iterable[Seal]) -> None:
    """Give each replica the role and the school of the best certificate of its key, and project what that changes."""
    found: dict[tuple[str, str], dict[bytes, Certificate]] = {}
    for seal in seals:
        certificates = found.setdefault((seal.replica, seal.school), {})
        certificate = certificate_of(seal) if seal.certificate not in certificates else None
        if certificate is not None:
            named = (certificate,) if trust.names(certificate) else trust.of_key(certificate)
            certificates |= {one.der: one for one in named}
    changed: set[str] = set()
    for (replica, school), certificates in found.items():
        for certificate in certificates.values():
            if _take_rights(transaction, trust, replica, school, certificate):
                changed.add(replica)
    log = transaction.log
    for school in transaction.reader.schools() if changed else ():
        if changed & set(log.vector(school)):
            log.replay(school)


def _take_rights(
    transaction: WriteTransaction, trust: Trust, replica: str, school: str, certificate: Certificate
) -> bool:
    """Join what a certificate says of a replica with what is kept; whether what the replica may has changed."""
    records, record = transaction.records, trust.known.get(replica)
    if record is not None and record.is_local:
        return False
    body = records.kept_one(REPLICA_SCHOOL, replica)
    before = ReplicaSchool.read(body) if body is not None else None
    said = _said_by(transaction, trust, school, certificate)
    now = said if before is None else before.joined(said)
    if now != before:
        records.keep(REPLICA_SCHOOL, replica, now.body)
    if record is None or (now.rank == said.rank and record.fingerprint != certificate.fingerprint):
        made = ReplicaRecord(replica, certificate.role, certificate.name, certificate.fingerprint, False)
        records.put_replica(made)
        trust.known[replica] = made
    if record is None:
        return False
    return before is None or before.school != now.school or record.role != trust.known[replica].role


def _said_by(transaction: WriteTransaction, trust: Trust, school: str, certificate: Certificate) -> ReplicaSchool:
    """What a certificate says of a replica of its key that sealed in the data of a school."""
    issued = trust.is_issued(certificate)
    rank = (issued, iso_utc(certificate.not_before), certificate.fingerprint)
    told = certificate.school if issued else ""
    if told:
        return ReplicaSchool(told, BY_AUTHORITY, rank)
    came = [one for one in transaction.records.packages(school) if one.direction == "in"]
    signed = any(one.peer == certificate.fingerprint for one in came)
    return ReplicaSchool(school, BY_PACKAGE if signed else BY_SEALS, rank)
