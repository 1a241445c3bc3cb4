"""Make the corpus of packages anew: the same bytes each time.

    python -m tests.packages.make_corpus [--check]

`valid`, `invalid` and `tampered` hold the packages, `expected.json` what must become of each: code and cause of
`shnor package verify` and of the import at the centre that `first.shnor` introduced the school to. With `--check`
nothing is written, and the status is 1 where a file differs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.packages.broken_archives import archive_vectors
from tests.packages.broken_contents import content_vectors
from tests.packages.broken_signatures import list_vectors, signature_vectors
from tests.packages.judged_packages import first_package, judged_vectors
from tests.packages.vector import Vector

FOLDER = Path(__file__).resolve().parent
EXPECTED, FIRST = "expected.json", "first.shnor"
FOLDERS = ("valid", "invalid", "tampered")


def vectors() -> Iterator[Vector]:
    """Every package of the corpus."""
    yield from archive_vectors()
    yield from signature_vectors()
    yield from list_vectors()
    yield from content_vectors()
    yield from judged_vectors()


def corpus() -> dict[str, bytes]:
    """Every file of the corpus by its path."""
    found = {vector.file: vector for vector in vectors()}
    expected = [
        {
            "file": vector.file,
            "family": vector.family,
            "verify": dict(zip(("code", "cause"), vector.verify, strict=True)),
            "import": {"code": vector.code, "cause": vector.cause, "notes": list(vector.notes)},
        }
        for _, vector in sorted(found.items())
    ]
    text = json.dumps(expected, ensure_ascii=False, indent=1) + "\n"
    return {EXPECTED: text.encode(), FIRST: first_package(), **{name: one.data for name, one in found.items()}}


def differing(files: dict[str, bytes]) -> list[str]:
    """The files that are not as they are made now, that are missing or that nobody makes."""
    there = {path.relative_to(FOLDER).as_posix() for name in FOLDERS for path in (FOLDER / name).glob("*")}
    wrong = {name for name, data in files.items() if not _is(FOLDER / name, data)}
    return sorted(wrong | (there - files.keys()))


def main() -> int:
    """Write the corpus, or compare it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, compare")
    asked = parser.parse_args()
    files = corpus()
    wrong = differing(files)
    if not asked.check:
        for name in wrong:
            path = FOLDER / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(files[name]) if name in files else path.unlink()
    print(f"{len(files) - 2} packages, {sum(map(len, files.values()))} bytes, {len(wrong)} differ")
    return 1 if wrong and asked.check else 0


def _is(path: Path, data: bytes) -> bool:
    return path.is_file() and path.read_bytes() == data


if __name__ == "__main__":
    sys.exit(main())
