"""The passphrase of a store: every way in, every way back, and every copy that must follow."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.exchange import passphrase_file, store_key
from shnor_desktop.services import store_secret
from shnor_desktop.services.backups import GoodBackup, bring_back, newest_good_backup
from shnor_desktop.services.desks import SchoolCard, create_school_desk, is_protected, open_desk
from shnor_desktop.services.store_check import check_store_file
from shnor_desktop.services.store_sheet import write_sheet
from shnor_desktop.storage.backup import back_up_daily, copy_everything
from shnor_desktop.storage.closed import is_closed, key_file
from tests.clock import FixedClock

PASSPHRASE, OTHER = "четыре слова без связи", "совсем другой пароль 7"
CLOCK = FixedClock()


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second by intention; not here."""
    monkeypatch.setattr(store_key, "seal_with_passphrase", _cheap)


def _cheap(content: bytes, passphrase: str) -> bytes:
    return passphrase_file.seal_with_passphrase(content, passphrase, cost=4)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A school with a name, closed in the sense of nobody working, with one daily backup."""
    path = tmp_path / "stores" / "school.shnor-db"
    with_desk = create_school_desk(path, SchoolCard("7201", "Школа Канареечная"), CLOCK)
    back_up_daily(with_desk.store, CLOCK.now())
    with_desk.close()
    return path


def bytes_around(path: Path) -> bytes:
    """Every byte in the folder of a store."""
    return b"".join(file.read_bytes() for file in path.parent.rglob("*") if file.is_file())


def opens(path: Path, passphrase: str) -> bool:
    """Whether the desk opens and is sound."""
    key = store_secret.unlock(path, passphrase)
    open_desk(path, CLOCK, key=key).close()
    return check_store_file(path, CLOCK, key=key).is_sound


def test_that_a_protected_store_and_its_copies_show_nothing_and_open_by_the_passphrase(store: Path) -> None:
    assert "Канареечная".encode() in bytes_around(store)
    done = store_secret.protect(store, PASSPHRASE, CLOCK)
    assert (done.backups, done.left, done.is_overwritten) == (1, (), True)
    assert "Канареечная".encode() not in bytes_around(store)
    assert store_secret.plain_copies(store) == []
    assert opens(store, PASSPHRASE)
    assert not [path for path in store.parent.iterdir() if path.name.startswith(".")]


def test_that_a_closed_store_is_refused_without_its_passphrase(store: Path) -> None:
    store_secret.protect(store, PASSPHRASE, CLOCK)
    before = store.read_bytes()
    with pytest.raises(KnownError, match=r"store\.closed"):
        open_desk(store, CLOCK)
    with pytest.raises(KnownError, match=r"store\.wrong_passphrase"):
        store_secret.unlock(store, OTHER)
    assert store.read_bytes() == before


def test_that_the_printed_code_opens_the_store_and_sets_a_new_passphrase(store: Path) -> None:
    code = store_secret.protect(store, PASSPHRASE, CLOCK).recovery_code
    key_file(store).unlink()
    for lost in (store.parent / "backups").glob("*.key"):
        lost.unlink()
    with pytest.raises(KnownError, match=r"store\.key_file_missing"):
        store_secret.unlock(store, PASSPHRASE)
    typed = code.lower().replace(" ", "-").replace("0", "О").replace("a", "а")
    store_secret.reset_passphrase(store, typed, OTHER, CLOCK)
    assert opens(store, OTHER)
    assert store_secret.recovery_code(store, OTHER) == code


def test_that_a_code_with_an_error_or_of_another_store_is_told_apart(store: Path, tmp_path: Path) -> None:
    code = store_secret.protect(store, PASSPHRASE, CLOCK).recovery_code
    swapped = code[0] + code[2] + code[1] + code[3:] if code[1] != code[2] else code[::-1]
    for typed, why in ((swapped, "recovery"), (code[:-3], "recovery"), ("", "recovery")):
        with pytest.raises(KnownError, match=why):
            store_secret.unlock_by_code(store, typed)
    other = tmp_path / "other" / "school.shnor-db"
    create_school_desk(other, SchoolCard("7202", "Другая"), CLOCK).close()
    foreign = store_secret.protect(other, OTHER, CLOCK).recovery_code
    with pytest.raises(KnownError, match=r"store\.code_not_of_store"):
        store_secret.unlock_by_code(store, foreign)


def test_that_a_lost_key_file_is_taken_from_a_copy(store: Path) -> None:
    store_secret.protect(store, PASSPHRASE, CLOCK)
    key_file(store).unlink()
    assert opens(store, PASSPHRASE)
    assert key_file(store).exists()


def test_that_a_damaged_key_file_is_not_called_a_wrong_passphrase(store: Path) -> None:
    store_secret.protect(store, PASSPHRASE, CLOCK)
    whole = key_file(store).read_bytes()
    for copy in (store.parent / "backups").glob("*.key"):
        copy.unlink()
    for hurt in (b"", whole[:-40], whole.replace(b'"age": "Y', b'"age": "Z'), b"[1]", b"\xff" * 90, b"{" * 50_000):
        assert hurt != whole
        key_file(store).write_bytes(hurt)
        with pytest.raises(KnownError, match=r"store\.key_file_damaged"):
            store_secret.unlock(store, PASSPHRASE)
    key_file(store).write_bytes(json.dumps({**json.loads(whole), "form": 2}).encode())
    with pytest.raises(KnownError, match=r"store\.key_file_newer"):
        store_secret.unlock(store, PASSPHRASE)


def test_that_the_key_file_of_another_store_is_told(store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "school.shnor-db"
    create_school_desk(other, SchoolCard("7202", "Другая"), CLOCK).close()
    for path in (store, other):
        store_secret.protect(path, PASSPHRASE, CLOCK)
    for copy in (store.parent / "backups").glob("*.key"):
        copy.unlink()
    key_file(store).write_bytes(key_file(other).read_bytes())
    with pytest.raises(KnownError, match=r"store\.key_not_of_store"):
        store_secret.unlock(store, PASSPHRASE)


def test_that_a_changed_passphrase_holds_for_the_copies_too(store: Path) -> None:
    store_secret.protect(store, PASSPHRASE, CLOCK)
    store_secret.change_passphrase(store, PASSPHRASE, OTHER, CLOCK)
    assert opens(store, OTHER)
    for path in (store, *(store.parent / "backups").glob("*.shnor-db")):
        with pytest.raises(KnownError, match=r"store\.wrong_passphrase"):
            store_secret.unlock(path, PASSPHRASE)


def test_that_a_new_key_makes_the_old_sheet_worthless(store: Path) -> None:
    old = store_secret.protect(store, PASSPHRASE, CLOCK).recovery_code
    done = store_secret.change_passphrase(store, PASSPHRASE, OTHER, CLOCK, new_key=True)
    assert (done.backups, done.left) == (1, ())
    assert opens(store, OTHER)
    for path in (store, *(store.parent / "backups").glob("*.shnor-db")):
        with pytest.raises(KnownError, match=r"store\.code_not_of_store"):
            store_secret.unlock_by_code(path, old)
        store_secret.unlock_by_code(path, done.recovery_code)


def test_that_a_passphrase_is_taken_off_the_store_and_its_copies(store: Path) -> None:
    store_secret.protect(store, PASSPHRASE, CLOCK)
    with pytest.raises(KnownError, match=r"store\.wrong_passphrase"):
        store_secret.unprotect(store, OTHER, CLOCK)
    done = store_secret.unprotect(store, PASSPHRASE, CLOCK)
    assert (done.backups, done.left) == (1, ())
    open_desk(store, CLOCK).close()
    assert not list(store.parent.rglob("*.key"))
    assert newest_good_backup(store) is not None


def test_that_a_backup_of_a_closed_store_is_restored_elsewhere_by_passphrase_or_code(
    store: Path, tmp_path: Path
) -> None:
    code = store_secret.protect(store, PASSPHRASE, CLOCK).recovery_code
    workspace = open_desk(store, CLOCK, key=store_secret.unlock(store, PASSPHRASE))
    flash = copy_everything(workspace.store, tmp_path, CLOCK.now()) / store.name
    workspace.close()
    assert opens(flash, PASSPHRASE)
    key_file(flash).unlink()
    key = store_secret.unlock_by_code(flash, code)
    target = tmp_path / "elsewhere" / store.name
    bring_back(GoodBackup(flash, ""), target, CLOCK, key)
    assert is_closed(target)
    open_desk(target, CLOCK, key=key).close()


def test_that_a_damaged_closed_store_offers_its_newest_good_copy(store: Path) -> None:
    store_secret.protect(store, PASSPHRASE, CLOCK)
    key = store_secret.unlock(store, PASSPHRASE)
    content = bytearray(store.read_bytes())
    content[5] ^= 1
    store.write_bytes(content)
    with pytest.raises(KnownError, match=r"store\.key_not_of_store"):
        store_secret.unlock(store, PASSPHRASE)
    found = newest_good_backup(store, key)
    assert found is not None
    bring_back(found, store, CLOCK, key)
    assert opens(store, PASSPHRASE)


def test_that_a_backup_that_cannot_be_closed_is_named(store: Path) -> None:
    hurt = store.parent / "backups" / "school_2024-01-01_000000.shnor-db"
    good = next((store.parent / "backups").glob("*.shnor-db"))
    hurt.write_bytes(good.read_bytes()[:9000])
    done = store_secret.protect(store, PASSPHRASE, CLOCK)
    assert (done.backups, done.left) == (1, (hurt.name,))
    assert store_secret.plain_copies(store) == [hurt]


def test_that_a_store_in_use_is_not_protected(store: Path) -> None:
    workspace = open_desk(store, CLOCK)
    with pytest.raises(KnownError, match=r"store\.in_use"):
        store_secret.protect(store, PASSPHRASE, CLOCK)
    workspace.close()
    assert not is_protected(store)


@pytest.mark.parametrize(
    ("passphrase", "code"),
    [("", "short"), ("короткий", "short"), (" с пробелом в начале", "edges"), ("ааааааааааааа", "simple")],
)
def test_that_a_passphrase_that_protects_nothing_is_refused(store: Path, passphrase: str, code: str) -> None:
    before = store.read_bytes()
    with pytest.raises(KnownError, match=rf"store\.passphrase_{code}"):
        store_secret.protect(store, passphrase, CLOCK)
    assert store.read_bytes() == before


def test_that_one_passphrase_typed_on_two_systems_is_one(store: Path) -> None:
    store_secret.protect(store, "йод и ёлка вместе", CLOCK)
    assert opens(store, "йод и ёлка вместе")


def test_that_secrets_are_neither_printed_nor_pickled(store: Path, tmp_path: Path) -> None:
    done = store_secret.protect(store, PASSPHRASE, CLOCK)
    key = store_secret.unlock(store, PASSPHRASE)
    workspace = open_desk(store, CLOCK, key=key)
    shown = repr((done, key, workspace, workspace.store, workspace.store._engine))
    workspace.close()
    assert done.recovery_code not in shown
    assert key.raw.hex() not in shown
    with pytest.raises(BugError):
        pickle.dumps(key)
    assert write_sheet(tmp_path / "sheet.pdf", store, done.recovery_code, CLOCK).size > 1000


def test_that_other_programs_read_what_a_passphrase_closes() -> None:
    import pyrage

    sealed = passphrase_file.seal_with_passphrase(b"content", PASSPHRASE, cost=10)
    assert pyrage.passphrase.decrypt(sealed, PASSPHRASE) == b"content"
    assert passphrase_file.open_with_passphrase(sealed, OTHER) is None
    for at in range(0, len(sealed), 7):
        hurt = bytearray(sealed)
        hurt[at] ^= 1
        try:
            assert passphrase_file.open_with_passphrase(bytes(hurt), PASSPHRASE) is None
        except passphrase_file.NotSealed:
            continue
