"""What `shnor package verify` does with bytes, by layer: each input is taken as a whole file, or as one of the inner
parts of a file that is then rightly signed, so that a fuzzer gets past the signature.

The first byte of an input names the layer. Whatever the rest is, only a KnownError may come out, and one with words.
"""

from __future__ import annotations

import io
import shutil
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from unittest.mock import patch

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import gost, qualified
from shnor_desktop.exchange.authority import Authority
from shnor_desktop.exchange.certificates import parse_certificate, subject_of
from shnor_desktop.exchange.cms import sign_detached, verify_detached
from shnor_desktop.exchange.compression import compress
from shnor_desktop.exchange.container import (
    prepare_attached,
    read_container_bytes,
    second_manifest,
)
from shnor_desktop.exchange.encryption import decrypt, encrypt, recipient_of
from shnor_desktop.exchange.enrolment import read_enrolment
from shnor_desktop.exchange.manifest import write_manifest
from shnor_desktop.exchange.package import BATCHES, MANIFEST, SEALS, TRUST, read_package
from shnor_desktop.exchange.revocations import Reason, entry, sign_list
from shnor_desktop.exchange.trust import Person, Trust, read_trust, write_trust
from shnor_desktop.exchange.zip_layout import (
    MANIFEST_NAME,
    MIMETYPE,
    MIMETYPE_NAME,
    QUALIFIED_NAME,
    SECOND_MANIFEST_NAME,
    SECOND_SIGNATURE_NAME,
    SIGNATURE_NAME,
    directory,
    lay_out,
)
from shnor_desktop.services.package_files import _held
from shnor_desktop.services.qualified_signatures import _words, verify
from shnor_desktop.services.wording import explain
from tests.exchange.sample import seeded
from tests.packages.hand_made import CODE, NAME, NOW, HandMade, identity

AGE_KEY = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
SIGNED_LIST = b"<asic:ASiCManifest/>\n"
_WORDLESS = "Действие не выполнено"
_MOST_BYTES = 1 << 20
_SCHOOL = HandMade.usual()
_MEMBERS = dict(sorted(_SCHOOL.members().items()))
_WHOLE = _SCHOOL.package()


def whole(data: bytes) -> None:
    """The file itself, as `package verify` reads it."""
    container = read_container_bytes(data)
    package = read_package(container)
    _held(package.batches)
    for name in package.datasets:
        package.datasets[name]
    if package.trust is not None:
        read_trust(package.trust)
    if package.manifest.enrolment is not None:
        read_enrolment(package.manifest)
    verify(container, NOW)


def in_member(name: str, wrap: Callable[[bytes], bytes] = bytes) -> Callable[[bytes], None]:
    """The bytes as a member of a package that is rightly signed."""

    def read(data: bytes) -> None:
        whole(_SCHOOL.package({**_MEMBERS, name: wrap(data)}))

    return read


def list_of_files(data: bytes) -> None:
    """A rightly signed list in whatever form."""
    signature = sign_detached(data, identity().key, identity().certificate, NOW)
    read_container_bytes(stored({MIMETYPE_NAME: MIMETYPE, **_MEMBERS, MANIFEST_NAME: data, SIGNATURE_NAME: signature}))


def signature_of_list(data: bytes) -> None:
    """A signature in whatever form over a right list."""
    listed = write_manifest({name: sha256(content).digest() for name, content in _MEMBERS.items()})
    verify_detached(listed, data)


def certificate(data: bytes) -> None:
    """A certificate."""
    parse_certificate(data)


def second_list(data: bytes) -> None:
    """A rightly signed second list in whatever form."""
    container = read_container_bytes(_WHOLE)
    signature = sign_detached(data, identity().key, identity().certificate, NOW)
    own = {MANIFEST_NAME: container.listed, SIGNATURE_NAME: container.signature, QUALIFIED_NAME: b"x"}
    second = {SECOND_MANIFEST_NAME: data, SECOND_SIGNATURE_NAME: signature}
    whole(stored({MIMETYPE_NAME: MIMETYPE, **_MEMBERS, **own, **second}))


def attached_signature(data: bytes) -> None:
    """A qualified signature in whatever form, rightly attached."""
    stream = io.BytesIO()
    prepare_attached(read_container_bytes(_WHOLE), data, identity(), NOW).write_to(stream)
    whole(stream.getvalue())


def signature_file(data: bytes) -> None:
    """A file of a qualified signature in whatever form."""
    qualified.verify_qualified(SIGNED_LIST, qualified.read_signature_file(data))


