"""The command line: the same services without a display."""

from shnor_desktop.cli.command_line import main

__all__ = ["main"]
