"""A qualified signature made by another program is verified, and each way to be wrong has its words."""

from __future__ import annotations

import base64
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from asn1crypto import cms as reference_cms
from hypothesis import given, settings
from hypothesis import strategies as st

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange import gost
from shnor_desktop.exchange.qualified import LARGEST_LIST, Chain, read_signature_file, verify_qualified
from tests.exchange.gost_tools import KINDS, Signer, make_authority, make_signer, openssl

CONTENT = b"<asic:ASiCManifest/>\n"


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    """An accredited centre of this test."""
    return make_authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="session")
def director(tmp_path_factory: pytest.TempPathFactory, authority: Signer) -> Signer:
    """A director with a certificate of the centre."""
    return make_signer(tmp_path_factory.mktemp("director"), under=authority)


@pytest.fixture(scope="session")
def signature(director: Signer) -> bytes:
    """The director's signature with the whole chain."""
    return director.sign(CONTENT, "-cades")


def refusal(signature: bytes, content: bytes = CONTENT) -> str:
    """The code with which a signature is refused."""
    with pytest.raises(KnownError) as caught:
        verify_qualified(content, signature)
    return caught.value.code


@pytest.mark.parametrize("options", [("-cades",), (), ("-cades", "-nodetach"), ("-noattr",), ("-keyid",)])
@pytest.mark.parametrize("kind", KINDS)
def test_that_signatures_of_every_set_of_parameters_hold(kind: str, options: tuple[str, ...], tmp_path: Path) -> None:
    signer = make_signer(tmp_path, kind)
    found = verify_qualified(CONTENT, signer.sign(CONTENT, *options))
    assert found.bits == int(kind[:3])
    assert found.is_cades == ("-cades" in options)
    assert (found.signed_at is None) == ("-noattr" in options)
    assert found.chain is Chain.SELF_SIGNED
    changed = refusal(signer.sign(CONTENT, *options), CONTENT + b" ")
    assert changed == ("qualified.signature_wrong" if "-noattr" in options else "qualified.other_content")


def test_that_it_is_told_whose_it_is_and_how_far_the_chain_goes(signature: bytes) -> None:
    found = verify_qualified(CONTENT, signature)
    assert found.holder.name == "Образцова Вера Примеровна"
    assert (found.holder.position, found.holder.organisation) == ("Директор", "МОУ «Образец»")
    assert (found.holder.inn, found.holder.ogrn) == ("7200000000", "1207200000000")
    assert found.issuer == found.root == "Учебный удостоверяющий центр"
    assert found.chain is Chain.WHOLE
    assert found.is_called_qualified
    assert found.signed_at is not None
    assert found.is_valid_at(found.signed_at)
    assert not found.is_valid_at(found.not_after + timedelta(seconds=1))


def test_that_without_the_authority_the_chain_is_said_to_be_absent(director: Signer) -> None:
    alone = Signer(director.folder, director.name, director.kind)
    assert verify_qualified(CONTENT, alone.sign(CONTENT)).chain is Chain.ABSENT


@pytest.mark.parametrize("authority_kind", ["256-TCA", "512-A"])
def test_that_an_authority_may_have_another_kind_of_key(authority_kind: str, tmp_path: Path) -> None:
    signer = make_signer(tmp_path / "one", "256-XA", under=make_authority(tmp_path / "above", authority_kind))
    assert verify_qualified(CONTENT, signer.sign(CONTENT)).chain is Chain.WHOLE


@pytest.mark.parametrize("form", ["DER", "PEM", "base64", "base64 in one line", "byte order mark", "streamed"])
def test_that_a_signature_file_may_have_any_usual_form(form: str, director: Signer, signature: bytes) -> None:
    forms = {
        "DER": signature,
        "PEM": director.sign(CONTENT, form="PEM"),
        "base64": base64.encodebytes(signature),
        "base64 in one line": base64.b64encode(signature),
        "byte order mark": b"\xef\xbb\xbf" + base64.b64encode(signature) + b"\r\n",
        "streamed": director.sign(CONTENT, "-stream", "-nodetach"),
    }
    assert verify_qualified(CONTENT, read_signature_file(forms[form])).holder.position == "Директор"


