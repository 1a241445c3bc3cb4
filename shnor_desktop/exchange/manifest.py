"""The ASiCManifest of a package (ETSI EN 319 162-1, annex A.4): which data members there are, with SHA-256 of each.

One canonical text. The reader takes the names and digests out of it, writes it anew and compares, so no XML parser
and none of its freedoms (entities, namespaces, comments, white space) takes part.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Iterable, Mapping

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.zip_layout import SECOND_SIGNATURE_NAME, SIGNATURE_NAME

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
    '<asic:SigReference MimeType="application/pkcs7-signature" URI="{signature}"/>\n'
)
_REFERENCE = (
    '<asic:DataObjectReference MimeType="{mime}" URI="{name}">'
    '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
    "<ds:DigestValue>{digest}</ds:DigestValue></asic:DataObjectReference>\n"
)
_TAIL = "</asic:ASiCManifest>\n"
_FOUND = re.compile(r' URI="([a-z0-9._/-]+)"><ds:DigestMethod [^>]*/><ds:DigestValue>([A-Za-z0-9+/=]{44})<')
_MIME_TYPES = {
    ".gz": "application/gzip",
    ".json": "application/json",
    ".pdf": "application/pdf",
}
_SECOND_MIME_TYPES = {".p7s": "application/pkcs7-signature", ".xml": "application/xml"}
_OTHER_MIME_TYPE = "application/octet-stream"


def write_manifest(digests: Mapping[str, bytes]) -> bytes:
    """The manifest for {member name: SHA-256}, names sorted."""
    return _whole(SIGNATURE_NAME, (_reference(name, digests[name], _MIME_TYPES) for name in sorted(digests)))


def write_second_manifest(digests: Mapping[str, bytes]) -> bytes:
    """The manifest for {name of a member of META-INF: SHA-256}, which a second signature covers, in this order."""
    return _whole(SECOND_SIGNATURE_NAME, (_reference(name, digests[name], _SECOND_MIME_TYPES) for name in digests))


def read_manifest(data: bytes) -> dict[str, bytes]:
    """{member name: SHA-256} of a manifest; package.manifest_malformed unless it is exactly what we would write."""
    try:
        found = _FOUND.findall(data.decode("ascii"))
        digests = {name: b64decode(digest, validate=True) for name, digest in found}
    except (UnicodeDecodeError, Base64Error) as error:
        raise KnownError("package.manifest_malformed") from error
    if write_manifest(digests) != data:
        raise KnownError("package.manifest_malformed")
    return digests


def _whole(signature: str, references: Iterable[str]) -> bytes:
    return (_HEAD.format(signature=signature) + "".join(references) + _TAIL).encode("ascii")


def _reference(name: str, digest: bytes, mime_types: Mapping[str, str]) -> str:
    mime = mime_types.get(name[name.rfind(".") :], _OTHER_MIME_TYPE) if "." in name else _OTHER_MIME_TYPE
    return _REFERENCE.format(mime=mime, name=name, digest=b64encode(digest).decode("ascii"))
