"""The system's own dialogs for files and folders, with our words."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_file(parent: QWidget, title: str, pattern: str, folder: Path | None = None) -> Path | None:
    """One existing file; `pattern` as «Книги Excel (*.xlsx *.xls)»; None if nothing was chosen."""
    name, _ = QFileDialog.getOpenFileName(parent, title, str(folder or ""), pattern)
    return Path(name) if name else None


def choose_files(parent: QWidget, title: str, pattern: str, folder: Path | None = None) -> list[Path]:
    """Existing files; empty if nothing was chosen."""
    names, _ = QFileDialog.getOpenFileNames(parent, title, str(folder or ""), pattern)
    return [Path(name) for name in names]


def choose_save(parent: QWidget, title: str, pattern: str, suggested: Path) -> Path | None:
    """Where to write a file; the system asks before one is replaced."""
    name, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), pattern)
    return Path(name) if name else None


def choose_folder(parent: QWidget, title: str, folder: Path | None = None) -> Path | None:
    """A folder, for packages or documents."""
    name = QFileDialog.getExistingDirectory(parent, title, str(folder or ""))
    return Path(name) if name else None
