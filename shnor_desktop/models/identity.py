"""Ids of rows: from the natural key where there is one, else ordered by time."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Sequence
from datetime import datetime

from shnor_desktop.domain.canonical import canonical_json, clean_text

_NAMESPACE = uuid.UUID("6f0d5a0e-9f1c-5f0b-8a51-7b5d0a4c2e10")


def new_row_id(now: datetime) -> str:
    """A UUID of version 7 (RFC 9562): rows made later sort later."""
    milliseconds = int(now.timestamp() * 1000) & (2**48 - 1)
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return str(uuid.UUID(int=value))


def keyed_row_id(school: str, log_name: str, key: Sequence[str], secret: bytes = b"") -> str:
    """The id of a row with a natural key: two computers that enter the same thing meet in one row.

    `secret` keys a key made of personal data, so that the id tells nothing about the person.
    """
    parts = [clean_text(part).casefold().strip() for part in key]
    if secret:
        parts = [hmac.new(secret, canonical_json(parts), hashlib.sha256).hexdigest()]
    return str(uuid.uuid5(_NAMESPACE, canonical_json([school, log_name, *parts]).decode("utf-8")))
