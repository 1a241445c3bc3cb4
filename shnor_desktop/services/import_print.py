"""The log of an import run on paper or as a table: PDF to sign, Excel to sort."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.russian import short_date
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.import_run import ImportedFile, ImportRunFacts, import_run_document
from shnor_desktop.services.document_files import Written, bytes_of, write_bytes
from shnor_desktop.services.document_kinds import DocumentFormat
from shnor_desktop.services.import_runs import ImportRun, RunState
from shnor_desktop.services.workspace import Workspace


def run_document(workspace: Workspace, run: ImportRun) -> Document:
    """A run with every file as a document."""
    with workspace.reading() as reader:
        centre = reader.records.meta("name")
    began = parse_utc(run.began_at).astimezone()
    gone = set(run.undone)
    files = tuple(
        ImportedFile(
            Path(line.file).name,
            line.sender,
            str(line.number or ""),
            f"{line.verdict.caption}, отменён" if line.package in gone else line.verdict.caption,
            " ".join((line.words, *line.notes)),
            str(line.rows or ""),
        )
        for line in run.lines
    )
    return import_run_document(
        ImportRunFacts(
            centre, f"{short_date(began.date())} {began:%H:%M}", run.who, run.place, RunState(run.state).caption, files
        )
    )


def write_run(workspace: Workspace, target: Path, run: ImportRun) -> Written:
    """Write it by the ending of the name: .pdf or .xlsx; a failure leaves what was. KnownError document.*, report.*."""
    form = DocumentFormat.XLSX if target.suffix.casefold() == ".xlsx" else DocumentFormat.PDF
    return write_bytes(target, bytes_of(run_document(workspace, run), form))


def write_text(target: Path, text: str) -> Written:
    """Write the log as text; a failure leaves what was. KnownError document.*."""
    return write_bytes(target, text.encode("utf-8", "backslashreplace"))
