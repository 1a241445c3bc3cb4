"""Workspace of the school team."""
