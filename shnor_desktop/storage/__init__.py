"""The store: engine, log of batches and its projection, migrations, backup, check."""
