"""A pack's folder on disk: which file holds what, and on which line a key stands.

Lines are looked up only when there is something to report: `tomllib` is fast and knows none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from shnor_desktop.methodologies.findings import Finding, KeyPath, PackProblem, shown_key

FORMS_FOLDER = "forms"
FILES: dict[str, tuple[str, ...]] = {
    "pack.toml": (
        "id",
        "title",
        "version",
        "region",
        "period_start",
        "period_end",
        "legal_basis",
        "terms",
        "history",
        "identification",
    ),
    "roles.toml": ("lanes", "roles", "coordinator_functions", "territories", "curators", "mentor_rule"),
    "stages.toml": ("stages", "tasks", "monitoring_waves"),
    "factors.toml": ("factors",),
    "problems.toml": ("problem_fields",),
    "measures.toml": ("directions", "evidence_kinds", "measures"),
    "programme.toml": (
        "goal",
        "programme_tasks",
        "principles",
        "programme_sections",
        "antirisk_sections",
        "programme_states",
        "programme_risks",
        "stamps",
        "documents",
    ),
    "indicators.toml": ("indicators",),
    "development.toml": ("development",),
    "partnership.toml": ("partnership",),
}
"""The home of every part of a pack; forms lie one a file in `forms/`."""

MAX_FILE_BYTES = 2_000_000


@dataclass(slots=True)
class PackFolder:
    """The tables of a folder merged into one, with the file that each part came from."""

    path: Path
    tables: dict[str, Any] = field(default_factory=dict)
    homes: dict[KeyPath, str] = field(default_factory=dict)
    problems: list[PackProblem] = field(default_factory=list)

    def placed(self, findings: Iterable[Finding]) -> list[PackProblem]:
        """The findings with file, key and line, in the order of files and lines."""
        lines: dict[str, dict[KeyPath, int]] = {}
        placed = [self._place(finding, lines) for finding in findings]
        return sorted(placed, key=lambda problem: (problem.file, problem.line, problem.key))

    def _place(self, finding: Finding, lines: dict[str, dict[KeyPath, int]]) -> PackProblem:
        file, prefix = self._home_of(finding.path)
        inside = finding.path[prefix:]
        if file not in lines:
            path = self.path / file
            lines[file] = key_lines(path.read_text(encoding="utf-8")) if path.is_file() else {}
        line = _nearest_line(lines[file], inside)
        return PackProblem(self.path.name, finding.code, file, shown_key(inside), line, dict(finding.params))

    def _home_of(self, path: KeyPath) -> tuple[str, int]:
        """The file of a path, and how many parts of the path stand for the file itself."""
        if path[:2] in self.homes:
            return self.homes[path[:2]], 2
        if path[:1] in self.homes:
            return self.homes[path[:1]], 0
        home = next((file for file, parts in FILES.items() if path[:1] and path[0] in parts), "pack.toml")
        return home, 0


def read_folder(folder: Path) -> PackFolder:
    """All TOML files of a pack's folder; files that cannot be read become problems."""
    result = PackFolder(folder)
    for name in FILES:
        _read_part(result, name)
    forms: list[Any] = []
    for path in sorted((folder / FORMS_FOLDER).glob("*.toml")):
        file = f"{FORMS_FOLDER}/{path.name}"
        tables = _parse(result, file)
        if tables is not None:
            result.homes["forms", len(forms)] = file
            forms.append(tables)
    result.tables["forms"] = forms
    return result


def _read_part(folder: PackFolder, file: str) -> None:
    for key, value in (_parse(folder, file) or {}).items():
        if key in folder.tables:
            other = folder.homes[key,]
            folder.homes[key,] = file
            twice = Finding("methodology.part_twice", (key,), {"name": key, "other": other})
            folder.problems.extend(folder.placed([twice]))
        folder.tables[key] = value
        folder.homes[key,] = file


def _parse(folder: PackFolder, file: str) -> dict[str, Any] | None:
    path = folder.path / file
    name = folder.path.name
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            folder.problems.append(PackProblem(name, "methodology.file_too_large", file, "", 0))
            return None
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except FileNotFoundError:
        folder.problems.append(PackProblem(name, "methodology.no_file", file, "", 0))
    except (OSError, UnicodeDecodeError):
        folder.problems.append(PackProblem(name, "methodology.unreadable_file", file, "", 0))
    except tomllib.TOMLDecodeError as error:
        folder.problems.append(PackProblem(name, "methodology.not_toml", file, "", _line_of(error)))
    return None


def _line_of(error: tomllib.TOMLDecodeError) -> int:
    found = re.search(r"line (\d+)", str(error))
    return int(found.group(1)) if found else 0


_HEADER = re.compile(r"^\s*(\[\[?)\s*([\w.\- ]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r'^\s*"?([\w\-]+)"?\s*=\s*(.*)$')
_ITEM = re.compile(r"""^\s*[{"'\d\[]""")


def key_lines(text: str) -> dict[KeyPath, int]:
    """The line of every key, table and list item that starts a line of its own; lines from 1."""
    lines: dict[KeyPath, int] = {}
    counts: dict[KeyPath, int] = {}
    table: KeyPath = ()
    open_list: KeyPath | None = None
    items = 0
    for number, line in _outside_long_texts(text):
        if open_list is not None:
            if line.strip().startswith("]"):
                open_list = None
            elif _ITEM.match(line):
                lines[(*open_list, items)] = number
                items += 1
            continue
        if header := _HEADER.match(line):
            table = _table_path(header.group(2), header.group(1) == "[[", counts)
            lines[table] = number
        elif key := _KEY.match(line):
            path = (*table, key.group(1))
            lines[path] = number
            if key.group(2).split("#")[0].strip() == "[":
                open_list, items = path, 0
    return lines


def _outside_long_texts(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without those inside of a text of several lines."""
    inside = False
    for number, line in enumerate(text.splitlines(), start=1):
        was_inside = inside
        if line.count('"""') % 2:
            inside = not inside
        if not was_inside:
            yield number, line


def _table_path(header: str, is_list: bool, counts: dict[KeyPath, int]) -> KeyPath:
    parts = [part.strip() for part in header.split(".")]
    path: KeyPath = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        is_last = position == len(parts) - 1
        if is_last and is_list:
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def _nearest_line(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of the path or of the closest thing that holds it."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return 1 if lines else 0
