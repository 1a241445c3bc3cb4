"""What a package holds: `package.json`, the batches and seals of the log, datasets; on top of the signed container.

Format 1.3. Members: `package.json`, `log/batches.ndjson.gz`, `log/seals.ndjson.gz`, `data/<sha256>`, `cover.pdf`,
and `trust.json`, where the sender has an authority: its list of revoked certificates, and who else may write.
A `data/` member is a dataset that a value of the log names, or the methodology that the manifest names.
Members that a reader does not know are refused unless the minor version is newer. Every JSON here is canonical
(`domain.canonical`); `package_json` and `package_log` hold the forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Seal
from shnor_desktop.exchange.container import Member, VerifiedContainer
from shnor_desktop.exchange.limits import MEBIBYTE
from shnor_desktop.exchange.package_json import (
    MAJOR,
    METHODOLOGY,
    MINOR,
    SCHOOL_PACKAGE,
    Manifest,
    manifest_json,
    parse_manifest,
)
from shnor_desktop.exchange.package_log import (
    TravellingBatch,
    pack_batches,
    pack_seals,
    unpack_batches,
    unpack_seals,
)
from shnor_desktop.exchange.trust import read_trust

MANIFEST, BATCHES, SEALS, COVER = "package.json", "log/batches.ndjson.gz", "log/seals.ndjson.gz", "cover.pdf"
TRUST = "trust.json"
LARGEST_MANIFEST = MEBIBYTE
LARGEST_PACKED_LOG = 32 * MEBIBYTE
_DATA = re.compile(r"data/([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose container was verified and whose contents were read; nothing of it is applied yet.

    `datasets` reads each one from the file when it is asked for: together they may be larger than the memory.
    """

    manifest: Manifest
    batches: tuple[TravellingBatch, ...]
    seals: tuple[Seal, ...]
    datasets: Mapping[str, bytes]
    trust: bytes | None = None
    """`trust.json` as it came: of the right form, not believed yet; `exchange.trust` reads it."""

    @property
    def pack_data(self) -> bytes | None:
        """The methodology that travels in it, in its canonical bytes."""
        return self.datasets.get(self.manifest.methodology.hash)


@dataclass(frozen=True, slots=True)
class PackedDatasets(Mapping[str, bytes]):
    """The datasets of a container by their SHA-256."""

    container: VerifiedContainer
    names: tuple[str, ...]

    def __getitem__(self, name: str) -> bytes:
        if f"data/{name}" not in self.container.entries:
            raise KeyError(name)
        return self.container.read(f"data/{name}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def package_members(
    manifest: Manifest,
    batches: Sequence[TravellingBatch],
    seals: Sequence[Seal],
    datasets: Mapping[str, bytes],
    cover: bytes,
    trust: bytes | None = None,
) -> list[Member]:
    """The members of a package, for `container.write_container`; KnownError package.log_too_large.

    Each of the datasets is asked for when it is written.
    """
    return [
        Member(MANIFEST, manifest_json(manifest)),
        Member(BATCHES, pack_batches(batches)),
        Member(SEALS, pack_seals(seals)),
        *(Member(f"data/{name}", partial(datasets.__getitem__, name)) for name in sorted(datasets)),
        Member(COVER, cover),
        *([Member(TRUST, trust)] if trust is not None else []),
    ]


def read_package(container: VerifiedContainer) -> Package:
    """Read and check the contents of a verified container.

    KnownError package.newer_format, .contents_malformed (with the member), .contents_do_not_match, .member_too_large,
    .bomb, .compression.
    """
    manifest = read_manifest(container)
    datasets = PackedDatasets(container, _data_names(container, manifest))
    with _blame(BATCHES):
        batches = tuple(unpack_batches(_read(container, BATCHES, LARGEST_PACKED_LOG)))
    with _blame(SEALS):
        seals = tuple(unpack_seals(_read(container, SEALS, LARGEST_PACKED_LOG)))
    _require_agreement(manifest, batches, seals, datasets)
    trust = _read(container, TRUST, LARGEST_MANIFEST) if TRUST in container.names else None
    if trust is not None:
        read_trust(trust, newer=manifest.is_newer)
    return Package(manifest, batches, seals, datasets, trust)


