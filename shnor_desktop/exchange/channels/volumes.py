"""Flash drives that are plugged in now; nothing but the lists of the system is read."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MOUNTS = Path("/proc/self/mounts")
_FOLDERS = ("/media/", "/run/media/")
_REMOVABLE = 2


@dataclass(frozen=True, slots=True)
class Volume:
    """A drive that can be pulled: where it is, what people call it, its file system where that is known."""

    root: Path
    title: str
    file_system: str = ""


Lister = Callable[[], Iterable[Volume]]


def removable_volumes() -> tuple[Volume, ...]:
    """Every drive that can be pulled; empty where the system does not say."""
    found = _of_windows() if os.name == "nt" else _of_linux()
    return tuple(sorted(found, key=lambda volume: str(volume.root)))


def mounted(table: str) -> list[Volume]:
    """The drives in a table of mounts (`/proc/self/mounts`)."""
    found = []
    for line in table.splitlines():
        fields = line.split(" ")
        if len(fields) < 4:
            continue
        root = _unescaped(fields[1])
        if root.startswith(_FOLDERS) and fields[0].startswith("/dev/"):
            found.append(Volume(Path(root), Path(root).name, fields[2]))
    return found


def _of_linux() -> list[Volume]:
    try:
        return mounted(_MOUNTS.read_text("utf-8", "surrogateescape"))
    except OSError:
        return []


def _unescaped(text: str) -> str:
    r"""A space stands as \040 in the table of mounts."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text


def _of_windows() -> list[Volume]:
    import ctypes

    kernel: Any = vars(ctypes)["windll"].kernel32
    drives, found = kernel.GetLogicalDrives(), []
    for at in range(26):
        root = f"{chr(ord('A') + at)}:\\"
        if drives >> at & 1 and kernel.GetDriveTypeW(root) == _REMOVABLE and os.path.isdir(root):
            name = ctypes.create_unicode_buffer(64)
            kernel.GetVolumeInformationW(root, None, 0, None, None, None, name, len(name))
            found.append(Volume(Path(root), root[:2], name.value))
    return found
