"""Electronic mail: packages go by SMTP, in several letters where one would be too large, and come by IMAP."""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import format_datetime
from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels import tls
from shnor_desktop.exchange.channels.channel import (
    Capabilities,
    Evidence,
    Progress,
    Remote,
    Resumed,
    Unfinished,
    printable,
    quiet,
    require_package_name,
)
from shnor_desktop.exchange.channels.letters import make_letter, message_id, require_mail_address
from shnor_desktop.exchange.channels.mailbox import Mailbox
from shnor_desktop.exchange.channels.parts import cut, read_part
from shnor_desktop.exchange.limits import MEBIBYTE

LETTER_BYTES = 10 * MEBIBYTE
_BASE64 = 4 / 3 * 78 / 76
_AROUND = 8 * 1024
"""Headers and words of a letter."""
_SMTPS = 465
_TOO_LARGE, _NO_SPACE = {552, 523}, {452, 422}
_WRONG_LOGIN = {530, 534, 535, 454}


@dataclass(frozen=True, slots=True)
class MailServer:
    """A mail server: «smtp.example.ru:465»; another port than 465 and 993 is upgraded by STARTTLS, never left bare."""

    host: str
    port: int
    pinned: str = ""


@dataclass(frozen=True, slots=True)
class MailAddress:
    """Whose letters go out and come in. The password is never shown."""

    sender: str
    user: str
    password: str
    outgoing: MailServer | None
    incoming: MailServer | None
    letter_bytes: int = LETTER_BYTES
    timeout: float = tls.TIMEOUT

    def __repr__(self) -> str:
        return f"MailAddress({self.sender!r})"


def server_of(text: str, port: int, pinned: str = "") -> MailServer | None:
    """A server as a person writes it; None for nothing, KnownError channel.address_malformed."""
    text = text.strip()
    if not text:
        return None
    host, _, number = text.partition(":")
    number = number or str(port)
    good = host and all(letter.isalnum() or letter in ".-_" for letter in host)
    if not (good and number.isascii() and number.isdigit() and 0 < int(number) < 65536):
        raise KnownError("channel.address_malformed", address=text[:100])
    return MailServer(host, int(number), pinned)