def test_that_lengths_may_be_left_open(signature: bytes) -> None:
    """Some programs write the outermost elements without a length."""
    body = reference_cms.ContentInfo.load(signature)
    inside = body["content"].untag().contents
    open_ended = b"\x30\x80" + body["content_type"].dump() + b"\xa0\x80\x30\x80" + inside + bytes(6)
    assert verify_qualified(CONTENT, open_ended) == verify_qualified(CONTENT, signature)


def test_that_a_signature_of_another_list_is_told(director: Signer) -> None:
    assert (
        refusal(director.sign(b"<asic:ASiCManifest>other</asic:ASiCManifest>", "-cades")) == "qualified.other_content"
    )
    assert refusal(director.sign(b"other", "-nodetach")) == "qualified.other_content"


def with_another_number(signature: bytes) -> bytes:
    """One bit of the number that is the signature is another."""
    return signature[:-5] + bytes([signature[-5] ^ 1]) + signature[-4:]


def with_another_digest(signature: bytes) -> bytes:
    """The name of the hash is one that nobody gave."""
    return signature.replace(bytes.fromhex("2a85030701010202"), bytes.fromhex("2a85030701010209"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (with_another_number, "qualified.signature_wrong"),
        (with_another_digest, "qualified.not_gost"),
        (lambda data: data[:-1], "qualified.malformed"),
        (lambda data: data[: len(data) // 2], "qualified.malformed"),
        (lambda data: data + b"x", "qualified.malformed"),
        (lambda _: b"", "qualified.malformed"),
        (lambda _: b"\x30\x80" * 1000, "qualified.malformed"),
        (lambda _: b"\x30\x80" * 20 + b"\x00" * 40, "qualified.malformed"),
        (lambda _: bytes(300_000), "qualified.too_large"),
    ],
)
def test_that_each_way_to_be_wrong_is_told(change: Callable[[bytes], bytes], code: str, signature: bytes) -> None:
    assert refusal(change(signature)) == code


def test_that_a_signature_by_another_algorithm_is_told(tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(CONTENT)
    for words in (
        "req -x509 -newkey rsa:2048 -nodes -keyout key -out certificate -subj /CN=somebody -days 9",
        "cms -sign -binary -in content -out signature -outform DER -signer certificate -inkey key",
    ):
        subprocess.run(["openssl", *words.split()], cwd=tmp_path, check=True, capture_output=True)
    assert refusal((tmp_path / "signature").read_bytes()) == "qualified.not_gost"


def test_that_a_signature_by_the_standard_of_2001_is_told(tmp_path: Path) -> None:
    (tmp_path / "content").write_bytes(CONTENT)
    key = ["genpkey", "-algorithm", "gost2001", "-pkeyopt", "paramset:A", "-out", "key"]
    openssl(*key, folder=tmp_path)
    openssl("req", "-new", "-x509", "-key", "key", "-md_gost94", "-days", "9", "-out", "certificate", folder=tmp_path)
    sign = ["cms", "-sign", "-binary", "-in", "content", "-out", "signature", "-outform", "DER", "-md", "md_gost94"]
    openssl(*sign, "-signer", "certificate", "-inkey", "key", folder=tmp_path)
    assert refusal((tmp_path / "signature").read_bytes()) == "qualified.old_gost"


def test_that_a_signature_without_its_certificate_is_told(director: Signer) -> None:
    alone = Signer(director.folder, director.name, director.kind)
    assert refusal(alone.sign(CONTENT, "-nocerts")) == "qualified.certificate_absent"


def test_that_two_signatures_in_one_file_are_told(director: Signer, signature: bytes, tmp_path: Path) -> None:
    other = make_signer(tmp_path)
    (tmp_path / "first").write_bytes(director.sign(CONTENT, "-nodetach"))
    again = ["cms", "-resign", "-binary", "-in", "first", "-inform", "DER", "-out", "both", "-outform", "DER"]
    openssl(*again, "-signer", other.certificate, "-inkey", other.key, "-md", "md_gost12_256", folder=tmp_path)
    assert refusal((tmp_path / "both").read_bytes()) == "qualified.several_signers"


def test_that_a_certificate_in_place_of_the_one_named_is_told(signature: bytes) -> None:
    """The unsigned part of the certificate is other: the hash that was signed tells it."""
    certificate = reference_cms.ContentInfo.load(signature)["content"]["certificates"]
    for found in certificate:
        der = found.chosen.dump()
        if found.chosen.subject != found.chosen.issuer:
            changed = der[:-1] + bytes([der[-1] ^ 1])
            assert refusal(signature.replace(der, changed)) == "qualified.certificate_differs"


def test_that_a_chain_whose_links_do_not_hold_is_told(director: Signer) -> None:
    signature = director.sign(CONTENT)  # without the hash of the certificate
    for found in reference_cms.ContentInfo.load(signature)["content"]["certificates"]:
        der = found.chosen.dump()
        changed = der[:-1] + bytes([der[-1] ^ 1])
        assert refusal(signature.replace(der, changed)) == "qualified.chain_broken"


def test_that_a_key_beside_its_curve_is_told(director: Signer) -> None:
    signature = director.sign(CONTENT)
    parsed = reference_cms.ContentInfo.load(signature)["content"]["certificates"]
    person = next(found.chosen for found in parsed if found.chosen.subject != found.chosen.issuer)
    key = bytes(person["tbs_certificate"]["subject_public_key_info"].dump())[-64:]
    assert refusal(signature.replace(key, key[:-1] + bytes([key[-1] ^ 1]))) == "qualified.bad_key"
    curve = bytes.fromhex("06072a850302022301")  # CryptoPro-A
    assert curve in signature
    assert refusal(signature.replace(curve, curve[:-1] + b"\x09")) == "qualified.unknown_curve"


def test_that_a_list_that_would_take_too_long_is_refused(signature: bytes) -> None:
    assert refusal(signature, bytes(LARGEST_LIST + 1)) == "qualified.list_too_long"


def test_that_a_file_of_megabytes_is_refused_before_it_is_read() -> None:
    with pytest.raises(KnownError) as caught:
        read_signature_file(b"A" * 2_000_000)
    assert caught.value.code == "qualified.too_large"


def test_that_half_a_text_of_base64_is_told(signature: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        read_signature_file(base64.b64encode(signature)[:-3])
    assert caught.value.code == "qualified.malformed"


def test_that_hostile_bytes_take_no_time(signature: bytes) -> None:
    started = time.perf_counter()
    for hostile in (b"\x30\x80" * 100_000, b"\x24\x80" * 100_000, signature[:40] + b"\xa0\x80" * 100_000):
        assert refusal(hostile) == "qualified.malformed"
    nested = b""
    for _ in range(5_000):
        nested = b"\x30\x82" + len(nested).to_bytes(2, "big") + nested if len(nested) < 60_000 else nested
    assert refusal(nested) == "qualified.malformed"
    assert time.perf_counter() - started < 2


@settings(max_examples=400)
@given(data=st.data())
def test_that_an_edited_signature_is_judged_in_words_alone(data: st.DataObject, signature: bytes) -> None:
    position = data.draw(st.integers(0, len(signature) - 1))
    edited = bytearray(signature)
    edited[position : position + data.draw(st.integers(0, 4))] = data.draw(st.binary(max_size=4))
    with suppress(KnownError):
        verify_qualified(CONTENT, bytes(edited))


def test_that_no_flipped_bit_of_what_is_signed_holds(director: Signer) -> None:
    """Of 256 bits of the signature and of the signed attributes each is tried."""
    signature = director.sign(CONTENT, "-cades", "-nosmimecap")
    parsed = reference_cms.ContentInfo.load(signature)["content"]["signer_infos"][0]
    for part in (parsed["signature"].contents, parsed["signed_attrs"].contents):
        start = signature.rindex(part)
        for bit in range(start * 8, (start + len(part)) * 8, 7):
            damaged = bytearray(signature)
            damaged[bit // 8] ^= 1 << bit % 8
            assert refusal(bytes(damaged)).startswith("qualified.")


def test_that_a_point_is_checked_before_it_is_reckoned_with(monkeypatch: pytest.MonkeyPatch, signature: bytes) -> None:
    monkeypatch.setattr(gost.PublicKey, "is_sound", lambda _self: False)
    assert refusal(signature) == "qualified.bad_key"
