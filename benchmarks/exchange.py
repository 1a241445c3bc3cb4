"""Export, verification and import of the demo school against their floors (P9, P10, P11)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.figures import Figure, Outcome, median
from benchmarks.floors import Floor, rows_of
from benchmarks.materials import Materials
from benchmarks.rounds import interleaved, milliseconds
from shnor_desktop.exchange.compression import decompress
from shnor_desktop.exchange.container import read_container
from shnor_desktop.services.arrivals import VerdictCode, import_package
from shnor_desktop.services.check import check
from shnor_desktop.services.package_files import open_package_file
from shnor_desktop.services.packages import export_package
from shnor_desktop.storage.engine import open_connection

EXPORT_GOAL, VERIFY_GOAL, IMPORT_GOAL = 1.6, 2.0, 1.8
LONGEST_VERIFICATION_MS = 1000 / 40  # 40 packages a second


def export_figures(materials: Materials, rounds: int) -> list[Outcome]:
    """A full package, as «Выгрузить» makes it: the check before it and the cover sheet in it are part of the figure."""
    path = materials.copy_of(materials.school)
    floor = Floor.new()
    with closing(materials.open(path)) as workspace, closing(open_connection(path)) as raw:
        school, folder = workspace.school, materials.fresh("-exports")
        subjects: dict[str, Callable[[], float]] = {
            "ours": lambda: milliseconds(lambda: export_package(workspace, folder, full=True)),
            "check": lambda: milliseconds(lambda: check(workspace)),
            "floor": lambda: milliseconds(lambda: floor.export(raw, school, materials.fresh(".floor"))),
        }
        interleaved(1, subjects)
        found = interleaved(rounds, subjects)
    lowest = median(found["floor"])
    return [
        Figure("P9 export, ms", median(found["ours"]), lowest, EXPORT_GOAL),
        Figure("   of it «Проверка», ms", median(found["check"]), lowest),
    ]


def verify_figures(materials: Materials, rounds: int) -> list[Outcome]:
    """Signature, layout, digests, unpacked log; then the same as `package verify` does, with the contents read."""
    package = materials.package
    floor, plain = _floor_file(materials)

    def verify() -> None:
        container = read_container(package)
        for name in container.names:
            data = container.read(name)
            if name.endswith(".gz"):
                decompress(data)

    subjects: dict[str, Callable[[], float]] = {
        "ours": lambda: milliseconds(verify),
        "read": lambda: milliseconds(lambda: open_package_file(package)),
        "floor": lambda: milliseconds(lambda: floor.verify(plain)),
    }
    interleaved(1, subjects)
    found = interleaved(rounds, subjects)
    ours, lowest = median(found["ours"]), median(found["floor"])
    size = package.stat().st_size / 1024
    note = f"{1000 / ours:.0f} packages of {size:.0f} kB a second; goal 40"
    return [
        Figure("P10 verification, ms", ours, lowest, VERIFY_GOAL),
        Figure(
            "P10 verification of a package, ms", ours, lowest, LONGEST_VERIFICATION_MS, bounds_value=True, note=note
        ),
        Figure("   with the contents read, ms", median(found["read"]), lowest),
    ]


def import_figures(materials: Materials, rounds: int) -> list[Outcome]:
    """A full package into a centre that had nothing of the school."""
    floor, plain = _floor_file(materials)
    filled = materials.copy_of(materials.centre)
    _import(materials, filled)
    rows = rows_of(filled, materials.centre)

    def take_in_floor() -> float:
        with closing(open_connection(materials.copy_of(materials.centre))) as store:
            return milliseconds(lambda: floor.take_in(plain, store, rows))

    subjects: dict[str, Callable[[], float]] = {
        "ours": lambda: _import(materials, materials.copy_of(materials.centre)),
        "floor": take_in_floor,
    }
    found = interleaved(rounds, subjects)
    note = f"{sum(len(found) for found in rows.values())} rows"
    return [Figure("P11 import, ms", median(found["ours"]), median(found["floor"]), IMPORT_GOAL, note=note)]


def _import(materials: Materials, centre: Path) -> float:
    with closing(materials.open(centre)) as workspace:
        verdicts = []
        spent = milliseconds(
            lambda: verdicts.append(import_package(workspace, materials.package, trust=materials.sender))
        )
    if verdicts[0].code not in (VerdictCode.ACCEPTED, VerdictCode.ACCEPTED_WITH_REMARKS):
        raise RuntimeError(f"the package was not accepted: {verdicts[0].message}")
    return spent


def _floor_file(materials: Materials) -> tuple[Floor, Path]:
    """The file that the floor makes of the demo school."""
    floor, path = Floor.new(), materials.fresh(".floor")
    with closing(materials.open(materials.copy_of(materials.school))) as workspace:
        export_package(workspace, materials.fresh("-sealed"), full=True)
        with closing(open_connection(workspace.store.path)) as raw:
            floor.export(raw, workspace.school, path)
    return floor, path
