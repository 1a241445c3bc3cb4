"""Vectors of the signature and of the signed list: other keys, other bytes, other forms of what is rightly signed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from hashlib import sha256, sha512

from asn1crypto import algos
from asn1crypto import cms as reference_cms

from shnor_desktop.exchange import ecdsa
from shnor_desktop.exchange.cms import sign_detached
from shnor_desktop.exchange.container import prepare_attached, read_container_bytes
from shnor_desktop.exchange.manifest import write_manifest
from shnor_desktop.exchange.package import COVER
from shnor_desktop.exchange.zip_layout import (
    MANIFEST_NAME,
    QUALIFIED_NAME,
    SECOND_MANIFEST_NAME,
    SECOND_SIGNATURE_NAME,
    SIGNATURE_NAME,
)
from tests.exchange.sample import zipped
from tests.packages.broken_archives import parts_of
from tests.packages.hand_made import NOW, HandMade, identity
from tests.packages.vector import Vector


def signature_vectors() -> Iterator[Vector]:
    """Every vector of the signature."""
    whole = HandMade.usual().package()
    parts = {str(name): content for name, content in parts_of(whole)}
    for name, cause, changed in (*_signatures(parts), *_lists(parts)):
        yield Vector("signature", name, zipped({**parts, **changed}.items()), f"package.{cause}")
    yield from _second(whole)


Found = tuple[str, str, dict[str, bytes]]


def resigned(parts: dict[str, bytes], listed: bytes) -> bytes:
    """The package with another list, which its own key signed."""
    signature = sign_detached(listed, identity().key, identity().certificate, NOW)
    return zipped({**parts, MANIFEST_NAME: listed, SIGNATURE_NAME: signature}.items())


def _signatures(parts: dict[str, bytes]) -> Iterator[Found]:
    listed, right = parts[MANIFEST_NAME], parts[SIGNATURE_NAME]
    thief, own = identity("thief"), identity()
    wrong = {
        "empty": ("signature_malformed", b""),
        "zeros": ("signature_malformed", bytes(len(right))),
        "cut": ("signature_malformed", right[:-1]),
        "longer": ("signature_malformed", right + b"\x00"),
        "base64": ("signature_malformed", b"MIIB" + right),
        "of-another-list": ("signature_invalid", sign_detached(b"<other/>", own.key, own.certificate, NOW)),
        "by-another-key": ("signature_invalid", sign_detached(listed, thief.key, own.certificate, NOW)),
        "of-another-package": ("signature_invalid", dict(parts_of(_other()))[SIGNATURE_NAME]),
        "last-bit": ("signature_invalid", right[:-1] + bytes([right[-1] ^ 1])),
        "high-s": ("signature_malformed", _high_s(right)),
        "two-certificates": ("signature_malformed", _altered(right, "certificates")),
        "no-certificate": ("signature_malformed", _altered(right, "no certificates")),
        "unsigned-attribute": ("signature_malformed", _altered(right, "unsigned")),
        "content-inside": ("signature_malformed", _altered(right, "inside")),
        "no-signer": ("signature_malformed", _altered(right, "no signer")),
    }
    for name, (cause, signature) in wrong.items():
        yield name, cause, {SIGNATURE_NAME: signature}
    certificate = own.certificate.der
    damaged = certificate[:-1] + bytes([certificate[-1] ^ 1])
    yield "certificate-damaged", "certificate_invalid", {SIGNATURE_NAME: right.replace(certificate, damaged)}
    swapped = right.replace(certificate, thief.certificate.der)
    yield "certificate-of-another", "signature_malformed", {SIGNATURE_NAME: swapped}


def _lists(parts: dict[str, bytes]) -> Iterator[Found]:
    """A list that was changed after it was signed."""
    listed = parts[MANIFEST_NAME]
    other = write_manifest({COVER: sha256(b"").digest()})
    yield "list-changed", "signature_invalid", {MANIFEST_NAME: listed.replace(b"cover", b"lover")}
    yield "list-of-another", "signature_invalid", {MANIFEST_NAME: other}
    yield "list-empty", "signature_invalid", {MANIFEST_NAME: b""}
    yield "list-with-a-space", "signature_invalid", {MANIFEST_NAME: listed + b" "}


def _other() -> bytes:
    made = HandMade.usual()
    return made.package(made.members(number=2))


def _high_s(signature: bytes) -> bytes:
    parsed = reference_cms.ContentInfo.load(signature)
    signer = parsed["content"]["signer_infos"][0]
    r, s = (int(number) for number in algos.DSASignature.load(signer["signature"].native).native.values())
    signer["signature"] = algos.DSASignature({"r": r, "s": ecdsa.ORDER - s}).dump()
    return bytes(parsed.dump(force=True))


def _altered(signature: bytes, change: str) -> bytes:
    parsed = reference_cms.ContentInfo.load(signature)
    content = parsed["content"]
    if change == "certificates":
        both = [content["certificates"][0].chosen.dump(), identity("other").certificate.der]
        content["certificates"] = [reference_cms.CertificateChoices.load(one) for one in both]
    elif change == "no certificates":
        content["certificates"] = []
    elif change == "unsigned":
        content["signer_infos"][0]["unsigned_attrs"] = [{"type": "content_type", "values": ["data"]}]
    elif change == "inside":
        content["encap_content_info"]["content"] = b"<other/>"
    else:
        content["signer_infos"] = []
    return bytes(parsed.dump(force=True))


def _second(whole: bytes) -> Iterator[Vector]:
    """A qualified signature that was attached, and then something else."""
    stream = io.BytesIO()
    prepare_attached(read_container_bytes(whole), b"made elsewhere", identity(), NOW).write_to(stream)
    parts = {str(name): content for name, content in parts_of(stream.getvalue())}
    thief = identity("thief")
    stolen = sign_detached(parts[SECOND_MANIFEST_NAME], thief.key, thief.certificate, NOW)
    other = parts[SECOND_MANIFEST_NAME] + b" "
    own = sign_detached(other, identity().key, identity().certificate, NOW)
    found = {
        "changed": ("digest_mismatch", {QUALIFIED_NAME: b"made  elsewhere"}),
        "by-another-key": ("second_signer_differs", {SECOND_SIGNATURE_NAME: stolen}),
        "of-the-first-list": ("signature_invalid", {SECOND_SIGNATURE_NAME: parts[SIGNATURE_NAME]}),
        "list-in-another-form": ("digest_mismatch", {SECOND_MANIFEST_NAME: other, SECOND_SIGNATURE_NAME: own}),
        "signature-empty": ("signature_malformed", {SECOND_SIGNATURE_NAME: b""}),
    }
    for name, (cause, changed) in found.items():
        yield Vector("signature", f"second-{name}", zipped({**parts, **changed}.items()), f"package.{cause}")
    for name in (QUALIFIED_NAME, SECOND_MANIFEST_NAME, SECOND_SIGNATURE_NAME):
        word = name.rpartition("/")[2].partition(".")[0].lower()
        data = zipped(part for part in parts.items() if part[0] != name)
        yield Vector("signature", f"second-without-{word}", data, "package.layout")


def _forms(parts: dict[str, bytes]) -> dict[str, bytes]:
    """A list that is written in another form: XML with all its freedoms."""
    listed = parts[MANIFEST_NAME]
    first = listed.index(b"<asic:DataObjectReference")
    reference = listed[first : listed.index(b"\n", first) + 1]
    head = listed.index(b"\n") + 1
    laughs = b"".join(b'<!ENTITY l%d "%s">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10))
    entity = b'<!DOCTYPE x [<!ENTITY name "package.json">]>\n'
    forms = {
        "entity": (listed[:head] + entity + listed[head:]).replace(b'URI="package.json"', b'URI="&name;"'),
        "billion-laughs": listed[:head] + b'<!DOCTYPE x [<!ENTITY l0 "x">' + laughs + b"]>\n" + listed[head:],
        "external-dtd": listed[:head] + b'<!DOCTYPE x SYSTEM "http://127.0.0.1/x.dtd">\n' + listed[head:],
        "external-entity": listed[:head]
        + b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>\n'
        + listed[head:].replace(b"</asic:ASiC", b"&f;</asic:ASiC"),
        "parameter-entity": listed[:head] + b'<!DOCTYPE x [<!ENTITY % f SYSTEM "x">%f;]>\n' + listed[head:],
        "comment": listed.replace(b"</asic:ASiC", b"<!-- --></asic:ASiC"),
        "cdata": listed.replace(b"</asic:ASiC", b"<![CDATA[x]]></asic:ASiC"),
        "instruction": listed[:head] + b"<?xml-stylesheet href='x'?>\n" + listed[head:],
        "other-prefix": listed.replace(b"asic:", b"a:").replace(b"xmlns:asic", b"xmlns:a"),
        "space": listed.replace(b'"/>\n<asic:Data', b'" />\n<asic:Data', 1),
        "line-break": listed.replace(b"\n", b"\r\n"),
        "no-last-line-break": listed[:-1],
        "mark-in-front": b"\xef\xbb\xbf" + listed,
        "utf-16": listed.decode("ascii").encode("utf-16"),
        "character-reference": listed.replace(b'URI="package.json"', b'URI="package&#46;json"'),
        "percent": listed.replace(b'URI="package.json"', b'URI="package%2Ejson"'),
        "other-mime-type": listed.replace(b'MimeType="application/json"', b'MimeType="text/html"'),
        "other-digest-name": listed.replace(b"xmlenc#sha256", b"xmlenc#sha512"),
        "sha-512": _with_sha512(parts),
        "md5-name": listed.replace(b"xmlenc#sha256", b"xmldsig-more#md5"),
        "digest-without-padding": listed.replace(b"=</ds:DigestValue>", b"</ds:DigestValue>"),
        "other-signature-named": listed.replace(b"signature001", b"signature009"),
        "reference-twice": listed[:first] + reference + listed[first:],
        "other-order": listed[:first]
        + listed[first + len(reference) :].replace(b"</asic:ASiC", reference + b"</asic:ASiC"),
        "inclusion": listed.replace(b"</asic:ASiC", b'<xi:include href="x"/></asic:ASiC'),
        "deep": listed.replace(b"</asic:ASiC", b"<a>" * 5000 + b"</a>" * 5000 + b"</asic:ASiC"),
        "empty": b"",
        "not-xml": b'{"files": []}',
        "bytes": bytes(range(256)),
    }
    return forms


def list_vectors() -> Iterator[Vector]:
    """Lists that are rightly signed and are not in the one form, or do not fit the package."""
    parts = {str(name): content for name, content in parts_of(HandMade.usual().package())}
    for name, form in _forms(parts).items():
        yield Vector("xml", name, resigned(parts, form), "package.manifest_malformed")
    names = {name: sha256(content).digest() for name, content in parts.items() if not name.startswith(("m", "META"))}
    missing = write_manifest({name: digest for name, digest in names.items() if name != COVER})
    yield Vector("xml", "member-missing", resigned(parts, missing), "package.unknown_member")
    more = write_manifest({**names, "zzz.json": sha256(b"").digest()})
    yield Vector("xml", "member-invented", resigned(parts, more), "package.member_missing")
    swapped = write_manifest({**names, COVER: names["package.json"]})
    yield Vector("xml", "digest-of-another", resigned(parts, swapped), "package.digest_mismatch")
    climbing = write_manifest({**names, "../x": sha256(b"").digest()})
    yield Vector("xml", "climbing-name", resigned(parts, climbing), "package.member_missing")


def _with_sha512(parts: dict[str, bytes]) -> bytes:
    import base64  # only here

    listed = parts[MANIFEST_NAME].replace(b"xmlenc#sha256", b"xmlenc#sha512")
    for name, content in parts.items():
        if not name.startswith(("m", "META")):
            old, new = (base64.b64encode(digest(content).digest()) for digest in (sha256, sha512))
            listed = listed.replace(old, new)
    return listed
