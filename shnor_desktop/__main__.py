"""`python -m shnor_desktop` and the installed `shnor`: the window, or a command."""

from __future__ import annotations

import sys

from shnor_desktop.app import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
