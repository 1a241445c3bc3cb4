"""`package.json`: what a package says of itself, and nothing else than this version knows unless it is a newer one.

Format 1.3: a package that says to which key an answer is to be encrypted, a request for a certificate and the
invitation that answers it, and what a methodist writes; 1.2: a part of the work for a colleague, or one that comes
back; 1.1: one that carries a methodology; any other package is written as 1.0, which every reader takes. A reader
refuses another major version, and fields that it does not know unless the minor version is newer: then it keeps to
what it knows. Every text is bounded and without control signs, every number in its range.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import MAX_LAMPORT, Head

MAJOR, MINOR = 1, 3
SCHOOL_PACKAGE, RECEIPT, METHODOLOGY = "school", "receipt", "methodology"
DELEGATION, RETURNED = "delegation", "returned"
"""A part of the work on its way to a colleague, and on its way back."""
REQUEST, INVITATION = "request", "invitation"
"""A computer asks the authority of the centre for a certificate, and gets it."""
VISIT = "visit"
"""What a methodist carries from a school: its data with the methodist's remarks and visits, for school and centre."""
_KINDS = (SCHOOL_PACKAGE, RECEIPT, METHODOLOGY, DELEGATION, RETURNED, REQUEST, INVITATION, VISIT)
EVERY_SCHOOL = "@schools"
"""Stands for the school in a package that fits every school of its sender."""
LONGEST_NAME, LONGEST_CODE, LONGEST_NOTE = 300, 80, 2000
_MOST_REPLICAS = 10_000

_Name = Annotated[str, msgspec.Meta(max_length=LONGEST_NAME, pattern=r"\A[^\x00-\x1f\x7f]*\Z")]
_Code = Annotated[str, msgspec.Meta(max_length=LONGEST_CODE, pattern=r"\A[^\x00-\x1f\x7f]*\Z")]
_Note = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE, pattern=r"\A[^\x00-\x09\x0b-\x1f\x7f]*\Z")]
_Id = Annotated[str, msgspec.Meta(pattern=r"\A[0-9A-Za-z@_.-]{1,80}\Z")]
_Hash = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_HashOrNone = Annotated[str, msgspec.Meta(pattern=r"\A(?:[0-9a-f]{64})?\Z")]
_Recipient = Annotated[str, msgspec.Meta(pattern=r"\A(?:age1[02-9ac-hj-np-z]{58})?\Z")]
_Encoded = Annotated[str, msgspec.Meta(max_length=8192, pattern=r"\A[A-Za-z0-9+/]*={0,2}\Z")]
_Natural = Annotated[int, msgspec.Meta(ge=1, le=MAX_LAMPORT)]
_Count = Annotated[int, msgspec.Meta(ge=0, le=MAX_LAMPORT)]


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Who sends or receives; `fingerprint` is empty for a receiver whose key is not known yet.

    `recipient` is the age key to which packages for this party are encrypted, empty where it has none.
    """

    code: _Code
    name: _Name
    role: _Code
    fingerprint: _HashOrNone
    recipient: _Recipient = ""


class MethodologyRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The methodology that the sender works by; with the methodology itself travels what its author says of it."""

    id: _Code
    version: _Code
    hash: _HashOrNone
    note: _Note = ""


