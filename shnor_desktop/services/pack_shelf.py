"""The shelf of a store: every version of a methodology that it has met, in the bytes that its hash is taken of.

A version in force is never taken away by a newer one: a new version of the program, a package of the centre and a
publication put theirs beside it, as an offer. Which one is in force stands in the property `methodology_hash`; a store
of before the shelf has none and takes what the program has of its methodology.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any

from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.metrics import known_metric_names
from shnor_desktop.exchange.package_json import SCHOOL_PACKAGE
from shnor_desktop.methodologies.examining import Examined, examine, plain_of
from shnor_desktop.methodologies.loader import pack_to_canonical
from shnor_desktop.services.methodology import Packs
from shnor_desktop.services.pack_words import fault_words
from shnor_desktop.storage.records import LocalRecords, PackageRecord

KIND, DRAFT_KIND = "methodology", "methodology-draft"
META_ID, META_HASH = "methodology", "methodology_hash"
_META_SHELF, _META_MOVES = "methodology_shelf", "methodology_moves"
_MOST_MOVES = 200


class PackSource(StrEnum):
    """Who a version came from."""

    PROGRAM = "program"
    CENTRE = "centre"
    OWN = "own"
    """Published on this desk."""


class OfferState(StrEnum):
    """What this desk did with a version."""

    OFFERED = "offered"
    DECLINED = "declined"
    USED = "used"
    """It is in force, or was."""


@dataclass(frozen=True, slots=True)
class ShelfEntry:
    """A version on the shelf; `note` is what its author says has changed."""

    hash: str
    source: PackSource
    kept_at: str
    state: OfferState = OfferState.OFFERED
    note: str = ""


@dataclass(frozen=True, slots=True)
class PackMove:
    """A move from one version in force to another."""

    moved_at: str
    old: str
    new: str


def entries(records: LocalRecords) -> list[ShelfEntry]:
    """What stands on the shelf, in the order in which it came."""
    found: list[dict[str, str]] = json.loads(records.meta(_META_SHELF, "[]"))
    return [
        ShelfEntry(one["hash"], PackSource(one["source"]), one["kept_at"], OfferState(one["state"]), one["note"])
        for one in found
    ]


def moves(records: LocalRecords) -> list[PackMove]:
    """Every move from version to version, oldest first."""
    return [PackMove(**one) for one in json.loads(records.meta(_META_MOVES, "[]"))]


def keep(records: LocalRecords, data: bytes, entry: ShelfEntry) -> ShelfEntry:
    """Put a version on the shelf, once: one that is there already stays as it is known."""
    records.put_blob("", KIND, data)
    held = entries(records)
    for known in held:
        if known.hash == entry.hash:
            return known
    _write(records, [*held, entry])
    return entry


def mark(records: LocalRecords, pack_hash: str, state: OfferState) -> None:
    """Note what this desk did with a version."""
    _write(records, [replace(one, state=state) if one.hash == pack_hash else one for one in entries(records)])


def remove(records: LocalRecords, pack_hash: str) -> None:
    """Take a version off the shelf that nobody works by or ever did."""
    _write(records, [one for one in entries(records) if one.hash != pack_hash])
    records.remove_blob("", pack_hash)


def put_in_force(records: LocalRecords, pack: Pack, now: datetime) -> None:
    """Work by a version of the shelf from now on, and note the move."""
    old = records.meta(META_HASH)
    records.set_meta(META_ID, pack.id)
    records.set_meta(META_HASH, pack.hash)
    mark(records, pack.hash, OfferState.USED)
    if old and old != pack.hash:
        done = [*moves(records), PackMove(iso_utc(now), old, pack.hash)][-_MOST_MOVES:]
        records.set_meta(_META_MOVES, json.dumps([asdict(one) for one in done], sort_keys=True))


def needs_settling(records: LocalRecords, packs: Packs) -> bool:
    """Whether the program brings a version that this store has not met, or the store has no version noted at all."""
    built_in = packs.find(records.meta(META_ID))
    if not records.meta(META_HASH):
        return built_in is not None
    return built_in is not None and all(one.hash != built_in.hash for one in entries(records))


def settle(records: LocalRecords, packs: Packs, now: datetime) -> None:
    """Keep the version in force; a newer one that the program brings is an offer beside it."""
    built_in = packs.find(records.meta(META_ID))
    if built_in is None:
        return
    entry = ShelfEntry(built_in.hash, PackSource.PROGRAM, iso_utc(now))
    if not records.meta(META_HASH):
        keep(records, pack_to_canonical(built_in), replace(entry, state=OfferState.USED))
        put_in_force(records, built_in, now)
    else:
        keep(records, pack_to_canonical(built_in), entry)


def read_version(records: LocalRecords, packs: Packs, pack_hash: str) -> Pack | None:
    """The pack of a hash, from the program or from the shelf; None where it is on neither."""
    own = packs.find(records.meta(META_ID))  # the others of the program are read only when nothing else is at hand
    if own is not None and own.hash == pack_hash:
        return own
    data = records.blob("", pack_hash) if pack_hash else None
    kept = _lenient(data) if data is not None else None
    return kept or next((pack for pack in packs.packs if pack_hash and pack.hash == pack_hash), None)


def in_force(records: LocalRecords, packs: Packs) -> Pack:
    """The version that the desk works by; KnownError methodology.unknown where there is none of its methodology."""
    pack = read_version(records, packs, records.meta(META_HASH))
    return pack or packs.get(records.meta(META_ID))


def hash_of_packages(incoming: Sequence[PackageRecord]) -> str:
    """The hash of the methodology that the newest package of a school names; empty where none names one."""
    known = [one for one in incoming if one.direction == "in" and one.kind == SCHOOL_PACKAGE]
    newest = max(known, key=lambda one: (one.number, one.made_at), default=None)
    named = json.loads(newest.details).get("methodology", {}) if newest else {}
    return str(named.get("hash", ""))


def read_received(data: bytes, known_metrics: Collection[str] | None = None) -> Pack:
    """A pack that somebody sent: every rule holds, or it is refused with the place of the first fault.

    KnownError methodology.too_large, .not_a_pack, .newer_format, json.*, pack_editing.received_faulty.
    """
    plain = plain_of(data)
    found = examine(plain, known_metric_names() if known_metrics is None else known_metrics)
    if found.pack is None or not found.is_sound:
        raise _faulty(plain, found)
    return found.pack


@lru_cache(maxsize=32)
def _lenient(data: bytes) -> Pack | None:
    """A pack that was sound when it was kept: later rules do not close the desk of a school, nor a lost metric."""
    try:
        plain = plain_of(data)
    except KnownError:
        return None
    known = frozenset(known_metric_names())
    pack = examine(_without_unknown_metrics(plain, known), known).pack
    return replace(pack, hash=hashlib.sha256(data).hexdigest()) if pack is not None else None


def _without_unknown_metrics(plain: Any, known: frozenset[str]) -> Any:
    """The same data where a metric that this program has no more is typed by hand."""
    if isinstance(plain, dict):
        kept = {name: _without_unknown_metrics(value, known) for name, value in plain.items()}
        if isinstance(kept.get("metric"), str) and kept["metric"] not in known:
            kept["metric"] = ""
        return kept
    return [_without_unknown_metrics(item, known) for item in plain] if isinstance(plain, list) else plain


def _faulty(plain: dict[str, Any], found: Examined) -> KnownError:
    place, reason = fault_words(plain, found.findings[0])
    return KnownError("pack_editing.received_faulty", place=place, reason=reason, count=len(found.findings))


def _write(records: LocalRecords, held: Sequence[ShelfEntry]) -> None:
    records.set_meta(_META_SHELF, json.dumps([asdict(one) for one in held], ensure_ascii=False, sort_keys=True))
