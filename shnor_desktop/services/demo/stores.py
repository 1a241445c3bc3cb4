"""What every demo store needs: its seeded key in the profile, certificates known in advance, a clean way out."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from shnor_desktop.domain.clock import Clock, iso_utc
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.services.demo.library import SchoolProfile, words
from shnor_desktop.services.demo.seeding import KEYS_MADE, Seeded
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.records import TrustedSigner

_BESIDE = ("", "-wal", "-shm", "-journal", ".lock")


def centre_identity(seed: int) -> Identity:
    """The key of the demo centre of a seed."""
    found = words("schools")
    return Seeded(seed, str(found["centre_code"])).identity(WriterRole.MUNICIPAL, str(found["centre_name"]))


def methodist_identity(seed: int) -> Identity:
    """The key of the demo methodist of a seed."""
    found = words("schools")
    return Seeded(seed, str(found["methodist_code"])).identity(WriterRole.METHODIST, str(found["methodist_name"]))


def school_identity(seed: int, school: SchoolProfile) -> Identity:
    """The key of a demo school of a seed."""
    return Seeded(seed, school.code).identity(WriterRole.SCHOOL, school.short_name)


def trusted(identity: Identity) -> TrustedSigner:
    """A demo certificate as one that a person has confirmed."""
    found = identity.certificate
    moment = iso_utc(KEYS_MADE)
    return TrustedSigner(found.fingerprint, found.code, found.role.value, found.name, found.der, moment)


def save_key(identity: Identity, path: Path) -> None:
    """Put the key where the desk will look for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.with_suffix(".crt").unlink(missing_ok=True)  # of a demo that was before this one
    identity.save(path)


def hand_over(workspace: Workspace, clock: Clock) -> None:
    """From here on the desk belongs to a person: their clock, and nothing of the making to undo."""
    workspace.clock = clock
    workspace.undo_stack.done.clear()
    workspace.undo_stack.undone.clear()


def remove_store(path: Path, workspace: Workspace | None, key_file: Path) -> None:
    """Leave nothing half-made behind."""
    if workspace is not None:
        workspace.close()
    for end in _BESIDE:
        with suppress(OSError):
            path.with_name(path.name + end).unlink(missing_ok=True)
    with suppress(OSError):
        key_file.unlink(missing_ok=True)
        key_file.with_suffix(".crt").unlink(missing_ok=True)
