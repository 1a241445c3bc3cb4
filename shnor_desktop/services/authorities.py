"""What a store knows of the authority that it trusts: its chain, and the newest list of the revoked."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.exchange.authority import issuer_of
from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.revocations import Entry, SignedList, read_list
from shnor_desktop.exchange.trust import decode, encode
from shnor_desktop.storage.records import LocalRecords

AUTHORITY, CHAIN = "authority", "chain"
REVOCATIONS, LIST = "revocations", "list"


def chain(records: LocalRecords) -> tuple[Certificate, ...]:
    """The authority that is trusted here and those that it succeeded, newest first; empty where there is none."""
    body = records.kept_one(AUTHORITY, CHAIN)
    return () if body is None else _read_chain(body)


def keep_chain(records: LocalRecords, found: Sequence[Certificate]) -> None:
    """Trust this authority from now on."""
    records.keep(AUTHORITY, CHAIN, canonical_json([encode(one.der) for one in found]).decode("utf-8"))


def follows(known: Sequence[Certificate], came: Sequence[Certificate]) -> bool:
    """Whether a chain is the known one or goes on from it."""
    return bool(known) and known[0] in came


def is_issued(records: LocalRecords, certificate: Certificate) -> bool:
    """Whether the authority that is trusted here issued a certificate."""
    return issuer_of(certificate, chain(records)) is not None


def revocations(records: LocalRecords) -> SignedList | None:
    """The newest list of the revoked, None where nothing ever was."""
    body = records.kept_one(REVOCATIONS, LIST)
    return None if body is None else _read_revocations(body)


def keep_revocations(records: LocalRecords, found: SignedList) -> None:
    """Keep a list whose signature was checked."""
    body = {"list": msgspec.to_builtins(found.contents), "signature": encode(found.signature)}
    records.keep(REVOCATIONS, LIST, canonical_json(body).decode("utf-8"))


def revoked(records: LocalRecords, certificate: Certificate) -> Entry | None:
    """What the newest list says of a certificate, or of another one with its key."""
    known = revocations(records)
    return known.contents.entry_of(certificate) if known is not None else None


@lru_cache(maxsize=8)
def _read_chain(body: str) -> tuple[Certificate, ...]:
    """Asked for with every package and every seal."""
    return tuple(decode(text) for text in parse_canonical(body.encode("utf-8")))


@lru_cache(maxsize=8)
def _read_revocations(body: str) -> SignedList:
    found = parse_canonical(body.encode("utf-8"))
    return read_list(found["list"], b64decode(found["signature"]))


def secret_name(store_id: str, generation: int) -> str:
    """Under what name the key of an authority lies in the secrets of a profile."""
    name = f"{store_id}.authority"
    return name if generation == 1 else f"{name}.{generation}"
