"""`trust.json` in every package: the authority, its list of the revoked, and who else may write for this receiver.

The chain and the list are believed by their own signatures, whoever carries them; the newest number wins. Who else may
write is believed from a centre, and each of those certificates only as far as the authority issued it.
"""

from __future__ import annotations

from functools import lru_cache

from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.authority import issuer_of
from shnor_desktop.exchange.package import Package
from shnor_desktop.exchange.revocations import SignedList
from shnor_desktop.exchange.trust import Person, Trust, decode, read_trust, write_trust
from shnor_desktop.services import authorities, enrolled_people, recipients, revocation_effects, school_secrets, senders
from shnor_desktop.services.revocation_effects import Revoked
from shnor_desktop.services.seals import settle_rights
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.store import WriteTransaction


def trust_member(workspace: Workspace, transaction: WriteTransaction, school: str) -> bytes | None:
    """What a package about this school tells of the authority; None where there is none."""
    records = transaction.records
    chain = authorities.chain(records)
    if not chain:
        return None
    people: list[Person] = []
    if workspace.kind is StoreKind.MUNICIPAL:
        people = [
            Person(decode(one.certificate), one.recipient)
            for one in enrolled_people.active(records)
            if one.role != WriterRole.SCHOOL or one.school == school
        ]
    if workspace.kind is StoreKind.SCHOOL and not workspace.is_waiting:
        people = school_secrets.shared(workspace, records)
    return write_trust(Trust(chain, authorities.revocations(records), tuple(people)))


def take_trust(workspace: Workspace, transaction: WriteTransaction, package: Package) -> tuple[str, ...]:
    """Take over what a package tells; codes of phrases about what was not believed.

    Nothing is taken where no authority is trusted yet: that is for an invitation. KnownError
    package.contents_malformed.
    """
    records = transaction.records
    known = authorities.chain(records)
    if package.trust is None or not known:
        return ()
    said = _read(package.trust, package.manifest.is_newer)
    if authorities.follows(known, said.authority):
        if said.authority != known:
            authorities.keep_chain(records, said.authority)
            settle_rights(transaction)
    elif not authorities.follows(said.authority, known):
        return ("package.note_other_authority",)
    notes = _take_list(workspace, transaction, said.revoked)
    if package.manifest.sender.role == WriterRole.MUNICIPAL:
        _take_people(workspace, transaction, said)
    else:
        school_secrets.take(workspace, records, said.directory)
    return notes


def take_list(workspace: Workspace, transaction: WriteTransaction, came: SignedList) -> None:
    """Keep a list of the authority that is trusted here, and let it take effect."""
    authorities.keep_revocations(transaction.records, came)
    effects = [Revoked(one.key, one.heads()) for one in came.contents.entries]
    revocation_effects.apply(workspace, transaction, effects)


@lru_cache(maxsize=32)
def _read(data: bytes, newer: bool) -> Trust:
    """The packages of one day carry the same."""
    return read_trust(data, newer=newer)


def _take_list(workspace: Workspace, transaction: WriteTransaction, came: SignedList | None) -> tuple[str, ...]:
    if came is None:
        return ()
    records = transaction.records
    chain, known = authorities.chain(records), authorities.revocations(records)
    if known is not None and came == known:
        return ()
    if not any(came.is_signed_by(authority) for authority in chain):
        return ("package.note_list_forged",)
    if known is not None and came.contents.number <= known.contents.number:
        is_same = came.contents == known.contents or came.contents.number < known.contents.number
        return () if is_same else ("package.note_list_forged",)
    if known is not None and _rank(chain, came) > _rank(chain, known):
        return ("package.note_list_forged",)  # an authority that was succeeded says nothing new
    take_list(workspace, transaction, came)
    return ()


def _rank(chain: tuple[object, ...], found: SignedList) -> int:
    issuers = [getattr(one, "key_id", "") for one in chain]
    return issuers.index(found.contents.issuer)


def _take_people(workspace: Workspace, transaction: WriteTransaction, said: Trust) -> None:
    chain = authorities.chain(transaction.records)
    for person in said.directory:
        if issuer_of(person.certificate, chain) is not None:
            senders.remember(workspace, transaction, person.certificate)
            recipients.remember(transaction, person.certificate.fingerprint, person.recipient)
