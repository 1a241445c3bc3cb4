"""A small package, its signer, and a way to make packages that break one rule each."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path

from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import Subject, subject_of
from shnor_desktop.exchange.cms import sign_detached
from shnor_desktop.exchange.compression import compress
from shnor_desktop.exchange.container import Member, write_container
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.manifest import write_manifest
from shnor_desktop.exchange.zip_layout import MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME, SIGNATURE_NAME

NOW = datetime(2024, 9, 2, 8, 30, tzinfo=UTC)
CONTENTS = {
    "attachments/0f1e2d3c4b5a.pdf": bytes(range(256)),
    "changes.ndjson.gz": compress("".join(f'{{"n":{number}}}\n' for number in range(200)).encode()),
    "package.json": b'{"format":"1.0"}',
}
SUBJECT = subject_of("72-0101", WriterRole.SCHOOL, "Школа № 1 (образец)", "МАОУ «Школа № 1»", is_demo=True)


def seeded(seed: str) -> Callable[[int], bytes]:
    """Bytes that look random and are the same in every run."""
    state = [sha256(seed.encode()).digest()]

    def draw(count: int) -> bytes:
        drawn = b""
        while len(drawn) < count:
            state[0] = sha256(state[0]).digest()
            drawn += state[0]
        return drawn[:count]

    return draw


@cache
def identity(seed: str = "school", subject: Subject = SUBJECT) -> Identity:
    """The same key and certificate for the same seed."""
    return Identity.create(subject, NOW, seeded(seed))


def members() -> list[Member]:
    """The data members of the sample."""
    return [Member(name, content) for name, content in CONTENTS.items()]


def write_sample(folder: Path, signer: Identity | None = None) -> Path:
    """The sample as a file."""
    target = folder / "72-0101-1_2024-09-02_full_1.shnor"
    write_container(target, members(), signer or identity(), NOW)
    return target


def entry(name: str) -> zipfile.ZipInfo:
    """A header as packages have it."""
    found = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    found.create_system = 3
    found.external_attr = 0o644 << 16
    return found


def signed_parts(contents: dict[str, bytes] | None = None, signer: Identity | None = None) -> dict[str, bytes]:
    """All members in their order, rightly signed: to be zipped in some wrong way."""
    data = dict(sorted((CONTENTS if contents is None else contents).items()))
    manifest = write_manifest({name: sha256(content).digest() for name, content in data.items()})
    writer = signer or identity()
    signature = sign_detached(manifest, writer.key, writer.certificate, NOW)
    return {MIMETYPE_NAME: MIMETYPE, **data, MANIFEST_NAME: manifest, SIGNATURE_NAME: signature}


def zipped(parts: Iterable[tuple[str | zipfile.ZipInfo, bytes]]) -> bytes:
    """A zip of these members by the standard library, which writes our form when it is given our headers."""
    stream = io.BytesIO()
    with warnings.catch_warnings(action="ignore", category=UserWarning), zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts:
            archive.writestr(name if isinstance(name, zipfile.ZipInfo) else entry(name), content)
    return stream.getvalue()
