"""What is measured on: the demo school, its package, and an empty centre that it goes to; each made once a run."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path
from types import MappingProxyType

from benchmarks.school_packages import MadeSchool, confirm, make_schools
from shnor_desktop.services.demo import make_demo_school
from shnor_desktop.services.desks import create_centre_desk, open_desk
from shnor_desktop.services.package_files import open_package_file
from shnor_desktop.services.packages import export_package
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.services.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
SHARE = 0.2
"""The part of the demo school that each of many schools has."""
LONGEST_SECONDS = 180
"""What a child of the slowest computer may take: one that hangs must show."""


@dataclass
class Materials:
    """Everything lies in `folder`; keys lie where SHNOR_DATA_DIR says."""

    folder: Path
    packages: int = 100
    """How many schools send a package where many do."""
    _numbers: count[int] = field(default_factory=count)

    @cached_property
    def school(self) -> Path:
        """The store of the demo school, closed; it has exported once, so that its copies keep its replica."""
        path = self.folder / "school.shnor-db"
        workspace = make_demo_school(path, system_clock())
        try:
            self._first_package = export_package(workspace, self.folder / "packages").path
        finally:
            workspace.close()
        return path

    @property
    def package(self) -> Path:
        """A full package of the demo school."""
        return self._first_package if self.school else Path()

    @cached_property
    def sender(self) -> str:
        """The fingerprint of the demo school, as a person would confirm it."""
        return open_package_file(self.package).signer.fingerprint_digits

    @cached_property
    def centre(self) -> Path:
        """The store of a demo centre without schools, closed."""
        path = self.folder / "centre.shnor-db"
        create_centre_desk(path, "72-000", "Учебный центр", system_clock(), is_demo=True).close()
        return path

    @cached_property
    def many(self) -> tuple[MadeSchool, ...]:
        """Packages of many schools, each a fifth of the demo school."""
        now = system_clock().now()
        return tuple(make_schools(self.package, self.folder / "many", self.packages, now, share=SHARE))

    @cached_property
    def knowing_centre(self) -> Path:
        """A demo centre that has confirmed the keys of all of them and has no package yet; closed."""
        path = self.copy_of(self.centre)
        with closing(self.open(path)) as workspace:
            confirm(workspace, self.many)
        return path

    def copy_of(self, store: Path) -> Path:
        """A closed store once more."""
        copy = self.fresh(f"-{store.name}")
        shutil.copyfile(store, copy)
        return copy

    def fresh(self, end: str) -> Path:
        """A path that nobody has used."""
        return self.folder / f"{next(self._numbers)}{end}"

    def open(self, store: Path) -> Workspace:
        """A desk over a store."""
        return open_desk(store, system_clock())


def child(
    *words: str | Path,
    before: Sequence[str] = (),
    variables: Mapping[str, str] = MappingProxyType({}),
    seconds: int = LONGEST_SECONDS,
) -> str:
    """Run a module of the benchmarks in a fresh process; what it printed.

    subprocess.CalledProcessError when it fails, subprocess.TimeoutExpired when it does not end.
    """
    command = [*before, sys.executable, "-m", *(str(word) for word in words)]
    environment = {**os.environ, "PYTHONUTF8": "1", **variables}
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, check=True, timeout=seconds
    )
    return done.stdout
