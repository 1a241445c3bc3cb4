"""The identity of a writer: a private key and its certificate, kept in a file of the owner alone.

The file is PEM: the key as PKCS #8, then the certificate. Format history: 1 – this form; the certificates of the
authorities above it may follow.
"""

from __future__ import annotations

import os
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Self

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import ecdsa
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.certificates import Certificate, Subject, chain_of, issue_self_signed, parse_certificate
from shnor_desktop.exchange.raw_signature import tagged

OWNER_ALONE = 0o600
_LONGEST_FILE = 16 * 1024
_KEY_ENTROPY = 40  # 64 bits more than the order, so that the remainder is even (FIPS 186-5, A.2.1)
_PEM_LINE = 64
_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----\s([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----")


Key = ec.EllipticCurvePrivateKey


@dataclass(frozen=True, slots=True)
class Identity:
    """A key that can sign and the certificate that says whose it is; the key never shows in a repr.

    The key may be a call that reads it, for it is needed only to sign. `chain` are the authorities above.
    """

    _key: Key | Callable[[], Key] = field(repr=False, compare=False)
    certificate: Certificate
    chain: tuple[Certificate, ...] = ()

    @property
    def key(self) -> Key:
        """The private key."""
        return self._key if isinstance(self._key, Key) else self._key()

    @classmethod
    def create(cls, subject: Subject, now: datetime, entropy: Callable[[int], bytes] = os.urandom) -> Self:
        """A new key with a self-signed certificate; demo data passes a seeded `entropy` to get the same again."""
        key = new_key(entropy)
        return cls(key, issue_self_signed(key, subject, now, entropy))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; KnownError keys.missing, keys.unreadable or keys.damaged."""
        try:
            data = path.read_bytes()
        except FileNotFoundError as error:
            raise KnownError("keys.missing", file=str(path)) from error
        except OSError as error:
            raise KnownError("keys.unreadable", file=str(path)) from error
        found = cls.parse(data, str(path))
        with suppress(OSError):  # a copy from a flash drive may be readable to all
            path.chmod(OWNER_ALONE)
        return found

    @classmethod
    def parse(cls, data: bytes, place: str) -> Self:
        """Read the PEM of a key and its certificates; KnownError keys.damaged, which names the place."""
        try:
            return cls(*_read(data))
        except (ValueError, TypeError, UnsupportedAlgorithm, KnownError) as error:
            raise KnownError("keys.damaged", file=place) from error

    def pem(self) -> bytes:
        """The key, its certificate and the chain above it, not encrypted."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return key + certificates_pem((self.certificate, *self.chain))

    def save(self, path: Path) -> None:
        """Write the file, readable to the owner alone; an existing key is never written over (keys.exists)."""
        if path.exists():
            raise KnownError("keys.exists", file=str(path))
        data = self.pem()
        with write_beside(path, "keys", need=len(data), mode=OWNER_ALONE) as stream:
            stream.write(data)

    def sign(self, data: bytes) -> bytes:
        """A raw signature of 64 bytes (r ‖ s) for a seal; `raw_signature.verify_signature` checks it."""
        return ecdsa.to_raw(*ecdsa.sign(self.key, tagged(data)))


def new_key(entropy: Callable[[int], bytes] = os.urandom) -> Key:
    """A private key of P-256."""
    return ec.derive_private_key(int.from_bytes(entropy(_KEY_ENTROPY), "big") % (ecdsa.ORDER - 1) + 1, ec.SECP256R1())


def certificate_pem(certificate: Certificate) -> bytes:
    """The certificate as PEM, as `openssl cms -verify -CAfile` wants it."""
    text = b64encode(certificate.der)
    lines = [text[start : start + _PEM_LINE] for start in range(0, len(text), _PEM_LINE)]
    return b"\n".join([b"-----BEGIN CERTIFICATE-----", *lines, b"-----END CERTIFICATE-----", b""])


def certificates_pem(certificates: Sequence[Certificate]) -> bytes:
    """Certificates one after another."""
    return b"".join(certificate_pem(one) for one in certificates)


def parse_certificates(data: bytes) -> tuple[Certificate, ...]:
    """The certificates of a PEM; ValueError or KnownError package.certificate_invalid."""
    return tuple(parse_certificate(b64decode(found)) for found in _CERTIFICATE.findall(data))


def _read(data: bytes) -> tuple[Key, Certificate, tuple[Certificate, ...]]:
    if len(data) > _LONGEST_FILE:
        raise ValueError("too long for a key")
    key = serialization.load_pem_private_key(data, password=None)
    certificates = parse_certificates(data)
    if not isinstance(key, Key) or not isinstance(key.curve, ec.SECP256R1) or not certificates:
        raise ValueError("another kind of key, or no certificate")
    certificate = certificates[0]
    if ecdsa.point_of(key.public_key()) != certificate.point or chain_of(certificate, certificates[1:]) is None:
        raise ValueError("the certificate is of another key, or its chain is broken")
    return key, certificate, certificates[1:]
