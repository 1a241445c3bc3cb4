"""A package with a qualified signature: the same package, its bytes as fixed as before."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.exchange.cms import sign_detached
from shnor_desktop.exchange.container import (
    VerifiedContainer,
    prepare_attached,
    read_container,
    read_container_bytes,
    second_manifest,
    write_prepared,
)
from shnor_desktop.exchange.keys import certificate_pem
from shnor_desktop.exchange.limits import Limits
from shnor_desktop.exchange.qualified import verify_qualified
from shnor_desktop.exchange.zip_layout import (
    MANIFEST_NAME,
    QUALIFIED_NAME,
    SECOND_MANIFEST_NAME,
    SECOND_SIGNATURE_NAME,
    SIGNATURE_NAME,
)
from tests.exchange.flip_every_bit import accepted_flips, flips
from tests.exchange.gost_tools import make_signer
from tests.exchange.sample import CONTENTS, NOW, identity, signed_parts, write_sample, zipped

QUALIFIED = b"what another program made"


def attached(folder: Path, qualified: bytes = QUALIFIED) -> Path:
    """The sample with a second signature."""
    container = read_container(write_sample(folder))
    target = folder / "attached.shnor"
    write_prepared(target, prepare_attached(container, qualified, identity(), NOW))
    return target


def parts(**changed: bytes) -> dict[str, bytes]:
    """All members with a second signature, rightly signed."""
    first = signed_parts()
    second = changed.get("second") or second_manifest(first[MANIFEST_NAME], first[SIGNATURE_NAME], QUALIFIED)
    signer = identity()
    signature = sign_detached(second, signer.key, signer.certificate, NOW)
    return {**first, QUALIFIED_NAME: QUALIFIED, SECOND_MANIFEST_NAME: second, SECOND_SIGNATURE_NAME: signature}


def refusal(data: bytes, limits: Limits | None = None) -> str:
    """The code with which a package is refused."""
    with pytest.raises(KnownError) as caught:
        read_container_bytes(data, limits or Limits())
    return caught.value.code


def test_that_it_is_the_same_package_with_one_more_signature(tmp_path: Path) -> None:
    first, second = read_container(write_sample(tmp_path)), read_container(attached(tmp_path))
    assert first.qualified is None
    assert second.qualified is not None
    assert (second.qualified.signature, second.qualified.attached_at) == (QUALIFIED, NOW)
    assert second.sha256 == first.sha256 == first.file_sha256
    assert second.file_sha256 == hashlib.sha256((tmp_path / "attached.shnor").read_bytes()).hexdigest()
    assert {name: second.read(name) for name in second.names} == CONTENTS
    assert (second.signer, second.signed_at, second.listed) == (first.signer, first.signed_at, first.listed)


def test_that_the_standard_zip_library_writes_the_same_bytes(tmp_path: Path) -> None:
    assert zipped(parts().items()) == attached(tmp_path).read_bytes()


def test_that_a_signature_of_the_engine_holds_over_the_list_of_the_package(tmp_path: Path) -> None:
    container = read_container(write_sample(tmp_path))
    signature = make_signer(tmp_path / "gost").sign(container.listed, "-cades")
    again = read_container(attached(tmp_path, signature))
    assert again.qualified is not None
    assert verify_qualified(again.listed, again.qualified.signature).is_cades


def test_that_openssl_verifies_the_second_signature(tmp_path: Path) -> None:
    with zipfile.ZipFile(attached(tmp_path)) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "ca.pem").write_bytes(certificate_pem(identity().certificate))
    for number in ("001", "002"):
        command = (
            f"openssl cms -verify -cades -binary -inform DER -in META-INF/signature{number}.p7s "
            f"-content META-INF/ASiCManifest{number}.xml -CAfile ca.pem -purpose any -no_check_time -out checked"
        )
        done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr


def test_that_no_flipped_bit_of_the_structure_is_accepted(tmp_path: Path) -> None:
    data = attached(tmp_path).read_bytes()
    wanted = list(flips(data, payload_bits=1, payload_step=64))
    assert len(wanted) > 8 * 4_000
    assert accepted_flips(data, wanted[::11]) == []


def test_that_every_truncation_is_refused(tmp_path: Path) -> None:
    data = attached(tmp_path).read_bytes()
    assert {refusal(data[:length]) for length in range(0, len(data), 7)} == {"package.truncated"}


def test_that_without_it_there_is_the_package_as_first_made(tmp_path: Path) -> None:
    kept = {name: content for name, content in parts().items() if name in signed_parts()}
    assert zipped(kept.items()) == write_sample(tmp_path).read_bytes()


@pytest.mark.parametrize("gone", [QUALIFIED_NAME, SECOND_MANIFEST_NAME, SECOND_SIGNATURE_NAME])
def test_that_a_part_of_it_alone_is_refused(gone: str) -> None:
    assert refusal(zipped((name, part) for name, part in parts().items() if name != gone)) == "package.layout"


def test_that_another_signature_in_its_place_is_refused() -> None:
    assert refusal(zipped({**parts(), QUALIFIED_NAME: QUALIFIED + b"!"}.items())) == "package.digest_mismatch"


def test_that_one_from_another_package_is_refused() -> None:
    other = signed_parts({"package.json": b"{}"})
    foreign = second_manifest(other[MANIFEST_NAME], other[SIGNATURE_NAME], QUALIFIED)
    assert refusal(zipped(parts(second=foreign).items())) == "package.digest_mismatch"
    assert refusal(zipped({**parts(), SECOND_MANIFEST_NAME: foreign}.items())) == "package.signature_invalid"


def test_that_nobody_else_can_attach_one() -> None:
    thief, found = identity("thief"), parts()
    signature = sign_detached(found[SECOND_MANIFEST_NAME], thief.key, thief.certificate, NOW)
    assert refusal(zipped({**found, SECOND_SIGNATURE_NAME: signature}.items())) == "package.second_signer_differs"


@pytest.mark.parametrize("limits", [Limits(qualified_bytes=10), Limits(signature_bytes=900)])
def test_that_a_signature_beyond_its_limit_is_refused(limits: Limits) -> None:
    assert refusal(zipped(parts().items()), limits) == "package.layout"


def test_that_attaching_twice_or_by_another_is_a_bug(tmp_path: Path) -> None:
    first = read_container(write_sample(tmp_path))
    second = read_container(attached(tmp_path))

    def attach(container: VerifiedContainer, seed: str) -> None:
        with pytest.raises(BugError):
            prepare_attached(container, QUALIFIED, identity(seed), NOW)

    attach(second, "school")
    attach(first, "thief")
