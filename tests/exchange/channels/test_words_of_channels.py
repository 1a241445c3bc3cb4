"""Every failure of a channel has its words, and the words use only what the failure gives."""

from __future__ import annotations

import ast
import string
import tomllib
from pathlib import Path

import shnor_desktop
from shnor_desktop.services.delivery import NEEDS_PERSON
from shnor_desktop.system.paths import resource

ROOT = Path(next(iter(shnor_desktop.__path__)))
OF_A_FOLDER = {"disk_full": {"folder", "need_mb", "free_mb"}, "write_failed": {"folder", "file"}}
OF_A_CERTIFICATE = {"host", "fingerprint", "shown", "side"}


def raised() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for source in ROOT.rglob("*.py"):
        text = source.read_text("utf-8")
        for node in ast.walk(ast.parse(text)) if "channel." in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "KnownError":
                for code in ast.walk(node.args[0]):
                    if isinstance(code, ast.Constant) and str(code.value).startswith("channel."):
                        words = {str(word.arg) for word in node.keywords}
                        found[str(code.value)] = found.get(str(code.value), words) & words
    return found


def test_that_every_failure_of_a_channel_has_words() -> None:
    words = tomllib.loads(resource("i18n", "ru", "channel.toml").read_text("utf-8"))
    codes = raised()
    for name, given in OF_A_FOLDER.items():
        codes.setdefault(f"channel.{name}", given)
    for name in ("unknown", "changed"):
        codes[f"channel.certificate_{name}"] = OF_A_CERTIFICATE
    assert set(codes) == set(words)
    for code, given in codes.items():
        assert set(words[code]) == {"what", "means", "do"}
        for sentence in words[code].values():
            used = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
            assert used <= given, code


def test_that_what_waits_for_a_person_is_a_failure_that_there_is() -> None:
    assert set(raised()) | {"channel.certificate_unknown", "channel.certificate_changed"} >= NEEDS_PERSON
