"""One autosaved edit: how often it waits for the disk, and how long against a bare write of 4 kB with fsync (P7)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.edits import one_edit
from benchmarks.figures import Figure, Outcome, Unmeasured, median, share
from benchmarks.materials import Materials, child
from benchmarks.rounds import interleaved, seconds

FSYNC_GOAL, MIDDLE_GOAL, TAIL_GOAL = 1.0, 5.0, 10.0
EDITS_A_ROUND = 100
_MARK = re.compile(r'\baccess\("edit-(\w+)"|\bfaccessat2?\(AT_FDCWD, "edit-(\w+)"')
_SYNC = re.compile(r"\bf(?:data)?sync\(\d+<([^>]*)>")


def measure(materials: Materials, rounds: int, edits: int = EDITS_A_ROUND) -> list[Outcome]:
    """Fsyncs by strace, then times in this process."""
    return [_fsyncs(materials, edits), *times(materials, rounds, edits)]


def times(materials: Materials, rounds: int, edits: int) -> list[Outcome]:
    workspace = materials.open(materials.copy_of(materials.school))
    plain = materials.fresh(".bare").open("wb", buffering=0)
    try:
        edit = one_edit(workspace)
        edit()
        subjects: dict[str, Callable[[], float]] = {
            "edit": lambda: 1000 * seconds(edit),
            "bare": lambda: 1000 * seconds(lambda: _bare_write(plain.fileno())),
        }
        found = interleaved(rounds * edits, subjects)
    finally:
        plain.close()
        workspace.close()
    ours, bare = found["edit"], found["bare"]
    return [
        Figure("P7 autosaved edit, p50, ms", median(ours), median(bare), MIDDLE_GOAL),
        Figure("P7 autosaved edit, p99, ms", share(ours, 99), share(bare, 99), TAIL_GOAL),
    ]


def _bare_write(descriptor: int) -> None:
    os.write(descriptor, b"\x55" * 4096)
    os.fsync(descriptor)


def _fsyncs(materials: Materials, edits: int) -> Outcome:
    """The fsyncs of an edit; those that fold the write-ahead file into the store come every thousand pages."""
    name = "P7 fsyncs of an edit"
    if shutil.which("strace") is None:
        return Unmeasured(name, "no strace on this computer")
    trace = materials.fresh(".strace")
    before = ("strace", "-f", "-y", "-e", "trace=fsync,fdatasync,access,faccessat,faccessat2", "-o", str(trace))
    try:
        child("benchmarks.edits", materials.copy_of(materials.school), str(edits), before=before)
    except subprocess.CalledProcessError as error:
        return Unmeasured(name, f"strace may not trace here (status {error.returncode})")
    return judged(name, _synced_files(trace))


def judged(name: str, synced: list[list[str]]) -> Figure:
    """Every thousand pages SQLite folds its write-ahead file: that edit and the next, which begins it, sync more."""
    folds = [any(not file.endswith("-wal") for file in files) for files in synced]
    after = [False, *folds[:-1]]
    plain = [len(files) for files, fold, later in zip(synced, folds, after, strict=True) if not fold and not later]
    if not plain or 0 in plain:
        return Figure(name, 0.0, 1.0, FSYNC_GOAL, is_met=False, note="an edit was told as kept and not synced")
    every = sum(len(files) for files in synced) / len(synced)
    note = f"{len(plain)} of {len(synced)} edits; the others fold the write-ahead file; {every:.2f} on average"
    return Figure(name, float(max(plain)), 1.0, FSYNC_GOAL, note=note)


def _synced_files(trace: Path) -> list[list[str]]:
    """For each edit the files that were synced."""
    found: list[list[str]] = []
    within = False
    for line in trace.read_text("utf-8", errors="replace").splitlines():
        if mark := _MARK.search(line):
            within = "end" not in mark.groups()
            if within:
                found.append([])
        elif within and (sync := _SYNC.search(line)):
            found[-1].append(sync.group(1))
    return found
