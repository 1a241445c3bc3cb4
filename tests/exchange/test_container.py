"""A package is written whole, in one byte form, and can be checked with tools that nobody here wrote."""

from __future__ import annotations

import base64
import errno
import hashlib
import io
import os
import shutil
import subprocess
import sys
import textwrap
import urllib.parse
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest
from asn1crypto import cms as reference_cms

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.exchange import atomic_file
from shnor_desktop.exchange.container import Member, read_container, read_container_bytes, write_container
from shnor_desktop.exchange.keys import certificate_pem
from shnor_desktop.exchange.limits import Limits
from shnor_desktop.exchange.zip_layout import MANIFEST_NAME, MIMETYPE, MIMETYPE_NAME, SIGNATURE_NAME
from tests.exchange.sample import CONTENTS, NOW, identity, members, signed_parts, write_sample, zipped

FROZEN_SHA256 = "2cd93eeed3114f6b741302a0e24016ea33e77e4f4d33aba12ff6ccd594f22627"


def test_that_a_package_gives_back_its_members_signer_and_time(tmp_path: Path) -> None:
    path = write_sample(tmp_path)
    container = read_container(path)
    assert {name: container.read(name) for name in container.names} == CONTENTS
    assert container.names == tuple(sorted(CONTENTS))
    assert container.signer == identity().certificate
    assert container.signed_at == NOW
    assert container.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert container.size == path.stat().st_size


def test_that_the_writer_tells_the_size_and_hash_of_the_file(tmp_path: Path) -> None:
    info = write_container(tmp_path / "a.shnor", members(), identity(), NOW)
    data = info.path.read_bytes()
    assert (info.size, info.sha256, info.signed_at) == (len(data), hashlib.sha256(data).hexdigest(), NOW)


def test_that_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first = write_container(tmp_path / "a.shnor", members(), identity(), NOW)
    second = write_container(tmp_path / "b.shnor", list(reversed(members())), identity(), NOW)
    assert first.path.read_bytes() == second.path.read_bytes()


def test_that_the_byte_form_of_version_1_has_not_changed(tmp_path: Path) -> None:
    plain = [Member("package.json", b"{}"), Member("cover.pdf", b"%PDF-1.7\n"), Member("data/a-1.bin", b"\x00" * 99)]
    assert write_container(tmp_path / "a.shnor", plain, identity(), NOW).sha256 == FROZEN_SHA256


def test_that_a_member_may_come_from_a_file(tmp_path: Path) -> None:
    source = tmp_path / "long.bin"
    source.write_bytes(os.urandom(600_000))
    write_container(tmp_path / "a.shnor", [Member("attachments/long.bin", source)], identity(), NOW)
    assert read_container(tmp_path / "a.shnor").read("attachments/long.bin") == source.read_bytes()


def test_that_the_standard_zip_library_writes_and_reads_the_same_bytes(tmp_path: Path) -> None:
    path = write_sample(tmp_path)
    assert zipped(signed_parts().items()) == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_that_openssl_verifies_the_signature(tmp_path: Path) -> None:
    with zipfile.ZipFile(write_sample(tmp_path)) as archive:
        archive.extractall(tmp_path)
    (tmp_path / "ca.pem").write_bytes(certificate_pem(identity().certificate))
    command = (
        "openssl cms -verify -cades -binary -inform DER -in META-INF/signature001.p7s "
        "-content META-INF/ASiCManifest001.xml -CAfile ca.pem -purpose any -no_check_time -out checked"
    )
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "CAdES Verification successful" in done.stdout + done.stderr
    manifest = tmp_path / "META-INF" / "ASiCManifest001.xml"
    manifest.write_bytes(manifest.read_bytes().replace(b"package.json", b"package.jsom"))
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode != 0


