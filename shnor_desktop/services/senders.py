"""Whose packages are welcome here: by role, by a key that a person confirmed, by the school that the key belongs to."""

from __future__ import annotations

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.fingerprint import is_same_fingerprint
from shnor_desktop.exchange.package_json import METHODOLOGY, RECEIPT, SCHOOL_PACKAGE, Manifest
from shnor_desktop.services.verdicts import Refused, VerdictCode
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.records import PackageRecord, TrustedSigner
from shnor_desktop.storage.store import WriteTransaction


def require_sender(
    workspace: Workspace, transaction: WriteTransaction, signer: Certificate, manifest: Manifest, trust: str
) -> None:
    """Refuse who may not send this here, and whom nobody has confirmed; `trust` confirms. Raises Refused."""
    said = manifest.sender
    if (said.fingerprint, said.code, said.role) != (signer.fingerprint, signer.code, signer.role.value):
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("package.sender_differs"))
    if workspace.grant is not None:  # a colleague takes parts of the school and nothing else
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("team.not_for_colleague"))
    wanted = WriterRole.SCHOOL if workspace.kind is StoreKind.MUNICIPAL else WriterRole.MUNICIPAL
    kinds = (SCHOOL_PACKAGE,) if workspace.kind is StoreKind.MUNICIPAL else (RECEIPT, METHODOLOGY)
    if signer.role is not wanted or manifest.kind not in kinds:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.other_desk"))
    if signer.is_demo and not workspace.is_demo:
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("package.demo_sender"))
    if any(trusted.fingerprint == signer.fingerprint for trusted in transaction.records.signers()):
        return
    if not trust or not is_same_fingerprint(signer.fingerprint, trust):
        error = KnownError("package.sender_unknown", sender=signer.name, fingerprint=signer.fingerprint_words)
        raise Refused(VerdictCode.SENDER_UNKNOWN, error)
    moment = iso_utc(workspace.clock.now())
    record = TrustedSigner(signer.fingerprint, signer.code, signer.role, signer.name, signer.der, moment)
    transaction.records.trust(record)


def require_school(
    workspace: Workspace, transaction: WriteTransaction, signer: Certificate, manifest: Manifest
) -> None:
    """A centre binds a school to the keys of its code and is no school; a school takes answers about itself alone."""
    if workspace.kind is StoreKind.SCHOOL:
        if manifest.kind != METHODOLOGY and manifest.school != workspace.school:
            raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.wrong_school", school=manifest.school_name))
        return
    if manifest.school == workspace.centre:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.wrong_school", school=manifest.school_name))
    codes = {trusted.fingerprint: trusted.code for trusted in transaction.records.signers()}
    for record in _incoming(transaction):
        same_school, same_key = record.school == manifest.school, record.peer == signer.fingerprint
        if (same_key and not same_school) or (same_school and codes.get(record.peer, signer.code) != signer.code):
            raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.wrong_school", school=manifest.school_name))


def _incoming(transaction: WriteTransaction) -> list[PackageRecord]:
    return [record for record in transaction.records.packages() if record.direction == "in"]


def is_code_taken(transaction: WriteTransaction, manifest: Manifest) -> bool:
    """Whether another school has sent packages under the code of this sender: a mistake, or a desk begun anew."""
    keys = {one.fingerprint for one in transaction.records.signers() if one.code == manifest.sender.code}
    return any(record.peer in keys and record.school != manifest.school for record in _incoming(transaction))
