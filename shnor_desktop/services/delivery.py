"""How a package stands on its way: which channel, how often tried, what proves that it went. Kept by each copy."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from shnor_desktop.domain.clock import iso_utc, parse_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.channel import Evidence, Resumed
from shnor_desktop.services.kept_values import kept_json, kept_value
from shnor_desktop.storage.records import LocalRecords, PackageRecord

KEPT, ANSWERED = "delivery", "answered"
_WAITS = (1, 2, 5, 15, 30, 60)
"""Minutes before the next try; the last goes on."""
_FOR_A_PERSON = timedelta(hours=6)
_CLOCK_WAS_WRONG = timedelta(days=2)
NEEDS_PERSON = frozenset(
    f"channel.{name}"
    for name in (
        *(
            "login_refused",
            "certificate_unknown",
            "certificate_changed",
            "receiver_refused",
            "no_password",
            "forbidden",
        ),
        *("mail_address_malformed", "no_address", "no_encryption", "moved", "remote_folder_missing", "file_missing"),
        *("file_changed", "letter_too_large", "letter_refused", "address_malformed", "name_forbidden", "no_space"),
        *("too_many_parts", "missing", "no_outgoing_server"),
    )
)
"""Failures that no second try mends."""


CUMULATIVE = frozenset({"school", "receipt", "methodology"})
"""A newer one of these holds what the older held."""


class DeliveryState(StrEnum):
    """Where a package stands between this desk and the other side."""

    WAITING = "waiting"
    SENT = "sent"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Proof:
    """One proof that a package went."""

    at: str
    channel: str
    where: str
    name: str
    size: int
    sha256: str
    answer: str
    message_ids: tuple[str, ...] = ()
    parts: int = 1


@dataclass(frozen=True, slots=True)
class Delivery:
    """A package on its way. `gone` are the boxes that have it, `parts` the letters that went to the next one."""

    package: str
    channel: str
    file: str
    sha256: str
    size: int
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    next_try: str = ""
    gone: tuple[str, ...] = ()
    part_bytes: int = 0
    parts: tuple[int, ...] = ()
    proofs: tuple[Proof, ...] = ()
    error: str = ""
    error_params: tuple[tuple[str, str], ...] = ()

    @property
    def resumed(self) -> Resumed | None:
        """The letters that went before the conversation broke."""
        return Resumed(self.part_bytes, self.parts) if self.parts else None

    @property
    def failure(self) -> KnownError | None:
        """Why the last try failed."""
        return KnownError(self.error, **dict(self.error_params)) if self.error else None

    @property
    def needs_person(self) -> bool:
        """Whether it waits for somebody to mend something."""
        return self.state is DeliveryState.WAITING and self.error in NEEDS_PERSON

    def is_due(self, now: datetime) -> bool:
        """Whether it is time to try; a next try far off was reckoned by a clock that was wrong."""
        if self.state is not DeliveryState.WAITING:
            return False
        wait = parse_utc(self.next_try) - now if self.next_try else timedelta()
        return wait <= timedelta() or wait > _CLOCK_WAS_WRONG

    def failed(self, error: KnownError, now: datetime) -> Delivery:
        """After a try that failed."""
        minutes = timedelta(minutes=_WAITS[min(self.attempts, len(_WAITS) - 1)])
        wait = _FOR_A_PERSON if error.code in NEEDS_PERSON else minutes
        params = tuple(sorted((name, str(value)) for name, value in error.params.items()))
        next_try = iso_utc(now + wait)
        return replace(self, attempts=self.attempts + 1, next_try=next_try, error=error.code, error_params=params)

    def proven(self, box: str, evidence: Evidence, channel: str, now: datetime) -> Delivery:
        """After it reached a box."""
        proof = Proof(
            iso_utc(now),
            channel,
            evidence.where,
            evidence.name,
            evidence.size,
            evidence.sha256,
            evidence.answer,
            evidence.message_ids,
            evidence.parts,
        )
        gone = (*self.gone, box) if box else self.gone
        return replace(self, gone=gone, part_bytes=0, parts=(), proofs=(*self.proofs, proof))


@dataclass(frozen=True, slots=True)
class Answer:
    """The receipt that answered a package."""

    number: int
    made_at: str
    sender: str
    verdict: str
    decision: str


def superseded_by(records: Iterable[PackageRecord]) -> dict[str, int]:
    """Of every package that was made here and that a newer one holds too: the number of the newest.

    One without personal data holds less than an ordinary one and stands for none of them.
    """
    outgoing = [record for record in records if record.direction == "out" and record.kind in CUMULATIVE]
    newest: dict[tuple[str, str, bool], int] = {}
    for record in outgoing:
        is_lean = _is_lean(record)
        for lean in (True,) if is_lean else (True, False):
            key = (record.kind, record.school, lean)
            newest[key] = max(newest.get(key, 0), record.number)
    found = {}
    for record in outgoing:
        newer = newest.get((record.kind, record.school, _is_lean(record)), 0)
        if record.number < newer and record.state in ("prepared", "handed"):
            found[record.id] = newer
    return found


def _is_lean(record: PackageRecord) -> bool:
    return bool(json.loads(record.details).get("impersonal"))


def delivery_of(records: LocalRecords, package: str) -> Delivery | None:
    """How a package stands; None for one that no channel carries."""
    body = records.kept_one(KEPT, package)
    return None if body is None else kept_value(body, Delivery)


def deliveries_of(records: LocalRecords) -> dict[str, Delivery]:
    """How every package stands that a channel carries or carried."""
    return {package: kept_value(body, Delivery) for package, body in records.kept(KEPT).items()}


def keep_delivery(records: LocalRecords, delivery: Delivery) -> None:
    """Write how it stands."""
    records.keep(KEPT, delivery.package, kept_json(delivery))


def answer_of(records: LocalRecords, package: str) -> Answer | None:
    """The receipt of a package; None while it has not come."""
    body = records.kept_one(ANSWERED, package)
    return None if body is None else kept_value(body, Answer)


def keep_answer(records: LocalRecords, package: str, answer: Answer) -> None:
    """Keep which receipt answered a package; the newest counts."""
    known = answer_of(records, package)
    if known is None or known.number <= answer.number:
        records.keep(ANSWERED, package, kept_json(answer))
