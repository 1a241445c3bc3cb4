"""What a command answers: lines for a person, one JSON value for a program, and the exit status."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import TextIO

from shnor_desktop.services.wording import Message


class Status(IntEnum):
    """The exit status (DESIGN 9)."""

    DONE = 0
    INPUT_AT_FAULT = 1
    WRONG_CALL = 2
    OUR_FAULT = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer of a command. With `--json` only `content` is printed, else only `lines`."""

    content: object
    lines: Sequence[str]
    status: Status = Status.DONE
    is_refusal: bool = False
    """Nothing was done: the lines say why and go to the error stream."""


def message_content(message: Message) -> dict[str, str]:
    """A message as JSON: its stable code, the whole text, and its three sentences."""
    return {
        "code": message.code,
        "message": message.text,
        "what": message.what,
        "means": message.means,
        "do": message.do,
    }


def refusal(message: Message, status: Status, details: Mapping[str, object] | None = None) -> Answer:
    """The answer when nothing was done: what happened, what it means, what to do, a line each."""
    lines = [line for line in (message.what, message.means, message.do) if line]
    return Answer({**message_content(message), **(details or {})}, lines, status, is_refusal=True)


def give(answer: Answer, *, as_json: bool) -> int:
    """Print an answer and return its exit status; with `--json` nothing but JSON."""
    if as_json:
        print(json.dumps(answer.content, ensure_ascii=False, indent=2), file=_in_utf8(sys.stdout), flush=True)
    else:
        stream = sys.stderr if answer.is_refusal else sys.stdout
        print("\n".join(answer.lines), file=_in_utf8(stream), flush=True)
    return int(answer.status)


def _in_utf8(stream: TextIO) -> TextIO:
    """The stream with UTF-8, on Windows too; a file name that is no text is printed as an escape, valid in JSON."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    return stream
