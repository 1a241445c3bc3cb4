"""`shnor deadline`: what the phrase of a deadline means in a plan; one phrase, or a file with one on a line."""

from __future__ import annotations

import argparse
import codecs
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.parsing import Commands, WrongCall
from shnor_desktop.domain.deadlines import PlanPeriod, Reading, describe, read_deadline, reading_to_plain
from shnor_desktop.domain.russian import short_date

_PUBLIC = ("phrase", "recognised", "kind", "windows", "times", "event", "confident", "unparsed")
_SHOWN_WINDOWS = 12
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def add_commands(commands: Commands) -> None:
    """`deadline PHRASE --plan FROM..TO`."""
    deadline = commands.add(
        "deadline",
        _deadline,
        "прочитать формулировку срока",
        "Пример: shnor deadline «не реже 1 раза в квартал» --plan 2023-09-01..2024-08-31",
    )
    deadline.add_argument("phrase", nargs="?", metavar="ФРАЗА", help="срок словами, как в плане")
    deadline.add_argument("--plan", metavar="С..ПО", required=True, help="период плана: 2023-09-01..2024-08-31")
    deadline.add_argument("--file", type=Path, metavar="ФАЙЛ", help="файл, в каждой строке которого одна фраза")


def _deadline(args: argparse.Namespace) -> Answer:
    plan = _plan(args.plan)
    if (args.phrase is None) == (args.file is None):
        raise WrongCall("нужна либо фраза, либо --file с файлом фраз")
    if args.file is None:
        reading = read_deadline(args.phrase, plan)
        return Answer(_content(reading), _lines(reading))
    readings = [read_deadline(phrase, plan) for phrase in _phrases(args.file)]
    return Answer([_content(reading) for reading in readings], [line for found in readings for line in _lines(found)])


def _plan(text: str) -> PlanPeriod:
    """The period of `2023-09-01..2024-08-31`; a wrong call when it is none."""
    start, sign, end = text.partition("..")
    try:
        if not sign:
            raise ValueError(text)
        days = date.fromisoformat(start.strip()), date.fromisoformat(end.strip())
    except ValueError as error:
        raise WrongCall(f"--plan: не подходит значение «{text}»; нужно так: 2023-09-01..2024-08-31") from error
    if days[1] < days[0]:
        raise WrongCall(f"--plan: план заканчивается {short_date(days[1])}, раньше, чем начинается")
    return PlanPeriod(*days)


def _phrases(path: Path) -> list[str]:
    """The lines of a text file in UTF-8, UTF-16 with its mark, or cp1251; empty ones are left out."""
    data = path.read_bytes()
    if data.startswith(_UTF16):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1251", errors="replace")
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return [line.strip() for line in lines if line.strip()]


def _content(reading: Reading) -> dict[str, Any]:
    plain = reading_to_plain(reading)
    return {name: plain[name] for name in _PUBLIC}


def _lines(reading: Reading) -> Sequence[str]:
    windows = [f"  {_days(window.start, window.end)}" for window in reading.windows[:_SHOWN_WINDOWS]]
    more = len(reading.windows) - _SHOWN_WINDOWS
    return [
        f"{' '.join(reading.phrase.split())} → {describe(reading, None)}",
        *(windows if len(reading.windows) > 1 else ()),
        *([f"  и ещё {more}"] if more > 0 else ()),
    ]


def _days(start: date, end: date) -> str:
    return short_date(end) if start == end else f"{short_date(start)} – {short_date(end)}"
