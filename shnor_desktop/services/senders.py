"""Whose packages are welcome here: by role, by the authority or a key that a person confirmed, by the key's school."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from shnor_desktop.domain.clock import iso_utc, parse_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import Certificate, parse_certificate
from shnor_desktop.exchange.fingerprint import is_same_fingerprint
from shnor_desktop.exchange.package_json import METHODOLOGY, RECEIPT, SCHOOL_PACKAGE, VISIT, Manifest
from shnor_desktop.exchange.revocations import Reason
from shnor_desktop.services import authorities
from shnor_desktop.services.verdicts import Refused, VerdictCode
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.records import TrustedSigner
from shnor_desktop.storage.store import WriteTransaction

_WELCOME: dict[StoreKind, dict[WriterRole, tuple[str, ...]]] = {
    StoreKind.MUNICIPAL: {WriterRole.SCHOOL: (SCHOOL_PACKAGE,), WriterRole.METHODIST: (VISIT,)},
    StoreKind.METHODIST: {WriterRole.SCHOOL: (SCHOOL_PACKAGE,), WriterRole.MUNICIPAL: (RECEIPT, METHODOLOGY)},
    StoreKind.SCHOOL: {
        WriterRole.MUNICIPAL: (RECEIPT, METHODOLOGY),
        WriterRole.METHODIST: (VISIT,),
        WriterRole.SCHOOL: (SCHOOL_PACKAGE,),
    },
}
"""What a desk takes from whom; from another computer of the same school only what an authority vouches for."""


def require_sender(
    workspace: Workspace,
    transaction: WriteTransaction,
    signer: Certificate,
    manifest: Manifest,
    trust: str,
    signed_at: datetime | None = None,
) -> None:
    """Refuse who may not send this here, and whom nobody has confirmed; `trust` confirms. Raises Refused."""
    require_same_sender(signer, manifest)
    if workspace.grant is not None:  # a colleague takes parts of the school and nothing else
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("team.not_for_colleague"))
    if workspace.is_waiting:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("enrolment.waiting"))
    if manifest.kind not in _WELCOME[workspace.kind].get(signer.role, ()):
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.other_desk"))
    require_same_world(workspace, signer)
    require_in_force(workspace, transaction, signer, signed_at)
    if workspace.kind is StoreKind.SCHOOL and signer.role is WriterRole.SCHOOL:
        _require_own_school(workspace, transaction, signer, manifest)
    known = transaction.records.signers()
    if not _is_trusted(transaction, known, signer):
        require_confirmed(signer, trust)
    _remember(workspace, transaction, known, signer)


def require_same_sender(signer: Certificate, manifest: Manifest) -> None:
    """The manifest names whom the signature names."""
    said = manifest.sender
    if (said.fingerprint, said.code, said.role) != (signer.fingerprint, signer.code, signer.role.value):
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("package.sender_differs"))


def require_same_world(workspace: Workspace, signer: Certificate) -> None:
    """Demo certificates are for demos."""
    if signer.is_demo and not workspace.is_demo:
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("package.demo_sender"))


def require_confirmed(signer: Certificate, trust: str) -> None:
    """A person has compared the digits or the words of this certificate and typed them."""
    if not trust or not is_same_fingerprint(signer.fingerprint, trust):
        error = KnownError("package.sender_unknown", sender=signer.name, fingerprint=signer.fingerprint_words)
        raise Refused(VerdictCode.SENDER_UNKNOWN, error)


def require_in_force(
    workspace: Workspace, transaction: WriteTransaction, signer: Certificate, signed_at: datetime | None
) -> None:
    """Refuse a certificate that was revoked, or that an authority issued and that has ended.

    It has ended when both clocks say so: a computer whose clock is decades off sends as ever, with a note. What a key
    that was replaced signed before that is taken: it may come late.
    """
    entry = authorities.revoked(transaction.records, signer)
    if entry is not None:
        is_late = entry.reason in (Reason.REPLACED, Reason.DIRECTOR) and bool(entry.last)
        if not is_late or signed_at is None or signed_at > parse_utc(entry.at):
            raise Refused(
                VerdictCode.SENDER_UNKNOWN, KnownError("package.sender_revoked", sender=signer.name, day=entry.at[:10])
            )
    now = workspace.clock.now()
    is_over = signer.not_after < now and (signed_at is None or signer.not_after < signed_at)
    if signer.issuer_key and is_over:
        day = signer.not_after.date().isoformat()
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("package.sender_expired", sender=signer.name, day=day))


def is_trusted(transaction: WriteTransaction, signer: Certificate) -> bool:
    """Whether a person confirmed this key in this role, or the authority issued the certificate."""
    return _is_trusted(transaction, transaction.records.signers(), signer)


def _is_trusted(transaction: WriteTransaction, known: Sequence[TrustedSigner], signer: Certificate) -> bool:
    alike = [one for one in known if one.role == signer.role and one.code == signer.code]
    if any(one.fingerprint == signer.fingerprint for one in alike):
        return True
    if authorities.is_issued(transaction.records, signer):
        return True
    return any(parse_certificate(one.certificate).point == signer.point for one in alike)


def remember(workspace: Workspace, transaction: WriteTransaction, signer: Certificate) -> None:
    """Keep a certificate that counts here."""
    _remember(workspace, transaction, transaction.records.signers(), signer)


def _remember(
    workspace: Workspace, transaction: WriteTransaction, known: Sequence[TrustedSigner], signer: Certificate
) -> None:
    if any(one.fingerprint == signer.fingerprint for one in known):
        return
    moment = iso_utc(workspace.clock.now())
    record = TrustedSigner(signer.fingerprint, signer.code, signer.role, signer.name, signer.der, moment)
    transaction.records.trust(record)


def require_school(
    workspace: Workspace, transaction: WriteTransaction, signer: Certificate, manifest: Manifest
) -> None:
    """A centre binds a school to the keys of its code and is no school; a school takes answers about itself alone.

    Where an authority said of which school a key is, that decides.
    """
    wrong = Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.wrong_school", school=manifest.school_name))
    if workspace.kind is StoreKind.SCHOOL:
        if manifest.kind != METHODOLOGY and manifest.school != workspace.school:
            raise wrong
        return
    if manifest.kind == METHODOLOGY or signer.role is not WriterRole.SCHOOL:
        if workspace.centre and manifest.school == workspace.centre:
            raise wrong
        if manifest.kind == VISIT and manifest.school not in transaction.reader.schools():
            known = KnownError("package.visit_before_school", school=manifest.school_name)
            raise Refused(VerdictCode.WRONG_SCHOOL, known)
        return
    if manifest.school == workspace.centre:
        raise wrong
    if authorities.is_issued(transaction.records, signer) and signer.school:
        if signer.school != manifest.school:
            raise wrong
        return
    codes = {trusted.fingerprint: trusted.code for trusted in transaction.records.signers()}
    for school, peer in transaction.records.senders(SCHOOL_PACKAGE):
        same_school, same_key = school == manifest.school, peer == signer.fingerprint
        if (same_key and not same_school) or (same_school and codes.get(peer, signer.code) != signer.code):
            raise wrong


def _require_own_school(
    workspace: Workspace, transaction: WriteTransaction, signer: Certificate, manifest: Manifest
) -> None:
    """Another computer of this school is one that the authority calls so."""
    if not authorities.is_issued(transaction.records, signer):
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.other_desk"))
    if not signer.school == manifest.school == workspace.school:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.wrong_school", school=manifest.school_name))


def is_code_taken(transaction: WriteTransaction, manifest: Manifest) -> bool:
    """Whether another school has sent packages under the code of this sender: a mistake, or a desk begun anew."""
    keys = {one.fingerprint for one in transaction.records.signers() if one.code == manifest.sender.code}
    senders = transaction.records.senders(SCHOOL_PACKAGE)
    return any(peer in keys and school != manifest.school for school, peer in senders)
