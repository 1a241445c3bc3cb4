"""Vectors of the structure: an archive that differs from the one layout, around contents that are rightly signed."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator

from shnor_desktop.exchange.package import COVER, MANIFEST
from shnor_desktop.exchange.zip_layout import MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME, SIGNATURE_NAME
from tests.exchange.sample import entry, zipped
from tests.packages.hand_made import HandMade
from tests.packages.vector import Vector

CLOSING = 2
LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
Parts = list[tuple[str | zipfile.ZipInfo, bytes]]
FORBIDDEN_NAMES = {
    "climbs": "../x",
    "climbs-deeper": "data/../../x",
    "absolute": "/etc/passwd",
    "drive": "C:/x",
    "backslash": "a\\b",
    "device": "con.txt",
    "device-in-folder": "data/nul",
    "device-port": "com1",
    "case-twin": "Package.json",
    "composed": "\u00e9.json",
    "decomposed": "e\u0301.json",
    "trailing-dot": "a.",
    "trailing-space": "a ",
    "long": "a" * 121,
    "deep": "a/b/c/d/e",
    "line-break": "a\nb",
    "folder": "data/",
    "stream": "a:b",
    "cyrillic": "\u043f\u0430\u043a\u0435\u0442.json",
    "reserved": "meta-inf/x",
    "hidden": ".x",
}


def archive_vectors() -> Iterator[Vector]:
    """Every vector of this family."""
    whole = HandMade.usual().package()
    for name, cause, data in (*_names(whole), *_members(whole), *_headers(whole), *_around(whole), *_ends(whole)):
        yield Vector("structure", name, data, f"package.{cause}")


Found = tuple[str, str, bytes]


def parts_of(data: bytes) -> Parts:
    """The members in their order."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def _with(whole: bytes, name: str | zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    found = parts_of(whole)
    return zipped([*found[:-CLOSING], (name, content), *found[-CLOSING:]])


def _names(whole: bytes) -> Iterator[Found]:
    for name, bad in FORBIDDEN_NAMES.items():
        yield f"name-{name}", "name_forbidden", _with(whole, bad)
    yield "name-twice", "duplicate_member", _with(whole, MANIFEST, dict(parts_of(whole))[MANIFEST])
    yield "name-twice-other-content", "duplicate_member", _with(whole, MANIFEST, b"{}")
    yield "mimetype-twice", "duplicate_member", _with(whole, MIMETYPE_NAME, MIMETYPE)
    yield "list-twice", "duplicate_member", _with(whole, MANIFEST_NAME, dict(parts_of(whole))[MANIFEST_NAME])
    yield "nameless", "name_forbidden", _with(whole, entry(""))


def _members(whole: bytes) -> Iterator[Found]:
    found = parts_of(whole)
    names = [name for name, _ in found]
    yield "extra-member", "unknown_member", _with(whole, "zzz.json")
    yield "nested-archive", "unknown_member", _with(whole, "zzz.zip", whole)
    yield "member-gone", "member_missing", zipped(part for part in found if part[0] != COVER)
    yield "order", "layout", zipped([found[0], found[2], found[1], *found[3:]])
    yield "list-first", "layout", zipped([found[0], *found[-CLOSING:], *found[1:-CLOSING]])
    yield "signature-before-list", "layout", zipped([*found[:-CLOSING], found[-1], found[-2]])
    yield "no-data", "layout", zipped([found[0], *found[-CLOSING:]])
    yield "mimetype-last", "not_a_package", zipped([*found[1:], found[0]])
    yield "other-mimetype", "not_a_package", zipped([(MIMETYPE_NAME, MIMETYPE + b"\n"), *found[1:]])
    yield "simple-container", "not_a_package", zipped([(MIMETYPE_NAME, b"application/vnd.etsi.asic-s+zip"), *found[1:]])
    yield "only-mimetype", "signature_missing", zipped(found[:1])
    for name in (MANIFEST, COVER):
        place = names.index(name)
        changed = [*found[:place], (name, found[place][1] + b" "), *found[place + 1 :]]
        yield f"changed-{name.partition('.')[0]}", "digest_mismatch", zipped(changed)


