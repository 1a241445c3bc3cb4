"""What the computer gives: folders, settings, log, lock of the instance, clock, words."""
