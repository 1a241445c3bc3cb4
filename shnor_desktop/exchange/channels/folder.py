"""A folder or a flash drive: written beside, renamed, read back; what the drive cannot hold is said beforehand."""

from __future__ import annotations

import errno
import os
import shutil
from contextlib import suppress
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.channels.channel import (
    CHUNK,
    LONGEST_FILE,
    Capabilities,
    Evidence,
    Progress,
    Remote,
    Unfinished,
    digest_of,
    is_package_name,
    other_name,
    quiet,
    require_package_name,
)

_FAT_FILE = 4 * 1024**3 - 1
_FAT = frozenset({"vfat", "msdos", "fat", "fat32"})
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE}
_BAD_NAME = {errno.EINVAL, errno.ENAMETOOLONG, errno.EILSEQ}


class FolderChannel:
    """A folder; its boxes are folders in it. `file_system` is what the drive says of itself, if it says anything."""

    def __init__(self, root: Path, file_system: str = "") -> None:
        self._root = root
        self._is_fat = file_system.casefold() in _FAT

    @property
    def capabilities(self) -> Capabilities:
        """No network, and it can be seen what lies there."""
        return Capabilities(needs_network=False)

    @property
    def unfinished(self) -> tuple[Unfinished, ...]:
        """Nothing: a file appears here when it is whole."""
        return ()

    def check(self) -> str:
        """Write a small file and take it away again."""
        self._require_root()
        trial = self._root / ".shnor-check"
        with write_beside(trial, "channel", need=CHUNK) as stream:
            stream.write(b"\0")
        with suppress(OSError):
            trial.unlink()
        return f"Папка доступна, свободно {shutil.disk_usage(self._root).free // 2**20} МБ."

    def send(self, file: Path, name: str, box: str, progress: Progress = quiet) -> Evidence:
        """Copy, sync, rename, read back; the same file under the same name is not copied again."""
        require_package_name(name)
        sha256, size = digest_of(file)
        self._require_root()
        self._require_fit(name, size)
        folder = self._box(box)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / name
            if target.exists() and digest_of(target) != (sha256, size):
                target = folder / other_name(name, sha256)
            if target.exists() and digest_of(target) == (sha256, size):
                return Evidence(str(folder), target.name, size, sha256, "файл уже лежал там, сверен байт в байт")
            _copy(file, target, size, progress)
        except OSError as error:
            raise _said(error, folder, name) from error
        if digest_of(target) != (sha256, size):
            with suppress(OSError):
                target.unlink()
            raise KnownError("channel.read_back", folder=str(folder), file=name)
        return Evidence(str(folder), target.name, size, sha256, "записано и прочитано обратно", sent=size)

    def list(self, box: str) -> tuple[Remote, ...]:
        """The packages in a box; a box that is not there is empty."""
        self._require_root()
        folder = self._box(box)
        found = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if is_package_name(entry.name) and entry.is_file(follow_symlinks=False):
                        info = entry.stat(follow_symlinks=False)
                        mark = f"{box}/{entry.name}:{info.st_size}:{info.st_mtime_ns}"
                        found.append(Remote(mark, entry.name, info.st_size, entry.path))
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise _said(error, folder, "") from error
        return tuple(sorted(found, key=lambda remote: remote.name))

    def fetch(self, remote: Remote, target: Path, progress: Progress = quiet) -> None:
        """Copy a file here; the drive may be pulled at any byte."""
        if remote.size > LONGEST_FILE:
            raise KnownError("channel.too_large", file=remote.name)
        source = Path(remote.place)
        try:
            _copy(source, target, remote.size, progress)
        except OSError as error:
            raise _said(error, source.parent, remote.name) from error

    def _box(self, box: str) -> Path:
        return self._root.joinpath(*[level for level in box.split("/") if level not in ("", ".", "..")])

    def _require_root(self) -> None:
        if not self._root.is_dir():
            raise KnownError("channel.folder_missing", folder=str(self._root))

    def _require_fit(self, name: str, size: int) -> None:
        if self._is_fat and size > _FAT_FILE:
            raise KnownError("channel.fat_too_large", folder=str(self._root), file=name)
        try:
            free = shutil.disk_usage(self._root).free
        except OSError as error:
            raise _said(error, self._root, name) from error
        if free < size:
            raise KnownError(
                "channel.disk_full", folder=str(self._root), need_mb=-(-size // 2**20), free_mb=free // 2**20
            )


def _copy(source: Path, target: Path, size: int, progress: Progress) -> None:
    done = 0
    with source.open("rb") as reader, write_beside(target, "channel", need=size) as stream:
        while data := reader.read(CHUNK):
            stream.write(data)
            done += len(data)
            progress(done, size)


def _said(error: OSError, folder: Path, name: str) -> KnownError:
    if error.errno in _BAD_NAME:
        return KnownError("channel.name_not_held", folder=str(folder), file=name)
    if error.errno in _GONE:
        return KnownError("channel.folder_missing", folder=str(folder))
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return KnownError("channel.folder_readonly", folder=str(folder))
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return KnownError("channel.disk_full", folder=str(folder), need_mb=0, free_mb=0)
    return KnownError("channel.write_failed", folder=str(folder), file=name)
