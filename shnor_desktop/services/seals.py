"""Which seals of a package hold: by their signature, by a key that is trusted here, by a replica of that key."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Seal
from shnor_desktop.exchange.certificates import Certificate, parse_certificate
from shnor_desktop.exchange.raw_signature import verify_signature
from shnor_desktop.services.replica_names import is_of_key
from shnor_desktop.storage.records import ReplicaRecord
from shnor_desktop.storage.store import WriteTransaction


def sound_seals(transaction: WriteTransaction, seals: Sequence[Seal], vouched: Collection[str] = ()) -> list[Seal]:
    """Seals whose signature holds and whose key is trusted here; a replica keeps the key of its first seal.

    `vouched` are keys for which the sender of the package answers.
    """
    trusted = {signer.fingerprint for signer in transaction.records.signers()} | set(vouched)
    known = {record.replica: record for record in transaction.records.replicas()}
    trusted |= {record.fingerprint for record in known.values() if record.is_local}
    sound = []
    for seal in seals:
        certificate = certificate_of(seal)
        if certificate is None or certificate.fingerprint not in trusted:
            continue
        record = known.get(seal.replica)
        if (record and record.fingerprint != certificate.fingerprint) or not is_signed(seal, certificate):
            continue
        if record is None:
            role, name = certificate.role, certificate.name
            record = ReplicaRecord(seal.replica, role, name, certificate.fingerprint, False)
            transaction.records.put_replica(record)
            known[seal.replica] = record
        sound.append(seal)
    return sound


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
