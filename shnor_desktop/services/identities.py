"""The key and the certificate of this profile in a store: the certificate is read at start, the key only to sign.

In the folder of the keys lie `<store>.pem`, the first key; `<store>.<mark>.pem`, the keys that took over from it; and
`<store>.crt`, the certificate in use with the authorities above it, which holds no secret and may be written anew.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.certificates import Certificate, Subject
from shnor_desktop.exchange.key_guard import KeyPlace
from shnor_desktop.exchange.keys import Identity, Key, certificates_pem, parse_certificates
from shnor_desktop.storage.store import Store

if TYPE_CHECKING:
    from shnor_desktop.services.workspace import Profile

MARK = 16
_LONGEST = 64 * 1024


def begin_identity(store: Store, subject: Subject, profile: Profile, clock: Clock) -> Identity:
    """The identity of this profile in a store, with a key that is made silently the first time."""
    with store.reading() as reader:
        store_id = reader.records.meta("store_id")
    found = _in_use(profile, store_id)
    if found is not None:
        return found
    path = profile.key_file(store_id)
    if path.exists():
        identity = load(profile, path)
    else:
        identity = Identity.create(subject, clock.now())
        profile.guard.write(path, identity.pem())
    if not store.read_only:
        use(profile, store_id, identity.certificate, identity.chain)
    return identity


def use(profile: Profile, store_id: str, certificate: Certificate, chain: Sequence[Certificate]) -> Identity:
    """Let this certificate be the one in use from now on; its key lies in the profile already."""
    data = certificates_pem((certificate, *chain))
    with write_beside(public_file(profile, store_id), "keys", need=len(data)) as stream:
        stream.write(data)
    return Identity(_reader(profile, store_id, certificate), certificate, tuple(chain))


def add_key(profile: Profile, store_id: str, subject: Subject, clock: Clock) -> Identity:
    """A new key that will take over from the one in use, with a certificate that it signed itself."""
    identity = Identity.create(subject, clock.now())
    path = _marked_file(profile, store_id, identity.certificate)
    if path.exists():
        raise KnownError("keys.exists", file=path.name)
    profile.guard.write(path, identity.pem())
    return identity


def load(profile: Profile, path: Path) -> Identity:
    """Read a key of the profile; KnownError keys.missing, .unreadable, .damaged, .held_by_system."""
    return Identity.parse(profile.guard.read(path), path.name)


def find(profile: Profile, store_id: str, certificate: Certificate) -> Identity:
    """The identity of a certificate whose key lies in the profile; KnownError keys.missing."""
    identity = Identity(_reader(profile, store_id, certificate), certificate)
    if not _key_path(profile, store_id, certificate).exists():
        raise KnownError("keys.missing", file=str(_key_path(profile, store_id, certificate)))
    return identity


def place(profile: Profile, store_id: str, certificate: Certificate) -> KeyPlace:
    """What keeps the key of a certificate."""
    return profile.guard.place(_key_path(profile, store_id, certificate))


def public_file(profile: Profile, store_id: str) -> Path:
    """The certificate in use."""
    return profile.key_file(store_id).with_suffix(".crt")


def key_files(profile: Profile, store_id: str) -> list[Path]:
    """Every key of this profile in a store, and the certificate in use."""
    folder = profile.key_file(store_id).parent
    names = sorted(folder.glob(f"{store_id}*")) if folder.is_dir() else []
    return [path for path in names if path.suffix in (".pem", ".crt")]


def _in_use(profile: Profile, store_id: str) -> Identity | None:
    """What the public file names, if its key is there."""
    try:
        with public_file(profile, store_id).open("rb") as stream:
            certificates = parse_certificates(stream.read(_LONGEST))
    except (OSError, ValueError, KnownError):
        return None
    if not certificates or not _key_path(profile, store_id, certificates[0]).exists():
        return None
    return Identity(_reader(profile, store_id, certificates[0]), certificates[0], certificates[1:])


def _key_path(profile: Profile, store_id: str, certificate: Certificate) -> Path:
    marked = _marked_file(profile, store_id, certificate)
    return marked if marked.exists() else profile.key_file(store_id)


def _marked_file(profile: Profile, store_id: str, certificate: Certificate) -> Path:
    first = profile.key_file(store_id)
    return first.with_name(f"{store_id}.{certificate.key_mark[:MARK]}.pem")


def _reader(profile: Profile, store_id: str, certificate: Certificate) -> Callable[[], Key]:
    known: list[Key] = []

    def read() -> Key:
        if not known:
            path = _key_path(profile, store_id, certificate)
            found = load(profile, path)
            if found.certificate.point != certificate.point:
                raise KnownError("keys.damaged", file=str(path))
            known.append(found.key)
        return known[0]

    return read
