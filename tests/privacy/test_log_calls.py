"""What the program itself says in its log is constant: no call hands it a value of a person or a path."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import shnor_desktop

SOURCES = sorted(Path(shnor_desktop.__file__).parent.rglob("*.py"))
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
OWNER = re.compile(r"(\b_?log(ger)?|\blogging|getLogger\(.*\))$")
SAFE = {
    "kind, name[0][:60] if name else ''": "the kind and the name that a message of Qt begins with",
    "category.__name__, Path(filename).name, lineno": "where a warning was given",
    "error.code": "the code of a known failure",
    "type(error).__name__": "the kind of a failure",
    "name": "the name of a step of the self-test",
}


@cache
def logged() -> tuple[tuple[Path, ast.Call], ...]:
    """Every call of a logger with its module."""
    return tuple((path, call) for path in SOURCES for call in calls(path))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call of a logger in a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in LEVELS and OWNER.search(ast.unparse(node.func.value)):
            yield node


def test_that_every_message_to_the_log_is_constant() -> None:
    found = [
        f"{path.name}:{call.lineno} {ast.unparse(call)}"
        for path, call in logged()
        if not (isinstance(call.args[0], ast.Constant) or ast.unparse(call.args[0]) == "what")
        or (call.args[1:] and ", ".join(ast.unparse(one) for one in call.args[1:]) not in SAFE)
    ]
    assert found == []


def test_that_the_log_is_written_at_all() -> None:
    assert len(logged()) >= 5
