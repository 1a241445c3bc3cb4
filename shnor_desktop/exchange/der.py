"""The small part of DER (ITU-T X.690) that a package needs: an encoder and a strict reader of one element at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

INTEGER = 0x02
BIT_STRING = 0x03
OCTET_STRING = 0x04
OBJECT_ID = 0x06
UTF8_STRING = 0x0C
PRINTABLE_STRING = 0x13
UTC_TIME = 0x17
GENERALIZED_TIME = 0x18
SEQUENCE = 0x30
SET = 0x31
CONTEXT_0 = 0xA0
CONTEXT_3 = 0xA3
CONTEXT_4 = 0xA4


class MalformedDer(ValueError):
    """The bytes are not the one DER encoding of anything; callers turn it into their own KnownError."""


def element(tag: int, *parts: bytes) -> bytes:
    """Tag, shortest length, contents."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def integer(value: int) -> bytes:
    """A non-negative INTEGER in its shortest form."""
    return element(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def object_id(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER from its dotted form."""
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    encoded = bytearray()
    for arc in (first * 40 + second, *rest):
        groups = [arc & 0x7F]
        while arc := arc >> 7:
            groups.append(0x80 | (arc & 0x7F))
        encoded.extend(reversed(groups))
    return element(OBJECT_ID, bytes(encoded))


def set_of(*members: bytes) -> bytes:
    """The contents of a SET OF: its members in the order of their encodings."""
    return b"".join(sorted(members))


def time(moment: datetime) -> bytes:
    """A moment in whole seconds of UTC: UTCTime from 1950 to 2049, else GeneralizedTime (RFC 5652, 11.3)."""
    text = moment.astimezone(UTC).strftime("%Y%m%d%H%M%SZ").rjust(15, "0").encode("ascii")
    if 1950 <= moment.astimezone(UTC).year <= 2049:
        return element(UTC_TIME, text[2:])
    return element(GENERALIZED_TIME, text)


@dataclass(frozen=True, slots=True)
class Element:
    """One element found in `data`: its tag and where its contents lie; `start` is where the tag stands."""

    data: bytes
    tag: int
    start: int
    content: int
    end: int

    @property
    def encoded(self) -> bytes:
        """The element with its tag and length."""
        return self.data[self.start : self.end]

    @property
    def body(self) -> bytes:
        """The contents alone."""
        return self.data[self.content : self.end]

    def children(self) -> list[Element]:
        """The elements inside, which fill the contents without a gap."""
        found = []
        position = self.content
        while position < self.end:
            child = read_element(self.data, position, self.end)
            found.append(child)
            position = child.end
        return found

    def child(self, index: int, tag: int) -> Element:
        """The element at this place, which must have this tag."""
        found = self.children()
        if index >= len(found) or found[index].tag != tag:
            raise MalformedDer(f"element {index} has another tag")
        return found[index]


def read_element(data: bytes, position: int, end: int) -> Element:
    """Read one element of `data[position:end]`; only one-byte tags and shortest definite lengths."""
    if end - position < 2:
        raise MalformedDer("no room for an element")
    tag = data[position]
    size = data[position + 1]
    content = position + 2
    if size >= 0x80:
        width = size & 0x7F
        if not 1 <= width <= 4 or end - content < width:
            raise MalformedDer("length of a length")
        size = int.from_bytes(data[content : content + width], "big")
        content += width
        if size < 0x80 or size.bit_length() <= (width - 1) * 8:
            raise MalformedDer("length is not the shortest")
    if tag & 0x1F == 0x1F or size > end - content:
        raise MalformedDer("element reaches beyond its place")
    return Element(data, tag, position, content, content + size)


def read_whole(data: bytes, tag: int) -> Element:
    """Read the one element that fills `data`."""
    found = read_element(data, 0, len(data))
    if found.tag != tag or found.end != len(data):
        raise MalformedDer("not one element")
    return found


def read_integer(found: Element) -> int:
    """The value of a non-negative INTEGER in its shortest form."""
    if found.tag != INTEGER or not found.body or element(INTEGER, found.body) != found.encoded:
        raise MalformedDer("not an integer")
    value = int.from_bytes(found.body, "big")
    if integer(value) != found.encoded:
        raise MalformedDer("integer is negative or not the shortest")
    return value


def read_time(found: Element) -> datetime:
    """The moment that `time` wrote."""
    text = found.body.decode("latin-1")
    if found.tag == UTC_TIME:
        text = ("19" if text[:2] >= "50" else "20") + text
    try:
        moment = datetime.strptime(text, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise MalformedDer("not a moment") from error
    if time(moment) != found.encoded:
        raise MalformedDer("another spelling of a moment")
    return moment
