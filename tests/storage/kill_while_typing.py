"""Kill typing processes over one store and count the acknowledged edits that are lost: none may be.

python -m tests.storage.kill_while_typing [--kills 500] [--seed 1]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from tests.storage.killed_typists import kill_again_and_again


def main() -> int:
    """0 when nothing was lost; an AssertionError names what was."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        ledger = kill_again_and_again(Path(folder), asked.kills, asked.seed)
    seconds = time.perf_counter() - started
    print(f"{ledger.kills} kills, {len(ledger.names)} acknowledged edits, 0 lost; {seconds:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
