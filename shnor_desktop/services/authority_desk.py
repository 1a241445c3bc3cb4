"""The desk of the authority in a centre: it is created, judges requests, invites, revokes, hands over to a successor.

Its key lies in the secrets of the profile under a passphrase and is opened for one deed at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.authority import Authority, require_passphrase
from shnor_desktop.exchange.certificates import Certificate, Subject, subject_of
from shnor_desktop.exchange.package_json import EVERY_SCHOOL, INVITATION, Enrolment, Party
from shnor_desktop.exchange.revocations import Entry, Reason, entry, sign_list
from shnor_desktop.exchange.trust import decode, encode
from shnor_desktop.models.school import School
from shnor_desktop.services import (
    authorities,
    authority_recovery,
    encryption_keys,
    enrolled_people,
    enrolment_requests,
    identities,
    recipients,
    recovery,
    senders,
    trust_lists,
)
from shnor_desktop.services.enrolled_people import Enrolled, EnrolledState, enrolled_as
from shnor_desktop.services.enrolment_packages import write_enrolment
from shnor_desktop.services.enrolment_requests import Request, RequestReason, RequestState
from shnor_desktop.services.packages import Exported
from shnor_desktop.services.seals import settle_rights
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.storage.store import WriteTransaction

RENEWED = "renewed"
"""The certificate gave way to a newer one of the same key."""
_REASONS = {
    RequestReason.LOST: Reason.LOST,
    RequestReason.ROLLOVER: Reason.REPLACED,
    RequestReason.DIRECTOR: Reason.DIRECTOR,
}


@dataclass(frozen=True, slots=True)
class AuthorityState:
    """What the page of the authority shows; digits and words are those of the centre's working key."""

    exists: bool
    has_key: bool
    """Whether its key lies on this computer."""
    name: str = ""
    since: str = ""
    until: str = ""
    predecessors: int = 0
    digits: str = ""
    phrase: str = ""
    revoked: int = 0
    list_number: int = 0
    is_on_sheet: bool = False
    """Whether the recovery sheet brings the key back even without its phrase."""


def state(workspace: Workspace) -> AuthorityState:
    """Whether this centre has an authority, and since when."""
    with workspace.reading() as reader:
        chain, known = authorities.chain(reader.records), authorities.revocations(reader.records)
    working = workspace.identity.certificate
    if not chain:
        return AuthorityState(False, False, digits=working.fingerprint_words, phrase=working.fingerprint_phrase)
    has_key = authorities.secret_name(workspace.store_id, len(chain)) in workspace.profile.secrets.names()
    return AuthorityState(
        True,
        has_key,
        chain[0].name,
        chain[0].not_before.date().isoformat(),
        chain[0].not_after.date().isoformat(),
        len(chain) - 1,
        working.fingerprint_words,
        working.fingerprint_phrase,
        len(known.contents.entries) if known else 0,
        known.contents.number if known else 0,
        authority_recovery.is_laid(workspace),
    )


def create(workspace: Workspace, passphrase: str) -> AuthorityState:
    """Begin the authority of this centre and let it issue the centre's own working certificate.

    KnownError authority.exists, authority.passphrase_weak, store.other_desk.
    """
    require_kind(workspace, StoreKind.MUNICIPAL)
    require_passphrase(passphrase)
    with workspace.reading() as reader:
        if authorities.chain(reader.records):
            raise KnownError("authority.exists")
    own = workspace.identity.certificate.subject
    authority = Authority.create(own.code, own.name, workspace.clock.now(), is_demo=workspace.is_demo)
    return _begin(workspace, authority, passphrase)


def succeed(workspace: Workspace, passphrase: str, new_passphrase: str) -> AuthorityState:
    """Let a new key of the authority take over; the old one vouches for it, so nobody has to be confirmed anew."""
    authority = open_authority(workspace, passphrase)
    require_passphrase(new_passphrase)
    own = workspace.identity.certificate.subject
    now, is_demo = workspace.clock.now(), workspace.is_demo
    return _begin(
        workspace, Authority.create(own.code, own.name, now, is_demo=is_demo, before=authority), new_passphrase
    )


def change_passphrase(workspace: Workspace, passphrase: str, new_passphrase: str) -> None:
    """Close the key of the authority under another passphrase."""
    closed = open_authority(workspace, passphrase).close(new_passphrase)
    with workspace.reading() as reader:
        name = authorities.secret_name(workspace.store_id, len(authorities.chain(reader.records)))
    workspace.profile.secrets.remove(name)
    workspace.profile.secrets.write(name, closed)
    recovery.renew(workspace)


def requests(workspace: Workspace) -> list[Request]:
    """What asks to be let in, those that wait first."""
    with workspace.reading() as reader:
        return enrolment_requests.requests(reader.records)


def people(workspace: Workspace) -> list[Enrolled]:
    """Every computer that was ever let in."""
    with workspace.reading() as reader:
        return enrolled_people.enrolled(reader.records)


