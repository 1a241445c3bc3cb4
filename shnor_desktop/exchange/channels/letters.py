"""The letters that carry a package: one part a letter, marked for the program and readable for a person."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import SMTP, compat32
from urllib.parse import unquote

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.channel import LONGEST_FILE, in_ascii, is_package_name
from shnor_desktop.exchange.channels.parts import MOST_PARTS, PartList

MARK = "[shnor"
"""Stands at the beginning of every subject, in ASCII, so that a server finds our letters."""
HEADER = "X-Shnor-Part"
HOST = "shnor.invalid"
"""The right side of the ids of our letters: a name that belongs to nobody."""
_FIELDS = re.compile(
    r"1; whole=([0-9a-f]{64}); size=(\d{1,12}); part=(\d{1,3})/(\d{1,3}); sha256=([0-9a-f]{64}); bytes=(\d{1,12}); "
    r"name=([A-Za-z0-9%._ ()~-]{1,900})",
    re.ASCII,
)
_WORD = 50
_ADDRESS = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}", re.ASCII)


@dataclass(frozen=True, slots=True)
class LetterPart:
    """What a letter says of the part in it."""

    name: str
    size: int
    sha256: str
    index: int
    count: int
    part_size: int
    part_sha256: str

    @property
    def key(self) -> str:
        """Parts of one file, cut alike, have the same key."""
        return f"{self.sha256}.{self.size}.{self.count}"


def require_mail_address(address: str) -> str:
    """The address; KnownError channel.mail_address_malformed for what no letter can be sent to."""
    if _ADDRESS.fullmatch(address.strip()) is None or ".." in address:
        raise KnownError("channel.mail_address_malformed", address=address[:100])
    return address.strip()


def message_id(found: PartList, index: int) -> str:
    """The same for the same part, so that a letter that went twice is seen to be one."""
    return f"<{found.sha256[:40]}.{index}.{len(found.parts)}@{HOST}>"


def make_letter(found: PartList, index: int, data: bytes, sender: str, receiver: str, date: str) -> bytes:
    """The letter with one part."""
    part, count = found.parts[index - 1], len(found.parts)
    human = f"ШНОР-Десктоп: {found.name}" + (f", часть {index} из {count}" if count > 1 else "")
    letter = EmailMessage(SMTP)
    letter["From"] = require_mail_address(sender)
    letter["To"] = require_mail_address(receiver)
    letter["Date"] = date
    letter["Subject"] = f"{MARK} {found.sha256[:12]} {index}/{count}] {human}"
    letter["Message-ID"] = message_id(found, index)
    letter["Auto-Submitted"] = "auto-generated"
    letter[HEADER] = (
        f"1; whole={found.sha256}; size={found.size}; part={index}/{count}; sha256={part.sha256}; "
        f"bytes={part.size}; name={_in_words(in_ascii(found.name))}"
    )
    letter.set_content(
        f"{human}.\r\n\r\nЭто письмо отправила программа ШНОР-Десктоп. Получатель заберёт файл из ящика программой;\r\n"
        "его можно и сохранить из вложения и принять вручную: «Обмен» – «Принять файл».\r\n"
        + ("Файл разделён на части: нужны все письма.\r\n" if count > 1 else "")
    )
    name = in_ascii(found.name) if count == 1 else in_ascii(found.part_name(part))
    letter.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return letter.as_bytes()


def part_of(headers: bytes) -> LetterPart | None:
    """What the headers of a letter say; None for a letter that is none of ours, or says what cannot be."""
    value = BytesParser(policy=compat32).parsebytes(headers, headersonly=True).get(HEADER, "")
    found = _FIELDS.fullmatch(re.sub(r"\s*\r?\n\s*", " ", str(value)).strip())
    if found is None:
        return None
    whole, size, index, count, sha256, part_size, name = found.groups()
    part = LetterPart(unquote(name.replace(" ", "")), int(size), whole, int(index), int(count), int(part_size), sha256)
    fits = 1 <= part.index <= part.count <= MOST_PARTS and 0 < part.part_size <= part.size <= LONGEST_FILE
    fits = fits and (part.count > 1 or (part.part_size == part.size and part.part_sha256 == part.sha256))
    return part if fits and is_package_name(part.name) else None


def attachment_of(letter: bytes) -> Iterator[bytes]:
    """The bytes of every attachment of a letter: a server on the way may have added some of its own."""
    try:
        message = BytesParser(policy=compat32).parsebytes(letter)
        for piece in message.walk():
            if not piece.is_multipart() and _is_attachment(piece):
                data = piece.get_payload(decode=True)
                if isinstance(data, bytes):
                    yield data
    except (MessageError, binascii.Error, LookupError, ValueError, RecursionError):
        return


def _in_words(text: str) -> str:
    """A long word in pieces: a header is folded at spaces only, and a word that is too long is written otherwise."""
    return " ".join(text[at : at + _WORD] for at in range(0, len(text), _WORD))


def _is_attachment(piece: Message) -> bool:
    return piece.get_content_disposition() == "attachment" or piece.get_content_maintype() == "application"
