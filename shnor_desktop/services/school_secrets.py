"""What the computers of one school share with nobody else: the secret by which both name new people alike.

It travels in `trust.json` of a package of the school, encrypted to each of its other computers. A computer that joined
takes it once; the first computer of a school keeps its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import parse_certificate
from shnor_desktop.exchange.recovery import close_secrets, open_closed
from shnor_desktop.exchange.trust import Person, encode
from shnor_desktop.services import companions, encryption_keys, recipients
from shnor_desktop.services.workspace import WAITING, StoreKind, Workspace
from shnor_desktop.storage.records import LocalRecords

_NAME, _TAKEN = "row_secret", "row_secret_shared"


def shared(workspace: Workspace, records: LocalRecords) -> list[Person]:
    """The other computers of this school, each with the secret for it alone."""
    own, secret = workspace.identity.certificate.point, bytes.fromhex(records.meta(_NAME))
    people = []
    for one in companions.computers(records, workspace.school):
        certificate, recipient = parse_certificate(one.certificate), recipients.of(records, one.fingerprint)
        if certificate.point != own and recipient:
            closed = encode(close_secrets({_NAME: secret}, recipient))
            people.append(Person(certificate, recipient, closed))
    return people


def take(workspace: Workspace, records: LocalRecords, people: Sequence[Person]) -> None:
    """Take the secret of the school that this computer joined; nothing happens where there is none for it."""
    is_joined = workspace.kind is StoreKind.SCHOOL and records.meta(WAITING) == "no"
    if not is_joined or records.meta(_TAKEN) == "yes" or workspace.role is not WriterRole.SCHOOL:
        return
    own = workspace.identity.certificate.point
    for person in people:
        if person.certificate.point == own and person.secret:
            secret = _opened(workspace, person.secret)
            if secret:
                records.set_meta(_NAME, secret.hex())
                records.set_meta(_TAKEN, "yes")


def _opened(workspace: Workspace, closed: str) -> bytes | None:
    for key in encryption_keys.decryption_keys(workspace):
        try:
            return open_closed(closed, key).get(_NAME)
        except KnownError:
            continue
    return None
