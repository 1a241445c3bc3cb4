"""A few bytes under a passphrase, in the age format: scrypt, ChaCha20-Poly1305, one chunk (age-encryption.org/v1).

Written here and not by a library because a library chooses the cost by the speed of the computer: on a fast one that
is a gigabyte of memory, and an old school computer could not open the file. Any program of age reads what is written.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import unicodedata
from typing import TYPE_CHECKING

from shnor_desktop.domain.errors import BugError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

COST = 18
"""Power of two: 256 MB and about 0.7 s on a computer of 2023; whoever guesses pays it for every guess."""
MOST_COST = 20
_BLOCK = 8
_CHUNK = 64 * 1024
_VERSION = b"age-encryption.org/v1\n"
_LABEL = b"age-encryption.org/v1/scrypt"
_HEADER = re.compile(
    rb"age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---"
    rb" ([A-Za-z0-9+/]{43})\n",
    re.ASCII,
)


class NotSealed(Exception):
    """The bytes are no such file, or they ask for more than any passphrase is worth."""


def seal_with_passphrase(content: bytes, passphrase: str, *, cost: int = COST) -> bytes:
    """The content under a passphrase; BugError for more than 64 KiB."""
    if len(content) > _CHUNK:
        raise BugError("more than one chunk")
    file_key, salt, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    body = _cipher(_stretched(passphrase, salt, cost)).encrypt(bytes(12), file_key, None)
    head = _VERSION + b"-> scrypt %b %d\n%b\n---" % (_unpadded(salt), cost, _unpadded(body))
    sealed = _cipher(_derived(file_key, nonce, b"payload")).encrypt(_LAST_CHUNK, content, None)
    return head + b" " + _unpadded(_mark(file_key, head)) + b"\n" + nonce + sealed


def open_with_passphrase(sealed: bytes, passphrase: str) -> bytes | None:
    """The content, None when the passphrase is another one; NotSealed for other bytes."""
    from cryptography.exceptions import InvalidTag  # OpenSSL: only when something is opened

    found = _HEADER.match(sealed)
    if found is None or int(found[2]) > MOST_COST or len(sealed) > 2 * _CHUNK:
        raise NotSealed
    salt, body, mark = (_padded(found[at]) for at in (1, 3, 4))
    try:
        file_key = _cipher(_stretched(passphrase, salt, int(found[2]))).decrypt(bytes(12), body, None)
    except InvalidTag:
        return None
    head = sealed[: found.start(4) - 1]
    nonce, rest = sealed[found.end() : found.end() + 16], sealed[found.end() + 16 :]
    try:
        if not hmac.compare_digest(mark, _mark(file_key, head)) or len(nonce) != 16:
            raise NotSealed
        return _cipher(_derived(file_key, nonce, b"payload")).decrypt(_LAST_CHUNK, rest, None)
    except InvalidTag as error:
        raise NotSealed from error


_LAST_CHUNK = bytes(11) + b"\x01"


def _stretched(passphrase: str, salt: bytes, cost: int) -> bytes:
    words = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    most = 128 * _BLOCK * (1 << cost) + (1 << 20)
    return hashlib.scrypt(words, salt=_LABEL + salt, n=1 << cost, r=_BLOCK, p=1, maxmem=most, dklen=32)


def _derived(key: bytes, salt: bytes, purpose: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # as above
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt or None, purpose).derive(key)


def _cipher(key: bytes) -> ChaCha20Poly1305:
    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305  # as above

    return ChaCha20Poly1305(key)


def _mark(file_key: bytes, head: bytes) -> bytes:
    return hmac.digest(_derived(file_key, b"", b"header"), head, hashlib.sha256)


def _unpadded(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _padded(text: bytes) -> bytes:
    try:
        return base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise NotSealed from error
