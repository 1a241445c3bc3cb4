"""What every way of travelling can do, and what it says afterwards; names that came from outside are judged here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.limits import DEFAULT_LIMITS, MEBIBYTE

CHUNK = 256 * 1024
LONGEST_FILE = DEFAULT_LIMITS.total_bytes + 64 * MEBIBYTE
"""A package with what encryption adds."""
_LONGEST_NAME = 140
_PACKAGE_NAME = re.compile(r"[^\W_][\w .()~№-]*\.shnor(?:\.age)?")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
Progress = Callable[[int, int], None]
"""(bytes that are over, bytes of the whole); it may raise to stop the work where it can be resumed."""


def quiet(_done: int, _total: int) -> None:
    """Tell nobody how far it is."""


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a way of travelling can do beside sending."""

    fetches: bool = True
    needs_network: bool = True
    sees_names: bool = True
    """Whether it can be seen what lies there already, so that nothing is put there twice."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """How a file was cut, and which of its letters were taken by the server."""

    part_bytes: int
    gone: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What proves that a file went: where to, its size and digest, and what the other side answered.

    `parts` is how many pieces it went in and `sent` the bytes that crossed this time.
    """

    where: str
    name: str
    size: int
    sha256: str
    answer: str
    message_ids: tuple[str, ...] = ()
    parts: int = 1
    sent: int = 0


@dataclass(frozen=True, slots=True)
class Remote:
    """A file that lies on the other side. `id` changes with its contents; `place` is where the channel finds it."""

    id: str
    name: str
    size: int
    place: str


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A package some parts of which have come; the others are awaited."""

    name: str
    came: int
    count: int


class Channel(Protocol):
    """A way of travelling. A box is a folder of it, or an address. Every failure is a KnownError `channel.…`."""

    @property
    def capabilities(self) -> Capabilities: ...

    def check(self) -> str:
        """Try it without leaving anything there; what was found, in a few words."""

    def send(self, file: Path, name: str, box: str, progress: Progress = quiet) -> Evidence:
        """Put a file into a box under a name; what is there already is not sent again."""

    def list(self, box: str) -> tuple[Remote, ...]:
        """The packages that lie whole in a box."""

    @property
    def unfinished(self) -> tuple[Unfinished, ...]:
        """What the last look found that is not whole yet."""
        ...

    def fetch(self, remote: Remote, target: Path, progress: Progress = quiet) -> None:
        """Bring one of them; the target appears whole or not at all."""


def is_package_name(name: str) -> bool:
    """Whether a name from outside is one of a package and harmless on every system."""
    if len(name) > _LONGEST_NAME or unicodedata.normalize("NFC", name) != name or ".." in name:
        return False
    return _PACKAGE_NAME.fullmatch(name) is not None and _DEVICE.fullmatch(name) is None


def require_package_name(name: str) -> str:
    """The name; KnownError channel.name_forbidden."""
    if not is_package_name(name):
        raise KnownError("channel.name_forbidden", name=printable(name))
    return name


def fit_name(name: str) -> str:
    """The name of a package as every channel takes it: what a code may hold and a file name may not becomes «_»."""
    name = unicodedata.normalize("NFC", name)
    stem, dot, rest = name.rpartition(".shnor")
    if is_package_name(name) or not dot:
        return name
    clean = re.sub(r"[^\w .()~№-]|\.\.+", "_", stem).lstrip("_ .()~№-") or "paket"
    return f"{clean[: _LONGEST_NAME - len(dot) - len(rest)]}{dot}{rest}"


def other_name(name: str, sha256: str) -> str:
    """A name for other contents than those that have the name already."""
    stem, dot, rest = name.partition(".shnor")
    return f"{stem}~{sha256[:8]}{dot}{rest}"


def printable(text: str, longest: int = 80) -> str:
    """Foreign text made fit for a message: one line, nothing that is not printable, cut."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(line.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def in_ascii(name: str) -> str:
    """A name percent-encoded, for headers and addresses."""
    return quote(name, safe="()~")


def digest_of(file: Path) -> tuple[str, int]:
    """SHA-256 and size of a file, read in pieces; KnownError channel.file_missing."""
    digest, size = hashlib.sha256(), 0
    try:
        with file.open("rb") as stream:
            while data := stream.read(CHUNK):
                digest.update(data)
                size += len(data)
    except OSError as error:
        raise KnownError("channel.file_missing", file=file.name, folder=str(file.parent)) from error
    return digest.hexdigest(), size
