"""An authority issues certificates that every tool follows up to it, and its list of the revoked only grows."""

from __future__ import annotations

import asyncio
import subprocess
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from asn1crypto import cms as asn1_cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.x509.oid import NameOID
from pyhanko.sign.validation import generic_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.authority import Authority, is_chain, issuer_of, require_passphrase
from shnor_desktop.exchange.certificates import Subject, issue, parse_certificate, subject_of
from shnor_desktop.exchange.cms import sign_detached, verify_detached
from shnor_desktop.exchange.enrolment import is_proven, proof
from shnor_desktop.exchange.keys import Identity, certificates_pem
from shnor_desktop.exchange.revocations import Reason, SignedList, entry, sign_list
from shnor_desktop.exchange.trust import Person, Trust, read_trust, write_trust
from tests.exchange.authority_sample import authority, issued, successor
from tests.exchange.independent_age import decrypt_by_age_with_passphrase
from tests.exchange.sample import NOW, identity, seeded

CONTENT = b"<manifest/>"
PASSPHRASE = "лодка груша маяк узор"


def refusal_of_signature(signature: bytes) -> str:
    """The code with which a signature is refused."""
    with pytest.raises(KnownError) as caught:
        verify_detached(CONTENT, signature)
    return caught.value.code


def signed_by(signer: Identity) -> bytes:
    """A right signature with the chain of the signer."""
    return sign_detached(CONTENT, signer.key, signer.certificate, NOW, signer.chain)


def test_that_a_general_library_follows_the_chain() -> None:
    found = x509.load_der_x509_certificate(issued().certificate.der)
    above = x509.load_der_x509_certificate(authority().certificate.der)
    found.verify_directly_issued_by(above)
    above.verify_directly_issued_by(above)
    assert above.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    usage = above.extensions.get_extension_for_class(x509.KeyUsage).value
    assert usage.key_cert_sign
    assert usage.crl_sign
    assert not usage.digital_signature
    own = above.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    named = found.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert named.key_identifier == own.digest
    assert found.subject.get_attributes_for_oid(NameOID.USER_ID)[0].value == "school-a"


def test_that_an_issued_certificate_tells_its_school_and_its_issuer() -> None:
    certificate = parse_certificate(issued().certificate.der)
    assert (certificate.school, certificate.role) == ("school-a", WriterRole.SCHOOL)
    assert certificate.issuer_key == authority().certificate.key_id
    assert certificate.is_issued_by(authority().certificate)
    assert not certificate.is_issued_by(authority("МОЦ чужого района").certificate)
    assert not identity().certificate.issuer_key


def test_that_a_signature_holds_the_whole_chain() -> None:
    signer = issued()
    found = verify_detached(CONTENT, signed_by(signer))
    assert (found.certificate, found.chain) == (signer.certificate, signer.chain)


def test_that_a_signature_without_its_chain_is_refused() -> None:
    signer = issued()
    assert refusal_of_signature(sign_detached(CONTENT, signer.key, signer.certificate, NOW)) == "package.chain_broken"


def test_that_a_signature_under_another_authority_is_refused() -> None:
    signer, other = issued(), authority("МОЦ чужого района")
    forged = sign_detached(CONTENT, signer.key, signer.certificate, NOW, other.chain)
    assert refusal_of_signature(forged) == "package.chain_broken"


def test_that_a_certificate_too_many_is_refused() -> None:
    signer = issued()
    more = (*signer.chain, authority("МОЦ чужого района").certificate)
    forged = sign_detached(CONTENT, signer.key, signer.certificate, NOW, more)
    assert refusal_of_signature(forged) == "package.signature_malformed"


def test_that_an_authority_signs_no_package() -> None:
    above = authority().identity
    assert refusal_of_signature(signed_by(above)) == "package.signature_malformed"


