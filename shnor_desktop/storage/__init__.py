"""Engine, unit of work, log of batches and its projection, migrations, backup and check."""
