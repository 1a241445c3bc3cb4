"""To which key packages for somebody are encrypted: told by the signed packages of whom a person has confirmed."""

from __future__ import annotations

from shnor_desktop.exchange.encryption import is_recipient
from shnor_desktop.storage.records import LocalRecords
from shnor_desktop.storage.store import WriteTransaction

KIND = "recipient"


def remember(transaction: WriteTransaction, fingerprint: str, recipient: str) -> None:
    """The owner of a certificate wants packages encrypted to this; nothing happens where it says nothing of use."""
    if fingerprint and is_recipient(recipient) and of(transaction.records, fingerprint) != recipient:
        transaction.records.keep(KIND, fingerprint, recipient)


def of(records: LocalRecords, fingerprint: str) -> str:
    """`age1…` of the owner of a certificate, empty where it is not known yet."""
    return (records.kept_one(KIND, fingerprint) or "") if fingerprint else ""
