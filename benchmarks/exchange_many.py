"""Packages of many schools: size, verification and import against the floor of the same run, time and memory as they
grow (P8, P10, P11, P13).

Every school has a fifth of the demo school under its own ids and key. The floor verifies one P-256 signature for the
file and one for each seal, hashes with SHA-256, and puts the same rows into the same kind of store by `executemany`,
one transaction a package. Ours is the run of the import bench in a fresh process, with its survey, its verdicts and
its log.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, Outcome, Unmeasured
from benchmarks.floors import Floor, Rows
from benchmarks.materials import Materials, child
from benchmarks.rounds import seconds
from shnor_desktop.exchange.compression import decompress
from shnor_desktop.exchange.container import read_container
from shnor_desktop.exchange.package import COVER
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.storage.engine import open_connection

VERIFY_GOAL, IMPORT_GOAL, GROWTH_GOAL, SIZE_GOAL = 2.0, 1.8, 1.2, 1.1
_FEW, _SOME = 20, 100
_LONGEST_SECONDS = 3600
_OF_BATCHES = ("log_value", "log_edge")


def measure(materials: Materials, rounds: int) -> list[Outcome]:
    """One run over all packages whatever the rounds: they are the repetition."""
    del rounds
    filled = materials.copy_of(materials.knowing_centre)
    runs = _runs(materials, filled)
    floor, files = Floor.new(), materials.folder / "floors"
    files.mkdir()
    kept = _floor_files(materials, floor, filled, files)
    return [
        *_size(materials, kept),
        *_verification(materials, floor, kept),
        *_import(materials, floor, filled, kept, runs),
        *_growth(len(materials.many), runs),
    ]


def _runs(materials: Materials, filled: Path) -> Mapping[int, Mapping[str, float]]:
    """The run of the bench over few, some and all of the packages; the last one fills a centre that is looked into."""
    folder, every = materials.many[0].path.parent, len(materials.many)
    counts = sorted({min(_FEW, every), min(_SOME, every), every})
    found: dict[int, Mapping[str, float]] = {}
    for count in counts:
        centre = filled if count == every else materials.copy_of(materials.knowing_centre)
        found[count] = json.loads(child("benchmarks.importing", centre, folder, str(count), seconds=_LONGEST_SECONDS))
    return found


def _floor_files(materials: Materials, floor: Floor, filled: Path, files: Path) -> list[Path]:
    with closing(open_connection(filled)) as raw:
        kept = []
        for one in materials.many:
            kept.append(files / f"{one.school}.floor")
            floor.export(raw, one.school, kept[-1])
    return kept


def _size(materials: Materials, kept: list[Path]) -> list[Outcome]:
    count = len(kept)
    covers = [read_container(one.path).entries[COVER].size for one in materials.many]
    whole = sum(one.path.stat().st_size for one in materials.many) / count / 1024
    lowest = sum(path.stat().st_size for path in kept) / count / 1024
    note = "the same log and files by deflate 6"
    return [
        Figure(
            "P8 package without its cover sheet, kB", whole - sum(covers) / count / 1024, lowest, SIZE_GOAL, note=note
        ),
        Figure("   with the cover sheet in PDF, kB", whole, lowest),
    ]


def _verification(materials: Materials, floor: Floor, kept: list[Path]) -> list[Outcome]:
    def verify(path: Path) -> None:
        container = read_container(path)
        for name in container.names:
            data = container.read(name)
            if name.endswith(".gz"):
                decompress(data)

    ours = lowest = 0.0
    for one, path in zip(materials.many, kept, strict=True):  # in turn, so that both share the weather
        ours += seconds(lambda path=one.path: verify(path))  # type: ignore[misc]
        lowest += seconds(lambda path=path: floor.verify(path))  # type: ignore[misc]
    count = len(kept)
    note = f"{count / ours:.0f} packages a second"
    name = f"P10 verification of {count} packages, ms a package"
    return [Figure(name, 1000 * ours / count, 1000 * lowest / count, VERIFY_GOAL, note=note)]


def _import(
    materials: Materials, floor: Floor, filled: Path, kept: list[Path], runs: Mapping[int, Mapping[str, float]]
) -> list[Outcome]:
    lowest, rows = 0.0, 0
    empty = materials.copy_of(materials.knowing_centre)
    with closing(open_connection(filled)) as source, closing(open_connection(empty)) as store:
        for one, path in zip(materials.many, kept, strict=True):
            found = rows_of_school(source, one.school)
            rows += sum(len(part) for part in found.values())
            lowest += seconds(lambda path=path, found=found: floor.take_in(path, store, found))  # type: ignore[misc]
    count = len(kept)
    ours = runs[count]["seconds"]
    interleaved, floor_there = _in_turn(materials, floor, filled, kept)
    note = f"{rows // count} rows a package"
    return [
        Figure(
            f"P11 import of {count} packages, ms a package",
            1000 * ours / count,
            1000 * lowest / count,
            IMPORT_GOAL,
            note=note,
        ),
        Figure(
            f"   the same in turn with the floor, {_FEW} packages",
            interleaved,
            floor_there,
            IMPORT_GOAL,
        ),
    ]


def _in_turn(materials: Materials, floor: Floor, filled: Path, kept: list[Path]) -> tuple[float, float]:
    """Milliseconds a package of few packages, ours and the floor's one after the other."""
    ours = lowest = 0.0
    with (
        closing(open_connection(filled)) as source,
        closing(open_connection(materials.copy_of(materials.knowing_centre))) as store,
        closing(open_desk(materials.copy_of(materials.knowing_centre), system_clock())) as workspace,
    ):
        for one, path in islice(zip(materials.many, kept, strict=True), _FEW):
            found = rows_of_school(source, one.school)
            ours += seconds(lambda path=one.path: import_package(workspace, path))  # type: ignore[misc]
            lowest += seconds(lambda path=path, found=found: floor.take_in(path, store, found))  # type: ignore[misc]
    return 1000 * ours / _FEW, 1000 * lowest / _FEW


def _growth(every: int, runs: Mapping[int, Mapping[str, float]]) -> Iterator[Outcome]:
    some, few = min(_SOME, every), min(_FEW, every)
    before = some if every > some else few
    for kind, words in (("seconds", "ms"), ("work", "ms of work of the processor")):
        name = f"P13 import at {every} packages against {before}, {words} a package"
        yield Figure(name, 1000 * runs[every][kind] / every, 1000 * runs[before][kind] / before, GROWTH_GOAL)
    name = f"P13 memory at {every} packages against {few}, MB RSS"
    if not runs[every]["peak"]:
        yield Unmeasured(name, "this system does not tell the peak of a process's memory")
        return
    yield Figure(name, runs[every]["peak"] / 1024, runs[few]["peak"] / 1024, GROWTH_GOAL)


def rows_of_school(store: Any, school: str) -> Rows:
    """Every row of a store that belongs to a school, by table."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    tables = [name for (name,) in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        columns = {row[1] for row in store.execute(f'PRAGMA table_info("{table}")')}
        by = next((column for column in ("school", "school_id") if column in columns), None)
        if by is not None:
            query = f'SELECT * FROM "{table}" WHERE "{by}" = ?'
        elif table in _OF_BATCHES:
            query = f'SELECT * FROM "{table}" WHERE batch IN (SELECT name FROM log_batch WHERE school = ?)'
        else:
            continue
        rows = store.execute(query, (school,)).fetchall()
        if rows:
            found[table] = rows
    return found
