"""Russian words for codes: what happened, what it means, what to do. One TOML file an area."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.system.paths import resource


@dataclass(frozen=True, slots=True)
class Message:
    """A message as a user reads it; `code` is stable and stands in the log and in `--json`."""

    code: str
    what: str
    means: str
    do: str

    @property
    def text(self) -> str:
        """The three sentences in one line."""
        return " ".join(part for part in (self.what, self.means, self.do) if part)


@cache
def _words(area: str) -> Mapping[str, Any]:
    path = resource("i18n", "ru", f"{area}.toml")
    if not path.is_file():
        return MappingProxyType({})
    return MappingProxyType(tomllib.loads(path.read_text("utf-8")))


@cache
def _all_words() -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for path in sorted(resource("i18n", "ru").glob("*.toml")):
        found.update(_words(path.stem))
    return MappingProxyType(found)


def explain(error: KnownError) -> Message:
    """The words of a failure; a code without words is a mistake that a test finds."""
    words = _all_words().get(error.code)
    if not isinstance(words, dict):
        return Message(
            error.code, f"Действие не выполнено ({error.code}).", "Данные не изменены.", "Повторите действие."
        )
    return Message(error.code, *(_fill(str(words.get(part, "")), error.params) for part in ("what", "means", "do")))


def phrase(code: str, **params: str | int) -> str:
    """One sentence of the interface, by its code."""
    words = _all_words().get(code)
    return _fill(words, params) if isinstance(words, str) else code


def has_words(code: str) -> bool:
    """Whether a code has its words."""
    return code in _all_words()


def words_of(code: str, params: Mapping[str, str | int] | None = None) -> dict[str, str]:
    """Every sentence that stands under a code, by its name («text», «do»); empty for a code without words."""
    words = _all_words().get(code)
    if not isinstance(words, dict):
        return {}
    return {name: _fill(str(sentence), params or {}) for name, sentence in words.items()}


_TWO_STOPS = re.compile(r"(?<=[^\s.])\.\.(?=\s|$)")
"""A name that ends in initials ends the sentence too."""


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "…"


def _fill(words: str, params: Mapping[str, str | int]) -> str:
    filled = words.format_map(_Blank({name: str(value) for name, value in params.items()}))
    return _TWO_STOPS.sub(".", filled) if ".." in filled else filled