class Answered(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In a receipt: the package that it answers and what became of it."""

    id: _Hash
    number: _Natural
    verdict: _Code


class Counts(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much the package holds."""

    batches: _Count
    changes: _Count
    seals: _Count
    datasets: _Count


class Delegated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In a part of the work: the row that gives it to a colleague, and the secret by which both name new people."""

    id: _Id
    secret: _HashOrNone


class Enrolment(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """In a request for a certificate, and in the invitation that answers it: which computer, whose, for which school.

    `certificate` is the one in use in a request and the one that was issued in an invitation, `authority` the chain of
    the centre's authority, newest first; all are DER in base64. `replaces` is the fingerprint of a certificate that
    this one takes over from, and `proof` the signature of that older key over the new certificate.
    """

    request: _Id
    role: _Code
    person: _Name
    certificate: _Encoded
    recipient: _Recipient
    school: _Id = EVERY_SCHOOL
    reason: _Code = ""
    replaces: _HashOrNone = ""
    proof: _Encoded = ""
    authority: tuple[_Encoded, ...] = ()


class Manifest(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """`package.json`. `vector` is what the sender has: [replica, sequence, name of the batch], by replica."""

    format: tuple[int, int]
    kind: str
    sender: Party
    receiver: Party
    number: _Natural
    previous: _HashOrNone
    made_at: str
    school: _Id
    school_code: _Code
    school_name: _Name
    schema: _Natural
    methodology: MethodologyRef
    counts: Counts
    vector: Annotated[tuple[tuple[_Id, _Natural, _Hash], ...], msgspec.Meta(max_length=_MOST_REPLICAS)]
    answers: Answered | None
    delegated: Delegated | None = None
    enrolment: Enrolment | None = None
    impersonal: bool = False
    """Whether everything that can name a person was left out."""

    @property
    def is_newer(self) -> bool:
        """Whether a later minor version wrote it: what is not known here is passed over."""
        return self.format[1] > MINOR

    def heads(self) -> dict[str, Head]:
        """The sender's vector by replica."""
        return {replica: Head(sequence, name) for replica, sequence, name in self.vector}


def manifest_json(manifest: Manifest) -> bytes:
    """The bytes of `package.json`; ValueError for what no reader would take."""
    data = canonical_json(msgspec.to_builtins(manifest))
    parse_manifest(data)
    return data


def parse_manifest(data: bytes) -> Manifest:
    """Read `package.json`; KnownError package.newer_format, ValueError or KnownError json.* for what is wrong in it."""
    found = parse_canonical(data)
    minor = _minor_version(found)
    if minor > MINOR and isinstance(found.get("kind"), str) and found["kind"] not in _KINDS:
        raise KnownError("package.newer_format", found=f"{MAJOR}.{minor}", supported=f"{MAJOR}.{MINOR}")
    try:
        manifest = msgspec.convert(_known_fields(found) if minor > MINOR else found, Manifest, strict=True)
    except msgspec.MsgspecError as error:
        raise ValueError("form") from error
    parse_utc(manifest.made_at)
    if manifest.kind not in _KINDS:
        raise ValueError("kind")
    if (manifest.kind == RECEIPT) != (manifest.answers is not None):
        raise ValueError("answers")
    if (manifest.kind in (DELEGATION, RETURNED)) != (manifest.delegated is not None):
        raise ValueError("delegated")
    if (manifest.kind in (REQUEST, INVITATION)) != (manifest.enrolment is not None):
        raise ValueError("enrolment")
    if manifest.enrolment is None and (manifest.kind == METHODOLOGY) != (manifest.school == EVERY_SCHOOL):
        raise ValueError("school")
    if list(manifest.vector) != sorted(manifest.vector) or len(manifest.heads()) != len(manifest.vector):
        raise ValueError("vector")
    return manifest


def _minor_version(found: Any) -> int:
    version = found.get("format") if isinstance(found, dict) else None
    if not isinstance(version, list) or len(version) != 2 or not all(type(part) is int for part in version):
        raise ValueError("format")
    major, minor = version
    if major > MAJOR:
        raise KnownError("package.newer_format", found=f"{major}.{minor}", supported=f"{MAJOR}.{MINOR}")
    if major < MAJOR or minor < 0:
        raise ValueError("format")
    return int(minor)


def _known_fields(found: dict[str, Any]) -> dict[str, Any]:
    """What a reader of this version knows of a later minor one."""
    kept = {name: value for name, value in found.items() if name in Manifest.__struct_fields__}
    kinds: dict[str, type[msgspec.Struct]] = {"sender": Party, "receiver": Party, "methodology": MethodologyRef}
    kinds |= {"answers": Answered, "counts": Counts, "delegated": Delegated, "enrolment": Enrolment}
    for name, cls in kinds.items():
        value = kept.get(name)
        if isinstance(value, dict):
            kept[name] = {part: item for part, item in value.items() if part in cls.__struct_fields__}
    return kept
