"""A folder on a WebDAV server: whole files appear by renaming, large ones go in parts that are not sent twice."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.channel import (
    LONGEST_FILE,
    Capabilities,
    Evidence,
    Progress,
    Remote,
    Unfinished,
    is_package_name,
    other_name,
    quiet,
    require_package_name,
)
from shnor_desktop.exchange.channels.parts import Part, PartList, cut, is_list_name, join, read_list, read_part
from shnor_desktop.exchange.channels.webdav_answers import Listed
from shnor_desktop.exchange.channels.webdav_client import WebDavAddress, WebDavClient, require_address
from shnor_desktop.exchange.limits import MEBIBYTE

PART_BYTES = 4 * MEBIBYTE
_LONGEST_LIST = 256 * 1024
_Levels = tuple[str, ...]


class WebDavChannel:
    """A folder of a server; its boxes are folders in it."""

    def __init__(self, address: WebDavAddress, part_bytes: int = PART_BYTES) -> None:
        require_address(address.url)
        self._address = address
        self._part_bytes = part_bytes

    @property
    def capabilities(self) -> Capabilities:
        """It fetches, over the network, and shows what lies there."""
        return Capabilities()

    @property
    def unfinished(self) -> tuple[Unfinished, ...]:
        """Nothing: a file appears here when it is whole."""
        return ()

    def check(self) -> str:
        """Look into the folder; nothing is left there."""
        with WebDavClient(self._address) as client:
            if client.files() is None:
                raise KnownError("channel.remote_folder_missing", host=client.url())
        return "Сервер ответил, пароль подошёл, папка на месте."

    def send(self, file: Path, name: str, box: str, progress: Progress = quiet) -> Evidence:
        """Put a file there unless it is there; what went up before a cut is not sent again."""
        require_package_name(name)
        found = cut(file, name, self._part_bytes)
        if not found.parts:
            raise KnownError("channel.file_missing", file=file.name, folder=str(file.parent))
        folder = _levels(box)
        with WebDavClient(self._address) as client:
            there = _opened(client, folder)
            if len(found.parts) == 1:
                return _send_whole(client, folder, there, file, found, progress)
            return _send_parts(client, folder, there, file, found, progress)

    def list(self, box: str) -> tuple[Remote, ...]:
        """The packages that lie whole in a box: by themselves, or as a list with all of its parts."""
        folder, found = _levels(box), []
        with WebDavClient(self._address) as client:
            there = client.files(*folder) or {}
            for listed in there.values():
                place = "/".join((*folder, listed.name))
                mark = f"{place}:{listed.size}:{listed.mark}"
                if is_package_name(listed.name):
                    found.append(Remote(mark, listed.name, listed.size, place))
                elif is_list_name(listed.name):
                    plan = _read_list(client, folder, listed.name)
                    if plan is not None and all(_is_there(there, plan, part) for part in plan.parts):
                        found.append(Remote(mark, plan.name, plan.size, place))
        return tuple(sorted(found, key=lambda remote: remote.name))

    def fetch(self, remote: Remote, target: Path, progress: Progress = quiet) -> None:
        """Bring a package; a cut download goes on from where it stopped."""
        if remote.size > LONGEST_FILE:
            raise KnownError("channel.too_large", file=remote.name)
        *folder, name = remote.place.split("/")
        mark = hashlib.sha256(remote.id.encode()).hexdigest()[:16]
        staged = target.parent / f".{mark}.download"
        with WebDavClient(self._address) as client:
            if is_list_name(name):
                _fetch_parts(client, tuple(folder), name, target, staged, progress)
                return
            etag = remote.id.rsplit(":", 1)[-1]
            _download(client, (*folder, name), staged, remote.size, etag, 0, remote.size, progress)
        try:
            os.replace(staged, target)
        except OSError as error:
            raise KnownError("channel.write_failed", folder=str(target.parent), file=target.name) from error


def _levels(box: str) -> _Levels:
    return tuple(level for level in box.split("/") if level not in ("", ".", ".."))


def _opened(client: WebDavClient, folder: _Levels) -> dict[str, Listed]:
    """What lies in the box; it is made when it is not there."""
    there = client.files(*folder)
    if there is not None:
        return there
    if client.files() is None:
        raise KnownError("channel.remote_folder_missing", host=client.url())
    for depth in range(1, len(folder) + 1):
        client.make_folder(*folder[:depth])
    return {}


def _send_whole(
    client: WebDavClient, folder: _Levels, there: dict[str, Listed], file: Path, found: PartList, progress: Progress
) -> Evidence:
    name = found.name
    for name in (found.name, other_name(found.name, found.sha256)):
        if name not in there:
            break
        if there[name].size == found.size and _digest(client, (*folder, name), found.size) == found.sha256:
            return _evidence(client, folder, name, found, "файл уже лежал там, сверен байт в байт", 0)
    else:
        raise KnownError("channel.name_taken", host=client.url(*folder))
    interim = (*folder, f"{found.name}.{found.sha256[:12]}.upload")
    client.put(_told(read_part(file, found.parts[0]), 0, found.size, progress), found.size, *interim)
    answer = client.move(interim, (*folder, name))
    _require_arrived(client, folder, name, found.size)
    return _evidence(client, folder, name, found, answer, found.size)


def _send_parts(
    client: WebDavClient, folder: _Levels, there: dict[str, Listed], file: Path, found: PartList, progress: Progress
) -> Evidence:
    data, sent = found.to_json(), 0
    for part in found.parts:
        if _is_there(there, found, part):
            continue
        pieces = _told(read_part(file, part), part.offset, found.size, progress)
        client.put(pieces, part.size, *folder, found.part_name(part))
        sent += part.size
    if found.list_name in there and client.read(_LONGEST_LIST, *folder, found.list_name) == data:
        answer = "все части уже лежали там"
    else:
        interim = (*folder, f"{found.list_name}.upload")
        client.put(iter((data,)), len(data), *interim)
        answer = client.move(interim, (*folder, found.list_name))
    after = client.files(*folder) or {}
    for part in found.parts:
        if not _is_there(after, found, part):
            raise KnownError("channel.not_whole_there", host=client.url())
    return _evidence(client, folder, found.name, found, answer, sent)


def _is_there(there: dict[str, Listed], found: PartList, part: Part) -> bool:
    listed = there.get(found.part_name(part))
    return listed is not None and listed.size == part.size


def _require_arrived(client: WebDavClient, folder: _Levels, name: str, size: int) -> None:
    listed = (client.files(*folder) or {}).get(name)
    if listed is None or listed.size != size:
        raise KnownError("channel.not_whole_there", host=client.url())


def _evidence(client: WebDavClient, folder: _Levels, name: str, found: PartList, answer: str, sent: int) -> Evidence:
    return Evidence(client.url(*folder), name, found.size, found.sha256, answer, parts=len(found.parts), sent=sent)


def _digest(client: WebDavClient, path: _Levels, size: int) -> str:
    digest, done = hashlib.sha256(), 0
    for _at, data in client.pieces(0, "", *path):
        digest.update(data)
        done += len(data)
        if done > size:
            return ""
    return digest.hexdigest()


def _told(pieces: Iterator[bytes], start: int, whole: int, progress: Progress) -> Iterator[bytes]:
    for data in pieces:
        start += len(data)
        yield data
        progress(start, whole)


def _read_list(client: WebDavClient, folder: _Levels, name: str) -> PartList | None:
    """A list of parts; None for one that is no list of ours: it must not stop the others."""
    try:
        return read_list(client.read(_LONGEST_LIST, *folder, name), name)
    except KnownError as error:
        if error.code in ("channel.parts_malformed", "channel.answer_malformed"):
            return None
        raise


def _fetch_parts(
    client: WebDavClient, folder: _Levels, name: str, target: Path, staged: Path, progress: Progress
) -> None:
    found = read_list(client.read(_LONGEST_LIST, *folder, name), name)
    staged.mkdir(exist_ok=True)

    def place(part: Part) -> Path:
        return staged / f"{part.index:03}"

    for part in found.parts:
        path = (*folder, found.part_name(part))
        _download(client, path, place(part), part.size, "", part.offset, found.size, progress)

    def opened(part: Part) -> BinaryIO:
        return place(part).open("rb")

    try:
        join(found, opened, target)
    finally:  # a part that is not what the list says is fetched anew the next time
        shutil.rmtree(staged, ignore_errors=True)


def _download(
    client: WebDavClient,
    path: _Levels,
    staged: Path,
    size: int,
    etag: str,
    offset: int,
    whole: int,
    progress: Progress,
) -> None:
    """Bring bytes into a file that may hold the beginning of them."""
    try:
        start = min(staged.stat().st_size, size) if staged.exists() else 0
        if start == size:
            return
        with staged.open("r+b" if start else "wb") as stream:
            for at, data in client.pieces(start, etag, *path):
                if at + len(data) > size:
                    stream.truncate(0)
                    raise KnownError("channel.size_lies", file=path[-1][:100])
                stream.seek(at)
                stream.write(data)
                progress(offset + at + len(data), whole)
            stream.truncate()
            stream.flush()
            os.fsync(stream.fileno())
            end = stream.tell()
    except OSError as error:
        raise KnownError("channel.write_failed", folder=str(staged.parent), file=path[-1][:100]) from error
    if end != size:
        raise KnownError("channel.cut", host=client.url())
