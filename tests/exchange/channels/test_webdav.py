"""A folder on a WebDAV server that is cut, full, hostile or not the one it was."""

from __future__ import annotations

import hashlib
import random
import socket
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.tls import Patience
from shnor_desktop.exchange.channels.webdav import WebDavChannel
from shnor_desktop.exchange.channels.webdav_answers import files_in
from shnor_desktop.exchange.channels.webdav_client import WebDavAddress
from tests.exchange.channels.certificates import ServerCertificate, make_certificate
from tests.exchange.channels.cut_wire import CutWire
from tests.exchange.channels.webdav_server import PASSWORD, USER, WebDavServer

NAME = "72-014-ab12_2026-11-22_данные_003.shnor"
BOX = "ШНОР/для центра"
PART = 64 * 1024


@pytest.fixture
def channel(webdav: WebDavServer, certificate: ServerCertificate) -> WebDavChannel:
    """A channel that trusts exactly this server."""
    return WebDavChannel(WebDavAddress(webdav.url, USER, PASSWORD, certificate.fingerprint), PART)


def over_wire(wire: CutWire, certificate: ServerCertificate) -> WebDavChannel:
    return WebDavChannel(
        WebDavAddress(f"https://127.0.0.1:{wire.port}/dav", USER, PASSWORD, certificate.fingerprint), PART
    )


def package(folder: Path, size: int, seed: int = 1) -> Path:
    file = folder / f"package-{seed}-{size}"
    file.write_bytes(random.Random(seed).randbytes(size))
    return file


