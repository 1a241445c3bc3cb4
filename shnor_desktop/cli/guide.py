"""`shnor guide`: the guide as text or as a file to print."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.services import guide
from shnor_desktop.services.document_kinds import DocumentFormat


def add_commands(commands: Commands) -> None:
    """`guide`."""
    command = commands.add(
        "guide", _guide, "руководство: список разделов, текст раздела или файл для печати", "Без слов: список разделов."
    )
    command.add_argument("topic", nargs="?", metavar="РАЗДЕЛ", help="какой раздел показать или записать")
    command.add_argument("--out", type=Path, metavar="ФАЙЛ", help="записать в PDF или DOCX")


def _guide(args: argparse.Namespace) -> Answer:
    chosen = (guide.topic(args.topic),) if args.topic else ()
    if args.out is not None:
        form = DocumentFormat.DOCX if args.out.suffix.lower() == ".docx" else DocumentFormat.PDF
        written = guide.write_guide(args.out, form, chosen)
        return Answer({"file": str(written.path), "size": written.size}, [f"{guide.TITLE}: {written.path}"])
    if chosen:
        return Answer({"id": chosen[0].id, "title": chosen[0].title, "text": chosen[0].text}, [chosen[0].text.rstrip()])
    content = [{"id": one.id, "title": one.title} for one in guide.topics()]
    return Answer(content, [f"{one.id:<16} {one.title}" for one in guide.topics()])
