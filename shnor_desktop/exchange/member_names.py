"""Which names a data member of a package may have.

Lower-case ASCII letters, digits and single separators, at most four levels: so no name can climb out of a folder,
name a drive or a device of Windows, or have a twin that differs in case or in Unicode form.
"""

from __future__ import annotations

import re

_LEVEL = r"[a-z0-9]+(?:[._-][a-z0-9]+)*"
_NAME = re.compile(rf"{_LEVEL}(?:/{_LEVEL}){{0,3}}", re.ASCII)
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.ASCII)
_RESERVED = {"mimetype", "meta-inf"}
_SHOWN_LENGTH = 60


def is_allowed_name(name: str, longest: int) -> bool:
    """True for a name that a data member may carry."""
    if len(name) > longest or _NAME.fullmatch(name) is None:
        return False
    levels = name.split("/")
    return levels[0] not in _RESERVED and not any(_DEVICE.fullmatch(level) for level in levels)


def shown_name(name: bytes | str) -> str:
    """A foreign name made fit for a message: printable ASCII, cut to a line."""
    text = name.decode("utf-8", "backslashreplace") if isinstance(name, bytes) else name
    text = text.encode("unicode_escape").decode("ascii") if not (text.isascii() and text.isprintable()) else text
    return text if len(text) <= _SHOWN_LENGTH else text[: _SHOWN_LENGTH - 1] + "…"
