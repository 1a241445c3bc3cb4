"""Our letters in a mailbox: found by their mark, never deleted, their parts kept until a file is whole."""

from __future__ import annotations

import hashlib
import imaplib
import re
import shutil
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.channels import tls
from shnor_desktop.exchange.channels.channel import LONGEST_FILE, Remote, Unfinished
from shnor_desktop.exchange.channels.letters import HEADER, MARK, LetterPart, attachment_of, part_of
from shnor_desktop.exchange.channels.parts import Part, PartList, is_sound, join
from shnor_desktop.exchange.limits import MEBIBYTE

if TYPE_CHECKING:
    from shnor_desktop.exchange.channels.mail import MailAddress, MailServer

_LONGEST_LETTER = 64 * MEBIBYTE
_MOST_LETTERS = 500
"""Letters that are looked at in one go; the others come the next time."""
_IMAPS = 993
_LAST = "last.json"
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")


class Mailbox:
    """The inbox of an account. Parts wait in `stage`, a folder for every file, until the last one has come."""

    def __init__(self, server: MailServer, address: MailAddress, stage: Path) -> None:
        self._server = server
        self._address = address
        self._stage = stage

    def check(self) -> str:
        """Log in; nothing is read."""
        with self._conversation():
            return "Сервер входящей почты принял имя и пароль."

    def packages(self) -> tuple[Remote, ...]:
        """Bring the parts that are new, and name the packages that are whole."""
        with self._conversation() as imap:
            validity = str(imap.response("UIDVALIDITY")[1])
            last, is_whole = self._read_last(validity), True
            letters = self._letters(imap, last)
            for uid in letters:
                is_whole = self._take(imap, uid) and is_whole
            if letters and is_whole:
                self._write_last(validity, max(last, *map(int, letters)))
        found = []
        for folder in sorted(self._stage.iterdir()) if self._stage.is_dir() else ():
            plan = _plan_of(folder)
            if plan is not None:
                found.append(Remote(f"mail:{plan.sha256}", plan.name, plan.size, folder.name))
        return tuple(found)

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Files whose parts have not all come."""
        found = []
        for folder in sorted(self._stage.glob("*/")) if self._stage.is_dir() else ():
            with suppress(OSError, KnownError, KeyError, TypeError):
                about, came = parse_canonical((folder / "about.json").read_bytes()), len(list(folder.glob("*.part")))
                if came < about["count"]:
                    found.append(Unfinished(str(about["name"]), came, int(about["count"])))
        return tuple(found)

    def fetch(self, remote: Remote, target: Path) -> None:
        """Join a package; its parts go when it is whole."""
        folder = self._stage / Path(remote.place).name
        plan = _plan_of(folder)
        if plan is None:
            raise KnownError("channel.parts_malformed")

        def opened(part: Part) -> BinaryIO:
            return (folder / f"{part.index:03}.part").open("rb")

        try:
            join(plan, opened, target)
        except KnownError as error:
            if error.code == "channel.parts_differ":  # a whole that these parts do not make never comes of them
                shutil.rmtree(folder, ignore_errors=True)
            raise
        shutil.rmtree(folder, ignore_errors=True)

    def _letters(self, imap: imaplib.IMAP4, last: int) -> list[bytes]:
        """Letters that came since the last look, read by a person or not, and older ones that nobody read."""
        fresh = [uid for uid in self._found(imap, "UID", f"{last + 1}:*") if int(uid) > last]
        unseen = [uid for uid in self._found(imap, "UNSEEN") if uid not in fresh]
        return sorted([*fresh, *unseen], key=int)[:_MOST_LETTERS]

    def _found(self, imap: imaplib.IMAP4, *criteria: str) -> list[bytes]:
        status, answer = imap.uid("SEARCH", *criteria, "SUBJECT", f'"{MARK}"')
        if status != "OK":
            raise KnownError("channel.server_failed", host=self._server.host, answer=status)
        words = (answer[0] or b"").split() if answer else []
        return [uid for uid in words if uid.isdigit() and len(uid) < 12]

    def _read_last(self, validity: str) -> int:
        """The newest letter that was looked at; 0 for a mailbox that was made anew."""
        try:
            known = parse_canonical((self._stage / _LAST).read_bytes())
            return int(known["last"]) if known["validity"] == validity else 0
        except (OSError, KnownError, KeyError, TypeError, ValueError):
            return 0

    def _write_last(self, validity: str, last: int) -> None:
        _make(self._stage)
        with write_beside(self._stage / _LAST, "channel", need=1024) as stream:
            stream.write(canonical_json({"validity": validity, "last": last}))

    def _take(self, imap: imaplib.IMAP4, uid: bytes) -> bool:
        """One letter: its part is kept if it is what its header says; then the letter is seen. False to wait."""
        number = uid.decode("ascii")
        _, answer = imap.uid("FETCH", number, f"(RFC822.SIZE BODY.PEEK[HEADER.FIELDS ({HEADER.upper()})])")
        described, headers = _pieces_of(answer)
        part, size = part_of(headers), _SIZE.search(described)
        if part is None:
            return True  # a letter of somebody who writes about our letters: it stays as it is
        if size is None or int(size[1]) > min(_LONGEST_LETTER, part.part_size * 2 + MEBIBYTE):
            self._seen(imap, number)
            return True
        if not self._has(part):
            if _bytes_in(self._stage) + part.part_size > 2 * LONGEST_FILE:
                return False  # it waits in the mailbox until others are whole
            _, answer = imap.uid("FETCH", number, "(BODY.PEEK[])")
            _, letter = _pieces_of(answer)
            data = next((found for found in attachment_of(letter) if _is_part(found, part)), None)
            if data is not None:
                self._keep(part, data)
        self._seen(imap, number)
        return True

    @staticmethod
    def _seen(imap: imaplib.IMAP4, number: str) -> None:
        imap.uid("STORE", number, "+FLAGS", "(\\Seen)")

    def _folder(self, part: LetterPart) -> Path:
        return self._stage / hashlib.sha256(f"{part.key}.{part.name}".encode()).hexdigest()[:32]

    def _has(self, part: LetterPart) -> bool:
        file = self._folder(part) / f"{part.index:03}.part"
        return file.is_file() and file.stat().st_size == part.part_size

    def _keep(self, part: LetterPart, data: bytes) -> None:
        folder = self._folder(part)
        _make(folder)
        with write_beside(folder / f"{part.index:03}.part", "channel", need=len(data)) as stream:
            stream.write(data)
        about = {"name": part.name, "size": part.size, "sha256": part.sha256, "count": part.count}
        with write_beside(folder / "about.json", "channel", need=1024) as stream:
            stream.write(canonical_json(about))

    @contextmanager
    def _conversation(self) -> Iterator[imaplib.IMAP4]:
        server = self._server
        try:
            imap = self._connect(tls.context_for(server.pinned))
            try:
                self._log_in(imap)
                imap.select("INBOX")
                yield imap
            finally:
                with suppress(OSError, imaplib.IMAP4.error):
                    imap.logout()
        except (imaplib.IMAP4.error, tls.CertificateDiffers, OSError) as error:
            raise self._said(error) from error

    def _log_in(self, imap: imaplib.IMAP4) -> None:
        try:
            imap.login(self._address.user, self._address.password)
        except imaplib.IMAP4.abort:
            raise
        except (imaplib.IMAP4.error, UnicodeEncodeError) as error:
            raise KnownError("channel.login_refused", host=self._server.host) from error

    def _connect(self, context: ssl.SSLContext) -> imaplib.IMAP4:
        server, timeout = self._server, self._address.timeout
        if server.port == _IMAPS:
            return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=context, timeout=timeout)
        imap = imaplib.IMAP4(server.host, server.port, timeout=timeout)
        try:
            if "STARTTLS" not in imap.capabilities:
                raise KnownError("channel.no_encryption", host=server.host)
            imap.starttls(context)
        except BaseException:
            with suppress(OSError):
                imap.shutdown()
            raise
        return imap

    def _said(self, error: Exception) -> KnownError:
        host = self._server.host
        if isinstance(error, tls.CertificateDiffers):
            return tls.changed_certificate(host, error.fingerprint, tls.INCOMING)
        if isinstance(error, ssl.SSLCertVerificationError):
            return tls.unknown_certificate(host, self._shown(), tls.INCOMING)
        if isinstance(error, TimeoutError):
            return KnownError("channel.timeout", host=host)
        if isinstance(error, socket.gaierror | ConnectionRefusedError):
            return KnownError("channel.no_connection", host=host)
        if isinstance(error, imaplib.IMAP4.abort | OSError):
            return KnownError("channel.cut", host=host)
        return KnownError("channel.server_failed", host=host, answer="IMAP")

    def _shown(self) -> str:
        try:
            self._connect(tls.looking_context()).shutdown()
        except tls.CertificateSeen as seen:
            return seen.fingerprint
        except (OSError, imaplib.IMAP4.error):
            return ""
        return ""


def _is_part(data: bytes, part: LetterPart) -> bool:
    return len(data) == part.part_size and hashlib.sha256(data).hexdigest() == part.part_sha256


def _pieces_of(answer: list[Any]) -> tuple[bytes, bytes]:
    """What IMAP says around the bytes that were asked for, and the bytes."""
    said, data = [], b""
    for one in answer or []:
        if isinstance(one, tuple):
            said.append(one[0])
            data = data or one[1]
        elif isinstance(one, bytes):
            said.append(one)
    return b" ".join(said), data


def _plan_of(folder: Path) -> PartList | None:
    """How the parts in a folder make a file; None while one is missing."""
    try:
        about = parse_canonical((folder / "about.json").read_bytes())
        parts, offset = [], 0
        for index in range(1, about["count"] + 1):
            file = folder / f"{index:03}.part"
            size = file.stat().st_size
            parts.append(Part(index, offset, size, _digest(file)))
            offset += size
        plan = PartList(about["name"], about["size"], about["sha256"], tuple(parts))
    except (OSError, KnownError, KeyError, TypeError):
        return None
    return plan if is_sound(plan) else None


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError("channel.write_failed", folder=str(folder.parent), file=folder.name) from error


def _bytes_in(stage: Path) -> int:
    return sum(file.stat().st_size for file in stage.glob("*/*.part")) if stage.is_dir() else 0


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
