"""What a package says: `package.json`, the batches and seals of the log, datasets; on top of the signed container.

Format 1.0. Members: `package.json`, `log/batches.ndjson.gz`, `log/seals.ndjson.gz`, `data/<sha256>`, `cover.pdf`.
A reader of 1.0 refuses another major version, and members or fields that it does not know unless the minor version is
newer: then it keeps to what it knows. Every JSON here is canonical (`domain.canonical`).
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Batch, Head, Seal, StoredValue, ValueState, parse_batch
from shnor_desktop.exchange.compression import compress, decompress
from shnor_desktop.exchange.container import Member, VerifiedContainer

MAJOR, MINOR = 1, 0
MANIFEST, BATCHES, SEALS, COVER = "package.json", "log/batches.ndjson.gz", "log/seals.ndjson.gz", "cover.pdf"
_DATA = re.compile(r"data/([0-9a-f]{64})")
_LARGEST_LINE = 32 * 2**20


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who sends or receives; `fingerprint` is empty for a receiver whose key is not known yet."""

    code: str
    name: str
    role: str
    fingerprint: str


class MethodologyRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The methodology that the sender works by."""

    id: str
    version: str
    hash: str


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In a receipt: the package that it answers and what became of it."""

    id: str
    number: int
    verdict: str


class Counts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much the package holds."""

    batches: int
    changes: int
    seals: int
    datasets: int


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`package.json`. `vector` is what the sender has: [replica, sequence, name of the batch]."""

    format: tuple[int, int]
    kind: str
    sender: Party
    receiver: Party
    number: int
    previous: str
    made_at: str
    school: str
    school_code: str
    school_name: str
    schema: int
    methodology: MethodologyRef
    counts: Counts
    vector: tuple[tuple[str, int, str], ...]
    answers: Answered | None

    def heads(self) -> dict[str, Head]:
        """The sender's vector by replica."""
        return {replica: Head(sequence, name) for replica, sequence, name in self.vector}


