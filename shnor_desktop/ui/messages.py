"""How a worded message is shown: what happened, what it means, what to do, and one button that does it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Protocol


class Worded(Protocol):
    """A message as the services word it (system/wording.py)."""

    @property
    def code(self) -> str: ...
    @property
    def what(self) -> str: ...
    @property
    def means(self) -> str: ...
    @property
    def do(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of the interface itself; it has the same parts as one of the services."""

    what: str
    means: str = ""
    do: str = ""
    code: str = ""


class MessageLevel(StrEnum):
    """How much a message matters; the level decides the sign, the word and the colour."""

    INFO = "info"
    DONE = "done"
    WARNING = "warning"
    ERROR = "error"

    @property
    def token(self) -> str:
        """The colour token of the level."""
        return {"info": "unknown", "done": "low", "warning": "medium", "error": "high"}[self.value]

    @property
    def icon(self) -> str:
        """The name of the level's icon."""
        return {"info": "info", "done": "circle-check", "warning": "triangle-alert", "error": "circle-alert"}[
            self.value
        ]

    @property
    def word(self) -> str:
        """The level in a word, for those who do not see the colour."""
        return {"info": "Сообщение", "done": "Готово", "warning": "Предупреждение", "error": "Ошибка"}[self.value]


def as_html(message: Worded) -> str:
    """The message as two short paragraphs: what in bold, then what it means and what to do."""
    rest = " ".join(escape(part) for part in (message.means, message.do) if part)
    return f"<b>{escape(message.what)}</b>" + (f"<br>{rest}" if rest else "")


def as_text(message: Worded) -> str:
    """The message in one line, for a screen reader or a field."""
    return " ".join(part for part in (message.what, message.means, message.do) if part)
