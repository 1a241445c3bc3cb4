"""Where a command has the passphrase of a store from: the environment, or the keyboard where somebody sits at it."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

from shnor_desktop.cli.parsing import WrongCall
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.services.desks import is_protected

VARIABLE, NEW_VARIABLE, CODE_VARIABLE = "SHNOR_STORE_PASSPHRASE", "SHNOR_NEW_PASSPHRASE", "SHNOR_RECOVERY_CODE"
"""A passphrase is never a word of the call: others see those in the list of processes."""


def key_of(store: Path) -> StoreKey | None:
    """The key of a store, None where none is needed. KnownError `store.*`; store.closed where nobody can be asked."""
    if not store.is_file() or not is_protected(store):
        return None
    from shnor_desktop.services import store_secret  # most stores have none

    return store_secret.unlock(store, passphrase_of(store))


def passphrase_of(store: Path) -> str:
    """The passphrase of a store."""
    found = _given(VARIABLE, f"Пароль на данные «{store.name}»: ")
    if found is None:
        raise KnownError("store.closed", path=store.name)
    return found


def new_passphrase() -> str:
    """A new passphrase; at the keyboard it is asked twice."""
    found = _given(NEW_VARIABLE, "Новый пароль: ")
    if found is None:
        raise WrongCall(f"новый пароль не указан: задайте переменную {NEW_VARIABLE}")
    if NEW_VARIABLE not in os.environ and getpass.getpass("Новый пароль ещё раз: ") != found:
        raise WrongCall("пароли не совпали, ничего не изменено")
    return found


def recovery_code() -> str:
    """The code of the printed sheet."""
    found = _given(CODE_VARIABLE, "Код восстановления с листа: ")
    if found is None:
        raise WrongCall(f"код восстановления не указан: задайте переменную {CODE_VARIABLE}")
    return found


def _given(variable: str, question: str) -> str | None:
    """What the environment says, else the keyboard; None where nobody can be asked."""
    found = os.environ.get(variable)
    if found is not None:
        return found
    if sys.stdin is None or not sys.stdin.isatty():
        return None
    return getpass.getpass(question)
