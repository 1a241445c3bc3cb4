"""Lets a foreign .xlsx or .xlsm in: checks its limits and hands on a clean copy of the parts that hold cells.

Nothing of the file is trusted. The reader of cells (calamine) builds a dense table from the outermost cell and copies
a shared text for every cell that names it, so one cell at XFD1048576 or one long text would take all memory; and it may
understand a crooked zip otherwise than we do. So every part is measured here with expat as it is unpacked, and calamine
gets a new zip made of exactly the bytes that were measured. Macros, pictures and links to other files are left out.
"""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import IO

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.importers.sheet_measure import PartMeasure, TooLarge, require_modest_texts

MAX_FILE = 64 * 1024 * 1024
MAX_UNPACKED = 200 * 1024 * 1024
MAX_KEPT = 64 * 1024 * 1024
"""The most that the parts with cells may unpack to; pictures and the like are only counted in MAX_UNPACKED."""
MAX_RATIO = 200
RATIO_FREE = 1024 * 1024
"""Parts that unpack to no more than this are not judged by their ratio: short repetitive parts pack very well."""
MAX_PARTS = 2_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_OLE = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 256 * 1024
_LEFT_OUT = ("docprops/", "customxml/", "xl/theme/", "xl/drawings/", "xl/media/", "xl/externallinks/", "xl/embeddings/")
_OTHER_WORKBOOKS = {"xl/workbook.bin": ".xlsb", "content.xml": ".ods"}


def open_workbook_file(path: Path) -> BytesIO:
    """A clean zip of the workbook's parts, within the limits; KnownError results.* for everything else."""
    data = _file_bytes(path)
    _require_zip(data, path.name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as source:
            _require_limits(source, path.name)
            return _clean_copy(source, path.name)
    except KnownError:
        raise
    except TooLarge as error:
        raise KnownError("results.too_large", file=path.name, limit=str(error)) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise KnownError("results.damaged", file=path.name) from error


def _file_bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except OSError as error:
        raise KnownError("results.cannot_open", file=path.name) from error
    if not data:
        raise KnownError("results.empty_file", file=path.name)
    if len(data) > MAX_FILE:
        raise KnownError("results.too_large", file=path.name, limit="файл больше 64 МБ")
    return data


def _require_zip(data: bytes, name: str) -> None:
    if data.startswith(_OLE):
        if _ENCRYPTED_OLE in data:
            raise KnownError("results.password", file=name)
        raise KnownError("results.other_format", file=name, format=".xls")
    if not data.startswith(b"PK"):
        raise KnownError("results.not_workbook", file=name)


def _require_limits(source: zipfile.ZipFile, name: str) -> None:
    """Judge the directory before a byte is unpacked. zipfile never unpacks more than the directory declares."""
    parts = source.infolist()
    names = [part.filename.lower() for part in parts]
    if len(parts) > MAX_PARTS:
        raise TooLarge("слишком много частей внутри файла")
    if len(set(names)) != len(names):
        raise KnownError("results.damaged", file=name)
    if any(part.flag_bits & 1 for part in parts):
        raise KnownError("results.password", file=name)
    if "xl/workbook.xml" not in names:
        for marker, extension in _OTHER_WORKBOOKS.items():
            if marker in names:
                raise KnownError("results.other_format", file=name, format=extension)
        raise KnownError("results.not_workbook", file=name)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise TooLarge("в распакованном виде больше 200 МБ")
    if sum(part.file_size for part in parts if _is_kept(part)) > MAX_KEPT:
        raise TooLarge("таблицы в распакованном виде больше 64 МБ")
    if any(part.file_size > max(RATIO_FREE, MAX_RATIO * part.compress_size) for part in parts):
        raise TooLarge("сжат неправдоподобно сильно")


def _is_kept(part: zipfile.ZipInfo) -> bool:
    """Whether a part is handed on: XML that may say something of cells."""
    folded = part.filename.lower()
    return folded.endswith((".xml", ".rels")) and not folded.startswith(_LEFT_OUT)


def _clean_copy(source: zipfile.ZipFile, name: str) -> BytesIO:
    copy = BytesIO()
    measures: list[PartMeasure] = []
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
        for part in source.infolist():
            if not _is_kept(part):
                continue
            measure = PartMeasure()
            with source.open(part) as unpacked, target.open(part.filename, "w") as kept:
                _copy_measured(unpacked, kept, measure, name)
            measures.append(measure)
    require_modest_texts(measures)
    copy.seek(0)
    return copy


def _copy_measured(unpacked: IO[bytes], kept: IO[bytes], measure: PartMeasure, name: str) -> None:
    while chunk := unpacked.read(_CHUNK):
        if not measure.feed(chunk):
            raise KnownError("results.damaged", file=name)
        kept.write(chunk)
    if not measure.close():
        raise KnownError("results.damaged", file=name)
