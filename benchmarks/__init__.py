"""Figures of the program against their floors, measured side by side: `python -m benchmarks`."""