def read_manifest(container: VerifiedContainer) -> Manifest:
    """`package.json` of a verified container."""
    if MANIFEST not in container.names:
        raise KnownError("package.contents_malformed", member=MANIFEST)
    with _blame(MANIFEST):
        return parse_manifest(_read(container, MANIFEST, LARGEST_MANIFEST))


def _read(container: VerifiedContainer, name: str, largest: int) -> bytes:
    if container.entries[name].size > largest:
        raise KnownError("package.member_too_large", name=name, limit_mb=largest // MEBIBYTE)
    return container.read(name)


def _data_names(container: VerifiedContainer, manifest: Manifest) -> tuple[str, ...]:
    """The names of the datasets; every other member is one that this version knows."""
    data = tuple(found.group(1) for name in container.names if (found := _DATA.fullmatch(name)))
    names, fixed = set(container.names), {MANIFEST, BATCHES, SEALS, COVER}
    if missing := fixed - names:
        raise KnownError("package.contents_malformed", member=min(missing))
    unknown = names - fixed - {TRUST} - {f"data/{name}" for name in data}
    if unknown and not manifest.is_newer:
        raise KnownError("package.contents_malformed", member=min(unknown))
    return data


def _require_agreement(
    manifest: Manifest, batches: Sequence[TravellingBatch], seals: Sequence[Seal], datasets: PackedDatasets
) -> None:
    changes = sum(len(item.batch.changes) for item in batches)
    counts = (len(batches), changes, len(seals), len(datasets))
    said = manifest.counts
    if counts != (said.batches, said.changes, said.seals, said.datasets):
        raise KnownError("package.contents_do_not_match")
    if any(school != manifest.school for school in (*(b.batch.school for b in batches), *(s.school for s in seals))):
        raise KnownError("package.contents_do_not_match")
    if any(datasets.container.digest(f"data/{name}") != name for name in datasets):
        raise KnownError("package.contents_do_not_match")
    named = {value.value for item in batches for value in item.values if isinstance(value.value, str)}
    if manifest.kind != SCHOOL_PACKAGE:
        named.add(manifest.methodology.hash)
    if manifest.kind == METHODOLOGY and (batches or seals or set(datasets) != {manifest.methodology.hash}):
        raise KnownError("package.contents_do_not_match")
    if not named.issuperset(datasets) and not manifest.is_newer:
        raise KnownError("package.contents_do_not_match")


class _blame:
    """Name the member in which something is wrong; what has a code of its own keeps it."""

    def __init__(self, member: str) -> None:
        self._member = member

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KnownError) and error.code == "log.batch_newer":
            raise KnownError(
                "package.newer_format", found=f"> {MAJOR}.{MINOR}", supported=f"{MAJOR}.{MINOR}"
            ) from error
        if isinstance(error, KnownError) and not error.code.startswith(("json.", "log.")):
            return
        if isinstance(error, KnownError | ValueError | TypeError):
            raise KnownError("package.contents_malformed", member=self._member) from error


def package_file_name(code: str, replica: str, day: str, kind: str, number: int) -> str:
    """`<код отправителя>-<копия>_<дата>_<вид>_<№>.shnor`."""
    words = {"school": "данные", "receipt": "квитанция", "methodology": "методика"}
    words |= {"delegation": "часть", "returned": "возврат"}
    words |= {"request": "запрос", "invitation": "приглашение", "visit": "посещение"}
    return f"{code}-{replica[:4]}_{day}_{words[kind]}_{number:03d}.shnor"


def free_path(folder: Path, name: str) -> Path:
    """A path in the folder that no file has yet."""
    suffix = next((one for one in (".shnor.age", ".shnor") if name.endswith(one)), Path(name).suffix)
    stem = name.removesuffix(suffix)
    path = folder / name
    copy = 2
    while path.exists():
        path = folder / f"{stem} ({copy}){suffix}"
        copy += 1
    return path
