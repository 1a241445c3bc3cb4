"""Programs that nobody here wrote verify both signatures of a package, self-signed and issued."""

from __future__ import annotations

import asyncio
import io
import subprocess
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from asn1crypto import cms as reference_cms
from asn1crypto import x509 as reference_x509
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.sign.validation.generic_cms import async_validate_detached_cms
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import StandardCMSSignatureStatus
from pyhanko_certvalidator import ValidationContext

from shnor_desktop.exchange.certificates import Certificate
from shnor_desktop.exchange.container import prepare, prepare_attached, read_container_bytes
from shnor_desktop.exchange.keys import Identity, certificate_pem
from tests.exchange.gost_tools import Signer, make_authority, make_signer
from tests.exchange.sample import NOW, identity, members
from tests.packages.judged_packages import issued

NUMBERS = ("001", "002")
WRITERS = ("self-signed", "issued")


@dataclass(frozen=True, slots=True)
class Unpacked:
    """A package with a qualified signature, unpacked by a general program, and whom a person trusts."""

    folder: Path
    root: Certificate
    qualified: bytes

    @property
    def trusted(self) -> Path:
        """The certificate of the root as PEM."""
        return self.folder / "root.pem"

    def listed(self, number: str) -> Path:
        """A list of files."""
        return self.folder / "META-INF" / f"ASiCManifest{number}.xml"

    def signature(self, number: str) -> Path:
        """The signature over it."""
        return self.folder / "META-INF" / f"signature{number}.p7s"

    def tamper(self, number: str) -> None:
        """Change a byte of a list."""
        self.listed(number).write_bytes(self.listed(number).read_bytes().replace(b"package.json", b"package.jsom", 1))
        self.listed(number).write_bytes(self.listed(number).read_bytes().replace(b"signature001", b"signature00l", 1))


def writer(kind: str) -> Identity:
    """Who signs: with a certificate of its own, or with one that an authority issued."""
    return identity() if kind == "self-signed" else issued("independent", "11111111-2222-4333-8444-555555555555")


@cache
def packed(kind: str, qualified: bytes) -> bytes:
    """A package with both signatures."""
    first, second = io.BytesIO(), io.BytesIO()
    prepare(members(), writer(kind), NOW).write_to(first)
    prepare_attached(read_container_bytes(first.getvalue()), qualified, writer(kind), NOW).write_to(second)
    return second.getvalue()


@pytest.fixture(params=WRITERS)
def unpacked(request: pytest.FixtureRequest, tmp_path: Path) -> Unpacked:
    """The package of each kind of writer."""
    by = writer(request.param)
    with zipfile.ZipFile(io.BytesIO(packed(request.param, b"made elsewhere"))) as archive:
        archive.extractall(tmp_path)
    root = by.chain[-1] if by.chain else by.certificate
    found = Unpacked(tmp_path, root, b"made elsewhere")
    found.trusted.write_bytes(certificate_pem(root))
    return found


def says(command: list[str | Path]) -> tuple[bool, str]:
    """Whether a program is content, and its words."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout + done.stderr


def by_openssl(unpacked: Unpacked, number: str) -> tuple[bool, str]:
    """OpenSSL, with the rules of CAdES."""
    verify = ["openssl", "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-purpose", "any"]
    at = ["-attime", str(int(NOW.timestamp())), "-CAfile", unpacked.trusted, "-out", unpacked.folder / "checked"]
    return says([*verify, "-in", unpacked.signature(number), "-content", unpacked.listed(number), *at])


def by_gnutls(unpacked: Unpacked, number: str) -> tuple[bool, str]:
    """GnuTLS, which judges certificates by the clock of the computer."""
    verify = ["certtool", "--p7-verify", "--inder", "--load-ca-certificate", unpacked.trusted]
    return says([*verify, "--infile", unpacked.signature(number), "--load-data", unpacked.listed(number)])


def by_pyhanko(unpacked: Unpacked, number: str) -> StandardCMSSignatureStatus:
    """pyHanko, which trusts the root."""
    content = reference_cms.ContentInfo.load(unpacked.signature(number).read_bytes())["content"]
    roots = list(load_certs_from_pemder_data(certificate_pem(unpacked.root)))
    context = ValidationContext(trust_roots=roots, moment=NOW, allow_fetching=False)
    usage = KeyUsageConstraints(key_usage={"digital_signature"})
    checked = async_validate_detached_cms(
        unpacked.listed(number).read_bytes(), content, signer_validation_context=context, key_usage_settings=usage
    )
    return asyncio.run(checked)


@pytest.mark.parametrize("number", NUMBERS)
def test_that_openssl_verifies_both_signatures_by_the_root_alone(unpacked: Unpacked, number: str) -> None:
    is_content, said = by_openssl(unpacked, number)
    assert is_content, said
    assert "CAdES Verification successful" in said
    unpacked.tamper(number)
    assert not by_openssl(unpacked, number)[0]


@pytest.mark.parametrize("number", NUMBERS)
def test_that_gnutls_verifies_both_signatures_by_the_root_alone(unpacked: Unpacked, number: str) -> None:
    is_content, said = by_gnutls(unpacked, number)
    assert is_content, said
    unpacked.tamper(number)
    assert not by_gnutls(unpacked, number)[0]


@pytest.mark.parametrize("number", NUMBERS)
def test_that_pyhanko_verifies_both_signatures_by_the_root_alone(unpacked: Unpacked, number: str) -> None:
    status = by_pyhanko(unpacked, number)
    assert (status.intact, status.valid, status.trusted) == (True, True, True)
    unpacked.tamper(number)
    assert not by_pyhanko(unpacked, number).intact


def test_that_another_root_is_not_trusted(unpacked: Unpacked) -> None:
    stranger = Unpacked(unpacked.folder, identity("stranger").certificate, b"")
    stranger.trusted.write_bytes(certificate_pem(stranger.root))
    assert not by_openssl(stranger, "001")[0]
    assert not by_gnutls(stranger, "001")[0]
    assert not by_pyhanko(stranger, "001").trusted


@pytest.fixture(scope="module")
def director(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    """A director with a key of GOST."""
    folder = tmp_path_factory.mktemp("gost")
    return make_signer(folder / "director", "256-A", under=make_authority(folder / "authority"))


def test_that_gnutls_verifies_the_qualified_signature_in_a_package(director: Signer, tmp_path: Path) -> None:
    """Without the engine by which it was made."""
    first = io.BytesIO()
    prepare(members(), identity(), NOW).write_to(first)
    container = read_container_bytes(first.getvalue())
    made = director.sign(container.listed, "-cades")
    with zipfile.ZipFile(io.BytesIO(packed("self-signed", made))) as archive:
        archive.extractall(tmp_path)
    signature = tmp_path / "META-INF" / "qualified-signature001.p7s"
    listed = tmp_path / "META-INF" / "ASiCManifest001.xml"
    assert director.above is not None
    verify = ["certtool", "--p7-verify", "--inder", "--load-ca-certificate", director.above, "--infile", signature]
    is_content, said = says([*verify, "--load-data", listed])
    assert is_content, said
    listed.write_bytes(listed.read_bytes() + b" ")
    assert not says([*verify, "--load-data", listed])[0]


def test_that_a_general_library_reads_the_certificates_of_a_package(unpacked: Unpacked) -> None:
    content = reference_cms.ContentInfo.load(unpacked.signature("001").read_bytes(), strict=True)["content"]
    certificates = [found.chosen for found in content["certificates"]]
    assert all(isinstance(found, reference_x509.Certificate) for found in certificates)
    assert certificate_pem(unpacked.root) == unpacked.trusted.read_bytes()
