"""Workspace of the municipal centre."""
