"""Vectors of the contents: rightly signed by the school that the centre knows, and wrong in what they say."""

from __future__ import annotations

import gzip
import json
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import Any

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.exchange.package import BATCHES, COVER, MANIFEST, SEALS, TRUST
from shnor_desktop.exchange.package_log import LARGEST_LOG, _batch_line, _seal_line
from tests.packages.hand_made import HandMade
from tests.packages.vector import Vector

MALFORMED, LYING = "package.contents_malformed", "package.contents_do_not_match"
NEWER = ("newer_format", "package.newer_format")
NAME = "a" * 64
Change = tuple[bytes, bytes]


def content_vectors() -> Iterator[Vector]:
    """Every vector of these families."""
    yield from _fields()
    yield from _spellings()
    yield from _lines()
    yield from _packed()
    yield from _counts()
    yield from _formats()


def _vector(family: str, name: str, members: dict[str, bytes], cause: str = MALFORMED, code: str = "damaged") -> Vector:
    return Vector(family, name, HandMade.usual().package(members), cause, code)


def _said(name: str, **said: Any) -> Vector:
    made = HandMade.usual()
    members = {**made.members(), MANIFEST: canonical_json(made.manifest(**said))}
    return _vector("json", name, members)


def _fields() -> Iterator[Vector]:
    """A field of `package.json` that is not what it should be."""
    fields: dict[str, dict[str, Any]] = {
        "unknown-field": {"surprise": 1},
        "format-text": {"format": "1.0"},
        "format-of-three": {"format": [1, 0, 0]},
        "format-before-the-first": {"format": [0, 9]},
        "format-negative": {"format": [1, -1]},
        "format-of-truth": {"format": [True, 0]},
        "number-zero": {"number": 0},
        "number-text": {"number": "1"},
        "number-truth": {"number": True},
        "number-beyond": {"number": 2**53},
        "kind-unknown": {"kind": "letter"},
        "kind-list": {"kind": []},
        "school-empty": {"school": ""},
        "school-number": {"school": 1},
        "school-line-break": {"school": "a\nb"},
        "school-long": {"school": "x" * 81},
        "name-long": {"school_name": "x" * 301},
        "name-of-terminal": {"school_name": "Школа\x1b[31m"},
        "name-nul": {"school_name": "Школа\x00"},
        "made-yesterday": {"made_at": "yesterday"},
        "made-in-year-0001": {"made_at": "0001-01-01T00:00:00Z"},
        "made-in-year-9999": {"made_at": "9999-12-31T23:59:59Z"},
        "made-in-month-13": {"made_at": "2024-13-02T08:00:00Z"},
        "vector-text": {"vector": "everything"},
        "vector-negative": {"vector": [["r", -5, NAME]]},
        "vector-twice": {"vector": [["r", 1, NAME], ["r", 2, NAME]]},
        "vector-unsorted": {"vector": [["s", 1, NAME], ["r", 1, NAME]]},
        "previous-words": {"previous": "the one before"},
        "schema-zero": {"schema": 0},
        "methodology-none": {"methodology": None},
        "recipient-wrong": {"sender": {**HandMade.usual().manifest()["sender"], "recipient": "age1x"}},
        "answers-of-a-school": {"answers": {"id": NAME, "number": 1, "verdict": "accepted"}},
        "counts-negative": {"counts": {"batches": -1, "changes": 0, "seals": 0, "datasets": 0}},
    }
    for name, said in fields.items():
        yield _said(name, **said)
    made = HandMade.usual()
    for gone in ("counts", "kind", "sender", "vector"):
        said = {name: value for name, value in made.manifest().items() if name != gone}
        yield _vector("json", f"without-{gone}", {**made.members(), MANIFEST: canonical_json(said)})


