"""Tables of plans out of .xlsx and .docx files that nobody here wrote."""

from shnor_desktop.importers.road_map.reader import MAX_CELL, MAX_TABLE_ROWS, MAX_TABLES, PATTERNS, read_tables

__all__ = ["MAX_CELL", "MAX_TABLES", "MAX_TABLE_ROWS", "PATTERNS", "read_tables"]
