"""Use cases: the only way from the window and the command line to the data."""