def test_that_a_certificate_that_a_school_issued_is_no_ones() -> None:
    """A school uses its own key as if it were an authority."""
    school = issued()
    subject = subject_of("72-015", WriterRole.SCHOOL, "Чужая", "Чужая", school="school-b")
    with pytest.raises(KnownError) as caught:
        issue(identity("thief").certificate.point, subject, school.certificate, school.key, NOW, seeded("forged"))
    assert caught.value.code == "package.certificate_invalid"


def test_that_a_certificate_with_the_name_of_the_authority_but_another_key_is_not_its_own() -> None:
    twin = Authority.create("moc-1", "МОЦ Лесного района", NOW, entropy=seeded("twin"))
    assert twin.certificate.subject == authority().certificate.subject
    certificate = twin.issue(issued().certificate.point, issued().certificate.subject, NOW)
    assert issuer_of(certificate, authority().chain) is None


def test_that_no_flipped_bit_of_an_issued_certificate_is_accepted() -> None:
    whole = issued().certificate.der
    for position in range(len(whole) * 8):
        damaged = bytearray(whole)
        damaged[position // 8] ^= 1 << position % 8
        try:
            found = parse_certificate(bytes(damaged))
        except KnownError:
            continue
        assert not found.is_issued_by(authority().certificate)


@pytest.mark.parametrize("change", [{"is_authority": True}, {"is_demo": True}])
def test_that_an_authority_issues_no_authority_and_nothing_of_another_world(change: dict[str, bool]) -> None:
    subject: Subject = replace(issued().certificate.subject, **change)
    with pytest.raises(BugError):
        authority().issue(issued().certificate.point, subject, NOW)


def test_that_a_certificate_outlives_no_authority() -> None:
    late = NOW + timedelta(days=365 * 15)
    found = authority().issue(issued().certificate.point, issued().certificate.subject, late)
    assert found.not_after == authority().certificate.not_after


def test_that_openssl_verifies_an_issued_signer_by_the_authority_alone(tmp_path: Path) -> None:
    for name, chain in (("first", issued().chain), ("second", successor().chain)):
        signer = issued() if name == "first" else under_successor()
        (tmp_path / "m").write_bytes(CONTENT)
        (tmp_path / "s").write_bytes(signed_by(signer))
        (tmp_path / "authority.pem").write_bytes(certificates_pem(chain[-1:]))
        command = "openssl cms -verify -cades -binary -inform DER -in s -content m -CAfile authority.pem -out /dev/null"
        done = subprocess.run(
            [*command.split(), "-purpose", "any", "-no_check_time"], cwd=tmp_path, capture_output=True, check=False
        )
        assert done.returncode == 0, done.stderr
        (tmp_path / "authority.pem").write_bytes(certificates_pem(authority("МОЦ чужого района").chain))
        done = subprocess.run([*command.split(), "-purpose", "any"], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode != 0


@pytest.mark.parametrize("is_first", [True, False])
def test_that_gnutls_and_pyhanko_follow_the_chain(tmp_path: Path, is_first: bool) -> None:
    signer = issued() if is_first else under_successor()
    root = signer.chain[-1:]
    (tmp_path / "m").write_bytes(CONTENT)
    (tmp_path / "s").write_bytes(signed_by(signer))
    (tmp_path / "ca.pem").write_bytes(certificates_pem(root))
    command = "certtool --p7-verify --inder --infile s --load-data m --load-ca-certificate ca.pem"
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    signed = asn1_cms.ContentInfo.load(signed_by(signer))["content"]
    roots = [asn1_x509.Certificate.load(one.der) for one in root]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=NOW)
    usage = KeyUsageConstraints(key_usage={"digital_signature"})
    found = asyncio.run(
        generic_cms.async_validate_detached_cms(
            CONTENT, signed, signer_validation_context=context, key_usage_settings=usage
        )
    )
    assert (found.intact, found.valid, found.trusted) == (True, True, True)


def under_successor() -> Identity:
    """A writer to whom the second authority issued a certificate."""
    own = identity("under successor")
    subject = subject_of("72-016", WriterRole.SCHOOL, "Школа", "Школа", school="school-c")
    return Identity(own.key, successor().issue(own.certificate.point, subject, NOW), successor().chain)


def test_that_a_successor_is_vouched_for() -> None:
    assert is_chain(successor().chain)
    assert successor().chain[1:] == authority().chain
    assert not is_chain((*successor().chain[:1], authority("МОЦ чужого района").certificate))
    assert not is_chain(successor().chain[:1])
    assert issuer_of(issued().certificate, successor().chain) == authority().certificate


def test_that_the_key_of_an_authority_opens_by_its_passphrase_alone() -> None:
    closed = authority().close(PASSPHRASE)
    assert Authority.open(closed, f"  {PASSPHRASE} ").certificate == authority().certificate
    assert b"PRIVATE" not in closed
    with pytest.raises(KnownError) as caught:
        Authority.open(closed, PASSPHRASE + "ы")
    assert caught.value.code == "authority.passphrase_wrong"
    with pytest.raises(KnownError) as caught:
        Authority.open(b"", PASSPHRASE)
    assert caught.value.code == "authority.key_damaged"
    assert decrypt_by_age_with_passphrase(closed, PASSPHRASE).startswith(b"-----BEGIN PRIVATE KEY-----")


@pytest.mark.parametrize("typed", ["", "короткая", "а" * 30, "1 2 3", "ab ab ab ab"])
def test_that_a_weak_passphrase_is_refused(typed: str) -> None:
    with pytest.raises(KnownError) as caught:
        require_passphrase(typed)
    assert caught.value.code == "authority.passphrase_weak"


@pytest.mark.parametrize("typed", ["дом кот лес ум", "Десять знаков", "дом  кот лес  сад"])
def test_that_a_long_or_many_worded_passphrase_is_taken(typed: str) -> None:
    assert require_passphrase(typed) == " ".join(typed.split())


def listed(number: int = 3, by: Authority | None = None) -> SignedList:
    """A list that names the school."""
    last = {("replica", "school-a"): 7}
    found = entry(issued().certificate, Reason.LOST, "2024-09-02T08:30:00Z", last)
    return sign_list(by or authority(), number, "2024-09-02T08:30:00Z", [found])


def test_that_a_list_tells_a_certificate_and_every_other_one_of_its_key() -> None:
    found = listed().contents
    renamed = authority().issue(issued().certificate.point, subject_of("9", WriterRole.SCHOOL, "а", "б"), NOW)
    for certificate in (issued().certificate, renamed):
        told = found.entry_of(certificate)
        assert told is not None
        assert told.heads() == {("replica", "school-a"): 7}
    assert found.entry_of(identity().certificate) is None


def test_that_a_list_comes_whole_through_a_package_and_a_forged_one_shows() -> None:
    trust = Trust(authority().chain, listed(), (Person(issued().certificate, ""),))
    again = read_trust(write_trust(trust))
    assert again == trust
    assert again.revoked is not None
    assert again.revoked.is_signed_by(authority().certificate)
    later = msgspec.structs.replace(listed().contents, number=4)
    assert not SignedList(later, listed().signature).is_signed_by(authority().certificate)
    assert not listed(by=authority("МОЦ чужого района")).is_signed_by(authority().certificate)


@pytest.mark.parametrize(
    "change", [(b'"form":1', b'"form":2'), (b'"lost"', b'"bored"'), (b"}", b"} "), (b"2024", b"20")]
)
def test_that_a_trust_member_of_another_form_is_refused(change: tuple[bytes, bytes]) -> None:
    data = write_trust(Trust(authority().chain, listed())).replace(*change)
    with pytest.raises(KnownError) as caught:
        read_trust(data)
    assert caught.value.code == "package.contents_malformed"


def test_that_an_older_key_vouches_for_a_new_one_and_nobody_else_does() -> None:
    older, new = identity("older"), identity("new").certificate
    assert is_proven(older.certificate, new, proof(older, new))
    assert not is_proven(older.certificate, new, proof(identity("thief"), new))
    assert not is_proven(older.certificate, identity("other").certificate, proof(older, new))
    assert not is_proven(older.certificate, new, "?")
