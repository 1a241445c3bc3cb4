"""Secrets of a profile behind the key store of the system, by a stand-in for it, and without one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail
from keyring.errors import KeyringError

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import key_guard
from shnor_desktop.exchange.key_guard import KeyGuard, KeyPlace
from shnor_desktop.exchange.key_store import KeyStore
from tests.conftest import LoggedWarnings

SECRET = b"-----BEGIN PRIVATE KEY-----\nMIG"


class SystemKeys(KeyringBackend):
    """A key store in memory, which can be locked."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringError("locked")
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringError("locked")
        self.kept[service, username] = password


@pytest.fixture
def system() -> Iterator[SystemKeys]:
    """A system with a key store."""
    before, found = keyring.get_keyring(), SystemKeys()
    keyring.set_keyring(found)
    key_guard._kept.cache_clear()
    yield found
    keyring.set_keyring(before)
    key_guard._kept.cache_clear()


def test_that_the_file_holds_nothing_of_the_secret(system: SystemKeys, tmp_path: Path) -> None:
    store = KeyStore(tmp_path, KeyGuard("profile"))
    store.write("one.age.1", SECRET)
    file = tmp_path / "one.age.1"
    assert SECRET not in file.read_bytes()
    assert store.read("one.age.1") == SECRET
    assert store.guard.place(file) is KeyPlace.SYSTEM
    assert file.stat().st_mode & 0o077 == 0


def test_that_another_user_of_the_file_gets_words(system: SystemKeys, tmp_path: Path) -> None:
    KeyStore(tmp_path, KeyGuard("profile")).write("one.age.1", SECRET)
    for guard in (KeyGuard(), KeyGuard("another")):
        with pytest.raises(KnownError) as refused:
            KeyStore(tmp_path, guard).read("one.age.1")
        assert refused.value.code == "keys.held_by_system"


def test_that_a_locked_store_gives_nothing_and_later_all(
    system: SystemKeys, tmp_path: Path, logged_warnings: LoggedWarnings
) -> None:
    store = KeyStore(tmp_path, KeyGuard("profile"))
    store.write("one.age.1", SECRET)
    key_guard._kept.cache_clear()
    system.is_locked = True
    with pytest.raises(KnownError) as refused:
        store.read("one.age.1")
    assert refused.value.code == "keys.held_by_system"
    assert logged_warnings.take("refused")
    system.is_locked = False
    assert store.read("one.age.1") == SECRET


def test_that_a_store_that_refuses_leaves_the_file_alone(
    system: SystemKeys, tmp_path: Path, logged_warnings: LoggedWarnings
) -> None:
    system.is_locked = True
    store = KeyStore(tmp_path, KeyGuard("profile"))
    store.write("one.age.1", SECRET)
    assert (tmp_path / "one.age.1").read_bytes() == SECRET
    assert store.guard.place(tmp_path / "one.age.1") is KeyPlace.FILE
    assert logged_warnings.take("refused")


def test_that_without_a_key_store_the_rights_of_the_file_stand(system: SystemKeys, tmp_path: Path) -> None:
    keyring.set_keyring(fail.Keyring())  # what the library gives where the system has none
    store = KeyStore(tmp_path, KeyGuard("profile"))
    store.write("one.age.1", SECRET)
    assert (tmp_path / "one.age.1").read_bytes() == SECRET
    assert (tmp_path / "one.age.1").stat().st_mode & 0o077 == 0


def test_that_a_file_of_before_is_read_as_it_is(system: SystemKeys, tmp_path: Path) -> None:
    (tmp_path / "one.age.1").write_bytes(SECRET)
    assert KeyStore(tmp_path, KeyGuard("profile")).read("one.age.1") == SECRET
