"""Lets a foreign .docx in: says what a file is by its bytes, and hands on a clean copy of its parts with words.

Nothing of the file is trusted. Its directory is judged before a byte is unpacked; every XML part is read with expat
first, so that entities, a crooked part, a flood of elements or a bomb never reach the reader of documents, which
builds a tree. Pictures, fonts, embedded files and the links to other files are left out.
"""

from __future__ import annotations

import zipfile
import zlib
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from shnor_desktop.domain.errors import KnownError

MAX_FILE = 64 * 1024 * 1024
MAX_KEPT = 48 * 1024 * 1024
"""The most that the parts with words may unpack to, in all."""
MAX_RATIO = 200
RATIO_FREE = 1024 * 1024
MAX_PARTS = 5_000
MAX_ELEMENTS = 1_500_000
MAX_DEPTH = 200
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("EncryptedPackage", ""), ("WordDocument", ".doc"), ("Workbook", ".xls"), ("Book", ".xls"))
_CHUNK = 256 * 1024
_DOCUMENT, _NUMBERING, _STYLES = "word/document.xml", "word/numbering.xml", "word/styles.xml"
_KEPT = {_DOCUMENT: "document.main", _NUMBERING: "numbering", _STYLES: "styles"}
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


class FileKind(StrEnum):
    """Which reader a file asks for."""

    WORKBOOK = "workbook"
    DOCUMENT = "document"


def file_kind(path: Path) -> FileKind:
    """What a file is by its bytes; KnownError road_map.* for everything that cannot hold a table of ours."""
    data = _file_bytes(path)
    if data.startswith(_OLE):
        for stream, extension in _OLE_STREAMS:
            if stream.encode("utf-16-le") in data:
                if not extension:
                    raise KnownError("road_map.password", file=path.name)
                raise KnownError("road_map.other_format", file=path.name, format=extension)
        raise KnownError("road_map.other_format", file=path.name, format=".doc или .xls")
    if data.startswith(b"%PDF"):
        raise KnownError("road_map.other_format", file=path.name, format=".pdf")
    if data.startswith(b"{\\rtf"):
        raise KnownError("road_map.other_format", file=path.name, format=".rtf")
    if not data.startswith(b"PK"):
        raise KnownError("road_map.not_office", file=path.name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as source:
            names = {part.filename.lower() for part in source.infolist()}
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError) as error:
        raise KnownError("road_map.damaged", file=path.name) from error
    if "word/document.xml" in names:
        return FileKind.DOCUMENT
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return FileKind.WORKBOOK
    if "content.xml" in names:
        raise KnownError("road_map.other_format", file=path.name, format=".odt или .ods")
    raise KnownError("road_map.not_office", file=path.name)


def open_document_file(path: Path) -> BytesIO:
    """A clean .docx with nothing but its words, lists and styles, within the limits; else KnownError road_map.*."""
    data = _file_bytes(path)
    try:
        with zipfile.ZipFile(BytesIO(data)) as source:
            _require_limits(source, path.name)
            return _clean_copy(source, path.name)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise KnownError("road_map.damaged", file=path.name) from error


def _file_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise KnownError("road_map.cannot_open", file=path.name) from error
    if not data:
        raise KnownError("road_map.empty_file", file=path.name)
    if len(data) > MAX_FILE:
        raise KnownError("road_map.too_large", file=path.name, limit="файл больше 64 МБ")
    return data


def _require_limits(source: zipfile.ZipFile, name: str) -> None:
    parts = source.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > MAX_PARTS:
        raise KnownError("road_map.too_large", file=name, limit="слишком много частей внутри файла")
    if len(set(names)) != len(names):
        raise KnownError("road_map.damaged", file=name)
    if any(part.flag_bits & 1 for part in parts):
        raise KnownError("road_map.password", file=name)
    kept = [part for part in parts if part.filename.lower() in _KEPT]
    if sum(part.file_size for part in kept) > MAX_KEPT:
        raise KnownError("road_map.too_large", file=name, limit="текст в распакованном виде больше 48 МБ")
    if any(part.file_size > max(RATIO_FREE, MAX_RATIO * part.compress_size) for part in parts):
        raise KnownError("road_map.too_large", file=name, limit="сжат неправдоподобно сильно")


def _clean_copy(source: zipfile.ZipFile, name: str) -> BytesIO:
    copy = BytesIO()
    kept = []
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for part in source.infolist():
            folded = part.filename.lower()
            if folded in _KEPT:
                target.writestr(folded, _measured(source.read(part), name))
                kept.append(folded)
        if _DOCUMENT not in kept:
            raise KnownError("road_map.not_office", file=name)
        target.writestr("[Content_Types].xml", _content_types(kept))
        target.writestr("_rels/.rels", _relations([(_DOCUMENT, "officeDocument")]))
        others = [(part.removeprefix("word/"), _KEPT[part]) for part in kept if part != _DOCUMENT]
        target.writestr("word/_rels/document.xml.rels", _relations(others))
    copy.seek(0)
    return copy


def _measured(content: bytes, name: str) -> bytes:
    """The part as it was, once it is known to be plain XML of a modest size; links in it lead nowhere any more."""
    limit = _Limit()
    parser = expat.ParserCreate()
    parser.StartElementHandler = limit.on_start
    parser.EndElementHandler = limit.on_end
    parser.StartDoctypeDeclHandler = limit.on_doctype
    try:
        for at in range(0, len(content), _CHUNK):
            parser.Parse(content[at : at + _CHUNK], False)
            if limit.is_passed:
                raise KnownError("road_map.too_large", file=name, limit="слишком много абзацев и ячеек")
            if limit.has_doctype:
                raise KnownError("road_map.damaged", file=name)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise KnownError("road_map.damaged", file=name) from error
    return content


class _Limit:
    """Counts the elements of a part as they stream by."""

    def __init__(self) -> None:
        self.has_doctype = False
        self._elements = 0
        self._depth = 0
        self._deepest = 0

    @property
    def is_passed(self) -> bool:
        """Whether there are more elements, or deeper ones, than any document of people has."""
        return self._elements > MAX_ELEMENTS or self._deepest > MAX_DEPTH

    def on_start(self, _name: str, _attributes: dict[str, str]) -> None:
        """One more element."""
        self._elements += 1
        self._depth += 1
        self._deepest = max(self._deepest, self._depth)

    def on_end(self, _name: str) -> None:
        """An element is closed."""
        self._depth -= 1

    def on_doctype(self, *_declaration: object) -> None:
        """Entities are declared in a doctype; no office program writes one."""
        self.has_doctype = True


def _content_types(parts: list[str]) -> str:
    overrides = "".join(
        f"<Override PartName={quoteattr('/' + part)} ContentType={quoteattr(f'{_TYPE}.{_KEPT[part]}+xml')}/>"
        for part in parts
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{rels}"/>{overrides}</Types>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{at}" Type="{_RELATION}/{kind}" Target={quoteattr(target)}/>'
        for at, (target, kind) in enumerate(targets, start=1)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'
    )
