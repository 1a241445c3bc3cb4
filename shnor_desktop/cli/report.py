"""`shnor report`: an official form of the school as a PDF, Word or Excel file."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk_for_reading, school_of
from shnor_desktop.cli.parsing import Commands, WrongCall
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.documents import DocumentFormat, list_kinds, write_document


def add_commands(commands: Commands) -> None:
    """`report`."""
    report = commands.add(
        "report",
        _report,
        "составить документ школы: PDF, Word или Excel",
        "Виды документов и форматы показывает shnor report --list.",
    )
    report.add_argument("store", nargs="?", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")
    report.add_argument("kind", nargs="?", metavar="ВИД", help="какой документ")
    report.add_argument("--list", action="store_true", dest="is_list", help="показать виды документов и форматы")
    report.add_argument("--school", metavar="КОД", help="код школы; в хранилище школы не нужен")
    report.add_argument(
        "--format",
        choices=[form.value for form in DocumentFormat],
        metavar="ФОРМАТ",
        help="pdf, docx или xlsx, для сайта html; если не указан, по имени файла",
    )
    report.add_argument("--teacher", default="", metavar="ФАМИЛИЯ", help="для ИОМ: маршрут одного педагога")
    report.add_argument("--row", default="", metavar="КОД", help="для документа об одной записи: её код из --json")
    report.add_argument("--out", type=Path, metavar="ФАЙЛ", help="куда записать")
    report.add_argument("--built-in-template", action="store_true", help="не брать свой шаблон Word, даже если он есть")


def _report(args: argparse.Namespace) -> Answer:
    if args.is_list:
        return _list()
    places = {"ХРАНИЛИЩЕ": args.store, "ВИД": args.kind, "--out": args.out}
    missing = ", ".join(words for words, value in places.items() if not value)
    if missing:
        raise WrongCall(f"не хватает: {missing}", "shnor report ХРАНИЛИЩЕ ВИД --format ФОРМАТ --out ФАЙЛ")
    infos = {str(info.kind): info for info in list_kinds()}
    if args.kind not in infos:
        raise KnownError("call.no_such_document", name=args.kind, known=", ".join(infos))
    form = _format(args)
    with desk_for_reading(args.store) as workspace:
        school = school_of(workspace, args.school)
        written = write_document(
            workspace,
            args.kind,
            args.out,
            school,
            form,
            built_in=args.built_in_template,
            which=args.row or args.teacher,
        )
    title = infos[args.kind].title
    content = {
        "kind": args.kind,
        "title": title,
        "format": form.value,
        "file": str(written.path),
        "size": written.size,
    }
    return Answer(content, [f"{title}, {form.caption}: {written.path}, байт {written.size}"])


def _format(args: argparse.Namespace) -> DocumentFormat:
    """The format that is named, else that of the file's ending; an ending of another format is a mistake."""
    ending = args.out.suffix.lower().removeprefix(".")
    of_file = DocumentFormat(ending) if ending in set(DocumentFormat) else None
    named = DocumentFormat(args.format) if args.format else None
    if named and of_file and named is not of_file:
        raise WrongCall(f"--format {named.value} и имя файла «{args.out.name}» говорят о разном")
    found = named or of_file
    if found is None:
        raise WrongCall(f"не указан формат, и по имени «{args.out.name}» его не понять: добавьте --format docx")
    return found


def _list() -> Answer:
    content, lines = [], []
    for info in list_kinds():
        forms = [form.value for form in info.formats]
        content.append({"kind": str(info.kind), "title": info.title, "formats": forms})
        lines.append(f"{info.kind!s:<20} {', '.join(forms):<15} {info.title}")
    return Answer(content, lines)
