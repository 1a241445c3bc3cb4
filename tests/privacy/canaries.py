"""Invented names, numbers and paths that stand nowhere else: where one of them is found, something leaked."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

NAME, LATIN, USER = "Канарейкина-Щеглова", "Kanareykina", "kanareykina.zhar"
PHONE, SNILS, MAIL = "+7 (000) 000-17-93", "087-654-303 17", "kanareyka.1793@example.ru"
PASSPHRASE = "пароль канарейки 1793"
FOLDER = f"Характеристика {NAME}"
CANARIES = (
    NAME,
    LATIN,
    USER,
    PHONE,
    "0000001793",
    SNILS,
    "08765430317",
    MAIL,
    PASSPHRASE,
    FOLDER,
    "щеглов",
    "канарейк",
)
_PLAIN = [canary.casefold() for canary in CANARIES]


def found_in(text: str) -> list[str]:
    """The canaries that stand in a text, escaped or not."""
    plain = text.casefold()
    loose = re.sub(r"[\s()+\-]", "", plain)
    with_escapes = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), plain).casefold()
    return [one for one in _PLAIN if one in plain or one in loose or one in with_escapes]


def leaks(places: Iterable[Path]) -> dict[str, list[str]]:
    """What stands in files, by name: text as it is, a database as SQLite shows it, the rest as bytes of two codings."""
    found = {}
    for path in places:
        content = path.read_bytes()
        text = "\n".join(content.decode(coding, "replace") for coding in ("utf-8", "utf-16-le", "cp1251"))
        if content.startswith(b"SQLite format 3"):
            with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
                text += "\n".join(connection.iterdump())
        if hits := found_in(text):
            found[path.name] = hits
    return found


def files_in(folder: Path, *but: str) -> list[Path]:
    """Every file below a folder except in its parts of these names."""
    return [path for path in folder.rglob("*") if path.is_file() and path.relative_to(folder).parts[0] not in but]