def decline(workspace: Workspace, request_id: str) -> None:
    """Put a request aside; it may be taken up again by an invitation."""
    with workspace.writing() as transaction:
        found = _request(transaction, request_id)
        if found.state is RequestState.NEW:
            enrolment_requests.keep(transaction.records, msgspec.structs.replace(found, state=RequestState.DECLINED))


def old_computers(workspace: Workspace, request_id: str) -> list[Enrolled]:
    """Computers of the same school that a request «взамен утраченного» may mean."""
    with workspace.reading() as reader:
        found = enrolment_requests.of(reader.records, request_id)
        known = enrolled_people.active(reader.records)
    if found is None or not found.names_school:
        return []
    return [one for one in known if one.role == WriterRole.SCHOOL and one.school == found.school]


def invite(
    workspace: Workspace,
    request_id: str,
    passphrase: str,
    folder: Path,
    *,
    school: str | None = None,
    lost: Sequence[str] = (),
) -> Exported:
    """Issue the certificate, revoke what it replaces, and write the invitation.

    `school` is for a request that names none; `lost` are fingerprints of computers that are no more. KnownError
    enrolment.no_request, .already_invited, .needs_school, .key_revoked, authority.*, package.*.
    """
    authority = open_authority(workspace, passphrase)
    now = workspace.clock.now()
    with workspace.writing() as transaction:
        found = _request(transaction, request_id)
        if found.state is RequestState.INVITED:
            raise KnownError("enrolment.already_invited")
        subject = _subject(workspace, transaction, found, school)
        if authorities.revoked(transaction.records, found.key) is not None:
            raise KnownError("enrolment.key_revoked")
        issued = authority.issue(found.key.point, subject, now)
        named = enrolled_as(issued, found.person, found.recipient, iso_utc(now))
        _keep_enrolled(transaction, named)
        senders.remember(workspace, transaction, issued)
        invited = msgspec.structs.replace(found, state=RequestState.INVITED, issued=issued.fingerprint)
        enrolment_requests.keep(transaction.records, invited)
        gone = [_entry_of_request(workspace, transaction, found)] if found.is_proven else []
        gone += [_entry(workspace, transaction, one, Reason.LOST) for one in lost]
        if gone:
            _revoke(workspace, transaction, authority, gone)
    return write_invitation(workspace, request_id, folder)


def write_invitation(workspace: Workspace, request_id: str, folder: Path) -> Exported:
    """Write an invitation that was made before once more, without the key of the authority."""
    with workspace.reading() as reader:
        found = enrolment_requests.of(reader.records, request_id)
        named = enrolled_people.of(reader.records, found.issued) if found else None
        chain = authorities.chain(reader.records)
    if found is None or named is None:
        raise KnownError("enrolment.no_request")
    if named.state is not EnrolledState.ACTIVE:
        raise KnownError("enrolment.key_revoked")
    encryption_keys.recipient(workspace)
    said = Enrolment(
        request=found.id,
        role=named.role,
        person=found.person,
        certificate=named.certificate,
        recipient=found.recipient,
        school=named.school or EVERY_SCHOOL,
        reason=found.reason.value,
        authority=tuple(encode(one.der) for one in chain),
    )
    receiver = Party(named.code, named.name, named.role, named.fingerprint, found.recipient)
    is_school = named.role == WriterRole.SCHOOL
    return write_enrolment(
        workspace,
        folder,
        INVITATION,
        said,
        receiver,
        school_code=named.code if is_school else "",
        school_name=named.name if is_school else "",
        with_pack=True,
    )


def revoke(workspace: Workspace, fingerprint: str, reason: Reason | str, passphrase: str) -> int:
    """Let a computer write no more; what the centre has of it so far stays. The number of the new list.

    KnownError enrolment.no_such_computer, .already_revoked, .own_key, authority.*.
    """
    authority = open_authority(workspace, passphrase)
    with workspace.writing() as transaction:
        gone = _entry(workspace, transaction, fingerprint, Reason(reason))
        return _revoke(workspace, transaction, authority, [gone])


def _begin(workspace: Workspace, authority: Authority, passphrase: str) -> AuthorityState:
    """Keep the key, issue the working certificate anew and trust the authority here."""
    own, now = workspace.identity.certificate, workspace.clock.now()
    subject = subject_of(own.code, own.role, own.name, own.subject.organisation, is_demo=own.is_demo)
    working = authority.issue(own.point, subject, now)
    name = authorities.secret_name(workspace.store_id, len(authority.chain))
    workspace.profile.secrets.remove(name)  # of an attempt that was broken off: no store trusts it
    workspace.profile.secrets.write(name, authority.close(passphrase))
    with workspace.writing() as transaction:
        records = transaction.records
        authorities.keep_chain(records, authority.chain)
        senders.remember(workspace, transaction, working)
        named = enrolled_as(working, "", encryption_keys.recipient(workspace), iso_utc(now))
        _keep_enrolled(transaction, named)
        known = authorities.revocations(records)
        if known is not None:  # the successor says it in its own name
            _revoke(workspace, transaction, authority, [])
        settle_rights(transaction)
        adopted = identities.use(workspace.profile, workspace.store_id, working, authority.chain)
    workspace.write_as(adopted, workspace.writer)
    recovery.renew(workspace)
    authority_recovery.lay_for_known_sheet(workspace, authority)
    return state(workspace)


