"""Requests for a certificate that came to a centre, each kept until somebody decides on it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.package_json import EVERY_SCHOOL
from shnor_desktop.exchange.trust import decode
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.storage.records import LocalRecords

REQUEST = "request"
MOST_WAITING = 2_000
"""Anybody can send a request: more than a municipality has are not kept."""


class RequestState(StrEnum):
    """What became of a request."""

    NEW = "new"
    INVITED = "invited"
    DECLINED = "declined"

    @property
    def caption(self) -> str:
        """In words."""
        return {"new": "ждёт решения", "invited": "приглашение сделано", "declined": "отклонён"}[self]


class RequestReason(StrEnum):
    """Why a computer asks."""

    NEW = "new"
    SECOND = "second"
    LOST = "lost"
    ROLLOVER = "rollover"
    DIRECTOR = "director"

    @property
    def caption(self) -> str:
        """In words."""
        return _CAPTIONS[self]


_CAPTIONS = {
    RequestReason.NEW: "подключение к центру",
    RequestReason.SECOND: "ещё один компьютер",
    RequestReason.LOST: "взамен утраченного компьютера",
    RequestReason.ROLLOVER: "плановая смена ключа",
    RequestReason.DIRECTOR: "смена ответственного лица",
}


class Request(msgspec.Struct, frozen=True):
    """A request as it came; `is_proven` says that the key in use so far vouched for it, so nobody has to phone."""

    id: str
    reason: RequestReason
    role: str
    code: str
    name: str
    person: str
    school: str
    school_name: str
    certificate: str
    recipient: str
    replaces: str
    is_proven: bool
    vector: tuple[tuple[str, int, str], ...]
    made_at: str
    came_at: str
    package: str
    state: RequestState = RequestState.NEW
    issued: str = ""
    """The fingerprint of the certificate that was issued."""
    said_name: str = ""
    """How the request calls the school, where the centre knows it under another name."""

    @property
    def key(self) -> Certificate:
        """The certificate that its key signed itself, or the one in use."""
        return decode(self.certificate)

    @property
    def digits(self) -> str:
        """The digits to compare by phone."""
        return self.key.fingerprint_words

    @property
    def phrase(self) -> str:
        """The words to compare by phone."""
        return self.key.fingerprint_phrase

    @property
    def names_school(self) -> bool:
        """Whether it says of which school it is; else the centre picks it."""
        return self.school != EVERY_SCHOOL


def requests(records: LocalRecords) -> list[Request]:
    """Every request, those that wait first, newest first among them."""
    found = [kept_value(body, Request) for body in records.kept(REQUEST).values()]
    found.sort(key=lambda one: one.came_at, reverse=True)
    return sorted(found, key=lambda one: one.state is not RequestState.NEW)


def of(records: LocalRecords, identifier: str) -> Request | None:
    """One of them."""
    body = records.kept_one(REQUEST, identifier)
    return None if body is None else kept_value(body, Request)


def keep(records: LocalRecords, one: Request) -> None:
    """Write one or replace it."""
    records.keep(REQUEST, one.id, kept_json(one))
