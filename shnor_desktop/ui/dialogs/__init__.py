"""Dialogs that more than one workspace opens."""