def _headers(whole: bytes) -> Iterator[Found]:
    changes: dict[str, Callable[[zipfile.ZipInfo], object]] = {
        "deflated": lambda header: setattr(header, "compress_type", zipfile.ZIP_DEFLATED),
        "bzip2": lambda header: setattr(header, "compress_type", zipfile.ZIP_BZIP2),
        "dated": lambda header: setattr(header, "date_time", (2024, 9, 2, 8, 30, 0)),
        "symlink": lambda header: setattr(header, "external_attr", 0o120777 << 16),
        "directory-bit": lambda header: setattr(header, "external_attr", 0x10),
        "setuid": lambda header: setattr(header, "external_attr", 0o104755 << 16),
        "windows": lambda header: setattr(header, "create_system", 0),
        "version-45": lambda header: setattr(header, "extract_version", 45),
        "text-bit": lambda header: setattr(header, "internal_attr", 1),
        "extra-field": lambda header: setattr(header, "extra", b"\xca\xfe\x00\x00"),
        "unicode-path-field": lambda header: setattr(header, "extra", b"\x75\x70\x05\x00\x01\x00\x00\x00\x00"),
        "comment": lambda header: setattr(header, "comment", b"hello"),
    }
    found = parts_of(whole)
    for name, change in changes.items():
        header = entry(str(found[1][0]))
        change(header)
        yield f"header-{name}", "layout", zipped([found[0], (header, found[1][1]), *found[2:]])
    yield "encrypted-bit", "encrypted_member", _patched(whole, CENTRAL, 8, b"\x01")
    yield "descriptor-bit", "layout", _patched(whole, CENTRAL, 8, b"\x08")
    yield "utf8-bit", "layout", _patched(whole, CENTRAL, 9, b"\x08")
    yield "crc-in-directory", "layout", _patched(whole, CENTRAL, 16, bytes(4))
    yield "crc-in-header", "layout", _patched(whole, LOCAL, 14, bytes(4))
    yield "size-in-header", "layout", _patched(whole, LOCAL, 22, bytes(4))
    yield "size-in-directory", "layout", _patched(whole, CENTRAL, 24, bytes(4))
    yield "sizes-of-zip64", "member_too_large", _patched(whole, CENTRAL, 20, b"\xff" * 8)
    yield "shared-header", "layout", _patched(whole, CENTRAL, 42, bytes(4))
    yield "offset-beyond-the-end", "layout", _patched(whole, CENTRAL, 42, b"\xff\xff\xff\x7f")
    yield "crc-lies-in-both", "layout", _patched(_patched(whole, LOCAL, 14, bytes(4)), CENTRAL, 16, bytes(4))
    yield "other-name-in-header", "layout", _patched(whole, LOCAL, 30, b"X")


def _patched(whole: bytes, magic: bytes, offset: int, value: bytes) -> bytes:
    """The header of the second entry changed: the first data member."""
    place = whole.index(magic, whole.index(magic) + 1) + offset
    return whole[:place] + value + whole[place + len(value) :]


def _around(whole: bytes) -> Iterator[Found]:
    gap = whole.index(LOCAL, 4)
    hidden = zipped([("zzz.json", b"hidden")])
    hidden = hidden[: hidden.index(CENTRAL)]
    start = whole.index(CENTRAL)
    yield "byte-before", "not_a_package", b"\x00" + whole
    yield "program-before", "not_a_package", b"MZ" + bytes(510) + whole
    yield "byte-after", "trailing_bytes", whole + b"\x00"
    yield "line-after", "trailing_bytes", whole + b"\r\n"
    yield "page-after", "trailing_bytes", whole + b"<html></html>"
    yield "package-after", "layout", whole + whole
    yield "gap", "layout", whole[:gap] + b"\x00" + whole[gap:]
    yield "hidden-entry", "layout", whole[:start] + hidden + whole[start:]
    yield "hidden-entry-in-front", "layout", whole[:gap] + hidden + whole[gap:]
    for percent in (1, 10, 25, 50, 75, 90, 99):
        yield f"cut-at-{percent:02}", "truncated", whole[: len(whole) * percent // 100]
    yield "cut-by-a-byte", "truncated", whole[:-1]
    yield "nothing", "truncated", b""
    yield "zeros", "not_a_package", bytes(1000)
    yield "picture", "not_a_package", b"\x89PNG\r\n\x1a\n" + bytes(100)
    yield "workbook", "not_a_package", zipped([("[Content_Types].xml", b"<Types/>"), ("xl/workbook.xml", b"<w/>")])
    yield "another-age-file", "not_a_package", b"age-encryption.org/v0\n" + bytes(100)


def _ends(whole: bytes) -> Iterator[Found]:
    stream = io.BytesIO(whole)
    with zipfile.ZipFile(stream, "a") as archive:
        archive.comment = b"signed by me"
    end = whole[-22:]
    yield "comment-of-archive", "trailing_bytes", stream.getvalue()
    yield "end-in-a-comment", "layout", whole[:-2] + struct.pack("<H", 22) + end
    yield "two-ends", "layout", whole + end
    yield "many-entries-said", "too_many_members", whole[:-14] + struct.pack("<2H", 65_000, 65_000) + whole[-10:]
    yield "fewer-entries-said", "signature_missing", whole[:-14] + struct.pack("<2H", 3, 3) + whole[-10:]
    yield "counts-differ", "layout", whole[:-14] + struct.pack("<2H", 3, 7) + whole[-10:]
    yield "second-disk", "layout", whole[:-18] + struct.pack("<2H", 1, 1) + whole[-14:]
    yield "directory-elsewhere", "layout", whole[:-6] + struct.pack("<I", 0) + whole[-2:]
    yield "directory-longer", "layout", whole[:-10] + struct.pack("<I", 1 << 30) + whole[-6:]
    with_zip64 = io.BytesIO()
    with zipfile.ZipFile(with_zip64, "w") as archive:
        for name, content in parts_of(whole):
            with archive.open(entry(str(name)), "w", force_zip64=name == MANIFEST) as member:
                member.write(content)
    yield "zip64-member", "layout", with_zip64.getvalue()
    record = b"PK\x06\x06" + struct.pack("<Q2H2I4Q", 44, 45, 45, 0, 0, 7, 7, 400, 100)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, len(whole) - 22, 1)
    yield "zip64-end", "layout", whole[:-22] + record + locator + end
    for name in ("signature", "list", "both"):
        gone = {"signature": {SIGNATURE_NAME}, "list": {MANIFEST_NAME}, "both": {SIGNATURE_NAME, MANIFEST_NAME}}[name]
        yield f"without-{name}", "signature_missing", zipped(part for part in parts_of(whole) if part[0] not in gone)
