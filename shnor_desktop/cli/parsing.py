"""Reading the words of a call: argparse in Russian, and a wrong call that is answered like any other failure."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from typing import Any, NoReturn

from shnor_desktop.cli.answer import Answer

Handler = Callable[[argparse.Namespace], Answer]

_RUSSIAN = (
    (r"the following arguments are required: (.+)", r"не хватает: \1"),
    (r"unrecognized arguments: (.+)", r"лишнее в вызове: \1"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1: нет такого значения \2; бывает \3"),
    (r"argument (.+?): invalid .+? value: (.+)", r"\1: не подходит значение \2"),
    (r"argument (.+?): expected one argument", r"\1: не указано значение"),
    (r"argument (.+?): expected at least one argument", r"\1: не указано ни одного значения"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1: лишнее значение \2"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 не сочетается с \2"),
)


class WrongCall(Exception):
    """The call itself is wrong: `problem` says how, `usage` how it should be."""

    def __init__(self, problem: str, usage: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.usage = usage


class RussianFormatter(argparse.RawDescriptionHelpFormatter):
    """Help with its headings in Russian."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The line of the call, under a Russian word."""
        super().add_usage(usage, actions, groups, "Вызов: " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """argparse that says everything in Russian and raises WrongCall instead of leaving the program."""

    def __init__(self, **words: Any) -> None:
        super().__init__(formatter_class=RussianFormatter, allow_abbrev=False, add_help=False, **words)
        self._positionals.title = "Что указать"
        self._optionals.title = "Дополнительно"
        self.add_argument("-h", "--help", action="help", help="показать эту справку")

    def error(self, message: str) -> NoReturn:
        """Say in Russian what is wrong with the call."""
        for pattern, russian in _RUSSIAN:
            if re.fullmatch(pattern, message):
                message = re.sub(pattern, russian, message)
                break
        raise WrongCall(message, self.format_usage().strip())


class Commands:
    """A level of the tree of commands: `add` makes a command, `group` a word that more words follow."""

    def __init__(self, parser: Parser) -> None:
        self._commands = parser.add_subparsers(
            title="Команды", metavar="КОМАНДА", dest="команда", required=True, parser_class=Parser
        )

    def group(self, name: str, words: str) -> Commands:
        """A word after which one of several commands follows."""
        return Commands(self._commands.add_parser(name, help=words, description=words))

    def add(self, name: str, handler: Handler, words: str, more: str = "") -> Parser:
        """A command; every one has `--json`."""
        parser: Parser = self._commands.add_parser(name, help=words, description=f"{words}\n\n{more}".strip())
        parser.add_argument("--json", action="store_true", help="ответ одним значением JSON")
        parser.set_defaults(handler=handler)
        return parser