def signature_file_whose_numbers_hold(data: bytes) -> None:
    """The same where every number is taken for a right one: what comes after it is reached."""
    with patch.object(gost, "verify", lambda *_: True):
        found = qualified.verify_qualified(SIGNED_LIST, qualified.read_signature_file(data))
    _words(found, NOW, NOW)


def trust(data: bytes) -> None:
    """`trust.json`."""
    read_trust(data)


def encrypted(data: bytes) -> None:
    """A file of age."""
    decrypt(io.BytesIO(data), io.BytesIO(), [AGE_KEY], _MOST_BYTES)


LAYERS: tuple[Callable[[bytes], None], ...] = (
    whole,
    in_member(MANIFEST),
    in_member(BATCHES, compress),
    in_member(BATCHES),
    in_member(SEALS, compress),
    in_member(TRUST),
    list_of_files,
    signature_of_list,
    certificate,
    second_list,
    attached_signature,
    signature_file,
    signature_file_whose_numbers_hold,
    trust,
    encrypted,
)


def judge(data: bytes) -> str:
    """The code with which an input is refused, empty for one that is taken; anything else goes through."""
    if not data or len(data) > _MOST_BYTES:
        return ""
    try:
        LAYERS[data[0] % len(LAYERS)](data[1:])
    except KnownError as error:
        refused = error
    else:
        return ""
    message = explain(refused)
    if message.what.startswith(_WORDLESS):
        raise AssertionError(f"no words for {refused.code}")
    return refused.code


def stored(parts: dict[str, bytes]) -> bytes:
    """The parts in the one layout, whatever they hold."""
    import zlib  # the only use of it

    entries = lay_out((name, len(part), zlib.crc32(part)) for name, part in parts.items() if name != MIMETYPE_NAME)
    contents = zip(entries, parts.values(), strict=True)
    return b"".join(entry.local_header + part for entry, part in contents) + directory(entries)


def seeds() -> dict[str, bytes]:
    """Right inputs for every layer, from which a fuzzer starts."""
    from shnor_desktop.exchange.package_json import canonical_json  # spelled as the packages do
    from shnor_desktop.exchange.package_log import _batch_line, _seal_line

    container = read_container_bytes(_WHOLE)
    batches = b"".join(_batch_line(one) + b"\n" for one in _SCHOOL.made)
    seal = _seal_line(_SCHOOL.seal()) + b"\n"
    second = second_manifest(container.listed, container.signature, b"x")
    inputs: list[bytes] = [
        _WHOLE,
        _MEMBERS[MANIFEST],
        batches,
        _MEMBERS[BATCHES],
        seal,
        some_trust(),
        container.listed,
        container.signature,
        identity().certificate.der,
        second,
        b"x",
        b"x",
        b"x",
        some_trust(),
        some_age(),
    ]
    found = {f"right-{number:02}": bytes([number]) + data for number, data in enumerate(inputs)}
    newer = canonical_json({**_SCHOOL.manifest(), "format": [1, 9], "unheard": {"of": [1]}})
    found["newer"] = bytes([1]) + newer
    for number, signature in enumerate(qualified_seeds()):
        found |= {f"qualified-{layer}-{number}": bytes([layer]) + signature for layer in (10, 11, 12)}
    return found


def some_trust() -> bytes:
    """A `trust.json` with everything in it."""
    authority = Authority.create("moc-1", "МОЦ Лесного района", NOW, entropy=seeded("authority"))
    school = subject_of(CODE, identity().certificate.role, NAME, NAME)
    issued = authority.issue(identity().certificate.point, school, NOW, seeded("issued"))
    revoked = sign_list(
        authority, 1, "2024-09-02T08:00:00Z", [entry(issued, next(iter(Reason)), "2024-09-02T08:00:00Z")]
    )
    return write_trust(Trust(authority.chain, revoked, (Person(issued, recipient_of(AGE_KEY)),)))


def some_age() -> bytes:
    """A package encrypted to the key of the target."""
    target = io.BytesIO()
    encrypt(io.BytesIO(_WHOLE), target, [recipient_of(AGE_KEY)])
    return target.getvalue()


def qualified_seeds() -> list[bytes]:
    """Signatures by the engine of OpenSSL; none where it is not installed."""
    from tests.exchange.gost_tools import make_authority, make_signer  # only where seeds are made

    if shutil.which("openssl") is None:
        return []
    with tempfile.TemporaryDirectory() as folder:
        try:
            signer = make_signer(Path(folder) / "one", under=make_authority(Path(folder) / "above"))
            options = (("-cades",), (), ("-nodetach",), ("-noattr",), ("-keyid",))
            return [signer.sign(SIGNED_LIST, *one) for one in options]
        except AssertionError:
            return []
