"""The `age` of Debian, which nobody here wrote."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path


def decrypt_by_age(data: bytes, secret: str) -> bytes:
    """Decrypt with an X25519 secret."""
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder, "key")
        key.write_text(secret + "\n", encoding="ascii")
        command = ["age", "--decrypt", "--identity", str(key)]
        return subprocess.run(command, input=data, capture_output=True, check=True).stdout