class MailChannel:
    """A mail account. A box is the address of the receiver; `sent` is told of every letter that was taken."""

    def __init__(
        self,
        address: MailAddress,
        clock: Clock,
        stage: Path,
        sent: Callable[[Resumed], None] = lambda _resumed: None,
        resumed: Resumed | None = None,
    ) -> None:
        self._address = address
        self._clock = clock
        self._sent = sent
        self._resumed = resumed or Resumed(0, ())
        self._mailbox = Mailbox(address.incoming, address, stage) if address.incoming is not None else None

    @property
    def capabilities(self) -> Capabilities:
        """Letters that are under way are seen by nobody: the program remembers which of them went."""
        return Capabilities(fetches=self._mailbox is not None, sees_names=False)

    @property
    def unfinished(self) -> tuple[Unfinished, ...]:
        """Packages some letters of which are still on their way."""
        return self._mailbox.unfinished() if self._mailbox is not None else ()

    def check(self) -> str:
        """Log in at both servers; no letter is sent."""
        said = []
        if self._address.outgoing is not None:
            with self._conversation():
                said.append("Сервер исходящей почты принял имя и пароль.")
        if self._mailbox is not None:
            said.append(self._mailbox.check())
        return " ".join(said)

    def send(self, file: Path, name: str, box: str, progress: Progress = quiet) -> Evidence:
        """Send the letters that did not go yet."""
        require_package_name(name)
        receiver = require_mail_address(box)
        with self._conversation() as smtp:
            part_bytes = self._resumed.part_bytes or self._part_bytes(smtp)
            found, gone = cut(file, name, part_bytes), list(self._resumed.gone)
            if not found.parts:
                raise KnownError("channel.file_missing", file=file.name, folder=str(file.parent))
            sent, answer = 0, ""
            for part in found.parts:
                if part.index in gone:
                    continue
                data = b"".join(read_part(file, part))
                date = format_datetime(self._clock.now())
                letter = make_letter(found, part.index, data, self._address.sender, receiver, date)
                answer = self._hand_over(smtp, letter, receiver)
                gone.append(part.index)
                self._sent(Resumed(part_bytes, tuple(gone)))
                sent += part.size
                progress(part.offset + part.size, found.size)
        ids = tuple(message_id(found, part.index) for part in found.parts)
        return Evidence(receiver, name, found.size, found.sha256, answer, ids, len(found.parts), sent)

    def list(self, box: str) -> tuple[Remote, ...]:
        """The packages that have come whole; their letters are marked as seen and stay where they are."""
        return self._mailbox.packages() if self._mailbox is not None else ()

    def fetch(self, remote: Remote, target: Path, progress: Progress = quiet) -> None:
        """Join the parts of a package."""
        if self._mailbox is not None:
            self._mailbox.fetch(remote, target)
            progress(remote.size, remote.size)

    def _part_bytes(self, smtp: smtplib.SMTP) -> int:
        """What fits into a letter of this account and of this server, once it is written in letters and digits."""
        said = smtp.esmtp_features.get("size", "")
        limit = self._address.letter_bytes
        if said.isdigit() and 0 < int(said) < limit:
            limit = int(said)
        return int((limit - _AROUND) / _BASE64)

    def _hand_over(self, smtp: smtplib.SMTP, letter: bytes, receiver: str) -> str:
        code, answer = smtp.mail(self._address.sender, [f"size={len(letter)}"] if smtp.has_extn("size") else [])
        self._require(code, answer)
        code, answer = smtp.rcpt(receiver)
        if code in {550, 551, 553, 501}:
            raise KnownError("channel.receiver_refused", address=receiver, answer=_line(answer))
        self._require(code, answer)
        code, answer = smtp.data(letter)
        self._require(code, answer)
        return f"{code} {_line(answer)}"

    def _require(self, code: int, answer: bytes) -> None:
        if code not in {250, 251}:
            raise self._refused(code, answer)

    def _refused(self, code: int, answer: bytes | str) -> KnownError:
        host = self._address.outgoing.host if self._address.outgoing is not None else ""
        if code in _TOO_LARGE:
            return KnownError("channel.letter_too_large", host=host)
        if code in _NO_SPACE:
            return KnownError("channel.mailbox_full", host=host)
        if code in _WRONG_LOGIN:
            return KnownError("channel.login_refused", host=host)
        return KnownError("channel.letter_refused", host=host, answer=f"{code} {_line(answer)}")

    @contextmanager
    def _conversation(self) -> Iterator[smtplib.SMTP]:
        server = self._address.outgoing
        if server is None:
            raise KnownError("channel.no_outgoing_server")
        try:
            smtp = self._connect(server, tls.context_for(server.pinned))
            try:
                smtp.login(self._address.user, self._address.password)
                yield smtp
            finally:
                with suppress(OSError, smtplib.SMTPException):
                    smtp.quit()
                smtp.close()
        except (smtplib.SMTPException, tls.CertificateDiffers, OSError, UnicodeEncodeError) as error:
            raise self._said(error, server) from error

    def _connect(self, server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
        timeout = self._address.timeout
        if server.port == _SMTPS:
            return smtplib.SMTP_SSL(server.host, server.port, timeout=timeout, context=context)
        smtp = smtplib.SMTP(server.host, server.port, timeout=timeout)
        try:
            smtp.starttls(context=context)
            smtp.ehlo()
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _said(self, error: Exception, server: MailServer) -> KnownError:
        host = server.host
        if isinstance(error, tls.CertificateDiffers):
            return tls.changed_certificate(host, error.fingerprint)
        if isinstance(error, ssl.SSLCertVerificationError):
            return tls.unknown_certificate(host, self._shown(server))
        if isinstance(error, smtplib.SMTPAuthenticationError | UnicodeEncodeError):
            return KnownError("channel.login_refused", host=host)
        if isinstance(error, smtplib.SMTPNotSupportedError):
            return KnownError("channel.no_encryption", host=host)
        if isinstance(error, TimeoutError):
            return KnownError("channel.timeout", host=host)
        if isinstance(error, socket.gaierror | ConnectionRefusedError | smtplib.SMTPConnectError):
            return KnownError("channel.no_connection", host=host)
        if isinstance(error, smtplib.SMTPResponseException):
            return self._refused(error.smtp_code, error.smtp_error)
        return KnownError("channel.cut", host=host)

    def _shown(self, server: MailServer) -> str:
        """The certificate of a server that nobody vouches for; the conversation ends before the login."""
        try:
            self._connect(server, tls.looking_context()).close()
        except tls.CertificateSeen as seen:
            return seen.fingerprint
        except (OSError, smtplib.SMTPException):
            return ""
        return ""


def _line(answer: bytes | str) -> str:
    text = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    return printable(text, 160)
