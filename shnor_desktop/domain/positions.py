"""Places in an ordered list as strings between their neighbours.

Moving a row writes one field of that row and no other, so that two people who reorder one list do not meet in a
conflict. A position is a fraction written in base 36 without its leading point; plain comparison of strings
orders it, and since there are no capitals every database collates it alike. It never ends with the lowest
digit: nothing would fit before such a string.

Two replicas may put different rows at the same place. Such rows stand beside each other in the order of their
ids; `position_at` passes over them.
"""

from __future__ import annotations

from collections.abc import Sequence

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_BASE = len(DIGITS)
_MIDDLE = DIGITS[_BASE // 2]
_LAST = DIGITS[-1]


def between(before: str | None, after: str | None) -> str:
    """A position strictly between two others; None is the open end.

    Raises ValueError where `before` is not less than `after` or a string is no position.
    """
    for position in (before, after):
        if position is not None and not is_position(position):
            raise ValueError(f"{position!r} is no position")
    if before is None:
        return _MIDDLE if after is None else _smaller(after)
    if after is None:
        return _greater(before)
    if before >= after:
        raise ValueError(f"nothing fits between {before!r} and {after!r}")
    return _inside(before, after)


def spread(n: int) -> list[str]:
    """`n` positions in order with room around each, as short as that allows."""
    width = 1
    while _BASE**width < _BASE * (n + 1):
        width += 1
    return [_written(index * _BASE**width // (n + 1), width) for index in range(1, n + 1)]


def position_at(ordered: Sequence[str], index: int) -> str:
    """The position that puts a row before the one at `index` (at the end where `index` is the length)."""
    before = ordered[index - 1] if index > 0 else None
    after = next((item for item in ordered[index:] if before is None or item > before), None)
    return between(before, after)


def is_position(text: str) -> bool:
    """Digits of base 36, at least one, the last not the lowest."""
    return bool(text) and text[-1] != DIGITS[0] and all(digit in DIGITS for digit in text)


def _inside(before: str, after: str) -> str:
    shared = 0
    while shared < len(before) and before[shared] == after[shared]:
        shared += 1
    prefix, before, after = after[:shared], before[shared:], after[shared:]
    if not before:
        return prefix + _smaller(after)
    low, high = DIGITS.index(before[0]), DIGITS.index(after[0])
    if high - low > 1:
        return prefix + DIGITS[(low + high) // 2]
    if len(after) > 1:
        return prefix + after[0]
    return prefix + before[0] + (_greater(before[1:]) if len(before) > 1 else _MIDDLE)


def _greater(position: str) -> str:
    """The next step up: a digit raised and the rest dropped, so that a list that only grows stays short."""
    for index, digit in enumerate(position):
        if digit != _LAST:
            return position[:index] + DIGITS[DIGITS.index(digit) + 1]
    return position + _MIDDLE


def _smaller(position: str) -> str:
    """The next step down; below «1» a new digit begins."""
    for index, digit in enumerate(position):
        if digit == DIGITS[0]:
            continue
        if digit != DIGITS[1]:
            return position[:index] + DIGITS[DIGITS.index(digit) - 1]
        if index + 1 < len(position):
            return position[: index + 1]
        return position[:index] + DIGITS[0] + _LAST
    raise ValueError(f"{position!r} is no position")


def _written(value: int, width: int) -> str:
    digits = ""
    for _ in range(width):
        value, digit = divmod(value, _BASE)
        digits = DIGITS[digit] + digits
    return digits.rstrip(DIGITS[0])
