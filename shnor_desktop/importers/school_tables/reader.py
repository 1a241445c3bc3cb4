"""A table under its layout as records, whatever its kind."""

from __future__ import annotations

from shnor_desktop.domain.plan_table import SourceTable
from shnor_desktop.importers.school_tables.class_lists import read_classes
from shnor_desktop.importers.school_tables.exams import read_exams
from shnor_desktop.importers.school_tables.fis_reports import read_report
from shnor_desktop.importers.school_tables.found import Asked, OwnSchool, Reading
from shnor_desktop.importers.school_tables.kinds import TableKind
from shnor_desktop.importers.school_tables.layouts import ListLayout
from shnor_desktop.importers.school_tables.staff_lists import read_staff

_READERS = {
    TableKind.EXAMS: read_exams,
    TableKind.STAFF: read_staff,
    TableKind.CLASSES: read_classes,
}


def read_records(table: SourceTable, layout: ListLayout, own: OwnSchool, asked: Asked, file: str) -> Reading:
    """Everything that the table says; `file` is its name, which may tell the subject or the exam."""
    return _READERS.get(layout.kind, read_report)(table, layout, own, asked, file)
