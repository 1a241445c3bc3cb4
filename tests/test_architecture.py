"""The rules of the house that a machine can watch: direction of layers, size, names, style and types."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULE_LINES, CLASS_LINES, FUNCTION_LINES = 400, 250, 50
VAGUE_NAMES = {"util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "tools", "stuff"}

# Place ("path" or "path:Qualified.name") → reason why it is worth being longer. Empty is best.
ALLOWED_TO_BE_LONG: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Piece:
    """A module, class or function with its length in lines and the length that it may have."""

    place: str
    lines: int
    limit: int


def sources() -> list[Path]:
    """List every Python file of the project; resources hold none."""
    files = [*ROOT.glob("*.py")]
    for folder in ("shnor_desktop", "tests", "benchmarks", "installer"):
        files += (ROOT / folder).rglob("*.py")
    return sorted(files)


def pieces(path: Path) -> Iterator[Piece]:
    """Walk a file from the module down to its functions."""
    text = path.read_text(encoding="utf-8")
    place = path.relative_to(ROOT).as_posix()
    yield Piece(place, len(text.splitlines()), MODULE_LINES)
    yield from inner_pieces(ast.parse(text), f"{place}:")


def inner_pieces(node: ast.AST, prefix: str) -> Iterator[Piece]:
    """Walk the classes and functions inside a node."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            limit = CLASS_LINES if isinstance(child, ast.ClassDef) else FUNCTION_LINES
            yield Piece(prefix + child.name, (child.end_lineno or child.lineno) - child.lineno + 1, limit)
            yield from inner_pieces(child, f"{prefix}{child.name}.")
        else:
            yield from inner_pieces(child, prefix)


def verdict(*command: str) -> str:
    """Run a checker in the root of the project and return what it said; when it objects, that is the failure."""
    done = subprocess.run([sys.executable, *command], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        pytest.fail((done.stdout + done.stderr)[-8000:], pytrace=False)
    return done.stdout


def test_that_every_module_class_and_function_keeps_its_size() -> None:
    every = [piece for path in sources() for piece in pieces(path)]
    long = [piece for piece in every if piece.lines > piece.limit and piece.place not in ALLOWED_TO_BE_LONG]
    assert not long, "\n".join(f"{piece.place}: {piece.lines} lines, at most {piece.limit}" for piece in long)


def test_that_no_exception_to_the_sizes_outlives_its_reason() -> None:
    long = {piece.place for path in sources() for piece in pieces(path) if piece.lines > piece.limit}
    assert set(ALLOWED_TO_BE_LONG) <= long


def test_that_every_module_has_a_name_that_says_its_subject() -> None:
    vague = [path for path in sources() if {path.stem, path.parent.name} & VAGUE_NAMES]
    assert not vague, vague


def test_that_every_module_says_its_idea_in_the_first_line() -> None:
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in sources()}
    silent = [path for path, tree in trees.items() if tree.body and not ast.get_docstring(tree)]
    assert not silent, silent


def test_that_the_layers_point_one_way() -> None:
    # It has no `-m` of its own, and a checker that checked nothing must not pass either.
    said = verdict("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache")
    assert re.search(r"Contracts: \d+ kept, 0 broken", said), said


def test_that_ruff_finds_nothing() -> None:
    verdict("-m", "ruff", "check", ".")


def test_that_the_code_is_formatted() -> None:
    verdict("-m", "ruff", "format", "--check", "--diff", ".")


@pytest.mark.timeout(400)
def test_that_the_types_hold() -> None:
    verdict("-m", "mypy")
