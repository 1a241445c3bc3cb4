"""Whom a centre has enrolled: the computers of schools, of methodists and its own, and what became of each."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.fingerprint import fingerprint_phrase, fingerprint_words
from shnor_desktop.exchange.revocations import Reason
from shnor_desktop.exchange.trust import encode
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.storage.records import LocalRecords

ENROLLED = "enrolled"


WHY = {
    Reason.LOST: "потерян или сломан",
    Reason.STOLEN: "украден",
    Reason.LEFT: "человек ушёл",
    Reason.MISTAKE: "подключён по ошибке",
    Reason.REPLACED: "ключ сменён",
    Reason.DIRECTOR: "сменилось ответственное лицо",
}
"""Why a computer was revoked, in words; the first four are asked for, the others come with a new key."""
ASKED_WHY = (Reason.LOST, Reason.STOLEN, Reason.LEFT, Reason.MISTAKE)


class EnrolledState(StrEnum):
    """Whether a computer may write."""

    ACTIVE = "active"
    REVOKED = "revoked"

    @property
    def caption(self) -> str:
        """In words."""
        return {"active": "действует", "revoked": "отозван"}[self]


class Enrolled(msgspec.Struct, frozen=True):
    """A computer to which the centre issued a certificate (DER in base64)."""

    fingerprint: str
    certificate: str
    role: str
    code: str
    name: str
    person: str
    school: str
    recipient: str
    at: str
    state: EnrolledState = EnrolledState.ACTIVE
    reason: str = ""
    """Why it was revoked, a value of `exchange.revocations.Reason`."""
    ended_at: str = ""

    @property
    def state_words(self) -> str:
        """«действует», or «отозван» with the reason."""
        if self.state is EnrolledState.ACTIVE:
            return self.state.caption
        known = next((words for reason, words in WHY.items() if reason == self.reason), "выдан новый")
        return f"{self.state.caption}: {known}"

    @property
    def digits(self) -> str:
        """The digits to compare by phone."""
        return fingerprint_words(self.fingerprint)

    @property
    def phrase(self) -> str:
        """The words to compare by phone."""
        return fingerprint_phrase(self.fingerprint)


def enrolled(records: LocalRecords) -> list[Enrolled]:
    """Everybody, oldest first."""
    found = [kept_value(body, Enrolled) for body in records.kept(ENROLLED).values()]
    return sorted(found, key=lambda one: (one.at, one.fingerprint))


def active(records: LocalRecords) -> list[Enrolled]:
    """Those who may write."""
    return [one for one in enrolled(records) if one.state is EnrolledState.ACTIVE]


def of(records: LocalRecords, fingerprint: str) -> Enrolled | None:
    """One of them."""
    body = records.kept_one(ENROLLED, fingerprint)
    return None if body is None else kept_value(body, Enrolled)


def keep(records: LocalRecords, one: Enrolled) -> None:
    """Write one or replace it."""
    records.keep(ENROLLED, one.fingerprint, kept_json(one))


def enrolled_as(certificate: Certificate, person: str, recipient: str, at: str) -> Enrolled:
    """The line of a certificate that was just issued."""
    subject = certificate.subject
    return Enrolled(
        certificate.fingerprint,
        encode(certificate.der),
        subject.role.value,
        subject.code,
        subject.name,
        person,
        subject.school,
        recipient,
        at,
    )
