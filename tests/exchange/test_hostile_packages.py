"""Packages that break one rule each, and the code that each is refused with."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.cms import sign_detached
from shnor_desktop.exchange.container import read_container_bytes
from shnor_desktop.exchange.limits import Limits
from shnor_desktop.exchange.zip_layout import MANIFEST_NAME, MIMETYPE_NAME, SIGNATURE_NAME
from tests.exchange.sample import CONTENTS, NOW, entry, identity, signed_parts, zipped

Parts = list[tuple[str | zipfile.ZipInfo, bytes]]
CLOSING = 2
"""The manifest and its signature stand at the end of the parts."""


def refusal(data: bytes, limits: Limits | None = None) -> str:
    """The code with which a package is refused."""
    with pytest.raises(KnownError) as caught:
        read_container_bytes(data, limits or Limits())
    return caught.value.code


def parts() -> Parts:
    """The parts of the sample in order."""
    return list(signed_parts().items())


def with_extra(name: str | zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    """The sample with one more member, which nobody signed, before the manifest."""
    found = parts()
    return zipped([*found[:-CLOSING], (name, content), *found[-CLOSING:]])


def with_header(change: Callable[[zipfile.ZipInfo], object]) -> bytes:
    """The sample with the header of its first data member changed."""
    found = parts()
    header = entry(str(found[1][0]))
    change(header)
    found[1] = (header, found[1][1])
    return zipped(found)


def patched(place: str, offset: int, value: bytes, name: str = "package.json") -> bytes:
    """The sample with bytes of the local or central header of a member replaced."""
    data = bytearray(zipped(parts()))
    if place == "local":
        start = read_container_bytes(bytes(data)).entries[name].offset
    else:
        start = data.rindex(b"PK\x01\x02", 0, data.rindex(name.encode()))
    data[start + offset : start + offset + len(value)] = value
    return bytes(data)


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "a/../x",
        "./x",
        "/x",
        "//server/x",
        "c:/x",
        "a\\x",
        "a//x",
        "a/",
        "Package.json",
        "con",
        "aux.txt",
        "a/nul.json",
        "META-INF/evil.xml",
        "meta-inf/evil.xml",
        "mimetype/x",
        "file name",
        "tab\tname",
        "a:stream",
        "dot.",
        ".hidden",
        "план.pdf",
        "x" * 121,
        "a/b/c/d/e",
        "e\u0301.pdf",
        "a\u202ecod.exe",
    ],
)
def test_that_a_name_that_could_do_harm_is_refused(name: str) -> None:
    assert refusal(with_extra(name)) == "package.name_forbidden"


@pytest.mark.parametrize("name", ["package.json", MANIFEST_NAME, SIGNATURE_NAME, MIMETYPE_NAME])
def test_that_a_second_member_of_the_same_name_is_refused(name: str) -> None:
    assert refusal(with_extra(name)) == "package.duplicate_member"


def test_that_a_member_that_nobody_signed_is_refused() -> None:
    assert refusal(with_extra("zzz.json")) == "package.unknown_member"


@pytest.mark.parametrize("name", sorted(CONTENTS))
def test_that_a_member_taken_out_is_missed(name: str) -> None:
    assert refusal(zipped(part for part in parts() if part[0] != name)) == "package.member_missing"


@pytest.mark.parametrize("names", [{SIGNATURE_NAME}, {MANIFEST_NAME}, {SIGNATURE_NAME, MANIFEST_NAME}])
def test_that_a_package_without_its_signature_is_refused(names: set[str]) -> None:
    assert refusal(zipped(part for part in parts() if part[0] not in names)) == "package.signature_missing"


@pytest.mark.parametrize("name", sorted(CONTENTS))
def test_that_a_member_with_other_content_is_named(name: str) -> None:
    forged = {**signed_parts(), name: CONTENTS[name] + b" "}
    with pytest.raises(KnownError) as caught:
        read_container_bytes(zipped(forged.items()))
    assert (caught.value.code, caught.value.params["name"]) == ("package.digest_mismatch", name)


def test_that_members_in_another_order_are_refused() -> None:
    found = parts()
    assert refusal(zipped([found[0], found[2], found[1], *found[3:]])) == "package.layout"
    assert refusal(zipped([*found[:-CLOSING], found[-1], found[-2]])) == "package.layout"
    assert refusal(zipped([found[0], *found[-CLOSING:], *found[1:-CLOSING]])) == "package.layout"


def test_that_a_package_without_data_is_refused() -> None:
    assert refusal(zipped(signed_parts({}).items())) == "package.layout"


@pytest.mark.parametrize(
    "change",
    [
        lambda header: setattr(header, "compress_type", zipfile.ZIP_DEFLATED),
        lambda header: setattr(header, "compress_type", zipfile.ZIP_LZMA),
        lambda header: setattr(header, "date_time", (2024, 9, 2, 8, 30, 0)),
        lambda header: setattr(header, "external_attr", 0o120777 << 16),
        lambda header: setattr(header, "external_attr", 0x10),
        lambda header: setattr(header, "create_system", 0),
        lambda header: setattr(header, "create_version", 45),
        lambda header: setattr(header, "extract_version", 45),
        lambda header: setattr(header, "internal_attr", 1),
        lambda header: setattr(header, "extra", b"\xca\xfe\x00\x00"),
        lambda header: setattr(header, "comment", b"hello"),
    ],
)
def test_that_any_other_header_is_refused(change: Callable[[zipfile.ZipInfo], object]) -> None:
    assert refusal(with_header(change)) == "package.layout"


@pytest.mark.parametrize("place", ["local", "central"])
def test_that_headers_that_contradict_each_other_or_the_content_are_refused(place: str) -> None:
    shift = 2 if place == "central" else 0
    for offset, value in [(6, b"\x08"), (8, b"\x08"), (14, b"\xff\xff\xff\xff"), (22, b"\x00"), (26, b"\x01")]:
        assert refusal(patched(place, offset + shift, value)) in {"package.layout", "package.name_forbidden"}


def test_that_a_checksum_that_lies_in_both_headers_is_refused() -> None:
    data = patched("local", 14, b"\x00\x00\x00\x00")
    start = data.rindex(b"PK\x01\x02", 0, data.rindex(b"package.json"))
    assert refusal(data[: start + 16] + bytes(4) + data[start + 20 :]) == "package.layout"


def test_that_an_encrypted_member_is_refused() -> None:
    assert refusal(patched("central", 8, b"\x01")) == "package.encrypted_member"


def test_that_members_sharing_one_local_header_are_refused() -> None:
    offset = read_container_bytes(zipped(parts())).entries["changes.ndjson.gz"].offset
    assert refusal(patched("central", 42, struct.pack("<I", offset))) == "package.layout"


def test_that_data_descriptors_are_refused() -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise OSError("a pipe")

    stream = Pipe()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts():
            archive.writestr(name, content)
    assert refusal(stream.getvalue()) == "package.not_a_package"
    assert refusal(patched("central", 8, b"\x08")) == "package.layout"


def test_that_zip64_records_are_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts():
            with archive.open(entry(str(name)), "w", force_zip64=name == "package.json") as member:
                member.write(content)
    assert refusal(stream.getvalue()) == "package.layout"


def test_that_a_comment_of_the_archive_is_refused() -> None:
    stream = io.BytesIO(zipped(parts()))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"signed by me"
    assert refusal(stream.getvalue()) == "package.trailing_bytes"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "package.truncated"),
        (b"PK\x05\x06" + bytes(18), "package.not_a_package"),
        (b"%PDF-1.7 ", "package.not_a_package"),
        (zipped([("xl/workbook.xml", b"<x/>")]), "package.not_a_package"),
        (zipped([("mimetype", b"application/vnd.etsi.asic-s+zip")]), "package.not_a_package"),
        (zipped([(MIMETYPE_NAME, signed_parts()[MIMETYPE_NAME])]), "package.signature_missing"),
    ],
)
def test_that_what_is_no_package_is_told_so(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(total_bytes=1000), "package.too_large"),
        (Limits(member_bytes=100), "package.member_too_large"),
        (Limits(members=2), "package.too_many_members"),
        (Limits(manifest_bytes=100), "package.layout"),
        (Limits(signature_bytes=100), "package.layout"),
    ],
)
def test_that_a_package_beyond_a_limit_is_refused(limits: Limits, code: str) -> None:
    assert refusal(zipped(parts()), limits) == code


def test_that_a_hundred_thousand_entries_are_refused_before_they_are_read() -> None:
    data = bytearray(zipped(parts()))
    data[-14:-10] = struct.pack("<2H", 65_000, 65_000)
    assert refusal(bytes(data)) == "package.too_many_members"


def test_that_the_signature_of_another_package_is_refused() -> None:
    other = signed_parts({"package.json": b'{"format":"2.0"}'})
    assert refusal(zipped({**signed_parts(), SIGNATURE_NAME: other[SIGNATURE_NAME]}.items())) == (
        "package.signature_invalid"
    )


def test_that_a_manifest_changed_after_signing_is_refused() -> None:
    mine, other = signed_parts(), signed_parts({**CONTENTS, "package.json": b"{}"})
    forged = {**other, SIGNATURE_NAME: mine[SIGNATURE_NAME]}
    assert refusal(zipped(forged.items())) == "package.signature_invalid"


def test_that_a_signature_by_another_key_than_the_certificates_is_refused() -> None:
    manifest = signed_parts()[MANIFEST_NAME]
    forged = sign_detached(manifest, identity("thief").key, identity().certificate, NOW)
    assert refusal(zipped({**signed_parts(), SIGNATURE_NAME: forged}.items())) == "package.signature_invalid"


def test_that_another_signer_is_seen_as_another_signer() -> None:
    thief = identity("thief")
    container = read_container_bytes(zipped(signed_parts(signer=thief).items()))
    assert container.signer.fingerprint == thief.certificate.fingerprint != identity().certificate.fingerprint


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"\n</asic", b"\n\n</asic"),
        (b'"/>\n<asic:Data', b'" />\n<asic:Data'),
        (b"standalone", b"Standalone"),
        (b"<asic:DataObjectReference MimeType", b"<!-- --><asic:DataObjectReference MimeType"),
        (b'URI="package.json"', b'URI="package&#46;json"'),
        (b'MimeType="application/json"', b'MimeType="text/plain"'),
        (b"signature001", b"signature002"),
        (b"xmlenc#sha256", b"xmlenc#sha512"),
        (b"=</ds:DigestValue>", b"</ds:DigestValue>"),
    ],
)
def test_that_a_rightly_signed_manifest_in_another_form_is_refused(old: bytes, new: bytes) -> None:
    manifest = signed_parts()[MANIFEST_NAME].replace(old, new, 1)
    assert manifest != signed_parts()[MANIFEST_NAME]
    signature = sign_detached(manifest, identity().key, identity().certificate, NOW)
    forged = {**signed_parts(), MANIFEST_NAME: manifest, SIGNATURE_NAME: signature}
    assert refusal(zipped(forged.items())) == "package.manifest_malformed"
