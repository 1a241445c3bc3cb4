"""Where things lie: the resources of the program and the folder of the user."""

from __future__ import annotations

import os
import sys
from pathlib import Path

DATA_FOLDER = "SHNOR_DATA_DIR"
"""Environment variable that moves the folder of the user: for a portable copy on a flash drive, and for tests."""


def resource(*parts: str) -> Path:
    """A file or folder of `resources/`, in the installed program or in the repository."""
    bundle = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return root.joinpath("resources", *parts)


def data_folder_was_moved() -> bool:
    """Whether the user put the folder elsewhere, on a flash drive for example."""
    return bool(os.environ.get(DATA_FOLDER))


def data_folder() -> Path:
    """The folder of this user's profile, stores, backups and log; it may not exist yet."""
    moved = os.environ.get(DATA_FOLDER)
    if moved:
        return Path(moved)
    import platformdirs  # 16 ms: only when a folder is asked for

    return Path(platformdirs.user_data_path("shnor-desktop", appauthor=False))
