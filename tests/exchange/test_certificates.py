"""A certificate says whose key it is, in one form that every other tool reads too."""

from __future__ import annotations

import warnings
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import NameOID

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import parse_certificate, subject_of
from shnor_desktop.exchange.fingerprint import fingerprint_words, is_same_fingerprint
from shnor_desktop.exchange.keys import Identity
from tests.exchange.sample import NOW, SUBJECT, identity

Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey


def refusal(data: bytes) -> str:
    """The code with which a certificate is refused."""
    with pytest.raises(KnownError) as caught:
        parse_certificate(data)
    return caught.value.code


def foreign(key: Key, signer: Key | None = None) -> bytes:
    """A self-signed certificate of a general library with the subject of ours."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, SUBJECT.name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, SUBJECT.organisation),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "school"),
            x509.NameAttribute(NameOID.SERIAL_NUMBER, SUBJECT.code),
        ]
    )
    builder = x509.CertificateBuilder(name, name, key.public_key(), 77, NOW, NOW + timedelta(days=9))
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
    algorithm = None if isinstance(key, ed25519.Ed25519PrivateKey) else hashes.SHA256()
    return builder.sign(signer or key, algorithm).public_bytes(serialization.Encoding.DER)


def test_that_a_general_library_reads_the_same_from_a_certificate() -> None:
    certificate = identity().certificate
    other = x509.load_der_x509_certificate(certificate.der)
    texts = [(attribute.oid, attribute.value) for attribute in other.subject]
    assert texts == [
        (NameOID.COMMON_NAME, certificate.name),
        (NameOID.ORGANIZATION_NAME, certificate.subject.organisation),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "school"),
        (NameOID.ORGANIZATIONAL_UNIT_NAME, "DEMO"),
        (NameOID.SERIAL_NUMBER, "72-0101"),
    ]
    assert other.not_valid_before_utc == certificate.not_before
    assert other.not_valid_after_utc == certificate.not_after
    assert other.fingerprint(hashes.SHA256()).hex() == certificate.fingerprint
    assert other.extensions.get_extension_for_class(x509.KeyUsage).value.digital_signature
    assert not other.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    other.verify_directly_issued_by(other)


@pytest.mark.parametrize("role", list(WriterRole))
@pytest.mark.parametrize("is_demo", [True, False])
def test_that_role_and_demo_mark_stand_in_the_certificate(role: WriterRole, is_demo: bool) -> None:
    subject = subject_of("72", role, "Имя", "Организация", is_demo=is_demo)
    certificate = parse_certificate(Identity.create(subject, NOW).certificate.der)
    assert (certificate.role, certificate.is_demo, certificate.code) == (role, is_demo, "72")


def test_that_a_certificate_holds_for_ten_years_from_the_day_before() -> None:
    certificate = identity().certificate
    assert certificate.is_valid_at(NOW - timedelta(hours=24))
    assert certificate.is_valid_at(NOW.replace(year=NOW.year + 10))
    assert not certificate.is_valid_at(NOW - timedelta(days=3))
    assert not certificate.is_valid_at(NOW.replace(year=NOW.year + 11))


def test_that_two_keys_of_one_school_have_two_fingerprints() -> None:
    first, second = (Identity.create(SUBJECT, NOW).certificate for _ in range(2))
    assert first.fingerprint != second.fingerprint


def test_that_a_long_official_name_is_cut_to_what_a_certificate_may_hold() -> None:
    long = "Муниципальное бюджетное общеобразовательное учреждение\n «Средняя общеобразовательная школа № 5»"
    subject = subject_of("5", WriterRole.SCHOOL, long, "  ")
    assert len(subject.name) == 64
    assert subject.name.endswith("…")
    assert subject.organisation == "5"
    assert parse_certificate(Identity.create(subject, NOW).certificate.der).subject == subject


@pytest.mark.parametrize("code", ["", " ", "72 01", "72_01", "школа", "-1", "x" * 41, "1\n"])
def test_that_a_code_that_no_certificate_may_hold_is_refused(code: str) -> None:
    with pytest.raises(KnownError) as caught:
        subject_of(code, WriterRole.SCHOOL, "a", "b")
    assert caught.value.code == "keys.code_unfit"


@pytest.mark.parametrize(
    "key",
    [
        rsa.generate_private_key(65537, 2048),
        ec.generate_private_key(ec.SECP384R1()),
        ec.generate_private_key(ec.SECP256R1()),
        ed25519.Ed25519PrivateKey.generate(),
    ],
    ids=["rsa", "p-384", "authority on p-256", "ed25519"],
)
def test_that_a_certificate_of_another_kind_is_refused(key: Key) -> None:
    assert refusal(foreign(key)) == "package.certificate_invalid"


def test_that_no_flipped_bit_of_a_certificate_is_accepted() -> None:
    whole = identity().certificate.der
    for position in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[position // 8] ^= 1 << position % 8
        assert refusal(bytes(damaged)) == "package.certificate_invalid"


def test_that_no_cut_or_lengthened_certificate_is_accepted() -> None:
    whole = identity().certificate.der
    for length in range(len(whole)):
        assert refusal(whole[:length]) == "package.certificate_invalid"
    assert refusal(whole + b"\x00") == "package.certificate_invalid"
    assert refusal(b"\x30\x82\x27\x10" + bytes(10_000)) == "package.certificate_invalid"


def test_that_a_fingerprint_is_eight_groups_of_five_digits() -> None:
    words = identity().certificate.fingerprint_words
    assert [len(group) for group in words.split(" ")] == [5] * 8
    assert words.replace(" ", "").isdigit()
    assert fingerprint_words("00" * 32) == " ".join(["00000"] * 8)


def test_that_a_fingerprint_is_known_however_it_is_typed() -> None:
    certificate = identity().certificate
    digits = certificate.fingerprint_words
    pairs = ":".join(certificate.fingerprint[start : start + 2] for start in range(0, 64, 2))
    for typed in (digits, digits.replace(" ", ""), digits.replace(" ", " - "), pairs.upper(), f" {digits}\n"):
        assert is_same_fingerprint(certificate.fingerprint, typed)
    for typed in (
        "",
        digits[:-1],
        digits[:-1] + "x",
        certificate.fingerprint[:40],
        identity("other").certificate.der.hex(),
    ):
        assert not is_same_fingerprint(certificate.fingerprint, typed)


def test_that_our_reader_warns_of_nothing_in_a_foreign_certificate() -> None:
    with warnings.catch_warnings(action="error"):
        assert refusal(b"\x30\x03\x02\x01\xff") == "package.certificate_invalid"


def test_that_a_clock_of_another_century_still_makes_a_certificate() -> None:
    for year in (1951, 1999, 2049, 2055):
        moment = datetime(year, 6, 1, tzinfo=UTC)
        assert Identity.create(SUBJECT, moment).certificate.is_valid_at(moment)
