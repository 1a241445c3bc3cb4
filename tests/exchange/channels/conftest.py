"""Servers for the tests of channels; no proxy of the computer stands between."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.exchange.channels.certificates import ServerCertificate, make_certificate
from tests.exchange.channels.cut_wire import CutWire
from tests.exchange.channels.webdav_server import WebDavServer


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The servers of the tests are on this computer."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def certificate(tmp_path: Path) -> ServerCertificate:
    """A certificate that nobody vouches for."""
    return make_certificate(tmp_path)


@pytest.fixture
def webdav(tmp_path: Path, certificate: ServerCertificate) -> Iterator[WebDavServer]:
    """A WebDAV server with an empty folder."""
    files = tmp_path / "served"
    files.mkdir()
    server = WebDavServer(files, certificate)
    yield server
    server.close()


@pytest.fixture
def wire(webdav: WebDavServer) -> Iterator[CutWire]:
    """A wire to the WebDAV server that can be cut."""
    found = CutWire("127.0.0.1", webdav.port)
    yield found
    found.close()
