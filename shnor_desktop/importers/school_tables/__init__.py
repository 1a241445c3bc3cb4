"""Tables of a school out of workbooks and text files: reports of ФИС ОКО, exams, the staff list, the classes."""

from shnor_desktop.importers.school_tables.files import PATTERNS, SUFFIXES, read_tables
from shnor_desktop.importers.school_tables.found import (
    Asked,
    Doubt,
    FoundRecord,
    FoundValue,
    OwnSchool,
    Question,
    Reading,
)
from shnor_desktop.importers.school_tables.kinds import TableKind, meanings_of
from shnor_desktop.importers.school_tables.layouts import ListLayout, find_layout, layout_as
from shnor_desktop.importers.school_tables.reader import read_records

__all__ = [
    "PATTERNS",
    "SUFFIXES",
    "Asked",
    "Doubt",
    "FoundRecord",
    "FoundValue",
    "ListLayout",
    "OwnSchool",
    "Question",
    "Reading",
    "TableKind",
    "find_layout",
    "layout_as",
    "meanings_of",
    "read_records",
    "read_tables",
]
