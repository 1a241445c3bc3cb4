"""What went out without personal data is still owed: the receiver has the changes and not all of what they say.

The receiver's acknowledgement names batches and knows nothing of values. So the sender remembers from where on values
were left out, and every ordinary package begins there until one of them is answered.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from shnor_desktop.domain.log import Head
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.storage.records import LocalRecords
from shnor_desktop.storage.store import WriteTransaction

KIND = "owed"
_MOST_PAYMENTS = 50

Vector = dict[str, tuple[int, str]]


class _Payment(msgspec.Struct, frozen=True):
    """An ordinary package that carries what is owed: how far it reaches, once it is answered."""

    package: str
    number: int
    reach: Vector


class _Owed(msgspec.Struct, frozen=True):
    """Of one school: up to where the receiver has every value, and the number of the newest package without some."""

    known: Vector
    last: int
    payments: tuple[_Payment, ...] = ()


def with_values(records: LocalRecords, school: str, known: Mapping[str, Head]) -> dict[str, Head]:
    """What a receiver with the vector `known` has with all its values."""
    owed = _read(records, school)
    if owed is None:
        return dict(known)
    paid = {replica: Head(*head) for replica, head in owed.known.items()}
    return {
        replica: min(head, paid[replica], key=lambda one: one.sequence)
        for replica, head in known.items()
        if replica in paid
    }


def left_out(transaction: WriteTransaction, school: str, known: Mapping[str, Head], number: int) -> None:
    """A package without personal data was made for a receiver that has `known` with its values."""
    owed = _read(transaction.records, school)
    payments = owed.payments if owed is not None else ()
    _keep(transaction, school, _Owed(_plain(known), number, payments))


def sent_whole(
    transaction: WriteTransaction, school: str, package: str, number: int, reach: Mapping[str, Head]
) -> None:
    """An ordinary package was made; it pays when it is answered."""
    owed = _read(transaction.records, school)
    if owed is not None:
        payments = (*owed.payments, _Payment(package, number, _plain(reach)))[-_MOST_PAYMENTS:]
        _keep(transaction, school, msgspec.structs.replace(owed, payments=payments))


def answered(transaction: WriteTransaction, school: str, package: str) -> None:
    """The receiver has taken a package in: what it carried is owed no more."""
    owed = _read(transaction.records, school)
    paid = next((one for one in owed.payments if one.package == package), None) if owed else None
    if owed is None or paid is None:
        return
    if paid.number > owed.last:
        transaction.records.drop(KIND, school)
        return
    later = tuple(one for one in owed.payments if one.number > paid.number)
    _keep(transaction, school, _Owed(paid.reach, owed.last, later))


def _plain(vector: Mapping[str, Head]) -> Vector:
    return {replica: (head.sequence, head.name) for replica, head in sorted(vector.items())}


def _read(records: LocalRecords, school: str) -> _Owed | None:
    body = records.kept_one(KIND, school)
    return kept_value(body, _Owed) if body is not None else None


def _keep(transaction: WriteTransaction, school: str, owed: _Owed) -> None:
    transaction.records.keep(KIND, school, kept_json(owed))
