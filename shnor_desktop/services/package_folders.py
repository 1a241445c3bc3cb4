"""Which files of a folder are packages, and which are something else that is named and left where it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from shnor_desktop.domain.errors import KnownError

ENDINGS = (".shnor", ".shnor.age")
_MOST_FILES = 100_000
"""A folder with more is not one of packages: somebody chose a whole disk."""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in the places that were named: packages, and files that are none."""

    packages: tuple[Path, ...]
    others: tuple[Path, ...]


def is_package(path: Path) -> bool:
    """Whether a file is called like a package."""
    return path.name.casefold().endswith(ENDINGS)


def find_packages(places: Sequence[Path], *, recursive: bool = False, without: Sequence[Path] = ()) -> Found:
    """The packages of folders and of files that were named one by one; those are judged whatever they are called.

    Folders in `without` (the quarantine) and what a system hides are passed over; no link to a folder is followed.
    KnownError bench.folder_unreadable, bench.too_many_files.
    """
    skipped = {_real(path) for path in without}
    packages: list[Path] = []
    others: list[Path] = []
    for place in places:
        if not place.is_dir():
            packages.append(place)
            continue
        for count, file in enumerate(_files(place, recursive, skipped)):
            if count >= _MOST_FILES:
                raise KnownError("bench.too_many_files", folder=place.name, limit=_MOST_FILES)
            (packages if is_package(file) else others).append(file)
    return Found(tuple(packages), tuple(others))


def _files(folder: Path, recursive: bool, skipped: Iterable[Path]) -> Iterator[Path]:
    def refuse(error: OSError) -> None:
        if Path(error.filename or folder) == folder:
            raise KnownError("bench.folder_unreadable", folder=str(folder)) from error

    for place, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if recursive and not _is_passed_over(Path(place, name), skipped))
        yield from (Path(place, name) for name in sorted(names) if not name.startswith("."))


def _is_passed_over(folder: Path, skipped: Iterable[Path]) -> bool:
    return folder.name.startswith(".") or _real(folder) in skipped


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))
