"""`shnor`: reads the call, does the command, answers with words or JSON and an exit status (DESIGN 9)."""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
import traceback
from collections.abc import Sequence
from dataclasses import replace

from shnor_desktop.cli.answer import Answer, Status, give, refusal
from shnor_desktop.cli.failures import of_system
from shnor_desktop.cli.parsing import Commands, Handler, Parser, WrongCall
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.this_computer import begin_log
from shnor_desktop.services.wording import explain

MODULES = {
    "demo": "demo",
    "check": "stores",
    "validate": "stores",
    "history": "stores",
    "store": "store_protection",
    "results": "table_import",
    "staff": "table_import",
    "classes": "table_import",
    "indicators": "indicators",
    "risk": "risk",
    "identification": "identification",
    "document": "documents",
    "report": "report",
    "calendar": "calendar",
    "package": "packages",
    "receipt": "packages",
    "trust": "trust",
    "import": "package_import",
    "outbox": "outbox",
    "inbox": "outbox",
    "channel": "outbox",
    "team": "team",
    "remarks": "remarks",
    "visit": "visits",
    "erase": "erase",
    "methodology": "methodology",
    "deadline": "deadline",
    "main-job": "main_job",
    "self-test": "main_job",
    "roadmap": "road_map",
    "guide": "guide",
}
"""The module of every first word, in the order of the help; one is imported for a call, so that it starts at once."""
DEBUG = "SHNOR_DEBUG"
"""Environment variable: «1» prints the traceback of our own failures."""
_STOPPED_BY_HAND = 130
_logger = logging.getLogger(__name__)


def main(argv: Sequence[str]) -> int:
    """Do one command; returns the exit status and never raises a failure."""
    as_json = "--json" in argv
    try:
        begin_log()
        return give(_answer(argv), as_json=as_json)
    except SystemExit as stop:  # argparse leaves so after --help
        return int(stop.code or 0)
    except KeyboardInterrupt:
        return _STOPPED_BY_HAND
    except BrokenPipeError:  # the reader of our words went away: «shnor history … | head»
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Status.DONE


def parser(argv: Sequence[str] = ()) -> Parser:
    """The tree of commands: the whole of it, or only the branch of the first word of a call."""
    found = Parser(
        prog="shnor",
        description="ШНОР-Десктоп без окна: те же действия, что в программе.",
        epilog="Код завершения: 0 — сделано, 1 — дело во входных данных, 2 — неверный вызов, 3 — ошибка программы.",
    )
    commands = Commands(found)
    word = argv[0] if argv else ""
    for module in (MODULES[word],) if word in MODULES else tuple(dict.fromkeys(MODULES.values())):
        importlib.import_module(f"shnor_desktop.cli.{module}").add_commands(commands)
    screens = commands.add("screens", _screens, "снять все страницы в PNG (нужна оконная часть программы)")
    screens.add_argument("out", metavar="ПАПКА", help="куда записать картинки")
    screens.add_argument("--scale", metavar="МАСШТАБ", help="1.0, 1.5 или 2.0")
    screens.add_argument("--theme", metavar="ТЕМА", help="light или dark")
    return found


def _answer(argv: Sequence[str]) -> Answer:
    """The answer of the command, whatever happens in it."""
    try:
        args = parser(argv).parse_args(list(argv))
        handler: Handler = args.handler
        return handler(args)
    except WrongCall as call:
        message = explain(KnownError("call.wrong", problem=call.problem))
        answer = refusal(message, Status.WRONG_CALL, {"usage": call.usage})
        return replace(answer, lines=[*answer.lines, *([call.usage] if call.usage else [])])
    except KnownError as error:
        return refusal(explain(error), Status.INPUT_AT_FAULT)
    except BrokenPipeError:
        raise
    except OSError as error:
        _logger.info("the system refused", exc_info=True)
        return refusal(explain(of_system(error)), Status.INPUT_AT_FAULT)
    except Exception as error:  # noqa: BLE001 — the last place where our failure can be told in words
        return _our_fault(error)


def _our_fault(error: Exception) -> Answer:
    _logger.error("a failure of the program: %s", type(error).__name__, exc_info=error)
    if os.environ.get(DEBUG) == "1":
        traceback.print_exception(error)
    return refusal(explain(KnownError("call.our_fault", log=str(begin_log()))), Status.OUR_FAULT)


def _screens(args: argparse.Namespace) -> Answer:
    raise WrongCall("команду screens выполняет оконная часть программы: shnor screens ПАПКА")
