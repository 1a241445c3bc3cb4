"""The signature has one encoding; every other one, even of the same numbers, is refused."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from asn1crypto import algos
from asn1crypto import cms as reference_cms

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import ecdsa
from shnor_desktop.exchange.certificates import parse_certificate
from shnor_desktop.exchange.cms import sign_detached, verify_detached
from shnor_desktop.exchange.keys import certificate_pem
from shnor_desktop.exchange.raw_signature import verify_signature
from tests.exchange.sample import NOW, identity

CONTENT = b"<manifest/>"


def signed(content: bytes = CONTENT, moment: datetime = NOW) -> bytes:
    """A right signature."""
    return sign_detached(content, identity().key, identity().certificate, moment)


def refusal(signature: bytes, content: bytes = CONTENT) -> str:
    """The code with which a signature is refused."""
    with pytest.raises(KnownError) as caught:
        verify_detached(content, signature)
    return caught.value.code


def changed(change: str) -> bytes:
    """The signature re-encoded by a general library after one change."""
    parsed = reference_cms.ContentInfo.load(signed())
    signer = parsed["content"]["signer_infos"][0]
    if change == "high s":
        r, s = (int(number) for number in algos.DSASignature.load(signer["signature"].native).native.values())
        signer["signature"] = algos.DSASignature({"r": r, "s": ecdsa.ORDER - s}).dump()
    elif change == "null parameters":
        signer["digest_algorithm"] = algos.DigestAlgorithm.load(bytes.fromhex("300d06096086480165030402010500"))
    elif change == "no certificate":
        parsed["content"]["certificates"] = []
    elif change == "two certificates":
        both = [parse_certificate(found.chosen.dump()).der for found in parsed["content"]["certificates"]] * 2
        parsed["content"]["certificates"] = [reference_cms.CertificateChoices.load(found) for found in both]
    elif change == "no signer":
        parsed["content"]["signer_infos"] = []
    elif change == "unsigned attribute":
        signer["unsigned_attrs"] = [{"type": "content_type", "values": ["data"]}]
    elif change == "enveloped content":
        parsed["content"]["encap_content_info"]["content"] = CONTENT
    return bytes(parsed.dump(force=True))


@pytest.mark.parametrize("moment", [NOW, datetime(1985, 1, 1, tzinfo=UTC), datetime(2061, 5, 5, 5, 5, 5, tzinfo=UTC)])
def test_that_a_signature_tells_signer_and_time_whatever_the_clock_said(moment: datetime) -> None:
    found = verify_detached(CONTENT, signed(moment=moment))
    assert (found.certificate, found.signed_at) == (identity().certificate, moment)


def test_that_the_general_library_alone_changes_nothing() -> None:
    assert changed("nothing") == signed()


@pytest.mark.parametrize(
    "change",
    [
        "high s",
        "null parameters",
        "no certificate",
        "two certificates",
        "no signer",
        "unsigned attribute",
        "enveloped content",
    ],
)
def test_that_another_encoding_is_refused(change: str) -> None:
    assert refusal(changed(change)) == "package.signature_malformed"


def test_that_a_signature_by_openssl_in_its_own_form_is_refused(tmp_path: Path) -> None:
    identity().save(tmp_path / "key.pem")
    (tmp_path / "c.pem").write_bytes(certificate_pem(identity().certificate))
    (tmp_path / "m").write_bytes(CONTENT)
    command = "openssl cms -sign -cades -binary -in m -signer c.pem -inkey key.pem -md sha256 -outform DER -out s"
    subprocess.run(command.split(), cwd=tmp_path, check=True, capture_output=True)
    assert refusal((tmp_path / "s").read_bytes()) == "package.signature_malformed"


def test_that_other_content_is_refused() -> None:
    assert refusal(signed(), CONTENT + b" ") == "package.signature_invalid"
    assert refusal(signed(b"other")) == "package.signature_invalid"


@pytest.mark.parametrize(
    "junk", [b"", b"\x30", b"\x30\x00", b"\x30\x80\x00\x00", b"\x30\x84\xff\xff\xff\xff", b"x" * 99]
)
def test_that_what_is_no_signature_is_refused(junk: bytes) -> None:
    assert refusal(junk) == "package.signature_malformed"


def test_that_every_cut_of_a_signature_is_refused() -> None:
    whole = signed()
    assert {refusal(whole[:length]) for length in range(len(whole))} == {"package.signature_malformed"}
    assert refusal(whole + b"\x00") == "package.signature_malformed"


def test_that_a_seal_holds_for_its_data_and_key_alone() -> None:
    seal = identity().sign(b"head")
    certificate = identity().certificate.der
    assert verify_signature(certificate, b"head", seal)
    assert not verify_signature(certificate, b"Head", seal)
    assert not verify_signature(identity("other").certificate.der, b"head", seal)
    assert not verify_signature(certificate[:-1], b"head", seal)


def test_that_a_seal_has_one_form() -> None:
    seal, certificate = identity().sign(b"head"), identity().certificate.der
    r, s = ecdsa.from_raw(seal)
    assert identity().sign(b"head") == seal
    for other in (ecdsa.to_raw(r, ecdsa.ORDER - s), seal + b"\x00", seal[:-1], b"", bytes(64), b"\xff" * 64):
        assert not verify_signature(certificate, b"head", other)


def test_that_no_flipped_bit_of_a_seal_is_accepted() -> None:
    seal, certificate = identity().sign(b"head"), identity().certificate.der
    for position in range(len(seal) * 8):
        damaged = bytearray(seal)
        damaged[position // 8] ^= 1 << position % 8
        assert not verify_signature(certificate, b"head", bytes(damaged))