def open_authority(workspace: Workspace, passphrase: str) -> Authority:
    """The authority of this centre for one deed; KnownError authority.none, .key_elsewhere, .passphrase_wrong."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    with workspace.reading() as reader:
        chain = authorities.chain(reader.records)
    if not chain:
        raise KnownError("authority.none")
    closed = workspace.profile.secrets.read(authorities.secret_name(workspace.store_id, len(chain)))
    if closed is None:
        raise KnownError("authority.key_elsewhere")
    found = Authority.open(closed, passphrase)
    if found.chain != chain:
        raise KnownError("authority.key_damaged")
    return found


def _request(transaction: WriteTransaction, identifier: str) -> Request:
    found = enrolment_requests.of(transaction.records, identifier)
    if found is None:
        raise KnownError("enrolment.no_request")
    return found


def _subject(workspace: Workspace, transaction: WriteTransaction, found: Request, school: str | None) -> Subject:
    role = WriterRole(found.role)
    if role is not WriterRole.SCHOOL:
        return subject_of(found.code, role, found.name, found.name, is_demo=workspace.is_demo)
    owner = found.school if found.names_school else school or ""
    card = transaction.reader.row(School, owner, owner) if owner and not found.names_school else None
    same = [one for one in enrolled_people.active(transaction.records) if one.school == owner]
    if not owner or owner == workspace.centre or not (card or same or found.names_school):
        raise KnownError("enrolment.needs_school")
    named = (found.school_name, found.code) if found.names_school or not same else (same[0].name, same[0].code)
    name = (card.short_name if card else named[0]) or found.name
    code = (card.code if card else named[1]) or found.code
    return subject_of(code, role, name, name, is_demo=workspace.is_demo, school=owner)


def _certificate(transaction: WriteTransaction, fingerprint: str) -> Certificate:
    """A certificate that is known here, enrolled or confirmed by a person."""
    named = enrolled_people.of(transaction.records, fingerprint)
    if named is not None:
        return decode(named.certificate)
    for signer in transaction.records.signers():
        if signer.fingerprint == fingerprint:
            return decode(encode(signer.certificate))
    raise KnownError("enrolment.no_such_computer")


def _entry(workspace: Workspace, transaction: WriteTransaction, fingerprint: str, reason: Reason) -> Entry:
    """A line of the list that lets stand what is here."""
    certificate = _certificate(transaction, fingerprint)
    if certificate.point == workspace.identity.certificate.point:
        raise KnownError("enrolment.own_key")
    if authorities.revoked(transaction.records, certificate) is not None:
        raise KnownError("enrolment.already_revoked")
    last = {
        (replica, school): head.sequence
        for school in transaction.reader.schools()
        for replica, head in transaction.log.vector(school).items()
        if replica.endswith(f".{certificate.key_mark}")
    }
    return entry(certificate, reason, iso_utc(workspace.clock.now()), last)


def _entry_of_request(workspace: Workspace, transaction: WriteTransaction, found: Request) -> Entry:
    """The older key vouched for the newer one, and said up to where it had written."""
    certificate = _certificate(transaction, found.replaces)
    mark = f".{certificate.key_mark}"
    last = {(replica, found.school): number for replica, number, _ in found.vector if replica.endswith(mark)}
    reason = _REASONS.get(found.reason, Reason.REPLACED)
    return entry(certificate, reason, iso_utc(workspace.clock.now()), last)


def _revoke(workspace: Workspace, transaction: WriteTransaction, authority: Authority, gone: Sequence[Entry]) -> int:
    """Sign the next list and let it take effect here; it goes out with every package from now on."""
    records = transaction.records
    known = authorities.revocations(records)
    number = known.contents.number + 1 if known else 1
    entries = (*(known.contents.entries if known else ()), *gone)
    signed = sign_list(authority, number, iso_utc(workspace.clock.now()), entries)
    ended = {one.key: one for one in gone}
    for person in enrolled_people.active(records):
        why = ended.get(decode(person.certificate).key_mark)
        if why is not None:
            _end(transaction, person, why.reason.value, why.at)
    trust_lists.take_list(workspace, transaction, signed)
    return number


def _end(transaction: WriteTransaction, person: Enrolled, reason: str, at: str) -> None:
    ended = msgspec.structs.replace(person, state=EnrolledState.REVOKED, reason=reason, ended_at=at)
    enrolled_people.keep(transaction.records, ended)


def _keep_enrolled(transaction: WriteTransaction, named: Enrolled) -> None:
    """A newer certificate of the same key stands for the older one."""
    point = decode(named.certificate).point
    for before in enrolled_people.active(transaction.records):
        if decode(before.certificate).point == point:
            _end(transaction, before, RENEWED, named.at)
    enrolled_people.keep(transaction.records, named)
    recipients.remember(transaction, named.fingerprint, named.recipient)
