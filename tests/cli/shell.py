"""A person at the command line: calls `shnor` in this process and reads what it says."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.cli import main


@dataclass(frozen=True, slots=True)
class Shell:
    """Calls commands; `json` is what a program reads, `words` what a person reads."""

    capsys: pytest.CaptureFixture[str]

    def json(self, *words: str | Path) -> tuple[int, Any]:
        """The exit status, and the standard output as JSON: nothing else may stand there or on the error stream."""
        status, out, err = self.words(*words, "--json")
        assert err == ""
        return status, json.loads(out)

    def words(self, *words: str | Path) -> tuple[int, str, str]:
        """The exit status and both outputs."""
        self.capsys.readouterr()
        status = main([str(word) for word in words])
        said = self.capsys.readouterr()
        return status, said.out, said.err


@dataclass(frozen=True, slots=True)
class World:
    """A demo school, the demo centre that knows it, and a package of the school, all in one folder."""

    folder: Path

    @property
    def school(self) -> Path:
        """The store of the school."""
        return self.folder / "school.shnor-db"

    @property
    def centre(self) -> Path:
        """The store of the centre, which has not seen the package."""
        return self.folder / "centre.shnor-db"

    @property
    def package(self) -> Path:
        """The package of the school."""
        return next((self.folder / "packages").glob("*.shnor"))


def is_message(content: Any) -> bool:
    """Whether a refusal says what happened, what it means and what to do, under a code, all filled in."""
    parts = [content[name] for name in ("what", "means", "do")]
    return bool(content["code"]) and all(parts) and "{" not in content["message"] and "…" not in content["message"]
