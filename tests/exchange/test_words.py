"""Every code that the exchange can raise has its Russian words, and the words use only what the code gives."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import shnor_desktop.exchange
from shnor_desktop.system.paths import resource

AREAS = ("package", "keys")
SOURCES = sorted(Path(next(iter(shnor_desktop.exchange.__path__))).rglob("*.py"))


def codes_in(node: ast.expr) -> Iterator[str]:
    """Codes that an expression can stand for: a text, an f-text over the area, or either branch."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        tail = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
        yield from (f"{area}{tail}" for area in AREAS)
    elif isinstance(node, ast.IfExp):
        yield from codes_in(node.body)
        yield from codes_in(node.orelse)


def raised() -> dict[str, set[str]]:
    """{code: names of its parameters} over all calls in the package."""
    found: dict[str, set[str]] = {}
    for source in SOURCES:
        tree = ast.parse(source.read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "KnownError":
                for code in codes_in(node.args[0]):
                    found.setdefault(code, set()).update(str(word.arg) for word in node.keywords)
            elif isinstance(node, ast.Return) and node.value is not None:
                for code in codes_in(node.value):
                    if re.fullmatch(r"package\.[a-z_]+", code):
                        found.setdefault(code, set())
    return found


def test_that_every_code_has_words_for_what_it_means_and_what_to_do() -> None:
    words = {
        code: said
        for file in sorted(Path(resource("i18n", "ru")).glob("*.toml"))
        for code, said in tomllib.loads(file.read_text("utf-8")).items()
    }
    codes = raised()
    assert len(codes) > 30
    missing = set(codes) - set(words)
    assert not missing
    for code, parameters in codes.items():
        assert set(words[code]) == {"what", "means", "do"}
        for sentence in words[code].values():
            used = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
            assert used <= parameters, code
            assert sentence.endswith(".")
