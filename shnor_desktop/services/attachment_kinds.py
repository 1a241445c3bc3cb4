"""What an attached file is by its bytes, and which files are never taken or opened."""

from __future__ import annotations

import re
import unicodedata

from shnor_desktop.domain.errors import KnownError

UNKNOWN = "application/octet-stream"
LONGEST_NAME = 160
_HEAD = 4096
_STARTS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "application/rtf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"ID3", "audio/mpeg"),
    (b"OggS", "application/ogg"),
)
_PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"#!",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"L\x00\x00\x00\x01\x14\x02\x00",  # a Windows link
    b"dex\n",
    b"\x00asm",
)
_OFFICE_FOLDERS = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
_OPEN_DOCUMENT = re.compile(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z-]{4,30})")
_MACROS = (b"vbaProject.bin", b"_VBA_PROJECT", "_VBA_PROJECT".encode("utf-16-le"))
_PROGRAM_ENDINGS = (
    "appimage application app bat bash bin chm cmd com command cpl csh csproj deb desktop dll dmg elf exe gadget hta "
    "htm html inf ins iso img jar jnlp job js jse ksh lnk msc msh mht mhtml msi msix msp mst ocx pif pkg pl ps1 ps1xml "
    "ps2 psc1 psm1 py pyc pyw rb reg rpm run scf scr sct settingcontent-ms sh shb shs svg sys url vb vbe vbs vhd vhdx "
    "vxd website wsc wsf wsh xht xhtml xll xpi"
)
_MACRO_ENDINGS = "docm dotm xlsm xlsb xltm xlam pptm potm ppsm ppam odb"
_RUN_BY_NAME = frozenset(_PROGRAM_ENDINGS.split())
_WITH_MACROS = frozenset(_MACRO_ENDINGS.split())
_OPENED = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg jpeg jfif",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tif tiff",
    "image/webp": "webp",
    "image/heic": "heic heif",
    "application/rtf": "rtf doc",
    "application/x-ole-storage": "doc xls ppt",
    _OFFICE_FOLDERS[0][1]: "docx",
    _OFFICE_FOLDERS[1][1]: "xlsx",
    _OFFICE_FOLDERS[2][1]: "pptx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "text/plain": "txt csv tsv",
}
"""What the system may open, under the endings that such a file has: another ending could start another program."""
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


def media_type_of(data: bytes) -> str:
    """What the bytes are, whatever the file is called; `application/octet-stream` when they are like nothing known."""
    for start, found in _STARTS:
        if data.startswith(start):
            return found
    if data.startswith(b"PK\x03\x04"):
        return _zip_kind(data)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    if data[4:8] == b"ftyp":
        return "image/heic" if data[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "video/mp4"
    return "text/plain" if _is_text(data[:_HEAD]) else UNKNOWN


def require_harmless(name: str, data: bytes) -> None:
    """KnownError attachment.executable or .macros for what could run, by its name or by its bytes."""
    ending = _ending(name)
    if ending in _RUN_BY_NAME or any(data.startswith(start) for start in _PROGRAMS):
        raise KnownError("attachment.executable", file=name)
    head = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<script", b"<svg", b"<?php", b"<hta:")):
        raise KnownError("attachment.executable", file=name)
    is_office = data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
    if ending in _WITH_MACROS or (is_office and any(mark in data for mark in _MACROS)):
        raise KnownError("attachment.macros", file=name)


def opens_here(name: str, data: bytes) -> bool:
    """Whether the system may be asked to open a file: its bytes are a known document, and its ending says the same."""
    return _ending(name) in _OPENED.get(media_type_of(data), "").split()


def safe_name(name: str) -> str:
    """A name of a file that every system takes and that looks like what it is; never empty, never a way elsewhere."""
    last = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    plain = "".join(sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C")
    plain = _FORBIDDEN.sub("_", plain).strip(" .")
    stem, dot, ending = plain.rpartition(".")
    stem, ending = (stem, ending) if dot and len(ending) <= 10 else (plain, "")
    stem = stem.strip(" .") or "файл"
    if _DEVICE.fullmatch(stem.split(".")[0]):
        stem = f"_{stem}"
    stem = stem[: LONGEST_NAME - len(ending) - 1]
    return f"{stem}.{ending}" if ending else stem


def _ending(name: str) -> str:
    return name.rstrip(" .").rpartition(".")[2].casefold()


def _zip_kind(data: bytes) -> str:
    document = _OPEN_DOCUMENT.match(data, 30)
    if document:
        return document.group(1).decode("ascii")
    if b"[Content_Types].xml" in data:
        for folder, kind in _OFFICE_FOLDERS:
            if folder in data:
                return kind
    return "application/zip"


def _is_text(head: bytes) -> bool:
    if not head or b"\x00" in head:
        return False
    try:
        head[: len(head) - 3 if len(head) == _HEAD else None].decode("utf-8")
    except UnicodeDecodeError:
        return all(byte >= 0x20 or byte in b"\t\r\n\x1a" for byte in head)
    return all(byte >= 0x20 or byte in b"\t\r\n\x1a" for byte in head)
