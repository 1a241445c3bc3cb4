"""Who can read a package on its way: its receiver, whoever shares the school's data with it, and its sender."""

from __future__ import annotations

from collections.abc import Sequence

from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.package_json import RECEIPT, SCHOOL_PACKAGE, VISIT, Manifest, Party
from shnor_desktop.services import companions, encryption_keys, recipients
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.records import LocalRecords

_SHARED = (SCHOOL_PACKAGE, RECEIPT, VISIT)
"""The kinds that the other computers of the school and its methodists read too."""


def readers_of(workspace: Workspace, manifest: Manifest, also: Sequence[Party] = ()) -> tuple[str, ...]:
    """The age keys that a package is encrypted to, this desk's among them.

    () while the key of its receiver, or of one of those whom it is for `also`, is not known: then it goes plain.
    """
    with workspace.reading() as reader:
        wanted = [one.recipient or recipients.of(reader.records, one.fingerprint) for one in (manifest.receiver, *also)]
        if not all(wanted):
            return ()
        shared = _companions(reader.records, manifest.kind, manifest.school)
    return (*dict.fromkeys((*wanted, *shared, encryption_keys.recipient(workspace))),)


def reader_names(records: LocalRecords, kind: str, school: str, receiver: Party) -> tuple[str, ...]:
    """Whom a package will be encrypted to besides this desk, by name; () where it goes plain."""
    first = recipients.of(records, receiver.fingerprint)
    if not first:
        return ()
    shared = {key for key in _companions(records, kind, school) if key != first}
    signers = [one for one in records.signers() if recipients.of(records, one.fingerprint) in shared]
    return (*dict.fromkeys((receiver.name, *(one.name for one in signers))),)


def _companions(records: LocalRecords, kind: str, school: str) -> list[str]:
    if kind not in _SHARED:
        return []
    found = companions.reading_keys(records, school)
    if kind == SCHOOL_PACKAGE:
        methodists = [one for one in records.signers() if one.role == WriterRole.METHODIST]
        confirmed = [one for one in methodists if not companions.is_revoked(records, one)]
        found += [key for one in confirmed if (key := recipients.of(records, one.fingerprint))]
    return found
