"""Keys, certificates and signatures by GOST R 34.10-2012, made by OpenSSL with Debian's engine `gost`."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

KINDS = {
    "256-A": ("gost2012_256", "A", "md_gost12_256"),
    "256-B": ("gost2012_256", "B", "md_gost12_256"),
    "256-XA": ("gost2012_256", "XA", "md_gost12_256"),
    "256-TCA": ("gost2012_256", "TCA", "md_gost12_256"),
    "512-A": ("gost2012_512", "A", "md_gost12_512"),
    "512-B": ("gost2012_512", "B", "md_gost12_512"),
    "512-C": ("gost2012_512", "C", "md_gost12_512"),
}
_CONFIGURATION = """
openssl_conf = start
[start]
engines = engines
[engines]
gost = gost
[gost]
engine_id = gost
default_algorithms = ALL
[req]
distinguished_name = subject
x509_extensions = person
prompt = no
utf8 = yes
string_mask = utf8only
[subject]
CN = МОУ «Образец»
SN = Образцова
GN = Вера Примеровна
title = Директор
O = МОУ «Образец»
0.1.2.643.100.4 = 7200000000
OGRN = 1207200000000
[authority_subject]
CN = Учебный удостоверяющий центр
[person]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
subjectKeyIdentifier = hash
certificatePolicies = 1.2.643.100.113.1
[authority]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
"""


@dataclass(frozen=True, slots=True)
class Signer:
    """A key with its certificate, as files; `above` is the file of the authority's certificate, if there is one."""

    folder: Path
    name: str
    kind: str
    above: Path | None = None

    @property
    def key(self) -> Path:
        """The private key."""
        return self.folder / f"{self.name}.key"

    @property
    def certificate(self) -> Path:
        """The certificate as PEM."""
        return self.folder / f"{self.name}.pem"

    def sign(self, content: bytes, *more: str, form: str = "DER") -> bytes:
        """A detached CMS over `content`; `more` are options of `openssl cms`."""
        (self.folder / "content").write_bytes(content)
        chain = [] if self.above is None else ["-certfile", self.above]
        openssl(
            *("cms", "-sign", "-binary", "-in", "content", "-out", "signature", "-outform", form),
            *("-signer", self.certificate, "-inkey", self.key, "-md", KINDS[self.kind][2], *chain, *more),
            folder=self.folder,
        )
        return (self.folder / "signature").read_bytes()


def openssl(*words: object, folder: Path, of: str = "subject") -> None:
    """Run OpenSSL with the engine; `of` names the subject of a certificate."""
    configuration = folder / f"{of}.cnf"
    named = _CONFIGURATION.replace("distinguished_name = subject", f"distinguished_name = {of}")
    configuration.write_text(named, encoding="utf-8")
    command = ["openssl", *(str(word) for word in words)]
    command[2:2] = ["-engine", "gost"] if words[0] != "pkcs7" else []
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, "OPENSSL_CONF": str(configuration)}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def make_signer(folder: Path, kind: str = "256-A", name: str = "person", under: Signer | None = None) -> Signer:
    """A new key and its certificate, its own or one of the authority `under`."""
    folder.mkdir(parents=True, exist_ok=True)
    signer = Signer(folder, name, kind, under.certificate if under else None)
    algorithm, parameters, digest = KINDS[kind]
    openssl("genpkey", "-algorithm", algorithm, "-pkeyopt", f"paramset:{parameters}", "-out", signer.key, folder=folder)
    request = ["req", "-new", "-utf8", "-key", signer.key, f"-{digest}"]
    if under is None:
        openssl(*request, "-x509", "-days", "400", "-out", signer.certificate, folder=folder)
        return signer
    openssl(*request, "-out", "request", folder=folder)
    issue = ["x509", "-req", "-in", "request", "-CA", under.certificate, "-CAkey", under.key, "-CAcreateserial"]
    issue += ["-days", "300", "-extfile", "subject.cnf", "-extensions", "person", f"-{KINDS[under.kind][2]}"]
    openssl(*issue, "-out", signer.certificate, folder=folder)
    return signer


def make_authority(folder: Path, kind: str = "256-A") -> Signer:
    """An authority with a certificate of its own."""
    signer = Signer(folder, "authority", kind)
    folder.mkdir(parents=True, exist_ok=True)
    algorithm, parameters, digest = KINDS[kind]
    openssl("genpkey", "-algorithm", algorithm, "-pkeyopt", f"paramset:{parameters}", "-out", signer.key, folder=folder)
    words = ["req", "-new", "-x509", "-utf8", "-key", signer.key, f"-{digest}", "-days", "900"]
    words += ["-extensions", "authority", "-out", signer.certificate]
    openssl(*words, folder=folder, of="authority_subject")
    return signer
