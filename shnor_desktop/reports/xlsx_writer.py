"""Writes the tables of a neutral document as a workbook of Excel: the same rows, figures as figures, texts as texts."""

from __future__ import annotations

from io import BytesIO

from shnor_desktop.reports.content import Document


def xlsx_of(document: Document) -> bytes:
    """The bytes of the XLSX; equal documents give equal bytes.

    Every table is a sheet; tables with the same columns are one sheet, their headings between the rows.
    A document without tables gives one sheet with its title.
    """
    # openpyxl takes 0.2 s and 20 MB: it is loaded when a workbook is written.
    from shnor_desktop.reports.office_zip import repacked
    from shnor_desktop.reports.xlsx.sheets import workbook_for, write_sheet
    from shnor_desktop.reports.xlsx.tables import sheets_of

    workbook = workbook_for(document)
    for sheet in sheets_of(document):
        write_sheet(workbook, sheet, document)
    target = BytesIO()
    workbook.save(target)
    return repacked(target.getvalue(), {"docProps/core.xml": _core(document.title), "docProps/app.xml": _APP})


_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)


def _core(title: str) -> bytes:
    """Properties with a title and a fixed day, and with nobody."""
    from xml.sax.saxutils import escape

    from shnor_desktop.reports.printable_text import printable

    moment = '<dcterms:{0} xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z</dcterms:{0}>'
    spaces = (
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    )
    shown = escape(printable(title).replace("\n", " "))
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties {spaces}>'
        f"<dc:title>{shown}</dc:title>{moment.format('created')}{moment.format('modified')}</cp:coreProperties>"
    ).encode()
