"""A pack's folder on disk: which file holds what, and on which line a key stands.

A pack may inherit from a base beside it (`inherits = "common"`), see `inheritance`. Lines are looked up only when there
is something to report: `tomllib` is fast and knows none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from shnor_desktop.methodologies.findings import Finding, KeyPath, PackProblem, shown_key
from shnor_desktop.methodologies.inheritance import join, name_of, without

MAIN, BASE = "pack.toml", "base.toml"
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
        "draft",
        "period_unconfirmed",
        "coordinator",
        "source_title",
        "comparison_note",
        "source_defects",
    ),
    "roles.toml": ("lanes", "roles", "coordinator_functions", "territories", "curators", "mentor_rule"),
    "stages.toml": ("stages", "tasks", "monitoring_waves", "reports", "interviews", "projects"),
    "factors.toml": ("factors",),
    "problems.toml": ("problem_fields", "causes"),
    "measures.toml": ("directions", "evidence_kinds", "plan_sections", "measures"),
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
    "indicators.toml": ("indicators", "expected_results", "baselines", "social_index", "result_reading"),
    "development.toml": ("development", "activity_criteria"),
    "partnership.toml": ("partnership",),
    "registers.toml": ("word_lists", "rubrics", "order_templates", "control_templates"),
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
    base: PackFolder | None = None
    origins: dict[KeyPath, tuple[bool, KeyPath]] = field(default_factory=dict)
    """Where a value of the joined tables stands: whether in the base, and its path there."""

    def placed(self, findings: Iterable[Finding]) -> list[PackProblem]:
        """The findings with file, key and line, in the order of files and lines."""
        lines: dict[str, dict[KeyPath, int]] = {}
        placed = [self._place(finding, lines) for finding in findings]
        return sorted(placed, key=lambda problem: (problem.file, problem.line, problem.key))

    def _place(self, finding: Finding, lines: dict[str, dict[KeyPath, int]]) -> PackProblem:
        file, inside = self._file_of(finding.path)
        if file not in lines:
            path = self.path / file
            lines[file] = key_lines(path.read_text(encoding="utf-8")) if path.is_file() else {}
        line = _nearest_line(lines[file], inside)
        return PackProblem(self.path.name, finding.code, file, shown_key(inside), line, dict(finding.params))

    def _file_of(self, path: KeyPath) -> tuple[str, KeyPath]:
        """The file of a path, seen from this folder, and the path inside of that file."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.origins:
                is_base, place = self.origins[path[:length]]
                place = (*place, *path[length:])
                if is_base and self.base is not None:
                    file, inside = self.base._file_of(place)
                    return f"../{self.base.path.name}/{file}", inside
                path = place
                break
        file, prefix = self._home_of(path)
        return file, path[prefix:]

    def _home_of(self, path: KeyPath) -> tuple[str, int]:
        """The file of a path, and how many parts of the path stand for the file itself."""
        if len(path) > 1 and path[:2] in self.homes:
            return self.homes[path[:2]], 2
        if path[:1] in self.homes:
            return self.homes[path[:1]], 0
        home = next((file for file, parts in FILES.items() if path[:1] and path[0] in parts), MAIN)
        return home, 0

    def _note(self, path: KeyPath, is_base: bool, place: KeyPath) -> None:
        self.origins[path] = (is_base, place)

    def report(self, code: str, key: str, **params: str) -> None:
        """Add a fault of one key of the folder."""
        self.problems.extend(self.placed([Finding(code, (key,), params)]))


Bases = dict[Path, PackFolder]
"""Bases that were read already: several packs inherit from one."""


def read_folder(folder: Path, bases: Bases | None = None) -> PackFolder:
    """All TOML files of a pack's folder and of the base that it inherits; what cannot be read becomes problems."""
    result = _read_files(folder, MAIN)
    base_name, left_out = result.tables.pop("inherits", None), result.tables.pop("leaves_out", [])
    if base_name is None:
        _require_all_files(result)
    elif not isinstance(base_name, str) or not (folder.parent / base_name / BASE).is_file():
        result.report("methodology.no_base", "inherits", base=str(base_name))
    else:
        _inherit(result, _base_of(folder.parent / base_name, {} if bases is None else bases), left_out)
    return result


def _base_of(folder: Path, bases: Bases) -> PackFolder:
    """The tables of a base; its places are the pack's own, because each leaves out something else."""
    if folder not in bases:
        bases[folder] = _read_files(folder, BASE)
    return replace(bases[folder], origins={})


def _inherit(result: PackFolder, base: PackFolder, left_out: Any) -> None:
    result.problems.extend(
        replace(problem, pack=result.path.name, file=f"../{base.path.name}/{problem.file}") for problem in base.problems
    )
    names = [name for name in left_out if isinstance(name, str)] if isinstance(left_out, list) else []
    kept, unknown = without(base.tables, names)
    for name in unknown:
        result.report("methodology.leaves_out_unknown", "leaves_out", name=name)
    _drop_places(base, kept)
    result.base = base
    result.tables = join(kept, result.tables, result._note)


def _drop_places(base: PackFolder, kept: dict[str, Any]) -> None:
    """After items were left out, the remaining ones of a list stand at other places than in their file."""
    for part, items in kept.items():
        held = base.tables[part]
        if items is not held:
            places = {name_of(item): index for index, item in enumerate(held)}
            for index, item in enumerate(items):
                base.origins[part, index] = (False, (part, places[name_of(item)]))


def _read_files(folder: Path, main: str) -> PackFolder:
    """The tables of one folder, without what it inherits."""
    result = PackFolder(folder)
    for name in FILES:
        file = main if name == MAIN else name
        if (folder / file).exists():
            _read_part(result, file)
    forms: list[Any] = []
    for path in sorted((folder / FORMS_FOLDER).glob("*.toml")):
        file = f"{FORMS_FOLDER}/{path.name}"
        tables = _parse(result, file)
        if tables is not None:
            result.homes["forms", len(forms)] = file
            forms.append(tables)
    result.tables["forms"] = forms
    return result


def _require_all_files(result: PackFolder) -> None:
    """A pack that inherits nothing holds every file itself."""
    for name in FILES:
        if not (result.path / name).exists():
            result.problems.append(PackProblem(result.path.name, "methodology.no_file", name, "", 0))


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