def test_that_a_small_file_appears_whole_and_comes_back_equal(
    channel: WebDavChannel, webdav: WebDavServer, tmp_path: Path
) -> None:
    file = package(tmp_path, 10_000)
    evidence = channel.send(file, NAME, BOX)
    assert (webdav.files / BOX / NAME).read_bytes() == file.read_bytes()
    assert evidence.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert (evidence.sent, evidence.answer.split()[0]) == (10_000, "201")
    (remote,) = channel.list(BOX)
    channel.fetch(remote, tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == file.read_bytes()


def test_that_a_large_file_goes_in_parts_and_is_joined(
    channel: WebDavChannel, webdav: WebDavServer, tmp_path: Path
) -> None:
    file = package(tmp_path, 5 * PART + 7)
    assert channel.send(file, NAME, BOX).parts == 6
    (remote,) = channel.list(BOX)
    assert (remote.name, remote.size) == (NAME, 5 * PART + 7)
    channel.fetch(remote, tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == file.read_bytes()
    assert not list(tmp_path.glob(".*download"))


@pytest.mark.parametrize("size", [10_000, 3 * PART])
def test_that_nothing_is_sent_twice(channel: WebDavChannel, webdav: WebDavServer, tmp_path: Path, size: int) -> None:
    file = package(tmp_path, size)
    channel.send(file, NAME, BOX)
    before = [request for request in webdav.requests if request[0] == "PUT"]
    assert channel.send(file, NAME, BOX).sent == 0
    assert [request for request in webdav.requests if request[0] == "PUT"] == before
    assert len(channel.list(BOX)) == 1


def test_that_other_contents_of_the_same_name_replace_nothing(
    channel: WebDavChannel, webdav: WebDavServer, tmp_path: Path
) -> None:
    first, second = package(tmp_path, 500, 1), package(tmp_path, 500, 2)
    channel.send(first, NAME, BOX)
    evidence = channel.send(second, NAME, BOX)
    assert evidence.name != NAME
    assert (webdav.files / BOX / NAME).read_bytes() == first.read_bytes()
    assert (webdav.files / BOX / evidence.name).read_bytes() == second.read_bytes()


def test_that_a_cut_upload_goes_on_with_what_is_missing(
    wire: CutWire, certificate: ServerCertificate, webdav: WebDavServer, tmp_path: Path
) -> None:
    file = package(tmp_path, 10 * PART)
    wire.up_after = 6 * PART
    with pytest.raises(KnownError) as stopped:
        over_wire(wire, certificate).send(file, NAME, BOX)
    assert stopped.value.code == "channel.cut"
    assert over_wire(wire, certificate).list(BOX) == ()
    evidence = over_wire(wire, certificate).send(file, NAME, BOX)
    assert 0 < evidence.sent < 6 * PART
    (remote,) = over_wire(wire, certificate).list(BOX)
    over_wire(wire, certificate).fetch(remote, tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == file.read_bytes()


def test_that_a_cut_download_goes_on_where_it_stopped(
    wire: CutWire, certificate: ServerCertificate, webdav: WebDavServer, tmp_path: Path
) -> None:
    data = random.Random(5).randbytes(3_000_000)
    (webdav.files / NAME).write_bytes(data)
    channel = over_wire(wire, certificate)
    (remote,) = channel.list("")
    wire.came_down, wire.down_after = 0, 2_000_000
    with pytest.raises(KnownError):
        channel.fetch(remote, tmp_path / NAME)
    assert not (tmp_path / NAME).exists()
    wire.came_down = 0
    channel.fetch(remote, tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == data
    assert wire.came_down < 2_000_000


def test_that_a_wrong_password_is_told_and_never_repeated(webdav: WebDavServer, certificate: ServerCertificate) -> None:
    address = WebDavAddress(webdav.url, USER, "wrong-secret", certificate.fingerprint)
    with pytest.raises(KnownError) as refused:
        WebDavChannel(address).check()
    assert refused.value.code == "channel.login_refused"
    assert "wrong-secret" not in f"{refused.value}{refused.value.__cause__}{address}"


def test_that_a_full_server_keeps_what_it_took(channel: WebDavChannel, webdav: WebDavServer, tmp_path: Path) -> None:
    file = package(tmp_path, 4 * PART)
    webdav.quota = 2 * PART + 100
    with pytest.raises(KnownError) as full:
        channel.send(file, NAME, BOX)
    assert full.value.code == "channel.no_space"
    assert channel.list(BOX) == ()
    webdav.quota = None
    assert channel.send(file, NAME, BOX).sent == 2 * PART


def test_that_a_server_nobody_vouches_for_gets_no_password(
    webdav: WebDavServer, certificate: ServerCertificate
) -> None:
    with pytest.raises(KnownError) as unknown:
        WebDavChannel(WebDavAddress(webdav.url, USER, PASSWORD)).check()
    assert unknown.value.code == "channel.certificate_unknown"
    assert unknown.value.params["fingerprint"] == certificate.fingerprint
    assert webdav.requests == []


def test_that_a_server_of_the_systems_trust_needs_no_pinning(
    webdav: WebDavServer, certificate: ServerCertificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.file))
    assert WebDavChannel(WebDavAddress(webdav.url, USER, PASSWORD)).check()


def test_that_another_certificate_than_the_pinned_one_gets_no_password(webdav: WebDavServer, tmp_path: Path) -> None:
    other = make_certificate(tmp_path, "other")
    with pytest.raises(KnownError) as changed:
        WebDavChannel(WebDavAddress(webdav.url, USER, PASSWORD, other.fingerprint)).check()
    assert changed.value.code == "channel.certificate_changed"
    assert webdav.requests == []


def test_that_a_folder_that_is_not_there_is_told(webdav: WebDavServer, certificate: ServerCertificate) -> None:
    address = WebDavAddress(f"{webdav.url}/нет", USER, PASSWORD, certificate.fingerprint)
    with pytest.raises(KnownError) as missing:
        WebDavChannel(address).check()
    assert missing.value.code == "channel.remote_folder_missing"


def test_that_a_server_that_hangs_is_left_in_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = WebDavAddress(f"https://127.0.0.1:{silent.getsockname()[1]}/dav", USER, PASSWORD, "ab", 0.3)
        with pytest.raises(KnownError) as hung:
            WebDavChannel(address).check()
    assert hung.value.code in ("channel.timeout", "channel.no_connection")


def test_that_a_server_that_drips_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Patience, "_GRACE", 0.0)
    patience = Patience("disk.example.ru")
    patience.got(10_000_000)
    slow = Patience("disk.example.ru")
    monkeypatch.setattr("shnor_desktop.exchange.channels.tls.time.monotonic", lambda: slow._begun + 60)
    with pytest.raises(KnownError) as dripping:
        slow.got(1)
    assert dripping.value.code == "channel.timeout"


@pytest.mark.parametrize("url", ["http://disk.example.ru/x", "ftp://x", "https://", "https://u:p@disk.example.ru"])
def test_that_only_a_closed_address_without_a_password_is_taken(url: str) -> None:
    with pytest.raises(KnownError) as refused:
        WebDavChannel(WebDavAddress(url, USER, PASSWORD))
    assert refused.value.code == "channel.address_malformed"
    assert "u:p" not in str(refused.value)


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"<html></html>",
        b'<!DOCTYPE a [<!ENTITY b "c">]><multistatus xmlns="DAV:"/>',
        b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><multistatus xmlns="DAV:"/>',
        b'<multistatus xmlns="DAV:">' + b"<a>" * 100_000,
    ],
)
def test_that_a_hostile_answer_is_refused(answer: bytes) -> None:
    with pytest.raises(KnownError) as refused:
        files_in(answer)
    assert refused.value.code == "channel.answer_malformed"


def test_that_parts_of_other_files_and_foreign_names_are_no_packages(
    channel: WebDavChannel, webdav: WebDavServer, tmp_path: Path
) -> None:
    channel.send(package(tmp_path, 3 * PART), NAME, BOX)
    folder = webdav.files / BOX
    (folder / "письмо.docx").write_bytes(b"x")
    (folder / f"{NAME}.0123456789ab.list").write_bytes(b'{"name":"../../x"}')
    first = sorted(folder.glob("*.part"))[0]
    first.rename(folder / "lost")
    assert channel.list(BOX) == ()


def test_that_a_changed_part_is_noticed_and_leaves_nothing(
    channel: WebDavChannel, webdav: WebDavServer, tmp_path: Path
) -> None:
    channel.send(package(tmp_path, 3 * PART), NAME, BOX)
    first = sorted((webdav.files / BOX).glob("*.part"))[0]
    first.write_bytes(bytes(PART))
    (remote,) = channel.list(BOX)
    with pytest.raises(KnownError) as differs:
        channel.fetch(remote, tmp_path / NAME)
    assert differs.value.code == "channel.parts_differ"
    assert not (tmp_path / NAME).exists()
