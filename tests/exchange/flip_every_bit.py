"""Flip every bit of a package, one at a time, and count how many of the damaged files are accepted.

    python -m tests.exchange.flip_every_bit FILE [--payload-bits 8]

Bytes outside the data members (headers, manifest, signature, directory) get all eight flips, bytes of the data
members `--payload-bits` of them. Each damaged file goes through the whole reader, on all cores.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.container import VerifiedContainer, read_container_bytes

Flip = tuple[int, int]
"""Offset of the byte and number of the bit."""


def payload_offsets(container: VerifiedContainer) -> set[int]:
    """Offsets of the bytes of the data members."""
    found: set[int] = set()
    for entry in container.entries.values():
        found.update(range(entry.data_offset, entry.end))
    return found


def flips(data: bytes, payload_bits: int = 8, payload_step: int = 1) -> Iterator[Flip]:
    """Eight flips of each structural byte, `payload_bits` of every `payload_step`-th byte of the data members."""
    payload = payload_offsets(read_container_bytes(data))
    for offset in range(len(data)):
        if offset not in payload:
            yield from ((offset, bit) for bit in range(8))
        elif offset % payload_step == 0:
            yield from ((offset, (offset // payload_step + bit) % 8) for bit in range(payload_bits))


def accepted_flips(data: bytes, wanted: Iterator[Flip] | list[Flip]) -> list[Flip]:
    """Those of the flips after which the package is still accepted; anything but a KnownError goes through."""
    damaged = bytearray(data)
    accepted = []
    for offset, bit in wanted:
        damaged[offset] ^= 1 << bit
        try:
            read_container_bytes(bytes(damaged))
        except KnownError:
            pass
        else:
            accepted.append((offset, bit))
        damaged[offset] ^= 1 << bit
    return accepted


def flip_every_bit(path: Path, payload_bits: int = 8) -> tuple[int, int]:
    """(flips tried, flips accepted) for a package file."""
    data = path.read_bytes()
    wanted = list(flips(data, payload_bits))
    cores = os.cpu_count() or 1
    shares = [wanted[start :: cores * 8] for start in range(cores * 8)]
    with ProcessPoolExecutor(cores) as pool:
        accepted = [flip for share in pool.map(accepted_flips, repeat(data), shares) for flip in share]
    for offset, bit in accepted:
        print(f"accepted: byte {offset}, bit {bit}")
    return len(wanted), len(accepted)


def main() -> int:
    """0 when every damaged file is refused, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--payload-bits", type=int, choices=range(1, 9), default=8, metavar="1..8")
    asked = parser.parse_args()
    started = time.perf_counter()
    tried, accepted = flip_every_bit(asked.file, asked.payload_bits)
    seconds = time.perf_counter() - started
    print(f"{tried} flips of {asked.file.stat().st_size} bytes, {accepted} accepted, {tried / seconds:.0f} a second")
    return 1 if accepted else 0


if __name__ == "__main__":
    sys.exit(main())
