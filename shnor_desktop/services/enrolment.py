"""Enrolment of this computer: it asks the centre for a certificate, and takes the invitation that answers.

The invitation is believed because it answers this desk's own request, names this desk's own key, and was signed by a
centre that a person has confirmed by its digits, or by the authority that is trusted here already.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Head
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.enrolment import proof
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.package_json import EVERY_SCHOOL, REQUEST, Enrolment, Party
from shnor_desktop.exchange.trust import decode, encode
from shnor_desktop.services import authorities, encryption_keys, identities, recovery
from shnor_desktop.services.enrolment_packages import write_enrolment
from shnor_desktop.services.enrolment_requests import RequestReason
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.services.packages import Exported, seal
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.records import LocalRecords
from shnor_desktop.storage.store import WriteTransaction

ASKED, PENDING = "asked", "pending"
_NEW_KEY = (RequestReason.ROLLOVER, RequestReason.DIRECTOR)


class Asked(msgspec.Struct, frozen=True):
    """The request of this desk that waits for its invitation; `certificate` is DER in base64."""

    request: str
    reason: RequestReason
    person: str
    certificate: str
    made_at: str
    file: str = ""

    @property
    def key(self) -> Certificate:
        """The certificate that was sent."""
        return decode(self.certificate)

    @property
    def digits(self) -> str:
        """What to read out by phone, as digits."""
        return self.key.fingerprint_words

    @property
    def phrase(self) -> str:
        """What to read out by phone, as words."""
        return self.key.fingerprint_phrase


@dataclass(frozen=True, slots=True)
class Standing:
    """What the page of trust says of this desk."""

    digits: str
    phrase: str
    name: str
    is_enrolled: bool
    """Whether the authority of a centre vouches for this computer."""
    centre: str
    """The name of that authority."""
    until: str
    is_revoked: bool
    asked: Asked | None
    key_place: str
    """«file» or «system»: what keeps the keys."""


def standing(workspace: Workspace) -> Standing:
    """How this desk stands with its centre."""
    own = workspace.identity.certificate
    with workspace.reading() as reader:
        chain = authorities.chain(reader.records)
        is_revoked = authorities.revoked(reader.records, own) is not None
        asked = pending_of(reader.records)
        is_enrolled = authorities.is_issued(reader.records, own)
    return Standing(
        own.fingerprint_words,
        own.fingerprint_phrase,
        own.name,
        is_enrolled,
        chain[0].name if chain else "",
        own.not_after.date().isoformat(),
        is_revoked,
        asked,
        identities.place(workspace.profile, workspace.store_id, own).value,
    )


def pending(workspace: Workspace) -> Asked | None:
    """The request that waits for its invitation."""
    with workspace.reading() as reader:
        return pending_of(reader.records)


def pending_of(records: LocalRecords) -> Asked | None:
    """The same inside a transaction."""
    body = records.kept_one(ASKED, PENDING)
    return None if body is None else kept_value(body, Asked)


def request(
    workspace: Workspace, folder: Path, person: str, reason: RequestReason | str = RequestReason.NEW
) -> Exported:
    """Write the request file of this desk; an earlier one that waits is given up for it.

    KnownError enrolment.not_here (a centre, a colleague), .no_person, .nothing_to_replace, package.*.
    """
    why = RequestReason(reason)
    if workspace.kind is StoreKind.MUNICIPAL or workspace.grant is not None:
        raise KnownError("enrolment.not_here")
    if not person.strip():
        raise KnownError("enrolment.no_person")
    with workspace.reading() as reader:
        is_enrolled = authorities.is_issued(reader.records, workspace.identity.certificate)
    if why in _NEW_KEY and not is_enrolled:
        raise KnownError("enrolment.nothing_to_replace")
    own = workspace.identity
    asking = _new_key(workspace) if why in _NEW_KEY else own
    school = workspace.school if workspace.kind is StoreKind.SCHOOL and not workspace.is_waiting else EVERY_SCHOOL
    said = Enrolment(
        request=str(uuid.uuid4()),
        role=own.certificate.role.value,
        person=" ".join(person.split())[:200],
        certificate=encode(asking.certificate.der),
        recipient=encryption_keys.recipient(workspace),
        school=school,
        reason=why.value,
        replaces=own.certificate.fingerprint if asking is not own else "",
        proof=proof(own, asking.certificate) if asking is not own else "",
    )
    vector = _sealed(workspace, school)
    receiver = _centre(workspace)
    name = own.certificate.name
    made = write_enrolment(workspace, folder, REQUEST, said, receiver, school_name=name, vector=vector)
    asked = Asked(said.request, why, said.person, said.certificate, iso_utc(workspace.clock.now()), made.path.name)
    with workspace.writing() as transaction:
        transaction.records.keep(ASKED, PENDING, kept_json(asked))
    recovery.renew(workspace)
    return made


def withdraw(workspace: Workspace) -> None:
    """Give up the request that waits: an invitation that answers it is refused from now on."""
    with workspace.writing() as transaction:
        transaction.records.drop(ASKED, PENDING)


def drop_pending(transaction: WriteTransaction) -> None:
    """The request is answered."""
    transaction.records.drop(ASKED, PENDING)


def _new_key(workspace: Workspace) -> Identity:
    """The key that will take over; one that was made for an earlier request, which waits still, is used again."""
    waiting = pending(workspace)
    if waiting is not None and waiting.key.point != workspace.identity.certificate.point:
        found = identities.find(workspace.profile, workspace.store_id, waiting.key)
        return Identity(found.key, waiting.key)
    subject = replace(workspace.identity.certificate.subject, school="")  # only an authority says of which school
    return identities.add_key(workspace.profile, workspace.store_id, subject, workspace.clock)


def _sealed(workspace: Workspace, school: str) -> dict[str, Head]:
    """Up to where this desk has written, sealed by the key in use so far."""
    if school == EVERY_SCHOOL:
        return {}
    with workspace.writing() as transaction:
        head = seal(workspace, transaction, school, workspace.clock.now())
        vector = transaction.log.vector(school)
    if head is not None:
        workspace.remember_sealed(school, head)
    return vector


def _centre(workspace: Workspace) -> Party:
    """The centre that was met last, if any."""
    with workspace.reading() as reader:
        met = [one for one in reader.records.signers() if one.role == WriterRole.MUNICIPAL]
    newest = max(met, key=lambda one: one.trusted_at, default=None)
    if newest is None:
        return Party("", "муниципальный центр", WriterRole.MUNICIPAL, "")
    return Party(newest.code, newest.name, newest.role, newest.fingerprint)
