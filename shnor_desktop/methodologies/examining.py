"""A pack as plain data that may still be faulty: read as far as it goes, with all its faults and their places."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Mapping
from typing import Any

from shnor_desktop.domain.canonical import parse_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.methodologies.findings import Finding
from shnor_desktop.methodologies.loader import FORMAT, pack_hash
from shnor_desktop.methodologies.rules import check_pack
from shnor_desktop.methodologies.shape import reader_of

LARGEST = 4 << 20
"""Bytes of a travelling pack; the five sources make packs of a tenth of that at most."""


@dataclasses.dataclass(frozen=True, slots=True)
class Examined:
    """What plain data make: the pack where every type is right, and every fault by its place."""

    pack: Pack | None
    findings: tuple[Finding, ...]

    @property
    def is_sound(self) -> bool:
        """Whether the pack may be used."""
        return self.pack is not None and not self.findings


def examine(plain: Mapping[str, Any], known_metrics: Collection[str]) -> Examined:
    """Read plain data and check them by all rules; the rules between parts are tried once every type is right."""
    found: list[Finding] = []
    pack = reader_of(Pack)(plain, (), found)
    if not isinstance(pack, Pack):
        return Examined(None, tuple(found))
    found.extend(check_pack(pack, known_metrics))
    return Examined(dataclasses.replace(pack, hash=pack_hash(pack)), tuple(found))


def plain_of(data: bytes) -> dict[str, Any]:
    """The plain data in the bytes of a travelling pack, not examined yet.

    KnownError methodology.too_large, json.malformed, json.not_canonical, methodology.not_a_pack, .newer_format.
    """
    if len(data) > LARGEST:
        raise KnownError("methodology.too_large", limit_mb=LARGEST >> 20)
    content = parse_canonical(data)
    if not isinstance(content, dict) or set(content) != {"format", "pack"} or not isinstance(content["pack"], dict):
        raise KnownError("methodology.not_a_pack")
    if content["format"] != FORMAT:
        raise KnownError("methodology.newer_format", format=str(content["format"])[:20], known=FORMAT)
    return dict(content["pack"])
