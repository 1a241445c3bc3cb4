"""A WebDAV server over TLS with a password, on a port of its own."""

from __future__ import annotations

import logging
import shutil
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from cheroot import wsgi
from cheroot.ssl.builtin import BuiltinSSLAdapter
from wsgidav.wsgidav_app import WsgiDAVApp

from tests.exchange.channels.certificates import ServerCertificate

USER, PASSWORD = "school", "p4ss-слово"


class WebDavServer:
    """`files` is what it shows; `quota` bytes are what it has room for, None without end."""

    def __init__(self, files: Path, certificate: ServerCertificate) -> None:
        self.files = files
        self.quota: int | None = None
        self.requests: list[tuple[str, str]] = []
        logging.getLogger("wsgidav").setLevel(logging.CRITICAL)
        users = {"*": {USER: {"password": PASSWORD}}}
        self._app = WsgiDAVApp(
            {
                "provider_mapping": {"/dav": str(files)},
                "simple_dc": {"user_mapping": users},
                "http_authenticator": {"accept_basic": True, "accept_digest": False, "default_to_digest": False},
                "logging": {"enable": False},
                "verbose": 0,
            }
        )
        self._server = wsgi.Server(("127.0.0.1", 0), self._answer, numthreads=4)
        self._server.shutdown_timeout = 0.1
        self._server.ssl_adapter = BuiltinSSLAdapter(str(certificate.file), str(certificate.key))
        self._server.error_log = lambda *_words, **_more: None
        self._server.prepare()
        self._thread = threading.Thread(target=self._server.serve, daemon=True)
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.bind_addr[1])

    @property
    def url(self) -> str:
        """The address of its folder."""
        return f"https://127.0.0.1:{self.port}/dav"

    def used(self) -> int:
        """Bytes that lie there."""
        return sum(file.stat().st_size for file in self.files.rglob("*") if file.is_file())

    def forget(self) -> None:
        """As if it were new."""
        shutil.rmtree(self.files)
        self.files.mkdir()
        self.quota = None
        self.requests.clear()

    def close(self) -> None:
        """Stop serving."""
        self._server.stop()
        self._thread.join(2)

    def _answer(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        self.requests.append((method, environ["PATH_INFO"].encode("latin-1").decode("utf-8")))
        if method == "PUT" and self.quota is not None:
            size = int(environ.get("CONTENT_LENGTH") or 0)
            if self.used() + size > self.quota:
                environ["wsgi.input"].read(size)
                start("507 Insufficient Storage", [("Content-Length", "0")])
                return [b""]
        return self._app(environ, start)
