"""Judge files in a process of its own, for a test that measures it: time of the slowest in seconds, and memory.

python -m tests.packages.judge_bombs FILE…
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.package_files import open_package_file
from tests.exchange.stream_large import peak


def main() -> int:
    """Print the figures as JSON; anything but a KnownError goes through."""
    before, slowest = peak(), 0.0
    for name in sys.argv[1:]:
        started = time.perf_counter()
        try:
            open_package_file(Path(name))
        except KnownError:
            slowest = max(slowest, time.perf_counter() - started)
    print(json.dumps({"slowest_s": round(slowest, 3), "peak_mb": peak(), "grown_mb": peak() - before}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
