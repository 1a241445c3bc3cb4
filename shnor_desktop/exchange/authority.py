"""The authority of a centre: its key issues certificates and signs the list of the revoked, and nothing else.

The key is kept as an age file under a passphrase (scrypt, 256 MB, about a second), which any `age`
opens; inside is the PEM that `keys.Identity` writes. A passphrase is read in one spelling: NFC, single spaces.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificate_names import Subject, subject_of
from shnor_desktop.exchange.certificates import LONGEST_CHAIN, Certificate, chain_of, issue, issue_authority
from shnor_desktop.exchange.keys import Identity, new_key
from shnor_desktop.exchange.passphrase_file import COST, NotSealed, open_with_passphrase, seal_with_passphrase

FEWEST_SIGNS, FEWEST_WORDS = 10, 4
_FEWEST_DIFFERENT = 5
_LONGEST_PASSPHRASE = 1000
_PLACE = "authority"


@dataclass(frozen=True, slots=True)
class Authority:
    """An authority whose key is open."""

    identity: Identity

    @property
    def certificate(self) -> Certificate:
        """The certificate of the authority."""
        return self.identity.certificate

    @property
    def chain(self) -> tuple[Certificate, ...]:
        """Its certificate and those of the authorities that it succeeded, newest first."""
        return (self.identity.certificate, *self.identity.chain)

    @classmethod
    def create(
        cls,
        code: str,
        name: str,
        now: datetime,
        *,
        is_demo: bool = False,
        entropy: Callable[[int], bytes] = os.urandom,
        before: Self | None = None,
    ) -> Self:
        """A new authority; `before` is the one that it takes over from, which vouches for it."""
        plain = subject_of(code, WriterRole.MUNICIPAL, name, name, is_demo=is_demo)
        organisation = plain.organisation if before is None else f"№ {len(before.chain) + 1}"
        subject = Subject(plain.code, plain.role, plain.name, organisation, is_demo, is_authority=True)
        key = new_key(entropy)
        if before is None:
            return cls(Identity(key, issue_authority(key, subject, now, entropy)))
        if len(before.chain) >= LONGEST_CHAIN:
            raise KnownError("authority.too_many")
        vouched = issue_authority(key, subject, now, entropy, (before.certificate, before.identity.key))
        return cls(Identity(key, vouched, before.chain))

    def issue(
        self, point: bytes, subject: Subject, now: datetime, entropy: Callable[[int], bytes] = os.urandom
    ) -> Certificate:
        """A certificate for the key at this point."""
        return issue(point, subject, self.certificate, self.identity.key, now, entropy)

    def sign(self, data: bytes) -> bytes:
        """A raw signature of 64 bytes."""
        return self.identity.sign(data)

    def close(self, passphrase: str) -> bytes:
        """The age file under a passphrase; KnownError authority.passphrase_weak."""
        return seal_with_passphrase(self.identity.pem(), require_passphrase(passphrase), cost=COST)

    @classmethod
    def open(cls, data: bytes, passphrase: str) -> Self:
        """Read what `close` wrote; KnownError authority.passphrase_wrong or .key_damaged."""
        try:
            pem = open_with_passphrase(data, spelled(passphrase))
        except NotSealed as error:
            raise KnownError("authority.key_damaged") from error
        if pem is None:
            raise KnownError("authority.passphrase_wrong")
        try:
            found = cls(Identity.parse(pem, _PLACE))
        except KnownError as error:
            raise KnownError("authority.key_damaged") from error
        if not found.certificate.is_authority:
            raise KnownError("authority.key_damaged")
        return found


def spelled(passphrase: str) -> str:
    """A passphrase in the one spelling in which it opens."""
    return " ".join(unicodedata.normalize("NFC", passphrase).split())


def require_passphrase(passphrase: str) -> str:
    """A passphrase that is long enough, as it is spelled; KnownError authority.passphrase_weak."""
    text = spelled(passphrase)
    words = text.split()
    is_long = len(text) >= FEWEST_SIGNS or len(set(words)) >= FEWEST_WORDS
    if not is_long or len(set(text)) < _FEWEST_DIFFERENT or len(text) > _LONGEST_PASSPHRASE:
        raise KnownError("authority.passphrase_weak", signs=FEWEST_SIGNS, words=FEWEST_WORDS)
    return text


def is_chain(certificates: Sequence[Certificate]) -> bool:
    """True for an authority and all those that it succeeded, newest first, each vouched for by the next."""
    return (
        0 < len(certificates) <= LONGEST_CHAIN
        and all(one.is_authority for one in certificates)
        and chain_of(certificates[0], certificates[1:]) == tuple(certificates[1:])
    )


def issuer_of(certificate: Certificate, chain: Sequence[Certificate]) -> Certificate | None:
    """The authority of a chain that issued a certificate; None where none of them did, or it is one itself."""
    if certificate.is_authority or not certificate.issuer_key:
        return None
    return next((one for one in chain if certificate.is_issued_by(one)), None)
