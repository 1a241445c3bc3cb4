"""Damage a store in many places, one at a time, and count the damages that change what it says and are not found.

python -m tests.storage.damage_every_byte [--count 10000] [--seed 1]
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from itertools import islice, repeat
from pathlib import Path

from tests.storage.damaged_stores import content, flipped, hurt_pages, judge
from tests.storage.sample_store import sample_bytes


def damage(data: bytes, seed: int, count: int) -> tuple[int, list[str]]:
    """(damages that changed the content, those of them that nobody noticed) out of `count`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "school.db"
        path.write_bytes(data)
        original = content(path)
        flips = ((f"byte {offset}, bit {bit}", hurt) for offset, bit, hurt in flipped(data, seed))
        tried = [*islice(flips, count - count // 10), *islice(hurt_pages(data, seed), count // 10)]
        changed, missed = 0, []
        for what, damaged in tried:
            verdict = judge(damaged, path, original)
            changed += verdict.changes_content
            if verdict.is_missed:
                missed.append(what)
        return changed, missed


def main() -> int:
    """0 when every damage that changed the content was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    started = time.perf_counter()
    data = sample_bytes()
    shares = max(1, asked.count // 100)
    sizes = [asked.count // shares] * shares
    seeds = range(asked.seed * 1_000_000, asked.seed * 1_000_000 + shares)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        results = list(pool.map(damage, repeat(data), seeds, sizes))
    missed = [what for _, found in results for what in found]
    print(*missed, sep="\n", end="\n" if missed else "")
    changed = sum(number for number, _ in results)
    seconds = time.perf_counter() - started
    print(f"{sum(sizes)} damages, {changed} changed the content, {len(missed)} were missed; {seconds:.0f} s")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
