"""Workspaces, one for each kind of user; they do not know each other."""
