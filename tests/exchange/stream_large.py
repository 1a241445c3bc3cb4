"""Write and read a package with scans in one process, and say how much memory that took.

    python -m tests.exchange.stream_large [--megabytes 300] [--members 20]

The scans are made on the way, in pieces; nothing of them lies in memory or in a file of its own.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from shnor_desktop.exchange.container import Member, read_container, write_container
from tests.exchange.sample import NOW, identity

PIECE = 1 << 16
MEBIBYTE = 1 << 20


def scan(number: int, size: int) -> Callable[[], Iterator[bytes]]:
    """A scan of `size` bytes that reads in pieces, the same each time."""

    def pieces() -> Iterator[bytes]:
        left = size
        block = hashlib.shake_256(str(number).encode()).digest(PIECE)
        while left > 0:
            yield block[:left]
            left -= PIECE

    return pieces


def peak() -> int:
    """The most memory that this process had, in mebibytes; `ru_maxrss` would be that of the process before it."""
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))[0]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main() -> int:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--members", type=int, default=20)
    asked = parser.parse_args()
    size = asked.megabytes * MEBIBYTE // asked.members
    members = [Member(f"data/scan{number}", scan(number, size)) for number in range(asked.members)]
    before = peak()
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        written = write_container(Path(folder) / "large.shnor", members, identity(), NOW)
        between = time.perf_counter()
        container = read_container(written.path)
        digests = [hashlib.sha256() for _ in members]
        for digest, name in zip(digests, sorted(member.name for member in members), strict=True):
            for chunk in container.chunks(name):
                digest.update(chunk)
        ended = time.perf_counter()
    found = {
        "megabytes": written.size // MEBIBYTE,
        "peak_mb": peak(),
        "grown_mb": peak() - before,
        "write_s": round(between - started, 2),
        "read_s": round(ended - between, 2),
    }
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
