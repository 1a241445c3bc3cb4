"""The four levels of significance: a level is always sign, word and colour together."""

from __future__ import annotations

from enum import StrEnum

_SIGNS = {"high": "▲", "medium": "◆", "low": "●", "unknown": "○"}
_WORDS = {"high": "высокая", "medium": "средняя", "low": "низкая", "unknown": "не определена"}


class Level(StrEnum):
    """Significance of a factor; the value is also the name of the colour token."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"

    @property
    def sign(self) -> str:
        """The mark that carries the level without colour."""
        return _SIGNS[self.value]

    @property
    def word(self) -> str:
        """The level as an adjective for «значимость»."""
        return _WORDS[self.value]
