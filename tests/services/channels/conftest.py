"""Two desks with channels between them."""

from __future__ import annotations

from tests.exchange.channels.conftest import (
    certificate,
    imap,
    imap_server,
    no_proxy,
    smtp,
    smtp_server,
    webdav,
    webdav_server,
    wire,
)
from tests.services.exchange_desks import desks, without_check

__all__ = [
    "certificate",
    "desks",
    "imap",
    "imap_server",
    "no_proxy",
    "smtp",
    "smtp_server",
    "webdav",
    "webdav_server",
    "wire",
    "without_check",
]
