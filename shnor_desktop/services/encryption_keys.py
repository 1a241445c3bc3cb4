"""The decryption keys of this desk: made silently, the newest is told to others, old ones stay for what is on its way.

They lie with the other secrets of the profile under `<store>.age.<number>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from shnor_desktop.exchange.encryption import is_key, new_key, recipient_of
from shnor_desktop.exchange.key_store import KeyStore
from shnor_desktop.services.workspace import Profile, Workspace

_OF_ANY = re.compile(r"[0-9A-Za-z-]+\.age\.[1-9][0-9]{0,8}", re.ASCII)


def recipient(workspace: Workspace) -> str:
    """To what packages for this desk are encrypted, `age1…`; its key is made the first time. KnownError keys.*."""
    return recipient_of(own_key(workspace))


def own_key(workspace: Workspace) -> str:
    """The newest key; made the first time, and where what is there is damaged."""
    found = decryption_keys(workspace)
    return found[0] if found else _begin(workspace, max(_numbers(workspace), default=0) + 1)


def decryption_keys(workspace: Workspace) -> tuple[str, ...]:
    """Every key that this desk has had, newest first; () before the first one is needed. KnownError keys.unreadable.

    A damaged one is passed over: the others still open what was encrypted to them.
    """
    names = [f"{_prefix(workspace)}{number}" for number in sorted(_numbers(workspace), reverse=True)]
    return _sound(workspace.profile.secrets, names)


def rotate(workspace: Workspace) -> str:
    """A newer key from now on; its recipient. The old ones still open what was encrypted to them."""
    return recipient_of(_begin(workspace, max(_numbers(workspace), default=0) + 1))


def keys_of_profile(profile: Profile) -> tuple[str, ...]:
    """The decryption keys of every desk of this user, where it is not known yet whose file it is."""
    return _sound(profile.secrets, [name for name in profile.secrets.names() if _OF_ANY.fullmatch(name)])


def _sound(secrets: KeyStore, names: Iterable[str]) -> tuple[str, ...]:
    found = ((secrets.read(name) or b"").decode("ascii", "replace").strip() for name in names)
    return tuple(key for key in found if is_key(key))


def _begin(workspace: Workspace, number: int) -> str:
    key = new_key()
    workspace.profile.secrets.write(f"{_prefix(workspace)}{number}", f"{key}\n".encode("ascii"))
    return key


def _numbers(workspace: Workspace) -> list[int]:
    form = re.compile(re.escape(_prefix(workspace)) + r"([1-9][0-9]{0,8})", re.ASCII)
    return [int(found[1]) for name in workspace.profile.secrets.names() if (found := form.fullmatch(name))]


def _prefix(workspace: Workspace) -> str:
    return f"{workspace.store_id}.age."
