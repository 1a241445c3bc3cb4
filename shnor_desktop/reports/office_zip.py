"""Office files as bytes: a foreign one is looked at before it is opened, our own are packed with fixed dates."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from shnor_desktop.domain.errors import KnownError

LARGEST_FILE = 20 * 1024 * 1024
_LARGEST_CONTENT = 120 * 1024 * 1024
_MOST_PARTS = 2000
_OLE_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # a password, or the format before 2007
_FIXED_DATE = (1980, 1, 1, 0, 0, 0)
_MAIN_PART = "[Content_Types].xml"
_ACTIVE_PARTS = ("vbaproject.bin", "/activex/", "/embeddings/")


def repacked(data: bytes, replaced: Mapping[str, bytes] | None = None) -> bytes:
    """The same parts in the same order with one date for all, so that the same content gives the same bytes."""
    target = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as packed,
    ):
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _FIXED_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            packed.writestr(entry, (replaced or {}).get(name) or source.read(name))
    return target.getvalue()


def check_template(data: bytes, name: str) -> None:
    """Refuse what is no ordinary docx; `name` is the file in the message.

    KnownError report.template_too_big, .template_locked, .template_not_docx, .template_active.
    """
    if len(data) > LARGEST_FILE:
        raise KnownError("report.template_too_big", file=name)
    if data.startswith(_OLE_FILE):
        raise KnownError("report.template_locked", file=name)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _LARGEST_CONTENT:
                raise KnownError("report.template_too_big", file=name)
            names = [f"/{entry.filename.lower()}" for entry in entries]
            if f"/{_MAIN_PART.lower()}" not in names or "/word/document.xml" not in names:
                raise KnownError("report.template_not_docx", file=name)
            relations = [archive.read(entry) for entry in entries if entry.filename.endswith(".rels")]
            types = archive.read(_MAIN_PART)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, OSError, EOFError, NotImplementedError) as error:
        raise KnownError("report.template_not_docx", file=name) from error
    is_active = any(part in one for one in names for part in _ACTIVE_PARTS) or b"macroEnabled" in types
    if is_active or any(_reaches_out(one) for one in relations):
        raise KnownError("report.template_active", file=name)


def _reaches_out(relations: bytes) -> bool:
    """Whether a part wants something from outside that is no link to click: a remote picture or template."""
    found = relations.split(b"<Relationship ")
    return any(b'TargetMode="External"' in one and b"/hyperlink" not in one for one in found)
