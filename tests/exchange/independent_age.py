"""The `age` of Debian, which nobody here wrote."""

from __future__ import annotations

import os
import pty
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path


def decrypt_by_age(data: bytes, secret: str) -> bytes:
    """Decrypt with an X25519 secret."""
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder, "key")
        key.write_text(secret + "\n", encoding="ascii")
        command = ["age", "--decrypt", "--identity", str(key)]
        return subprocess.run(command, input=data, capture_output=True, check=True).stdout


def decrypt_by_age_with_passphrase(data: bytes, passphrase: str) -> bytes:
    """Decrypt with a passphrase, which `age` asks for at a terminal."""
    with tempfile.TemporaryDirectory() as folder:
        closed, opened = Path(folder, "closed"), Path(folder, "opened")
        closed.write_bytes(data)
        child, terminal = pty.fork()
        if not child:
            os.execvp("age", ["age", "--decrypt", "--output", str(opened), str(closed)])
        said = b""
        while b"passphrase" not in said:
            said += os.read(terminal, 1024)
        os.write(terminal, passphrase.encode() + b"\n")
        with suppress(OSError):  # the terminal of a process that has ended
            while os.read(terminal, 1024):
                pass
        os.waitpid(child, 0)
        os.close(terminal)
        return opened.read_bytes()
