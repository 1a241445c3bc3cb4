"""A package file as it lies there, encrypted or plain, to a container of which every byte was verified."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.container import VerifiedContainer, read_container
from shnor_desktop.exchange.encrypted_container import read_encrypted
from shnor_desktop.exchange.encryption import is_age
from shnor_desktop.services.encryption_keys import decryption_keys, keys_of_profile
from shnor_desktop.services.workspace import Profile, Workspace


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A verified container, and whether it came encrypted."""

    container: VerifiedContainer
    is_encrypted: bool


def open_file(path: Path, opener: Workspace | Profile | None = None) -> OpenedFile:
    """Decrypt with the keys of a desk, or of every desk of a user, and verify; KnownError package.*.

    Without a desk an encrypted file is not opened (package.encrypted); at a desk that it is not for neither
    (package.encrypted_for_others).
    """
    if not is_age(path):
        return OpenedFile(read_container(path), is_encrypted=False)
    if opener is None:
        raise KnownError("package.encrypted", file=path.name)
    if isinstance(opener, Workspace):
        keys, folder = decryption_keys(opener), opener.profile.folder
    else:
        keys, folder = keys_of_profile(opener), opener.folder
    container = read_encrypted(path, keys, folder)
    return OpenedFile(container, is_encrypted=True)
