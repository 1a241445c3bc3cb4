"""A package file without a store: is it whole, what it says of itself, what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from shnor_desktop.domain.log import ValueState
from shnor_desktop.exchange.container import VerifiedContainer
from shnor_desktop.exchange.package import read_package
from shnor_desktop.exchange.package_json import Manifest
from shnor_desktop.exchange.package_log import TravellingBatch
from shnor_desktop.models.registry import entities
from shnor_desktop.services.opening_files import open_file
from shnor_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class SignerCard:
    """Who signed, as the certificate says; without a store nobody vouches that it is true."""

    code: str
    role: str
    name: str
    is_demo: bool
    fingerprint: str
    """SHA-256 in hexadecimal."""
    fingerprint_digits: str
    """The same as eight groups of five digits, for a comparison by phone."""


@dataclass(frozen=True, slots=True)
class HeldRows:
    """How many rows of an entity have changes in the package that say what they are."""

    entity: str
    caption: str
    rows: int


@dataclass(frozen=True, slots=True)
class PackageFile:
    """A package whose integrity holds: every byte is as it was signed, and its contents are of the right form."""

    file: str
    size: int
    sha256: str
    signed_at: datetime
    signer: SignerCard
    manifest: Manifest
    held: tuple[HeldRows, ...]
    container: VerifiedContainer = field(repr=False)
    is_encrypted: bool = False


def open_package_file(path: Path, workspace: Workspace | None = None) -> PackageFile:
    """Verify and read a package file; KnownError `package.*`. Nothing is trusted and nothing is stored.

    An encrypted one is opened with the keys of a desk.
    """
    opened = open_file(path, workspace)
    container = opened.container
    package = read_package(container)
    signer = container.signer
    card = SignerCard(
        signer.code, signer.role.value, signer.name, signer.is_demo, signer.fingerprint, signer.fingerprint_words
    )
    held = _held(package.batches)
    return PackageFile(
        path.name,
        container.size,
        container.sha256,
        container.signed_at,
        card,
        package.manifest,
        held,
        container,
        opened.is_encrypted,
    )


def _held(batches: Iterable[TravellingBatch]) -> tuple[HeldRows, ...]:
    rows: dict[str, set[str]] = {}
    for item in batches:
        for change, value in zip(item.batch.changes, item.values, strict=True):
            if value.state is ValueState.ABSENT:  # it stayed where it was written
                continue
            rows.setdefault(change.key.entity, set()).add(change.key.row)
    known = entities()
    return tuple(
        HeldRows(name, known[name].plural if name in known else name, len(found))
        for name, found in sorted(rows.items())
    )
