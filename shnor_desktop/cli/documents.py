"""`shnor document`: an official form of the school as a PDF file; the short way to `shnor report --format pdf`."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.documents import list_kinds, write_document


def add_commands(commands: Commands) -> None:
    """`document`."""
    kinds = "\n".join(f"  {info.kind:<16} {info.title}" for info in list_kinds())
    document = commands.add("document", _document, "напечатать документ школы в PDF", f"Виды:\n{kinds}")
    document.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")
    document.add_argument("kind", metavar="ВИД", help="какой документ")
    document.add_argument("--out", required=True, type=Path, metavar="ФАЙЛ", help="куда записать, .pdf")
    document.add_argument("--school", metavar="КОД", help="код школы; в хранилище школы не нужен")


def _document(args: argparse.Namespace) -> Answer:
    infos = {str(info.kind): info for info in list_kinds()}
    if args.kind not in infos:
        raise KnownError("call.no_such_document", name=args.kind, known=", ".join(infos))
    with desk_for_reading(args.store) as workspace:
        written = write_document(workspace, args.kind, args.out, school_of(workspace, args.school))
    content = {"kind": args.kind, "title": infos[args.kind].title, "file": str(written.path), "size": written.size}
    return Answer(content, [f"{infos[args.kind].title}: {written.path}, байт {written.size}"])
