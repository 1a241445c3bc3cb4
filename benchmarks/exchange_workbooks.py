"""What people do instead of packages: the same rows of many schools put together from workbooks (P12).

Twenty workbooks, one a school, a sheet for each table: every row that the package leads to, its history too, and beside
it the rows alone as they stand, which is what people send today. What every reader finds goes into one SQLite table, in
one transaction a workbook. No reader verifies who sent what, refuses a workbook that came twice, or merges. LibreOffice
is asked once for all workbooks, and once for each of a few; it only turns them into text, which is then read.
"""

from __future__ import annotations

import csv
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks.exchange_many import rows_of_school
from benchmarks.figures import Figure, Outcome, Unmeasured, median
from benchmarks.floors import Rows
from benchmarks.materials import Materials
from benchmarks.rounds import interleaved, milliseconds
from shnor_desktop.models.registry import entities
from shnor_desktop.services.import_bench import run
from shnor_desktop.storage.engine import open_connection

_BOOKS, _ALONE = 20, 3
_SIZE = 0.45
_LONGEST_CELL = 32_000
_SECONDS = 300
_OPENPYXL, _CALAMINE, _OFFICE, _OFFICE_ALONE = 8.0, 1.5, 3.0, 4.0
_SHEET_AS_TEXT = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"


def measure(materials: Materials, rounds: int) -> list[Outcome]:
    """Milliseconds a school; the goal bounds our share of the time of each of the others."""
    schools = materials.many[:_BOOKS]
    books, plain, count = _write_books(materials)
    subjects: dict[str, Callable[[], float]] = {
        "ours": lambda: _ours(materials) / len(schools),
        "openpyxl": lambda: _put_together(books, _by_openpyxl) / len(books),
        "calamine": lambda: _put_together(books, _by_calamine) / len(books),
        "openpyxl, rows alone": lambda: _put_together(plain, _by_openpyxl) / len(plain),
        "calamine, rows alone": lambda: _put_together(plain, _by_calamine) / len(plain),
    }
    office = shutil.which("soffice")
    if office is not None:
        subjects["office"] = lambda: _by_office(office, books) / len(books)
        subjects["office alone"] = lambda: sum(_by_office(office, [book]) for book in books[:_ALONE]) / _ALONE
    times = {name: median(found) for name, found in interleaved(min(rounds, 3), subjects).items()}
    outcomes: list[Outcome] = [
        _size(materials, books),
        *_against(times, f"{count} rows a school in {len(books)} workbooks"),
    ]
    if office is None:
        outcomes.append(Unmeasured("P12 import against LibreOffice", "soffice is not installed here"))
    return outcomes


def _size(materials: Materials, books: list[Path]) -> Figure:
    package = sum(one.path.stat().st_size for one in materials.many[:_BOOKS]) / _BOOKS / 1024
    book = sum(path.stat().st_size for path in books) / len(books) / 1024
    return Figure("P8 package against the workbook of its rows, kB", package, book, _SIZE)


def _against(times: Mapping[str, float], note: str) -> Iterator[Figure]:
    ours = times["ours"]
    yield Figure("P12 import against openpyxl, ms", ours, times["openpyxl"], 1 / _OPENPYXL, note=note)
    yield Figure("P12 import against calamine, ms", ours, times["calamine"], 1 / _CALAMINE)
    if "office" in times:
        yield Figure("P12 import against LibreOffice, one process, ms", ours, times["office"], 1 / _OFFICE)
        yield Figure("P12 import against LibreOffice, each file, ms", ours, times["office alone"], 1 / _OFFICE_ALONE)
    for name in ("openpyxl", "calamine"):
        yield Figure(f"   {name}, only the rows as they stand, ms", ours, times[f"{name}, rows alone"])


def _ours(materials: Materials) -> float:
    files = [one.path for one in materials.many[:_BOOKS]]
    with closing(materials.open(materials.copy_of(materials.knowing_centre))) as workspace:
        return milliseconds(lambda: run(workspace, files))


def _write_books(materials: Materials) -> tuple[list[Path], list[Path], int]:
    """A workbook of each school with every row that its package leads to, one with the rows as they stand now, and how
    many rows the first has."""
    folder = materials.folder / "workbooks"
    folder.mkdir()
    filled = materials.copy_of(materials.knowing_centre)
    with closing(materials.open(filled)) as workspace:
        run(workspace, [one.path for one in materials.many[:_BOOKS]])
    tables = {info.cls.__tablename__ for info in entities().values()}
    whole, plain, rows = [], [], 0
    with closing(open_connection(filled)) as store:
        for number, one in enumerate(materials.many[:_BOOKS]):
            found = {name: part for name, part in rows_of_school(store, one.school).items() if name != "blob"}
            rows += sum(map(len, found.values()))
            whole.append(_write_book(folder / f"whole{number}.xlsx", found))
            now = {name: part for name, part in found.items() if name in tables}
            plain.append(_write_book(folder / f"now{number}.xlsx", now))
    return whole, plain, rows // len(whole)


def _write_book(path: Path, rows: Rows) -> Path:
    from openpyxl import Workbook  # only for this figure

    book = Workbook(write_only=True)
    for table, found in rows.items():
        sheet = book.create_sheet(table[:31])
        for row in found:
            sheet.append([_cell(value) for value in row])
    book.save(path)
    return path


def _cell(value: Any) -> Any:
    if not isinstance(value, bytes):
        return value
    text = value.decode("utf-8", "replace")
    return text[:_LONGEST_CELL] if text.isprintable() else value.hex()[:_LONGEST_CELL]


def _put_together(books: Iterable[Path], read: Callable[[Path], Iterator[list[Any]]]) -> float:
    with tempfile.TemporaryDirectory() as folder, closing(open_connection(Path(folder) / "all.db")) as store:
        store.execute("CREATE TABLE row (book TEXT, sheet TEXT, data TEXT)")

        def work() -> None:
            for book in books:
                store.execute("BEGIN IMMEDIATE")
                rows = (
                    (book.name, row[0], "\t".join("" if v is None else str(v) for v in row[1:])) for row in read(book)
                )
                store.executemany("INSERT INTO row VALUES (?, ?, ?)", rows)
                store.execute("COMMIT")

        return milliseconds(work)


def _by_openpyxl(book: Path) -> Iterator[list[Any]]:
    from openpyxl import load_workbook  # as above

    opened = load_workbook(book, read_only=True)
    for sheet in opened.worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield [sheet.title, *row]
    opened.close()


def _by_calamine(book: Path) -> Iterator[list[Any]]:
    from python_calamine import CalamineWorkbook  # as above

    opened = CalamineWorkbook.from_path(str(book))
    for name in opened.sheet_names:
        for row in opened.get_sheet_by_name(name).to_python():
            yield [name, *row]


def _by_csv(file: Path) -> Iterator[list[Any]]:
    with file.open(encoding="utf-8", newline="") as stream:
        for row in csv.reader(stream):
            yield [file.stem, *row]


def _by_office(office: str, books: list[Path]) -> float:
    """Workbooks become text by one process, then the text is put together."""
    with tempfile.TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [office, profile, "--headless", "--convert-to", _SHEET_AS_TEXT, "--outdir", f"{folder}/out"]

        def convert() -> None:
            subprocess.run([*command, *map(str, books)], check=True, capture_output=True, timeout=_SECONDS)

        subprocess.run([*command, str(books[0])], check=True, capture_output=True, timeout=_SECONDS)  # the profile
        return milliseconds(convert) + _put_together(sorted(Path(folder, "out").glob("*.csv")), _by_csv)
