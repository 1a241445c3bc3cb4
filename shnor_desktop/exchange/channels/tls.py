"""Who is at the other end: a certificate that the system trusts, or exactly the one that a person looked at."""

from __future__ import annotations

import hashlib
import socket
import ssl
import time
from typing import Any

from shnor_desktop.domain.errors import KnownError

TIMEOUT = 20.0
OUTGOING, INCOMING = "outgoing", "incoming"
"""Which server of a mail account it is about."""


class Patience:
    """Ends a conversation that goes on but brings next to nothing: a byte now and then would hold it for ever."""

    _GRACE, _LEAST = 30.0, 200

    def __init__(self, host: str) -> None:
        self._host = host
        self._begun = time.monotonic()
        self._bytes = 0

    def got(self, count: int) -> None:
        """So many bytes came or went; KnownError channel.timeout when they are too few for the time."""
        self._bytes += count
        spent = time.monotonic() - self._begun
        if spent > self._GRACE and self._bytes < self._LEAST * spent:
            raise KnownError("channel.timeout", host=self._host)


class CertificateSeen(Exception):
    """The certificate of a server that was only to be looked at."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__(fingerprint)
        self.fingerprint = fingerprint


class CertificateDiffers(Exception):
    """A server showed another certificate than the one that is known."""

    def __init__(self, fingerprint: str) -> None:
        super().__init__(fingerprint)
        self.fingerprint = fingerprint


class _Looking(ssl.SSLContext):
    """Compares the certificate right after the handshake, before anything is said."""

    wanted = ""

    def wrap_socket(self, *args: Any, **words: Any) -> ssl.SSLSocket:
        """The connection, if the certificate is the wanted one."""
        connection = super().wrap_socket(*args, **words)
        shown = hashlib.sha256(connection.getpeercert(True) or b"").hexdigest()
        if shown == self.wanted:
            return connection
        connection.close()
        raise CertificateDiffers(shown) if self.wanted else CertificateSeen(shown)


def context_for(pinned: str) -> ssl.SSLContext:
    """What a connection is opened with: the trust of the system, or one certificate and no other."""
    return _looking(pinned) if pinned else ssl.create_default_context()


def looking_context() -> ssl.SSLContext:
    """A context that raises CertificateSeen instead of connecting."""
    return _looking("")


def _looking(wanted: str) -> ssl.SSLContext:
    context = _Looking(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.wanted = wanted
    return context


def certificate_of(host: str, port: int, timeout: float) -> str:
    """SHA-256 of the certificate that a server shows; empty where none could be seen."""
    try:
        with socket.create_connection((host, port), timeout) as raw:
            looking_context().wrap_socket(raw, server_hostname=host)
    except CertificateSeen as seen:
        return seen.fingerprint
    except OSError:
        return ""
    return ""


def cause_of(error: BaseException, kind: type[BaseException]) -> BaseException | None:
    """The failure of a kind behind another one."""
    found: BaseException | None = error
    while found is not None and not isinstance(found, kind):
        found = found.__cause__ or found.__context__
    return found


def unknown_certificate(host: str, fingerprint: str, side: str = OUTGOING) -> KnownError:
    """Nobody vouches for this server; the person may compare the digits and trust this one certificate."""
    return _about("channel.certificate_unknown", host, fingerprint, side)


def changed_certificate(host: str, fingerprint: str, side: str = OUTGOING) -> KnownError:
    """The server is not the one whose certificate was looked at."""
    return _about("channel.certificate_changed", host, fingerprint, side)


def grouped(fingerprint: str) -> str:
    """«AB12 CD34 …», as people compare it."""
    text = fingerprint.upper()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def _about(code: str, host: str, fingerprint: str, side: str) -> KnownError:
    return KnownError(code, host=host, fingerprint=fingerprint, shown=grouped(fingerprint), side=side)
