"""A fresh process takes a folder of packages in, as the import bench does, and says how long and in how much memory.

`python -m benchmarks.importing CENTRE FOLDER COUNT` prints JSON: seconds, seconds of
work of the processor, the peak of the memory in kilobytes.
"""

from __future__ import annotations

import json
import sys
import time
from contextlib import closing
from pathlib import Path

from shnor_desktop.services import import_bench
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.this_computer import system_clock


def main() -> None:
    """Open the centre, take in the first packages of the folder, in the order of their names."""
    centre, folder, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
    files = sorted(folder.iterdir())[:count]
    with closing(open_desk(centre, system_clock())) as workspace:
        began, worked = time.perf_counter(), time.process_time()
        result = import_bench.run(workspace, files)
        spent, work = time.perf_counter() - began, time.process_time() - worked
    if not result.is_fine or len(result.judged) != count:
        raise RuntimeError(f"not every package was taken in: {result.judged[0].verdict.message}")
    print(json.dumps({"seconds": spent, "work": work, "peak": _peak()}))


def _peak() -> int:
    """The largest memory that this process had, in kilobytes; zero where the system does not tell."""
    if sys.platform == "win32":
        return 0
    import resource  # not on Windows

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


if __name__ == "__main__":
    main()
