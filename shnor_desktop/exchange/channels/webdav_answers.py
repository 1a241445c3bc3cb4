"""What a WebDAV server says of a folder, read as hostile: no document type, no entity, bounded."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from shnor_desktop.domain.errors import KnownError

LONGEST_ANSWER = 8 * 1024 * 1024
_DAV = "{DAV:}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A file in a folder of the server; `mark` changes with its contents as far as the server says."""

    name: str
    size: int
    mark: str


def files_in(answer: bytes) -> dict[str, Listed]:
    """The files of a 207 answer by name; KnownError channel.answer_malformed."""
    # lxml takes 30 ms: it is loaded when the first answer comes.
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(answer, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise KnownError("channel.answer_malformed") from error
    if root.getroottree().docinfo.doctype or root.tag != f"{_DAV}multistatus":
        raise KnownError("channel.answer_malformed")
    found = {}
    for response in root.findall(f"{_DAV}response"):
        listed = _listed(response)
        if listed is not None:
            found[listed.name] = listed
    return found


def _listed(response: Any) -> Listed | None:
    if response.find(f".//{_DAV}resourcetype/{_DAV}collection") is not None:
        return None
    path = unquote(urlsplit((response.findtext(f"{_DAV}href") or "").strip()).path)
    name = unicodedata.normalize("NFC", path.rsplit("/", 1)[-1])
    size = (response.findtext(f".//{_DAV}getcontentlength") or "").strip()
    if not name or not (size.isascii() and size.isdigit() and len(size) < 16):
        return None
    etag = (response.findtext(f".//{_DAV}getetag") or "").strip()
    changed = (response.findtext(f".//{_DAV}getlastmodified") or "").strip()
    return Listed(name, int(size), (etag or changed)[:200])