def test_that_a_general_xml_reader_finds_every_digest(tmp_path: Path) -> None:
    signature, reference = "{http://www.w3.org/2000/09/xmldsig#}", "{http://uri.etsi.org/02918/v1.2.1#}"
    with zipfile.ZipFile(write_sample(tmp_path)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    listed = {MIMETYPE_NAME, MANIFEST_NAME, SIGNATURE_NAME}
    for found in ET.fromstring(files[MANIFEST_NAME]).iter(f"{reference}DataObjectReference"):
        name = urllib.parse.unquote(found.attrib["URI"])
        digest = base64.b64encode(hashlib.sha256(files[name]).digest()).decode()
        assert found.findtext(f"{signature}DigestValue") == digest
        listed.add(name)
    assert listed == set(files)
    assert files[MIMETYPE_NAME] == MIMETYPE


def test_that_a_general_asn1_library_finds_our_der_canonical() -> None:
    signature = signed_parts()[SIGNATURE_NAME]
    parsed = reference_cms.ContentInfo.load(signature, strict=True)
    assert parsed.dump(force=True) == signature
    assert parsed["content"]["certificates"][0].chosen.dump(force=True) == identity().certificate.der


def test_that_a_member_changed_after_the_check_is_not_handed_out(tmp_path: Path) -> None:
    path = write_sample(tmp_path)
    container = read_container(path)
    data = bytearray(path.read_bytes())
    data[container.entries["package.json"].data_offset] ^= 1
    path.write_bytes(data)
    with pytest.raises(KnownError) as caught:
        container.read("package.json")
    assert caught.value.code == "package.digest_mismatch"


def test_that_a_member_that_is_not_there_is_named() -> None:
    container = read_container_bytes(zipped(signed_parts().items()))
    with pytest.raises(KnownError) as caught:
        container.read("changes.ndjson")
    assert (caught.value.code, caught.value.params["name"]) == ("package.member_missing", "changes.ndjson")


@pytest.mark.parametrize("names", [[], ["a", "a"], ["../x"], ["META-INF/x"], ["Верх"], ["A"], ["con.txt"], ["x/"]])
def test_that_asking_for_a_package_that_no_reader_accepts_is_a_bug(names: list[str], tmp_path: Path) -> None:
    with pytest.raises(BugError):
        write_container(tmp_path / "a.shnor", [Member(name, b"") for name in names], identity(), NOW)
    assert os.listdir(tmp_path) == []


def code_of_writing(target: Path, content: bytes | Path = b"x", limits: Limits | None = None) -> KnownError:
    """The error that writing a package of one member ends with."""
    with pytest.raises(KnownError) as caught:
        write_container(target, [Member("a", content)], identity(), NOW, limits or Limits())
    return caught.value


def test_that_a_missing_folder_is_named(tmp_path: Path) -> None:
    error = code_of_writing(tmp_path / "gone" / "a.shnor")
    assert (error.code, error.params["folder"]) == ("package.folder_missing", str(tmp_path / "gone"))


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EACCES, "package.folder_readonly"),
        (errno.EROFS, "package.folder_readonly"),
        (errno.EIO, "package.write_failed"),
        (errno.ENOSPC, "package.disk_full"),
    ],
)
@pytest.mark.parametrize("operation", ["open", "fsync", "replace"])
def test_that_a_failing_system_call_leaves_the_old_file_and_nothing_else(
    operation: str, number: int, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = write_sample(tmp_path)
    before = target.read_bytes()

    def fail(*_: object, **__: object) -> int:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patched:
        patched.setattr(os, operation, fail)
        error = code_of_writing(target)
    assert error.code == code
    assert os.listdir(tmp_path) == [target.name]
    assert target.read_bytes() == before


def test_that_a_disk_full_at_any_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The n-th write fails, for every n until the package is written."""
    allowed = 0

    class Disk(io.BufferedWriter):
        writes = 0

        def write(self, data: bytes) -> int:  # type: ignore[override]
            self.writes += 1
            if self.writes > allowed:
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().write(data)

    def opened(path: Path, mode: str, **_: object) -> BinaryIO:
        return Disk(io.FileIO(path, mode.replace("b", "")))

    monkeypatch.setattr(atomic_file, "open", opened, raising=False)
    headers_and_contents = 2 * (len(CONTENTS) + 3)
    for number in range(headers_and_contents + 1):
        allowed = number
        with pytest.raises(KnownError) as caught:
            write_sample(tmp_path)
        assert caught.value.code == "package.disk_full"
        assert int(caught.value.params["need"]) > 3_000
        assert os.listdir(tmp_path) == []
    allowed += 1
    assert write_sample(tmp_path).exists()


def test_that_a_full_disk_is_said_with_what_is_needed_and_what_is_free(tmp_path: Path) -> None:
    """A real small disk where the system lets us mount one, else a real bound on the size of files."""
    script = textwrap.dedent("""
        import os, resource, signal, sys
        from pathlib import Path
        from shnor_desktop.domain.errors import KnownError
        from shnor_desktop.exchange.container import Member, write_container
        from tests.exchange.sample import NOW, identity
        folder, bounded = Path(sys.argv[1]), sys.argv[2] == "bounded"
        if bounded:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
        try:
            write_container(folder / "a.shnor", [Member("a", os.urandom(300_000))], identity(), NOW)
        except KnownError as error:
            free_is_true = bounded or int(error.params["free"]) <= 131072
            print(error.code, int(error.params["need"]) > 300_000, free_is_true, os.listdir(folder))
    """)
    python = [sys.executable, "-c", script, str(tmp_path)]
    mounted = ["sh", "-c", 'mount -t tmpfs -o size=128k none "$1" && shift && exec "$@"', "sh", str(tmp_path), *python]
    unshare = shutil.which("unshare")
    attempts = [[unshare, "--map-root-user", "--mount", *mounted, "mounted"]] if unshare else []
    for command in [*attempts, [*python, "bounded"]]:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            break
    assert done.stdout == "package.disk_full True True []\n", done.stderr


def test_that_the_writer_keeps_to_the_limits_of_the_reader(tmp_path: Path) -> None:
    assert code_of_writing(tmp_path / "a.shnor", b"x" * 99, Limits(member_bytes=98)).code == "package.member_too_large"
    assert code_of_writing(tmp_path / "a.shnor", b"x" * 99, Limits(total_bytes=98)).code == "package.too_large"
    assert os.listdir(tmp_path) == []


def test_that_a_member_file_that_is_gone_is_named(tmp_path: Path) -> None:
    error = code_of_writing(tmp_path / "a.shnor", tmp_path / "gone.pdf")
    assert (error.code, error.params["file"]) == ("package.source_unreadable", "gone.pdf")
    assert os.listdir(tmp_path) == []


def test_that_a_member_file_that_grows_meanwhile_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "growing.bin"
    source.write_bytes(b"one")

    def grown(*_: object, **__: object) -> bytes:
        source.write_bytes(b"three")
        return signed_parts()[SIGNATURE_NAME]

    monkeypatch.setattr("shnor_desktop.exchange.container.sign_detached", grown)
    assert code_of_writing(tmp_path / "a.shnor", source).code == "package.source_changed"
    assert os.listdir(tmp_path) == [source.name]


def test_that_a_file_that_cannot_be_read_is_told_from_one_that_is_damaged(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "gone.shnor", "package.file_missing"), (tmp_path, "package.not_a_package")):
        with pytest.raises(KnownError) as caught:
            read_container(path)
        assert caught.value.code == code
