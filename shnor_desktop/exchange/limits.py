"""What a package may be at most: refused before anything of it is read, so that no file can fill memory or disk."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Upper bounds in bytes or counts; the writer keeps to the same as the reader."""

    total_bytes: int = 512 * MEBIBYTE
    member_bytes: int = 128 * MEBIBYTE
    members: int = 5_000
    name_length: int = 120
    manifest_bytes: int = 2 * MEBIBYTE
    signature_bytes: int = 16 * 1024
    qualified_bytes: int = 256 * 1024


DEFAULT_LIMITS = Limits()
