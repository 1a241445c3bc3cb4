"""A first look at many packages: each is verified, then they are put in order, and twins and elder ones are seen.

Of a file only a few words are kept, so that a thousand cost no more memory than twenty. Two are verified at a time:
hashing and signatures leave the interpreter free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.package import read_manifest
from shnor_desktop.services.arrivals import open_container, verdict_on_failure
from shnor_desktop.services.verdicts import Verdict
from shnor_desktop.services.workspace import Workspace

Watch = Callable[[int, int, str], bool]
"""Told how many of how many are done and what is at hand; whether to go on."""
_AT_ONCE = 2
_PART = 16


@dataclass(frozen=True, slots=True)
class Surveyed:
    """What a file says of itself, its signature verified; or the verdict on one that is no sound package."""

    file: Path
    place: int = 0
    """Which of the files that were given it is."""
    package: str = ""
    """SHA-256 of the container: equal for a copy under another name."""
    school: str = ""
    fingerprint: str = ""
    code: str = ""
    number: int = 0
    made_at: str = ""
    refusal: Verdict | None = None
    has_newer: bool = False
    """A later package of the same sender about the same school lies beside it."""


def unwatched(_done: int, _total: int, _words: str) -> bool:
    """Nobody watches: go on."""
    return True


def survey(workspace: Workspace, files: Sequence[Path], watch: Watch = unwatched) -> list[Surveyed] | None:
    """Look at every file; in the order in which they are best taken in. None when the watcher stopped it."""
    found: list[Surveyed] = []
    waiting = iter(files)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        while part := list(islice(waiting, _PART)):
            if not watch(len(found), len(files), part[0].name):
                return None
            found += pool.map(lambda file: look_at(workspace, file), part)
    return in_order(replace(one, place=place) for place, one in enumerate(found))


def look_at(workspace: Workspace, file: Path) -> Surveyed:
    """Verify a file and read what it says of itself."""
    try:
        container = open_container(workspace, file)
        manifest = read_manifest(container)
    except KnownError as error:
        return Surveyed(file, refusal=verdict_on_failure(file, error))
    signer = container.signer
    return Surveyed(
        file,
        package=container.sha256,
        school=manifest.school,
        fingerprint=signer.fingerprint,
        code=signer.code,
        number=manifest.number,
        made_at=manifest.made_at,
    )


def in_order(found: Iterable[Surveyed]) -> list[Surveyed]:
    """By sender and number; what is no package comes last. Whatever the order, the data end the same."""
    ordered = sorted(found, key=_place)
    newest: dict[tuple[str, str], int] = {}
    for one in ordered:
        newest[one.school, one.fingerprint] = max(one.number, newest.get((one.school, one.fingerprint), 0))
    return [replace(one, has_newer=one.number < newest[one.school, one.fingerprint]) for one in ordered]


def _place(one: Surveyed) -> tuple[object, ...]:
    return (
        one.refusal is not None,
        one.code,
        one.school,
        one.fingerprint,
        one.number,
        one.made_at,
        str(one.file),
        one.place,
    )


def related(ordered: Sequence[Surveyed]) -> list[list[Surveyed]]:
    """Groups of which none can change the verdicts of another: no school, key or code in common."""
    leader: dict[str, str] = {}

    def find(name: str) -> str:
        while leader.setdefault(name, name) != name:
            leader[name] = name = leader[leader[name]]
        return name

    for one in ordered:
        names = [f"school {one.school}", f"key {one.fingerprint}", f"code {one.code}"]
        for name in names[1:]:
            leader[find(name)] = find(names[0])
    groups: dict[str, list[Surveyed]] = {}
    for one in ordered:
        name = f"file {one.place}" if one.refusal is not None else find(f"school {one.school}")
        groups.setdefault(name, []).append(one)
    return list(groups.values())
