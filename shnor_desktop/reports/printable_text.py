"""Text made fit for print: nothing invisible or out of place, short words kept with the next."""

from __future__ import annotations

import re
import unicodedata

from shnor_desktop.domain.russian import NBSP

_SHORT_WORD = re.compile(r"(?<![^\s(«„])([А-Яа-яЁё№§]) (?=\S)")
_BEFORE_DASH = re.compile(r" (?=[—–] )")
# Controls, format marks (among them those that reverse the reading order) and lone surrogates.
_REMOVED_CATEGORIES = frozenset({"Cc", "Cf", "Cs"})


def printable(text: str) -> str:
    """NFC, line ends as line feeds, tabs as spaces, without controls and invisible marks."""
    lines = "\n".join(unicodedata.normalize("NFC", text).splitlines()).replace("\t", " ")
    return "".join(
        letter for letter in lines if letter == "\n" or unicodedata.category(letter) not in _REMOVED_CATEGORIES
    )


def bound(text: str) -> str:
    """Body text in which a one-letter word, «№» and a dash do not part from their neighbour."""
    return _BEFORE_DASH.sub(NBSP, _SHORT_WORD.sub(rf"\1{NBSP}", text))
