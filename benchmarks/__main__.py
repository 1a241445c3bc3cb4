"""`python -m benchmarks [--rounds 7] [--json FILE] [--packages 100] [NAME…]`: measure, print a table.

Also one line of JSON per figure.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.figures import Figure, Outcome, markdown, table
from benchmarks.materials import Materials
from benchmarks.subjects import SUBJECTS


def main() -> int:
    """Exit status 0 when every goal is reached, 1 when one is not, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Each figure against its floor, in the same run.")
    parser.add_argument("--rounds", type=int, default=7, help="interleaved rounds whose medians are told (7)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write one JSON line per figure to this file")
    parser.add_argument("--markdown", action="store_true", help="print the table as the README has it")
    parser.add_argument("--packages", type=int, default=100, help="schools that send a package in «exchange» (100)")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"only these: {', '.join(SUBJECTS)}")
    given = parser.parse_args()
    if unknown := set(given.names) - set(SUBJECTS):
        parser.error(f"no such figures: {', '.join(sorted(unknown))}")
    if given.rounds < 1:
        parser.error("at least one round")
    if given.packages < 20:
        parser.error("at least twenty packages")
    with tempfile.TemporaryDirectory(prefix="shnor-bench-", ignore_cleanup_errors=True) as folder:
        os.environ["SHNOR_DATA_DIR"] = str(Path(folder) / "user")
        os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"  # not that of who measures
        # An installed program is compiled once; whoever develops it may have told Python to keep no bytecode.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder) / "bytecode")
        outcomes = _measure(Materials(Path(folder), given.packages), given.names or list(SUBJECTS), given.rounds)
    figures = [outcome for outcome in outcomes if isinstance(outcome, Figure)]
    lines = "".join(figure.json_line() + "\n" for figure in figures)
    print(markdown(outcomes) if given.markdown else table(outcomes), lines, sep="\n\n", end="")
    if given.json is not None:
        given.json.write_text(lines, "utf-8")
    return 1 if any(figure.passed is False for figure in figures) else 0


def _measure(materials: Materials, names: list[str], rounds: int) -> list[Outcome]:
    outcomes: list[Outcome] = []
    for name in names:
        print(f"{name}…", file=sys.stderr, flush=True)
        outcomes += SUBJECTS[name](materials, rounds)
    return outcomes


if __name__ == "__main__":
    sys.exit(main())
