"""Text made fit for print: nothing invisible or out of place, short words kept with the next, no endless lines."""

from __future__ import annotations

import re
import unicodedata

from shnor_desktop.domain.russian import NBSP

_SHORT_WORD = re.compile(r"(?<![^\s(«„])([А-Яа-яЁё№§]) (?=\S)")
_SENTENCE_END = re.compile(r"[.!?…]\s")
_BEFORE_DASH = re.compile(r" (?=[—–] )")
# Controls, format marks (among them those that reverse the reading order) and lone surrogates.
_REMOVED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})
_NO_CHARACTERS = frozenset({"\ufffe", "\uffff"})  # no file of XML may hold them


def printable(text: str) -> str:
    """NFC, line ends as line feeds, tabs as spaces, without controls and invisible marks."""
    lines = "\n".join(unicodedata.normalize("NFC", text).splitlines()).replace("\t", " ")
    return "".join(
        letter
        for letter in lines
        if letter == "\n" or (unicodedata.category(letter) not in _REMOVED_CATEGORIES and letter not in _NO_CHARACTERS)
    )


def bound(text: str) -> str:
    """Body text in which a one-letter word, «№» and a dash do not part from their neighbour."""
    return _BEFORE_DASH.sub(NBSP, _SHORT_WORD.sub(rf"\1{NBSP}", text))


def pieces(text: str, limit: int = 2500) -> list[str]:
    """The text in pieces of at most about `limit` letters, parted at a sentence's end or at least at a space.

    The layout of one piece takes time that grows with the square of its length.
    """
    found = []
    start = 0
    while len(text) - start > limit:
        window = text[start : start + limit]
        ends = [match.end() for match in _SENTENCE_END.finditer(window, limit // 2)]
        cut = ends[-1] if ends else window.rfind(" ") + 1
        cut = cut or limit
        found.append(text[start : start + cut].rstrip())
        start += cut
    found.append(text[start:])
    return found
