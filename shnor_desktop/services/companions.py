"""Who else writes about a school: its other computers and the methodists, as far as the authority enrolled them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from shnor_desktop.domain.log import Head
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.authority import issuer_of
from shnor_desktop.exchange.certificates import Certificate, parse_certificate
from shnor_desktop.services import authorities, recipients
from shnor_desktop.storage.records import LocalRecords, TrustedSigner


def computers(records: LocalRecords, school: str) -> list[TrustedSigner]:
    """The computers of a school that may write now, the one that was enrolled last at the end."""
    found = _in_force(records, lambda certificate: certificate.school == school)
    return sorted(found, key=lambda one: (one.trusted_at, one.fingerprint))


def reading_keys(records: LocalRecords, school: str) -> list[str]:
    """The age keys of everybody who shares the data of a school with its centre."""
    people = (WriterRole.METHODIST, WriterRole.MUNICIPAL)
    found = _in_force(records, lambda one: one.role in people or (bool(school) and one.school == school))
    return [key for one in found if (key := recipients.of(records, one.fingerprint))]


def is_revoked(records: LocalRecords, signer: TrustedSigner) -> bool:
    """Whether nothing may be sent to the holder of this certificate any more."""
    return authorities.revoked(records, parse_certificate(signer.certificate)) is not None


def known_to_all(records: LocalRecords, peers: Sequence[str], school: str) -> dict[str, Head]:
    """Up to where every one of these peers has each chain of a school."""
    vectors = [records.peer_vector(peer, school) for peer in peers]
    if not vectors:
        return {}
    common = set(vectors[0]).intersection(*vectors[1:])
    return {replica: min(vector[replica] for vector in vectors) for replica in common}


def _in_force(records: LocalRecords, is_wanted: Callable[[Certificate], bool]) -> list[TrustedSigner]:
    """The newest certificate of each key among those that are wanted, issued and not revoked."""
    chain, revoked = authorities.chain(records), authorities.revocations(records)
    if not chain:
        return []
    newest: dict[bytes, TrustedSigner] = {}
    for signer in sorted(records.signers(), key=lambda one: one.trusted_at):
        certificate = parse_certificate(signer.certificate)
        if not is_wanted(certificate) or issuer_of(certificate, chain) is None:
            continue
        if revoked is None or revoked.contents.entry_of(certificate) is None:
            newest[certificate.point] = signer
    return list(newest.values())
