"""Nothing of a person leaves the store by the log, the error stream, the settings or the temporary folder."""
