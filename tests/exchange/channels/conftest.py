"""Servers for the tests of channels; no proxy of the computer stands between."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.exchange.channels.certificates import ServerCertificate, make_certificate
from tests.exchange.channels.cut_wire import CutWire
from tests.exchange.channels.mail_servers import ImapServer, SmtpServer
from tests.exchange.channels.webdav_server import WebDavServer


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The servers of the tests are on this computer."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture(scope="package")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> ServerCertificate:
    """A certificate that nobody vouches for."""
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(scope="package")
def webdav_server(tmp_path_factory: pytest.TempPathFactory, certificate: ServerCertificate) -> Iterator[WebDavServer]:
    """One server for all tests: it takes half a second to stop."""
    server = WebDavServer(tmp_path_factory.mktemp("served"), certificate)
    yield server
    server.close()


@pytest.fixture(scope="package")
def smtp_server(certificate: ServerCertificate) -> Iterator[SmtpServer]:
    """One server for all tests."""
    server = SmtpServer(certificate)
    yield server
    server.close()


@pytest.fixture(scope="package")
def imap_server(certificate: ServerCertificate) -> Iterator[ImapServer]:
    """One server for all tests."""
    server = ImapServer(certificate)
    yield server
    server.close()


@pytest.fixture
def webdav(webdav_server: WebDavServer) -> WebDavServer:
    """A WebDAV server with an empty folder."""
    webdav_server.forget()
    return webdav_server


@pytest.fixture
def smtp(smtp_server: SmtpServer) -> SmtpServer:
    """A server that takes letters."""
    smtp_server.forget()
    return smtp_server


@pytest.fixture
def imap(imap_server: ImapServer) -> ImapServer:
    """An empty mailbox."""
    imap_server.forget()
    return imap_server


@pytest.fixture
def wire(webdav: WebDavServer) -> Iterator[CutWire]:
    """A wire to the WebDAV server that can be cut."""
    found = CutWire("127.0.0.1", webdav.port)
    yield found
    found.close()
