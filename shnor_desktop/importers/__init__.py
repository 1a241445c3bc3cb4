"""Readers of foreign files: workbooks of results, lists of staff, tables of road maps."""
