"""Work off the main thread: it gets a snapshot and gives one result or one error."""
