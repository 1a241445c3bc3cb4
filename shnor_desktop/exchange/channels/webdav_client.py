"""Requests to a WebDAV server: every refusal and every cut is told in words; a password is never part of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Self
from urllib.parse import quote, urlsplit

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels import tls
from shnor_desktop.exchange.channels.webdav_answers import LONGEST_ANSWER, Listed, files_in

if TYPE_CHECKING:
    import httpx

_ASKED = (
    b'<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop>'
    b"<resourcetype/><getcontentlength/><getetag/><getlastmodified/></prop></propfind>"
)
_NO_SPACE = {413, 507}
_PORT = 443


@dataclass(frozen=True, slots=True)
class WebDavAddress:
    """Where the folder is and who may enter. The password is never shown."""

    url: str
    user: str
    password: str
    pinned: str = ""
    timeout: float = tls.TIMEOUT

    def __repr__(self) -> str:
        return f"WebDavAddress({self.url!r})"


def require_address(url: str) -> str:
    """The address without its last slash; KnownError channel.address_malformed for what is no https address."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise KnownError("channel.address_malformed", address=url[:100]) from error
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.query or port == 0:
        raise KnownError("channel.address_malformed", address=url.rsplit("@", 1)[-1][:100])
    return url.strip().rstrip("/")


class WebDavClient:
    """One conversation with a server; paths are levels below the folder of the address."""

    def __init__(self, address: WebDavAddress) -> None:
        # httpx takes 0.15 s: it is loaded when the first server is asked.
        import httpx

        self._base = require_address(address.url)
        self._address = address
        self._host = urlsplit(self._base).hostname or ""
        self._client = httpx.Client(
            auth=httpx.BasicAuth(address.user, address.password),
            timeout=httpx.Timeout(address.timeout),
            verify=tls.context_for(address.pinned),
            follow_redirects=False,
            headers={"User-Agent": "shnor-desktop", "Accept-Encoding": "identity"},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def url(self, *levels: str) -> str:
        """The address of something below the folder."""
        return "/".join((self._base, *(quote(level) for level in levels if level)))

    def files(self, *folder: str) -> dict[str, Listed] | None:
        """The files in a folder; None where there is no such folder."""
        headers = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
        with self._asked("PROPFIND", self.url(*folder) + "/", headers, _ASKED) as response:
            if response.status_code == 404:
                return None
            self._require(response, {207})
            return files_in(self._whole(response, LONGEST_ANSWER))

    def make_folder(self, *folder: str) -> None:
        """Make a folder, unless it is there."""
        with self._asked("MKCOL", self.url(*folder) + "/") as response:
            self._require(response, {200, 201, 405})

    def put(self, data: Iterator[bytes], size: int, *path: str) -> str:
        """Put bytes; what the server answered."""
        headers = {"Content-Length": str(size), "Content-Type": "application/octet-stream"}
        with self._asked("PUT", self.url(*path), headers, data) as response:
            self._require(response, {200, 201, 204})
            return _answer(response)

    def move(self, old: tuple[str, ...], new: tuple[str, ...]) -> str:
        """Give a file its name in one step; it never replaces another one."""
        headers = {"Destination": self.url(*new), "Overwrite": "F"}
        with self._asked("MOVE", self.url(*old), headers) as response:
            self._require(response, {201, 204})
            return _answer(response)

    def read(self, longest: int, *path: str) -> bytes:
        """A small file, whole."""
        with self._asked("GET", self.url(*path)) as response:
            self._require(response, {200})
            return self._whole(response, longest)

    def pieces(self, start: int, mark: str, *path: str) -> Iterator[tuple[int, bytes]]:
        """The bytes of a file from a place on, each with its own place: the server may begin at 0 again."""
        headers = {"Range": f"bytes={start}-"} if start else {}
        if start and mark.startswith('"'):
            headers["If-Range"] = mark
        with self._asked("GET", self.url(*path), headers) as response:
            self._require(response, {200, 206})
            at = start if response.status_code == 206 and _begins_at(response, start) else 0
            if response.status_code == 206 and at != start:
                raise KnownError("channel.answer_malformed")
            patience = tls.Patience(self._host)
            for data in response.iter_raw():
                patience.got(len(data))
                yield at, data
                at += len(data)

    def _whole(self, response: httpx.Response, longest: int) -> bytes:
        data, patience = bytearray(), tls.Patience(self._host)
        for piece in response.iter_raw():
            patience.got(len(piece))
            data += piece
            if len(data) > longest:
                raise KnownError("channel.answer_malformed")
        return bytes(data)

    @contextmanager
    def _asked(
        self, method: str, url: str, headers: dict[str, str] | None = None, content: bytes | Iterator[bytes] = b""
    ) -> Iterator[httpx.Response]:
        import httpx

        try:
            with self._client.stream(method, url, headers=headers, content=content or None) as response:
                yield response
        except (tls.CertificateDiffers, httpx.HTTPError) as error:
            raise self._said(error) from error

    def _said(self, error: Exception) -> KnownError:
        import ssl

        import httpx

        host = self._host
        differs = tls.cause_of(error, tls.CertificateDiffers)
        if isinstance(differs, tls.CertificateDiffers):
            return tls.changed_certificate(host, differs.fingerprint)
        if tls.cause_of(error, ssl.SSLCertVerificationError) is not None:
            port = urlsplit(self._base).port or _PORT
            return tls.unknown_certificate(host, tls.certificate_of(host, port, self._address.timeout))
        if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
            return KnownError("channel.no_connection", host=host)
        if isinstance(error, httpx.TimeoutException):
            return KnownError("channel.timeout", host=host)
        return KnownError("channel.cut", host=host)

    def _require(self, response: httpx.Response, wanted: set[int]) -> None:
        status = response.status_code
        if status in wanted:
            return
        if status == 401:
            raise KnownError("channel.login_refused", host=self._host)
        if status == 403:
            raise KnownError("channel.forbidden", host=self._host)
        if status in _NO_SPACE:
            raise KnownError("channel.no_space", host=self._host)
        if status in {404, 409}:
            raise KnownError("channel.remote_folder_missing", host=self._host)
        if status == 412:
            raise KnownError("channel.name_taken", host=self._host)
        if 300 <= status < 400:
            raise KnownError("channel.moved", host=self._host)
        raise KnownError("channel.server_failed", host=self._host, answer=str(status))


def _begins_at(response: httpx.Response, start: int) -> bool:
    return str(response.headers.get("Content-Range", "")).startswith(f"bytes {start}-")


def _answer(response: httpx.Response) -> str:
    etag = response.headers.get("ETag", "")
    return f"{response.status_code} {response.reason_phrase} {etag}".strip()[:200]
