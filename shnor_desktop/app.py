"""The only composition root: argv becomes a window or a command line."""