def _spellings() -> Iterator[Vector]:
    """JSON that two readers may read differently, in each of the members that hold it."""
    made = HandMade.usual()
    honest = made.members()
    right = honest[MANIFEST]
    changes: dict[str, Change] = {
        "nan": (b'"number":1', b'"number":NaN'),
        "infinity": (b'"number":1', b'"number":-Infinity'),
        "float": (b'"number":1', b'"number":1.0'),
        "exponent": (b'"number":1', b'"number":1e0'),
        "exponent-999": (b'"number":1', b'"number":1e999'),
        "number-of-5000-digits": (b'"number":1', b'"number":' + b"9" * 5000),
        "number-of-64-bits": (b'"number":1', b'"number":18446744073709551616'),
        "leading-zero": (b'"number":1', b'"number":01'),
        "minus-zero": (b'"number":1', b'"number":-0'),
        "key-twice": (b'"number":1', b'"number":1,"number":1'),
        "lone-surrogate": (b'"previous":"', b'"previous":"\\ud800'),
        "swapped-surrogates": (b'"school_name":"', b'"school_name":"\\udc00\\ud800'),
        "invalid-utf-8": (b'"school_name":"', b'"school_name":"\xff'),
        "long-form-of-utf-8": (b'"school_name":"', b'"school_name":"\xc0\xaf'),
        "surrogate-in-utf-8": (b'"school_name":"', b'"school_name":"\xed\xa0\x80'),
        "decomposed": (b'"school_name":"', '"school_name":"и\u0306'.encode()),
        "escaped": (b'"kind":"school"', b'"kind":"\\u0073chool"'),
        "space": (b'"number":1', b'"number": 1'),
        "comma-at-the-end": (b'"number":1', b'"number":1,'),
        "comment": (b'"number":1', b'"number":1/**/'),
        "single-quotes": (b'"number":1', b"'number':1"),
        "nul-byte": (b'"number":1', b'"number":1\x00'),
    }
    for name, (old, new) in changes.items():
        assert right.count(old)
        yield _vector("json", name, {**honest, MANIFEST: right.replace(old, new, 1)})
    wholes = {
        "nothing": b"",
        "list": b"[]",
        "null": b"null",
        "mark-in-front": b"\xef\xbb\xbf" + right,
        "utf-16": right.decode().encode("utf-16"),
        "line-break-after": right + b"\n",
        "two-objects": right + right,
        "deep-lists": b"[" * 20_000 + b"]" * 20_000,
        "deep-objects": b'{"a":' * 20_000 + b"1" + b"}" * 20_000,
        "other-order": json.dumps(dict(reversed(json.loads(right).items())), ensure_ascii=False).encode(),
        "cut": right[:-1],
    }
    for name, data in wholes.items():
        yield _vector("json", name, {**honest, MANIFEST: data})
        if name in {"deep-lists", "null", "nothing", "cut"}:
            yield _vector("json", f"trust-{name}", {**honest, TRUST: data})


def _lines() -> Iterator[Vector]:
    """Lines of the log in another form."""
    made = HandMade.usual()
    batch, seal = _batch_line(made.made[0]), _seal_line(made.seal())
    lines = {
        "number": b"1",
        "object": b'{"a":"{}","b":[]}',
        "empty": b"",
        "no-text": b"\xff\xfe",
        "deep": b"[" * 5_000 + b"]" * 5_000,
        "wide": b"[" + b"0," * 100_000 + b"0]",
        "mark-in-front": b"\xef\xbb\xbf" + batch,
        "space": batch + b" ",
        "of-two": batch + batch,
        "cut": batch[:-1],
        "values-missing": canonical_json([json.loads(batch)[0], []]),
        "value-too-many": canonical_json([json.loads(batch)[0], [*json.loads(batch)[1], "absent"]]),
        "state-unknown": batch.replace(b'],["', b'],"lost",["', 1),
        "truth-for-number": batch.replace(b'\\"n\\":1', b'\\"n\\":true'),
        "sequence-beyond": batch.replace(b'\\"n\\":1', b'\\"n\\":9007199254740992'),
        "clock-beyond": batch.replace(b'\\"l\\":1', b'\\"l\\":9007199254740993'),
        "field-unknown": batch.replace(b'\\"a\\":', b'\\"A\\":1,\\"a\\":'),
        "time-of-nobody": batch.replace(b"2024-09-02T08", b"2024-09-31T08"),
    }
    for name, line in lines.items():
        yield _vector("log", f"line-{name}", made.raw(batches=line + b"\n"))
    yield _vector("log", "line-without-end", made.raw(batches=batch))
    seals = {
        "seal-number": b"1",
        "seal-short": canonical_json(json.loads(seal)[:-1]),
        "seal-sequence-zero": seal.replace(b",2,", b",0,"),
        "seal-not-base64": seal.replace(b'"MII', b'"!!!'),
        "seal-upper-case": seal.upper(),
        "seal-time-of-nobody": seal.replace(b"2024-09-02T08", b"2024-09-02T98"),
    }
    for name, line in seals.items():
        yield _vector("log", name, made.raw(seals=line + b"\n"))
    wrong_value = batch.replace(b'"72-014"', b'"72-015"')
    yield _vector("log", "value-of-another-digest", made.raw(batches=wrong_value + b"\n"), LYING)
    later = canonical_json([canonical_json({"f": 2, "new": True}).decode(), []]) + b"\n"
    yield _vector("log", "batch-of-a-later-format", made.raw(batches=later), NEWER[1], NEWER[0])


