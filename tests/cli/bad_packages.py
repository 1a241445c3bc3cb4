"""Packages that are not what they should be, each in one way."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.exchange.cms import sign_detached
from shnor_desktop.exchange.container import Member, write_container
from shnor_desktop.exchange.manifest import write_manifest
from shnor_desktop.exchange.zip_layout import MANIFEST_NAME, MIMETYPE_NAME, SIGNATURE_NAME
from tests.exchange.sample import identity, zipped

_NOW = datetime(2024, 10, 15, 9, 0, tzinfo=UTC)
_BATCHES = "log/batches.ndjson.gz"
_OURS = {MIMETYPE_NAME, MANIFEST_NAME, SIGNATURE_NAME}


def members(package: Path) -> dict[str, bytes]:
    """The parts of a package in their order."""
    with zipfile.ZipFile(package) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def truncated(package: Path, target: Path) -> Path:
    """The first two thirds of a package."""
    data = package.read_bytes()
    target.write_bytes(data[: len(data) * 2 // 3])
    return target


def with_a_changed_member(package: Path, target: Path) -> Path:
    """One bit of the data is another, and the layout agrees with it."""
    parts = members(package)
    name = "cover.pdf"
    parts[name] = parts[name][:-1] + bytes([parts[name][-1] ^ 1])
    target.write_bytes(zipped(parts.items()))
    return target


def signed_with_another_key(package: Path, target: Path) -> Path:
    """The certificate of one, the signature of another."""
    parts = members(package)
    data = {name: content for name, content in parts.items() if name not in _OURS}
    manifest = write_manifest({name: sha256(content).digest() for name, content in data.items()})
    signature = sign_detached(manifest, identity("thief").key, identity("school").certificate, _NOW)
    target.write_bytes(zipped({**parts, MANIFEST_NAME: manifest, SIGNATURE_NAME: signature}.items()))
    return target


def with_a_way_out(package: Path, target: Path) -> Path:
    """An entry that would be written outside of the folder."""
    target.write_bytes(zipped([*members(package).items(), ("../x", b"out")]))
    return target


def with_twins(package: Path, target: Path) -> Path:
    """One entry twice."""
    parts = members(package)
    target.write_bytes(zipped([*parts.items(), ("cover.pdf", parts["cover.pdf"])]))
    return target


def bomb(package: Path, target: Path) -> Path:
    """Rightly signed, by a stranger, with data that swells a thousandfold."""
    parts = {name: content for name, content in members(package).items() if name not in _OURS}
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    content = bytes(64 * 2**20)
    packed = packer.compress(content) + packer.flush()
    head = parts[_BATCHES][:10]
    parts[_BATCHES] = head + packed + zlib.crc32(content).to_bytes(4, "little") + len(content).to_bytes(4, "little")
    write_container(target, [Member(name, content) for name, content in parts.items()], identity("stranger"), _NOW)
    return target


def with_package_json(package: Path, target: Path, changes: Mapping[str, object]) -> Path:
    """Rightly signed, by a stranger, with fields of `package.json` changed."""
    parts = {name: content for name, content in members(package).items() if name not in _OURS}
    parts["package.json"] = canonical_json({**json.loads(parts["package.json"]), **changes})
    write_container(target, [Member(name, content) for name, content in parts.items()], identity("stranger"), _NOW)
    return target


def of_a_newer_format(package: Path, target: Path) -> Path:
    """A package of the next major version."""
    return with_package_json(package, target, {"format": [2, 0]})


def with_an_unknown_field(package: Path, target: Path) -> Path:
    """A field that this version of the format has not."""
    return with_package_json(package, target, {"mood": "good"})


def with_a_wrong_type(package: Path, target: Path) -> Path:
    """A number where text belongs."""
    return with_package_json(package, target, {"school_name": 7})


def something_else(package: Path, target: Path) -> Path:
    """A file of another program."""
    target.write_bytes(b"%PDF-1.4 not a package" + package.read_bytes()[:200])
    return target


def nothing(package: Path, target: Path) -> Path:
    """An empty file."""
    target.write_bytes(b"")
    return target
