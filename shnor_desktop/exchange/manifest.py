"""The ASiCManifest of a package (ETSI EN 319 162-1, annex A.4): which data members there are, with SHA-256 of each.

One canonical text. The reader takes the names and digests out of it, writes it anew and compares, so no XML parser
and none of its freedoms (entities, namespaces, comments, white space) takes part.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.zip_layout import SIGNATURE_NAME

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#" xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
    f'<asic:SigReference MimeType="application/pkcs7-signature" URI="{SIGNATURE_NAME}"/>\n'
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
_OTHER_MIME_TYPE = "application/octet-stream"


def write_manifest(digests: Mapping[str, bytes]) -> bytes:
    """The manifest for {member name: SHA-256}, names sorted."""
    references = (
        _REFERENCE.format(mime=_mime_type(name), name=name, digest=b64encode(digests[name]).decode("ascii"))
        for name in sorted(digests)
    )
    return (_HEAD + "".join(references) + _TAIL).encode("ascii")


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


def _mime_type(name: str) -> str:
    return _MIME_TYPES.get(name[name.rfind(".") :], _OTHER_MIME_TYPE) if "." in name else _OTHER_MIME_TYPE
