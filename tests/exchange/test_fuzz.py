"""Whatever the bytes are, a reader ends with a KnownError or with the content that was signed."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.certificates import parse_certificate
from shnor_desktop.exchange.cms import sign_detached, verify_detached
from shnor_desktop.exchange.compression import decompress
from shnor_desktop.exchange.container import read_container_bytes
from shnor_desktop.exchange.manifest import read_manifest
from shnor_desktop.exchange.zip_layout import MANIFEST_NAME, SIGNATURE_NAME
from tests.exchange.sample import CONTENTS, NOW, identity, signed_parts, zipped

WHOLE = zipped(signed_parts().items())
SIGNATURE = signed_parts()[SIGNATURE_NAME]
CERTIFICATE = identity().certificate.der
MANIFEST = signed_parts()[MANIFEST_NAME]
PACKED = CONTENTS["changes.ndjson.gz"]

Edit = tuple[int, int, bytes]
"""Where, how many bytes go, and what comes in their place."""


def edits(longest: int) -> st.SearchStrategy[list[Edit]]:
    """Up to four edits of a text of bytes."""
    pieces = st.one_of(
        st.binary(max_size=8),
        st.sampled_from([b"PK\x01\x02", b"PK\x03\x04", b"PK\x05\x06", b"\x30\x80", b"\xff\xff\xff\xff", b"../x"]),
    )
    return st.lists(st.tuples(st.integers(0, longest), st.integers(0, 64), pieces), min_size=1, max_size=4)


def edited(data: bytes, changes: list[Edit]) -> bytes:
    """The bytes after the edits."""
    for offset, gone, new in changes:
        data = data[:offset] + new + data[offset + gone :]
    return data


@settings(max_examples=500, deadline=None)
@given(edits(len(WHOLE)))
def test_that_an_edited_package_is_refused_in_words(changes: list[Edit]) -> None:
    data = edited(WHOLE, changes)
    try:
        read_container_bytes(data)
    except KnownError:
        assert data != WHOLE
    else:
        assert data == WHOLE


@settings(max_examples=300, deadline=None)
@given(edits(len(MANIFEST)))
def test_that_a_rightly_signed_edited_manifest_is_refused_in_words(changes: list[Edit]) -> None:
    manifest = edited(MANIFEST, changes)
    signature = sign_detached(manifest, identity().key, identity().certificate, NOW)
    data = zipped({**signed_parts(), MANIFEST_NAME: manifest, SIGNATURE_NAME: signature}.items())
    try:
        read_container_bytes(data)
    except KnownError:
        assert manifest != MANIFEST
    else:
        assert manifest == MANIFEST


@settings(max_examples=500, deadline=None)
@given(edits(len(SIGNATURE)))
def test_that_an_edited_signature_is_refused_in_words(changes: list[Edit]) -> None:
    data = edited(SIGNATURE, changes)
    try:
        verify_detached(MANIFEST, data)
    except KnownError:
        assert data != SIGNATURE
    else:
        assert data == SIGNATURE


@settings(max_examples=500, deadline=None)
@given(edits(len(CERTIFICATE)))
def test_that_an_edited_certificate_is_refused_in_words(changes: list[Edit]) -> None:
    data = edited(CERTIFICATE, changes)
    try:
        parse_certificate(data)
    except KnownError:
        assert data != CERTIFICATE
    else:
        assert data == CERTIFICATE


@settings(max_examples=500, deadline=None)
@given(edits(len(PACKED)))
def test_that_edited_compressed_data_is_refused_in_words(changes: list[Edit]) -> None:
    data = edited(PACKED, changes)
    try:
        content = decompress(data)
    except KnownError:
        assert data != PACKED
    else:
        assert content == decompress(PACKED)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2_000))
def test_that_any_bytes_are_refused_in_words(data: bytes) -> None:
    for reader in (read_container_bytes, read_manifest, parse_certificate, decompress):
        try:
            reader(data)
        except KnownError:
            continue
        raise AssertionError(f"{reader.__name__} accepted {data!r}")
