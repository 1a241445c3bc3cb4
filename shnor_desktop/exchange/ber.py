"""A reader of BER (ITU-T X.690) for signatures that other programs made: definite and indefinite lengths, all bounded.

Nothing is read before it is asked for, and the depth of what may lie in one another is limited, so that no file can
exhaust stack, memory or time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

BOOLEAN, INTEGER, BIT_STRING, OCTET_STRING, NULL, OBJECT_ID = 0x01, 0x02, 0x03, 0x04, 0x05, 0x06
SEQUENCE, SET = 0x30, 0x31
UTC_TIME, GENERALIZED_TIME = 0x17, 0x18
_PIECES = 0x24
_CONSTRUCTED = 0x20
_ENDLESS = 0x80
_END = b"\x00\x00"
_DEEPEST = 12
_MOST_CHILDREN = 4096
_LARGEST_ARC = 1 << 64
_TEXTS = {
    0x0C: "utf-8",
    0x12: "ascii",
    0x13: "ascii",
    0x14: "latin-1",
    0x16: "ascii",
    0x1C: "utf-32-be",
    0x1E: "utf-16-be",
}


class MalformedBer(ValueError):
    """The bytes are no BER, or more of it than anybody needs."""


@dataclass(frozen=True, slots=True)
class Node:
    """One element of `data`: its tag, where it stands, where its contents begin and end, and where the next begins."""

    data: bytes
    tag: int
    start: int
    content: int
    content_end: int
    end: int

    @property
    def encoded(self) -> bytes:
        """The element as it stands."""
        return self.data[self.start : self.end]

    @property
    def body(self) -> bytes:
        """Its contents as they stand."""
        return self.data[self.content : self.content_end]

    @property
    def is_endless(self) -> bool:
        """True where no length is given."""
        return self.end != self.content_end

    def children(self) -> list[Node]:
        """The elements inside."""
        if not self.tag & _CONSTRUCTED:
            raise MalformedBer("nothing can lie in it")
        found: list[Node] = []
        position = self.content
        while position < self.content_end:
            child = _read(self.data, position, self.content_end, 0)
            found.append(child)
            position = child.end
            if len(found) > _MOST_CHILDREN:
                raise MalformedBer("too many elements")
        return found

    def expect(self, *tags: int) -> Node:
        """Itself, when it has one of these tags."""
        if self.tag not in tags:
            raise MalformedBer(f"tag {self.tag:02x}")
        return self


def read_whole(data: bytes) -> Node:
    """The one element that fills `data`; zeros after it are taken as the padding of some programs."""
    found = _read(data, 0, len(data), 0)
    if data[found.end :].strip(b"\x00\r\n"):
        raise MalformedBer("bytes after the end")
    return found


def octets(node: Node) -> bytes:
    """The contents of an OCTET STRING, joined where it came in pieces."""
    if node.tag in (OCTET_STRING, 0x80):
        return node.body
    if node.tag not in (_PIECES, 0xA0):
        raise MalformedBer("not an octet string")
    return b"".join(piece.expect(OCTET_STRING).body for piece in node.children())


def bits(node: Node) -> bytes:
    """The contents of a BIT STRING of whole bytes."""
    body = node.expect(BIT_STRING).body
    if body[:1] != b"\x00":
        raise MalformedBer("bits that fill no byte")
    return body[1:]


def object_id(node: Node) -> str:
    """An OBJECT IDENTIFIER in its dotted form."""
    body = node.expect(OBJECT_ID).body
    if not body or body[-1] & 0x80 or len(body) > 64:
        raise MalformedBer("object identifier")
    arcs, value = [], 0
    for byte in body:
        value = value << 7 | byte & 0x7F
        if value > _LARGEST_ARC:
            raise MalformedBer("object identifier")
        if not byte & 0x80:
            arcs.append(value)
            value = 0
    first = min(arcs[0] // 40, 2)
    return ".".join(str(arc) for arc in (first, arcs[0] - 40 * first, *arcs[1:]))


def text(node: Node) -> str:
    """A text of any of the usual kinds, without the signs that no line can show."""
    encoding = _TEXTS.get(node.tag)
    if encoding is None:
        raise MalformedBer("not a text")
    try:
        found = node.body.decode(encoding)
    except UnicodeDecodeError as error:
        raise MalformedBer("not a text") from error
    return " ".join("".join(sign if sign.isprintable() else " " for sign in found).split())


def moment(node: Node) -> datetime:
    """A time of UTC in whole seconds."""
    written = node.expect(UTC_TIME, GENERALIZED_TIME).body.decode("latin-1")
    if node.tag == UTC_TIME:
        written = ("19" if written[:2] >= "50" else "20") + written
    if len(written) != 15 or not written[:14].isascii() or not written[:14].isdigit() or written[14] != "Z":
        raise MalformedBer("not a moment")
    try:
        return datetime.strptime(written, "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise MalformedBer("not a moment") from error


def _read(data: bytes, position: int, end: int, depth: int) -> Node:
    if end - position < 2 or depth > _DEEPEST:
        raise MalformedBer("no room for an element, or too deep")
    tag, size, content = data[position], data[position + 1], position + 2
    if tag & 0x1F == 0x1F or not tag:
        raise MalformedBer("tag of more than a byte")
    if size == _ENDLESS:
        return _read_endless(data, position, end, depth)
    if size > _ENDLESS:
        width = size & 0x7F
        if width > 4 or end - content < width:
            raise MalformedBer("length of a length")
        size = int.from_bytes(data[content : content + width], "big")
        content += width
    if size > end - content:
        raise MalformedBer("element reaches beyond its place")
    return Node(data, tag, position, content, content + size, content + size)


def _read_endless(data: bytes, start: int, end: int, depth: int) -> Node:
    """An element that ends with two zeros; those inside are walked over to find them."""
    if not data[start] & _CONSTRUCTED:
        raise MalformedBer("a length is missing")
    position, count = start + 2, 0
    while data[position : position + 2] != _END:
        position = _read(data, position, end, depth + 1).end
        count += 1
        if position >= end or count > _MOST_CHILDREN:
            raise MalformedBer("no end")
    if position + 2 > end:
        raise MalformedBer("no end")
    return Node(data, data[start], start, start + 2, position, position + 2)
