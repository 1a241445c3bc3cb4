"""The check of a store: is everything that it holds what was written — log, seals, attachments, projection."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Seal
from shnor_desktop.domain.store_key import StoreKey
from shnor_desktop.exchange.certificates import parse_certificate
from shnor_desktop.exchange.raw_signature import verify_signature
from shnor_desktop.models.school import School
from shnor_desktop.services.replica_names import is_of_key
from shnor_desktop.services.workspace import CENTRE
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.opening import open_store
from shnor_desktop.storage.store import Store
from shnor_desktop.system.wording import Message, explain


@dataclass(frozen=True, slots=True)
class Damage:
    """One thing that is not as it was written; `reason` is for support by phone."""

    message: Message
    table: str
    place: str
    school: str
    reason: str


@dataclass(frozen=True, slots=True)
class StoreReport:
    """What was looked through and what was found."""

    damages: tuple[Damage, ...]
    schools: int
    batches: int
    values: int
    rows: int
    can_be_mended: bool
    """Only what is made from the log is hurt: it can be made again, no backup is needed."""

    @property
    def is_sound(self) -> bool:
        """Nothing was found."""
        return not self.damages


def check_store_file(path: Path, clock: Clock, code: str = "", key: StoreKey | None = None) -> StoreReport:
    """Check a store, or what belongs to the school of a code; it is only read. KnownError `store.*`."""
    with _open(path, clock, key) as store:
        report = check_store(store, _school_id(store, code) if code else None, is_sound_seal)
        with store.reading() as reader:
            schools = len(set(report.schools) - {reader.records.meta(CENTRE)})
    damages = tuple(
        Damage(explain(found.error), found.table, found.place, found.school, found.reason) for found in report.findings
    )
    return StoreReport(damages, schools, report.batches, report.values, report.rows, report.can_be_projected_again)


def is_sound_seal(seal: Seal) -> bool:
    """Whether the signature of a seal is that of its certificate, and the replica one of its key."""
    if not verify_signature(seal.certificate, seal.signed_bytes(), seal.signature):
        return False
    return is_of_key(seal.replica, parse_certificate(seal.certificate))


@contextmanager
def _open(path: Path, clock: Clock, key: StoreKey | None) -> Iterator[Store]:
    """The store for reading, beside a program that works with it; an older one is brought to today's form first."""
    try:
        store = open_store(path, clock=clock, read_only=True, key=key)
    except KnownError as error:
        if error.code != "store.older_read_only":
            raise
        store = open_store(path, clock=clock, key=key)
    with store:
        yield store


def _school_id(store: Store, code: str) -> str:
    with store.reading() as reader:
        for school in reader.rows(School, hidden=True):
            if school.code == code:
                return school.id
    raise KnownError("call.no_such_school", school=code)
