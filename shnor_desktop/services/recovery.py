"""The recovery sheet of a desk: with it, a copy of the store brings every key back on a new computer.

The secrets of this profile for the store are kept in the store a second time, encrypted to the sheet; so every backup
has them. The sheet itself is printed and never kept: a new one makes the old one useless for every later copy.
"""

from __future__ import annotations

import logging
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import msgspec

from shnor_desktop.domain.clock import Clock, iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.exchange.key_guard import KeyGuard
from shnor_desktop.exchange.recovery import Sheet, close_secrets, new_sheet, open_secrets, read_sheet
from shnor_desktop.exchange.trust import encode
from shnor_desktop.services import identities
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.services.workspace import Profile, Workspace
from shnor_desktop.storage.opening import open_store
from shnor_desktop.storage.store import WriteTransaction

_logger = logging.getLogger(__name__)
ESCROW, OF_STORE = "escrow", "sheet"
_KEYS, _SECRETS = "keys/", "secrets/"


class Escrow(msgspec.Struct, frozen=True):
    """What the store keeps: the public part of the sheet, when it was made, what it opens, and the age file.

    `digests` are the SHA-256 of the secrets by name: they tell whether a profile is the one that they are of.
    """

    recipient: str
    made_at: str
    digests: dict[str, str]
    body: str

    def is_of(self, digests: Mapping[str, str]) -> bool:
        """Whether a profile has every secret in it, so that nothing is lost when it is written anew."""
        keys = (name for name in self.digests if name.endswith(".pem"))
        return set(self.digests) <= set(digests) and all(digests[name] == self.digests[name] for name in keys)


@dataclass(frozen=True, slots=True)
class SheetState:
    """Whether there is a sheet, since when, and whether it brings back everything that this profile has."""

    exists: bool
    made_at: str = ""
    is_complete: bool = False


@dataclass(frozen=True, slots=True)
class Restored:
    """What a sheet brought back: the store, and the names of the secrets."""

    store_id: str
    names: tuple[str, ...]


def state(workspace: Workspace) -> SheetState:
    """What is to be said of the sheet of this desk."""
    with workspace.reading() as reader:
        found = _read(reader.records.kept_one(ESCROW, OF_STORE))
    if found is None:
        return SheetState(False)
    return SheetState(True, found.made_at, found.digests == _digests(_secrets(workspace.profile, workspace.store_id)))


def recipient(workspace: Workspace) -> str:
    """The public part of the sheet of this desk, empty where there is none."""
    with workspace.reading() as reader:
        found = _read(reader.records.kept_one(ESCROW, OF_STORE))
    return found.recipient if found is not None else ""


def begin_sheet(workspace: Workspace, sheet: Sheet | None = None) -> Sheet:
    """A new sheet, or the one that was just printed; an older one opens no later copy. Only the caller has the secret.

    What an older sheet opens that this profile lacks, the keys of a computer that is no more, stays for that sheet.
    """
    sheet = sheet or new_sheet()
    made_at = iso_utc(workspace.clock.now())
    secrets = _secrets(workspace.profile, workspace.store_id)
    with workspace.writing() as transaction:
        body = transaction.records.kept_one(ESCROW, OF_STORE)
        before = _read(body)
        if body is not None and before is not None and not before.is_of(_digests(secrets)):
            transaction.records.keep(ESCROW, before.recipient, body)
        _keep(transaction, secrets, sheet.recipient, made_at)
    return sheet


def renew(workspace: Workspace) -> bool:
    """Let the sheet open the keys that were added since; False where there is no sheet or nothing to do.

    A profile that lacks what the sheet opens, on a new computer, leaves it as it is. KnownError keys.* and what the
    disk says.
    """
    if workspace.store.read_only:
        return False
    with workspace.reading() as reader:
        found = _read(reader.records.kept_one(ESCROW, OF_STORE))
    if found is None:
        return False
    secrets = _secrets(workspace.profile, workspace.store_id)
    digests = _digests(secrets)
    if found.digests == digests or not found.is_of(digests):
        return False
    with workspace.writing() as transaction:
        _keep(transaction, secrets, found.recipient, found.made_at)
    return True


def renew_quietly(workspace: Workspace) -> None:
    """The same at a start, where a key was added: a look into two folders; what goes wrong is told later."""
    try:
        with workspace.reading() as reader:
            found = _read(reader.records.kept_one(ESCROW, OF_STORE))
        if found is not None and set(found.digests) != set(_names(workspace.profile, workspace.store_id)):
            renew(workspace)
    except KnownError as error:
        _logger.warning("the recovery sheet was not renewed: %s", error.code)


