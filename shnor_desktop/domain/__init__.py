"""Pure rules and value types of the subject: no files, no clock, no window, no database."""
