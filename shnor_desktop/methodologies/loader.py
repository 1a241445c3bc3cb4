"""Reads methodology packs: folders of TOML on disk, canonical JSON on the way.

Format 1 of a travelling pack: canonical JSON of `{"format": 1, "pack": {…}}`, fields that hold their default
left out, so that a field added later with a default changes no hash of an older pack.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.methodologies.findings import Finding, PackProblem, shown_key
from shnor_desktop.methodologies.rules import check_pack
from shnor_desktop.methodologies.shape import reader_of, to_plain
from shnor_desktop.methodologies.source import Bases, read_folder

FORMAT = 1


@dataclass(frozen=True, slots=True)
class LoadedPacks:
    """The sound packs of a folder and everything that is wrong with the others."""

    packs: tuple[Pack, ...]
    problems: tuple[PackProblem, ...]

    def pack(self, pack_id: str) -> Pack | None:
        """The pack of that id."""
        return next((pack for pack in self.packs if pack.id == pack_id), None)


def load_packs(folder: Path, known_metrics: Collection[str]) -> LoadedPacks:
    """Every folder with a `pack.toml`; a faulty one is left out with its problems, the others load."""
    packs: list[Pack] = []
    problems: list[PackProblem] = []
    bases: Bases = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not (path / "pack.toml").is_file():
            continue
        pack, found = load_pack(path, known_metrics, bases)
        problems.extend(found)
        if pack is None:
            continue
        if any(other.id == pack.id for other in packs):
            problems.append(PackProblem(path.name, "methodology.pack_twice", "pack.toml", "id", 0, {"id": pack.id}))
            continue
        packs.append(pack)
    return LoadedPacks(tuple(packs), tuple(problems))


def load_pack(
    folder: Path, known_metrics: Collection[str], bases: Bases | None = None
) -> tuple[Pack | None, tuple[PackProblem, ...]]:
    """One pack, or None with all its problems."""
    source = read_folder(folder, bases)
    if source.problems:
        return None, tuple(source.problems)
    pack, findings = _build(source.tables, known_metrics)
    return pack, tuple(source.placed(findings))


def _build(tables: Any, known_metrics: Collection[str]) -> tuple[Pack | None, list[Finding]]:
    findings: list[Finding] = []
    pack = reader_of(Pack)(tables, (), findings)
    if not isinstance(pack, Pack):
        return None, findings
    findings.extend(check_pack(pack, known_metrics))
    if findings:
        return None, findings
    return dataclasses.replace(pack, hash=pack_hash(pack)), []


def pack_to_canonical(pack: Pack) -> bytes:
    """The bytes in which a pack travels and which its hash is taken of."""
    return canonical_json({"format": FORMAT, "pack": to_plain(pack)})


def pack_from_canonical(data: bytes, known_metrics: Collection[str]) -> Pack:
    """A pack that has travelled.

    KnownError json.… for bytes that are not canonical JSON, methodology.newer_format for a later format,
    methodology.travelling_pack_faulty with the first fault for a pack that breaks the rules.
    """
    content = parse_canonical(data)
    if not isinstance(content, dict) or set(content) != {"format", "pack"}:
        raise KnownError("methodology.not_a_pack")
    if content["format"] != FORMAT:
        raise KnownError("methodology.newer_format", format=str(content["format"]), known=FORMAT)
    pack, findings = _build(content["pack"], known_metrics)
    if pack is None:
        first = findings[0]
        raise KnownError(
            "methodology.travelling_pack_faulty", key=shown_key(first.path), reason=first.code, count=len(findings)
        )
    return pack


def pack_hash(pack: Pack) -> str:
    """SHA-256 of the canonical form, in hex; the field `hash` itself does not count."""
    return hashlib.sha256(pack_to_canonical(pack)).hexdigest()