def restore(path: Path, typed: str, profile: Profile, clock: Clock, *, key: StoreKey | None = None) -> Restored:
    """Bring the secrets of a store, or of a backup of it, into a profile.

    A key that the profile has already stays. KnownError recovery.no_sheet, .other_sheet, .damaged, .sheet_*, store.*.
    """
    sheet = read_sheet(typed)
    store = open_store(path, clock=clock, read_only=True, key=key)
    try:
        with store.reading() as reader:
            store_id = reader.records.meta("store_id")
            kept = [_read(body) for body in reader.records.kept(ESCROW).values()]
    finally:
        store.close()
    found = [one for one in kept if one is not None]
    if not found:
        raise KnownError("recovery.no_sheet")
    secrets = _opened(next((one for one in found if one.recipient == sheet.recipient), found[0]), sheet)
    _require_of_store(store_id, secrets)
    for name, secret in sorted(secrets.items()):
        _bring(profile, store_id, name, secret)
    return Restored(store_id, tuple(sorted(secrets)))


def _opened(escrow: Escrow, sheet: Sheet) -> dict[str, bytes]:
    try:
        body = b64decode(escrow.body, validate=True)
    except ValueError as error:
        raise KnownError("recovery.damaged") from error
    return open_secrets(body, sheet)


def _keep(transaction: WriteTransaction, secrets: Mapping[str, bytes], recipient: str, made_at: str) -> None:
    escrow = Escrow(recipient, made_at, _digests(secrets), encode(close_secrets(secrets, recipient)))
    transaction.records.keep(ESCROW, OF_STORE, kept_json(escrow))


def _digests(secrets: Mapping[str, bytes]) -> dict[str, str]:
    return {name: sha256(secret).hexdigest() for name, secret in sorted(secrets.items())}


def _read(body: str | None) -> Escrow | None:
    return None if body is None else kept_value(body, Escrow)


def _names(profile: Profile, store_id: str) -> list[str]:
    keys = [f"{_KEYS}{path.name}" for path in identities.key_files(profile, store_id)]
    return keys + [f"{_SECRETS}{name}" for name in profile.secrets.names() if _is_of(name, store_id)]


def _secrets(profile: Profile, store_id: str) -> dict[str, bytes]:
    found = {f"{_KEYS}{path.name}": profile.guard.read(path) for path in identities.key_files(profile, store_id)}
    for name in profile.secrets.names():
        secret = profile.secrets.read(name) if _is_of(name, store_id) else None
        if secret is not None:
            found[f"{_SECRETS}{name}"] = secret
    return found


def _is_of(name: str, store_id: str) -> bool:
    """Passwords of channels are typed anew: they may be of the computer that was lost."""
    return name.startswith(f"{store_id}.") and ".channel." not in name


def _require_of_store(store_id: str, names: Sequence[str] | dict[str, bytes]) -> None:
    for name in names:
        bare = name.removeprefix(_KEYS).removeprefix(_SECRETS)
        if bare == name or "/" in bare or "\\" in bare or not bare.startswith(store_id):
            raise KnownError("recovery.damaged")


def _bring(profile: Profile, store_id: str, name: str, secret: bytes) -> None:
    if name.startswith(_SECRETS):
        bare = name.removeprefix(_SECRETS)
        if profile.secrets.read(bare) is None:
            profile.secrets.write(bare, secret)
        return
    path = profile.key_file(store_id).with_name(name.removeprefix(_KEYS))
    if path.exists() and _is_same(profile, path, secret):
        return
    if path.exists() and path.suffix == ".pem":
        _step_aside(profile, path, store_id)
    guard = profile.guard if path.suffix == ".pem" else KeyGuard()  # a certificate is no secret
    guard.write(path, secret)


def _is_same(profile: Profile, path: Path, secret: bytes) -> bool:
    """Whether the file holds this secret already; one that the system does not give out any more does not."""
    try:
        return profile.guard.read(path) == secret
    except KnownError:
        return False


def _step_aside(profile: Profile, path: Path, store_id: str) -> None:
    """A key that was made before the sheet was typed stays beside, under its own mark."""
    try:
        mark = identities.load(profile, path).certificate.key_mark[: identities.MARK]
    except KnownError:
        mark = "unreadable"
    path.replace(path.with_name(f"{store_id}.{mark}.pem"))
