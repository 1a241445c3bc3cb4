"""What two texts differ in, word by word: stretches that stayed, were put in, were taken out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from shnor_desktop.domain.russian import NBSP

_WORDS = re.compile(r"\s+|\w+(?:[-'’]\w+)*|[^\w\s]")
_MOST_PAIRS = 4_000_000
"""So many pairs of words are compared in well under a second; longer texts are shown as rewritten whole."""
_SHORT_STAY = 2


class PieceKind(StrEnum):
    """What became of a stretch of text."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one kind."""

    kind: PieceKind
    text: str


def word_difference(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in reading order; the removed and the same make the old text, the added and the same the new.

    A space that keeps words together is a space here: editors of text change it without being asked.
    """
    before, after = _WORDS.findall(same_spaces(old)), _WORDS.findall(same_spaces(new))
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    old_end, new_end = len(before) - tail, len(after) - tail
    found = [_piece(PieceKind.SAME, before[:head])]
    found += _middle(before[head:old_end], after[head:new_end])
    found.append(_piece(PieceKind.SAME, before[old_end:]))
    return _joined(found)


def same_spaces(text: str) -> str:
    """The text with plain spaces alone."""
    return text.replace(NBSP, " ")


def is_changed(pieces: tuple[Piece, ...]) -> bool:
    """Whether anything was put in or taken out."""
    return any(piece.kind is not PieceKind.SAME for piece in pieces)


def replacements(old: str, new: str) -> tuple[tuple[str, str], ...]:
    """What stands where in the new text: («9 педагогов», «10 педагогов»), each with the word after it."""
    before, after = _WORDS.findall(same_spaces(old)), _WORDS.findall(same_spaces(new))
    found = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "replace":
            end = _next_word(before, i2)
            found.append(("".join(before[i1:end]), "".join((*after[j1:j2], *before[i2:end]))))
    return tuple(found)


def _next_word(words: list[str], at: int) -> int:
    """The place after the next word: a bare number is found again by what it counts."""
    for place in range(at, min(at + 2, len(words))):
        if words[place].strip():
            return place + 1
    return at


def _middle(before: list[str], after: list[str]) -> list[Piece]:
    if not before or not after or len(before) * len(after) > _MOST_PAIRS:
        return [_piece(PieceKind.REMOVED, before), _piece(PieceKind.ADDED, after)]
    found = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal" and not _is_idle(before[i1:i2]):
            found.append(_piece(PieceKind.SAME, before[i1:i2]))
        else:
            found += [_piece(PieceKind.REMOVED, before[i1:i2]), _piece(PieceKind.ADDED, after[j1:j2])]
    return found


def _is_idle(words: list[str]) -> bool:
    """A space or a comma between two rewritten stretches: kept apart it makes the text unreadable."""
    return len(words) < _SHORT_STAY and not any(word.isalnum() for word in words)


def _common(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _piece(kind: PieceKind, words: list[str]) -> Piece:
    return Piece(kind, "".join(words))


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Stretches of one kind put together; between two that stayed the removed come before the added."""
    found: list[Piece] = []
    removed = added = ""

    def settle() -> None:
        nonlocal removed, added
        if removed:
            found.append(Piece(PieceKind.REMOVED, removed))
        if added:
            found.append(Piece(PieceKind.ADDED, added))
        removed = added = ""

    for piece in pieces:
        if piece.kind is PieceKind.REMOVED:
            removed += piece.text
        elif piece.kind is PieceKind.ADDED:
            added += piece.text
        elif piece.text:
            settle()
            if found and found[-1].kind is PieceKind.SAME:
                found[-1] = Piece(PieceKind.SAME, found[-1].text + piece.text)
            else:
                found.append(piece)
    settle()
    return tuple(found)
