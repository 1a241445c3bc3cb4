"""Edits of one field in a fresh process, for a tracer that counts what reaches the disk.

`python -m benchmarks.edits STORE NUMBER`: before each edit the process asks whether a file `edit-N` is there, and
`edit-end` after the last; nothing needs to be there: the tracer sees the question.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path

from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.services.workspace import Workspace

_WARM_UP = 5


def one_edit(workspace: Workspace) -> Callable[[], object]:
    """The use case behind leaving a field of the passport; another value each time."""
    numbers = count(1)
    row = workspace.school

    def edit() -> object:
        return records.edit(workspace, School.log_name, row, "pupils_bussed", next(numbers) % 500)

    return edit


def main() -> None:
    """Edit as often as asked."""
    workspace = open_desk(Path(sys.argv[1]), system_clock())
    edit = one_edit(workspace)
    for _ in range(_WARM_UP):
        edit()
    for number in range(int(sys.argv[2])):
        os.access(f"edit-{number}", os.F_OK)
        edit()
    os.access("edit-end", os.F_OK)
    workspace.close()


if __name__ == "__main__":
    main()
