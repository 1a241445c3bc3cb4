"""A large file goes in parts: names and a list that carry digest and place, and joining that believes no sender."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.channels.channel import CHUNK, LONGEST_FILE, is_package_name

MOST_PARTS = 999
LEAST_PART = 1024
_HEX = re.compile(r"[0-9a-f]{64}", re.ASCII)
_LIST_NAME = re.compile(r"(.+)\.([0-9a-f]{12})\.list")
_LONGEST_LIST = 256 * 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One piece: its place from 1, its bytes from `offset`, and their digest."""

    index: int
    offset: int
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PartList:
    """How a file was cut; `sha256` is that of the whole."""

    name: str
    size: int
    sha256: str
    parts: tuple[Part, ...]

    def part_name(self, part: Part) -> str:
        """The name of a piece: of which file, which digest, which place of how many."""
        return f"{self.name}.{self.sha256[:12]}.{part.index:03}-{len(self.parts):03}.{part.sha256[:12]}.part"

    @property
    def list_name(self) -> str:
        """The name of the list, which lies there only when all pieces do."""
        return f"{self.name}.{self.sha256[:12]}.list"

    def to_json(self) -> bytes:
        """The list as it lies beside the pieces."""
        return canonical_json({**asdict(self), "parts": [asdict(part) for part in self.parts]})


def cut(file: Path, name: str, part_bytes: int) -> PartList:
    """How a file is cut into pieces of at most so many bytes; it is read once, in small pieces."""
    part_bytes = max(part_bytes, LEAST_PART)
    whole, offset = hashlib.sha256(), 0
    parts: list[Part] = []
    try:
        with file.open("rb") as stream:
            while True:
                digest, size = hashlib.sha256(), 0
                for data in read_up_to(stream, part_bytes):
                    digest.update(data)
                    whole.update(data)
                    size += len(data)
                if not size:
                    break
                parts.append(Part(len(parts) + 1, offset, size, digest.hexdigest()))
                offset += size
    except OSError as error:
        raise KnownError("channel.file_missing", file=file.name, folder=str(file.parent)) from error
    if len(parts) > MOST_PARTS:
        raise KnownError("channel.too_many_parts", count=len(parts), most=MOST_PARTS)
    return PartList(name, offset, whole.hexdigest(), tuple(parts))


def read_up_to(stream: BinaryIO, count: int) -> Iterator[bytes]:
    """At most so many bytes of a stream, in small pieces."""
    while count > 0 and (data := stream.read(min(CHUNK, count))):
        count -= len(data)
        yield data


def read_part(file: Path, part: Part) -> Iterator[bytes]:
    """The bytes of one piece of a file."""
    with file.open("rb") as stream:
        stream.seek(part.offset)
        yield from read_up_to(stream, part.size)


def is_list_name(name: str) -> bool:
    """Whether a file of this name is a list of pieces."""
    found = _LIST_NAME.fullmatch(name)
    return found is not None and is_package_name(found[1])


def read_list(data: bytes, list_name: str) -> PartList:
    """A list from outside, believed in nothing; KnownError channel.parts_malformed."""
    try:
        if len(data) > _LONGEST_LIST:
            raise ValueError("long")
        found = _list_of(parse_canonical(data))
    except (KnownError, ValueError, TypeError, KeyError) as error:
        raise KnownError("channel.parts_malformed") from error
    if found.list_name != list_name or not is_sound(found):
        raise KnownError("channel.parts_malformed")
    return found


def _list_of(value: Any) -> PartList:
    parts = tuple(Part(**part) for part in value.pop("parts"))
    return PartList(**value, parts=parts)


def is_sound(found: PartList) -> bool:
    """Whether a list agrees with itself: places in a row, sizes that add up, digests of the right form."""
    if not isinstance(found.name, str) or not is_package_name(found.name) or not _is_digest(found.sha256):
        return False
    offset = 0
    for at, part in enumerate(found.parts, 1):
        numbers = (part.index, part.offset, part.size)
        if any(type(number) is not int for number in numbers) or not _is_digest(part.sha256):
            return False
        if (part.index, part.offset) != (at, offset) or part.size <= 0:
            return False
        offset += part.size
    return offset == found.size <= LONGEST_FILE and 0 < len(found.parts) <= MOST_PARTS


def _is_digest(text: object) -> bool:
    return isinstance(text, str) and _HEX.fullmatch(text) is not None


def join(found: PartList, open_part: Callable[[Part], BinaryIO], target: Path) -> None:
    """Put the pieces together; KnownError channel.parts_differ where one is not what the list says. Nothing stays."""
    whole = hashlib.sha256()
    with write_beside(target, "channel", need=found.size) as stream:
        for part in found.parts:
            digest, size = hashlib.sha256(), 0
            with open_part(part) as source:
                for data in read_up_to(source, part.size + 1):
                    digest.update(data)
                    whole.update(data)
                    stream.write(data)
                    size += len(data)
            if size != part.size or digest.hexdigest() != part.sha256:
                raise KnownError("channel.parts_differ", number=part.index, count=len(found.parts))
        if whole.hexdigest() != found.sha256:
            raise KnownError("channel.parts_differ", number=0, count=len(found.parts))
