"""A request that comes to a centre, and an invitation that comes to the desk that asked: judged, then kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from shnor_desktop.domain.canonical import clean_text
from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.authority import issuer_of
from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.container import VerifiedContainer
from shnor_desktop.exchange.enrolment import ReadEnrolment, is_proven, read_enrolment
from shnor_desktop.exchange.package import Package
from shnor_desktop.exchange.package_json import EVERY_SCHOOL, REQUEST
from shnor_desktop.models.school import School
from shnor_desktop.services import (
    authorities,
    enrolment,
    enrolment_requests,
    identities,
    pack_arrivals,
    pack_shelf,
    recipients,
    recovery,
    revocation_effects,
    senders,
    trust_lists,
)
from shnor_desktop.services.enrolment import Asked
from shnor_desktop.services.enrolment_requests import MOST_WAITING, Request, RequestReason, RequestState
from shnor_desktop.services.replica_names import is_of_key, new_replica
from shnor_desktop.services.seals import settle_rights
from shnor_desktop.services.verdicts import Refused, Verdict, VerdictCode
from shnor_desktop.services.workspace import WAITING, StoreKind, Workspace
from shnor_desktop.storage.log_store import Writer
from shnor_desktop.storage.records import ReplicaRecord
from shnor_desktop.storage.store import WriteTransaction
from shnor_desktop.system.replicas import ReplicaMemory
from shnor_desktop.system.wording import explain

TAKEN = "invitation"
_MAY_ASK = (WriterRole.SCHOOL, WriterRole.METHODIST)


def take_in(workspace: Workspace, file: Path, container: VerifiedContainer, package: Package, trust: str) -> Verdict:
    """Judge and keep a request or an invitation; raises `Refused` or KnownError, and then nothing has changed."""
    senders.require_same_sender(container.signer, package.manifest)
    senders.require_same_world(workspace, container.signer)
    if workspace.is_demo and not container.signer.is_demo:
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("enrolment.real_for_demo"))
    if package.manifest.kind == REQUEST:
        return _take_request(workspace, file, container, package)
    return _take_invitation(workspace, file, container, package, trust)


def _take_request(workspace: Workspace, file: Path, container: VerifiedContainer, package: Package) -> Verdict:
    if workspace.kind is not StoreKind.MUNICIPAL:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.other_desk"))
    found = read_enrolment(package.manifest)
    with workspace.writing() as transaction:
        records = transaction.records
        known = enrolment_requests.requests(records)
        if any(one.package == container.sha256 or one.id == found.said.request for one in known):
            raise Refused(VerdictCode.ALREADY_HERE, KnownError("package.already_here", file=file.name))
        if sum(1 for one in known if one.state is RequestState.NEW) >= MOST_WAITING:
            raise Refused(VerdictCode.NOT_STORED, KnownError("enrolment.too_many_requests", count=MOST_WAITING))
        senders.require_in_force(workspace, transaction, container.signer, container.signed_at)
        request = _request(workspace, transaction, container, package, found)
        enrolment_requests.keep(records, request)
    code = "verdict.request_proven" if request.is_proven else "verdict.request"
    who = f"{request.school_name or request.name}, {request.person}"
    words = KnownError(code, who=who, fingerprint=request.digits, phrase=request.phrase)
    notes = ("package.note_request_name",) if request.said_name else ()
    return _verdict(file, container, package, words, notes)


def _request(
    workspace: Workspace,
    transaction: WriteTransaction,
    container: VerifiedContainer,
    package: Package,
    found: ReadEnrolment,
) -> Request:
    """What is kept of a request; KnownError or Refused where it contradicts itself."""
    said, signer, manifest = found.said, container.signer, package.manifest
    own = found.certificate
    is_new_key = own.point != signer.point
    if (own.role, own.is_demo) != (signer.role, signer.is_demo) or own.role.value != said.role:
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("package.sender_differs"))
    if own.role not in _MAY_ASK or (own.role is WriterRole.METHODIST and said.school != EVERY_SCHOOL):
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.other_desk"))
    if said.school != manifest.school or said.school == workspace.centre:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.wrong_school", school=manifest.school_name))
    if signer.school and signer.school != said.school:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.wrong_school", school=manifest.school_name))
    proven = (
        is_new_key
        and said.replaces == signer.fingerprint
        and is_proven(signer, own, said.proof)
        and authorities.is_issued(transaction.records, signer)
    )
    if is_new_key and not proven:
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("enrolment.not_proven", sender=signer.name))
    card = transaction.reader.row(School, said.school, said.school) if said.school != EVERY_SCHOOL else None
    known_name = (card.short_name or "") if card else ""
    return Request(
        id=said.request,
        reason=RequestReason(said.reason) if said.reason in set(RequestReason) else RequestReason.NEW,
        role=said.role,
        code=(card.code if card else None) or own.code,
        name=own.name,
        person=said.person,
        school=said.school,
        school_name=known_name or manifest.school_name,
        said_name=manifest.school_name if known_name and known_name != manifest.school_name else "",
        certificate=said.certificate,
        recipient=said.recipient,
        replaces=said.replaces if proven else "",
        is_proven=proven,
        vector=manifest.vector if proven else (),
        made_at=manifest.made_at,
        came_at=iso_utc(workspace.clock.now()),
        package=container.sha256,
    )


_ON_ITS_WAY = ("prepared", "handed", "received")


@dataclass(frozen=True, slots=True)
class _Invitation:
    """An invitation that answers this desk and was signed by its centre."""

    found: ReadEnrolment
    signer: Certificate
    package: Package

    @property
    def certificate(self) -> Certificate:
        """What was issued."""
        return self.found.certificate


def _take_invitation(
    workspace: Workspace, file: Path, container: VerifiedContainer, package: Package, trust: str
) -> Verdict:
    before = workspace.identity, workspace.writer
    try:
        with workspace.writing() as transaction:
            if transaction.records.kept_one(TAKEN, container.sha256) is not None:
                raise Refused(VerdictCode.ALREADY_HERE, KnownError("package.already_here", file=file.name))
            invitation = _Invitation(read_enrolment(package.manifest), container.signer, package)
            _require_answer(workspace, enrolment.pending_of(transaction.records), invitation)
            _require_centre(workspace, transaction, invitation, container, trust)
            notes = _apply(workspace, transaction, invitation)
            transaction.records.keep(TAKEN, container.sha256, iso_utc(workspace.clock.now()))
            _adopt(workspace, transaction, invitation)
            _close_requests(transaction)
    except BaseException:
        workspace.write_as(*before)
        raise
    if workspace.is_waiting:
        workspace.join("" if workspace.kind is StoreKind.METHODIST else package.manifest.school)
    workspace.forget_pack()
    recovery.renew(workspace)
    words = KnownError("verdict.invitation", centre=container.signer.name, name=invitation.certificate.name)
    return _verdict(file, container, package, words, notes)


def _close_requests(transaction: WriteTransaction) -> None:
    """What was asked for has been answered: no request waits to be handed over any more."""
    for record in transaction.records.packages():
        if record.kind == REQUEST and record.direction == "out" and record.state in _ON_ITS_WAY:
            transaction.records.put_package(replace(record, state="accepted"))


def _require_answer(workspace: Workspace, asked: Asked | None, invitation: _Invitation) -> None:
    """It answers the request of this desk, for the key that asked, in its role and for its school."""
    said, issued = invitation.found.said, invitation.certificate
    if asked is None or said.request != asked.request or issued.point != asked.key.point:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("enrolment.other_request"))
    own = workspace.identity.certificate
    if (issued.role, issued.is_demo) != (own.role, own.is_demo) or issued.role.value != said.role:
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("enrolment.other_request"))
    owner = invitation.package.manifest.school
    if workspace.kind is StoreKind.METHODIST:
        is_right = not issued.school and owner == EVERY_SCHOOL
    else:
        is_right = issued.school == said.school == owner != EVERY_SCHOOL
        is_right = is_right and (workspace.is_waiting or owner == workspace.school)
    if not is_right:
        name = invitation.package.manifest.school_name
        raise Refused(VerdictCode.WRONG_SCHOOL, KnownError("package.wrong_school", school=name))


def _require_centre(
    workspace: Workspace,
    transaction: WriteTransaction,
    invitation: _Invitation,
    container: VerifiedContainer,
    trust: str,
) -> None:
    """It was signed by a centre under the authority that issued the certificate, and that centre is the right one."""
    signer, chain, records = container.signer, invitation.found.authority, transaction.records
    if signer.role is not WriterRole.MUNICIPAL or issuer_of(signer, chain) is None:
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("enrolment.not_of_centre", sender=signer.name))
    senders.require_in_force(workspace, transaction, signer, container.signed_at)
    if not invitation.certificate.is_valid_at(container.signed_at):
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("enrolment.not_of_centre", sender=signer.name))
    known = authorities.chain(records)
    if known and not authorities.follows(known, chain):
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("enrolment.other_authority", sender=signer.name))
    if not known and not senders.is_trusted(transaction, signer):
        senders.require_confirmed(signer, trust)


def _apply(workspace: Workspace, transaction: WriteTransaction, invitation: _Invitation) -> tuple[str, ...]:
    """Trust the authority, keep what came with the invitation; the notes."""
    records, package, signer = transaction.records, invitation.package, invitation.signer
    authorities.keep_chain(records, invitation.found.authority)
    senders.remember(workspace, transaction, signer)
    recipients.remember(transaction, signer.fingerprint, package.manifest.sender.recipient)
    came = pack_arrivals.take_pack(workspace, transaction, package)
    if workspace.is_waiting:
        issued = invitation.certificate
        records.set_meta("code", issued.code)
        records.set_meta("name", issued.name)
        records.set_meta("school", issued.school)
        records.set_meta(WAITING, "no")
        if came is not None and came.pack is not None:
            pack_shelf.put_in_force(records, came.pack, workspace.clock.now())
    notes = trust_lists.take_trust(workspace, transaction, package)
    if authorities.revoked(records, invitation.certificate) is not None:
        raise Refused(VerdictCode.SENDER_UNKNOWN, KnownError("enrolment.key_revoked"))
    settle_rights(transaction)
    return notes


def _adopt(workspace: Workspace, transaction: WriteTransaction, invitation: _Invitation) -> None:
    """Sign with the certificate that was issued; another key starts another replica, which names its parent."""
    issued, profile, store_id = invitation.certificate, workspace.profile, workspace.store_id
    identities.find(profile, store_id, issued)
    writer = workspace.writer
    if not is_of_key(writer.replica, issued):
        writer = Writer(new_replica(issued), issued.fingerprint[:32])
    record = ReplicaRecord(writer.replica, issued.role.value, issued.name, issued.fingerprint, True)
    transaction.records.put_replica(record)
    enrolment.drop_pending(transaction)
    chain = authorities.chain(transaction.records)
    start = next(place for place, one in enumerate(chain) if issued.is_issued_by(one))
    if writer is not workspace.writer:
        workspace.write_as(workspace.identity, writer)
        profile.replicas.put(store_id, ReplicaMemory(writer.replica), workspace.store.path)
    workspace.write_as(identities.use(profile, store_id, issued, chain[start:]), writer)
    revocation_effects.settle(workspace, transaction)


def _verdict(
    file: Path,
    container: VerifiedContainer,
    package: Package,
    words: KnownError,
    notes: tuple[str, ...] = (),
) -> Verdict:
    manifest = package.manifest
    return Verdict(
        file=clean_text(file.name),
        code=VerdictCode.ACCEPTED_WITH_REMARKS if notes else VerdictCode.ACCEPTED,
        message=explain(words),
        school=manifest.school,
        sender=container.signer.name,
        number=manifest.number,
        package=container.sha256,
        notes=notes,
        kind=manifest.kind,
    )
