"""The recovery sheet opens what was closed for it, and tells a typing error."""

from __future__ import annotations

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.recovery import PREFIX, close_secrets, new_sheet, open_secrets, read_sheet
from tests.exchange.independent_age import decrypt_by_age

SECRETS = {"key": b"\x00\xff", "other": b"-----BEGIN"}


def refusal(typed: str) -> str:
    """The code with which a typed sheet is refused."""
    with pytest.raises(KnownError) as caught:
        read_sheet(typed)
    return caught.value.code


def test_that_a_sheet_is_read_however_it_is_typed() -> None:
    sheet = new_sheet()
    spaced = " ".join(sheet.groups)
    cyrillic = spaced.translate(str.maketrans("ACEHKMPTX", "АСЕНКМРТХ"))
    for typed in (sheet.secret, spaced, spaced.lower(), spaced.replace(" ", "-"), f"{PREFIX} {spaced}\n", cyrillic):
        assert read_sheet(typed) == sheet
    assert sheet.secret not in repr(sheet)


def test_that_every_single_typing_error_is_told() -> None:
    signs = "".join(new_sheet().groups)
    for place, sign in enumerate(signs):
        other = "Q" if sign != "Q" else "P"
        assert refusal(signs[:place] + other + signs[place + 1 :]) == "recovery.sheet_mistyped"
    assert refusal(signs[:-1]) == "recovery.sheet_incomplete"
    assert refusal(signs[:-1] + "B") == "recovery.sheet_sign"


def test_that_a_sheet_opens_what_was_closed_for_it_alone() -> None:
    sheet = new_sheet()
    closed = close_secrets(SECRETS, sheet.recipient)
    assert open_secrets(closed, sheet) == SECRETS
    with pytest.raises(KnownError) as caught:
        open_secrets(closed, new_sheet())
    assert caught.value.code == "recovery.other_sheet"


def test_that_the_age_of_debian_opens_it_with_the_sheet() -> None:
    sheet = new_sheet()
    assert b'"key":"AP8="' in decrypt_by_age(close_secrets(SECRETS, sheet.recipient), sheet.secret)
