"""The passphrase of a store: closing it, opening it, another passphrase, the recovery code.

Nothing is kept of a passphrase but the key in the memory of this process. A passphrase and a recovery code that are
both lost mean lost data: whoever calls `protect` has said so before, and the answer holds the code to be printed.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.exchange.store_key import StoreSecret, new_secret, secret_of_code, unwrap, wrap
from shnor_desktop.storage.backup import restore_backup
from shnor_desktop.storage.closed import fits, is_closed, key_file, key_files, write_key_file
from shnor_desktop.storage.conversion import Conversion, convert_backup, convert_store
from shnor_desktop.storage.failures import explained_files
from shnor_desktop.storage.form import is_plain_store
from shnor_desktop.storage.opening import open_store
from shnor_desktop.storage.upgrade import backup_folder

SHORTEST = 10
_MOST_FOREIGN = 3
"""Key files of other copies that are tried: each costs the better part of a second."""


@dataclass(frozen=True, slots=True)
class Protected:
    """What closing a store, or giving it another key, came to."""

    recovery_code: str = field(repr=False)
    is_overwritten: bool
    """The old file was written over, as far as the disk does what it is told."""
    backups: int
    """Copies that were made anew in the same way."""
    left: tuple[str, ...]
    """Names of copies that could not be: they stay as they were."""


def unlock(path: Path, passphrase: str) -> StoreKey:
    """The key of a closed store; it takes about a second and is no work for the thread of the window.

    KnownError store.wrong_passphrase, .key_file_missing, .key_file_damaged, .key_file_newer, .key_not_of_store.
    """
    return _secret_by_passphrase(path, passphrase).key


def key_of_copies(path: Path, passphrase: str) -> StoreKey | None:
    """The key that opens a copy of a store by its passphrase, where the store itself is hurt."""
    copies = [copy for copy in _copies(path) if not _is_plain(copy)]
    for content in islice(key_files(path), _MOST_FOREIGN + 1):
        with suppress(KnownError):
            for secret in unwrap(content, passphrase):
                if any(fits(copy, secret.key) for copy in copies):
                    return secret.key
    return None


def unlock_by_code(path: Path, code: str) -> StoreKey:
    """The key of a closed store by its recovery code. KnownError `recovery.*`, store.code_not_of_store."""
    return _secret_by_code(path, code).key


def require_good(passphrase: str) -> None:
    """KnownError store.passphrase_short, .passphrase_edges, .passphrase_simple for what protects nothing or will not be
    typed again."""
    if passphrase != passphrase.strip():
        raise KnownError("store.passphrase_edges")
    if len(passphrase) < SHORTEST:
        raise KnownError("store.passphrase_short", shortest=SHORTEST)
    if len(set(passphrase.casefold())) < 5:
        raise KnownError("store.passphrase_simple")


def protect(path: Path, passphrase: str, clock: Clock) -> Protected:
    """Close a store that nobody has open, and its copies; then a copy is brought back for a trial.

    KnownError store.protected_already, .in_use, .no_space and of the disk: the store is as it was.
    """
    require_good(passphrase)
    with explained_files(path):
        if is_closed(path):
            raise KnownError("store.protected_already", path=path.name)
    secret = new_secret()
    content = wrap([secret], passphrase)
    done = convert_store(path, None, secret.key, clock.now(), before_swap=lambda: write_key_file(path, content))
    return _protected(path, secret, content, done, None, clock)


def change_passphrase(path: Path, old: str, new: str, clock: Clock, *, new_key: bool = False) -> Protected:
    """Another passphrase: the key file is written anew, here and beside the copies.

    `new_key` encrypts everything with another key too: for a passphrase or a recovery sheet that others have seen.
    KnownError as of `unlock`, `require_good` and `protect`.
    """
    require_good(new)
    return _rewrap(path, _secret_by_passphrase(path, old), new, clock, new_key=new_key)


def reset_passphrase(path: Path, code: str, new: str, clock: Clock) -> Protected:
    """The same by the recovery code, when the passphrase is forgotten or the key file is lost."""
    require_good(new)
    return _rewrap(path, _secret_by_code(path, code), new, clock, new_key=False)


def unprotect(path: Path, passphrase: str, clock: Clock) -> Protected:
    """Take the passphrase off a store and its copies."""
    key = _secret_by_passphrase(path, passphrase).key
    done = convert_store(path, key, None, clock.now(), after_swap=lambda: _forget_key_file(path))
    made, left = _convert_copies(path, key, None, b"")
    return Protected("", done.is_overwritten, made, left)


def recovery_code(path: Path, passphrase: str) -> str:
    """The code to be printed again. KnownError as of `unlock`."""
    return _secret_by_passphrase(path, passphrase).recovery_code


def plain_copies(path: Path) -> list[Path]:
    """Copies of a store around it that anybody can read."""
    return [copy for copy in _copies(path) if _is_plain(copy)]


def _rewrap(path: Path, secret: StoreSecret, passphrase: str, clock: Clock, *, new_key: bool) -> Protected:
    if not new_key:
        content = wrap([secret], passphrase)
        write_key_file(path, content)
        done = Conversion(path, True)
        for copy in _copies(path):
            if not _is_plain(copy) and fits(copy, secret.key):
                write_key_file(copy, content)
        return Protected(secret.recovery_code, done.is_overwritten, 0, ())
    fresh = new_secret()
    between, content = wrap([fresh, secret], passphrase), wrap([fresh], passphrase)
    done = convert_store(
        path,
        secret.key,
        fresh.key,
        clock.now(),
        before_swap=lambda: write_key_file(path, between),
        after_swap=lambda: write_key_file(path, content),
    )
    return _protected(path, fresh, content, done, secret.key, clock)


def _protected(
    path: Path, secret: StoreSecret, content: bytes, done: Conversion, old: StoreKey | None, clock: Clock
) -> Protected:
    made, left = _convert_copies(path, old, secret.key, content)
    _try_recovery(path, secret, clock)
    return Protected(secret.recovery_code, done.is_overwritten, made, left)


def _try_recovery(path: Path, secret: StoreSecret, clock: Clock) -> None:
    """Bring a copy of the closed store back beside, by the code that will be printed; KnownError store.backup_bad."""
    key = _secret_by_code(path, secret.recovery_code).key
    with explained_files(path), tempfile.TemporaryDirectory(prefix=".shnor-trial-", dir=path.parent) as folder:
        restored = Path(folder) / path.name
        restore_backup(path, restored, clock=clock, key=key)
        open_store(restored, clock=clock, key=key).close()


def _secret_by_passphrase(path: Path, passphrase: str) -> StoreSecret:
    _require_closed(path)
    failure: KnownError | None = None
    opened = False
    for at, content in enumerate(key_files(path)):
        if at > _MOST_FOREIGN:
            break
        try:
            found = unwrap(content, passphrase)
        except KnownError as error:
            failure = failure or KnownError(error.code, path=key_file(path).name)
            continue
        opened = opened or bool(found)
        for secret in found:
            if fits(path, secret.key):
                if not key_file(path).exists():
                    with suppress(KnownError):  # a read-only medium: next time it is looked for again
                        write_key_file(path, content)
                return secret
    if opened:
        raise KnownError("store.key_not_of_store", path=path.name)
    if failure is not None:
        raise failure
    if not key_file(path).exists():
        raise KnownError("store.key_file_missing", path=path.name, file=key_file(path).name)
    raise KnownError("store.wrong_passphrase", path=path.name)


def _require_closed(path: Path) -> None:
    with explained_files(path):
        if is_closed(path):
            return
        code = "store.not_protected" if is_plain_store(path) else "store.not_a_store"
    raise KnownError(code, path=path.name)


def _secret_by_code(path: Path, code: str) -> StoreSecret:
    _require_closed(path)
    secret = secret_of_code(code)
    if not fits(path, secret.key):
        raise KnownError("store.code_not_of_store", path=path.name)
    return secret


def _copies(path: Path) -> list[Path]:
    """Every copy of a store that the program made by itself: daily ones, before an upgrade, put aside."""
    return [*_named_like(backup_folder(path), path), *_named_like(path.parent, path, "_replaced_")]


def _named_like(folder: Path, store: Path, ending: str = "_") -> Iterator[Path]:
    with suppress(OSError):
        yield from sorted(
            found
            for found in folder.iterdir()
            if found.suffix == store.suffix and found.stem.startswith(store.stem + ending) and found.is_file()
        )


def _is_plain(path: Path) -> bool:
    try:
        return is_plain_store(path)
    except OSError:
        return False


def _convert_copies(
    path: Path, old: StoreKey | None, new: StoreKey | None, content: bytes
) -> tuple[int, tuple[str, ...]]:
    made, left = 0, []
    for copy in _copies(path):
        try:
            if _is_plain(copy) == (old is None) and (old is None or fits(copy, old)):
                if new is not None:
                    write_key_file(copy, content)
                convert_backup(copy, old, new)
                if new is None:
                    _forget_key_file(copy)
                made += 1
            elif new is None or not fits(copy, new):
                left.append(copy.name)
        except KnownError:
            left.append(copy.name)
    return made, tuple(left)


def _forget_key_file(path: Path) -> None:
    with explained_files(path):
        key_file(path).unlink(missing_ok=True)