def _packed() -> Iterator[Vector]:
    """Compressed members that are not what they should be."""
    made = HandMade.usual()
    honest = made.members()
    packed = honest[BATCHES]
    content = b"".join(_batch_line(one) + b"\n" for one in made.made)
    wrongs: dict[str, bytes] = {
        "plain": content,
        "nothing": b"",
        "header-alone": packed[:10],
        "cut": packed[:-9],
        "without-checksum": packed[:-8],
        "wrong-checksum": packed[:-8] + bytes(4) + packed[-4:],
        "wrong-length": packed[:-4] + bytes(4),
        "bytes-after": packed + b"\x00",
        "two-members": packed + packed,
        "named": gzip.compress(content, mtime=1_700_000_000),
        "zlib": zlib.compress(content),
        "xz": lzma.compress(content),
        "wrong-block": packed[:10] + b"\xff" * 40,
        "endless-distance": packed[:10] + b"\x4b\x04\x13\x00" + packed[-8:],
    }
    for name, data in wrongs.items():
        yield _vector("packed", name, {**honest, BATCHES: data}, "package.compression")
    for name, size in {"ratio": 20 << 20, "beyond-the-limit": LARGEST_LOG + 1}.items():
        yield _vector("packed", f"bomb-{name}", {**honest, BATCHES: _bomb(packed[:10], size)}, "package.bomb")
        yield _vector("packed", f"bomb-of-seals-{name}", {**honest, SEALS: _bomb(packed[:10], size)}, "package.bomb")


def _bomb(header: bytes, size: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    checksum, body = 0, b""
    block = bytes(1 << 20)
    for start in range(0, size, len(block)):
        piece = block[: size - start]
        checksum = zlib.crc32(piece, checksum)
        body += packer.compress(piece)
    return header + body + packer.flush() + checksum.to_bytes(4, "little") + size.to_bytes(4, "little")


def _counts() -> Iterator[Vector]:
    """What the package says that it holds, and what it holds."""
    made = HandMade.usual()
    counts = json.loads(made.members()[MANIFEST])["counts"]
    for part in counts:
        said = canonical_json(made.manifest(counts={**counts, part: counts[part] + 1}))
        yield _vector("meaning", f"count-of-{part}-lies", {**made.members(), MANIFEST: said}, LYING)
    yield _vector("meaning", "dataset-of-another-name", made.members(more={f"data/{NAME}": b"x"}), LYING)
    yield _vector("meaning", "dataset-that-nothing-names", made.members(more={f"data/{_sha(b'x')}": b"x"}), LYING)
    yield _vector("meaning", "unknown-member", {**made.members(), "surprise.json": b"{}"})
    for gone in (MANIFEST, BATCHES, SEALS, COVER):
        kept = {name: data for name, data in made.members().items() if name != gone}
        word = gone.replace("/", "-").partition(".")[0]
        yield _vector("meaning", f"without-{word}", kept)
    foreign = HandMade(school="11111111-1111-4111-8111-111111111111")
    foreign.says(("school", foreign.school, "code", "72-999"))
    yield _vector("meaning", "batches-of-another-school", made.members(batches=foreign.made), LYING)
    yield _vector("meaning", "seals-of-another-school", made.members(seals=[foreign.seal()]), LYING)


def _sha(data: bytes) -> str:
    import hashlib  # only here

    return hashlib.sha256(data).hexdigest()


def _formats() -> Iterator[Vector]:
    """Later versions of the format."""
    made = HandMade.usual()
    later: dict[str, Callable[[], bytes]] = {
        "next-major": lambda: canonical_json(made.manifest(format=[2, 0])),
        "far-major": lambda: canonical_json(made.manifest(format=[999, 1])),
        "next-major-in-another-form": lambda: canonical_json({"format": [2, 0]}),
        "unknown-kind-of-a-later-minor": lambda: canonical_json(made.manifest(format=[1, 9], kind="hologram")),
    }
    for name, manifest in later.items():
        yield _vector("meaning", name, {**made.members(), MANIFEST: manifest()}, NEWER[1], NEWER[0])
    wrong = canonical_json(made.manifest(format=[1, 9], number="1"))
    yield _vector("meaning", "wrong-field-of-a-later-minor", {**made.members(), MANIFEST: wrong})