@dataclass(frozen=True, slots=True)
class TravellingBatch:
    """A batch with the values that were not left out."""

    batch: Batch
    values: tuple[StoredValue, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose container was verified and whose contents were read; nothing of it is applied yet."""

    manifest: Manifest
    batches: tuple[TravellingBatch, ...]
    seals: tuple[Seal, ...]
    datasets: Mapping[str, bytes]


KINDS = frozenset({"school", "receipt"})


def package_members(
    manifest: Manifest,
    batches: Sequence[TravellingBatch],
    seals: Sequence[Seal],
    datasets: Mapping[str, bytes],
    cover: bytes,
) -> list[Member]:
    """The members of a package, for `container.write_container`."""
    return [
        Member(MANIFEST, canonical_json(msgspec.to_builtins(manifest))),
        Member(BATCHES, compress(_lines(_batch_line(item) for item in batches))),
        Member(SEALS, compress(_lines(_seal_line(seal) for seal in seals))),
        *(Member(f"data/{name}", data) for name, data in sorted(datasets.items())),
        Member(COVER, cover),
    ]


def read_package(container: VerifiedContainer) -> Package:
    """Read and check the contents of a verified container.

    KnownError package.newer_format, .contents_malformed (with the member), .contents_do_not_match.
    """
    manifest = read_manifest(container)
    data_names = _require_members(container, manifest)
    with _blame(BATCHES):
        batches = tuple(_read_batch(line) for line in _split(decompress(container.read(BATCHES))))
    with _blame(SEALS):
        seals = tuple(_read_seal(line) for line in _split(decompress(container.read(SEALS))))
    datasets = {name: container.read(f"data/{name}") for name in data_names}
    _require_agreement(manifest, batches, seals, datasets)
    return Package(manifest, batches, seals, datasets)


def read_manifest(container: VerifiedContainer) -> Manifest:
    """`package.json` of a verified container."""
    if MANIFEST not in container.names:
        raise KnownError("package.contents_malformed", member=MANIFEST)
    with _blame(MANIFEST):
        found = parse_canonical(container.read(MANIFEST))
        _require_version(found)
        newer = found["format"][1] > MINOR
        manifest = msgspec.convert(_known_fields(found) if newer else found, Manifest, strict=True)
        if manifest.kind not in KINDS or manifest.number < 1 or not manifest.school:
            raise ValueError("kind")
    return manifest


def _require_version(found: Any) -> None:
    version = found.get("format") if isinstance(found, dict) else None
    if not isinstance(version, list) or len(version) != 2 or not all(type(part) is int for part in version):
        raise ValueError("format")
    if version[0] != MAJOR:
        raise KnownError("package.newer_format", found=f"{version[0]}.{version[1]}", supported=f"{MAJOR}.{MINOR}")


def _known_fields(found: dict[str, Any]) -> dict[str, Any]:
    """What a reader of this version knows of a later minor one."""
    kept = {name: value for name, value in found.items() if name in Manifest.__struct_fields__}
    kinds = {"sender": Party, "receiver": Party, "methodology": MethodologyRef, "answers": Answered, "counts": Counts}
    for name, cls in kinds.items():
        value = kept.get(name)
        if isinstance(value, dict):
            kept[name] = {part: item for part, item in value.items() if part in cls.__struct_fields__}
    return kept


def _require_members(container: VerifiedContainer, manifest: Manifest) -> list[str]:
    names = set(container.names)
    data = [found.group(1) for name in container.names if (found := _DATA.fullmatch(name))]
    known = {MANIFEST, BATCHES, SEALS, COVER, *(f"data/{name}" for name in data)}
    missing = {MANIFEST, BATCHES, SEALS, COVER} - names
    if missing:
        raise KnownError("package.contents_malformed", member=min(missing))
    if names - known and manifest.format[1] <= MINOR:
        raise KnownError("package.contents_malformed", member=min(names - known))
    return data


def _require_agreement(
    manifest: Manifest, batches: Sequence[TravellingBatch], seals: Sequence[Seal], datasets: Mapping[str, bytes]
) -> None:
    changes = sum(len(item.batch.changes) for item in batches)
    counts = (len(batches), changes, len(seals), len(datasets))
    said = manifest.counts
    if counts != (said.batches, said.changes, said.seals, said.datasets):
        raise KnownError("package.contents_do_not_match")
    if any(item.batch.school != manifest.school for item in batches):
        raise KnownError("package.contents_do_not_match")
    if any(seal.school != manifest.school for seal in seals):
        raise KnownError("package.contents_do_not_match")
    if any(hashlib.sha256(data).hexdigest() != name for name, data in datasets.items()):
        raise KnownError("package.contents_do_not_match")


class _blame:
    """Name the member in which something is wrong; what has a code of its own keeps it."""

    def __init__(self, member: str) -> None:
        self._member = member

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if isinstance(error, KnownError) and not error.code.startswith(("json.", "log.")):
            return
        if isinstance(error, KnownError | ValueError | TypeError | KeyError | IndexError | msgspec.MsgspecError):
            raise KnownError("package.contents_malformed", member=self._member) from error


def _lines(lines: Any) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def _split(data: bytes) -> list[bytes]:
    if not data:
        return []
    if not data.endswith(b"\n"):
        raise ValueError("no line end")
    lines = data[:-1].split(b"\n")
    if any(len(line) > _LARGEST_LINE for line in lines):
        raise ValueError("line too long")
    return lines


def _batch_line(item: TravellingBatch) -> bytes:
    values: list[Any] = [
        [value.salt, value.value] if value.state is ValueState.PRESENT else value.state.value for value in item.values
    ]
    return canonical_json([item.batch.data.decode("utf-8"), values])


def _read_batch(line: bytes) -> TravellingBatch:
    text, values = parse_canonical(line)
    batch = parse_batch(text.encode("utf-8"))
    read = tuple(_read_value(value) for value in values)
    if len(read) != len(batch.changes):
        raise ValueError("values")
    if any(not value.matches(change.digest) for value, change in zip(read, batch.changes, strict=True)):
        raise KnownError("package.contents_do_not_match")
    return TravellingBatch(batch, read)


def _read_value(item: Any) -> StoredValue:
    if isinstance(item, str):
        state = ValueState(item)
        if state is ValueState.PRESENT:
            raise ValueError("state")
        return StoredValue(state)
    salt, value = item
    if not isinstance(salt, str) or not re.fullmatch(r"[0-9a-f]{32}", salt):
        raise ValueError("salt")
    if isinstance(value, dict) or (isinstance(value, list) and not all(isinstance(part, str) for part in value)):
        raise ValueError("value")
    return StoredValue(ValueState.PRESENT, salt, value)


def _seal_line(seal: Seal) -> bytes:
    certificate = base64.b64encode(seal.certificate).decode("ascii")
    fields = [seal.replica, seal.school, seal.head.sequence, seal.head.name, seal.sealed_at]
    return canonical_json([*fields, certificate, seal.signature.hex()])


def _read_seal(line: bytes) -> Seal:
    replica, school, sequence, name, sealed_at, certificate, signature = parse_canonical(line)
    texts = (replica, school, name, sealed_at, certificate, signature)
    if not all(isinstance(text, str) for text in texts) or type(sequence) is not int or sequence < 1:
        raise ValueError("seal")
    head = Head(sequence, name)
    decoded = base64.b64decode(certificate, validate=True)
    return Seal(replica, school, head, sealed_at, decoded, bytes.fromhex(signature))


def package_file_name(code: str, replica: str, day: str, kind: str, number: int) -> str:
    """`<код отправителя>-<копия>_<дата>_<вид>_<№>.shnor`."""
    words = {"school": "данные", "receipt": "квитанция"}
    return f"{code}-{replica[:4]}_{day}_{words[kind]}_{number:03d}.shnor"


def free_path(folder: Path, name: str) -> Path:
    """A path in the folder that no file has yet."""
    path = folder / name
    copy = 2
    while path.exists():
        path = folder / f"{Path(name).stem} ({copy}){Path(name).suffix}"
        copy += 1
    return path
