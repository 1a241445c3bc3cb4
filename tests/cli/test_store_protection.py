"""`shnor store …`: a passphrase by commands, and every other command on a closed store."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.cli import passphrase
from shnor_desktop.exchange import passphrase_file, store_key
from shnor_desktop.services.desks import SchoolCard, create_school_desk, is_protected
from tests.cli.shell import Shell, is_message
from tests.clock import FixedClock

PASSPHRASE, OTHER = "четыре слова без связи", "совсем другой пароль 7"


@pytest.fixture(autouse=True)
def cheap_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase costs a second by intention; not here."""
    seal = passphrase_file.seal_with_passphrase
    monkeypatch.setattr(store_key, "seal_with_passphrase", lambda content, words: seal(content, words, cost=4))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A school."""
    path = tmp_path / "school.shnor-db"
    create_school_desk(path, SchoolCard("7201", "Школа"), FixedClock()).close()
    return path


@pytest.fixture
def closed(store: Path, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same under a passphrase, which the environment knows."""
    monkeypatch.setenv(passphrase.NEW_VARIABLE, PASSPHRASE)
    sheet = store.with_name("sheet.pdf")
    status, content = shell.json("store", "protect", store, "--sheet", sheet, "--i-understand")
    assert (status, content["old_file_overwritten"], content["copies_left"]) == (0, True, [])
    assert sheet.stat().st_size > 1000
    monkeypatch.setenv(passphrase.VARIABLE, PASSPHRASE)
    monkeypatch.delenv(passphrase.NEW_VARIABLE)
    return store


@pytest.mark.parametrize("words", [("check",), ("validate",), ("history",)])
def test_that_commands_open_a_closed_store_by_the_environment(
    shell: Shell, closed: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    status, _ = shell.json(*words, closed)
    assert status in (0, 1)
    monkeypatch.setenv(passphrase.VARIABLE, OTHER)
    status, content = shell.json(*words, closed)
    assert (status, content["code"], is_message(content)) == (1, "store.wrong_passphrase", True)
    monkeypatch.delenv(passphrase.VARIABLE)
    status, content = shell.json(*words, closed)
    assert (status, content["code"], is_message(content)) == (1, "store.closed", True)


def test_that_a_store_is_not_closed_without_the_word_that_confirms(shell: Shell, store: Path, tmp_path: Path) -> None:
    assert shell.json("store", "protect", store, "--sheet", tmp_path / "sheet.pdf")[0] == 2
    assert shell.json("store", "protect", store, "--sheet", tmp_path / "sheet.pdf", "--i-understand")[0] == 2
    assert not is_protected(store)


def test_that_nothing_is_closed_when_the_sheet_has_no_place(
    shell: Shell, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrase.NEW_VARIABLE, PASSPHRASE)
    sheet = tmp_path / "missing" / "sheet.pdf"
    status, content = shell.json("store", "protect", store, "--sheet", sheet, "--i-understand")
    assert (status, content["code"]) == (1, "document.folder_missing")
    assert not is_protected(store)


def test_that_the_passphrase_is_changed_and_taken_off(
    shell: Shell, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(passphrase.NEW_VARIABLE, OTHER)
    assert shell.json("store", "change-passphrase", closed)[0] == 0
    assert shell.json("store", "unprotect", closed)[1]["code"] == "store.wrong_passphrase"
    monkeypatch.setenv(passphrase.VARIABLE, OTHER)
    assert shell.json("store", "recovery-sheet", closed, "--out", closed.with_name("again.pdf"))[0] == 0
    status, out, err = shell.words("store", "unprotect", closed)
    assert (status, err) == (0, "")
    assert out.startswith("Пароль снят")
    assert not is_protected(closed)
    assert shell.json("store", "unprotect", closed)[1]["code"] == "store.not_protected"


def test_that_a_forgotten_passphrase_is_set_anew_by_the_code(
    shell: Shell, closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shnor_desktop.services.store_secret import recovery_code

    monkeypatch.setenv(passphrase.CODE_VARIABLE, recovery_code(closed, PASSPHRASE).lower())
    monkeypatch.setenv(passphrase.NEW_VARIABLE, OTHER)
    assert shell.json("store", "change-passphrase", closed, "--forgotten", "--new-key")[0] == 2
    assert shell.json("store", "change-passphrase", closed, "--forgotten")[0] == 0
    monkeypatch.setenv(passphrase.VARIABLE, OTHER)
    assert shell.json("check", closed)[0] == 0
    monkeypatch.setenv(passphrase.CODE_VARIABLE, "QQQQ")
    assert shell.json("store", "change-passphrase", closed, "--forgotten")[0] == 1
