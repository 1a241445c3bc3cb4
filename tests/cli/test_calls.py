"""A call is answered in Russian or in JSON, with the exit status that says whose fault it is."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

import pytest

from shnor_desktop.cli import command_line
from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.command_line import MODULES, parser
from shnor_desktop.cli.parsing import Commands, Parser, WrongCall
from shnor_desktop.domain.errors import BugError
from tests.cli.shell import Shell, is_message
from tests.conftest import LoggedWarnings


def leaves(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    """The parsers of all commands."""
    groups = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    if not groups:
        return [parser]
    return [leaf for group in groups for child in group.choices.values() for leaf in leaves(child)]


def test_that_every_command_takes_json_and_says_in_russian_what_it_is_for() -> None:
    commands = leaves(command_line.parser())
    assert len(commands) >= 17
    for command in commands:
        assert "--json" in command.format_help(), command.prog
        assert any("а" <= letter <= "я" for letter in command.description or ""), command.prog
        assert "usage" not in command.format_help()


def test_that_help_names_every_command(shell: Shell) -> None:
    status, out, err = shell.words("--help")
    assert (status, err) == (0, "")
    for name in ("demo", "check", "package", "receipt", "results", "validate", "methodology", "history", "document"):
        assert f"    {name} " in out or f"    {name}\n" in out
    for name in ("self-test", "main-job", "screens"):
        assert name in out
    assert {"usage:", "options:", "positional"}.isdisjoint(out.split())


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("package",),
        ("nonsense",),
        ("check",),
        ("package", "import", "school.shnor-db"),
        ("receipt", "export", "centre.shnor-db", "--out", "."),
        ("demo", "school.shnor-db", "--role", "ministry"),
        ("demo", "school.shnor-db", "--seed", "many"),
        ("validate", "school.shnor-db", "--nonsense"),
        ("screens", "out"),
    ],
)
def test_that_a_wrong_call_is_status_2_in_russian(shell: Shell, words: tuple[str, ...]) -> None:
    status, out, err = shell.words(*words)
    assert (status, out) == (2, "")
    assert err.startswith("Команда не понята: ")
    problem = err.splitlines()[0]
    assert {"the", "argument", "invalid", "required", "unrecognized"}.isdisjoint(problem.replace(":", " ").split())
    status, content = shell.json(*words)
    assert status == 2
    assert content["code"] == "call.wrong"
    assert is_message(content)


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make `shnor methodology list` fail by our fault."""

    def fail(args: argparse.Namespace) -> Answer:
        raise BugError("a row without an id")

    monkeypatch.setattr("shnor_desktop.cli.methodology._list", fail)


@pytest.mark.usefixtures("failing")
def test_that_our_fault_is_logged_and_told_without_a_traceback(
    shell: Shell, logged_warnings: LoggedWarnings, own_folders: Path
) -> None:
    status, out, err = shell.words("methodology", "list")
    assert (status, out) == (3, "")
    assert "сбой" in err
    assert "Traceback" not in err
    assert logged_warnings.take("BugError").levelno == logging.ERROR
    log = own_folders / "log" / "shnor.log"
    assert str(log) in err
    written = log.read_text(encoding="utf-8")
    assert "BugError" in written
    assert "a row without an id" not in written  # the words of an exception may hold what a person typed
    status, content = shell.json("methodology", "list")
    logged_warnings.take("BugError")
    assert (status, content["code"]) == (3, "call.our_fault")
    assert is_message(content)


@pytest.mark.usefixtures("failing")
def test_that_a_developer_sees_the_traceback(
    shell: Shell, logged_warnings: LoggedWarnings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHNOR_DEBUG", "1")
    status, out, err = shell.words("methodology", "list", "--json")
    logged_warnings.take("BugError")
    assert status == 3
    assert out.startswith("{")
    assert "Traceback" in err


def test_that_what_the_system_refuses_is_the_fault_of_the_input(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(args: argparse.Namespace) -> Answer:
        (tmp_path / "file").write_text("")
        (tmp_path / "file" / "folder").mkdir(parents=True)
        raise AssertionError

    monkeypatch.setattr("shnor_desktop.cli.methodology._list", fail)
    status, content = shell.json("methodology", "list")
    assert status == 1
    assert content["code"] == "call.not_a_folder"
    assert is_message(content)


def test_that_a_parser_never_leaves_the_program_by_itself() -> None:
    parser = Parser(prog="shnor")
    Commands(parser).add("check", lambda args: Answer({}, []), "проверить")
    with pytest.raises(WrongCall, match="лишнее в вызове"):
        parser.parse_args(["check", "--more"])


def test_that_every_first_word_names_the_one_module_that_is_imported_for_it() -> None:
    def words(argv: tuple[str, ...]) -> list[str]:
        (group,) = [item for item in parser(argv)._actions if isinstance(item, argparse._SubParsersAction)]
        return [word for word in group.choices if word != "screens"]

    assert words(()) == list(MODULES)
    for word, module in MODULES.items():
        assert words((word,)) == [other for other, home in MODULES.items() if home == module]
